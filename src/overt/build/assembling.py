"""Everything that follows from finds and judgements: entities, origins, facts. The stages in order. Pure."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from overt.build.judged import judged
from overt.find import Found
from overt.model import (
    Document,
    Judgement,
    Registry,
    Sighting,
    Standing,
    Statement,
    Unread,
    Verb,
    content_hash,
    standing_lines,
)
from overt.model.memory import Memory
from overt.profile import Profile
from overt.resolve import Naming, Resolution, resolve
from overt.weigh import origins, reweigh


def assemble(
    profile: Profile,
    sightings: Sequence[Sighting],
    documents: Sequence[Document],
    unread: Sequence[Unread],
    found: Iterable[Found],
    lines: Sequence[Judgement],
    memory: Memory | None = None,
) -> Registry:
    """Return everything that follows from finds and judgements. Pure; no order of any input matters.

    Args:
        profile: the rules.
        sightings, documents, unread, found: what was obtained, read, not read, and found.
        lines: all judgements, undone ones too.
        memory: what earlier builds made. It saves time and changes nothing.
    """
    finds = list(found)
    mentions = {m.id: m for one in finds for m in one.mentions}
    stand = standing_lines(lines)
    statements = {s.id: s for one in finds for s in one.statements} | _made_by_hand(stand)
    resolution = resolve(
        [mentions[key] for key in sorted(mentions)],
        [statements[key] for key in sorted(statements)],
        stand,
        profile,
        frozenset(m for line in lines for m in line.mints),
        memory,
    )
    statements = {key: _resolved(s, resolution, profile) for key, s in statements.items()}
    by_capture = {d.capture: d for d in documents}
    ruled = judged(statements, stand, lines, by_capture, lambda s: _resolved(_without_content(s), resolution, profile))
    effective = sorted((statements | ruled.versions).values(), key=lambda s: s.id)
    naming = Naming(profile)
    roots, root_of = origins(effective, profile, naming, {d.id: d for d in documents}, stand, memory)
    registry = Registry(
        sightings=tuple(sorted(sightings, key=lambda s: (s.address, s.capture, s.seen))),
        documents=tuple(sorted(documents, key=lambda d: d.capture)),
        unread=tuple(sorted(unread, key=lambda u: u.capture)),
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        statements=tuple(
            msgspec.structs.replace(s, origin=root_of.get(s.id), judgement=_verb(ruled.standings, s)) for s in effective
        ),
        entities=resolution.entities,
        edges=resolution.edges,
        conflicts=resolution.conflicts,
        origins=tuple(sorted(roots, key=lambda o: o.id)),
        standings=ruled.standings,
        needs_look=ruled.needs_look,
        now=ruled.today,
        judgements=tuple(sorted(stand, key=lambda j: j.id)),
        redirects=dict(sorted(resolution.redirects.items())),
    )
    return reweigh(registry, profile, naming, memory)


def with_contents(found: Found, profile: Profile) -> Found:
    """Return finds with the content hashes that do not depend on entities, so that they are made once."""
    statements = (
        s if _accuses(s, profile) else msgspec.structs.replace(s, content=content_hash(s, accuses=False))
        for s in found.statements
    )
    return msgspec.structs.replace(found, statements=tuple(statements))


def _made_by_hand(stand: Iterable[Judgement]) -> dict[str, Statement]:
    """Statements that `add` and `amend` lines made: their id is the hash of the line."""
    return {
        line.id: msgspec.structs.replace(line.made, id=line.id, content="", judgement=None, fact=None, origin=None)
        for line in stand
        if line.made is not None and line.verb in (Verb.ADD, Verb.AMEND)
    }


def _resolved(statement: Statement, resolution: Resolution, profile: Profile) -> Statement:
    """A statement with the entity that its subject is, and the content hash that follows."""
    entity = resolution.of_mention.get(statement.subject.mention)
    if entity is None and statement.subject.entity is not None:
        entity = resolution.redirects.get(statement.subject.entity, statement.subject.entity)
    placed = statement
    if entity != statement.subject.entity:
        placed = msgspec.structs.replace(statement, subject=msgspec.structs.replace(statement.subject, entity=entity))
    accuses = _accuses(statement, profile)
    if statement.content and not accuses:
        return placed
    return msgspec.structs.replace(placed, content=content_hash(placed, accuses))


def _without_content(statement: Statement) -> Statement:
    """A statement of another day, whose content is to be hashed by the rules of today."""
    return msgspec.structs.replace(statement, content="")


def _accuses(statement: Statement, profile: Profile) -> bool:
    return profile.accuses(statement.property, str(statement.stance))


def _verb(standings: Mapping[str, Standing], statement: Statement) -> str | None:
    own = standings.get(statement.parent or statement.id)
    return str(own.verb) if own is not None and own.verb is not None else None


__all__ = ["assemble", "with_contents"]
