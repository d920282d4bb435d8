"""A whole case weighed again: implied statements, facts, and the fact of each statement. Pure."""

from collections import defaultdict

import msgspec

from overt.model import Fact, Registry, Statement
from overt.profile.schema import Profile
from overt.weigh.facts import keyed, weigh
from overt.weigh.implied import implied
from overt.weigh.naming import Naming


def reweigh(registry: Registry, profile: Profile, naming: Naming) -> Registry:
    """Return the registry with its implied statements and facts made anew from its other statements.

    Args:
        registry: statements with entity and origin; standings. A part of a case (what may be public) does as well.
        profile: the rules of the properties.
        naming: how names are compared.
    """
    said = [s for s in registry.statements if not s.implied]
    every = [*said, *implied(said, profile)]
    fact_of = keyed(every, profile, naming)
    by_entity: dict[str, list[Statement]] = defaultdict(list)
    for statement in every:
        if statement.subject.entity is not None:
            by_entity[statement.subject.entity].append(statement)
    facts: list[Fact] = []
    for entity in registry.entities:
        facts += weigh(entity, by_entity.get(entity.id, []), profile, naming, registry.standings)
    known = {fact.id for fact in facts}
    statements = (msgspec.structs.replace(s, fact=fact_of[s.id] if fact_of.get(s.id) in known else None) for s in every)
    return msgspec.structs.replace(
        registry,
        statements=tuple(sorted(statements, key=lambda s: s.id)),
        facts=tuple(sorted(facts, key=lambda fact: fact.id)),
    )
