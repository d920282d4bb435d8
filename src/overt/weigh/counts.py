"""A count: a question with a number for an answer, explained row by row.

Comes in: a built case and a question. Goes out: low (the headline, and the length of the rows), high, every row with
its parts, and everything of the kind that is in no row, with its reason. Pure; source: DESIGN.md section 6, "Counting".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from overt.model import (
    Count,
    Entity,
    Fact,
    InputError,
    NotCounted,
    Part,
    ProfileError,
    Question,
    Registry,
    Row,
    Statement,
    Support,
    digest,
)
from overt.model.edtf import is_edtf, said_by
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.weigh.apart import forbidden_pairs, judged_different, stated_operators
from overt.weigh.colouring import fewest
from overt.weigh.facts import OPERATOR, own_operators, sides
from overt.weigh.keys import EXISTENCE, YES, fact_id
from overt.weigh.notes import notes
from overt.weigh.rules import reason, rules, support_word
from overt.weigh.stance import is_accepted, is_set_aside
from overt.weigh.support import Weighed, support_of

GROUPINGS = ("country", "place", "operator", "support")


class _Taken(msgspec.Struct, frozen=True):
    """What is taken of one entity: its statements by id, and operators of record."""

    statements: tuple[Statement, ...] = ()
    ids: frozenset[str] = frozenset()
    operators: dict[str, frozenset[str]] = {}


class _Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the case says under one question: by entity, what is taken of it, and pages left out for their date.

    `days`: by entity, the dates of the pages that are taken, which say what else is. `existence` is taken or not.
    """

    existence: dict[str, list[Statement]]
    taken: dict[str, _Taken]
    days: dict[str, tuple[str | None, ...]]
    undated: tuple[str, ...]
    operators: dict[str, dict[str, frozenset[str]]]


class _Admitted(msgspec.Struct, frozen=True):
    """The statements that a question admits, whatever its day: by entity and the date of their page."""

    by_entity: dict[str, dict[str | None, list[Statement]]]
    existence: dict[str, list[Statement]]
    addresses: dict[str | None, set[str]]  # of the pages of a date that tell of existence


def count(registry: Registry, profile: Profile, question: Question) -> Count:
    """Return the answer to a question of number.

    Args:
        registry: a built case, whose statements have entity and origin, and whose facts are weighed.
        profile: its kinds (which is asked for, which are look-alikes) and its `existence` property.
        question: kind, least support, as-of day, accepted statements only or not, `by` (country or place).

    Raises:
        InputError: where the question names an unknown kind, grouping or date.
        ProfileError: where the profile has no property `existence`.
    """
    return Counting(registry, profile).count(question)


