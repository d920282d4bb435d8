"""Sealing: bytes into a WARC 1.1 file of their own, one sighting a file, that is never changed afterwards.

In: a sighting, how it was obtained, the bytes (and for a request its heads). Out: the file, whole or not there at all.
Record ids are made of what is sealed, so equal inputs give equal files. The two records about the sighting stand first,
so that a case with thousands of captures opens without unpacking one of them.
"""

import contextlib
import io
import os
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from overt import __version__
from overt.capture.custody import Obtained
from overt.case import Case
from overt.model import CaseError, How, Sighting, canonical, sha256

SIGHTING_TYPE = "application/vnd.overt.sighting+json"
OBTAINED_TYPE = "application/vnd.overt.obtained+json"
ORIGINAL_TYPE = "application/vnd.overt.original-record"  # the header of an archive's record, as it stood
HTTP = "application/http"
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NAMES = uuid.UUID("6f0f6a3e-6f76-5274-9c0e-6f7665727431")  # the name space of our record ids, drawn once
_LAST: dict[Path, int] = {}  # folder -> number of the file sealed last: counting thousands anew for each takes minutes
_NUMBERED = re.compile(r"(\d{6,})\.warc\.gz")
# After a body was unpacked these headers no longer describe what follows them.
_OF_THE_WIRE = re.compile(rb"(?im)^(content-encoding|transfer-encoding|content-length)(?=\s*:)")


@dataclass(frozen=True, slots=True)
class Heads:
    """The request as sent and the head of the response as received."""

    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Further:
    """A record that stands behind the captured bytes: another answer that the page asked for, or a picture of it.

    `kind` is `response`, `request` or `resource`. `payload` is the SHA-256 of a response's body.
    """

    kind: str
    uri: str
    media_type: str
    block: bytes
    payload: str | None = None
    server_ip: str | None = None


@dataclass(frozen=True, slots=True)
class First:
    """Where the same bytes were sealed first."""

    record_id: str
    uri: str
    date: str


def next_number(case: Case) -> int:
    """Return the number of the next file of this copy, from 1."""
    last = _LAST.get(case.own_captures)
    if last is not None and (case.own_captures / f"{last:06d}.warc.gz").exists():
        at = last + 1
        while (case.own_captures / f"{at:06d}.warc.gz").exists():
            at += 1
        return at
    found = (_NUMBERED.fullmatch(path.name) for path in case.own_captures.glob("*.warc.gz"))
    return max((int(match[1]) for match in found if match), default=0) + 1


def record_id(sighting: Sighting, role: str) -> str:
    """Return the id of a record: made of the sighting alone."""
    return f"<urn:uuid:{uuid.uuid5(_NAMES, sha256(canonical(sighting)) + role)}>"


def target_uri(sighting: Sighting, heads: Heads | None) -> str:
    """Return what the record is about: the address that answered, or for a file its name in the case."""
    if heads is not None:
        return sighting.final_url or sighting.address
    if sighting.how is How.BROWSER:
        return "urn:dom:" + (sighting.final_url or sighting.address)
    return "urn:overt:file:" + quote(sighting.file or sighting.address, safe="/")


def seal(
    case: Case,
    sighting: Sighting,
    obtained: Obtained,
    data: bytes,
    heads: Heads | None = None,
    first: First | None = None,
    original: bytes = b"",
    further: Sequence[Further] = (),
) -> Path:
    """Write one sighting and return the path of its file; it is on the disk when this returns. The case is locked.

    Args:
        case: the case.
        sighting, obtained: what is said about the bytes.
        data: the bytes of the capture.
        heads: for an answer to a request.
        first: where these bytes were sealed before; they are not written again then.
        original: the header of the record of a web archive that this was taken from.
        further: records that stand behind the bytes.

    Raises:
        CaseError: where the file cannot be written.
    """
    path = case.own_captures / f"{next_number(case):06d}.warc.gz"
    content = _file(sighting, obtained, data, heads, first, original, further)
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.rename(path)
        _LAST[case.own_captures] = int(path.name.partition(".")[0])
        _sync_folder(path.parent)
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error
    return path


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # Windows cannot open a folder; there the rename itself is durable
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _file(
    sighting: Sighting,
    obtained: Obtained,
    data: bytes,
    heads: Heads | None,
    first: First | None,
    original: bytes,
    further: Sequence[Further],
) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    uri = target_uri(sighting, heads)
    payload_id = record_id(sighting, "payload")

    def write(
        kind: str, role: str, media_type: str, block: bytes, *more: tuple[str, str], of: str | None = None
    ) -> None:
        headers = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", record_id(sighting, role)),
            ("WARC-Date", sighting.seen),
            *more,
            ("WARC-Block-Digest", "sha256:" + sha256(block)),
            ("WARC-Payload-Digest", "sha256:" + (sha256(block) if of is None else of)),
            ("Content-Type", media_type),
        ]
        record = ArcWarcRecord(
            "warc",
            kind,
            StatusAndHeaders("", headers, protocol="WARC/1.1"),
            io.BytesIO(block),
            None,
            media_type,
            len(block),
        )
        writer.write_record(record)

    about = f"software: overt/{__version__}\r\nformat: WARC File Format 1.1\r\n"
    write("warcinfo", "info", "application/warc-fields", about.encode())
    target = ("WARC-Target-URI", uri)
    of_payload = ("WARC-Concurrent-To", payload_id)
    write("metadata", "sighting", SIGHTING_TYPE, canonical(sighting), target, of_payload)
    write("metadata", "obtained", OBTAINED_TYPE, canonical(obtained), target, of_payload)
    if original:
        write("metadata", "original", ORIGINAL_TYPE, original, target, of_payload)
    head = b""
    if heads is not None:
        if heads.request:
            write("request", "request", f"{HTTP}; msgtype=request", heads.request, target, of_payload, of=sha256(b""))
        head = _OF_THE_WIRE.sub(rb"X-Overt-Orig-\1", heads.response) if obtained.is_decoded else heads.response
        head = re.sub(rb"(?im)^transfer-encoding(?=\s*:)", b"X-Overt-Orig-Transfer-Encoding", head)
    more = [target]
    if obtained.server_ip:
        more.append(("WARC-IP-Address", obtained.server_ip))
    http = f"{HTTP}; msgtype=response"
    if first is not None:
        more += [
            ("WARC-Profile", SAME_PAYLOAD),
            ("WARC-Refers-To", first.record_id),
            ("WARC-Refers-To-Target-URI", first.uri),
            ("WARC-Refers-To-Date", first.date),
        ]
        write("revisit", "payload", http if heads else sighting.media_type, head, *more, of=sighting.capture)
    elif heads is not None:
        write("response", "payload", http, head + data, *more, of=sighting.capture)
    else:
        write("resource", "payload", sighting.media_type, data, *more, of=sighting.capture)
    for number, one in enumerate(further, 1):
        about_it = [("WARC-Target-URI", one.uri), of_payload]
        if one.server_ip:
            about_it.append(("WARC-IP-Address", one.server_ip))
        write(one.kind, f"further {number}", one.media_type, one.block, *about_it, of=one.payload)
    return out.getvalue()
