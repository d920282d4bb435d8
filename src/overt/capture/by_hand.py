"""What a file that a person saved says of itself: the page's address and the day, and where a picture was taken.

In: bytes and their media type. Out: what stands there, to be told and never to be believed without the person's word.
"""

import email
import email.policy
import email.utils
import plistlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from overt.capture.inputs import is_web
from overt.capture.signs import MHTML, WEBARCHIVE

_PROBE = 1 << 16
_SINGLEFILE = re.compile(
    rb"<!--\s{0,9}Page saved with SingleFile\s{1,9}url:[ \t]{0,9}(\S{1,2000})"
    rb"\s{1,9}saved date:[ \t]{0,9}([^\r\n]{1,80})"
)
_DAY = re.compile(r"\b([A-Z][a-z]{2}) (\d{1,2}) (\d{4})\b")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_GPS_TAG = 0x8825
_XMP_GPS = re.compile(rb"exif:GPS(?:Latitude|Longitude)")
_ENTRIES = 500


@dataclass(frozen=True, slots=True)
class Told:
    """The tool that saved a page, the page's address and the day (EDTF), as the file says."""

    tool: str
    url: str | None
    saved_on: str | None


def told_by(data: bytes, media_type: str) -> Told | None:
    """Return what a saved page says of itself, or None where it says nothing."""
    if media_type == MHTML:
        return _of_mhtml(data)
    if media_type == WEBARCHIVE:
        return _of_webarchive(data)
    match = _SINGLEFILE.search(data[:_PROBE])
    if match is None:
        return None
    return Told("SingleFile", _web(match[1].decode("utf-8", "replace")), _day(match[2].decode("utf-8", "replace")))


def location_in(data: bytes, media_type: str) -> list[str]:
    """Return a line where a picture says at which place it was taken: that can harm who took it.

    The sealed bytes keep it; it must be known before they are passed on.
    """
    if not media_type.startswith("image/"):
        return []
    for start in _tiff_starts(data, media_type):
        if _has_gps(data[start : start + (1 << 20)]):
            return [_WARNING]
    return [_WARNING] if _XMP_GPS.search(data[: 1 << 20]) else []


_WARNING = (
    "the place where the picture was taken (in its metadata): mind who may see the sealed file; releases hold none"
)


def _of_mhtml(data: bytes) -> Told:
    head = email.message_from_bytes(data[:_PROBE].partition(b"\r\n\r\n")[0], policy=email.policy.compat32)
    url = str(head.get("Snapshot-Content-Location") or head.get("Content-Location") or "")
    day = None
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        when = email.utils.parsedate_to_datetime(str(head.get("Date")))
        day = (when.astimezone(UTC) if when.tzinfo else when).strftime("%Y-%m-%d")
    return Told("a browser as MHTML", _web(url.strip()), day)


def _of_webarchive(data: bytes) -> Told:
    url = ""
    with suppress(Exception):  # a hostile property list can fail in many ways; its address is only a help
        found = plistlib.loads(data)
        url = str(found["WebMainResource"]["WebResourceURL"])
    return Told("Safari as webarchive", _web(url), None)


def _web(url: str) -> str | None:
    return url if is_web(url) else None


def _day(words: str) -> str | None:
    match = _DAY.search(words)
    if match is None or match[1] not in _MONTHS:
        return None
    with suppress(ValueError):
        return datetime(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]), tzinfo=UTC).strftime("%Y-%m-%d")
    return None


def _tiff_starts(data: bytes, media_type: str) -> list[int]:
    if media_type == "image/tiff":
        return [0]
    marks = {"image/jpeg": b"Exif\0\0", "image/png": b"eXIf", "image/webp": b"EXIF"}
    mark = marks.get(media_type)
    at = data.find(mark) if mark else -1
    if mark is None or at < 0:
        return []
    start = at + len(mark) + (4 if media_type == "image/webp" else 0)
    return [start + 6 if data[start : start + 6] == b"Exif\0\0" else start]


def _has_gps(tiff: bytes) -> bool:
    """True where the first directory of a TIFF structure points to GPS data (Exif 2.32, 4.6.3)."""
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return False

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    at = number(4, 4)
    for _ in range(min(number(at, 2), _ENTRIES)):
        if number(at + 2, 2) == _GPS_TAG:
            return True
        at += 12
    return False
