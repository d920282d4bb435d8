"""Is a name that of a public body, of an association or business, or is it no name at all?

The words stand in `bodies.toml`; the profile adds the voices it knows. In doubt a name is nobody's public name.
"""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.protect.match import find, fold_name, folded
from overt.words.scripts import has_cjk, is_cjk, simplify


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Return the lists of `bodies.toml`."""
    text = files("overt.protect").joinpath("bodies.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon()["common"])


def _holds(name: str, which: str) -> bool:
    # A word of the lists may have a plural or inflected ending; Latin words are matched whole all the same.
    text = folded(name)
    return next(find(text, (fold_name(word) for word in lexicon()[which])), None) is not None


@cache
def is_association(name: str) -> bool:
    """True where the words say that it is an association."""
    return _holds(name, "association")


@cache
def is_business(name: str) -> bool:
    """True where the words say that it is a business, and no association."""
    return not is_association(name) and _holds(name, "business")


@cache
def has_public_words(name: str) -> bool:
    """True where the words say that it is a public body and nothing says that it is an association or business."""
    return _holds(name, "public") and not _holds(name, "association") and not _holds(name, "business")


def known_names(profile: Profile, public_bodies_only: bool) -> frozenset[str]:
    """Return the folded names of the voices that the profile knows as public."""
    kinds = set(lexicon()["public_kinds"])
    return frozenset(
        fold_name(name)
        for voice in profile.voices.values()
        if voice.public and (not public_bodies_only or voice.kind in kinds)
        for name in (*voice.names, *voice.name.values())
    )


@cache
def is_common(word: str) -> bool:
    """True for a capitalised word that names nobody: a role, a month, a people, a country."""
    key = fold_name(word)
    if key in _common() or len(key) < 2:
        return True
    if any((start, end) == (0, len(word)) for start, end, _ in gazetteer.demonyms(word, "en")):
        return True
    return any(
        (span.start, span.end) == (0, len(word)) and span.place.kind == "country" for span in gazetteer.find(word, "en")
    )


def is_name_like(words: str) -> bool:
    """True where words look like a proper name: a capitalised word that names somebody, or Chinese.

    "a restaurant", "Chinese volunteers" and "local police" are no names.
    """
    if has_cjk(words):
        return len(words) >= 2
    tokens = [token.strip("'’\"“”(),.;:") for token in words.replace("-", " ").split()]
    return any(token[:1].isupper() and not is_common(token) for token in tokens)


def cjk_core(name: str) -> str:
    """Return what tells a Chinese name from others: without its kind, places and general words. May be empty."""
    rest = simplify(name)
    for span in sorted(gazetteer.find(rest, "zh"), key=lambda span: -span.start):
        rest = rest[: span.start] + rest[span.end :]
    lists = lexicon()
    for word in sorted((*lists["association"], *lists["business"], *lists["generic_cjk"]), key=len, reverse=True):
        if not word.isascii():
            rest = rest.replace(word, "")
    return "".join(char for char in rest if is_cjk(char))


def is_place(words: str) -> bool:
    """True where the words name places and nothing else ("Fuzhou", "Fuzhou and Qingtian")."""
    if is_association(words) or is_business(words):
        return False
    rest, spans = list(words), gazetteer.find(words, None)
    for span in spans:
        rest[span.start : span.end] = " " * (span.end - span.start)
    left = "".join(rest)
    return bool(spans) and not has_cjk(left) and not is_name_like(left)
