"""Web archives: each page goes in under its own date and address; what breaks, lies or bombs costs only itself."""

import base64
import gzip
import hashlib
import io
import json
import time
import uuid
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import brotli
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from overt.capture import Input, add, logged, payload, sealed, sightings, verify
from overt.case import Case, init
from overt.model import How, Outcome, Receipt, sha256

Clock = Callable[[], datetime]
HTTP = "application/http; msgtype=response"
PAGE = b"<html><head><title>Notice</title></head><body><p>The office in %s has opened.</p></body></html>"


def page(name: str) -> bytes:
    return PAGE % name.encode()


class Archive:
    """Writes a WARC as crawlers do; one test below lets warcio write it."""

    def __init__(self, packed: bool = True) -> None:
        self.data = b""
        self.packed = packed

    def write(self, kind: str, uri: str, block: bytes, date: str, media: str, **more: str) -> "Archive":
        fields = {
            "WARC-Type": kind,
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, uri + date + kind)}>",
            "WARC-Target-URI": uri,
            "WARC-Date": date,
            "Content-Type": media,
            **{name.replace("_", "-"): value for name, value in more.items()},
            "Content-Length": str(len(block)),
        }
        head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        record = head.encode() + block + b"\r\n\r\n"
        self.data += gzip.compress(record) if self.packed else record
        return self

    def response(
        self, uri: str, body: bytes, date: str, status: str = "200 OK", headers: Iterable[tuple[str, str]] = ()
    ) -> "Archive":
        given = {"Content-Type": "text/html; charset=utf-8", **dict(headers)}
        head = f"HTTP/1.1 {status}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in given.items()) + "\r\n"
        return self.write("response", uri, head.encode() + body, date, HTTP)

    def revisit(self, uri: str, digest: str, date: str, refers_to: str, refers_date: str) -> "Archive":
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        more = {
            "WARC_Payload_Digest": digest,
            "WARC_Refers_To_Target_URI": refers_to,
            "WARC_Refers_To_Date": refers_date,
        }
        return self.write("revisit", uri, head, date, HTTP, **more)

    def resource(self, uri: str, body: bytes, kind: str, date: str) -> "Archive":
        return self.write("resource", uri, body, date, kind)


def put(folder: Path, name: str, data: bytes) -> Input:
    (folder / name).write_bytes(data)
    return Input(path=folder / name)


def counted(receipts: list[Receipt]) -> Counter[str]:
    return Counter(str(receipt.outcome) for receipt in receipts)


def reasons(receipts: list[Receipt]) -> list[str]:
    return sorted(r.reason or "" for r in receipts if r.outcome in (Outcome.LEFT_OUT, Outcome.REFUSED))


def test_each_page_is_a_capture_with_its_own_date_and_address(case: Case, clock: Clock, tmp_path: Path) -> None:
    data = (
        Archive()
        .response("https://a.example/1", page("Dublin"), "2019-03-04T05:06:07Z", headers=[("X-Served-By", "cache-1")])
        .resource("https://a.example/paper.pdf", b"%PDF-1.7 words", "application/pdf", "2019-03-05T00:00:00Z")
        .data
    )
    receipts = list(add(case, [put(tmp_path, "crawl.warc.gz", data)], clock))
    assert counted(receipts) == {"added": 2}
    first, second = sightings(case)
    assert (first.address, first.url, first.seen) == ("https://a.example/1",) * 2 + ("2019-03-04T05:06:07Z",)
    assert (second.media_type, second.how) == ("application/pdf", How.WEB_ARCHIVE)
    assert payload(case, first.capture) == page("Dublin")
    line = logged(case)[0].obtained
    assert line.container is not None
    assert (line.container.name, line.container.sha256) == ("crawl.warc.gz", sha256(data))
    assert line.container.offset is not None
    member = zlib.decompressobj(31).decompress(data[line.container.offset :])
    assert line.container.record is not None
    assert line.container.record.encode() in member
    assert line.taken == "2022-10-13T08:00:00Z"
    whole = gzip.decompress(sealed(case)[0].path.read_bytes())
    assert b"X-Served-By: cache-1" in whole
    assert line.container.record.encode() in whole.partition(b"application/vnd.overt.original-record")[2]
    assert verify(case).exit_code == 0
    assert counted(list(add(case, [Input(path=tmp_path / "crawl.warc.gz")], clock))) == {"already there": 2}


