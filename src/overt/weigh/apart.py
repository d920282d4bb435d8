"""What forbids that two sites of one city are one: a judgement, two police operators of record, two addresses. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from overt.model import Entity, Fact, Registry, Stance, Statement, Verb
from overt.places.levels import city_of, nested
from overt.weigh.facts import OPERATOR
from overt.weigh.naming import police_place
from overt.weigh.stance import effective
from overt.weigh.support import origin_of
from overt.words.scripts import has_cjk


class Keys(msgspec.Struct, frozen=True):
    """By what one site is told apart from another of its city: police bodies (their places), address, places."""

    police: frozenset[str]
    street: str
    place: str | None


def stated_operators(facts: Iterable[Fact], taken: Mapping[str, Statement]) -> dict[str, dict[str, frozenset[str]]]:
    """Return entity -> operator key -> origins of the taken statements that state it in their whole chain."""
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for fact in facts:
        if fact.property != OPERATOR:
            continue
        said = [taken[i] for i in fact.affirming if i in taken]
        stated = frozenset(origin_of(s) for s in said if effective(s) not in (None, Stance.ALLEGES))
        if stated:
            found[fact.entity][fact.key] = stated
    return found


def forbidden_pairs(
    sites: Sequence[Entity],
    different: Iterable[frozenset[str]],
    operators: Mapping[str, Mapping[str, frozenset[str]]],
) -> set[frozenset[str]]:
    """Return the pairs of `sites` that cannot be one.

    Args:
        sites: the qualifying sites of one block.
        different: from `judged_different`.
        operators: from `stated_operators`; an association that hosts a site forbids nothing.
    """
    ids = {site.id for site in sites}
    pairs = {pair for pair in different if pair <= ids}
    alike: dict[Keys, list[str]] = defaultdict(list)
    for site in sites:
        police = frozenset(p for key in operators.get(site.id, ()) if (p := police_place(key)) is not None)
        alike[Keys(police, site.street or "", site.place)].append(site.id)
    for one, other in combinations(alike, 2):
        if _cannot_be_one(one, other):
            pairs |= {frozenset((a, b)) for a in alike[one] for b in alike[other]}
    return pairs


def judged_different(registry: Registry) -> set[frozenset[str]]:
    """Return the pairs of entities that people called different."""
    if not any(line.verb is Verb.DIFFERENT for line in registry.judgements):
        return set()
    of = {mention: entity.id for entity in registry.entities for mention in (*entity.mentions, *entity.was, entity.id)}
    of |= {old: new for old, new in registry.redirects.items() if old not in of}
    found = set()
    for line in registry.judgements:
        if line.verb is Verb.DIFFERENT and line.other is not None:
            pair = frozenset((of.get(line.target, line.target), of.get(line.other, line.other)))
            if len(pair) == 2:
                found.add(pair)
    return found


def _cannot_be_one(one: Keys, other: Keys) -> bool:
    if one.police and other.police and not _any_nested(one.police, other.police):
        return True
    if _streets_differ(one.street, other.street):
        return True
    # A place inside a city is an address of a kind: two districts are two.
    return bool(city_of(one.place) and city_of(other.place) and not nested(str(one.place), str(other.place)))


def _any_nested(some: Iterable[str], others: Iterable[str]) -> bool:
    many = list(others)
    return any(nested(a, b) for a in some for b in many)


def _streets_differ(one: str, other: str) -> bool:
    """True where two folded addresses of one script differ: neither holds all words of the other."""
    if not one or not other or has_cjk(one) != has_cjk(other):
        return False
    a, b = set(one.split()), set(other.split())
    return not (a <= b or b <= a)
