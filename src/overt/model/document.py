"""A document: one readable text out of a capture, in typed passages over one canonical text."""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from overt.model.canonical import digest
from overt.model.capture import Grade

SCHEMA = 1
BETWEEN = "\n\n"
NO_TEXT = "OCR finds no text in the picture"  # why a picture without words is unread


class PassageKind(StrEnum):
    """What a passage is. `relay` says whose the text is ("Source: X"), `correction` what was wrong in it before;
    `related` is the title of another page, `note` anything else around a text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    QUOTE = "quote"
    BYLINE = "byline"
    RELAY = "relay"
    CORRECTION = "correction"
    RELATED = "related"
    NOTE = "note"


class Locator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a passage stands in its source, beyond its place in the text. All numbers count from 1.

    `box` is left, top, right, bottom in thousandths of the page's or picture's width and height, from the top left.
    `table` numbers the tables of a document; `row` and `column` are those of the cell, `rows` and `columns` how many
    it spans, `heading` whether it names a column or row. A list that repeats its headings on each page is one table.
    `goes_on`: (page, box) of each further column or page on which a paragraph goes on.
    """

    page: int | None = None
    box: tuple[int, int, int, int] | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    rows: int = 1
    columns: int = 1
    heading: bool = False
    goes_on: tuple[tuple[int | None, tuple[int, int, int, int]], ...] = ()

    def places(self) -> Iterator[tuple[int | None, tuple[int, int, int, int]]]:
        """Yield (page, box) of all parts of the passage that have a place."""
        if self.box is not None:
            yield self.page, self.box
        yield from self.goes_on


class Passage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One block of text. `main` is false for what is kept but is not body text (captions, related links, notes).

    `language` is given where it differs from the document's.
    """

    kind: PassageKind
    text: str
    main: bool = True
    locator: Locator | None = None
    language: str | None = None


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a reading: the reader, its version and the versions of its libraries."""

    name: str
    version: str
    libraries: dict[str, str] = {}


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of one capture. Nothing of a sighting goes in.

    `published` is EDTF; `published_from` says where it was read: `json-ld`, `meta`, `time`, `text`, `url`, `guess`.
    `outlet` is what the page calls itself. `relays` holds syndication marks as printed ("dpa", "来源: ...").
    `url` is the address that the page gives as its own. `grade` says whether the content was really there, and
    `graded_by` by which words or sign that was seen. `concerns` are what a person should know of the reading, a line
    each ("page 3 is a picture, and OCR is not installed").
    """

    capture: str
    passages: tuple[Passage, ...]
    reader: Reader
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    modified_from: str | None = None
    url: str | None = None
    language: str | None = None
    relays: tuple[str, ...] = ()
    grade: Grade = Grade.WHOLE
    graded_by: str | None = None
    concerns: tuple[str, ...] = ()
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
