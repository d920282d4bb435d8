"""Web archives as inputs: each page in a WARC, WARC.gz or WACZ becomes material with its original date and address.

In: a path. Out: material, and what is left out with the reason. Documents are taken; pictures, scripts and the like are
the furniture of pages and come only where they are asked for. An archive that breaks off gives what came before.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO
from urllib.parse import urljoin, urlsplit

import msgspec

from overt.capture import answers
from overt.capture.custody import Container, Redirect
from overt.capture.inputs import Input
from overt.capture.kinds import Kind, look
from overt.capture.material import LeftOut, Material, content_type
from overt.capture.seal import Heads
from overt.capture.unpack import FREE, MOST_TIMES, BrokenArchiveError, Readable, Unpacked
from overt.capture.warc import Record, records
from overt.model import FetchError, How, InputError, sha256
from overt.net import PLAIN, unchunk, unpack

MAX_ENTRIES = 10_000  # files in a WACZ
_PACKAGE = 10_000_000  # bytes of datapackage.json that are read
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHAIN = 10
_KEPT = 200_000  # records whose bytes a revisit can name


def is_archive(path: Path) -> bool:
    """True for a WARC, a packed WARC and a WACZ, by the first bytes (and for packed ones by what is in them)."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
            file.seek(0)
            if start[:2] == b"\x1f\x8b":
                with suppress(BrokenArchiveError):
                    return Unpacked(file).read(5) == b"WARC/"
                return False
            if start == b"PK\x03\x04" and path.suffix.lower() in (".wacz", ".zip"):
                return _is_wacz(file)
            return start == b"WARC"
    except OSError:
        return False


def kind_of_archive(start: bytes) -> Kind:
    """The media type of an archive by its first two bytes: a WACZ, a packed WARC, a WARC."""
    known = {b"PK": "application/wacz", b"\x1f\x8b": "application/gzip"}
    return Kind(known.get(start, "application/warc"), None)


def opened(
    item: Input, path: Path, limit: int, now: Callable[[], datetime], all_types: bool = False
) -> Iterator[Material | LeftOut]:
    """Yield what an archive holds, in its order.

    Args:
        item: the input that named it; where it has an address too, only records of that address are taken.
        path: the archive.
        limit: the most bytes that one page may have.
        now: the clock.
        all_types: pictures, scripts and the like too.

    Raises:
        OSError: where the file cannot be read.
    """
    name = item.name or path.name
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            yield from _wacz(item, file, name, limit, now, all_types)
            return
        file.seek(0)
        digest = _sha256(file)
        file.seek(0)
        reader = _Reader(item, limit, now, all_types, Container(name=name, sha256=digest))
        yield from reader.read(file)


