"""Material: bytes that came in by any way, before they are sealed, with all that is known of how.

Every way in (files, requests, browser, archives) gives this one noun, so that sealing is one place.
"""

from dataclasses import dataclass
from datetime import datetime

from overt.capture.custody import Container, Redirect
from overt.capture.inputs import Input
from overt.capture.kinds import Kind
from overt.capture.seal import Further, Heads
from overt.model import How


@dataclass(frozen=True, slots=True)
class Material:
    """`item` is the input as it is sealed: for a record of an archive, that record's own address.

    `name` matters by its ending alone. `at` is when Overt took the bytes; `seen` (RFC 3339) is the archive's date where
    another obtained them. `declared` is None for a file. `kind` is given where it is known already. `repeats` names the
    capture whose bytes were seen again where they do not come along. `original` is the header of an archive's record.
    `concerns` are what may be missing of what the source has, and are sealed; `warnings` are only said.
    """

    item: Input
    data: bytes
    name: str
    at: datetime
    how: How
    seen: str | None = None
    declared: str | None = None
    charset: str | None = None
    kind: Kind | None = None
    heads: Heads | None = None
    final_url: str | None = None
    redirects: tuple[Redirect, ...] = ()
    server_ip: str | None = None
    server_date: str | None = None
    is_decoded: bool = False
    container: Container | None = None
    original: bytes = b""
    further: tuple[Further, ...] = ()
    browser: str | None = None
    concerns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a container that is no capture: what it was, and why in words that can be counted."""

    shown: str
    reason: str
    is_refused: bool = False


def content_type(given: str) -> tuple[str, str | None]:
    """Split `text/html; charset=gb2312`."""
    media_type, _, rest = given.partition(";")
    charset = next((p.partition("=")[2] for p in rest.split(";") if p.strip().lower().startswith("charset=")), "")
    return media_type.strip().lower(), charset.strip(" \"'") or None
