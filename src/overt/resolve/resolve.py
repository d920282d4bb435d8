"""Mentions to entities: the things that mentions in any language and script turn out to name.

A first, cautious version: better to leave two apart than to join two that differ. What people judged goes first,
then what one document says, then what names, operators and addresses say across documents. Pure: no order counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec

from overt.model import Conflict, Edge, Entity, Judgement, Mention, Name, Statement, Verb, fold_space
from overt.model.sets import Sets
from overt.places import gazetteer
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.resolve import evidence
from overt.resolve.blocks import Block, blocks
from overt.resolve.evidence import IN_ONE_DOCUMENT, Sketch, Tie
from overt.resolve.joining import join, path
from overt.resolve.labels import label
from overt.resolve.parts import Reader
from overt.resolve.sketching import Sketched, sketched

_APART = frozenset({Verb.DIFFERENT, Verb.UNSURE, Verb.PART_OF})


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """What `resolve` makes. `lost` are judgements of which a side names nothing that is here (any more)."""

    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    redirects: dict[str, str] = {}
    of_mention: dict[str, str] = {}
    lost: tuple[str, ...] = ()


class Component(msgspec.Struct, frozen=True, kw_only=True):
    """Mentions that ties or judgements hold together, directly or through others, with those ties."""

    mentions: tuple[Mention, ...]
    sketches: tuple[Sketch, ...]
    ties: tuple[Tie, ...]


def resolve(
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    judgements: Sequence[Judgement],
    profile: Profile,
    minted: frozenset[str],
) -> Resolution:
    """Return the entities that the mentions name.

    Args:
        mentions: all mentions of a case.
        statements: all statements; they say which operators and names were rejected or added, and where a document
            speaks of several.
        judgements: the lines that stand.
        profile: its kinds say what is counted and what is a look-alike.
        minted: the mentions that a judgement or release has named, and which therefore own their entity's id.
    """
    known = sketched(mentions, statements, judgements, profile)
    found = blocks(known, cache(lambda: Reader(profile)))
    return resolution(known, found, judgements, profile, minted)


def resolution(
    known: Mapping[str, Sketched],
    found: Mapping[str, Block],
    judgements: Iterable[Judgement],
    profile: Profile,
    minted: frozenset[str],
) -> Resolution:
    """Return the entities that mentions in blocks name. Other arguments as in `resolve`.

    Args:
        known: the mentions, as they are compared.
        found: the blocks of these mentions, by name.
    """
    lines = entity_lines(judgements)
    usable = [line for line in lines if line.target in known and line.other in known]
    entities = entities_of(known, found, usable, profile, minted)
    of_mention = {mention: entity.id for entity in entities for mention in entity.mentions}
    parts = wholes(usable, of_mention)
    entities = [msgspec.structs.replace(e, part_of=parts[e.id]) if e.id in parts else e for e in entities]
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        edges=_in_order([*(edge for block in found.values() for edge in block.edges), *judged_edges(usable)]),
        conflicts=conflicts(usable),
        redirects={old: entity.id for entity in entities for old in entity.was},
        of_mention=dict(sorted(of_mention.items())),
        lost=tuple(sorted({line.id for line in lines} - {line.id for line in usable})),
    )


def entity_lines(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the lines that say how two entities stand to each other."""
    return [line for line in judgements if line.verb in (*_APART, Verb.SAME)]


def entities_of(
    known: Mapping[str, Sketched],
    found: Mapping[str, Block],
    lines: Sequence[Judgement],
    profile: Profile,
    minted: frozenset[str],
) -> list[Entity]:
    """Return the entities of whole blocks, without what they are parts of. Pure in them and in the lines among them.

    Args:
        known: the mentions of these blocks.
        found: blocks by name; `same` lines lead to no mention outside them.
        lines: `same`, `different`, `part_of` and `unsure` lines whose both sides are in `known`.
        profile, minted: as in `resolve`.
    """
    sketches = {one.id: one for block in found.values() for one in block.sketches}
    tied = [tie for block in found.values() for tie in block.ties]
    mentions = {name: one.mention for name, one in known.items()}
    of: dict[str, list[Judgement]] = defaultdict(list)
    for line in lines:
        of[line.target].append(line)
    entities: list[Entity] = []
    for component in _components(mentions, sketches, tied, lines):
        mine = [line for one in component.mentions for line in of[one.id]] if of else []
        entities += cluster(component, mine, profile, minted)
    return entities


