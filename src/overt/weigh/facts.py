"""Facts: entity + property + value key, with all statements for and against it, in three lines. Pure in one entity.

Support, challenge and finding are never one word and no score. What is said of a group is never lent to a site: a fact
holds only statements whose subject is that very entity.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from overt.model import Challenge, Entity, Fact, Standing, Statement, Support
from overt.profile.schema import Profile, Property
from overt.weigh.agreement import numbers_differ, times_overlap, values_differ
from overt.weigh.keys import fact_id, is_negated, question_parts, shown_value, value_key
from overt.weigh.naming import Naming
from overt.weigh.roots import own_origin
from overt.weigh.stance import affirms, denies, is_accepted, is_set_aside, retracts
from overt.weigh.support import still_said, support_of

OPERATOR = "operator"


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The statements of one fact, before it is weighed."""

    property: str
    key: str
    affirming: tuple[Statement, ...] = ()
    against: tuple[Challenge, ...] = ()
    opposing: tuple[Statement, ...] = ()
    all: tuple[Statement, ...] = ()


def keyed(statements: Sequence[Statement], profile: Profile, naming: Naming) -> dict[str, str]:
    """Return statement id -> fact id, for statements whose entity is known and whose property the profile has."""
    return {
        s.id: fact_id(s.subject.entity, s.property, value_key(s, profile, naming))
        for s in statements
        if s.subject.entity is not None and s.property in profile.properties
    }


def weigh(
    entity: Entity,
    statements: Sequence[Statement],
    profile: Profile,
    naming: Naming,
    standings: Mapping[str, Standing] | None = None,
) -> list[Fact]:
    """Return the facts of one entity, by id.

    Args:
        entity: only statements about it are taken.
        statements: found, hand-made and implied ones, with their origins, in any order.
        profile: types, cardinalities and `confirmed_by` of the properties.
        naming: how names are compared.
        standings: what the standing judgements on a statement make together. Rejected, not-said and amended ones are
            set aside; withheld ones weigh here (they are withheld from publication, not from what was said).
    """
    ruled = standings or {}
    mine = sorted(
        (s for s in statements if s.subject.entity == entity.id and s.property in profile.properties),
        key=lambda s: s.id,
    )
    taken = [s for s in mine if not is_set_aside(s, ruled)]
    cases = _cases(taken, profile, naming)
    relations = _relations(cases, profile)
    return _facts(entity.id, cases, profile, naming, ruled, relations, findings_of(taken, profile))


def weigh_some(
    entity: str,
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
    standings: Mapping[str, Standing],
    relations: Mapping[str, frozenset[str]],
    findings: tuple[str, ...],
) -> list[Fact]:
    """Return some facts of one entity, by id: those of which these are all statements and all rivals' statements.

    Args:
        entity: its id.
        statements: of that entity; all facts of which may challenge each other.
        profile, naming, standings: as in `weigh`.
        relations: operator key -> origins of those who state the relation, as of all facts of the entity.
        findings: from `findings_of`, over all statements of the entity that are not set aside.
    """
    taken = [s for s in statements if s.property in profile.properties and not is_set_aside(s, standings)]
    cases = _cases(sorted(taken, key=lambda s: s.id), profile, naming)
    return _facts(entity, cases, profile, naming, standings, relations, findings)


def findings_of(statements: Iterable[Statement], profile: Profile) -> tuple[str, ...]:
    """Return the statements, of those that are not set aside, that tell an authority's result."""
    return tuple(sorted(s.id for s in statements if profile.properties[s.property].finding and affirms(s)))


def relations_of(facts: Iterable[Fact]) -> dict[str, frozenset[str]]:
    """Return operator key -> origins of those who state the relation, from the facts of one entity."""
    return {
        fact.key: frozenset(fact.origins)
        for fact in facts
        if fact.property == OPERATOR and fact.support >= Support.REPORTED
    }


def question_of(statement: Statement, naming: Naming) -> tuple[str, ...] | None:
    """Return the question that a reported count answers; None where no other number challenges it.

    Without a day of its own a number answers no question that another can answer differently.
    """
    question = question_parts(statement, naming)
    return question if question[4] else None


def is_actor(statement: Statement, naming: Naming) -> bool:
    """True where the innermost voice is the body that did it."""
    return statement.actor is not None and naming.organisation(statement.actor) == naming.voice(statement.voice)


def _facts(
    entity: str,
    cases: Sequence[Case],
    profile: Profile,
    naming: Naming,
    standings: Mapping[str, Standing],
    relations: Mapping[str, frozenset[str]],
    findings: tuple[str, ...],
) -> list[Fact]:
    rivals = _rivals(cases, profile, naming)
    facts = [_fact(entity, case, rivals, profile, naming, standings, relations, findings) for case in cases]
    return sorted(facts, key=lambda fact: fact.id)


