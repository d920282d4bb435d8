"""What can be done by any process: to find what must be cut out of texts, and to draw the pages of entries.

In: jobs. Out: results that depend on the job alone.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from overt.protect.names import Names
from overt.protect.redact import Redactor, Span
from overt.publish.entry import Entry, Frame, entry_pages

DONE, FAULT = b"\0", b"\1"  # how an answer begins


class Texts(msgspec.Struct, frozen=True, tag=True):
    """Texts out of which the same names must be cut; `names` are encoded."""

    names: bytes
    texts: Sequence[str]


class Entries(msgspec.Struct, frozen=True, tag=True):
    """Entries whose pages have the same frame, which is encoded."""

    frame: bytes
    entries: Sequence[Entry]


@lru_cache(maxsize=1)
def _redactor(names: bytes) -> Redactor:
    return Redactor(msgspec.msgpack.decode(names, type=Names))


@lru_cache(maxsize=1)
def _frame(frame: bytes) -> Frame:
    return msgspec.msgpack.decode(frame, type=Frame)


def spans_of(job: Texts) -> list[list[Span]]:
    """Return for each text what must be cut out of it."""
    redactor = _redactor(job.names)
    return [redactor.spans(text) for text in job.texts]


def pages_of(job: Entries) -> list[dict[str, bytes]]:
    """Return the pages of each entry, path -> bytes."""
    frame = _frame(job.frame)
    return [entry_pages(entry, frame) for entry in job.entries]
