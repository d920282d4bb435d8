"""A document: one readable text out of a capture, in typed passages over one canonical text."""

import unicodedata
from enum import StrEnum

import msgspec

from overt.model.canonical import digest

SCHEMA = 1
BETWEEN = "\n\n"


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    QUOTE = "quote"
    BYLINE = "byline"
    NOTE = "note"


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One block of text. `main` is false for what is kept but is not body text (captions, related links, notes)."""

    kind: PassageKind
    text: str
    main: bool = True


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a reading: the reader, its version and the versions of its libraries."""

    name: str
    version: str
    libraries: dict[str, str] = {}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of one capture. Nothing of a sighting goes in.

    `published` is EDTF; `published_from` says where it was read: `json-ld`, `meta`, `time`, `text`, `url`, `guess`.
    `outlet` is what the page calls itself. `relays` holds syndication marks as printed ("dpa", "来源: ...").
    """

    capture: str
    passages: tuple[Passage, ...]
    reader: Reader
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    relays: tuple[str, ...] = ()
    schema: int = SCHEMA

    @property
    def id(self) -> str:
        """What statements name the document by: its capture and its canonical text."""
        return digest(self.capture, self.text)

    @property
    def text(self) -> str:
        """The canonical text: passages in order, two line feeds between, NFC. All selectors point into it."""
        return BETWEEN.join(passage.text for passage in self.passages)

    def starts(self) -> list[int]:
        """The offset (in code points) of each passage in the canonical text."""
        offsets, at = [], 0
        for passage in self.passages:
            offsets.append(at)
            at += len(passage.text) + len(BETWEEN)
        return offsets


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A capture that no reader could read, with the reason. It stays sealed and listed."""

    capture: str
    reason: str
    reader: Reader
    schema: int = SCHEMA


def nfc(text: str) -> str:
    """Return `text` in NFC: the form in which passages are kept."""
    return unicodedata.normalize("NFC", text)
