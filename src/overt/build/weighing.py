"""Facts that a change touches: each is weighed by itself, with its rivals where values exclude each other.

Comes in: the statements that may differ and their origins. Goes out: nothing; statements and facts are brought up to
date. Three things reach from one fact of an entity to others, and are followed: rivals, who is its operator, findings.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from overt.build.change import needed
from overt.build.entities import Moved
from overt.build.kept import Keyed
from overt.build.large import large_fact, large_origins
from overt.build.statements import Effective
from overt.model import Fact, Statement, digest
from overt.profile import Profile
from overt.resolve import Naming
from overt.store import Steps, fact_row, statement_row
from overt.weigh import implied
from overt.weigh.facts import OPERATOR, own_operators, question_of, relations_of, weigh_some
from overt.weigh.slim import Slim


@dataclass(slots=True)
class Touched:
    """Of one property of one entity: facts that are to be weighed, with the statements of each that differ.

    `questions` are those that its reported counts answer, where they can challenge others.
    """

    facts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    questions: set[tuple[str, ...]] = field(default_factory=set)


Entities = dict[str, dict[str, Touched]]  # entity -> property -> what is touched


class Weigher:
    """Weighs facts of a case by its rows."""

    __slots__ = ("keyed", "naming", "profile", "standings", "steps")

    def __init__(self, steps: Steps, profile: Profile, naming: Naming, keyed: Keyed) -> None:
        self.steps = steps
        self.profile = profile
        self.naming = naming
        self.keyed = keyed
        self.standings = keyed.standings

    def said(self, keys: Iterable[str]) -> list[Statement]:
        """Return all statements of some facts."""
        return [s for key in sorted(keys) for s in _statements(self.steps.rows("statement", "keyed", key, "body"))]

    def slim(self, key: str) -> list[Slim]:
        """Return the signs of all statements of a fact."""
        return [Slim(signs, origin or "", name) for signs, origin, name in self.steps.slim(key)]

    def fetch(self, name: str) -> Statement:
        """Return a statement that is there."""
        return msgspec.json.decode(needed(self.steps.row("statement", name, "body"))[0], type=Statement)

    def fact(self, key: str) -> Fact | None:
        row = self.steps.row("fact", key, "body")
        return msgspec.json.decode(row[0], type=Fact) if row is not None else None

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
    weigher = Weigher(steps, profile, naming, Keyed(profile, naming, effective.ruled.standings))
    touched: Entities = defaultdict(lambda: defaultdict(Touched))
    for name in sorted(effective.statements.keys() | origin_of.keys()):
        _write(name, effective, origin_of, weigher, touched)
    for entity in sorted(moved.entities):
        for (body,) in steps.rows("statement", "entity", entity, "body"):
            _touch(msgspec.json.decode(body, type=Statement), weigher, touched)
    for entity, properties in sorted(touched.items()):
        _weigh(entity, properties, weigher)


def _statements(rows: Iterable[tuple[bytes]]) -> list[Statement]:
    return [msgspec.json.decode(body, type=Statement) for (body,) in rows]


def _touch(statement: Statement, weigher: Weigher, touched: Entities) -> None:
    """Tell which fact is to be weighed because of a statement."""
    key, entity = weigher.keyed.fact(statement), statement.subject.entity
    if key is not None and entity is not None:
        one = touched[entity][statement.property]
        one.facts[key].add(statement.id)
        if weigher.profile.properties[statement.property].type == "count":
            one.questions |= {q for q in (question_of(statement, weigher.naming),) if q is not None}


def _write(name: str, effective: Effective, origin_of: Mapping[str, str], weigher: Weigher, touched: Entities) -> None:
    """Bring one statement and what it implies up to date, but for its fact, and tell which facts that touches."""
    steps, profile = weigher.steps, weigher.profile
    may_imply = sorted({rule.implies for rule in profile.properties.values() if rule.implies is not None})
    names = [name, *(digest("implied", name, prop) for prop in may_imply)]
    before = {one: s for one in names for s in _statements(steps.rows("statement", "id", one, "body"))}
    statement = effective.statements[name] if name in effective.statements else before.get(name)
    now: dict[str, Statement] = {}
    if statement is not None:
        own = msgspec.structs.replace(statement, origin=origin_of.get(name), fact=None)
        now = {s.id: s for s in (own, *implied([own], profile))}
    for one in sorted(before.keys() | now.keys()):
        old, new = before.get(one), now.get(one)
        is_same = old is not None and new == msgspec.structs.replace(old, fact=None)
        if is_same and name not in effective.judged_anew:
            continue
        for s in (old, new):
            if s is not None:
                _touch(s, weigher, touched)
        if new is None:
            steps.drop("statement", [one])
            continue
        if old is not None and weigher.keyed.fact(old) == weigher.keyed.fact(new):
            new = msgspec.structs.replace(new, fact=old.fact)
        steps.put("statement", [statement_row(new, weigher.keyed(new))])


def _weigh(entity: str, properties: dict[str, Touched], weigher: Weigher) -> None:
    """Weigh the touched facts of an entity, and those to which they reach."""
    steps, rules = weigher.steps, weigher.profile.properties
    if steps.row("entity", entity, "id") is None:
        steps.drop("fact", [entity], "entity")
        for one in properties.values():
            _belong(weigher.said(one.facts), frozenset(), weigher)
        return
    before = relations_of(weigher.facts(entity, OPERATOR))
    relations = before
    if OPERATOR in properties:
        relations = _relations(before, entity, properties[OPERATOR].facts, weigher)
    for prop, rule in rules.items():
        if "operator" in rule.confirmed_by and own_operators(prop, before) != own_operators(prop, relations):
            for fact in weigher.facts(entity, prop):
                properties[prop].facts.setdefault(fact.id, set())
    # What tells an authority's result stands beside all other facts, and so is weighed before them.
    telling = [prop for prop, rule in rules.items() if rule.finding]
    for prop in telling:
        if prop in properties:
            _weigh_property(entity, prop, properties[prop], relations, (), weigher)
    findings = tuple(sorted({i for prop in telling for fact in weigher.facts(entity, prop) for i in fact.affirming}))
    for prop, one in sorted(properties.items()):
        if prop not in telling:
            _weigh_property(entity, prop, one, relations, findings, weigher)
    if any(prop in properties for prop in telling):
        for fact in weigher.facts(entity):
            if fact.findings != findings and not rules[fact.property].finding:
                steps.put("fact", [fact_row(msgspec.structs.replace(fact, findings=findings))])


def _relations(
    before: Mapping[str, frozenset[str]], entity: str, keys: Iterable[str], weigher: Weigher
) -> dict[str, frozenset[str]]:
    """Who states which operator of an entity, now."""
    relations = dict(before)
    for key in sorted(keys):
        old = weigher.fact(key)
        if old is not None:
            relations.pop(old.key, None)
        known = large_origins(old, weigher.slim(key), weigher.profile) if old is not None else None
        if old is not None and known is not None:
            relations |= {old.key: known} if known else {}
            continue
        said = weigher.said([key])
        made = weigh_some(entity, said, weigher.profile, weigher.naming, weigher.standings, {}, ())
        relations |= relations_of(made)
    return relations


def _weigh_property(
    entity: str,
    prop: str,
    touched: Touched,
    relations: Mapping[str, frozenset[str]],
    findings: tuple[str, ...],
    weigher: Weigher,
) -> None:
    """Weigh facts of one property, and those that they challenge or that challenge them."""
    rule = weigher.profile.properties[prop]
    keys = set(touched.facts)
    if rule.type == "count":
        if touched.questions:
            keys |= {f.id for f in weigher.facts(entity, prop) if _question(f) in touched.questions}
        has_rivals = bool(touched.questions)
    else:
        if rule.cardinality != "many":
            keys |= {key for (key,) in weigher.steps.those("fact", "id", entity=entity, property=prop)}
        has_rivals = rule.cardinality != "many" and len(keys) > 1
    steps = weigher.steps
    old = {key: fact for key in sorted(keys) if (fact := weigher.fact(key)) is not None}
    operators = own_operators(prop, relations)
    for key, fact in old.items() if not has_rivals else ():
        rows = weigher.slim(key)
        made = large_fact(fact, rows, weigher.profile, operators, findings, weigher.fetch)
        if made is not None:
            keys.remove(key)
            if made != fact:
                steps.put("fact", [fact_row(made)])
            _belong(_some(touched.facts.get(key, ()), key, weigher), [key], weigher)
    said = weigher.said(keys)
    new = {
        fact.id: fact
        for fact in weigh_some(entity, said, weigher.profile, weigher.naming, weigher.standings, relations, findings)
    }
    steps.drop("fact", sorted(key for key in keys if key in old and key not in new))
    steps.put("fact", [fact_row(fact) for key, fact in new.items() if old.get(key) != fact])
    _belong(said, new.keys(), weigher)


def _some(names: Iterable[str], key: str, weigher: Weigher) -> list[Statement]:
    """The statements of these ids that are of a fact."""
    found = [s for name in sorted(names) for s in _statements(weigher.steps.rows("statement", "id", name, "body"))]
    return [s for s in found if weigher.keyed.fact(s) == key]


def _question(fact: Fact) -> tuple[str, ...]:
    """The question that a reported count answers, from its key (see `count_key`)."""
    return tuple(msgspec.json.decode(fact.key, type=list[str])[:5])


def _belong(said: Iterable[Statement], facts: Iterable[str], weigher: Weigher) -> None:
    """Write to which fact each statement belongs, where that differs."""
    known = set(facts)
    for s in said:
        key = weigher.keyed.fact(s)
        fact = key if key in known else None
        if s.fact != fact:
            placed = msgspec.structs.replace(s, fact=fact)
            weigher.steps.put("statement", [statement_row(placed, weigher.keyed(placed))])


__all__ = ["follow_facts"]
