"""Everything that a build makes, as plain nouns: what the store keeps and what counts and pages are made from."""

import msgspec

from overt.model.capture import Sighting
from overt.model.document import Document, Unread
from overt.model.entity import Conflict, Edge, Entity, Mention
from overt.model.fact import Fact, Origin
from overt.model.judgement import Judgement, Standing
from overt.model.statement import Statement


class Remark(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What a person should know of a page that was read: its address, of what sort the remark is, and the words.

    `sort`: `grade` (the content was not wholly there), `reading`, `finding`, `llm` (what became of a model's answers),
    or `off_subject` (taken to be about something else, so that nothing was found in it).
    """

    address: str
    sort: str
    words: str


class Registry(msgspec.Struct, frozen=True, kw_only=True):
    """One built case. All tuples are sorted by id (sightings by address, then capture).

    `statements` holds found, hand-made and implied ones, with entity, origin, fact, judgement and content filled.
    `standings` maps statement id -> what the standing judgements make together; what nobody judged is absent.
    `needs_look` are ids of judged statements whose content changed or that are no longer found; `statements` holds the
    judged version of these, `now` what is found today.
    `remarks` are what a person should know of the pages, by address.
    `judgements` are the lines that stand (undone ones have fallen out).
    """

    sightings: tuple[Sighting, ...] = ()
    documents: tuple[Document, ...] = ()
    unread: tuple[Unread, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()
    edges: tuple[Edge, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    facts: tuple[Fact, ...] = ()
    origins: tuple[Origin, ...] = ()
    standings: dict[str, Standing] = {}
    needs_look: tuple[str, ...] = ()
    now: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    redirects: dict[str, str] = {}
    remarks: tuple[Remark, ...] = ()