def test_an_archive_that_warcio_wrote_is_read(case: Case, clock: Clock, tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    record = writer.create_warc_record("https://a.example/", "response", io.BytesIO(page("Dublin")), http_headers=head)
    writer.write_record(record)
    record.raw_stream.close()
    assert counted(list(add(case, [put(tmp_path, "crawl.warc.gz", out.getvalue())], clock))) == {"added": 1}
    assert payload(case, sightings(case)[0].capture) == page("Dublin")


def test_how_a_body_was_sent_is_undone(case: Case, clock: Clock, tmp_path: Path) -> None:
    at = "2020-01-01T00:00:00Z"
    archive = Archive(packed=False)
    for name, body, coding in (
        ("gzip", gzip.compress(page("gzip")), "gzip"),
        ("deflate", zlib.compress(page("deflate")), "deflate"),
        ("raw", zlib.compress(page("raw"))[2:-4], "deflate"),
        ("br", brotli.compress(page("br")), "br"),
    ):
        archive.response(f"https://a.example/{name}", body, at, headers=[("Content-Encoding", coding)])
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("chunked")), page("chunked"))
    archive.response("https://a.example/chunked", chunks, at, headers=[("Transfer-Encoding", "chunked")])
    archive.response("https://a.example/not", page("not"), at, headers=[("Transfer-Encoding", "chunked")])
    archive.response("https://a.example/bad", b"no gzip", at, headers=[("Content-Encoding", "gzip")])
    archive.response("https://a.example/zstd", b"....", at, headers=[("Content-Encoding", "zstd")])
    receipts = list(add(case, [put(tmp_path, "crawl.warc", archive.data)], clock))
    assert {payload(case, s.capture) for s in sightings(case)} == {
        page(name) for name in ("gzip", "deflate", "raw", "br", "chunked", "not")
    }
    assert len(reasons(receipts)) == 2
    assert verify(case).exit_code == 0


def test_the_furniture_of_pages_is_left_out_counted_and_comes_when_asked_for(
    case: Case, clock: Clock, tmp_path: Path
) -> None:
    at = "2020-01-01T00:00:00Z"
    data = (
        Archive()
        .response("https://a.example/", page("Dublin"), at)
        .response("https://a.example/a.css", b"body { color: red }", at, headers=[("Content-Type", "text/css")])
        .response("https://a.example/b.css", b"p { color: red }", at, headers=[("Content-Type", "text/css")])
        .response("https://a.example/a.js", b"let a = 1", at, headers=[("Content-Type", "text/javascript")])
        .response("https://a.example/a.png", b"\x89PNG\r\n\x1a\n...", at, headers=[("Content-Type", "image/png")])
        .response("https://a.example/robots.txt", b"User-agent: *", at, headers=[("Content-Type", "text/plain")])
        .response("https://a.example/none", page("none"), at, "404 Not Found")
        .response("https://a.example/empty", b"", at)
        .data
    )
    item = put(tmp_path, "crawl.warc.gz", data)
    receipts = list(add(case, [item], clock))
    assert counted(receipts) == {"added": 1, "left out": 7}
    assert reasons(receipts) == [
        "a picture (--all-types takes it)",
        "a robots.txt",
        "a script",
        "a style sheet",
        "a style sheet",
        "the file is empty",
        "the server answered 404",
    ]
    receipts = list(add(case, [item], clock, all_types=True))
    assert counted(receipts) == {"already there": 1, "added": 4, "left out": 3}
    assert {s.media_type for s in sightings(case)} == {"text/html", "text/css", "text/javascript", "image/png"}