class Counting:
    """Many questions on one registry, as one for each of many days. What they have alike is worked out once.

    An entity is judged by what is taken of it: where that is the same on another day, so is the part that it makes.
    """

    __slots__ = ("_admitted", "_entities", "_judged", "_profile", "_registry", "_stated", "_taken")

    def __init__(self, registry: Registry, profile: Profile) -> None:
        self._registry, self._profile = registry, profile
        self._entities = sorted(registry.entities, key=lambda e: e.id)
        self._stated: dict[str, list[Fact]] = defaultdict(list)
        for fact in registry.facts:
            if fact.property == OPERATOR:
                self._stated[fact.entity].append(fact)
        self._admitted: dict[tuple[str, bool], _Admitted] = {}
        self._taken: dict[tuple[object, ...], _Taken] = {}
        self._judged: dict[tuple[object, ...], Part | str] = {}

    def count(self, question: Question) -> Count:
        """Return the answer to a question, as `count` does."""
        profile = self._profile
        _check(profile, question)
        said = self._said(question)
        kinds = {kind for kind, rule in profile.kinds.items() if kind == question.kind or rule.look_alike}
        parts: dict[str, Part] = {}
        left: list[NotCounted] = []
        for entity in self._entities:
            if entity.kind not in kinds:
                continue
            made = self._judge(entity, question, said)
            if isinstance(made, Part):
                parts[entity.id] = made
            else:
                left.append(NotCounted(entity=entity.id, label=entity.label, reason=made))
        sites = [entity for entity in self._registry.entities if entity.id in parts]
        rows, is_exact = _rows(sites, self._registry, parts, said)
        return Count(
            id=digest("count", question),
            question=question,
            low=len(rows),
            high=len(parts),
            rows=rows,
            not_counted=tuple(left),
            by=_by(rows, question.by, said.operators),
            undated=said.undated,
            unjudged_rows=sum(all(part.unjudged for part in row.parts) for row in rows),
            exact=is_exact,
        )

    def _judge(self, entity: Entity, question: Question, said: _Said) -> Part | str:
        key = (entity.id, question.kind, question.support, question.judged, said.days.get(entity.id))
        found = self._judged.get(key)
        if found is None:
            found = self._judged[key] = _judge(entity, self._registry, self._profile, question, said)
        return found

    def _said(self, question: Question) -> _Said:
        admitted = self._about(question)
        dates = {date for by_date in admitted.by_entity.values() for date in by_date}
        public = {date: question.as_of is None or said_by(date, question.as_of) for date in dates}
        dated = ((e, tuple(date for date in by_date if public[date])) for e, by_date in admitted.by_entity.items())
        days = {entity: taken_days for entity, taken_days in dated if taken_days}
        taken = {entity: self._taken_of(entity, question, days[entity]) for entity in days}
        left_out = (admitted.addresses.get(date, ()) for date, is_public in public.items() if is_public is None)
        return _Said(
            existence=admitted.existence,
            taken=taken,
            days=days,
            undated=tuple(sorted({address for addresses in left_out for address in addresses})),
            operators={entity: one.operators for entity, one in taken.items() if one.operators},
        )

    def _taken_of(self, entity: str, question: Question, days: tuple[str | None, ...]) -> _Taken:
        key = (entity, question.kind, question.judged, days)
        found = self._taken.get(key)
        if found is None:
            by_date = self._about(question).by_entity[entity]
            statements = sorted((s for day in days for s in by_date[day]), key=lambda s: s.id)
            stated = stated_operators(self._stated.get(entity, ()), {s.id: s for s in statements})
            found = self._taken[key] = _Taken(
                tuple(statements), frozenset(s.id for s in statements), stated.get(entity, {})
            )
        return found

    def _about(self, question: Question) -> _Admitted:
        key = (question.kind, question.judged)
        if key not in self._admitted:
            entities = {entity.id for entity in self._entities if entity.kind == question.kind}
            made = _Admitted({}, defaultdict(list), defaultdict(set))
            for statement in sorted(self._registry.statements, key=lambda s: s.id):
                entity = statement.subject.entity
                if entity is None or entity not in entities:
                    continue
                if statement.property == EXISTENCE:
                    made.existence[entity].append(statement)
                if _is_admitted(statement, self._registry, question):
                    made.by_entity.setdefault(entity, {}).setdefault(statement.published, []).append(statement)
                    if statement.property == EXISTENCE:
                        made.addresses[statement.published].add(statement.address)
            self._admitted[key] = made
        return self._admitted[key]


