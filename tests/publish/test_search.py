"""Search and "check a place": from a folder, in any script, and nothing typed leaves the browser."""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import example
from reading import site

from overt.publish.search import folded, shard, terms

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import demo

FILES = site(example())
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


def test_words_and_pairs_of_characters_are_terms() -> None:
    assert list(terms("oficina 警侨事务 2018")) == ["oficina", "警", "侨", "警侨", "事", "侨事", "务", "事务", "2018"]


def test_case_accents_width_and_script_make_no_difference() -> None:
    assert folded("VIÑA  del Mar") == folded("ｖｉｎａ del mar") == "vina del mar"
    assert folded("警僑事務") == folded("警侨事务")


@given(st.text())
def test_folding_twice_changes_nothing_and_shards_are_in_range(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert all(0 <= shard(term) < 64 for term in terms(once))


def test_every_term_lies_in_the_shard_that_the_script_asks_for() -> None:
    for path, data in FILES.items():
        name = re.fullmatch(r"static/search/p(\d+)\.js", path)
        if name:
            held = json.loads(data.decode().partition(",")[2].removesuffix(");\n"))
            assert all(shard(term) == int(name[1]) for term in held), path


def test_the_same_book_gives_the_same_index() -> None:
    again = site(example())
    assert {p: d for p, d in FILES.items() if "search" in p} == {p: d for p, d in again.items() if "search" in p}


@pytest.fixture(scope="module")
def page() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (chromium, chromium-browser or google-chrome)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        yield opened.new_page()
        opened.close()


def ask(page: object, address: str, words: str) -> tuple[str, list[str]]:
    """Type words into the box of a page; return what it says and the hits."""
    page.goto(address)  # type: ignore[attr-defined]
    page.fill("#q", words)  # type: ignore[attr-defined]
    page.locator("#said:not(:empty)").wait_for()  # type: ignore[attr-defined]
    page.wait_for_timeout(100)  # type: ignore[attr-defined]
    return page.inner_text("#said"), page.locator("#hits li").all_inner_texts()  # type: ignore[attr-defined]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "hit"),
    [("Dublin", "Dublin"), ("都柏林", "Dublin"), ("布拉格", "Prague"), ("vina del mar", "Viña del Mar")],
)
def test_a_city_is_found_in_any_script_from_a_folder(page: object, words: str, hit: str) -> None:
    public = demo() / "releases" / "1" / "public"
    for name in ("search.html", "check.html"):
        said, hits = ask(page, (public / "en" / name).as_uri(), words)
        assert any(hit in one for one in hits), (name, said)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "hit"), [("New York", "Manhattan"), ("纽约", "Manhattan"), ("警侨事务海外服务站", "Reported site")]
)
def test_what_a_city_lies_in_and_the_names_in_use_find_what_is_recorded(page: object, words: str, hit: str) -> None:
    public = demo() / "releases" / "1" / "public"
    said, hits = ask(page, (public / "en" / "check.html").as_uri(), words)
    assert any(hit in one for one in hits), said


@pytest.mark.browser
def test_words_inside_a_chinese_sentence_are_found_and_others_are_not(page: object) -> None:
    public = demo() / "releases" / "1" / "public"
    said, hits = ask(page, (public / "zh" / "search.html").as_uri(), "警侨事务")
    assert hits
    assert str(len(hits)) in said
    said, hits = ask(page, (public / "zh" / "search.html").as_uri(), "务事侨警")
    assert hits == []
    assert "没有条目" in said


@pytest.mark.browser
def test_no_entry_does_not_mean_safe_stands_first_and_is_said_again(page: object) -> None:
    address = (demo() / "releases" / "1" / "public" / "en" / "check.html").as_uri()
    said, hits = ask(page, address, "Ulaanbaatar")
    assert hits == []
    assert "does not mean that the place is safe" in said
    first = page.inner_text("main p >> nth=0")  # type: ignore[attr-defined]
    assert first.startswith("No entry does not mean safe; last checked")


@pytest.mark.browser
def test_nothing_typed_is_asked_for_stored_or_put_into_the_address(page: object) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))  # type: ignore[attr-defined]
    address = (demo() / "releases" / "1" / "public" / "en" / "check.html").as_uri()
    for words in ("Prague", "Madrid"):
        asked.clear()
        ask(page, address, words)
        page.press("#q", "Enter")  # type: ignore[attr-defined]
        # The same files whatever was typed; a browser asks for the icon when it likes.
        names = sorted(url.rpartition("/")[2] for url in asked)
        assert [name for name in names if name != "icon.svg"] == ["check.html", "overt.css", "places.js", "search.js"]
        assert page.url == address  # type: ignore[attr-defined]
        assert page.evaluate("history.length") < 20  # type: ignore[attr-defined]
    page.click("#leave")  # type: ignore[attr-defined]
    page.wait_for_url("about:blank")  # type: ignore[attr-defined]