def test_a_redirect_leads_to_its_page_and_a_revisit_to_its_bytes(case: Case, clock: Clock, tmp_path: Path) -> None:
    first, later = "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"
    here, gone = "https://a.example/page", "https://a.example/gone"
    data = (
        Archive()
        .response("http://a.example/", b"", first, "301 Moved", [("Location", "https://a.example/go")])
        .response("https://a.example/go", b"", first, "302 Found", [("Location", "/page")])
        .response(here, page("Dublin"), first)
        .revisit(here, "sha1:AAAA", later, here, first)
        .revisit(gone, "sha1:BBBB", later, gone, first)
        .data
    )
    receipts = list(add(case, [put(tmp_path, "crawl.warc.gz", data)], clock))
    assert counted(receipts) == {"added": 1, "seen again": 1, "left out": 3}
    assert "a revisit whose bytes are not in this file (or were left out)" in reasons(receipts)
    one, again = sightings(case)
    assert one.capture == again.capture
    assert (one.seen, again.seen) == (first, later)
    assert [hop.url for hop in sealed(case)[0].obtained.redirects] == ["http://a.example/", "https://a.example/go"]
    assert verify(case).exit_code == 0
    assert counted(list(add(case, [Input(path=tmp_path / "crawl.warc.gz")], clock)))["already there"] == 2


def test_a_sheet_can_ask_for_one_page_of_an_archive(case: Case, clock: Clock, tmp_path: Path) -> None:
    at = "2020-01-01T00:00:00Z"
    archive = Archive()
    for n in range(3):
        archive.response(f"https://a.example/{n}", page(str(n)), at)
    item = msgspec.structs.replace(
        put(tmp_path, "crawl.warc.gz", archive.data), url="https://a.example/1", title="One", outlet="The Outlet"
    )
    assert counted(list(add(case, [item], clock))) == {"added": 1, "left out": 2}
    (found,) = sightings(case)
    assert (found.address, found.title, found.outlet) == ("https://a.example/1", "One", "The Outlet")


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_anywhere_keeps_what_came_before(case: Case, clock: Clock, tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed)
    ends = []
    for n in range(4):
        archive.response(f"https://a.example/{n}", page(f"{n} " + "word " * 400), "2020-01-01T00:00:00Z")
        ends.append(len(archive.data))
    for cut in (ends[2] - 1, ends[1] + 3, ends[1] + 40, ends[1] + 300):
        name = f"cut-{cut}.warc" + (".gz" if packed else "")
        receipts = list(add(case, [put(tmp_path, name, archive.data[:cut])], clock))
        kept = [r for r in receipts if r.outcome in (Outcome.ADDED, Outcome.ALREADY_THERE)]
        refused = [r for r in receipts if r.outcome is Outcome.REFUSED]
        is_gap = cut == ends[2] - 1  # what is cut off stands behind the third page: that one is whole
        assert len(kept) == (3 if is_gap else 2), cut
        if packed or not is_gap:
            (line,) = refused
            assert "byte" in (line.reason or "")
            assert "what came before it was kept" in (line.reason or "")


def test_an_import_that_is_stopped_goes_on_where_it_stopped(case: Case, clock: Clock, tmp_path: Path) -> None:
    archive = Archive()
    for n in range(6):
        archive.response(f"https://a.example/{n}", page(str(n)), "2020-01-01T00:00:00Z")
    item = put(tmp_path, "crawl.warc.gz", archive.data)
    running = add(case, [item], clock)
    for _ in range(3):
        next(running)
    running.close()  # type: ignore[attr-defined]
    assert verify(case).exit_code == 0
    assert counted(list(add(case, [item], clock))) == {"already there": 3, "added": 3}
    assert len(sightings(case)) == 6
    assert verify(case).exit_code == 0


