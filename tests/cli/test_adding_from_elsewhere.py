"""`overt add` with archive services, feeds over the network and a browser, on a server on loopback."""

import http.server
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import serving
from overt.capture.browser import chromium

sys.path.insert(0, str(Path(__file__).parent.parent / "e2e"))
from running import ok, run

PAGE = "https://a.example/notice"
TIMES = ("20190301120000", "20200301120000", "20220105000000")
WORDS = "The harbour office in Dublin opened in May 2022 and renews licences for people from Fuzhou, an official said. "


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        rows = [["timestamp", "original", "mimetype", "statuscode"], *([t, PAGE, "text/html", "200"] for t in TIMES)]
        more: list[tuple[str, str]] = []
        body: bytes | None = None
        kind = "text/html; charset=utf-8"
        if self.path.startswith("/cdx?"):
            body, kind = json.dumps(rows if PAGE in self.path else []).encode(), "application/json"
        elif self.path.startswith("/web/"):
            time = self.path.split("/")[2].removesuffix("id_")
            given = "Sun, 01 Mar 2020 13:00:00 GMT" if time == TIMES[1] else ""
            more = [("Memento-Datetime", given)] if given else []
            words = f"<p>{WORDS * 3}</p><p>As of {time}.</p>"
            body = f"<html><title>Notice</title><body><article>{words}</article>".encode()
        elif self.path == "/feed.xml":
            items = "".join(f"<item><title>{n}</title><link>{base}/{n}</link></item>" for n in (1, 2))
            body, kind = f"<rss><channel><title>News</title>{items}</channel></rss>".encode(), "application/rss+xml"
        elif self.path == "/index.xml":
            maps = "".join(f"<sitemap><loc>{base}/map{n}.xml</loc></sitemap>" for n in (1, 2))
            body, kind = f"<sitemapindex>{maps}</sitemapindex>".encode(), "application/xml"
        elif self.path.startswith("/map"):
            body, kind = f"<urlset><url><loc>{base}/{self.path[4]}</loc></url></urlset>".encode(), "application/xml"
        elif self.path in ("/1", "/2"):
            body = f"<html><title>{self.path}</title><body><article><p>{WORDS * 3}{self.path}</p></article>".encode()
        elif self.path == "/script":
            body = f"<html><body><script>document.write('<article><p>{WORDS * 3}</p></article>')</script>".encode()
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", kind)
        for name, value in more:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    with serving(server):
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture
def case(tmp_path: Path, url: str) -> Path:
    folder = tmp_path / "case"
    ok("init", folder, "--profile", "overseas-stations")
    settings = folder / "overt.toml"
    text = settings.read_text("utf-8").replace("permit = []", 'permit = ["127.0.0.1"]')
    text += (
        f'\n[[net.archives]]\nname = "Local"\ncdx = "{url}/cdx?url={{url}}"\nraw = "{url}/web/{{time}}id_/{{url}}"\n'
    )
    settings.write_text(text, "utf-8")
    return folder


def test_archived_copies_are_shown_and_the_chosen_one_is_added(case: Path, url: str) -> None:
    shown = ok("add", "--case", case, "--archived", PAGE)
    assert f"asking {url.removeprefix('http://')}" in shown
    assert "3 copies" in shown
    assert "--earliest" in shown
    assert "0 captures" in ok("status", "--case", case)
    listed = ok("add", "--case", case, "--archived", PAGE, "--list")
    assert listed.count("Local") == 3
    ran = run("add", "--case", case, "--archived", PAGE, "--earliest", "--nearest", "2020-03")
    assert "2 added" in ran.out
    assert "the archive gave the copy of 2020-03-01T13:00:00Z" in ran.err
    compared = ok("compare", PAGE, "--case", case)
    assert "2019-03-01T12:00:00Z (archived copy)" in compared
    assert "sent by an archive service" in compared
    assert "1 changed" in compared
    assert run("verify", "--case", case).code == 0
    mixed = run("add", "--case", case, "--archived", "https://a.example/other", "--archived", PAGE, "--nearest", "2022")
    assert mixed.code == 2
    assert "1 added, 0 seen again, 0 already there, 1 refused" in mixed.out
    none = run("add", "--case", case, "--archived", "https://a.example/other", "--earliest")
    assert none.code == 2
    assert "no archived copy" in none.complaint
    wrong = run("add", "--case", case, "--archived", "notaurl", "--earliest")
    assert "is not an http or https address" in wrong.complaint
    assert "asking" not in wrong.out  # nobody was


def test_a_feed_and_an_index_of_site_maps_bring_their_pages(case: Path, url: str) -> None:
    assert "3 added" in ok("add", "--case", case, "--feed", f"{url}/feed.xml")  # the feed and two pages
    shown = ok("add", "--case", case, "--feed", f"{url}/index.xml")
    # The index and two maps are new; the pages are the same bytes, named by another list.
    assert "3 added, 2 seen again" in shown
    assert "3 added" not in ok("add", "--case", case, "--feed", f"{url}/index.xml")
    assert run("verify", "--case", case).code == 0
    built = ok("build", "--case", case)
    assert "2 documents, 4 unread" in built


@pytest.mark.browser
def test_a_page_that_a_script_writes_is_read_from_the_browser(case: Path, url: str, tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if chromium() is None:
        pytest.skip("no Chromium on this machine (chromium, chromium-browser or google-chrome)")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"url\n{url}/script\n", "utf-8")
    ok("add", "--case", case, "--browser", "--manifest", sheet, "--verdicts", tmp_path / "v.csv")
    assert "captured whole" in (tmp_path / "v.csv").read_text("utf-8-sig")
    assert "1 browser: what is read is the page as the browser drew it" in ok("status", "--case", case)