def _components(
    mentions: Mapping[str, Mention], sketches: Mapping[str, Sketch], tied: Sequence[Tie], lines: Sequence[Judgement]
) -> list[Component]:
    sets = Sets()
    for tie in tied:
        for member in tie.members:
            sets.unite(tie.members[0], member)
    for line in lines:
        # A prohibition needs no common component: what nothing ties is apart already.
        if line.verb is Verb.SAME and line.other is not None:
            sets.unite(line.target, line.other)
    members: dict[str, list[str]] = defaultdict(list)
    for mention in sorted(mentions):
        members[sets.name(mention)].append(mention)
    ties_of: dict[str, list[Tie]] = defaultdict(list)
    for tie in tied:
        ties_of[sets.name(tie.members[0])].append(tie)
    return [
        Component(
            mentions=tuple(mentions[m] for m in members[name]),
            sketches=tuple(sketches[m] for m in members[name]),
            ties=tuple(sorted(ties_of[name])),
        )
        for name in sorted(members)
    ]


def cluster(
    component: Component, judgements: Sequence[Judgement], profile: Profile, minted: frozenset[str]
) -> list[Entity]:
    """Return the entities of one component. Pure in it and in the judgements that name its mentions.

    Three steps, each on the sets of the one before: judged `same`; one document; across documents. In each,
    `different`, `unsure` and `part_of` keep apart whatever chain of ties leads round; in the last two, contradicting
    operators, addresses and places do so too.
    """
    sketches = {one.id: one for one in component.sketches}
    lines = [line for line in judgements if line.target in sketches and line.other in sketches]
    apart = {frozenset((line.target, str(line.other))) for line in lines if line.verb in _APART}
    same = [(line.target, str(line.other)) for line in lines if line.verb is Verb.SAME]
    sets = {one: one for one in sketches}
    inside = [tie.members for tie in component.ties if tie.rule in IN_ONE_DOCUMENT]
    across = [tie.members for tie in component.ties if tie.rule not in IN_ONE_DOCUMENT]
    sets = _step(sets, same, sketches, apart, claims=False)
    sets = _step(sets, inside, sketches, apart, with_names=True)
    sets = _step(sets, across, sketches, apart)
    members: dict[str, list[str]] = defaultdict(list)
    for mention in sorted(sets):
        members[sets[mention]].append(mention)
    by_id = {mention.id: mention for mention in component.mentions}
    return [_entity([by_id[m] for m in members[name]], sketches, profile, minted) for name in sorted(members)]


class _Party(msgspec.Struct, frozen=True):
    """A side, and for a set that a judgement keeps apart from another, its own name."""

    side: evidence.Side
    judged: str = ""


def _step(
    sets: Mapping[str, str],
    ties: Iterable[Sequence[str]],
    sketches: Mapping[str, Sketch],
    apart: set[frozenset[str]],
    claims: bool = True,
    with_names: bool = False,
) -> dict[str, str]:
    members: dict[str, list[Sketch]] = defaultdict(list)
    for mention, name in sets.items():
        members[name].append(sketches[mention])
    opposed_sets = {frozenset(sets[m] for m in pair) for pair in apart}
    judged = {name for pair in opposed_sets if len(pair) > 1 for name in pair}
    parties = {
        name: _Party(evidence.side(many, with_names) if claims else evidence.Side(), name if name in judged else "")
        for name, many in members.items()
    }

    def opposed(a: object, b: object) -> bool:
        assert isinstance(a, _Party)
        assert isinstance(b, _Party)
        if a.judged and b.judged and frozenset((a.judged, b.judged)) in opposed_sets:
            return True
        return evidence.opposition(a.side, b.side) is not None

    joined = join(members, [tuple(sets[m] for m in tie) for tie in ties], lambda name: parties[name], opposed)
    return {mention: joined[name] for mention, name in sets.items()}


