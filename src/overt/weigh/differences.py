"""The difference between a number that somebody gave and the recount of the same day, row by row.

Reported counts of one key (what, unit, number, whose, where, as of, qualifier) come in together, however many pages
repeat them. Out: the rows of the recount that rest on the number's own roots, those that do not, the sites that its
roots name and the recount leaves out with the reason, and how many nobody in the case names. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from overt.model import Count, Registry, ReportedCount, Statement
from overt.model.edtf import said_by
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.weigh.reported import Recounts, is_there, reported_counts
from overt.weigh.rules import rules
from overt.weigh.stance import affirms, is_set_aside

BOTH, RECOUNT_ALONE, SAID_ALONE = "both", "recount", "said"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A row or an entity: in `both` (the number's roots name it too), in the `recount` alone, or `said` alone."""

    where: str
    id: str
    label: str
    reason: str = ""


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One reported number: who gives it in which statements, from which roots, and how the recount differs from it.

    `recount` and `unnamed` (how many more than the recount the number is) are None where they cannot be compared;
    then `why_not` says why. `later` are rows that were publicly said only after the day of the number.
    """

    number: float
    unit: str
    what: str
    whose: str | None
    where: str | None
    as_of: str | None
    qualifier: str | None
    statements: tuple[str, ...]
    voices: tuple[str, ...]
    origins: tuple[str, ...]
    recount: int | None = None
    day: str | None = None
    unnamed: float | None = None
    rows: tuple[Difference, ...] = ()
    later: tuple[Difference, ...] = ()
    why_not: str | None = None
    conflation: str | None = None


def differences(registry: Registry, profile: Profile) -> list[Compared]:
    """Return every reported number with its difference from the recount, by (day, number, unit).

    Args:
        registry: a built case.
        profile: its properties of type `count`; its counted kinds.
    """
    by_id = {s.id: s for s in registry.statements}
    recounts = Recounts(registry, profile)
    named = _named(registry, profile)
    alike: dict[tuple[object, ...], list[ReportedCount]] = defaultdict(list)
    for one in reported_counts(registry, profile):
        day = recounts.day(by_id[one.statement]) if one.recount is not None else None
        key = (one.what, one.unit, one.number, one.whose, one.where, one.as_of, one.qualifier, day, one.why_not)
        alike[key].append(one)
    made = [
        _compared(many, [by_id[one.statement] for one in many], recounts, named, registry) for many in alike.values()
    ]
    return sorted(made, key=lambda c: (c.as_of or c.day or "", c.unit, c.number, c.statements))


def _named(registry: Registry, profile: Profile) -> dict[str, list[Statement]]:
    """Root -> statements of it that say that a thing is there."""
    implying = {p for p, rule in profile.properties.items() if rule.implies} | {
        rule.implies for rule in profile.properties.values() if rule.implies
    }
    found: dict[str, list[Statement]] = defaultdict(list)
    for s in sorted(registry.statements, key=lambda s: s.id):
        stands = affirms(s) and not is_set_aside(s, registry.standings)
        if s.origin and s.subject.entity and s.property in implying and stands:
            found[s.origin].append(s)
    return found


def _compared(
    many: list[ReportedCount],
    statements: list[Statement],
    recounts: Recounts,
    named: dict[str, list[Statement]],
    registry: Registry,
) -> Compared:
    first, origins = many[0], tuple(sorted({s.origin for s in statements if s.origin}))
    made = Compared(
        number=first.number,
        unit=first.unit,
        what=first.what,
        whose=first.whose,
        where=first.where,
        as_of=first.as_of,
        qualifier=first.qualifier,
        statements=tuple(sorted(s.id for s in statements)),
        voices=tuple(sorted({one.voice for one in many if one.voice})),
        origins=origins,
        recount=first.recount,
        why_not=first.why_not,
        conflation=next((one.conflation for one in many if one.conflation), None),
    )
    kind, day = recounts.kind(statements[0]), recounts.day(statements[0])
    if first.recount is None or kind is None or day is None:
        return made
    then, now = recounts.on(kind, day), recounts.on(kind, None)
    own = {s.subject.entity or "" for o in origins for s in named.get(o, ()) if said_by(s.published, day)}
    return msgspec.structs.replace(
        made,
        day=day,
        unnamed=max(0.0, first.number - first.recount),
        rows=(*_of_rows(then, first.where, own), *_left(then, first.where, own, registry)),
        later=tuple(_later(then, now, first.where)),
    )


def _of_rows(then: Count, where: str | None, own: set[str]) -> Iterable[Difference]:
    for row in then.rows:
        if is_there(row.place, row.country, where):
            is_own = any(part.entity in own for part in row.parts)
            yield Difference(where=BOTH if is_own else RECOUNT_ALONE, id=row.parts[0].entity, label=row.label)


def _left(then: Count, where: str | None, own: set[str], registry: Registry) -> Iterable[Difference]:
    """What the roots of the number name and the recount leaves out, with the reason of the recount."""
    placed = {e.id: (e.place, e.country) for e in registry.entities}
    for one in then.not_counted:
        place, country = placed.get(one.entity, (None, None))
        if one.entity not in own or not (place or country):
            continue  # "the sites", as a whole, are what the number counts
        if is_there(city_of(place), country, where):
            yield Difference(where=SAID_ALONE, id=one.entity, label=one.label, reason=one.reason)


def _later(then: Count, now: Count, where: str | None) -> Iterable[Difference]:
    known = {part.entity for row in then.rows for part in row.parts}
    for row in now.rows:
        if is_there(row.place, row.country, where) and not any(part.entity in known for part in row.parts):
            yield Difference(where=RECOUNT_ALONE, id=row.parts[0].entity, label=row.label)


def is_of_rows(unit: str) -> bool:
    """True where a unit counts the rows themselves, and no countries or places of theirs."""
    return rules().units.get(unit) not in ("countries", "places")


__all__ = ["BOTH", "RECOUNT_ALONE", "SAID_ALONE", "Compared", "Difference", "differences", "is_of_rows"]
