"""The one gate: from a registry and its judgements to what may be public, and a list of what may not.

In: nouns of a built case. Out: `Cleared`, whose nouns hold only text that passed. Everything that is published is
made from it alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

import msgspec

from overt.model import Entity, Judgement, Level, Registry, Statement, Verb, digest, standing_lines
from overt.model.edtf import is_edtf, said_by
from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.protect import bodies
from overt.protect.asked import public_asked
from overt.protect.clearance import Clearance, Stretch, clearance, sighting_levels
from overt.protect.names import Names, Read, code_of, names, spoken
from overt.protect.pictures import public_pictures
from overt.protect.places import Lookup, at_most, city_level
from overt.protect.public import (
    Cleared,
    Code,
    PublicNotSaid,
    PublicOrigin,
    PublicStatement,
    PublicThing,
    Segment,
    Withheld,
    Words,
)
from overt.protect.redact import SHORT, Redactor, Span
from overt.protect.sources import Sources
from overt.protect.statements import Texts, accuser, language_tag, public_quote, public_value, public_voices
from overt.protect.translations import on_statements, public_translations


class Ahead(Protocol):
    """Does at once, in its own way, what else is done text by text. What it gives is the same."""

    def listen(self, known: Names, documents: Sequence[Read]) -> Iterable[Iterable[Stretch]]:
        """As `names.spoken`."""

    def cut(self, known: Names, texts: Sequence[str]) -> Mapping[str, list[Span]]:
        """Return what a redactor of these names finds in each text."""


_CODE = re.compile(r"[a-z][a-z_]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_GROUPS = ("network", "operator", "territory", "batch")


def clear(
    registry: Registry,
    profile: Profile,
    judgements: Iterable[Judgement] | None = None,
    draft: bool = False,
    lookup: Lookup = gazetteer.get,
    ahead: Ahead | None = None,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    as_of: str | None = None,
) -> Cleared:
    """Say what of a case may be public.

    Args:
        registry: one built case; `standings` say what people judged.
        profile: its rules of publication.
        judgements: all lines (undone ones fall out here); without them, those of the registry.
        draft: for a local preview: let unjudged statements pass, with the same protection of names and personal data.
        lookup: place id -> place.
        ahead: does the work on long texts at once; without it each is done when its turn comes.
        pictures: the pictures that were made of captures, by their SHA-256.
        as_of: an EDTF day: only what pages said that surely were public by then. Names are withheld as of now.

    Returns:
        The published view. Two calls with the same nouns in any order give equal values.
    """
    lookup = at_most(lookup, profile.publication.precision)
    every = list(registry.judgements if judgements is None else judgements)
    lines = standing_lines(every)
    accuses = accuser(profile)
    gate = clearance(registry, profile, lines, accuses, draft, every)
    said = (s for s in registry.statements if as_of is None or said_by(s.published, as_of))
    passing = tuple(sorted((s for s in said if s.id in gate.passing), key=lambda s: s.id))
    known = names(registry, profile, lines, every, ahead.listen if ahead is not None else spoken)
    redactor = Redactor(known)
    texts = Texts(registry, redactor, gate.hidden)
    sources = Sources(registry, redactor, texts)
    kinds = {s.id: s for s in passing if s.subject.kind in profile.kinds}
    if ahead is not None:
        quoted = {text for s in kinds.values() if (text := texts.of(s)) is not None and len(text) > SHORT}
        redactor.know(ahead.cut(known, sorted(quoted)))
    statements = tuple(
        _statement(s, profile, gate, redactor, texts, sources, lookup, accuses) for s in passing if s.id in kinds
    )
    statements, untranslated = _translated(statements, kinds, lines, every, redactor)
    levels = sighting_levels(registry, lines)
    public = tuple(s for s in registry.sightings if levels[s.capture, s.address] is Level.PUBLIC)
    basis = msgspec.structs.replace(
        registry, sightings=public, statements=tuple(kinds.values()), facts=(), needs_look=(), now=()
    )
    things = _things(registry, profile, tuple(kinds.values()), known, lookup)
    entries = {thing.id for thing in things}
    needed = 1 if draft else max(1, profile.publication.reviewers_picture)
    seen, unseen = public_pictures(
        lines,
        every,
        pictures,
        shown={*kinds, *entries},
        public_captures={s.capture for s in (public if as_of is None else passing)},
        documents=registry.documents,
        unread=registry.unread,
        spans=texts.spans,
        redactor=redactor,
        needed=needed,
        redirects=registry.redirects,
    )
    return Cleared(
        statements=statements,
        things=things,
        sources=sources.used(),
        origins=_origins(registry, statements, redactor),
        withheld=(*gate.withheld, *_without_names(statements), *untranslated, *unseen),
        pictures=seen,
        not_said=_not_said(registry, entries, sources, levels, as_of),
        asked=public_asked(lines, entries, registry.redirects, redactor, as_of),
        files={one.id: pictures[one.id] for one in seen},
        basis=basis,
        show=redactor.words,
    )


def _not_said(
    registry: Registry,
    shown: set[str],
    sources: Sources,
    levels: Mapping[tuple[str, str], Level],
    as_of: str | None,
) -> tuple[PublicNotSaid, ...]:
    """Return of the entries that are public where a page cites a source for what it does not say."""
    used = {source.id for source in sources.used()}
    found = []
    for statement in registry.statements:
        standing = registry.standings.get(statement.id)
        about = thing_id(statement)
        if standing is None or standing.verb is not Verb.NOT_SAID or statement.implied or about not in shown:
            continue
        if levels.get((statement.capture, statement.address)) is not Level.PUBLIC:
            continue
        if as_of is not None and not said_by(statement.published, as_of):
            continue
        page = sources.key(statement)
        found.append(
            PublicNotSaid(
                of=about,
                property=statement.property,
                source=page if page in used else None,
                published=statement.published if statement.published and is_edtf(statement.published) else None,
                id=statement.id,
            )
        )
    return tuple(sorted(found, key=lambda one: (one.of, one.published or "9999", one.id)))


def _translated(
    statements: tuple[PublicStatement, ...],
    passing: Mapping[str, Statement],
    lines: list[Judgement],
    every: list[Judgement],
    redactor: Redactor,
) -> tuple[tuple[PublicStatement, ...], tuple[Withheld, ...]]:
    """Put translations to all statements that rest on the words which were translated."""
    said = on_statements(lines)
    on_words: dict[tuple[str, int, int], list[int]] = {}
    for at, one in enumerate(statements if said else ()):
        on_words.setdefault((one.capture, one.quote.start, one.quote.end), []).append(at)
    out, withheld = list(statements), list[Withheld]()
    for places in on_words.values():
        here = [line for at in places for line in said.get(statements[at].id, ())]
        if here:
            rest_on = [passing[statements[at].id] for at in places]
            found, held = public_translations(rest_on, statements[places[0]].quote, here, every, redactor)
            withheld += held
            for at in places:
                out[at] = msgspec.structs.replace(out[at], translations=found)
    return tuple(out), tuple(withheld)


def _statement(
    statement: Statement,
    profile: Profile,
    gate: Clearance,
    redactor: Redactor,
    texts: Texts,
    sources: Sources,
    lookup: Lookup,
    accuses: Callable[[Statement], bool],
) -> PublicStatement:
    reviewers, judged = gate.passing[statement.id]
    scope = statement.scope
    return PublicStatement(
        id=statement.id,
        thing=thing_id(statement),
        property=statement.property,
        value=public_value(statement, profile, redactor, texts, lookup),
        stance=statement.stance,
        basis=statement.basis,
        attribution=public_voices(statement, redactor),
        quote=public_quote(statement, texts),
        source=sources.use(statement),
        capture=statement.capture,
        accuses=accuses(statement),
        implied=statement.implied,
        parent=statement.parent if statement.implied else None,
        qualifier=statement.qualifier if statement.qualifier and _CODE.fullmatch(statement.qualifier) else None,
        whose=_somebody(scope.whose, redactor),
        where=city_level(scope.where, lookup),
        as_of=scope.as_of if scope.as_of and is_edtf(scope.as_of) else None,
        actor=_somebody(statement.actor, redactor),
        works=tuple(redactor.words(work) for work in statement.works if work),
        published=statement.published if statement.published and is_edtf(statement.published) else None,
        language=language_tag(statement.language),
        origin=statement.origin,
        fact=statement.fact,
        reviewers=reviewers,
        judged=judged,
    )


def _somebody(words: str | None, redactor: Redactor) -> Words:
    """Return the words for an actor or owner: a name only where it may stand."""
    if not words:
        return ()
    if bodies.is_name_like(words) and not redactor.names.may_stand(words) and not bodies.is_place(words):
        return (Segment("", code_of(words)),)
    return redactor.words(words)


def thing_id(statement: Statement) -> str:
    """Return the id of what a statement is about: the entity, else one made of its group or mention."""
    subject = statement.subject
    return subject.entity or digest("thing", subject.group or subject.mention)


def _things(
    registry: Registry, profile: Profile, passing: tuple[Statement, ...], known: Names, lookup: Lookup
) -> tuple[PublicThing, ...]:
    entities = {entity.id: entity for entity in registry.entities}
    about: dict[str, list[Statement]] = {}
    for statement in passing:
        about.setdefault(thing_id(statement), []).append(statement)
    return tuple(_thing(key, entities.get(key), about[key], profile, known, lookup) for key in sorted(about))


def _thing(
    key: str, entity: Entity | None, about: list[Statement], profile: Profile, known: Names, lookup: Lookup
) -> PublicThing:
    kind = entity.kind if entity is not None and entity.kind in profile.kinds else about[0].subject.kind
    group = (entity.group if entity is not None else about[0].subject.group) or ""
    sort, _, rest = group.partition(":")
    place = city_level(entity.place, lookup) if entity is not None else None
    if place is None and sort == "territory":
        place = city_level(rest, lookup)
    country = place.country if place is not None else entity.country if entity is not None else None
    name, withheld = None, None
    if kind in bodies.lexicon()["organisation_kinds"]:
        spoken = sorted({s.subject.text for s in about if bodies.is_name_like(s.subject.text)})
        name = next((text for text in spoken if known.may_stand(text) and not known.is_redacted(text)), None)
        if name is None and spoken:
            withheld = code_of(spoken[0])
    if sort == "operator" and rest and known.may_stand(rest) and not known.is_redacted(rest):
        name = rest
    return PublicThing(
        id=key,
        kind=kind,
        is_counted=profile.kinds[kind].counted and not group,
        is_group=bool(group),
        group=sort if sort in _GROUPS else None,
        place=place,
        country=country if country and _COUNTRY.fullmatch(country) else None,
        name=name,
        withheld_name=withheld,
    )


def _origins(
    registry: Registry, statements: tuple[PublicStatement, ...], redactor: Redactor
) -> tuple[PublicOrigin, ...]:
    used = {s.origin for s in statements if s.origin}
    return tuple(
        PublicOrigin(id=o.id, root=redactor.words(o.root), reason=redactor.words(o.reason))
        for o in sorted(registry.origins, key=lambda o: o.id)
        if o.id in used
    )


def _without_names(statements: tuple[PublicStatement, ...]) -> tuple[Withheld, ...]:
    """Return what a `ground` or a `role` would open, statement by statement."""
    out: list[Withheld] = []
    ground = "an organisation's name is withheld: no ground by enough reviewers; `judge ground NAME` records one"
    for statement in statements:
        voices = statement.attribution
        named = (statement.value.words, statement.actor, statement.whose, *(v.organisation for v in voices))
        codes = {segment.withheld for words in named for segment in words}
        if codes & {Code.ORGANISATION, Code.ASSOCIATION}:
            out.append(Withheld(what=statement.id, code="no_ground", why=ground))
    return tuple(out)
