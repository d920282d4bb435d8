"""What can be done by any process: to find what must be cut out of texts, and to draw the pages of entries.

In: jobs. Out: results that depend on the job alone.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from overt.protect.names import Names, Read, Stretch, spoken
from overt.protect.redact import Redactor, Span
from overt.publish.entry import Entry, Frame, entry_pages

DONE, FAULT = b"\0", b"\1"  # how an answer begins


class Texts(msgspec.Struct, frozen=True, tag=True):
    """Texts out of which the same names must be cut; `names` are encoded."""

    names: bytes
    texts: Sequence[str]


class Documents(msgspec.Struct, frozen=True, tag=True):
    """Texts, each with its language, in which persons are named; `names` say who may stand, encoded."""

    names: bytes
    documents: Sequence[Read]


class Entries(msgspec.Struct, frozen=True, tag=True):
    """Entries whose pages have the same frame, which is encoded."""

    frame: bytes
    entries: Sequence[Entry]


Job = Documents | Texts | Entries


@lru_cache(maxsize=1)
def _names(names: bytes) -> Names:
    return msgspec.msgpack.decode(names, type=Names)


@lru_cache(maxsize=1)
def _redactor(names: bytes) -> Redactor:
    return Redactor(_names(names))


@lru_cache(maxsize=1)
def _frame(frame: bytes) -> Frame:
    return msgspec.msgpack.decode(frame, type=Frame)


def spoken_in(job: Documents) -> list[list[Stretch]]:
    """Return for each text where it names a person for certain."""
    return spoken(_names(job.names), job.documents)


def spans_of(job: Texts) -> list[list[Span]]:
    """Return for each text what must be cut out of it."""
    redactor = _redactor(job.names)
    return [redactor.spans(text) for text in job.texts]


def pages_of(job: Entries) -> list[dict[str, bytes]]:
    """Return the pages of each entry, path -> bytes."""
    frame = _frame(job.frame)
    return [entry_pages(entry, frame) for entry in job.entries]


def done(job: Job) -> list[list[Stretch]] | list[list[Span]] | list[dict[str, bytes]]:
    """Do a job of any sort."""
    match job:
        case Documents():
            return spoken_in(job)
        case Texts():
            return spans_of(job)
        case Entries():
            return pages_of(job)
