"""Opening what was sealed: the sightings of a case, and the bytes of a capture.

In: a case. Out: sightings in a fixed order, and bytes whose SHA-256 was checked. Sealed files never change, so what was
read of one is remembered by its name and size.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from overt.capture.custody import Obtained
from overt.capture.seal import OBTAINED_TYPE, SIGHTING_TYPE
from overt.case import Case
from overt.model import CaseError, CheckFailedError, Sighting, sha256

_ABOUT_LIMIT = 1 << 20  # bytes of a record about a sighting; they are a few hundred long
_CHUNK = 1 << 18
_HEAD_LIMIT = 1 << 18
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HELD: dict[Path, dict[str, "Sealed"]] = {}  # case -> name -> what was read of a file
_FIRST: dict[Path, dict[str, "Sealed"]] = {}  # case -> capture -> the file that holds its bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed file: where it is, how large, the records about its sighting, the id and target of the bytes."""

    path: Path
    size: int
    sighting: Sighting
    obtained: Obtained
    record_id: str = ""
    uri: str = ""


def sealed(case: Case) -> list[Sealed]:
    """Return all sealed files of a case by name.

    Raises:
        CaseError: for a file that cannot be read; `overt verify` says more.
    """
    known = _HELD.setdefault(case.root, {})
    found: dict[str, Sealed] = {}
    for path in sorted(case.captures.glob("*/*.warc.gz")):
        name = f"{path.parent.name}/{path.name}"
        size = path.stat().st_size
        held = known.get(name)
        found[name] = held if held is not None and held.size == size else open_file(path)
    _HELD[case.root] = found
    _FIRST[case.root] = {
        item.sighting.capture: item for item in reversed(found.values()) if not item.obtained.is_repeated
    }
    return list(found.values())


def sightings(case: Case) -> list[Sighting]:
    """Return the sightings of a case by (address, capture, time). Raises what `sealed` does."""
    rows = (item.sighting for item in sealed(case))
    return sorted(rows, key=lambda s: (s.address, s.capture, s.seen, msgspec.json.encode(s)))


def payload(case: Case, capture: str) -> bytes:
    """Return the bytes of a capture.

    Raises:
        CaseError: where no sealed file holds them.
        CheckFailedError: where the bytes are not those that were sealed.
    """
    item = _FIRST.get(case.root, {}).get(capture)
    if item is None or not item.path.exists():
        sealed(case)
        item = _FIRST[case.root].get(capture)
    if item is not None:
        return read_payload(item, case.settings.limits.max_bytes)
    raise CaseError(f"no sealed file of this case holds the capture {capture}")


def open_file(path: Path) -> Sealed:
    """Return what a sealed file says about its sighting. Raises CaseError where it cannot be read."""
    sighting: Sighting | None = None
    obtained: Obtained | None = None
    record_id, uri = "", ""
    try:
        for record in _records(path, WarcRecordType.metadata):
            kind = record.headers.get("Content-Type")
            record_id = record_id or str(record.headers.get("WARC-Concurrent-To") or "")
            uri = uri or str(record.headers.get("WARC-Target-URI") or "")
            if kind == SIGHTING_TYPE:
                sighting = msgspec.json.decode(_block(record, _ABOUT_LIMIT), type=Sighting)
            elif kind == OBTAINED_TYPE:
                obtained = msgspec.json.decode(_block(record, _ABOUT_LIMIT), type=Obtained)
            if sighting is not None and obtained is not None:
                break
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(_cannot(path, str(error))) from error
    if sighting is None or obtained is None:
        raise CaseError(_cannot(path, "it holds no sighting"))
    if not _SHA256.fullmatch(sighting.capture) or obtained.sha256 != sighting.capture:
        raise CaseError(_cannot(path, "its records disagree on the capture"))
    return Sealed(path, path.stat().st_size, sighting, obtained, record_id, uri)


def read_payload(item: Sealed, limit: int) -> bytes:
    """Return the bytes that a sealed file holds, at most `limit` of them.

    Raises:
        CaseError: where the file cannot be read or holds more.
        CheckFailedError: where the bytes are not those that were sealed.
    """
    path = item.path
    try:
        for record in _records(path, WarcRecordType.response | WarcRecordType.resource):
            data = _block(record, limit + _HEAD_LIMIT)
            if record.record_type == WarcRecordType.response:
                data = data[_head_end(data) :]
            if len(data) > limit:
                raise CaseError(_cannot(path, f"it holds more than the {limit:,} bytes that this case takes"))
            if sha256(data) != item.sighting.capture:
                raise CheckFailedError(f"{path.parent.name}/{path.name} does not hold the bytes that were sealed")
            return data
    except (OSError, ValueError) as error:
        raise CaseError(_cannot(path, str(error))) from error
    raise CaseError(_cannot(path, "the record with the bytes is missing"))


def _records(path: Path, kinds: WarcRecordType) -> Iterator[WarcRecord]:
    # parse_http=False: the block is wanted as it stands; parsing would also undo what the digests are of.
    with path.open("rb") as file:
        yield from ArchiveIterator(file, record_types=kinds, parse_http=False)


def _block(record: WarcRecord, limit: int) -> bytes:
    data = bytearray()
    while chunk := record.reader.read(_CHUNK):
        data += chunk
        if len(data) > limit:
            raise ValueError(f"a record is longer than the {limit:,} bytes that are read")
    return bytes(data)


def _head_end(data: bytes) -> int:
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark, 0, _HEAD_LIMIT)) >= 0]
    return min(ends, default=0)


def _cannot(path: Path, why: str) -> str:
    return f"{path.parent.name}/{path.name} cannot be read as a sealed file ({why}); run `overt verify`"
