"""What a record of a web archive says: its address, its date, the head and body of its answer, whether its digests fit.

In: a record. Out: parts of it, in the forms of our own sightings.
"""

import base64
import hashlib
import ipaddress
import re
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import unquote

from overt.capture.warc import Record
from overt.ledger import stamp
from overt.net import unchunk

_DIGITS14 = re.compile(r"\d{14}")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_HEADER = re.compile(rb"(?m)^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*([^\r\n]*)\r?$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HEAD_LIMIT = 1 << 18
_OWN_FILE, _OWN_DOM = "urn:overt:file:", "urn:dom:"
_FILES = ("file:", "ftp:")
_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}


def is_http(record: Record) -> bool:
    """True where the block is an HTTP message."""
    return record.get("content-type").lower().startswith("application/http") or (record.block or b"")[:5] == b"HTTP/"


def split(block: bytes) -> tuple[bytes, bytes]:
    """Return the head of an HTTP message with the empty line that ends it, and the body."""
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark, 0, _HEAD_LIMIT)) >= 0]
    end = min(ends, default=len(block))
    return block[:end], block[end:]


def status_of(head: bytes) -> int:
    """The status of an answer, or 0."""
    found = _STATUS.match(head)
    return int(found[1]) if found else 0


def fields_of(head: bytes) -> dict[str, str]:
    """The headers of an answer by lower-case name; of several of one name the first."""
    return {k.decode("latin-1").lower(): v.decode("latin-1").strip() for k, v in reversed(_HEADER.findall(head))}


def seen_of(record: Record) -> str | None:
    """A WARC date (RFC 3339, or fourteen digits in old files) in the form of our stamps, in UTC."""
    given = record.get("warc-date")
    with suppress(ValueError, OverflowError):
        if _DIGITS14.fullmatch(given):
            return stamp(datetime.strptime(given, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", given))
        return stamp(found if found.tzinfo else found.replace(tzinfo=UTC))
    return None


def place_of(record: Record) -> tuple[str | None, str | None]:
    """Return (address, file name) of what a record holds, one of them; neither for records that only tell of a page."""
    uri = record.uri
    if _CONTROL.search(uri):
        return None, None
    low = uri.lower()
    if low.startswith(("http://", "https://")):
        return uri, None
    if low.startswith(_OWN_DOM) and low[len(_OWN_DOM) :].startswith(("http://", "https://")):
        return uri[len(_OWN_DOM) :], None
    if low.startswith(_OWN_FILE):
        return None, unquote(uri[len(_OWN_FILE) :])
    return None, uri if low.startswith(_FILES) else None


def server_of(record: Record) -> str | None:
    """The IP address of the server that answered, where the record names one."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(record.get("warc-ip-address")))
    return None


def complaints(record: Record) -> list[str]:
    """Return what the record itself gives reason to doubt: cut off by the crawler, or digests that do not fit."""
    out = []
    if record.get("warc-truncated"):
        out.append(f"the crawler cut it off (WARC-Truncated: {record.get('warc-truncated')[:40]})")
    block = record.block or b""
    if _fits(record.get("warc-block-digest"), block) is False:
        out.append("its record does not have the digest that it names: it is damaged, or was changed")
    elif record.kind != "revisit":
        body = split(block)[1] if is_http(record) else block
        given = record.get("warc-payload-digest")
        # Some tools take the digest before chunks are undone, some after.
        if _fits(given, body) is False and _fits(given, unchunk(body)) is False:
            out.append("its body does not have the digest that its record names: it is damaged, or was changed")
    return out


def _fits(given: str, data: bytes) -> bool | None:
    """Whether a labelled digest (`sha1:BASE32` or hexadecimal) is that of the data; None where it cannot be told."""
    name, _, value = given.strip().partition(":")
    name = name.lower().replace("-", "")
    size = _SIZES.get(name)
    if size is None:
        return None
    wanted = b""
    with suppress(ValueError):
        if len(value) == 2 * size:
            wanted = bytes.fromhex(value)
        else:
            wanted = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    if len(wanted) != size:
        return None
    return hashlib.new(name, data, usedforsecurity=False).digest() == wanted
