"""Feeds and site maps are lists: what they name is found in order, hostile ones are refused, their words are notes."""

import gzip
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from overt.capture import Input, add, as_list, payload, sightings, verify
from overt.capture.feeds import inputs_of, kind_of_list, listed
from overt.case import Case
from overt.model import InputError

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>侨报 海外</title><link>https://a.example/</link>
<item><title>海外服务站设立</title><link>https://a.example/1</link>
<pubDate>Wed, 05 Jan 2022 23:00:00 +0800</pubDate></item>
<item><title>Second</title><link>/2</link></item>
<item><title>Second again</title><link>/2</link></item>
<item><title>No page</title><link>mailto:a@a.example</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>One</title><link href="https://a.example/1"/><updated>2022-01-05T00:00:00Z</updated></entry></feed>"""
MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.example/1 </loc><lastmod>2022-01-05T10:00:00+08:00</lastmod></url>
<url><loc>https://a.example/2</loc><news:news><news:title>Second</news:title></news:news></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://a.example/map1.xml</loc></sitemap><sitemap><loc>https://a.example/map2.xml.gz</loc></sitemap>
</sitemapindex>"""


def test_a_feed_names_addresses_titles_and_days() -> None:
    got = listed(RSS.encode(), "https://a.example/feed.xml")
    assert got.title == "侨报 海外"
    assert [(one.url, one.title, one.day) for one in got.named] == [
        ("https://a.example/1", "海外服务站设立", "2022-01-05"),
        ("https://a.example/2", "Second", ""),
    ]
    assert got.passed_over == 1
    assert listed(ATOM.encode()).named[0].day == "2022-01-05"
    assert listed(RSS.replace("utf-8", "gb2312").encode("gb18030")).title == "侨报 海外"


def test_a_site_map_and_an_index_packed_or_not() -> None:
    for data in (MAP.encode(), gzip.compress(MAP.encode())):
        got = listed(data)
        assert [(one.url, one.title, one.day) for one in got.named] == [
            ("https://a.example/1", "", "2022-01-05"),
            ("https://a.example/2", "Second", ""),
        ]
        assert got.passed_over == 1
    assert listed(INDEX.encode()).maps == ("https://a.example/map1.xml", "https://a.example/map2.xml.gz")
    assert kind_of_list(gzip.compress(MAP.encode())).media_type == "application/gzip"
    cut = listed(MAP[: MAP.index("<url><loc>java")].encode())
    assert len(cut.named) == 2


def laughs(root: str) -> bytes:
    declared = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return f"{declared}]><{root}><url><loc>&j;</loc></url></{root}>".encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body>words</body></html>", "neither a feed"),
        (laughs("urlset"), "entities"),
        (laughs("rss"), "entities"),
        (b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>', "entities"),
        (gzip.compress(bytes(60_000_000)), "unpacks to more"),
        (b"\x1f\x8b cut", "a packed list"),
        (b"<urlset><url><lo", "a broken site map"),
        (b"<rss><channel><item", "a broken feed"),
    ],
)
def test_what_is_no_list_or_hostile_is_refused_in_time(data: bytes, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=why):
        listed(data)
    assert time.monotonic() - began < 5


def test_a_list_is_sealed_itself_and_its_words_are_notes(
    case: Case,
    clock: Callable[[], datetime],
    tmp_path: Path,
    site,  # type: ignore[no-untyped-def]
) -> None:
    site.pages["/feed.xml"] = ("application/rss+xml", RSS.replace("https://a.example", site.url).encode())
    site.pages["/1"] = ("text/html", b"<html><body><p>The office has opened.</p></body></html>")
    (receipt,) = add(case, [as_list(Input(url=f"{site.url}/feed.xml"))], clock)
    assert receipt.capture
    named = inputs_of(listed(payload(case, receipt.capture), f"{site.url}/feed.xml"), f"{site.url}/feed.xml")
    list(add(case, named[:1], clock))
    page, feed = sightings(case)
    assert feed.media_type == "application/rss+xml"
    assert (page.title, page.published) == (None, None)
    assert page.notes["listed title"] == "海外服务站设立"
    assert page.notes["listed in"] == f"{site.url}/feed.xml"
    (tmp_path / "map.xml").write_text(MAP, "utf-8")
    (receipt,) = add(case, [as_list(Input(path=tmp_path / "map.xml"))], clock)
    assert receipt.capture
    (tmp_path / "page.html").write_text("<html>", "utf-8")
    (receipt,) = add(case, [as_list(Input(path=tmp_path / "page.html"))], clock)
    assert "neither a feed" in (receipt.reason or "")
    assert verify(case).exit_code == 0
