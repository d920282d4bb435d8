"""What a mention brings to the question "are these one?": its keys, what ties it to others, what opposes it to them.

Comes in: mentions of one block. Goes out: sketches (folded keys), ties (shared keys), edges (the same in words). Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from overt.model import Edge, Mention
from overt.places import gazetteer
from overt.places.levels import city_of, nested
from overt.profile.schema import Profile
from overt.resolve.names import fold_name, fold_street, operator_key, police_place, street_alone, streets_differ
from overt.words.scripts import has_cjk

NETWORK = "network"

REASONS = {
    "same-document": "one document speaks of one thing of this kind in this city",
    "same-name": "the same name of its own",
    "same-operator": "the same operator",
    "same-street": "the same street",
    "same-group": "the same group",
    "same-words": "the same words in one document",
    "two-operators": "two police bodies as operators, of which neither is part of the other",
    "two-streets": "two distinct addresses",
    "two-places": "two distinct places",
    "two-names": "two names of one script in one document",
}
# A document that names one site and several names for it is rarer than one that lists several sites with their names.
IN_ONE_DOCUMENT = frozenset({"same-document", "same-words"})


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """A mention as it is compared.

    `is_site`: of a counted kind or a look-alike of one, so that its city tells. `is_counted`: of a counted kind.
    `several`: its document says that there are several of the kind in the city.
    """

    id: str
    document: str
    kind: str
    words: str
    city: str | None = None
    place: str | None = None
    country: str | None = None
    group: str | None = None
    names: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()
    street: str = ""
    is_site: bool = False
    is_counted: bool = False
    several: bool = False


class Tie(msgspec.Struct, frozen=True, order=True):
    """Mentions that share a key."""

    rule: str
    key: str
    members: tuple[str, ...]


class Side(msgspec.Struct, frozen=True):
    """What can oppose one set of mentions to another."""

    police: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def group_key(mention: Mention, profile: Profile) -> str | None:
    """Return what holds a group together, folded so that it meets in all languages; None for a single thing.

    A single mention of a counted kind that has no city, no name and no address makes no site ("one in Australia"): it
    belongs to its country's group.
    """
    if mention.group is not None:
        kind, colon, words = mention.group.partition(":")
        if not colon or kind == "territory":
            return mention.group
        return f"{kind}:{operator_key(words) or fold_name(words)}"
    kind_rule = profile.kinds.get(mention.kind)
    is_counted = kind_rule is not None and kind_rule.counted
    has_own = city_of(mention.place) or mention.names or mention.street
    if is_counted and not has_own and country_of(mention) is not None:
        return f"territory:{country_of(mention)}"
    return None


def country_of(mention: Mention) -> str | None:
    """Return the country of a mention: as said, else that of its place."""
    return mention.country or (gazetteer.country_of(mention.place) if mention.place else None)


def sketch(mention: Mention, profile: Profile, several: bool = False) -> Sketch:
    """Return the keys of a mention. `several`: its document says that its city has several."""
    rule = profile.kinds.get(mention.kind)
    group = group_key(mention, profile)
    return Sketch(
        id=mention.id,
        document=mention.document,
        kind=mention.kind,
        words=fold_name(mention.text),
        city=None if group else city_of(mention.place),
        place=mention.place,
        country=country_of(mention),
        group=group,
        names=frozenset(filter(None, (fold_name(name) for name in mention.names))),
        operators=frozenset(filter(None, (operator_key(o) or fold_name(o) for o in mention.operators))),
        street=fold_street(mention.street) if mention.street else "",
        is_site=rule is not None and (rule.counted or bool(rule.look_alike)),
        is_counted=rule is not None and rule.counted,
        several=several,
    )


def block_key(one: Sketch) -> tuple[str, str]:
    """Return the block of a mention: its kind, and its group, city, or what else narrows it."""
    if one.group:
        return one.kind, f"group {one.group}"
    if one.is_site and one.city:
        return one.kind, f"city {one.city}"
    return one.kind, "elsewhere"


def ties(block: Sequence[Sketch]) -> list[Tie]:
    """Return what ties mentions of one block together, sorted. Pure in the block."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in block:
        for rule, key in _keys(one):
            found[rule, key].append(one.id)
    return sorted(Tie(rule, key, tuple(sorted(ids))) for (rule, key), ids in found.items() if len(ids) > 1)


