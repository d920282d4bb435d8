"""Everything that follows from finds and judgements: entities, origins, facts. The stages in order. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

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
from overt.resolve import Block, Naming, Reader, Sketched, blocks, resolution, sketched
from overt.weigh import reweigh
from overt.weigh.origins import Traced, origin_of, trace


class Assembled(msgspec.Struct, frozen=True):
    """A whole case, and the steps by which it came about: what a build that follows a change goes on from.

    `known`: mentions as they are compared. `blocks`: by name. `traced`: where each statement comes from. `versions`:
    statements that count as they were judged.
    """

    registry: Registry
    known: dict[str, Sketched]
    blocks: dict[str, Block]
    traced: Traced
    versions: tuple[str, ...]


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
    return assembled(profile, sightings, documents, unread, found, lines, memory).registry


def assembled(
    profile: Profile,
    sightings: Sequence[Sighting],
    documents: Sequence[Document],
    unread: Sequence[Unread],
    found: Iterable[Found],
    lines: Sequence[Judgement],
    memory: Memory | None = None,
) -> Assembled:
    """Return everything that follows, with the steps. Arguments as in `assemble`."""
    finds = list(found)
    mentions = {m.id: m for one in finds for m in one.mentions}
    stand = standing_lines(lines)
    statements = {s.id: s for one in finds for s in one.statements} | made_by_hand(stand)
    known = sketched(mentions.values(), (statements[key] for key in sorted(statements)), stand, profile)
    found_blocks = blocks(known, cache(lambda: Reader(profile)))
    minted = frozenset(m for line in lines for m in line.mints)
    made = resolution(known, found_blocks, stand, profile, minted)
    of, now = made.of_mention.get, made.redirects.get
    statements = {key: resolved(s, of, now, profile) for key, s in statements.items()}
    by_capture = {d.capture: d for d in documents}
    ruled = judged(statements, stand, lines, by_capture.get, lambda s: resolved(without_content(s), of, now, profile))
    effective = sorted((statements | ruled.versions).values(), key=lambda s: s.id)
    naming = Naming(profile)
    traced = trace(effective, profile, naming, {d.id: d for d in documents}, stand, memory)
    registry = Registry(
        sightings=tuple(sorted(sightings, key=lambda s: (s.address, s.capture, s.seen))),
        documents=tuple(sorted(documents, key=lambda d: d.capture)),
        unread=tuple(sorted(unread, key=lambda u: u.capture)),
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        statements=tuple(
            msgspec.structs.replace(
                s, origin=origin_of(traced.said[s.id], traced.joins.of), judgement=verb_of(ruled.standings, s)
            )
            for s in effective
        ),
        entities=made.entities,
        edges=made.edges,
        conflicts=made.conflicts,
        origins=tuple(sorted(traced.origins, key=lambda o: o.id)),
        standings=ruled.standings,
        needs_look=ruled.needs_look,
        now=ruled.today,
        judgements=tuple(sorted(stand, key=lambda j: j.id)),
        redirects=dict(sorted(made.redirects.items())),
    )
    weighed = reweigh(registry, profile, naming)
    return Assembled(weighed, known, found_blocks, traced, tuple(sorted(ruled.versions)))


def with_contents(found: Found, profile: Profile) -> Found:
    """Return finds with the content hashes that do not depend on entities, so that they are made once."""
    statements = (
        s if accuses(s, profile) else msgspec.structs.replace(s, content=content_hash(s, accuses=False))
        for s in found.statements
    )
    return msgspec.structs.replace(found, statements=tuple(statements))


def made_by_hand(stand: Iterable[Judgement]) -> dict[str, Statement]:
    """Statements that `add` and `amend` lines made: their id is the hash of the line."""
    return {
        line.id: msgspec.structs.replace(line.made, id=line.id, content="", judgement=None, fact=None, origin=None)
        for line in stand
        if line.made is not None and line.verb in (Verb.ADD, Verb.AMEND)
    }


def resolved(
    statement: Statement,
    of_mention: Callable[[str], str | None],
    redirected: Callable[[str], str | None],
    profile: Profile,
) -> Statement:
    """Return a statement with the entity that its subject is, and the content hash that follows.

    Args:
        statement: as it was found or made.
        of_mention: gives the entity that a mention names.
        redirected: gives the entity that an id has become, None where it has become no other.
        profile: says what accuses.
    """
    entity = of_mention(statement.subject.mention)
    if entity is None and statement.subject.entity is not None:
        entity = redirected(statement.subject.entity) or statement.subject.entity
    placed = statement
    if entity != statement.subject.entity:
        placed = msgspec.structs.replace(statement, subject=msgspec.structs.replace(statement.subject, entity=entity))
    does_accuse = accuses(statement, profile)
    if statement.content and not does_accuse:
        return placed
    return msgspec.structs.replace(placed, content=content_hash(placed, does_accuse))


def without_content(statement: Statement) -> Statement:
    """Return a statement of another day, whose content is to be hashed by the rules of today."""
    return msgspec.structs.replace(statement, content="")


def accuses(statement: Statement, profile: Profile) -> bool:
    """True where a statement says something that a person or body may be blamed for."""
    return profile.accuses(statement.property, str(statement.stance))


def verb_of(standings: Mapping[str, Standing], statement: Statement) -> str | None:
    """Return the verb of the judgements that stand on a statement, or on the one that implies it."""
    own = standings.get(statement.parent or statement.id)
    return str(own.verb) if own is not None and own.verb is not None else None


__all__ = [
    "Assembled",
    "accuses",
    "assemble",
    "assembled",
    "made_by_hand",
    "resolved",
    "verb_of",
    "with_contents",
    "without_content",
]
