"""What a page may weigh, on the demonstration: readers on a bad line get the number and its grounds all the same."""

import gzip
import sys
from pathlib import Path

import pytest
from lxml import html

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import demo

START, START_PACKED = 120_000, 40_000
SITE = 25_000
REQUESTS = 3  # the page itself, its style, and one more; pictures come after


@pytest.fixture(scope="module")
def public() -> Path:
    return demo() / "releases" / "1" / "public"


def requests_of(page: html.HtmlElement) -> int:
    """How much a browser fetches to show a page, the page itself included."""
    return 1 + len(
        page.xpath("//link[@rel='stylesheet' or @rel='icon'] | //script[@src] | //iframe | //object | //embed")
    )


def test_the_start_page_is_light(public: Path) -> None:
    for path in ("index.html", "en/index.html", "zh/index.html"):
        data = (public / path).read_bytes()
        assert len(data) <= START, path
        assert len(gzip.compress(data, 9, mtime=0)) <= START_PACKED, path


def test_the_page_of_each_site_is_light_and_whole_with_few_requests(public: Path) -> None:
    pages = sorted(public.glob("??/sites/*.html"))
    assert len(pages) > 20
    for path in pages:
        data = path.read_bytes()
        assert len(data) <= SITE, f"{path.relative_to(public)}: {len(data)} bytes"
        page = html.document_fromstring(data)
        assert requests_of(page) <= REQUESTS
        assert page.xpath("//script | //img | //noscript") == []


def test_light_pages_still_show_every_accepted_statement_with_its_words(public: Path) -> None:
    for path in sorted(public.glob("en/sites/*.html")):
        page = html.document_fromstring(path.read_bytes())
        cards = {card.get("id"): card for card in page.xpath("//article")}
        assert cards
        for card in cards.values():
            assert card.xpath("string(./blockquote)").strip()
            assert card.xpath("./ol/li")
            seal = card.xpath("./p[last()]/a[starts-with(@href, '#src-')]/@href")[0]
            assert len(page.xpath(f"string(//tr[@id='{seal[1:]}']//code)")) == 64
        for line in page.xpath("//li[starts-with(@id, 's-')]"):
            assert line.xpath("./a/@href")[0].removeprefix("#") in cards


def test_nothing_but_search_and_the_choice_of_rows_has_a_script(public: Path) -> None:
    for path in sorted(public.rglob("*.html")):
        page = html.document_fromstring(path.read_bytes())
        may = path.name in ("search.html", "check.html") or path.name.startswith("register")
        assert may or page.xpath("//script") == [], path
        assert page.xpath("string(//main)").strip()
