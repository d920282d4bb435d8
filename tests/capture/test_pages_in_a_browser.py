"""A page that needs scripts is drawn on loopback: DOM, picture and answers are sealed, and the guard holds for all."""

import base64
import http.server
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.checker import Checker

from loopback import Answers, serving
from loopback import Server as Answering
from overt.capture import Input, Redirect, add, payload, sealed, verify
from overt.capture.browser import chromium
from overt.case import Case
from overt.model import How, Outcome, Receipt
from overt.read import read

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


def test_without_the_extra_one_line_says_what_to_install(
    case: Case, clock: Clock, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    (receipt,) = add(case, [at(server, "/page")], clock)
    assert receipt.outcome is Outcome.REFUSED
    assert 'pip install "overt[browser]"' in (receipt.reason or "")


def test_what_does_not_come_is_refused_in_one_line(case: Case, clock: Clock, server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    inputs = [
        at(server, "/none"),
        Input(url="http://10.0.0.1/", in_browser=True),
        Input(url=f"http://127.0.0.1:{closed}/", in_browser=True),
    ]
    receipts = list(add(case, inputs, clock))
    assert [receipt.outcome for receipt in receipts] == [Outcome.REFUSED] * 3
    reasons = [receipt.reason or "" for receipt in receipts]
    assert receipts[0].status == 404
    assert "not on the public internet" in reasons[1]
    assert "no connection" in reasons[2]
    assert receipts[2].status is None
    assert all("\n" not in reason for reason in reasons)


def test_a_page_that_never_ends_is_cut_off(
    case: Case, clock: Clock, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overt.capture.drawing.QUIET", 1000)
    small = msgspec.structs.replace(case.settings.limits, max_bytes=1_000_000, seconds=20.0)
    tight = Case(case.root, msgspec.structs.replace(case.settings, limits=small), case.copy_id)
    (receipt,) = add(tight, [at(server, "/endless")], clock)
    assert receipt.outcome is Outcome.ADDED, receipt.reason
    assert any("cut off" in warning for warning in receipt.warnings)
    assert sealed(tight)[0].size < 8_000_000


ARTICLE = (
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>Station closed</title></head><body><h1>Station closed</h1>"
    + "<p>The police said on Thursday that the station in the harbour of Dublin was closed in October 2022.</p>" * 3
    + "%MORE%</body></html>"
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n" + b"% words\n" * 40 + b"%%EOF\n"
FRAMED = (
    "<h1>Outer</h1><iframe src=/article width=400 height=300></iframe>"
    '<iframe src="http://localhost:%PORT%/article" width=400 height=300></iframe>'
    "<iframe src=/article style='display:none'></iframe><div id=h></div>"
    "<script>document.getElementById('h').attachShadow({mode: 'open'}).innerHTML ="
    "'<style>p {color: red}</style><p>Words in the shadow.</p>'</script>"
)


def article(more: str = "") -> bytes:
    return ARTICLE.replace("%MORE%", more).encode()


class Ways(Answers):
    """Pages that lead on, break off, hang, or are no pages."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        html = ("Content-Type", "text/html; charset=utf-8")
        path, port = self.path.partition("?")[0], str(self.server.server_address[1])
        led_on = {
            "/to-inside": "http://10.1.2.3/x",
            "/to-nobody": "https://nosuch.invalid/",
            "/to-none": "/nothing",
            "/to-empty": "/empty",
            "/to-page": "/article",
            "/to-file": "/paper.pdf",
            "/loop": "/loop?' + Math.random() + '",
            "/check": "/article",
            "/signed": f"http://alice:hunter2@127.0.0.1:{port}/article",
        }
        pages = {
            "/article": article(),
            "/refresh": b"<meta http-equiv=refresh content='0;url=https://nosuch.invalid/'><p>wait</p>",
            "/hanging": article("<img src=/wait>"),
            "/slow": article()[:-100],
            "/broken": article()[:-100],
            "/busy": article("<script>while (true) {}</script>"),
            "/leaves": article("<script>location = '/file.zip'</script>"),
            "/framed": FRAMED.replace("%PORT%", port).encode(),
            "/strict": article(),
            "/tall": article(
                "<script>Object.defineProperty(Element.prototype,'scrollHeight',{get(){return 'x'}})</script>"
            ),
            "/endless": article(
                "<script>Object.defineProperty(Element.prototype,'scrollHeight',{get(){return 1/0}})</script>"
            ),
            "/blank": article("<script>setTimeout(() => location = 'about:blank', 100)</script>"),
            "/own": article("<script>setTimeout(() => location = URL.createObjectURL(new Blob(['x'])), 100)</script>"),
            "/inside": article("<iframe src=http://10.9.9.9/frame width=400 height=400></iframe>"),
            "/embeds": article("<iframe src=/paper.pdf width=400 height=400></iframe>"),
        }
        files = {
            "/paper.pdf": ("application/pdf", PDF),
            "/called-html": ("text/html", PDF),
            "/picture": ("image/png", PNG),
            "/text": ("text/plain; charset=utf-8", "Plain wörds of a notice.".encode()),
        }
        if path in led_on:
            wait = 5 if path == "/loop" else 100  # ten hops must fit into the limit on a busy machine, too
            body = f"<p>wait</p><script>setTimeout(() => location = '{led_on[path]}', {wait})</script>"
            self.answer(403 if path == "/check" else 200, body.encode(), html)
        elif path in files:
            kind, data = files[path]
            self.answer(200, data, ("Content-Type", kind))
        elif path in ("/twice", "/twice-tls") and self.server.asked.count(path) > 1:
            self.answer(302, b"", ("Location", f"http{'s' * (path == '/twice-tls')}://10.1.2.3/inside.pdf"))
        elif path in ("/twice", "/twice-tls"):
            self.answer(200, PDF, ("Content-Type", "application/pdf"))
        elif path == "/file.zip":
            kept = ("Content-Disposition", "attachment; filename=file.zip")
            self.answer(200, b"PK\x05\x06" + bytes(18), ("Content-Type", "application/octet-stream"), kept)
        elif path in ("/slow", "/broken"):
            self.send_response(200)
            self.send_header(*html)
            self.send_header("Content-Length", str(len(pages[path]) + 100))
            self.end_headers()
            self.wfile.write(pages[path])
            if path == "/slow":
                self.wfile.flush()
                self.server.stop.wait(60)
        elif path == "/wait":
            self.server.stop.wait(60)
        elif path in pages:
            rules = [("Content-Security-Policy", "default-src 'none'")] if path == "/strict" else []
            self.answer(200, pages[path], html, *rules)
        else:
            self.answer(404, b"" if path == "/empty" else b"<h1>nothing here</h1>", html)


@pytest.fixture
def ways() -> Iterator[Answering]:
    made = Answering(Ways)
    with serving(made):
        yield made
        made.stop.set()


@pytest.fixture
def brief(case: Case, ways: Answering, monkeypatch: pytest.MonkeyPatch) -> Case:
    """The case, permitting this server alone, with short limits."""
    monkeypatch.setattr("overt.capture.drawing.QUIET", 1000)
    monkeypatch.setattr("overt.capture.drawing.ANSWER", 1500)
    monkeypatch.setattr("overt.capture.way.MAX_REDIRECTS", 3)  # of a busy machine no more fit into the limit
    limits = msgspec.structs.replace(case.settings.limits, seconds=2.5)
    port = ways.server_address[1]
    net = msgspec.structs.replace(case.settings.net, permit=(f"127.0.0.1:{port}", f"localhost:{port}"))
    return Case(case.root, msgspec.structs.replace(case.settings, limits=limits, net=net), case.copy_id)


def one(case: Case, clock: Clock, ways: Answering, path: str) -> Receipt:
    (receipt,) = add(case, [Input(url=ways.url + path, in_browser=True)], clock)
    return receipt


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/to-inside", None, "10.1.2.3 has the address"),
        ("/to-nobody", None, "nosuch.invalid"),
        ("/refresh", None, "nosuch.invalid"),
        ("/to-none", 404, "/nothing: the server answered 404"),
        ("/to-empty", 404, "/empty: the server answered 404"),
        ("/loop", None, "more than 3 times"),
    ],
)
def test_a_page_that_leads_on_to_nothing_is_no_capture(
    brief: Case, clock: Clock, ways: Answering, path: str, status: int | None, why: str
) -> None:
    receipt = one(brief, clock, ways, path)
    assert receipt.outcome is Outcome.REFUSED
    assert why in (receipt.reason or "")
    assert "led on" in (receipt.reason or "")
    assert receipt.status == status
    assert sealed(brief) == []


@pytest.mark.parametrize("path", ["/tall", "/endless"])
def test_a_page_that_lies_about_itself_is_still_drawn(brief: Case, clock: Clock, ways: Answering, path: str) -> None:
    assert one(brief, clock, ways, path).outcome is Outcome.ADDED


@pytest.mark.parametrize(
    ("path", "why"), [("/blank", "no server gave"), ("/own", "no server gave"), ("/signed", "password in it")]
)
def test_a_page_that_leads_on_to_what_no_server_gave_or_to_a_password_is_refused(
    brief: Case, clock: Clock, ways: Answering, path: str, why: str
) -> None:
    receipt = one(brief, clock, ways, path)
    assert receipt.outcome is Outcome.REFUSED
    assert why in (receipt.reason or "")
    assert sealed(brief) == []


def test_what_our_own_proxy_refuses_is_no_answer_of_a_server(brief: Case, clock: Clock, ways: Answering) -> None:
    assert one(brief, clock, ways, "/inside").outcome is Outcome.ADDED
    with sealed(brief)[0].path.open("rb") as file:
        uris = {r.headers.get("WARC-Target-URI") for r in ArchiveIterator(file, record_types=WarcRecordType.response)}
    assert not any("10.9.9.9" in (uri or "") for uri in uris)


@pytest.mark.parametrize(("path", "first"), [("/to-page", 200), ("/check", 403)])
def test_a_page_that_leads_on_to_a_page_is_that_page(
    brief: Case, clock: Clock, ways: Answering, path: str, first: int
) -> None:
    assert one(brief, clock, ways, path).outcome is Outcome.ADDED
    (item,) = sealed(brief)
    assert item.sighting.final_url == ways.url + "/article"
    hop = Redirect(url=ways.url + path, status=first, location=ways.url + "/article")
    assert item.obtained.redirects == (hop,)
    assert item.obtained.concerns == ()


@pytest.mark.parametrize(
    ("path", "concern"),
    [
        ("/hanging", "its load event did not come within 2.5 seconds (a part of it never came)"),
        ("/slow", "its load event did not come within 2.5 seconds (its own text was still coming)"),
        ("/broken", "its own text broke off (net::ERR_CONTENT_LENGTH_MISMATCH)"),
        ("/busy", "a script of the page never came to its end"),
    ],
)
def test_a_page_that_does_not_come_whole_is_taken_as_it_stands(
    brief: Case, clock: Clock, ways: Answering, path: str, concern: str
) -> None:
    receipt = one(brief, clock, ways, path)
    assert receipt.outcome is Outcome.ADDED, receipt.reason
    (item,) = sealed(brief)
    assert b"closed in October 2022" in payload(brief, item.sighting.capture)
    assert any(concern in one for one in item.obtained.concerns), item.obtained.concerns
    assert set(item.obtained.concerns) <= set(receipt.warnings)
    assert verify(brief).exit_code == 0


@pytest.mark.parametrize(
    ("path", "media_type", "data"),
    [
        ("/paper.pdf", "application/pdf", PDF),
        ("/to-file", "application/pdf", PDF),
        ("/called-html", "application/pdf", PDF),
        ("/picture", "image/png", PNG),
        ("/text", "text/plain", "Plain wörds of a notice.".encode()),
        ("/file.zip", "application/zip", b"PK\x05\x06" + bytes(18)),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else "",
)
def test_of_a_file_its_own_bytes_are_taken_and_no_viewer(
    brief: Case, clock: Clock, ways: Answering, path: str, media_type: str, data: bytes
) -> None:
    receipt = one(brief, clock, ways, path)
    assert receipt.outcome is Outcome.ADDED, receipt.reason
    (item,) = sealed(brief)
    assert (item.sighting.media_type, payload(brief, item.sighting.capture)) == (media_type, data)
    assert (item.sighting.how, item.obtained.server_ip) == (How.REQUEST, "127.0.0.1")
    with item.path.open("rb") as file:
        kinds = [r.headers.get("WARC-Type") for r in ArchiveIterator(file, record_types=WarcRecordType.any_type)]
    assert kinds == ["warcinfo", "metadata", "metadata", "request", "response"]
    assert verify(brief).exit_code == 0


@pytest.mark.parametrize("path", ["/twice", "/twice-tls"])
def test_the_guard_holds_for_a_file_that_is_asked_for_once_more(
    brief: Case, clock: Clock, ways: Answering, path: str
) -> None:
    receipt = one(brief, clock, ways, path)
    assert receipt.outcome is Outcome.REFUSED
    assert "10.1.2.3 has the address" in (receipt.reason or "")


def test_a_viewer_in_a_page_is_no_part_of_it(brief: Case, clock: Clock, ways: Answering) -> None:
    receipt = one(brief, clock, ways, "/embeds")
    assert any("a PDF in the page" in note and "/paper.pdf" in note for note in receipt.warnings)
    with sealed(brief)[0].path.open("rb") as file:
        uris = {r.headers.get("WARC-Target-URI") for r in ArchiveIterator(file, record_types=WarcRecordType.response)}
    assert uris == {ways.url + "/embeds"}


def test_a_page_that_holds_the_browser_costs_one_page(
    brief: Case, clock: Clock, ways: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overt.capture.browser.AT_MOST", -52.0)  # it is killed while it waits for the page
    limits = msgspec.structs.replace(brief.settings.limits, seconds=60.0)
    patient = Case(brief.root, msgspec.structs.replace(brief.settings, limits=limits), brief.copy_id)
    receipt = one(patient, clock, ways, "/hanging")
    assert receipt.outcome is Outcome.REFUSED
    assert "it held the browser for 8 seconds" in (receipt.reason or "")
    monkeypatch.undo()
    assert one(brief, clock, ways, "/article").outcome is Outcome.ADDED


def test_a_download_that_a_page_starts_leaves_the_page(brief: Case, clock: Clock, ways: Answering) -> None:
    assert one(brief, clock, ways, "/leaves").outcome is Outcome.ADDED
    (item,) = sealed(brief)
    assert item.sighting.final_url == ways.url + "/leaves"
    assert b"closed in October 2022" in payload(brief, item.sighting.capture)


def test_a_page_whose_rules_forbid_scripts_is_drawn(brief: Case, clock: Clock, ways: Answering) -> None:
    assert one(brief, clock, ways, "/strict").warnings == ()
    assert b"closed in October 2022" in payload(brief, sealed(brief)[0].sighting.capture)


def test_words_of_shadow_roots_and_of_own_frames_are_in_the_page(brief: Case, clock: Clock, ways: Answering) -> None:
    receipt = one(brief, clock, ways, "/framed")
    (item,) = sealed(brief)
    dom = payload(brief, item.sighting.capture).decode()
    assert '<div data-overt-shadow="open"><style>p {color: red}</style><p>Words in the shadow.</p></div>' in dom
    assert dom.count(f'data-overt-frame="{ways.url}/article"') == 1  # the hidden one has no words that anybody saw
    assert dom.count("closed in October 2022") == 3
    # Another origin's words are not the page's own: they are named.
    other = ways.url.replace("127.0.0.1", "localhost") + "/article"
    assert any("the words of a frame are not in it" in one and other in one for one in receipt.warnings)
    document = read(dom.encode(), "text/html")
    assert "Words in the shadow." in document.text