def _entity(
    mentions: Sequence[Mention], sketches: Mapping[str, Sketch], profile: Profile, minted: frozenset[str]
) -> Entity:
    ids = [mention.id for mention in mentions]
    owners = sorted(minted.intersection(ids))
    owner = owners[0] if owners else min(ids)
    kind = sketches[owner].kind
    place = _finest({m.place for m in mentions if m.place})
    countries = {c for m in mentions if (c := evidence.country_of(m))}
    country = gazetteer.country_of(place) if place else None
    group = sketches[owner].group
    country = country or (min(countries) if len(countries) == 1 else None)
    names: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for mention in mentions:
        for name in mention.names:
            names[fold_space(name), mention.language].append(mention.id)
    streets = sorted({sketches[m].street for m in ids if sketches[m].street}, key=lambda s: (-len(s), s))
    return Entity(
        id=owner,
        kind=kind,
        label=label(profile, kind, place, country, group),
        mentions=tuple(sorted(ids)),
        names=tuple(
            Name(text=text, language=language, mentions=tuple(sorted(names[text, language])))
            for text, language in sorted(names, key=lambda key: (key[0], key[1] or ""))
        ),
        operators=tuple(sorted({fold_space(o) for m in mentions for o in m.operators})),
        street=streets[0] if streets else None,
        place=place,
        country=country,
        group=group,
        was=tuple(owners[1:]),
    )


def _finest(places: set[str]) -> str | None:
    """Return the finest place that nothing contradicts: what lies in all others, else the smallest that holds them."""
    inner = sorted(p for p in places if all(gazetteer.contains(other, p) for other in places))
    if inner:
        return inner[0]
    cities = {city_of(p) for p in places}
    city = next(iter(cities)) if len(cities) == 1 else None
    if city is not None:
        return city
    countries = {gazetteer.country_of(p) for p in places}
    return next(iter(countries)) if len(countries) == 1 else None


def wholes(lines: Iterable[Judgement], of_mention: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return entity -> the entities of which people called it a part."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.verb is Verb.PART_OF:
            part, whole = of_mention[line.target], of_mention[str(line.other)]
            if part != whole:
                found[part].add(whole)
    return {part: tuple(sorted(many)) for part, many in sorted(found.items())}


def judged_edges(lines: Iterable[Judgement]) -> list[Edge]:
    """Return the edges of judgements, whose both sides are there."""
    found = []
    for line in lines:
        left, right = sorted((line.target, str(line.other)))
        if line.verb is Verb.PART_OF:
            left, right = line.target, str(line.other)
        found.append(Edge(left=left, right=right, verdict=str(line.verb), rule="judgement", reason=line.why))
    return found


def _in_order(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(sorted(set(edges), key=lambda e: (e.left, e.right, e.verdict, e.rule, e.reason)))


def conflicts(lines: Iterable[Judgement]) -> tuple[Conflict, ...]:
    """Return each pair that people called different although a chain of `same` leads from one to the other."""
    many = list(lines)
    links: dict[str, set[str]] = defaultdict(set)
    for line in many:
        if line.verb is Verb.SAME:
            links[line.target].add(str(line.other))
            links[str(line.other)].add(line.target)
    found = set()
    for line in many:
        if line.verb is Verb.DIFFERENT:
            left, right = sorted((line.target, str(line.other)))
            chain = path(left, right, links)
            if chain is not None:
                found.add((left, right, chain))
    return tuple(Conflict(left=a, right=b, path=chain) for a, b, chain in sorted(found))
