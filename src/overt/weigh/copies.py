"""Passages that retell a passage of an earlier page: word for word, edited, reordered, or in another language. Pure.

Two signs. *Words*: shared shingles (w-shingling, Broder 1997), exact. *Anchors*: what survives every rewriting and
translation, the numbers and places of a passage, and what its statements say by which known voice. A
passage may well repeat another one's numbers by chance, so signs of single passages count only between two pages of
which one retells the other as a whole. Pages go in the order of time, and nothing depends on the order of input.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, combinations
from typing import TypeVar

import msgspec

from overt.model import Document, PassageKind
from overt.model.memory import Memory, key_of, remembered
from overt.weigh.marks import Marks, Pages
from overt.weigh.rules import rules

T = TypeVar("T")
Place = tuple[str, int]  # the id of a document and the number of a passage in it
Sign = int | tuple[str, str]  # a shingle, or two anchors of one passage
_MOST_ANCHORS = 12  # of a passage, for finding candidates: a list of fifty cities would make a thousand pairs
_MOST_CANDIDATES = 20
# A sign leads to so many pages, the earliest that have it: one that more have tells none of them apart, and looking
# all of them up would cost the square of the number of pages.
_MOST_HOLDERS = 50


class Told(msgspec.Struct, frozen=True):
    """Of one page: (passage, page and passage there that it retells), and whether later pages may retell this one."""

    found: tuple[tuple[int, Place], ...]
    adds: bool


class Index:
    """The pages so far by their signs."""

    __slots__ = ("_holders", "_marked")

    def __init__(self, marked: Pages) -> None:
        self._marked = marked
        self._holders: dict[Sign, list[str]] = defaultdict(list)

    def add(self, page: str) -> None:
        """Take in a page. They come in the order of time."""
        for sign in _signs(self._marked.of(page)):
            holders = self._holders[sign]
            if len(holders) < _MOST_HOLDERS:
                holders.append(page)

    def like(self, page: str) -> list[str]:
        """Return the earlier pages that a page may retell, the likeliest first."""
        known = self._holders
        shared = Counter(chain.from_iterable(known[s] for s in _signs(self._marked.of(page)) if s in known))
        return sorted(shared, key=lambda other: (-shared[other], other))[:_MOST_CANDIDATES]


def retold(order: Sequence[str], pages: Mapping[str, Document], marked: Pages, memory: Memory) -> dict[Place, Place]:
    """Return passage -> the passage of an earlier page that it retells.

    Args:
        order: ids of documents in order of (published, capture); each is compared with those before it.
        pages: the documents by id.
        marked: the marks of their passages; only passages in which something is said are compared.
        memory: a page is compared anew where it, or a page before it, changed.
    """
    out: dict[Place, Place] = {}
    index = Index(marked)
    waiting: list[str] = []
    so_far = key_of(rules().numbers)
    for page in order:
        so_far = key_of(so_far, page, marked.key(page))

        def made(page: str = page) -> Told:
            for earlier in waiting:
                index.add(earlier)
            waiting.clear()
            return _told(page, pages[page], marked, index)

        told = remembered(memory, "retold", so_far, Told, made)
        # Of a copy's copy the passage that stands first.
        out |= {(page, passage): out.get(place, place) for passage, place in told.found}
        if told.adds:
            waiting.append(page)
    return out


def _told(page: str, document: Document, marked: Pages, index: Index) -> Told:
    mine = marked.of(page)
    found: dict[int, Place] = {}
    if mine:
        sources = [(earlier, _retells(mine, marked.of(earlier))) for earlier in index.like(page)]
        for earlier, passages in sorted(sources, key=lambda pair: -sum(1 + s for _, s in pair[1].values())):
            for passage, (other, _) in passages.items():
                found.setdefault(passage, (earlier, other))
    if found:
        # A heading has no source of its own: it says in short what the page says.
        source = next(iter(found.values()))
        for passage in mine:
            if document.passages[passage].kind is PassageKind.HEADING:
                found.setdefault(passage, source)
    # One that adds nothing of its own is no source: whoever copies it copies the first one too.
    return Told(tuple(sorted(found.items())), len(found) < len(mine))


def _signs(passages: Mapping[int, Marks]) -> set[Sign]:
    signs: set[Sign] = {word for marks in passages.values() for word in marks.words}
    for marks in passages.values():
        signs.update(combinations(sorted(marks.anchors)[:_MOST_ANCHORS], 2))
    return signs


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


__all__ = ["Place", "retold"]
