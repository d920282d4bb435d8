"""Bringing the index up to date: by following what changed where that is little, else by a whole build.

Both leave the same rows. A whole build is always right, and is made where there is no finished build of this profile
and code to go on from, where much changed, or where something is not as it was left.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from overt.build.assembling import assembled
from overt.build.change import FEW, Pages, TooMuchError, changed
from overt.build.entities import follow_entities
from overt.build.kept import Keyed, steps
from overt.build.roots import follow_origins, joins_as_text, joins_of_text
from overt.build.statements import follow_statements
from overt.build.weighing import follow_facts
from overt.model import Judgement, Remark, Sighting, Unread, plain_bytes
from overt.profile import Profile
from overt.resolve import Naming
from overt.store import Store, hashed_row
from overt.weigh.marks import LostError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a build is made of: the profile, what was obtained, read and found, and all judgements.

    `made_of` is the hash of what everything depends on, the profile and the code. `meta` is kept beside the build.
    """

    profile: Profile
    made_of: str
    sightings: Sequence[Sighting]
    pages: Pages
    unread: Sequence[Unread]
    lines: Sequence[Judgement]
    remarks: Sequence[Remark]
    meta: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Done:
    """What a build did: was it a whole one, and how many rows of nouns it wrote or took away."""

    is_whole: bool
    written: int


def bring(store: Store, truth: Truth, few: int = FEW) -> Done:
    """Make the index hold what follows from the truth.

    Args:
        store: the index, open for writing.
        truth: what the build is made of.
        few: how many documents a change may touch that is followed, at least. With 0, a whole build is made.
    """
    if few and store.meta("made_of") == truth.made_of and store.meta("truth") is not None:
        try:
            return _followed(store, truth, few)
        except (TooMuchError, LostError, msgspec.DecodeError) as why:
            log.info("a whole build is made: %s", why or "much changed")  # nothing was written
    return _whole(store, truth)


def _whole(store: Store, truth: Truth) -> Done:
    pages, profile = truth.pages, truth.profile
    memory = store.memory(truth.made_of)
    documents = [pages.document(capture) for capture in sorted(pages.documents)]
    ids = {document.capture: document.id for document in documents}
    found = [pages.found(key) for key in sorted(pages.finds)]
    made = assembled(profile, truth.sightings, documents, truth.unread, found, truth.lines, memory)
    registry = msgspec.structs.replace(made.registry, remarks=tuple(truth.remarks))
    meta = _meta(truth, registry.needs_look, made.versions, joins_as_text(made.traced.joins))
    finds = {key: (ids[capture], capture) for key, capture in pages.finds.items()}
    written = store.replace(
        registry,
        meta,
        [*pages.finds, *pages.documents.values()],
        memory,
        Keyed(profile, Naming(profile), registry.standings),
        steps(made, finds, pages.documents, truth.lines),
    )
    return Done(True, written)


def _followed(store: Store, truth: Truth, few: int) -> Done:
    profile, naming = truth.profile, Naming(truth.profile)
    memory = store.memory(truth.made_of)
    versions: list[str] = json.loads(store.meta("versions") or "[]")
    needs_look: list[str] = json.loads(store.meta("needs_look") or "[]")
    joins = joins_of_text(store.meta("joins") or "[[], []]")
    with store.following() as rows:
        change = changed(rows, truth.pages, truth.lines, {*versions, *needs_look}, few)
        moved = follow_entities(change, store, profile)
        effective = follow_statements(change, store, moved, versions, profile)
        origins, now = follow_origins(change, effective, joins, memory, profile, naming)
        follow_facts(effective, origins, moved, rows, profile, naming)
        written = store.bring("sighting", set(map(hashed_row, truth.sightings)))
        written += store.bring("unread", ((u.capture, plain_bytes(u)) for u in truth.unread))
        ruled = effective.ruled
        store.put_meta(_meta(truth, ruled.needs_look, sorted(ruled.versions), joins_as_text(now)))
        store.keep_only([*truth.pages.finds, *truth.pages.documents.values()])
        memory.write()
    return Done(False, written + rows.written)


def _meta(truth: Truth, needs_look: Sequence[str], versions: Sequence[str], joins: str) -> dict[str, str]:
    return {
        **truth.meta,
        "made_of": truth.made_of,
        "needs_look": json.dumps(list(needs_look)),
        "remarks": msgspec.json.encode(list(truth.remarks)).decode(),
        "versions": json.dumps(list(versions)),
        "joins": joins,
    }


__all__ = ["Done", "Truth", "bring"]
