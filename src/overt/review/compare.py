"""What changed between two captures of one page, passage by passage and word by word.

In: two documents. Out: the changes in the order of the later one, and how much is the same. A passage that only moved
is said to have moved. Nothing is judged: a silent correction and a new date look alike here.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec
from rapidfuzz import fuzz

from overt.model import Document, fold_space

# Two passages that share less than half of their letters are two passages, not one that was changed (of 100).
LIKE = 50.0
MAX_PAIRS = 40_000  # passages against each other; beyond that only equal ones are paired
MAX_TOKENS = 4000  # of one passage; longer ones are shown whole
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|\s+|[^\w\s]")
FIELDS = ("title", "byline", "outlet", "published", "modified", "url", "grade")


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    FIELD = "field"


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words: `same`, `removed` or `added`."""

    kind: str
    text: str


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change. `before` and `after` number the passages from 0; of a field, `name` says which one.

    `pieces` put together without what was added give the old words, without what was removed the new ones.
    """

    kind: Kind
    before: int | None = None
    after: int | None = None
    name: str = ""
    pieces: tuple[Piece, ...] = ()


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The changes between two captures, and the number of passages that are the same in both."""

    before: str
    after: str
    changes: tuple[Change, ...]
    same: int

    def count(self, kind: Kind) -> int:
        return sum(change.kind is kind for change in self.changes)


def compare(before: Document, after: Document) -> Comparison:
    """Return what changed from one document to another. White space alone is no change."""
    old, new = [fold_space(p.text) for p in before.passages], [fold_space(p.text) for p in after.passages]
    gone: list[int] = []
    come: list[int] = []
    same = 0
    for step, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            same += a2 - a1
        else:
            gone.extend(range(a1, a2))
            come.extend(range(b1, b2))
    changes = sorted(_paired(old, new, gone, come), key=_place)
    return Comparison(
        before=before.capture, after=after.capture, changes=(*_fields(before, after), *changes), same=same
    )


def _fields(before: Document, after: Document) -> Iterator[Change]:
    for name in FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            pieces = [("removed", old), ("added", new)]
            said = tuple(Piece(kind=kind, text=str(words)) for kind, words in pieces if words is not None)
            yield Change(kind=Kind.FIELD, name=name, pieces=said)


def _paired(old: Sequence[str], new: Sequence[str], gone: list[int], come: list[int]) -> Iterator[Change]:
    """Pair the passages that are most alike, wherever they stand; what is left over was removed or added."""
    left, right = dict.fromkeys(gone), dict.fromkeys(come)
    for a, b in _pairs(old, new, gone, come):
        if a in left and b in right:
            del left[a], right[b]
            is_same = old[a] == new[b]
            pieces = (Piece(kind="same", text=new[b]),) if is_same else words_changed(old[a], new[b])
            yield Change(kind=Kind.MOVED if is_same else Kind.CHANGED, before=a, after=b, pieces=pieces)
    for a in left:
        yield Change(kind=Kind.REMOVED, before=a, pieces=(Piece(kind="removed", text=old[a]),))
    for b in right:
        yield Change(kind=Kind.ADDED, after=b, pieces=(Piece(kind="added", text=new[b]),))


def _pairs(old: Sequence[str], new: Sequence[str], gone: list[int], come: list[int]) -> list[tuple[int, int]]:
    """Pairs in the order in which they are made: equal ones, then the most alike, of equally alike ones the nearest."""
    if len(gone) * len(come) > MAX_PAIRS:
        places: dict[str, list[int]] = {}
        for b in reversed(come):
            places.setdefault(new[b], []).append(b)
        return [(a, places[old[a]].pop()) for a in gone if places.get(old[a])]
    found = [(fuzz.ratio(old[a], new[b]), a, b) for a in gone for b in come]
    alike = [pair for pair in found if pair[0] >= LIKE]
    alike.sort(key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1], pair[2]))
    return [(a, b) for _, a, b in alike]


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of both texts in one run, each marked; of Chinese and Japanese each character is a word."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(a), len(b)) > MAX_TOKENS:
        return (Piece(kind="removed", text=old), Piece(kind="added", text=new))
    out: list[Piece] = []
    for step, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if step == "equal":
            out.append(Piece(kind="same", text="".join(a[a1:a2])))
            continue
        if a2 > a1:
            out.append(Piece(kind="removed", text="".join(a[a1:a2])))
        if b2 > b1:
            out.append(Piece(kind="added", text="".join(b[b1:b2])))
    return tuple(out)


def _place(change: Change) -> tuple[int, int]:
    at = change.after if change.after is not None else change.before
    return (at or 0, 0 if change.kind is Kind.REMOVED else 1)


def as_text(change: Change) -> str:
    """One line for people: [-removed-] {+added+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    words = "".join(marks[piece.kind].format(piece.text) for piece in change.pieces)
    if change.kind is Kind.FIELD:
        return f"{change.name}: {words.replace('-]{+', '-] {+')}"
    where = " -> ".join(str(n) for n in (change.before, change.after) if n is not None)
    plain = words if change.kind is Kind.CHANGED else "".join(piece.text for piece in change.pieces)
    return f"{change.kind} {where}: {plain}"
