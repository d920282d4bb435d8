"""By what passages are compared: the runs of their words, and what survives every rewriting and translation. Pure.

Comes in: documents and what is said in which of their passages. Goes out: the marks of a passage, made when they are
asked for and remembered under the hash of the text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from overt.model import Document, Statement
from overt.model.memory import Memory, key_of, remembered
from overt.places import finding
from overt.profile.schema import Profile
from overt.weigh.keys import WORDS
from overt.weigh.naming import Naming
from overt.weigh.near import shingles
from overt.weigh.rules import rules
from overt.words.numbers import numbers

# Texts and pages whose marks are held as sets; above it they are recalled again. A text takes some four kilobytes.
_MOST_HELD = 20_000


class Marks(msgspec.Struct, frozen=True):
    """What a passage is compared by: hashes of its 4-shingles; numbers, places, and what is said of whom by whom."""

    words: frozenset[int]
    anchors: frozenset[str]


class Texts:
    """The marks of texts by themselves, each made once."""

    __slots__ = ("_held", "_memory")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._held: dict[str, Marks] = {}

    def of(self, text: str, language: str | None) -> Marks:
        """Return the marks that a text in a language has: its words, and the numbers and places printed in it."""
        key = _key(text, language)
        held = self._held.get(key)
        if held is None:
            held = remembered(
                self._memory, "marks", key, Marks, lambda: Marks(shingles(text), _printed(text, language))
            )
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            self._held[key] = held
        return held

    def hold(self, text: str, language: str | None) -> None:
        """Do not forget the marks of a text: the next page may have to be compared with it."""
        self._memory.hold("marks", _key(text, language))


def _key(text: str, language: str | None) -> str:
    return key_of(text, language, rules().numbers.shingle)


class Pages:
    """The marks of the passages of a case in which something is said, by page."""

    __slots__ = ("_held", "_pages", "_said", "_texts")

    def __init__(
        self,
        statements: Iterable[Statement],
        keys: Mapping[str, str],
        pages: Mapping[str, Document],
        profile: Profile,
        naming: Naming,
        texts: Texts,
    ) -> None:
        """`keys`: statement id -> value key."""
        of: dict[str, list[Statement]] = defaultdict(list)
        for one in statements:
            of[one.document].append(one)
        self._said: dict[str, dict[int, frozenset[str]]] = {}
        for page, many in of.items():
            if page in pages:
                said: dict[int, set[str]] = {}
                size = len(pages[page].passages)
                for one in many:
                    if 0 <= one.passage < size:
                        said.setdefault(one.passage, set()).update(_said(one, keys[one.id], profile, naming))
                self._said[page] = {at: frozenset(said[at]) for at in sorted(said)}
        self._pages = pages
        self._texts = texts
        self._held: dict[str, dict[int, Marks]] = {}

    def key(self, page: str) -> str:
        """Return the hash of all that the marks of a page, and what is done with them, are made of, and hold them."""
        document = self._pages[page]
        parts = []
        for at, anchors in self._said.get(page, {}).items():
            passage = document.passages[at]
            language = passage.language or document.language
            self._texts.hold(passage.text, language)
            parts.append((at, passage.text, language, passage.kind, anchors))
        return key_of(parts)

    def of(self, page: str) -> Mapping[int, Marks]:
        """Return passage -> its marks, for the passages of a page in which something is said."""
        held = self._held.get(page)
        if held is None:
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
            held = self._held[page] = _telling(self._made(page))
        return held

    def _made(self, page: str) -> dict[int, Marks]:
        document = self._pages[page]
        out = {}
        for at, anchors in self._said.get(page, {}).items():
            passage = document.passages[at]
            printed = self._texts.of(passage.text, passage.language or document.language)
            out[at] = Marks(printed.words, printed.anchors | anchors)
        return out


def _telling(passages: dict[int, Marks]) -> dict[int, Marks]:
    """Without the anchors that half of a page's passages have: what a page is about tells none of them apart."""
    if len(passages) < rules().numbers.retold_passages:
        return passages
    number = Counter(anchor for marks in passages.values() for anchor in marks.anchors)
    common = frozenset(anchor for anchor, times in number.items() if times * 2 > len(passages))
    return {at: msgspec.structs.replace(marks, anchors=marks.anchors - common) for at, marks in passages.items()}


def _said(statement: Statement, key: str, profile: Profile, naming: Naming) -> Iterator[str]:
    """What is said, by which known voices. Places and figures are printed, and count once."""
    rule = profile.properties.get(statement.property)
    if rule is not None and rule.type not in ("place", "count") and not key.startswith(WORDS):
        yield f"said {statement.property} {key}"
    for voice in statement.attribution[:-1]:
        known = naming.voice(voice)
        if known and naming.shown(known) is not None:
            yield f"by {known}"


def _printed(text: str, language: str | None) -> frozenset[str]:
    out = {f"place {span.place.id}" for span in finding.find(text, language)}
    for span in numbers(text, language):
        if span.value is not None and span.kind in ("number", "year_like"):
            out.add(f"number {span.value:g}")
    return frozenset(out)


__all__ = ["Marks", "Pages", "Texts"]
