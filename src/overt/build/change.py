"""What changed since the last build: pages, judgements, and the documents that these touch.

Comes in: the index of the last build and what a build is made of today. Goes out: a `Change`, which gives what is found
in a document today; or `TooMuchError`, where a whole build is cheaper or the only way.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from overt.build.assembling import made_by_hand
from overt.find import Found
from overt.model import ON_STATEMENTS, Document, Judgement, Mention, Statement, plain_bytes, standing_lines
from overt.store import Steps

# A change of so many documents is followed, or of this share of the case. Each costs some hundredths of a second, a
# whole build a fifth of a millisecond a statement.
FEW = 25
SHARE = 0.02


T = TypeVar("T")


class TooMuchError(Exception):
    """The change cannot be followed, or not for less than a whole build costs."""


def needed(row: T | None) -> T:
    """Return a row that must be there. Raises TooMuchError where it is not: the index is not as it was left."""
    if row is None:
        raise TooMuchError
    return row


@dataclass(frozen=True, slots=True)
class Pages:
    """What a case says today, read and found.

    `documents`: capture -> hash of the document. `finds`: key of all that finding depends on -> capture. `document` and
    `found` give them.
    """

    documents: Mapping[str, str]
    finds: Mapping[str, str]
    document: Callable[[str], Document]
    found: Callable[[str], Found]


@dataclass(slots=True)
class Change:
    """One change of a case. `documents` are those of today that it touches, by id; `touched` the ids of all of these.

    `stand` are the lines that stand today, `undone` those that no longer do, `new` those that stand since.
    """

    pages: Pages
    steps: Steps
    lines: Sequence[Judgement]
    stand: list[Judgement]
    undone: list[Judgement]
    new: list[Judgement]
    added: dict[str, str]  # key of a find -> document
    gone: dict[str, str]
    touched: set[str] = field(default_factory=set)
    minted: frozenset[str] = frozenset()
    by_hand: dict[str, Statement] = field(default_factory=dict)
    _read: dict[str, Document] = field(default_factory=dict)  # by capture
    _found: dict[str, tuple[list[Mention], list[Statement]]] = field(default_factory=dict)

    @property
    def changed_lines(self) -> list[Judgement]:
        return [*self.new, *self.undone]

    def read(self, capture: str) -> Document | None:
        """Return the document of a capture as it is today, None where there is none."""
        if capture not in self.pages.documents:
            return None
        if capture not in self._read:
            self._read[capture] = self.pages.document(capture)
        return self._read[capture]

    def document(self, name: str) -> Document | None:
        """Return a document as it is today by its id, None where there is none."""
        captures = {capture for _, capture in self._keys(name)}
        return self.read(captures.pop()) if captures else None

    def said_in(self, name: str) -> tuple[list[Mention], list[Statement]]:
        """Return all mentions and statements of a document today, as they were found or made by hand."""
        if name not in self._found:
            finds = [self.pages.found(key) for key, _ in self._keys(name)]
            mentions = {m.id: m for one in finds for m in one.mentions}
            statements = {s.id: s for one in finds for s in one.statements}
            statements |= {key: s for key, s in self.by_hand.items() if s.document == name}
            self._found[name] = list(mentions.values()), list(statements.values())
        return self._found[name]

    def _keys(self, name: str) -> list[tuple[str, str]]:
        """The keys of what was found in a document, in order, and its capture."""
        there = [(key, capture) for key, capture in self.steps.rows("page", "document", name, "key, capture")]
        return [(str(key), str(capture)) for key, capture in there]


def changed(steps: Steps, pages: Pages, lines: Sequence[Judgement], waiting: Collection[str], few: int) -> Change:
    """Return what changed, and write the new pages into the table of pages.

    Args:
        steps: the last build.
        pages: what the case says today.
        lines: all judgements of today.
        waiting: statements that counted as they were judged in the last build, or needed another look.
        few: how many documents may be touched at least.

    Raises:
        TooMuchError: where too much did.
    """
    before = {str(key): (str(d), str(c)) for key, d, c in steps.every("page")}
    stand = standing_lines(lines)
    stood = steps.keys("judgement")
    ids = {line.id for line in stand}
    change = Change(
        pages=pages,
        steps=steps,
        lines=lines,
        stand=stand,
        undone=[_line(steps, name) for name in sorted(stood - ids)],
        new=[line for line in stand if line.id not in stood],
        added={},
        gone={key: before[key][0] for key in sorted(before.keys() - pages.finds.keys())},
        minted=frozenset(m for line in lines for m in line.mints),
        by_hand=made_by_hand(stand),
    )
    added = sorted(pages.finds.keys() - before.keys())
    most = max(few, int(SHARE * len(before)))
    if not before or len(added) + len(change.gone) + len(change.changed_lines) > most:
        raise TooMuchError
    for key in added:
        document = change.read(pages.finds[key])
        if document is None:
            raise TooMuchError
        change.added[key] = document.id
    steps.drop("page", change.gone)
    steps.put("page", [(key, name, pages.finds[key]) for key, name in change.added.items()])
    _readings(change)
    change.touched = {*change.gone.values(), *change.added.values(), *_of_lines(change)}
    if len(change.touched) > most:
        raise TooMuchError
    change.touched |= set(_of(steps, waiting))  # looked at each time, until somebody judges them anew: no change
    return change


def _line(steps: Steps, name: str) -> Judgement:
    row = needed(steps.row("judgement", name, "body"))
    return msgspec.json.decode(row[0], type=Judgement)


def _readings(change: Change) -> None:
    """Bring the documents up to date: those that are new or read otherwise, and those that are gone."""
    steps, now = change.steps, change.pages.documents
    before = {str(capture): str(name) for capture, name in steps.every("reading")}
    gone = sorted(before.keys() - now.keys())
    new = sorted(capture for capture, name in now.items() if before.get(capture) != name)
    steps.drop("reading", gone)
    steps.drop("document", gone)
    steps.put("reading", [(capture, now[capture]) for capture in new])
    for capture in new:
        steps.put("document", [(capture, plain_bytes(needed(change.read(capture))))])


def _of_lines(change: Change) -> Iterator[str]:
    """Yield the documents of the statements that lines on statements are about."""
    for line in change.changed_lines:
        if line.verb in ON_STATEMENTS:
            yield from _of(change.steps, [line.target])
            for statement in (line.saw, line.made):
                if statement is not None:
                    yield statement.document
                    yield from _of_mention(change.steps, statement.subject.mention)


def _of(steps: Steps, statements: Iterable[str]) -> Iterator[str]:
    for name in sorted(statements):
        row = steps.row("said", name, "document")
        if row is not None:
            yield str(row[0])
        kept = steps.row("now", name, "body")
        if kept is not None:
            yield msgspec.json.decode(kept[0], type=Statement).document


def _of_mention(steps: Steps, mention: str) -> Iterator[str]:
    row = steps.row("sketch", mention, "document")
    if row is not None:
        yield str(row[0])


__all__ = ["FEW", "Change", "Pages", "TooMuchError", "changed", "needed"]
