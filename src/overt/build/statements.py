"""Statements that a change touches, as they count now: with the entity that each is about, and what judgements make.

Comes in: a change, and which mentions name another entity. Goes out: the statements that may differ, and the standings.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from overt.build.assembling import accuses, resolved, verb_of, without_content
from overt.build.change import Change
from overt.build.entities import Moved
from overt.build.judged import Judged, judged
from overt.model import Standing, Statement, plain_bytes
from overt.profile import Profile
from overt.store import Steps, Store


@dataclass(frozen=True, slots=True)
class Effective:
    """Statements that may differ from the last build, by id: as they count now, without origin and fact; None: gone.

    `ruled`: what judgements make of the whole case. `judged_anew`: statements on which another standing is now.
    """

    statements: dict[str, Statement | None]
    ruled: Judged
    judged_anew: frozenset[str]


class _Known:
    """All statements as they are found today: those that a change touches, else those of the last build."""

    def __init__(self, touched: dict[str, Statement | None], store: Store, today: Callable[[Statement], Statement]):
        self._touched = touched
        self._store = store
        self._today = today

    def get(self, name: str, /) -> Statement | None:
        if name in self._touched:
            return self._touched[name]
        statement = self._store.statement(name)
        return self._today(statement) if statement is not None and not statement.implied else None


def follow_statements(
    change: Change, store: Store, moved: Moved, versions: Iterable[str], profile: Profile
) -> Effective:
    """Return the statements that may differ, and bring standings, judgements and what is found today up to date.

    Args:
        versions: statements that counted as they were judged in the last build.
    """
    steps = change.steps

    def of_mention(mention: str) -> str | None:
        row = steps.row("sketch", mention, "entity")
        return row[0] if row is not None else None

    def redirected(entity: str) -> str | None:
        row = steps.row("redirect", entity, "body")
        return msgspec.json.decode(row[0], type=str) if row is not None else None

    def today(statement: Statement) -> Statement:
        return resolved(statement, of_mention, redirected, profile)

    def again(statement: Statement) -> Statement:
        """A statement of the last build, as it was found then, and with the entity that it is about now."""
        found = msgspec.structs.replace(
            statement,
            subject=msgspec.structs.replace(statement.subject, entity=None),
            origin=None,
            fact=None,
            judgement=None,
        )
        return today(without_content(found) if accuses(found, profile) else found)

    touched: dict[str, Statement | None] = {}
    for document in sorted(change.touched):
        for (name,) in steps.rows("said", "document", document, "id"):
            touched[str(name)] = None
    for document in sorted(change.touched):
        touched |= {s.id: today(s) for s in change.said_in(document)[1]}
    touched |= {name: today(s) for name, s in change.by_hand.items()}
    for mention in sorted(moved.mentions):
        for (name,) in steps.rows("said", "mention", mention, "id"):
            last = store.statement(str(name)) if name not in touched else None
            if last is not None:
                touched[str(name)] = again(last)
    known = _Known(touched, store, again)
    ruled = judged(known, change.stand, change.lines, change.read, lambda s: today(without_content(s)))
    anew = _standings(ruled.standings, steps)
    store.bring("standing", ((key, plain_bytes(s)) for key, s in ruled.standings.items()))
    store.bring("now", ((s.id, plain_bytes(s)) for s in ruled.today))
    steps.drop("judgement", [line.id for line in change.undone])
    steps.put("judgement", [(line.id, plain_bytes(line)) for line in change.new])
    effective: dict[str, Statement | None] = dict(touched)
    for name in sorted({*anew, *versions} - effective.keys()):
        last = store.statement(name)
        if last is None or not last.implied:  # what is implied comes and goes with what implies it
            effective[name] = again(last) if last is not None else None
    effective |= ruled.versions
    return Effective(
        {
            name: msgspec.structs.replace(s, judgement=verb_of(ruled.standings, s)) if s is not None else None
            for name, s in sorted(effective.items())
        },
        ruled,
        anew,
    )


def _standings(now: dict[str, Standing], steps: Steps) -> frozenset[str]:
    """Return the statements on which something else stands than in the last build."""
    before = {str(name): body for name, body in steps.every("standing")}
    same = {name for name, s in now.items() if before.get(name) == plain_bytes(s)}
    return frozenset((before.keys() | now.keys()) - same)


__all__ = ["Effective", "follow_statements"]
