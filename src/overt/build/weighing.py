"""Facts that a change touches: each is weighed by itself, with its rivals where values exclude each other.

Comes in: the statements that may differ and their origins. Goes out: nothing; statements and facts are brought up to
date. Three things reach from one fact of an entity to others, and are followed: rivals, who is its operator, findings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from overt.build.entities import Moved
from overt.build.kept import key_of_fact
from overt.build.statements import Effective
from overt.model import Fact, Standing, Statement, digest
from overt.profile import Profile
from overt.resolve import Naming
from overt.store import Steps, fact_row, statement_row
from overt.weigh import implied, is_set_aside
from overt.weigh.facts import OPERATOR, findings_of, is_rivalrous, own_operators, relations_of, weigh_some


@dataclass(slots=True)
class Touched:
    """Of one entity: the facts that are to be weighed, by property."""

    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Weigher:
    """Weighs facts of a case by its rows."""

    def __init__(self, steps: Steps, profile: Profile, naming: Naming, standings: Mapping[str, Standing]) -> None:
        self.steps = steps
        self.profile = profile
        self.naming = naming
        self.standings = standings

    def of_property(self, entity: str, prop: str) -> list[Statement]:
        return _statements(self.steps.those("statement", "body", entity=entity, property=prop))

    def of_keys(self, keys: Iterable[str]) -> list[Statement]:
        return [s for key in sorted(keys) for s in _statements(self.steps.rows("statement", "keyed", key, "body"))]

    def facts(self, entity: str, prop: str | None = None) -> list[Fact]:
        wanted = {"entity": entity} if prop is None else {"entity": entity, "property": prop}
        rows = self.steps.those("fact", "body", **wanted)
        return [msgspec.json.decode(body, type=Fact) for (body,) in rows]


def follow_facts(
    effective: Effective,
    origin_of: Mapping[str, str],
    moved: Moved,
    steps: Steps,
    profile: Profile,
    naming: Naming,
) -> None:
    """Bring statements and facts up to date.

    Args:
        effective: the statements that may differ.
        origin_of: statement -> origin, for these and for all whose origin may be another one.
        moved: entities that came or went.
    """
    weigher = Weigher(steps, profile, naming, effective.ruled.standings)
    touched: dict[str, Touched] = defaultdict(Touched)
    for name in sorted(effective.statements.keys() | origin_of.keys()):
        _write(name, effective, origin_of, weigher, touched)
    for entity in sorted(moved.entities):
        for prop, key in steps.rows("statement", "entity", entity, "property, keyed"):
            if key is not None:
                touched[entity].facts[str(prop)].add(str(key))
    for entity, one in sorted(touched.items()):
        _weigh(entity, one.facts, weigher)


def _statements(rows: Iterable[tuple[bytes]]) -> list[Statement]:
    return [msgspec.json.decode(body, type=Statement) for (body,) in rows]


def _write(
    name: str,
    effective: Effective,
    origin_of: Mapping[str, str],
    weigher: Weigher,
    touched: dict[str, Touched],
) -> None:
    """Bring one statement and what it implies up to date, but for its fact, and tell which facts that touches."""
    steps, profile = weigher.steps, weigher.profile
    names = [name, *(digest("implied", name, prop) for prop in sorted(_implied_properties(profile)))]
    before = {one: s for one in names for s in _statements(steps.rows("statement", "id", one, "body"))}
    if name in effective.statements:
        statement = effective.statements[name]
    else:
        statement = before.get(name)
    now: dict[str, Statement] = {}
    if statement is not None:
        own = msgspec.structs.replace(statement, origin=origin_of.get(name), fact=None)
        now = {s.id: s for s in (own, *implied([own], profile))}
    for one in sorted(before.keys() | now.keys()):
        old, new = before.get(one), now.get(one)
        if new is not None and old is not None:
            new = msgspec.structs.replace(new, fact=old.fact)
        is_same = new == old
        if is_same and name not in effective.judged_anew:
            continue
        for s in (old, new):
            key = key_of_fact(s, profile, weigher.naming) if s is not None else None
            if s is not None and s.subject.entity is not None and key is not None:
                touched[s.subject.entity].facts[s.property].add(key)
        if new is None:
            steps.drop("statement", [one])
        elif not is_same:
            fresh = msgspec.structs.replace(new, fact=None)
            steps.put("statement", [statement_row(fresh, key_of_fact(fresh, profile, weigher.naming))])


def _implied_properties(profile: Profile) -> set[str]:
    return {rule.implies for rule in profile.properties.values() if rule.implies is not None}


def _weigh(entity: str, keys: dict[str, set[str]], weigher: Weigher) -> None:
    """Weigh the touched facts of an entity, and those to which they reach."""
    steps, profile = weigher.steps, weigher.profile
    is_there = steps.row("entity", entity, "id") is not None
    before = {fact.id: fact for fact in weigher.facts(entity)} if not is_there else {}
    if not is_there:
        steps.drop("fact", sorted(before))
        for prop in sorted(keys):
            _belong(weigher.of_property(entity, prop), frozenset(), weigher)
        return
    old_relations = relations_of(weigher.facts(entity, OPERATOR))
    relations = old_relations
    if OPERATOR in keys:
        relations = _relations(entity, keys[OPERATOR], weigher)
    for prop, rule in profile.properties.items():
        if "operator" in rule.confirmed_by and own_operators(prop, old_relations) != own_operators(prop, relations):
            keys[prop].update(fact.id for fact in weigher.facts(entity, prop))
    findings, has_changed = _findings(entity, keys, weigher)
    for prop, some in sorted(keys.items()):
        _weigh_property(entity, prop, some, relations, findings, weigher)
    if has_changed:
        for fact in weigher.facts(entity):
            if fact.findings != findings and not profile.properties[fact.property].finding:
                steps.put("fact", [fact_row(msgspec.structs.replace(fact, findings=findings))])


def _relations(entity: str, keys: Iterable[str], weigher: Weigher) -> dict[str, frozenset[str]]:
    """Who states which operator of an entity, now."""
    same = [fact for fact in weigher.facts(entity, OPERATOR) if fact.id not in set(keys)]
    said = weigher.of_property(entity, OPERATOR) if is_rivalrous(OPERATOR, weigher.profile) else weigher.of_keys(keys)
    made = weigh_some(entity, said, weigher.profile, weigher.naming, weigher.standings, {}, ())
    return relations_of(same) | relations_of(made)


def _findings(entity: str, keys: Mapping[str, set[str]], weigher: Weigher) -> tuple[tuple[str, ...], bool]:
    """The findings of an entity, and whether they may be others than before."""
    rules = weigher.profile.properties
    telling = [prop for prop, rule in rules.items() if rule.finding]
    may_differ = any(prop in keys for prop in telling)
    if not may_differ:
        for (body,) in weigher.steps.one_by_one("fact", "body", entity=entity):
            fact = msgspec.json.decode(body, type=Fact)
            if not rules[fact.property].finding:
                return fact.findings, False
    said = [s for prop in telling for s in weigher.of_property(entity, prop)]
    return findings_of((s for s in said if not is_set_aside(s, weigher.standings)), weigher.profile), may_differ


def _weigh_property(
    entity: str,
    prop: str,
    keys: set[str],
    relations: Mapping[str, frozenset[str]],
    findings: tuple[str, ...],
    weigher: Weigher,
) -> None:
    steps = weigher.steps
    if is_rivalrous(prop, weigher.profile):
        said = weigher.of_property(entity, prop)
        old = {fact.id: fact for fact in weigher.facts(entity, prop)}
    else:
        said = weigher.of_keys(keys)
        rows = (steps.row("fact", key, "body") for key in sorted(keys))
        old = {fact.id: fact for row in rows if row is not None for fact in (msgspec.json.decode(row[0], type=Fact),)}
    made = weigh_some(entity, said, weigher.profile, weigher.naming, weigher.standings, relations, findings)
    new = {fact.id: fact for fact in made}
    steps.drop("fact", sorted(old.keys() - new.keys()))
    steps.put("fact", [fact_row(fact) for fact in made if old.get(fact.id) != fact])
    _belong(said, new.keys(), weigher)


def _belong(said: Iterable[Statement], facts: Iterable[str], weigher: Weigher) -> None:
    """Write to which fact each statement belongs, where that differs."""
    known = set(facts)
    for s in said:
        key = key_of_fact(s, weigher.profile, weigher.naming) if s.subject.entity is not None else None
        fact = key if key in known else None
        if s.fact != fact:
            weigher.steps.put("statement", [statement_row(msgspec.structs.replace(s, fact=fact), key)])


__all__ = ["follow_facts"]
