"""Passages that retell a passage of an earlier page: word for word, edited, reordered, or in another language. Pure.

Two signs. *Words*: shared shingles (w-shingling, Broder 1997), exact. *Anchors*: what survives every rewriting and
translation, the numbers and places of a passage, and what its statements say by which known voice. A
passage may well repeat another one's numbers by chance, so signs of single passages count only between two pages of
which one retells the other as a whole. Pages go in the order of time, and nothing depends on the order of input.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import TypeVar

import msgspec

from overt.weigh.marks import Marks, Part, Texts, marks_of, page_key, signs_of
from overt.weigh.rules import rules
from overt.weigh.said import Said

T = TypeVar("T")
Place = tuple[str, int]  # the id of a document and the number of a passage in it
_MOST_CANDIDATES = 20
# A sign leads to so many pages, the earliest that have it: one that more have tells none of them apart, and looking
# all of them up would cost the square of the number of pages.
MOST_HOLDERS = 50
_MOST_MARKED = 20_000  # pages whose marks are held at a time


class Page(msgspec.Struct, frozen=True):
    """A page in which something is said: its place in time, and the passages in which it is said.

    `rank` is made of the first and the last day that it may be of and the beginning of its capture; `number` is its own
    and decides between equals. Both fit into 63 bits, so that an index can hold them.
    """

    document: str
    rank: int
    number: int
    parts: tuple[Part, ...]

    @property
    def order(self) -> tuple[int, int]:
        return self.rank, self.number

    @property
    def key(self) -> str:
        """The hash of its marks; copies share it."""
        return page_key(self.parts)


class Told(msgspec.Struct, frozen=True):
    """Of one page: (passage, page and passage there that it retells), and whether later pages may retell this one."""

    found: tuple[tuple[int, Place], ...]
    adds: bool


class Index:
    """The pages so far by their signs."""

    __slots__ = ("_holders",)

    def __init__(self) -> None:
        self._holders: dict[int, list[str]] = defaultdict(list)

    def add(self, document: str, signs: Iterable[int]) -> None:
        """Take in a page. They come in the order of time."""
        for sign in signs:
            holders = self._holders[sign]
            if len(holders) < MOST_HOLDERS:
                holders.append(document)

    def like(self, signs: Iterable[int]) -> list[str]:
        """Return the earlier pages that a page may retell, the likeliest first."""
        known = self._holders
        return likeliest(chain.from_iterable(known[sign] for sign in signs if sign in known))


def likeliest(holders: Iterable[str]) -> list[str]:
    """Return the pages that a page may retell, the likeliest first, from those that hold each of its signs."""
    shared = Counter(holders)
    return sorted(shared, key=lambda other: (-shared[other], other))[:_MOST_CANDIDATES]


def page_of(document: str, rows: Iterable[Said]) -> Page | None:
    """Return the page of which these are all statements; None where none of its passages is at hand."""
    many = list(rows)
    if all(one.passage < 0 for one in many):
        return None
    first, last, capture, _ = min(one.at for one in many)
    days = date.fromisoformat(first).toordinal() << 41 | date.fromisoformat(last).toordinal() << 19
    return Page(document, days | _beginning(capture), _number(document), parts_of(many))


def parts_of(rows: Iterable[Said]) -> tuple[Part, ...]:
    """Return the passages of a page in which something is said, in order."""
    of: dict[int, list[Said]] = defaultdict(list)
    for one in rows:
        if one.passage >= 0:
            of[one.passage].append(one)
    return tuple(
        Part(at, of[at][0].text, of[at][0].is_heading, tuple(sorted({a for one in of[at] for a in one.anchors})))
        for at in sorted(of)
    )


def _beginning(capture: str) -> int:
    """The first 19 bits of a hash."""
    try:
        return int(capture[:5], 16) >> 1
    except ValueError:  # made by hand
        return _number(capture) >> 41


def _number(name: str) -> int:
    return int(sha256(name.encode()).hexdigest()[:15], 16)


def retold(pages: Iterable[Page], texts: Texts) -> tuple[dict[str, Told], dict[str, "array[int]"]]:
    """Return, for each page by its document in the order of time, which passages of earlier pages it retells.

    And the signs of the pages, by the key of their marks.
    """
    index = Index()
    out: dict[str, Told] = {}
    marked: dict[str, dict[int, Marks]] = {}
    signs: dict[str, array[int]] = {}
    of = {page.document: page for page in pages}
    for page in sorted(of.values(), key=lambda page: page.order):
        key = page.key
        if key not in signs:
            signs[key] = array("q", sorted(signs_of(marks_of(page.parts, texts))))

        def marks(document: str) -> dict[int, Marks]:
            if document not in marked:
                if len(marked) >= _MOST_MARKED:
                    marked.clear()
                marked[document] = marks_of(of[document].parts, texts)
            return marked[document]

        out[page.document] = told = tell(page, marks(page.document), [(o, marks(o)) for o in index.like(signs[key])])
        if told.adds:
            index.add(page.document, signs[key])
    return out, signs


def tell(page: Page, mine: Mapping[int, Marks], earlier: Sequence[tuple[str, Mapping[int, Marks]]]) -> Told:
    """Return what a page retells of those that it may retell, the likeliest first."""
    found: dict[int, Place] = {}
    if mine:
        sources = [(document, _retells(mine, marks)) for document, marks in earlier]
        for document, passages in sorted(sources, key=lambda pair: -sum(1 + s for _, s in pair[1].values())):
            for passage, (other, _) in passages.items():
                found.setdefault(passage, (document, other))
    if found:
        # A heading has no source of its own: it says in short what the page says.
        source = next(iter(found.values()))
        for part in page.parts:
            if part.is_heading:
                found.setdefault(part.passage, source)
    # One that adds nothing of its own is no source: whoever copies it copies the first one too.
    return Told(tuple(sorted(found.items())), len(found) < len(mine))


def first_of(told: Told, again: Mapping[str, Mapping[int, Place]]) -> dict[int, Place]:
    """Return passage -> the passage that stands first: of a copy's copy, what the copy retells.

    Args:
        told: what a page retells.
        again: the same for the pages that it names.
    """
    return {passage: again.get(place[0], {}).get(place[1], place) for passage, place in told.found}


def _retells(mine: Mapping[int, Marks], theirs: Mapping[int, Marks]) -> dict[int, tuple[int, float]]:
    """Return passage -> its passage there and their likeness; empty where the page does not retell that one as a whole.

    No two passages retell one: many passages about one site have its place and its name in common.
    """
    limits = rules().numbers
    if len(mine) < limits.retold_passages or not _may_retell(mine, theirs):
        return {}
    least = min(limits.retold_alike, limits.retold_rest)
    pairs = sorted(
        (-likeness, passage, other)
        for passage, marks in mine.items()
        for other, against in theirs.items()
        if (likeness := _alike(marks, against, limits.retold_shingles)) >= least
    )
    found = _one_to_one(pairs, limits.retold_alike)
    if len(found) < limits.retold_passages or len(found) < limits.retold_share * len(mine):
        return {}
    common = {a for p, (o, _) in found.items() for a in mine[p].anchors & theirs[o].anchors}
    words = sum(len(mine[p].words & theirs[o].words) for p, (o, _) in found.items())
    if len(common) < limits.retold_anchors and words < limits.retold_words:
        return {}
    # In a page that is a copy less will do for the passages that are left, and two may come from one.
    for negative, passage, other in pairs:
        if -negative >= limits.retold_rest:
            found.setdefault(passage, (other, -negative))
    return found


def _may_retell(mine: Mapping[int, Marks], theirs: Mapping[int, Marks]) -> bool:
    """False where two pages as wholes have too little in common: then none of their passages need comparing."""
    limits = rules().numbers
    anchors = _union(marks.anchors for marks in theirs.values())
    if sum(len(marks.anchors & anchors) for marks in mine.values()) >= limits.retold_anchors:
        return True
    words = _union(marks.words for marks in theirs.values())
    return sum(len(marks.words & words) for marks in mine.values()) >= limits.retold_words


def _union(many: Iterable[frozenset[T]]) -> frozenset[T]:
    empty: frozenset[T] = frozenset()
    return empty.union(*many)


def _one_to_one(pairs: Sequence[tuple[float, int, int]], least: float) -> dict[int, tuple[int, float]]:
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for negative, passage, other in pairs:
        if -negative >= least and passage not in out and other not in taken:
            out[passage] = other, -negative
            taken.add(other)
    return out


def _alike(one: Marks, other: Marks, by_words: float) -> float:
    """How far two passages are alike, by words (then above 1) or by anchors."""
    contained = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    if contained >= by_words:
        return 1 + contained
    common = len(one.anchors & other.anchors)
    return common / max(1, len(one.anchors) + len(other.anchors) - common)


__all__ = ["MOST_HOLDERS", "Index", "Page", "Place", "Told", "first_of", "likeliest", "page_of", "retold", "tell"]