def _is_wacz(file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [info.filename for info in archive.infolist()[:MAX_ENTRIES]]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return any(_is_warc_name(name) for name in names)


def _is_warc_name(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


def _wacz(
    item: Input, file: BinaryIO, name: str, limit: int, now: Callable[[], datetime], all_types: bool
) -> Iterator[Material | LeftOut]:
    file.seek(0)
    digest, path_size = _sha256(file), file.tell()
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                yield LeftOut(name, f"a WACZ of more than {MAX_ENTRIES:,} files", is_refused=True)
                return
            budget = [FREE + MOST_TIMES * path_size]
            hashes = _named_hashes(archive, budget)
            for info in sorted(entries, key=lambda i: i.filename):
                if not _is_warc_name(info.filename):
                    continue
                inside = PurePosixPath(info.filename).name
                container = Container(name=name, sha256=digest, entry=inside)
                reader = _Reader(item, limit, now, all_types, container)
                try:
                    with archive.open(info) as stream:
                        bounded = _Bounded(stream, budget)
                        yield from reader.read(bounded)
                    named = hashes.get(info.filename)
                    if named is not None and named != bounded.digest.hexdigest():
                        why = "it has another hash than datapackage.json names; what could be read was kept"
                        yield LeftOut(container.shown, why, is_refused=True)
                except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
                    yield LeftOut(f"{name}, {inside}", f"the ZIP does not hold what it says: {error}", is_refused=True)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        yield LeftOut(name, f"it cannot be read as a WACZ: {error}", is_refused=True)


class _Resource(msgspec.Struct):
    path: str = ""
    hash: str = ""


class _Package(msgspec.Struct):
    """What is read of `datapackage.json` (WACZ 1.1.1, 5.2.1)."""

    resources: tuple[_Resource, ...] = ()


def _named_hashes(archive: zipfile.ZipFile, budget: list[int]) -> dict[str, str]:
    """The SHA-256 that a WACZ names for each of its files; none where it names none that can be read."""
    try:
        with archive.open("datapackage.json") as stream:
            package = msgspec.json.decode(_Bounded(stream, budget).read(_PACKAGE), type=_Package)
    except (KeyError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile):
        return {}
    rows = ((one.path, one.hash.partition(":")) for one in package.resources)
    return {path: value.lower() for path, (kind, _, value) in rows if kind == "sha256"}


class _Bounded:
    """A file of a ZIP that gives no more than is left of one budget for all files of the archive, and is hashed."""

    def __init__(self, stream: IO[bytes], left: list[int]) -> None:
        self._stream, self._left = stream, left
        self.digest = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._left[0] -= len(data)
        self.digest.update(data)
        if self._left[0] < 0:
            raise BrokenArchiveError(f"it unpacks to more than {MOST_TIMES} times its size: not unpacked any further")
        return data


@dataclass(slots=True)
class _Reader:
    """Reads one archive; remembers what later records may point back to.

    Requests are not taken over: they can hold the cookies of whoever made the archive.
    """

    item: Input
    limit: int
    now: Callable[[], datetime]
    all_types: bool
    container: Container
    by_digest: dict[str, tuple[str, Kind]] = field(default_factory=dict)
    by_place: dict[tuple[str, str], tuple[str, Kind]] = field(default_factory=dict)
    moved: dict[str, Redirect] = field(default_factory=dict)

    def read(self, file: Readable) -> Iterator[Material | LeftOut]:
        shown = self.container.shown
        try:
            for record in records(Unpacked(file), self.limit):
                if record.kind in ("response", "resource", "revisit"):
                    yield self._one(record)
                elif record.kind == "conversion":
                    yield LeftOut(record.uri, "a conversion of another record")
        except BrokenArchiveError as error:
            yield LeftOut(shown, f"{error}; what came before it was kept", is_refused=True)

    def _one(self, record: Record) -> Material | LeftOut:
        wanted = self.item.url
        if wanted and record.uri.partition("#")[0] != wanted.partition("#")[0]:
            return LeftOut(record.uri, "another address than the one asked for")
        if record.block is None:
            return LeftOut(record.uri, f"larger than {self.limit:,} bytes (max_bytes under [limits] in overt.toml)")
        seen = answers.seen_of(record)
        if seen is None:
            return LeftOut(record.uri, f"without a date that can be read ({record.get('warc-date')[:40]!r})")
        if not any(answers.place_of(record)):
            scheme = ":".join(record.uri.split(":", 2)[:2])[:40]
            return LeftOut(record.uri or self.container.shown, f"a record that is no page ({scheme or 'no address'})")
        try:
            return self._material(record, seen)
        except (InputError, FetchError) as error:
            return LeftOut(record.uri, _counted(str(error)))

    def _material(self, record: Record, seen: str) -> Material | LeftOut:
        block = record.block or b""
        is_http = answers.is_http(record)
        head, body = answers.split(block) if is_http else (b"", block)
        fields = answers.fields_of(head)
        if is_http:
            code = answers.status_of(head)
            if code in _REDIRECTS and "location" in fields:
                hop = Redirect(url=record.uri, status=code, location=fields["location"])
                self.moved[_target(record.uri, hop.location)] = hop
                return LeftOut(record.uri, "a redirect")
            if code != 200:
                return LeftOut(record.uri, f"the server answered {code or 'nothing that can be read'}")
        if urlsplit(record.uri).path.lower() == "/robots.txt":
            return LeftOut(record.uri, "a robots.txt")
        if record.kind == "revisit":
            return self._revisit(record, seen, head, fields)
        is_decoded = False
        if fields.get("transfer-encoding", "").lower() == "chunked":
            body = unchunk(body)
        encoding = fields.get("content-encoding", "").lower()
        if encoding not in PLAIN:
            body, is_decoded = unpack(body, encoding, self.limit), True
        if len(body) > self.limit:
            return LeftOut(record.uri, f"larger than {self.limit:,} bytes (max_bytes under [limits] in overt.toml)")
        given = fields.get("content-type", "") if is_http else record.get("content-type")
        declared, charset = content_type(given)
        kind = self._kind(body, record.uri, declared, charset)
        if isinstance(kind, str):
            return LeftOut(record.uri, kind)
        self._keep(record, body, kind)
        return self._made(record, seen, body, kind, Heads(b"", head) if is_http else None, is_decoded)

    def _kind(self, body: bytes, uri: str, declared: str, charset: str | None) -> Kind | str:
        try:
            kind = look(body, PurePosixPath(urlsplit(uri).path).name, declared, charset)
        except InputError as error:
            return str(error)
        if kind.other and not self.all_types:
            return kind.other
        if kind.media_type.startswith("image/") and not self.all_types:
            return "a picture (--all-types takes it)"
        return kind

    def _keep(self, record: Record, body: bytes, kind: Kind) -> None:
        if len(self.by_place) >= _KEPT:
            return
        found = (sha256(body), kind)
        self.by_place[(record.uri, record.get("warc-date"))] = found
        digest = record.get("warc-payload-digest").lower()
        if digest:
            self.by_digest[digest] = found

    def _revisit(self, record: Record, seen: str, head: bytes, fields: dict[str, str]) -> Material | LeftOut:
        place = (record.get("warc-refers-to-target-uri") or record.uri, record.get("warc-refers-to-date"))
        found = self.by_place.get(place) or self.by_digest.get(record.get("warc-payload-digest").lower())
        if found is None:
            return LeftOut(record.uri, "a revisit whose bytes are not in this file (or were left out)")
        capture, kind = found
        heads = Heads(b"", head) if head else None
        return self._made(record, seen, b"", kind, heads, bool(fields.get("content-encoding")), capture)

    def _made(
        self,
        record: Record,
        seen: str,
        body: bytes,
        kind: Kind,
        heads: Heads | None,
        is_decoded: bool,
        repeats: str | None = None,
    ) -> Material:
        url, name = answers.place_of(record)
        item = Input(
            url=url,
            name=name,
            outlet=self.item.outlet,
            language=self.item.language,
            notes=self.item.notes,
            title=self.item.title if self.item.url else None,
            published=self.item.published if self.item.url else None,
            row=self.item.row,
        )
        return Material(
            item=item,
            data=body,
            name=PurePosixPath(urlsplit(record.uri).path).name,
            at=self.now(),
            how=How.WEB_ARCHIVE,
            seen=seen,
            kind=kind,
            heads=heads,
            final_url=url,
            redirects=self._way(record.uri),
            server_ip=answers.server_of(record),
            server_date=answers.fields_of(heads.response).get("date") if heads else None,
            is_decoded=is_decoded,
            container=Container(
                name=self.container.name,
                sha256=self.container.sha256,
                entry=self.container.entry,
                record=record.get("warc-record-id"),
                offset=record.offset,
            ),
            original=record.head,
            warnings=tuple(answers.complaints(record)),
            repeats=repeats,
        )

    def _way(self, uri: str) -> tuple[Redirect, ...]:
        way: list[Redirect] = []
        at = uri
        while at in self.moved and len(way) < _CHAIN:
            hop = self.moved[at]
            if hop in way:
                break
            way.insert(0, hop)
            at = hop.url
        return tuple(way)


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _target(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location


def _counted(why: str) -> str:
    """A reason without what differs from page to page."""
    return why.partition(":")[0]
