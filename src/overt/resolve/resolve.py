"""Mentions to entities: the things that mentions in any language and script turn out to name.

A first, cautious version: better to leave two apart than to join two that differ. What people judged goes first,
then what one document says, then what names, operators and addresses say across documents. Pure: no order counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import msgspec

from overt.model import (
    AFFIRMING,
    Conflict,
    Edge,
    Entity,
    Judgement,
    Mention,
    Name,
    Statement,
    Verb,
    fold_space,
    standing,
)
from overt.model.memory import Fresh, Memory
from overt.model.sets import Sets
from overt.places import gazetteer
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.resolve import evidence
from overt.resolve.blocks import blocks
from overt.resolve.evidence import IN_ONE_DOCUMENT, Sketch, Tie
from overt.resolve.joining import join, path
from overt.resolve.labels import label
from overt.resolve.names import fold_name
from overt.resolve.parts import Reader

NAME = "name"
OPERATOR = "operator"
_SET_ASIDE = frozenset({Verb.REJECT, Verb.NOT_SAID, Verb.AMEND})
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
    memory: Memory | None = None,
) -> Resolution:
    """Return the entities that the mentions name.

    Args:
        mentions: all mentions of a case.
        statements: all statements; they say which operators and names were rejected or added, and where a document
            speaks of several.
        judgements: the lines that stand.
        profile: its kinds say what is counted and what is a look-alike.
        minted: the mentions that a judgement or release has named, and which therefore own their entity's id.
        memory: what earlier builds made; only blocks that changed are looked into.
    """
    known = _with_statements(mentions, statements, judgements)
    several = _several(known.values(), statements, profile)
    sketches = {
        m.id: evidence.sketch(m, profile, (m.document, m.kind, city_of(m.place) or "") in several)
        for m in known.values()
    }
    found = blocks(sketches, known, cache(lambda: Reader(profile)), memory if memory is not None else Fresh())
    sketches = {one.id: one for block in found for one in block.sketches}
    tied = [tie for block in found for tie in block.ties]
    lines = [line for line in judgements if line.verb in (*_APART, Verb.SAME)]
    usable = [line for line in lines if line.target in known and line.other is not None and line.other in known]

    entities: list[Entity] = []
    for component in _components(known, sketches, tied, usable):
        entities += cluster(component, usable, profile, minted)
    of_mention = {mention: entity.id for entity in entities for mention in entity.mentions}
    wholes = _wholes(usable, of_mention)
    entities = [msgspec.structs.replace(e, part_of=wholes[e.id]) if e.id in wholes else e for e in entities]
    return Resolution(
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        edges=_edges([edge for block in found for edge in block.edges], usable),
        conflicts=_conflicts(usable),
        redirects={old: entity.id for entity in entities for old in entity.was},
        of_mention=dict(sorted(of_mention.items())),
        lost=tuple(sorted({line.id for line in lines} - {line.id for line in usable})),
    )


def _with_statements(
    mentions: Iterable[Mention], statements: Iterable[Statement], judgements: Iterable[Judgement]
) -> dict[str, Mention]:
    """Return the mentions with the operators of standing statements, without names and operators of rejected ones."""
    on: dict[str, list[Judgement]] = defaultdict(list)
    for line in judgements:
        on[line.target].append(line)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    rejected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement in statements:
        if statement.property in (NAME, OPERATOR):
            key = (statement.subject.mention, statement.property)
            is_aside = statement.id in on and standing(on[statement.id]).verb in _SET_ASIDE
            if is_aside:
                rejected[key].add(fold_name(statement.value.text))
            elif statement.property == OPERATOR and all(v.stance in AFFIRMING for v in statement.attribution):
                said[key].add(fold_space(statement.value.text))
    return {m.id: _amended(m, said, rejected) for m in sorted(mentions, key=lambda m: m.id)}


def _amended(
    mention: Mention, said: Mapping[tuple[str, str], set[str]], rejected: Mapping[tuple[str, str], set[str]]
) -> Mention:
    def words(prop: str, found: tuple[str, ...]) -> tuple[str, ...]:
        added = said.get((mention.id, prop), set())
        gone = rejected.get((mention.id, prop), set()) - {fold_name(w) for w in added}
        return tuple(sorted({w for w in (*found, *added) if fold_name(w) not in gone}))

    return msgspec.structs.replace(
        mention, names=words(NAME, mention.names), operators=words(OPERATOR, mention.operators)
    )


def _several(
    mentions: Iterable[Mention], statements: Iterable[Statement], profile: Profile
) -> frozenset[tuple[str, str, str]]:
    """Return (document, kind, city) where the document itself says that the city has several."""
    kinds = [kind for kind, rule in profile.kinds.items() if rule.counted or rule.look_alike]
    found: set[tuple[str, str, str]] = set()
    for mention in mentions:
        kind, _, place = (mention.group or "").partition(":")
        city = city_of(place if kind == "territory" else mention.place)
        if mention.group and city:
            found.add((mention.document, mention.kind, city))
    for statement in statements:
        number, city = statement.value.number, city_of(statement.scope.where)
        if statement.value.type == "count" and number is not None and number > 1 and city:
            found |= {(statement.document, kind, city) for kind in kinds}
    return frozenset(found)


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


def _wholes(lines: Iterable[Judgement], of_mention: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return entity -> the entities of which people called it a part."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        part, whole = of_mention[line.target], of_mention[str(line.other)]
        if line.verb is Verb.PART_OF and part != whole:
            found[part].add(whole)
    return {part: tuple(sorted(wholes)) for part, wholes in sorted(found.items())}


def _edges(found: list[Edge], lines: Iterable[Judgement]) -> tuple[Edge, ...]:
    """Return the edges of all blocks and those of judgements, in order."""
    for line in lines:
        left, right = sorted((line.target, str(line.other)))
        if line.verb is Verb.PART_OF:
            left, right = line.target, str(line.other)
        found.append(Edge(left=left, right=right, verdict=str(line.verb), rule="judgement", reason=line.why))
    return tuple(sorted(set(found), key=lambda e: (e.left, e.right, e.verdict, e.rule, e.reason)))


def _conflicts(lines: Iterable[Judgement]) -> tuple[Conflict, ...]:
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
