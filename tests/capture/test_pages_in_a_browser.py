"""A page that needs scripts is drawn on loopback: DOM, picture and answers are sealed, and the guard holds for all."""

import base64
import http.server
import socket
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.checker import Checker

from loopback import serving
from overt.capture import Input, add, payload, sealed, verify
from overt.capture.browser import chromium
from overt.case import Case
from overt.model import How, Outcome

pytestmark = pytest.mark.browser
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
if chromium() is None:
    pytest.skip("no Chromium on this machine (chromium, chromium-browser or google-chrome)", allow_module_level=True)

Clock = Callable[[], datetime]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Notice</title></head>
<body><div id="app">loading</div><div style="height: 3000px"></div>
<img loading="lazy" src="/late.png" width="10" height="10">
<script>
fetch("/words.json").then(r => r.json()).then(d => { document.getElementById("app").textContent = d.words; });
for (const url of ["http://10.0.0.1/x", "http://localhost:%PORT%/inside", "http://169.254.169.254/latest/"])
  fetch(url).catch(() => 0);
new Image().src = "http://127.0.0.2:%PORT%/pixel";
try { new WebSocket("ws://127.0.0.1:%PORT%/socket"); } catch (e) {}
</script></body></html>"""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        return


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        port = str(self.server.server_address[1])
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        kinds = {
            "/page": ("text/html; charset=utf-8", PAGE.replace("%PORT%", port).encode()),
            "/words.json": ("application/json", '{"words": "海外服务站 opened in Dublin."}'.encode()),
            "/late.png": ("image/png", PNG),
            "/file.zip": ("application/octet-stream", b"PK.."),
            "/endless": ("text/html", b"<script>setInterval(() => fetch('/big?' + Math.random()), 1)</script>"),
        }
        found = kinds.get(self.path)
        if self.path.startswith("/big"):
            found = ("text/plain", b"x" * 400_000)
        self.send_response(200 if found else 404)
        kind, body = found or ("text/html", b"nothing")
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "secret=1")
        if self.path == "/file.zip":
            self.send_header("Content-Disposition", "attachment")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Pages)
    made.asked = []  # type: ignore[attr-defined]
    with serving(made):
        yield made


def at(server: Server, path: str) -> Input:
    return Input(url=f"http://127.0.0.1:{server.server_address[1]}{path}", in_browser=True)


def test_a_page_is_drawn_and_everything_behind_it_is_sealed(case: Case, clock: Clock, server: Server) -> None:
    (receipt,) = add(case, [at(server, "/moved")], clock)
    assert receipt.outcome is Outcome.ADDED, receipt.reason
    (item,) = sealed(case)
    dom = payload(case, item.sighting.capture).decode()
    assert "海外服务站 opened in Dublin." in dom
    assert "loading<" not in dom
    assert (item.sighting.how, item.sighting.media_type) == (How.BROWSER, "text/html")
    assert item.sighting.final_url is not None
    assert item.sighting.final_url.endswith("/page")
    assert [hop.status for hop in item.obtained.redirects] == [302]
    assert item.obtained.server_ip == "127.0.0.1"
    assert item.obtained.server_date
    assert item.obtained.browser is not None
    assert item.obtained.browser.startswith("Chromium ")
    found = {}
    with item.path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False):
            found[(record.headers.get("WARC-Type"), record.headers.get("WARC-Target-URI"))] = record.reader.read()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    for path in ("/moved", "/page", "/words.json", "/late.png"):
        assert ("response", base + path) in found, path
    assert found[("response", base + "/late.png")].endswith(PNG)
    assert found[("resource", f"urn:view:{base}/page")].startswith(b"\x89PNG")
    assert not any(b"secret=1" in block for block in found.values())
    assert verify(case).exit_code == 0

    class Command:
        inputs = (str(item.path),)
        verbose = False

    assert Checker(Command()).process_all() == 0
    # What the page tried to reach inside was refused, and said.
    refused = " ".join(receipt.warnings)
    for host in ("10.0.0.1", "localhost", "169.254.169.254", "127.0.0.2"):
        assert host in refused, host
    assert "/inside" not in server.asked  # type: ignore[attr-defined]
    assert "/socket" not in server.asked  # type: ignore[attr-defined]


def test_what_is_no_page_is_refused_in_one_line(case: Case, clock: Clock, server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    inputs = [
        at(server, "/none"),
        at(server, "/file.zip"),
        Input(url="http://10.0.0.1/", in_browser=True),
        Input(url=f"http://127.0.0.1:{closed}/", in_browser=True),
    ]
    receipts = list(add(case, inputs, clock))
    assert [receipt.outcome for receipt in receipts] == [Outcome.REFUSED] * 4
    reasons = [receipt.reason or "" for receipt in receipts]
    assert receipts[0].status == 404
    assert "without --browser" in reasons[1]
    assert "not on the public internet" in reasons[2]
    assert all("\n" not in reason for reason in reasons)


def test_a_page_that_never_ends_is_cut_off(
    case: Case, clock: Clock, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overt.capture.browser.QUIET", 1000)
    small = msgspec.structs.replace(case.settings.limits, max_bytes=1_000_000, seconds=20.0)
    tight = Case(case.root, msgspec.structs.replace(case.settings, limits=small), case.copy_id)
    (receipt,) = add(tight, [at(server, "/endless")], clock)
    assert receipt.outcome is Outcome.ADDED, receipt.reason
    assert any("cut off" in warning for warning in receipt.warnings)
    assert sealed(tight)[0].size < 8_000_000