def _cases(statements: Sequence[Statement], profile: Profile, naming: Naming) -> list[Case]:
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        found[statement.property, value_key(statement, profile, naming)].append(statement)
    cases = []
    for (prop, key), many in sorted(found.items()):
        affirming, against = sides(many)
        challenges = [Challenge(kind="retracted" if retracts(s) else "denied", statement=s.id) for s in against]
        cases.append(
            Case(
                property=prop,
                key=key,
                affirming=tuple(affirming),
                against=tuple(challenges),
                opposing=tuple(against),
                all=tuple(many),
            )
        )
    return cases


def sides(statements: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Return the statements for a key, and those against it. Questions, and what its chain takes back, are neither."""
    affirming: list[Statement] = []
    against: list[Statement] = []
    for statement in statements:
        if retracts(statement):
            against.append(statement)
        elif affirms(statement):
            (against if is_negated(statement) else affirming).append(statement)
        elif denies(statement) and not is_negated(statement):
            against.append(statement)
    return affirming, against


def _relations(cases: Sequence[Case], profile: Profile) -> dict[str, frozenset[str]]:
    """Return operator key -> origins of the affirming statements, where somebody states the relation."""
    found = {}
    for case in cases:
        if case.property == OPERATOR:
            weighed = support_of(case.affirming, case.opposing, profile.properties[OPERATOR])
            if weighed.support >= Support.REPORTED:
                found[case.key] = frozenset(weighed.origins)
    return found


def own_operators(prop: str, relations: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the origins whose word counts as that of the site's own operator.

    What an actor says of itself makes it so for its own site's existence, place, dates and status; that it *is* the
    operator must have been stated by somebody else as well.
    """
    found = {own_origin(key): origins for key, origins in relations.items()}
    if prop == OPERATOR:
        return frozenset(own for own, origins in found.items() if origins - {own})
    return frozenset(found)


def _fact(
    entity: str,
    case: Case,
    rivals: Mapping[tuple[str, str], Sequence[Case]],
    profile: Profile,
    naming: Naming,
    standings: Mapping[str, Standing],
    relations: Mapping[str, frozenset[str]],
    findings: tuple[str, ...],
) -> Fact:
    rule = profile.properties[case.property]

    def acts(statement: Statement) -> bool:
        return is_actor(statement, naming)

    operators = own_operators(case.property, relations)
    weighed = support_of(case.affirming, case.opposing, rule, operators, acts)
    accepted = [s for s in case.affirming if is_accepted(s, standings)]
    judged = support_of(accepted, case.opposing, rule, operators, acts)
    first = min(case.affirming or case.all, key=lambda s: (s.implied, s.id))
    return Fact(
        id=fact_id(entity, case.property, case.key),
        entity=entity,
        property=case.property,
        key=case.key,
        value=shown_value(first, profile, case.key),
        support=weighed.support,
        rule=weighed.rule,
        affirming=tuple(s.id for s in case.affirming),
        against=_challenges(case, rivals, rule, naming),
        findings=() if rule.finding else findings,
        origins=weighed.origins,
        alleging_origins=weighed.alleging,
        confirmed_by=weighed.confirmed_by,
        judged=bool(accepted) and judged.support == weighed.support,
    )


def _rivals(cases: Sequence[Case], profile: Profile, naming: Naming) -> dict[tuple[str, str], list[Case]]:
    """Return the cases whose values may challenge each other: of one property, and for numbers of one question."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in cases:
        key = _rivalry(case, profile.properties[case.property], naming)
        if key is not None and case.affirming:
            found[key].append(case)
    return found


def _rivalry(case: Case, rule: Property, naming: Naming) -> tuple[str, str] | None:
    if rule.type == "count":
        question = question_of(case.all[0], naming)
        return (case.property, " | ".join(question)) if question is not None else None
    return None if rule.cardinality == "many" else (case.property, "")


def _challenges(
    case: Case, rivals: Mapping[tuple[str, str], Sequence[Case]], rule: Property, naming: Naming
) -> tuple[Challenge, ...]:
    found = set(case.against)
    key = _rivalry(case, rule, naming)
    for other in rivals.get(key, ()) if key is not None else ():
        if other.key != case.key:
            found |= {
                Challenge(kind="contradicted", statement=statement.id)
                for statement in still_said(other.affirming, other.opposing)
                if any(_contradicts(statement, other, mine, case, rule) for mine in case.affirming)
            }
    return tuple(sorted(found, key=lambda c: (c.kind, c.statement)))


def _contradicts(statement: Statement, other: Case, mine: Statement, case: Case, rule: Property) -> bool:
    if rule.type == "count":
        return numbers_differ(mine, statement)
    if rule.cardinality == "one_at_a_time" and not times_overlap(mine, statement):
        return False
    return values_differ(case.key, other.key, rule)
