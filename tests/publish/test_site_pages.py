"""The pages: each number opens a list of its length, links lead somewhere, nothing leaves the host."""

import random
import re

import pytest
from made_up import BOTH, MadeUp, example
from reading import own_words, parsed, resolve, site

from overt.profile import find_profile, load
from overt.protect.words import said

FILES = site(example())
PAGES = parsed(FILES)
OF_SUBJECT = load(find_profile("overseas-stations")).publication.never_say


def test_every_number_of_ours_opens_a_list_of_exactly_that_length() -> None:
    numbers = 0
    for path, page in PAGES.items():
        for link in page.xpath("//a[@class='n']"):
            target, anchor = resolve(path, link.get("href"))
            found = PAGES[target].xpath(f"//*[@id='{anchor}'][@data-list or @class='roots']")
            assert len(found) == 1, f"{path}: no list {target}#{anchor}"
            members = PAGES[target].xpath(f"//*[contains(concat(' ', @data-in, ' '), ' {anchor} ')]") or list(found[0])
            assert len(members) == int(link.text_content()), f"{path} -> {target}#{anchor}"
            numbers += 1
    assert numbers > 50


def test_the_start_page_begins_with_the_number_and_what_is_not_in_it() -> None:
    first = PAGES["index.html"].xpath("//main/p[1]")[0].text_content()
    assert first.startswith("At least 2 reported sites in 2 countries, as said in pages published up to 2022-12-01.")
    assert "the number is 3" in first
    assert "Not in it: 2 entries" in first or "Not in it: 1 entry" in first


def test_every_link_leads_to_a_file_and_an_anchor_that_exist() -> None:
    for path, page in PAGES.items():
        for href in page.xpath("//@href"):
            if re.match(r"https?:", href):
                continue
            target, anchor = resolve(path, href)
            assert target in FILES, f"{path}: {href}"
            if anchor:
                assert PAGES[target].xpath(f"//*[@id='{anchor}']"), f"{path}: {href}"


def test_ids_are_unique_on_each_page() -> None:
    for path, page in PAGES.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_nothing_is_loaded_from_another_host_and_nothing_runs() -> None:
    for path, page in PAGES.items():
        asks = path.endswith(("/search.html", "/check.html"))
        chooses = re.match(r"(en|zh)/register", path) is not None
        wanted = ["../static/search.js"] if asks else ["../static/register.js"] if chooses else []
        assert page.xpath("//script/@src") == wanted, path
        assert len(page.xpath("//script")) == len(wanted), path
        assert page.xpath("//iframe | //object | //embed | //img | //form | //style") == [], path
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')]") == [], path
        assert list(page.xpath("//link[@rel='stylesheet']/@href")) == [static(path, "overt.css")], path
        assert list(page.xpath("//link[@rel!='stylesheet']/@href")) == [static(path, "icon.svg")], path
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert ("script-src 'self'" in policy) is bool(wanted), path
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert "noopener" in link.get("rel")
    assert b"url(" not in FILES["static/overt.css"]
    assert b"@import" not in FILES["static/overt.css"]
    assert b"href" not in FILES["static/icon.svg"]
    assert b"script" not in FILES["static/icon.svg"]


def static(path: str, name: str) -> str:
    return "../" * path.count("/") + f"static/{name}"


def test_each_language_has_the_same_pages_and_says_its_language() -> None:
    english = {p[3:] for p in PAGES if p.startswith("en/")}
    assert english == {p[3:] for p in PAGES if p.startswith("zh/")}
    for path, page in PAGES.items():
        assert page.get("lang") == ("zh-Hans" if path.startswith("zh/") else "en"), path
        assert page.xpath("//title")[0].text_content().strip()
        assert len(page.xpath("//h1")) == 1
        assert len(page.xpath("//main")) == 1
    quotes = PAGES["en/index.html"].xpath("//blockquote")
    chinese = [q for p, page in PAGES.items() if p.startswith("en/sites") for q in page.xpath("//blockquote[@lang]")]
    assert quotes == []
    assert {q.get("lang") for q in chinese} == {"en", "zh-Hans"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_say_only_neutral_words_in_their_own_voice(language: str) -> None:
    for path, page in PAGES.items():
        if path.startswith(f"{language}/") and not path.endswith("methods.html"):
            assert said(own_words(page), language, OF_SUBJECT[language]) == [], path


def test_denials_stand_first_and_findings_before_them() -> None:
    page = next(p for path, p in PAGES.items() if path.startswith("en/sites") and "denies it" in p.text_content())
    text = page.xpath("//main")[0].text_content()
    assert text.index("What an authority found") < text.index("Positions, property by property")
    first = page.xpath("//h3[@id='p-existence']/following::article[1]")[0]
    assert "stance-denies" in first.get("class")


def test_empty_is_said_in_words() -> None:
    text = " ".join(p.text_content() for path, p in PAGES.items() if path.startswith("en/"))
    for words in ("looked at, none found", "No accepted statement gives a name.", "Looked for, no accepted statement"):
        assert words in text


def test_a_demonstration_and_a_draft_say_so_on_every_page() -> None:
    for flags, word in (({"is_demonstration": True}, "DEMONSTRATION"), ({"is_draft": True}, "DRAFT")):
        files = site(example(), **flags)
        for path, page in parsed(files).items():
            assert word in page.xpath("//div[@class='banner']")[0].text_content(), path
            assert page.xpath("//meta[@name='robots']/@content")[0].startswith("noindex"), path
        assert b"Disallow: /" in files["robots.txt"]
        assert word.encode() in files["data/README.txt"]
    assert "robots.txt" not in FILES
    assert not PAGES["index.html"].xpath("//div[@class='banner']")


def test_hostile_words_of_a_page_stay_words() -> None:
    case = MadeUp()
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \"' & ]]> said it opened in 2018"
    page = case.page(
        bad, title=bad, outlet=bad, url="https://example.org/%22%3E%3Cscript%3E?a=1&b=<x>", language='en"><u>'
    )
    site_ = case.site("madrid")
    case.says(page, site_, "service", bad, bad, BOTH)
    case.says(page, site_, "name", "contact point " + bad, "2018", BOTH)
    for path, html in parsed(site(case)).items():
        assert html.xpath("//script[not(starts-with(@src, '../static/'))] | //img | //u") == [], path
        assert "49" not in html.text_content().replace("0049", "") or "{{ 7*7 }}" in html.text_content()


def test_the_same_case_in_any_order_gives_the_same_bytes() -> None:
    case = example()
    shuffle = random.Random(7).shuffle
    for listed in (case.sightings, case.statements, case.judgements):
        shuffle(listed)
    for name in ("documents", "entities", "origins"):
        items = list(getattr(case, name).items())
        shuffle(items)
        setattr(case, name, dict(items))
    assert site(case) == FILES


def test_a_page_stays_small() -> None:
    drawn = {path: len(data) for path, data in FILES.items() if path.endswith(("index.html", "map.html"))}
    assert max(len(data) for path, data in FILES.items() if path.endswith(".html") and path not in drawn) < 40_000
    assert max(size for path, size in drawn.items() if path.endswith("index.html")) < 120_000
    assert max(drawn.values()) < 300_000  # maps of all parts of the world


def test_search_engines_are_asked_to_leave_out_what_rests_on_one_root() -> None:
    marked = {p for p, page in PAGES.items() if page.xpath("//meta[@name='robots']")}
    assert marked
    assert all("/sites/" in p or "/others/" in p for p in marked)
    for path, page in PAGES.items():
        if "/sites/" in path:
            roots = page.xpath("//ul[@class='roots']/li")
            assert (path in marked) or len(roots) > 1, path
