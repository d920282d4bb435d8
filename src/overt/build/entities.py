"""Entities that a change touches: its mentions are compared again in their blocks, and only these blocks are joined.

Comes in: a change and the last build's mentions, blocks and entities. Goes out: which mention names another entity now.
Names reach across documents only within a block, and judgements lead from block to block: both are followed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from overt.build.change import Change, needed
from overt.build.kept import packed, unpacked
from overt.model import Entity, Judgement, Verb, plain_bytes
from overt.model.sets import Sets
from overt.profile import Profile
from overt.resolve import (
    NAME,
    OPERATOR,
    Block,
    Reader,
    Sketched,
    block_name,
    blocks,
    conflicts,
    entities_of,
    entity_lines,
    judged_edges,
    sketched,
    wholes,
)
from overt.store import Steps, Store, hashed_row


class _Of(dict[str, str]):
    """Which entity a mention names; for those that did not move it is looked up."""

    def __init__(self, known: dict[str, str], steps: Steps) -> None:
        super().__init__(known)
        self._steps = steps

    def __missing__(self, mention: str) -> str:
        row = needed(self._steps.row("sketch", mention, "entity"))
        return str(row[0])


class Moved(msgspec.Struct, frozen=True):
    """Mentions that name another entity now (None: they are gone), and entities that came or went."""

    mentions: dict[str, str | None]
    entities: frozenset[str]


def follow_entities(change: Change, store: Store, profile: Profile) -> Moved:
    """Bring mentions, blocks, entities, edges, conflicts and redirects up to date."""
    steps = change.steps
    lines = entity_lines(change.stand)
    every = [*lines, *entity_lines(change.undone)]
    before = _judged_edges(steps)
    touched, entity_of = _compare(change, profile)
    ends = {end for line in entity_lines(change.changed_lines) for end in (line.target, str(line.other))}
    minted = {str(name) for (name,) in steps.every("minted")}
    for name in sorted(ends | (minted ^ change.minted)):
        row = steps.row("sketch", name, "block")
        if row is not None:
            touched.setdefault(str(row[0]), False)
    steps.drop("minted", sorted(minted - change.minted))
    steps.put("minted", [(name,) for name in sorted(change.minted - minted)])
    _reach(touched, every, steps, entity_of)

    known: dict[str, Sketched] = {}
    for name in sorted(touched):
        for one, entity, body in steps.rows("sketch", "block", name, "id, entity, body"):
            known[one] = unpacked(body, Sketched)
            entity_of.setdefault(one, (name, entity))
    found = _blocks(touched, known, steps, profile)
    usable = [line for line in lines if _is_there(steps, line.target) and _is_there(steps, str(line.other))]
    inside = [line for line in usable if line.target in known and line.other in known]
    made = {e.id: e for e in entities_of(known, found, inside, profile, change.minted)}
    now = {mention: entity.id for entity in made.values() for mention in entity.mentions}
    moved = {m: now.get(m) for m, (_, entity) in sorted(entity_of.items()) if now.get(m) != entity}
    steps.set_entities((entity, mention) for mention, entity in moved.items())

    of = _Of(now, steps)
    parts = wholes(usable, of)
    old = {entity for _, entity in entity_of.values() if entity is not None}
    gone, came = old - made.keys(), made.keys() - old
    for line in every:
        if line.verb is Verb.PART_OF and _is_there(steps, line.target) and of[line.target] not in made:
            row = needed(steps.row("entity", of[line.target], "body"))
            made[of[line.target]] = msgspec.json.decode(row[0], type=Entity)
    _write(made.values(), gone, parts, steps)
    _write_edges(before, usable, steps)
    store.bring("conflict", set(map(hashed_row, conflicts(usable))))
    return Moved(moved, frozenset(gone | came))


Places = dict[
    str, tuple[str, str | None]
]  # mention -> its block and entity in the last build; "" where it was not there


def _compare(change: Change, profile: Profile) -> tuple[dict[str, bool], Places]:
    """Sketch the mentions of touched documents again.

    Returns:
        the blocks that this touches, each True, and where the mentions that differ were before.
    """
    steps = change.steps
    documents = set(change.touched)
    for name in sorted(change.touched):
        about = [s.subject.mention for s in change.said_in(name)[1] if s.property in (NAME, OPERATOR)]
        about += [str(mention) for (mention,) in steps.rows("said", "document", name, "mention")]
        for mention in about:
            row = steps.row("sketch", mention, "document")
            if row is not None:
                documents.add(str(row[0]))
    mentions = {m.id: m for name in sorted(documents) for m in change.said_in(name)[0]}
    statements = {s.id: s for name in sorted(documents) for s in change.said_in(name)[1]}
    others = {
        str(document)
        for mention in sorted(mentions)
        for (document,) in steps.rows("said", "mention", mention, "document")
    }
    for name in sorted(others - documents):
        statements |= {s.id: s for s in change.said_in(name)[1] if s.subject.mention in mentions}
    statements |= {key: s for key, s in change.by_hand.items() if s.subject.mention in mentions}
    lines = [line for line in change.stand if line.target in statements]
    now = sketched(mentions.values(), (statements[key] for key in sorted(statements)), lines, profile)
    before = {
        str(row[0]): row
        for name in sorted(documents)
        for row in steps.rows("sketch", "document", name, "id, block, entity, body")
    }
    blocks_touched: dict[str, bool] = {}
    places: Places = {}
    for name in sorted(before.keys() | now.keys()):
        row, one = before.get(name), now.get(name)
        body = packed(one) if one is not None else None
        if row is not None and row[3] == body:
            continue
        places[name] = ("", None) if row is None else (str(row[1]), row[2])
        if row is not None:
            blocks_touched[str(row[1])] = True
        if one is not None:
            block = block_name(one.sketch)
            blocks_touched[block] = True
            entity = row[2] if row is not None else None
            steps.put("sketch", [(name, one.mention.document, block, entity, body)])
        else:
            steps.drop("sketch", [name])
    # The nouns keep mentions as they were found.
    was = {name: steps.row("mention", name, "body") for name in sorted(before.keys() | now.keys())}
    bodies = {name: plain_bytes(mentions[name]) for name in now}
    steps.put("mention", [(n, body) for n, body in bodies.items() if (row := was[n]) is None or row[0] != body])
    steps.drop("mention", [name for name in before if name not in now])
    return blocks_touched, places


def _reach(touched: dict[str, bool], lines: Iterable[Judgement], steps: Steps, places: Places) -> None:
    """Add the blocks to which `same` lines lead from those touched, by where mentions are and were."""
    sets = Sets()
    linked: set[str] = set()
    for line in lines:
        if line.verb is Verb.SAME:
            found = [b for end in (line.target, str(line.other)) for b in _blocks_of(steps, end, places)]
            linked.update(found)
            for one in found:
                sets.unite(found[0], one)
    reached = {sets.name(one) for one in touched}
    for one in sorted(linked):
        if sets.name(one) in reached:
            touched.setdefault(one, False)


def _blocks_of(steps: Steps, mention: str, places: Places) -> Iterator[str]:
    row = steps.row("sketch", mention, "block")
    if row is not None:
        yield str(row[0])
    before = places.get(mention, ("", None))[0]
    if before:
        yield before


def _is_there(steps: Steps, mention: str) -> bool:
    return steps.row("sketch", mention, "id") is not None


def _blocks(touched: dict[str, bool], known: dict[str, Sketched], steps: Steps, profile: Profile) -> dict[str, Block]:
    """Return the touched blocks, those whose mentions differ made anew, and write these and their edges."""
    of: dict[str, dict[str, Sketched]] = defaultdict(dict)
    for name, one in known.items():
        of[block_name(one.sketch)][name] = one
    reader = cache(lambda: Reader(profile))
    found: dict[str, Block] = {}
    for name in sorted(touched):
        row = steps.row("block", name, "body")
        old = unpacked(row[0], Block) if row is not None else None
        if not touched[name] and old is not None:
            found[name] = old
            continue
        new = blocks(of[name], reader).get(name)
        if new is not None:
            found[name] = new
            steps.put("block", [(name, packed(new))])
        elif old is not None:
            steps.drop("block", [name])
        edges, was = set(new.edges if new else ()), set(old.edges if old else ())
        steps.drop("edge", sorted(hashed_row(edge)[0] for edge in was - edges))
        steps.put("edge", sorted(hashed_row(edge) for edge in edges - was))
    return found


def _judged_edges(steps: Steps) -> dict[str, bytes]:
    """The edges of the lines that stood."""
    rows = (msgspec.json.decode(body, type=Judgement) for _, body in steps.every("judgement"))
    lines = [line for line in entity_lines(rows) if _is_there(steps, line.target) and _is_there(steps, str(line.other))]
    return dict(map(hashed_row, judged_edges(lines)))


def _write_edges(before: dict[str, bytes], usable: Iterable[Judgement], steps: Steps) -> None:
    now: dict[str, bytes] = dict(map(hashed_row, judged_edges(usable)))
    steps.drop("edge", sorted(before.keys() - now.keys()))
    steps.put("edge", sorted((key, body) for key, body in now.items() if key not in before))


def _write(made: Iterable[Entity], gone: Iterable[str], parts: dict[str, tuple[str, ...]], steps: Steps) -> None:
    """Write entities that differ, and the ids that have become theirs."""
    redirects: dict[str, str] = {}
    lost: set[str] = set()
    for name in sorted(gone):
        row = steps.row("entity", name, "body")
        if row is not None:
            lost.update(msgspec.json.decode(row[0], type=Entity).was)
            steps.drop("entity", [name])
    for entity in made:
        whole = msgspec.structs.replace(entity, part_of=parts.get(entity.id, ()))
        row = steps.row("entity", entity.id, "body")
        body = plain_bytes(whole)
        if row is not None and row[0] == body:
            continue
        if row is not None:
            lost.update(msgspec.json.decode(row[0], type=Entity).was)
        redirects |= dict.fromkeys(whole.was, whole.id)
        steps.put("entity", [(whole.id, body)])
    steps.drop("redirect", sorted(lost - redirects.keys()))
    steps.put("redirect", sorted((old, plain_bytes(new)) for old, new in redirects.items()))


__all__ = ["Moved", "follow_entities"]
