"""Everything that the pages and the data files are made of, put together once and free of any language.

In: what protection cleared, the profile, and functions of weighing. Out: a `Book`. Nothing else of the registry reaches
a page: the counts are made on the cleared part alone, and their labels are made here, of kind and city.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from overt.model import CheckFailedError, Count, Fact, Question, Registry, ReportedCount, Statement, Support
from overt.model.edtf import span
from overt.profile.schema import Profile
from overt.protect import Cleared, PublicSource, PublicStatement
from overt.protect.clear import thing_id
from overt.publish.ids import SLUG, opaque
from overt.publish.notices import Notice
from overt.publish.over_time import steps
from overt.publish.part import Part, by
from overt.weigh import languages_of, not_looked_at

_TAG = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Weighing:
    """The functions of weighing that a release needs.

    `weigh` makes the facts of a registry again, `count` answers a question on one, `reported` sets reported counts
    beside the recount.
    """

    weigh: Callable[[Registry, Profile], Registry]
    count: Callable[[Registry, Profile, Question], Count]
    reported: Callable[[Registry, Profile], Sequence[ReportedCount]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Part):
    """A release before it is written. `as_of` is the last day of the newest page, or the day that was asked for.

    `recounts`: the counts as of the days that are compared or drawn; `steps`: those days on which the number changes.
    `basis_of`: the statements of weighing by entry, to reckon with; they are never shown themselves.

    `languages` are those in which public pages of the case were looked at, `unseen` those of the profile in which none
    was, as primary tags.
    """

    cleared: Cleared
    facts: tuple[Fact, ...]
    counts: tuple[Count, ...]
    stronger: tuple[Count, ...]
    recounts: dict[str, Count]
    steps: tuple[str, ...]
    reported: tuple[ReportedCount, ...]
    as_of: str | None
    basis_of: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    by_id: dict[str, Fact] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    unseen: tuple[str, ...] = ()

    def fact(self, identifier: str) -> Fact | None:
        """Return a fact by its id."""
        return self.by_id.get(identifier)


def _slugs(identifiers: Iterable[str]) -> dict[str, str]:
    full = {identifier: opaque(identifier) for identifier in identifiers}
    starts = Counter(value[:SLUG] for value in full.values())
    return {i: value if starts[value[:SLUG]] > 1 else value[:SLUG] for i, value in full.items()}


def make_book(
    cleared: Cleared,
    profile: Profile,
    weighing: Weighing,
    as_of: str | None = None,
    is_draft: bool = False,
    is_demonstration: bool = False,
    notices: Iterable[Notice] = (),
) -> Book:
    """Put a release together.

    Args:
        cleared: what protection let pass.
        profile: kinds, properties and their labels.
        weighing: functions of weighing.
        as_of: an EDTF day: only what was publicly said by then is counted. Without it the whole case is.
        is_draft: unjudged statements are in it, and every page says so.
        is_demonstration: every page says so.
        notices: what was withdrawn or is disputed.

    Raises:
        CheckFailedError: where a count names an entity that was not cleared.
    """
    basis = weighing.weigh(cleared.basis, profile)
    things = {thing.id: thing for thing in cleared.things}
    statements = {statement.id: statement for statement in cleared.statements}

    def count(kind: str, support: Support, day: str | None) -> Count:
        made = weighing.count(
            basis, profile, Question(kind=kind, support=support, by="country", as_of=day, judged=not is_draft)
        )
        strange = [p.entity for row in made.rows for p in row.parts if p.entity not in things]
        if strange or len(made.rows) != made.low:
            raise CheckFailedError(
                f"the count of {kind} does not agree with what was cleared ({made.low} against {len(made.rows)} rows, "
                f"{len(strange)} entities not cleared): build the case again and publish once more"
            )
        return made

    kinds = [kind for kind, rule in profile.kinds.items() if rule.counted]
    counts = tuple(count(kind, Support.REPORTED, as_of) for kind in kinds)
    others = (Support.ALLEGED, Support.CORROBORATED, Support.CONFIRMED)
    stronger = tuple(count(kind, support, as_of) for kind in kinds for support in others)
    facts = tuple(sorted(basis.facts, key=lambda fact: fact.id))
    reported = tuple(
        sorted(
            (r for r in weighing.reported(basis, profile) if r.statement in statements),
            key=lambda r: _reported_order(r, statements[r.statement]),
        )
    )
    looked = frozenset(tag for tag in languages_of(basis, basis.sightings) if _TAG.fullmatch(tag))
    days = sorted({d for r in reported if r.recount is not None and (d := recount_day(r, statements[r.statement]))})
    recounts = {day: count(kinds[0], Support.REPORTED, day) for day in days} if kinds else {}
    changed: dict[str, Count] = {}
    if recounts:
        about = [s for s in basis.statements if s.subject.kind == kinds[0] and s.subject.group is None]
        changed = steps(about, as_of, lambda day: recounts.get(day) or count(kinds[0], Support.REPORTED, day))
    return Book(
        profile=profile,
        cleared=cleared,
        facts=facts,
        counts=counts,
        stronger=stronger,
        recounts=dict(sorted((recounts | changed).items())),
        steps=tuple(changed),
        reported=reported,
        as_of=as_of or _newest(cleared.sources),
        is_draft=is_draft,
        is_demonstration=is_demonstration,
        notices=tuple(notices),
        statements=statements,
        things=things,
        sources={source.id: source for source in cleared.sources},
        origins={origin.id: origin for origin in cleared.origins},
        slugs=_slugs(sorted(_identifiers(cleared, facts))),
        by_thing=by(cleared.statements, lambda statement: statement.thing),
        basis_of=by(basis.statements, thing_id),
        facts_of=by(facts, lambda fact: fact.entity),
        beside=_beside(counts),
        not_said=by(cleared.not_said, lambda one: one.of),
        asked=by(cleared.asked, lambda one: one.of),
        pictures=by(cleared.pictures, lambda picture: picture.of),
        by_id={fact.id: fact for fact in facts},
        languages=looked,
        unseen=not_looked_at(profile, looked),
    )


def _beside(counts: Iterable[Count]) -> dict[str, tuple[str, ...]]:
    """Return for each entry the others of the rows in which it stands."""
    found: dict[str, set[str]] = {}
    for row in (row for count in counts for row in count.rows if len(row.parts) > 1):
        things = {part.entity for part in row.parts}
        for thing in things:
            found.setdefault(thing, set()).update(things - {thing})
    return {thing: tuple(sorted(others)) for thing, others in found.items()}


def _identifiers(cleared: Cleared, facts: tuple[Fact, ...]) -> set[str]:
    out = {thing.id for thing in cleared.things} | {statement.id for statement in cleared.statements}
    out |= {source.id for source in cleared.sources} | {origin.id for origin in cleared.origins}
    return out | {fact.id for fact in facts}


def recount_day(item: ReportedCount, statement: PublicStatement) -> str | None:
    """Return the day of a recount: the last day of the number's own date, else that of its page."""
    day = item.as_of or statement.published
    return span(day)[1].isoformat() if day else None


def _reported_order(reported: ReportedCount, statement: PublicStatement) -> tuple[str, str, str, float, str]:
    """Return the order of quoted numbers: by their own day or that of their page, then by page."""
    day = recount_day(reported, statement) or "9999"
    return day, statement.published or "9999", reported.unit, reported.number, reported.statement


def _newest(sources: Iterable[PublicSource]) -> str | None:
    """Return the last day that the date of any page may mean."""
    days = [span(source.published)[1] for source in sources if source.published]
    days = [day for day in days if day.year < 9999]
    return max(days).isoformat() if days else None
