"""The labelled pages, where they are at hand: all go in, build and give a draft; the first page says what it must."""

import json
from pathlib import Path

import pytest
from reading_cases import counted, documents, leaves
from running import made_once, ok, run

from overt.model import Registry, Statement
from overt.store import reading

PAGES = Path(__file__).resolve().parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not (PAGES / "sources.csv").is_file(), reason="the labelled pages are not at hand")
FIRST = "texts/seed-dailymail.txt"


@pytest.fixture(scope="module")
def labelled() -> Path:
    case = made_once("labelled") / "case"
    if not case.exists():
        ok("init", case, "--profile", "overseas-stations")
        ran = run("add", "--case", case, "--manifest", PAGES / "sources.csv")
        assert ran.code == 0, ran
        assert "38 added" in ran.out
        ok("build", "--case", case)
    return case


@pytest.fixture(scope="module")
def registry(labelled: Path) -> Registry:
    with reading(labelled / "index.sqlite") as store:
        return store.load()


def said(registry: Registry, prop: str, normal: str | None = None, number: float | None = None) -> list[Statement]:
    return [
        s
        for s in registry.statements
        if not s.implied
        and (s.file or "").endswith("seed-dailymail.txt")
        and s.property == prop
        and normal in (None, s.value.normal)
        and number in (None, s.value.number)
    ]


def test_all_pages_are_read_and_a_draft_is_made(labelled: Path, registry: Registry, tmp_path: Path) -> None:
    assert len(registry.documents) == 38
    assert not registry.unread
    ok("publish", "--draft", tmp_path / "draft", "--case", labelled)
    assert (tmp_path / "draft" / "index.html").is_file()
    assert run("verify", "--case", labelled).code == 0


def test_no_quote_is_ungrounded_and_every_number_walks_back(labelled: Path, registry: Registry) -> None:
    texts = documents(labelled)
    for s in registry.statements:
        assert texts[s.capture].text[s.quote.start : s.quote.end] == s.quote.exact
    answer = counted(labelled, "--as-of", "2022-12-31")
    assert answer["low"] >= 1
    tree = ok("why", answer["id"][:12], "--case", labelled)
    found = leaves(tree)
    assert len(found) >= answer["low"]
    for words, start, end, capture in found:
        assert texts[capture].text[start:end] == words


def test_the_sum_is_the_watchdogs_with_its_at_least(registry: Registry) -> None:
    sites = said(registry, "reported_count", number=54)
    assert sites
    assert all(s.qualifier == "at_least" for s in sites)
    assert any("Safeguard Defenders" in (s.voice.organisation or "") for s in sites)
    countries = said(registry, "reported_count", number=30)
    assert {s.value.unit for s in countries} == {"countries"}
    assert {s.subject.group for s in sites} & {s.subject.group for s in countries}


def test_sydney_was_set_up_in_2018_by_the_department_as_the_abc_reports(registry: Registry) -> None:
    for prop, normal in (("opened", "2018"), ("operator", None)):
        mine = [s for s in said(registry, prop, normal) if "ABC" in (s.voice.organisation or "")]
        assert mine, prop
        assert all(s.attribution[-1].kind == "outlet" and len(s.attribution) == 2 for s in mine)
    assert any("public security" in s.value.text.lower() for s in said(registry, "operator"))


def test_authorities_claim_services_and_a_technology(registry: Registry) -> None:
    codes = {s.value.normal for s in said(registry, "service")}
    assert {"identity_card", "passport", "licence_renewal"} <= codes
    assert said(registry, "technology", "facial_recognition")
    assert any(s.voice.kind == "home_government" for s in said(registry, "service"))


def test_hunting_dissidents_is_an_allegation_of_the_group(registry: Registry) -> None:
    hunting = [s for s in said(registry, "activity") if "alleges" in (s.stance, *(v.stance for v in s.attribution))]
    assert hunting
    assert any("human rights group" in s.voice.words for s in hunting if s.value.normal == "pursue")


def test_names_and_framework_are_the_campaign_directors_with_role_and_organisation(registry: Registry) -> None:
    spoken = [
        s.voice
        for s in registry.statements
        if (s.file or "").endswith("seed-dailymail.txt") and s.voice.role and "campaign director" in s.voice.role
    ]
    assert spoken
    assert all(v.speaker and "Safeguard Defenders" in (v.organisation or "") for v in spoken)
    assert any("United Front" in s.value.text for s in said(registry, "part_of"))


def test_a_caption_that_says_the_same_again_adds_no_second_origin(registry: Registry) -> None:
    opened = [s for s in said(registry, "opened", "2018") if "Sydney" in s.quote.exact]
    assert opened
    assert len({s.origin for s in opened}) == 1


def test_the_export_is_what_the_scorer_reads(labelled: Path) -> None:
    rows = [json.loads(line) for line in ok("export", "statements", "--case", labelled).splitlines()]
    assert {row["file"] for row in rows} >= {FIRST} or any(row["file"].endswith("seed-dailymail.txt") for row in rows)
