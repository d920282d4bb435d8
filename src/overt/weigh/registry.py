"""A whole case weighed again: implied statements, facts, and the fact of each statement. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from overt.model import Entity, Fact, Registry, Standing, Statement
from overt.model.memory import Memory, key_of, remembered
from overt.profile.schema import Profile
from overt.weigh.facts import keyed, weigh
from overt.weigh.implied import implied
from overt.weigh.naming import Naming


class _Weighed(msgspec.Struct, frozen=True):
    """The facts of one entity, and for each of its statements, by id, the fact to which it belongs."""

    facts: tuple[Fact, ...]
    fact_of: tuple[str | None, ...]


def reweigh(registry: Registry, profile: Profile, naming: Naming, memory: Memory | None = None) -> Registry:
    """Return the registry with its implied statements and facts made anew from its other statements.

    Args:
        registry: statements with entity and origin; standings. A part of a case (what may be public) does as well.
        profile: the rules of the properties.
        naming: how names are compared.
        memory: what earlier builds made; only entities of which something changed are weighed.
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
        weighed = _entity(entity, mine, profile, naming, registry.standings, memory)
        facts += weighed.facts
        fact_of |= zip((s.id for s in mine), weighed.fact_of, strict=True)
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
    memory: Memory | None,
) -> _Weighed:
    def make() -> _Weighed:
        facts = tuple(weigh(entity, statements, profile, naming, standings))
        known = {fact.id for fact in facts}
        fact_of = keyed(statements, profile, naming)
        # What is set aside belongs to a fact only where something else is said for or against it.
        ids = (fact_of.get(s.id) for s in statements)
        return _Weighed(facts, tuple(i if i in known else None for i in ids))

    if memory is None:
        return make()
    ruled = (standings.get(s.parent or s.id) for s in statements)
    return remembered(memory, "facts", key_of(entity, len(statements), *statements, *ruled), _Weighed, make)
