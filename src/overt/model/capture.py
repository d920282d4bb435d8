"""What was obtained: a capture is bytes, a sighting is one obtaining of them, a receipt is what `add` answers."""

from enum import StrEnum

import msgspec


class Grade(StrEnum):
    """Was the content really in the capture?"""

    WHOLE = "whole"
    PARTIAL = "partial"
    SHELL = "shell"
    ERROR = "error"


class Level(StrEnum):
    """Who may see a capture, note or judgement."""

    PUBLIC = "public"
    TEAM = "team"
    CONFIDENTIAL = "confidential"


class How(StrEnum):
    """How bytes came in. It decides what a seal can show: see docs/custody.md."""

    NOT_SAID = ""
    FILE = "file"
    REQUEST = "request"
    BROWSER = "browser"
    BY_HAND = "saved by hand"
    WEB_ARCHIVE = "web archive"
    ARCHIVED_COPY = "archived copy"


# What a seal of this kind cannot prove, in words for people.
CANNOT_PROVE = {
    How.FILE: "the bytes came from a file: Overt saw no server send them",
    How.BROWSER: "what is read is the page as the browser drew it, not bytes as the server sent them",
    How.BY_HAND: "Overt saw no server send these bytes; that the page looked so rests on the word of who saved it",
    How.WEB_ARCHIVE: "taken from a web archive file: that its records are what servers sent rests on who made the file",
    How.ARCHIVED_COPY: "sent by an archive service, not by the page's server: date and bytes rest on that service",
}


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One obtaining of a capture. What a person's sheet says stands here; what the page says stands in the document.

    `address` (URL, else file name) is what statements are keyed by. `seen` (UTC, RFC 3339) appears in no statement; for
    records of web archives and for archived copies it is the archive's date. `saved_by` and `saved_on` (EDTF) belong to
    what a person saved by hand.
    """

    capture: str
    address: str
    url: str | None = None
    file: str | None = None
    final_url: str | None = None
    media_type: str = "application/octet-stream"
    charset: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    notes: dict[str, str] = {}
    seen: str = ""
    level: Level = Level.PUBLIC
    how: How = How.NOT_SAID
    saved_by: str | None = None
    saved_on: str | None = None


class Outcome(StrEnum):
    ADDED = "added"
    SEEN_AGAIN = "seen again"
    ALREADY_THERE = "already there"
    LEFT_OUT = "left out"
    REFUSED = "refused"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one input: what it was, what happened, and for a refusal the reason and what to do.

    What is left out of a container has a short `reason` that can be counted ("a picture"). `warnings` are what a person
    should know of what went in, a line each. `row` is the line of the sheet that named it, `status` what a server
    answered where it brought no page.
    """

    input: str
    outcome: Outcome
    capture: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    row: int | None = None
    status: int | None = None
