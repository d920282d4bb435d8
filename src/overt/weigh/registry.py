"""A whole case weighed again: implied statements, facts, and the fact of each statement. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from overt.model import Entity, Fact, Registry, Standing, Statement
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
    said = [_alone(s) for s in registry.statements if not s.implied]
    every = sorted((*said, *implied(said, profile)), key=lambda s: s.id)
    of: dict[str, list[Statement]] = defaultdict(list)
    for statement in every:
        if statement.subject.entity is not None:
            of[statement.subject.entity].append(statement)
    facts: list[Fact] = []
    fact_of: dict[str, str | None] = {}
    for entity in registry.entities:
        mine = of.get(entity.id, [])
        made, belongs = _entity(entity, mine, profile, naming, registry.standings)
        facts += made
        fact_of |= zip((s.id for s in mine), belongs, strict=True)
    return msgspec.structs.replace(
        registry,
        statements=tuple(msgspec.structs.replace(s, fact=fact_of.get(s.id)) for s in every),
        facts=tuple(sorted(facts, key=lambda fact: fact.id)),
    )


def _alone(statement: Statement) -> Statement:
    """A statement without its fact, which is to be found again."""
    return statement if statement.fact is None else msgspec.structs.replace(statement, fact=None)


def _entity(
    entity: Entity,
    statements: Sequence[Statement],
    profile: Profile,
    naming: Naming,
    standings: Mapping[str, Standing],
) -> tuple[list[Fact], list[str | None]]:
    """Return the facts of one entity, and for each of its statements the fact to which it belongs."""
    facts = weigh(entity, statements, profile, naming, standings)
    known = {fact.id for fact in facts}
    fact_of = keyed(statements, profile, naming)
    # What is set aside belongs to a fact only where something else is said for or against it.
    ids = (fact_of.get(s.id) for s in statements)
    return facts, [i if i in known else None for i in ids]