def _keys(one: Sketch) -> Iterable[tuple[str, str]]:
    if one.group:
        yield "same-group", one.group
    elif one.is_site and one.city:
        named = [("same-street", street_alone(one.street))] if one.street else []
        if not one.several:
            yield "same-document", one.document
            # Where a page says that a city has several, even one name and one operator may be those of several.
            named += [("same-name", n) for n in sorted(one.names)]
            named += [("same-operator", o) for o in sorted(one.operators)]
        for rule, key in named:
            yield rule, key
            # The narrower key still ties where the wide one stands between two districts.
            if one.place != one.city:
                yield rule, f"{key} in {one.place}"
    else:
        if not one.names:
            yield "same-words", f"{one.document} {one.words} {one.place}"
        for name in sorted(one.names):
            # A site without a city is not known by a name that many sites may bear: only within its own page.
            key = f"{one.document} {name}" if one.is_counted else name
            yield "same-name", key
            if one.country:
                yield "same-name", f"{key} in {one.country}"


def side(sketches: Iterable[Sketch], with_names: bool = False) -> Side:
    """Return what a set of mentions claims, by which it can be opposed to another. `with_names` inside one document."""
    many = list(sketches)
    return Side(
        police=frozenset(o for one in many for o in one.operators if police_place(o)),
        streets=frozenset(one.street for one in many if one.street),
        places=frozenset(p for one in many if not one.group and (p := one.place or one.country)),
        names=frozenset(name for one in many for name in one.names) if with_names else frozenset(),
    )


def opposition(a: Side, b: Side) -> str | None:
    """Return the rule by which two sides cannot be one, None where nothing forbids it. Symmetric.

    Each claim opposes only where both sides make it and no claim of the one fits any of the other.
    """
    if a.police and b.police and not any(_within(p, q) for p in a.police for q in b.police):
        return "two-operators"
    if a.streets and b.streets and all(streets_differ(p, q) for p in a.streets for q in b.streets):
        return "two-streets"
    if a.places and b.places and not any(nested(p, q) for p in a.places for q in b.places):
        return "two-places"
    for is_han in (True, False):
        mine = {name for name in a.names if has_cjk(name) is is_han}
        theirs = {name for name in b.names if has_cjk(name) is is_han}
        if mine and theirs and not mine & theirs and not a.names & b.names:
            return "two-names"
    return None


def _within(one: str, other: str) -> bool:
    a, b = police_place(one), police_place(other)
    return a is not None and b is not None and nested(a, b)


def edges(block: Sequence[Sketch]) -> list[Edge]:
    """Return, in words, what ties mentions of one block and what forbids it: one edge a shared key and member.

    Args:
        block: the sketches of one block, in any order.

    Returns:
        edges by (left, right, rule): `same` from the smallest mention of a key to each other one, `different`
        between the smallest mentions of two sides that oppose each other.
    """
    found: list[Edge] = []
    for tie in ties(block):
        found += [_edge(tie.members[0], other, "same", tie.rule) for other in tie.members[1:]]
    first: dict[Side, str] = {}
    for one in sorted(block, key=lambda one: one.id):
        first.setdefault(side([one]), one.id)
    sides = list(first)
    for at, a in enumerate(sides):
        for b in sides[at + 1 :]:
            rule = opposition(a, b)
            # In a block that is no city, distinct places are the rule, and telling it of each pair would tell nothing.
            if rule is not None and not (rule == "two-places" and block_key(block[0])[1] == "elsewhere"):
                left, right = sorted((first[a], first[b]))
                found.append(_edge(left, right, "different", rule))
    return sorted(set(found), key=lambda e: (e.left, e.right, e.rule))


def _edge(left: str, right: str, verdict: str, rule: str) -> Edge:
    return Edge(left=left, right=right, verdict=verdict, rule=rule, reason=REASONS[rule])
