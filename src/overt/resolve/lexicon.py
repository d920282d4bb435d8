"""The general words of `organs.toml`, decoded strictly and folded once."""

from functools import lru_cache
from importlib import resources

import msgspec

from overt.words.scripts import fold


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: int
    private: tuple[str, ...]
    articles: tuple[str, ...]
    legal: tuple[str, ...]
    streets: tuple[str, ...]
    national: frozenset[str]
    missions: frozenset[str]
    organs: dict[str, tuple[str, ...]]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Folded words. `organs` are (words, organ) pairs, longest words first: the first that fits is the finest."""

    private: tuple[str, ...]
    articles: frozenset[str]
    legal: frozenset[str]
    streets: frozenset[str]
    national: frozenset[str]
    missions: frozenset[str]
    organs: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the words of `organs.toml`.

    Raises:
        msgspec.ValidationError: where the shipped file breaks its schema (a fault of the package, not of a user).
    """
    data = resources.files("overt.resolve").joinpath("organs.toml").read_bytes()
    file = msgspec.toml.decode(data, type=_File)
    pairs = {(fold(words), organ) for organ, many in file.organs.items() for words in many}
    return Lexicon(
        private=tuple(sorted({fold(words) for words in file.private})),
        articles=frozenset(fold(word) for word in file.articles),
        legal=frozenset(fold(word) for word in file.legal),
        streets=frozenset(fold(word) for word in file.streets),
        national=file.national,
        missions=file.missions,
        organs=tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair))),
    )
