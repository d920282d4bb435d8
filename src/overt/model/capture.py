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


class Sighting(msgspec.Struct, frozen=True, kw_only=True):
    """One obtaining of a capture. What a person's sheet says stands here; what the page says stands in the document.

    `address` (URL, else file name) is what statements are keyed by. `seen` (UTC, RFC 3339) appears in no statement.
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


class Outcome(StrEnum):
    ADDED = "added"
    SEEN_AGAIN = "seen again"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one input: what it was, what happened, and for a refusal the reason and what to do."""

    input: str
    outcome: Outcome
    capture: str | None = None
    reason: str | None = None