def test_damage_in_the_middle_is_said_with_its_place(case: Case, clock: Clock, tmp_path: Path) -> None:
    archive = Archive()
    for n in range(3):
        archive.response(f"https://a.example/{n}", page(str(n)), "2020-01-01T00:00:00Z")
    data = bytearray(archive.data)
    data[len(data) // 2] ^= 0xFF
    receipts = list(add(case, [put(tmp_path, "bad.warc.gz", bytes(data))], clock))
    assert counted(receipts)["added"] == 1
    assert any("damaged" in why for why in reasons(receipts))
    lying = Archive(packed=False).response("https://a.example/", page("x"), "2020-01-01T00:00:00Z").data
    for wrong in (b"Content-Length: -5", b"Content-Length: 12", b"Content-Length: 99999999", b"Content-Length: x"):
        at = lying.index(b"Content-Length:")
        name = f"lie-{wrong[-3:].decode()}.warc"
        broken = lying[:at] + wrong + lying[lying.index(b"\r\n", at) :]
        receipts = list(add(case, [put(tmp_path, name, broken)], clock))
        assert counted(receipts)["refused"] == 1, wrong


def test_a_bomb_is_not_unpacked(case: Case, clock: Clock, tmp_path: Path) -> None:
    worker = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 4000000000\r\n\r\n"
    bomb = worker.compress(head) + b"".join(worker.compress(bytes(1 << 20)) for _ in range(400)) + worker.flush()
    began = time.monotonic()
    receipts = list(add(case, [put(tmp_path, "bomb.warc.gz", bomb)], clock))
    assert time.monotonic() - began < 5
    assert "times its size" in reasons(receipts)[0]
    inner = gzip.compress(bytes(80_000_000))
    coded = Archive().response(
        "https://a.example/", inner, "2020-01-01T00:00:00Z", headers=[("Content-Encoding", "gzip")]
    )
    (line,) = add(case, [put(tmp_path, "coded.warc.gz", coded.data)], clock)
    assert "more than the 50,000,000 bytes" in (line.reason or "")


def wacz(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def test_a_wacz_gives_its_pages_and_nothing_leaves_it(case: Case, clock: Clock, tmp_path: Path) -> None:
    one = Archive().response("https://a.example/1", page("1"), "2020-01-01T00:00:00Z").data
    two = Archive().response("https://a.example/2", page("2"), "2020-01-02T00:00:00Z").data
    data = wacz(
        ("datapackage.json", json.dumps({"profile": "data-package"}).encode()),
        ("archive/data.warc.gz", one),
        ("archive/../../../evil.warc.gz", two),
        ("archive/nested.zip", wacz(("archive/data.warc.gz", two))),
        ("indexes/index.cdx", b""),
    )
    receipts = list(add(case, [put(tmp_path, "pages.wacz", data)], clock))
    assert counted(receipts) == {"added": 2}
    assert not list(tmp_path.rglob("evil*"))
    entries = {line.obtained.container.entry for line in logged(case) if line.obtained.container}
    assert entries == {"data.warc.gz", "evil.warc.gz"}
    assert verify(case).exit_code == 0


def test_a_bomb_in_a_wacz_is_not_unpacked(case: Case, clock: Clock, tmp_path: Path) -> None:
    out = io.BytesIO()
    head = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("archive/a.warc", "w") as file:
        file.write(head)
        for _ in range(400):
            file.write(bytes(1 << 20))
    began = time.monotonic()
    receipts = list(add(case, [put(tmp_path, "bomb.wacz", out.getvalue())], clock))
    assert time.monotonic() - began < 10
    assert "times its size" in reasons(receipts)[0]


def test_records_that_only_tell_of_a_page_are_left_out(case: Case, clock: Clock, tmp_path: Path) -> None:
    at = "2020-01-01T00:00:00Z"
    data = (
        Archive()
        .response("https://a.example/1", page("1"), at)
        .resource("urn:text:https://a.example/1", b"The office in 1 has opened.", "text/plain", at)
        .resource("urn:pageinfo:https://a.example/1", b"{}", "application/json", at)
        .resource("https://a.example/\rWARC-Type: x", b"Words.", "text/plain", at)
        .resource("dns:a.example", b"20200101000000\na.example. IN A 93.184.216.34", "text/dns", at)
        .resource("file:///notes/a.txt", b"Words of a file.", "text/plain", at)
        .data
    )
    receipts = list(add(case, [put(tmp_path, "crawl.warc.gz", data)], clock))
    assert counted(receipts) == {"added": 2, "left out": 4}
    assert "a record that is no page (urn:text)" in reasons(receipts)
    assert [s.file for s in sightings(case) if s.file] == ["file:///notes/a.txt"]


def test_a_sealed_file_of_another_case_can_be_added(case: Case, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "a note.txt").write_text("Words of a file.", "utf-8")
    list(add(case, [Input(path=tmp_path / "a note.txt")], clock))
    other = init(tmp_path / "other", tmp_path / "profiles" / "small")
    assert counted(list(add(other, [Input(path=sealed(case)[0].path)], clock))) == {"added": 1}
    (found,) = sightings(other)
    assert (found.file, found.how) == ("a note.txt", How.WEB_ARCHIVE)


def test_a_digest_that_does_not_fit_is_told(case: Case, clock: Clock, tmp_path: Path) -> None:
    at = "2020-01-01T00:00:00Z"
    right = base64.b32encode(hashlib.sha1(page("1"), usedforsecurity=False).digest()).decode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    archive = Archive()
    for name, more in (
        ("right", {"WARC_Payload_Digest": f"sha1:{right}"}),
        ("hex", {"WARC_Payload_Digest": f"sha-256:{sha256(page('1'))}"}),
        ("unknown", {"WARC_Payload_Digest": "blake3:abcd"}),
        ("wrong", {"WARC_Payload_Digest": f"sha1:{right[::-1]}"}),
        ("block", {"WARC_Block_Digest": f"sha1:{right}"}),
        ("cut", {"WARC_Truncated": "length"}),
    ):
        archive.write("response", f"https://a.example/{name}", head + page("1"), at, HTTP, **more)
    receipts = list(add(case, [put(tmp_path, "crawl.warc.gz", archive.data)], clock))
    told = {r.input.rpartition("/")[2]: r.warnings for r in receipts if r.warnings}
    assert set(told) == {"wrong", "block", "cut"}
    assert "WARC-Truncated: length" in told["cut"][0]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    harms=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=4),
    packed=st.booleans(),
)
def test_no_harm_to_an_archive_ever_stops_an_import(
    tmp_path_factory: pytest.TempPathFactory, harms: list[tuple[float, bytes]], packed: bool
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    archive = Archive(packed)
    for n in range(3):
        archive.response(f"https://a.example/{n}", page(str(n)), "2020-01-01T00:00:00Z")
    data = archive.data
    for where, words in harms:
        at = int(where * len(data))
        data = data[:at] + words + data[at + len(words) // 2 :]
    (folder / "small").mkdir()
    (folder / "small" / "profile.toml").write_text('name = "small"\nversion = "1"\n', encoding="utf-8")
    made = init(folder / "case", folder / "small")
    receipts = list(add(made, [put(folder, "crawl.warc", data)]))
    assert receipts
    assert all("\n" not in (r.reason or "") for r in receipts)
    assert verify(made).exit_code in (0, 2)


def test_a_wacz_whose_own_hashes_do_not_fit_is_told(case: Case, clock: Clock, tmp_path: Path) -> None:
    one = Archive().response("https://a.example/1", page("1"), "2020-01-01T00:00:00Z").data
    for name, digest, refused in (("right", sha256(one), 0), ("wrong", sha256(b"other"), 1)):
        package = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{digest}", "bytes": len(one)}]}
        data = wacz(("datapackage.json", json.dumps(package).encode()), ("archive/data.warc.gz", one))
        receipts = list(add(case, [put(tmp_path, f"{name}.wacz", data)], clock))
        assert counted(receipts)["refused"] == refused
    assert "another hash" in reasons(receipts)[0]
    assert len({s.capture for s in sightings(case)}) == 1


def test_a_wacz_that_lies_is_refused_in_one_line(case: Case, clock: Clock, tmp_path: Path) -> None:
    one = Archive().response("https://a.example/1", page("1"), "2020-01-01T00:00:00Z").data
    data = bytearray(wacz(("archive/data.warc.gz", one), ("archive/more.warc.gz", one)))
    at = data.index(b"PK\x01\x02") + 20  # the sizes of the first file in the directory
    data[at : at + 8] = (10).to_bytes(4, "little") * 2
    receipts = list(add(case, [put(tmp_path, "lie.wacz", bytes(data))], clock))
    assert counted(receipts)["added"] == 1
    assert counted(receipts)["refused"] == 1
    receipts = list(add(case, [put(tmp_path, "cut.wacz", bytes(data[: len(data) // 2]))], clock))
    assert counted(receipts) == {"added": 1}  # no archive any more, and sealed as it is
    assert {s.media_type for s in sightings(case)} == {"text/html", "application/zip"}
