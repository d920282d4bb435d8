"""Standing judgements beside statements: what each makes, which version counts, and what needs another look. Pure."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from overt.model import (
    ON_STATEMENTS,
    Document,
    Judgement,
    Standing,
    Statement,
    Verb,
    fold_space,
    standing,
)


class Statements(Protocol):
    """Statements by id: a dict, or what looks them up one by one."""

    def get(self, name: str, /) -> Statement | None: ...


class Judged(msgspec.Struct, frozen=True):
    """What judgements make of the statements of a case.

    `standings`: by statement. `versions`: the judged version, where it counts in the place of what is found today.
    `needs_look`: ids whose content changed since, or that are gone. `today`: what is found today under these ids.
    """

    standings: dict[str, Standing]
    versions: dict[str, Statement]
    needs_look: tuple[str, ...]
    today: tuple[Statement, ...]


def judged(
    statements: Statements,
    stand: Sequence[Judgement],
    known: Sequence[Judgement],
    document: Callable[[str], Document | None],
    resolved: Callable[[Statement], Statement],
) -> Judged:
    """Put standing judgements beside statements.

    Args:
        statements: found and made by hand, by id, with entity and content.
        stand: the lines that stand.
        known: all lines, undone ones too: that two handles share a key may show in these alone.
        document: gives a document by its capture; a judged version counts while its quote is there.
        resolved: gives a judged version the entity and content that it has today.
    """
    keys = list({(line.handle, line.key): line for line in known}.values())
    standings: dict[str, Standing] = {}
    versions: dict[str, Statement] = {}
    needs_look: list[str] = []
    today: list[Statement] = []
    for target, own in sorted(_lines(statements, stand).items()):
        made = standing(own, keys)
        if made.verb is None:
            continue
        standings[target] = made
        current = statements.get(target)
        if current is not None and (current.content in made.seen or not made.seen):
            continue
        needs_look.append(target)
        if current is not None:
            today.append(current)
        saw = _version(own, made)
        # What a statement implies follows from it: a line on that alone puts nothing in its place.
        if saw is not None and not saw.implied and _is_there(saw, document(saw.capture)):
            versions[target] = resolved(msgspec.structs.replace(saw, id=target))
    return Judged(standings, versions, tuple(needs_look), tuple(sorted(today, key=lambda s: s.id)))


def _lines(statements: Statements, stand: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """The lines on each statement."""
    lines: dict[str, list[Judgement]] = defaultdict(list)
    withheld: dict[str, list[Judgement]] = defaultdict(list)
    for line in stand:
        if line.verb is Verb.WITHHOLD:
            withheld[line.target].append(line)
    for line in stand:
        if line.verb in ON_STATEMENTS and line.verb is not Verb.ADD:
            lines[line.target].append(line)
        own = statements.get(line.id) if line.verb in (Verb.ADD, Verb.AMEND) else None
        if own is not None:
            # Who makes a statement by hand has thereby said that these words say this.
            accept = msgspec.structs.replace(line, verb=Verb.ACCEPT, target=line.id, content=own.content, made=None)
            lines[line.id].append(accept)
            # What somebody withholds stays withheld, whatever is put in its place.
            lines[line.id] += withheld[line.target]
    return lines


def _is_there(saw: Statement, document: Document | None) -> bool:
    """Is its quote in the capture today?"""
    return document is not None and fold_space(saw.quote.exact) in fold_space(document.text)


def _version(lines: Sequence[Judgement], made: Standing) -> Statement | None:
    """The version that was judged: of several the one with most reviewers, then the smallest content hash."""
    seen = [(line.content or "", line.saw) for line in lines if line.saw is not None]
    if not seen:
        return None
    best = min(seen, key=lambda pair: (-made.reviewers.get(pair[0], 0), pair[0]))
    return best[1]


__all__ = ["Judged", "judged"]
