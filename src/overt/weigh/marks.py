"""By what passages are compared: the runs of their words, and what survives every rewriting and translation. Pure.

Comes in: texts, and what is said in which passage of a page. Goes out: the marks of a passage, remembered under the
hash of its text, and the signs by which a page is found again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations

import msgspec

from overt.model.memory import Fresh, Memory, key_of, remembered
from overt.places import finding
from overt.weigh.near import shingles
from overt.weigh.rules import rules
from overt.words.numbers import numbers

SORT = "marks"  # under which the marks of texts are remembered
# Texts whose marks are held as sets; above it they are recalled again. A text takes some four kilobytes.
_MOST_HELD = 20_000
_MOST_ANCHORS = 12  # of a passage, for finding candidates: a list of fifty cities would make a thousand pairs


class Marks(msgspec.Struct, frozen=True):
    """What a passage is compared by: hashes of its 4-shingles; numbers, places, and what is said of whom by whom."""

    words: frozenset[int]
    anchors: frozenset[str]


class Part(msgspec.Struct, frozen=True):
    """A passage in which something is said: its number, the key of its text, its kind, what is said there by whom."""

    passage: int
    text: str
    is_heading: bool
    anchors: tuple[str, ...]


class LostError(LookupError):
    """The marks of a text are not kept and the text is not at hand."""


class Texts:
    """The marks of texts by themselves, each made once."""

    __slots__ = ("_held", "_keys", "_known", "_memory")

    def __init__(self, memory: Memory | None = None) -> None:
        self._memory = memory if memory is not None else Fresh()
        self._keys: dict[tuple[str, str | None], str] = {}
        self._known: dict[str, tuple[str, str | None]] = {}
        self._held: dict[str, Marks] = {}

    def key(self, text: str, language: str | None) -> str:
        """Return the key of a text in a language, whose marks may be asked for from now on."""
        key = self._keys.get((text, language))
        if key is None:
            key = self._keys[text, language] = key_of(text, language, rules().numbers.shingle)
            self._known[key] = text, language
        return key

    def of(self, key: str) -> Marks:
        """Return the marks of a text: its words, and the numbers and places printed in it.

        Raises:
            LostError: where nobody told the text and its marks were not kept.
        """
        held = self._held.get(key)
        if held is None:
            held = remembered(self._memory, SORT, key, Marks, lambda: self._made(key))
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            self._held[key] = held
        return held

    def _made(self, key: str) -> Marks:
        known = self._known.get(key)
        if known is None:
            raise LostError(f"the marks of the text {key[:12]} are not kept")
        return Marks(shingles(known[0]), _printed(*known))


def page_key(parts: Iterable[Part]) -> str:
    """Return the hash of all that the marks of a page, and what is done with them, are made of."""
    return key_of(rules().numbers, *parts)


def marks_of(parts: Iterable[Part], texts: Texts) -> dict[int, Marks]:
    """Return passage -> its marks, for the passages of a page in which something is said."""
    made = {}
    for part in parts:
        printed = texts.of(part.text)
        made[part.passage] = Marks(printed.words, printed.anchors.union(part.anchors))
    return _telling(made)


def signs_of(passages: Mapping[int, Marks]) -> frozenset[int]:
    """Return the signs by which a page is found: its shingles, and each two anchors of a passage. 63 bits each."""
    signs = {word >> 1 for marks in passages.values() for word in marks.words}
    for marks in passages.values():
        signs.update(_pair(*pair) for pair in combinations(sorted(marks.anchors)[:_MOST_ANCHORS], 2))
    return frozenset(signs)


@lru_cache(maxsize=1 << 18)  # anchors come again on many pages
def _pair(one: str, other: str) -> int:
    return int.from_bytes(blake2b(f"{one}\n{other}".encode(), digest_size=8).digest(), "big") >> 1


def _telling(passages: dict[int, Marks]) -> dict[int, Marks]:
    """Without the anchors that half of a page's passages have: what a page is about tells none of them apart."""
    if len(passages) < rules().numbers.retold_passages:
        return passages
    number = Counter(anchor for marks in passages.values() for anchor in marks.anchors)
    common = frozenset(anchor for anchor, times in number.items() if times * 2 > len(passages))
    return {at: msgspec.structs.replace(marks, anchors=marks.anchors - common) for at, marks in passages.items()}


def _printed(text: str, language: str | None) -> frozenset[str]:
    return frozenset(_anchors(text, language))


def _anchors(text: str, language: str | None) -> Iterator[str]:
    for place in finding.find(text, language):
        yield f"place {place.place.id}"
    for span in numbers(text, language):
        if span.value is not None and span.kind in ("number", "year_like"):
            yield f"number {span.value:g}"


__all__ = ["SORT", "LostError", "Marks", "Part", "Texts", "marks_of", "page_key", "signs_of"]
