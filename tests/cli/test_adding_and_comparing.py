"""From the command line: a person's page, a feed, an archived copy, and what changed between two captures."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "e2e"))
from running import ok, run

WORDS = "The harbour office in Dublin opened in May 2022 and renews licences for people from Fuzhou, an official said. "
PAGE = "<html><title>Notice</title><body><article><h1>Notice</h1><p>{}</p><p>{}</p></article></body></html>"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    ok("init", tmp_path / "case", "--profile", "overseas-stations")
    return tmp_path / "case"


def page(folder: Path, name: str, words: str) -> Path:
    path = folder / name
    path.write_text(PAGE.format(WORDS * 3, words), "utf-8")
    return path


def test_two_captures_of_one_page_are_compared(case: Path, tmp_path: Path) -> None:
    url = "https://a.example/notice"
    first = page(tmp_path, "one.html", "It stands in Capel Street, a neighbour said on Monday.")
    second = page(tmp_path, "two.html", "It stood in Capel Street, a neighbour said on Monday.")
    for path, day in ((first, "2022-10-01"), (second, "2022-10-09")):
        ok("add", "--case", case, path, "--saved-by", "ana", "--url", url, "--saved-on", day)
    shown = ok("compare", url, "--case", case)
    assert "[-stands-]{+stood+}" in shown
    assert "1 changed, 0 added, 0 removed, 0 moved" in shown
    assert "saved by hand" in shown
    made = json.loads(ok("compare", url, "--json", "--case", case))
    assert made["before"]["address"] == url
    assert [change["kind"] for change in made["changes"]] == ["changed"]
    back = ok("compare", made["after"]["capture"][:12], made["before"]["capture"][:12], "--case", case)
    assert "[-stood-]{+stands+}" in back
    assert "2 saved by hand: Overt saw no server" in ok("status", "--case", case)
    ok("build", "--case", case)
    why = ok("why", made["before"]["capture"], "--case", case)
    assert "saved by hand by ana on 2022-10-01" in why


def test_what_cannot_be_compared_is_said_in_one_line(case: Path, tmp_path: Path) -> None:
    only = page(tmp_path, "one.html", "Words.")
    ok("add", "--case", case, only)
    for args, words in (
        (("one.html",), "one capture"),
        (("one.html", "none.html"), "no capture of this case"),
        (("abc", "abc"), "no capture of this case"),
    ):
        ran = run("compare", *args, "--case", case)
        assert ran.code == 2
        assert words in ran.complaint


def test_a_feed_on_disk_is_listed_and_taken(case: Path, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        "<rss><channel><title>News</title><item><title>One</title><link>http://127.0.0.1:9/1</link></item>"
        "<item><title>Two</title><link>http://127.0.0.1:9/2</link></item></channel></rss>",
        "utf-8",
    )
    shown = ok("add", "--case", case, "--feed", feed, "--list")
    assert "http://127.0.0.1:9/1" in shown
    assert "2 named" in shown
    assert "0 captures" in ok("status", "--case", case)
    ran = run("add", "--case", case, "--feed", feed, "--most", "1")
    assert ran.code == 2  # the pages are on this machine, which the case does not permit
    assert "1 added, 0 seen again, 0 already there, 1 refused" in ran.out
    assert "only the first 1 of 2 named" in ran.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("a.html", "--url", "https://a.example/"), "--saved-by"),
        (("https://a.example/", "--saved-by", "ana"), "takes files"),
        (("a.html", "b.html", "--saved-by", "ana", "--url", "https://a.example/"), "one file"),
        (("a.html", "--saved-by", "Ana!"), "not a handle"),
        (("a.html", "--saved-by", "ana", "--saved-on", "yesterday"), "not a date"),
        (("a.html", "--saved-by", "ana", "--url", "ftp://a.example/"), "not an http"),
        (("a.html", "--earliest"), "--archived"),
        (("--archived", "https://a.example/", "--nearest", "soon"), "not a date"),
        (("a.html", "--list"), "--feed or --archived"),
        (("a.html", "--browser"), "takes addresses"),
        (("--archived", "notice"), "not an http"),
        (("--feed", "none.xml", "--list"), "none.xml"),
    ],
)
def test_options_that_do_not_fit_are_told(case: Path, args: tuple[str, ...], words: str) -> None:
    ran = run("add", "--case", case, *args)
    assert ran.code == 2
    assert words in ran.complaint