def _check(profile: Profile, question: Question) -> None:
    if question.kind not in profile.kinds:
        raise InputError(
            f"no kind {question.kind!r} in profile {profile.name}: choose one of {', '.join(profile.kinds)}"
        )
    if question.as_of is not None and not is_edtf(question.as_of):
        raise InputError(f"as-of {question.as_of!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
    if question.by is not None and question.by not in GROUPINGS:
        raise InputError(f"cannot count by {question.by!r}: choose one of {', '.join(GROUPINGS)}")
    if EXISTENCE not in profile.properties:
        raise ProfileError(f"profile {profile.name} has no property {EXISTENCE!r}, and a count rests on it: add it")


def _is_admitted(statement: Statement, registry: Registry, question: Question) -> bool:
    if is_set_aside(statement, registry.standings):
        return False
    return not question.judged or is_accepted(statement, registry.standings)


def _judge(entity: Entity, registry: Registry, profile: Profile, question: Question, said: _Said) -> Part | str:
    """Return the part that an entity is of a row, or the words why it is in none."""
    if entity.kind != question.kind:
        return profile.kinds[entity.kind].look_alike.get("en", profile.kinds[entity.kind].label.get("en", entity.kind))
    if entity.group is not None:
        return reason("group")
    if not (city_of(entity.place) or entity.names or entity.street):
        return reason("unplaced")
    if entity.country is None:
        return reason("no_country")
    every = said.existence.get(entity.id, [])
    known = said.taken.get(entity.id, _Taken())
    taken = [s for s in every if s.id in known.ids]
    if not taken:
        return _why_silent(every, registry, question)
    weighed = _existence(taken, profile, entity.id, said)
    if weighed.support is Support.NONE:
        affirming, against = sides(taken)
        return reason("retracted" if affirming else "only_denied" if against else "not_affirmed")
    if weighed.support < question.support:
        return reason("below", support=support_word(weighed.support))
    accepted = [s for s in taken if is_accepted(s, registry.standings)]
    sure = weighed if len(accepted) == len(taken) else _existence(accepted, profile, entity.id, said)
    return Part(
        entity=entity.id,
        label=entity.label,
        fact=fact_id(entity.id, EXISTENCE, YES),
        support=weighed.support,
        origins=len(weighed.origins or weighed.alleging),
        notes=notes(known.statements, profile),
        unjudged=sure.support < max(question.support, Support.ALLEGED),
    )


def _existence(statements: Sequence[Statement], profile: Profile, entity: str, said: _Said) -> Weighed:
    affirming, against = sides(statements)
    operators = own_operators(EXISTENCE, said.operators.get(entity, {}))
    return support_of(affirming, against, profile.properties[EXISTENCE], operators)


def _why_silent(every: Iterable[Statement], registry: Registry, question: Question) -> str:
    many = list(every)
    if not many:
        return reason("nothing_said")
    standing = [s for s in many if not is_set_aside(s, registry.standings)]
    if not standing:
        return reason("rejected")
    if question.judged and not any(is_accepted(s, registry.standings) for s in standing):
        return reason("not_judged")
    return reason("not_said_by")


def _rows(
    sites: Sequence[Entity], registry: Registry, parts: Mapping[str, Part], said: _Said
) -> tuple[tuple[Row, ...], bool]:
    """Ask once for each city "how many are these?" and return the fewest rows that nothing forbids."""
    # A site that has a name but no city may be any of its country's: there the question goes to the whole country.
    wide = {site.country for site in sites if city_of(site.place) is None}
    blocks: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for site in sites:
        city = "" if site.country in wide else city_of(site.place)
        blocks[site.country or "", city or ""].append(site)
    rows: list[Row] = []
    is_exact = True
    different = judged_different(registry)
    for key in sorted(blocks):
        block = {site.id: site for site in blocks[key]}
        forbidden = forbidden_pairs(list(block.values()), different, said.operators)
        groups, fits = fewest(block, forbidden, rules().numbers.exact_keys)
        is_exact = is_exact and fits
        rows += [_row([block[i] for i in group], parts) for group in groups]
    return tuple(sorted(rows, key=lambda r: (r.country or "", r.place or "", r.parts[0].entity))), is_exact


def _row(sites: Sequence[Entity], parts: Mapping[str, Part]) -> Row:
    placed = next((site for site in sites if city_of(site.place)), sites[0])
    return Row(
        place=city_of(placed.place),
        country=placed.country,
        label=placed.label,
        parts=tuple(parts[site.id] for site in sites),
        open=len(sites) > 1,
    )


def _by(
    rows: Iterable[Row], grouping: str | None, operators: Mapping[str, Mapping[str, frozenset[str]]]
) -> dict[str, tuple[int, int]]:
    """Return country, place, operator or support -> (low, high). What has none is under "".

    A row stands under each operator that is stated of one of its parts, and under the best support of its parts.
    """
    if grouping is None:
        return {}
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        for key in _keys(row, grouping, operators):
            low, high = found.get(key, (0, 0))
            found[key] = (low + 1, high + len(row.parts))
    return dict(sorted(found.items()))


def _keys(row: Row, grouping: str, operators: Mapping[str, Mapping[str, frozenset[str]]]) -> list[str]:
    if grouping == "operator":
        return sorted({key for part in row.parts for key in operators.get(part.entity, ())}) or [""]
    if grouping == "support":
        return [max(part.support for part in row.parts).word]
    return [(row.country if grouping == "country" else row.place) or ""]
