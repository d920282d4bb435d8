"""The demonstration case: what it promises to show, each as an assertion on the built case and its published pages."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from lxml import html

import overt.demo
from overt.model import AFFIRMING, Fact, Question, Registry, Statement, Support
from overt.profile import Profile, find_profile, load
from overt.store import reading
from overt.weigh import count

sys.path.insert(0, str(Path(__file__).parent / "e2e"))
from running import demo, run

DATA = Path(overt.demo.__file__).parent
SHEET = list(csv.DictReader((DATA / "sheet.csv").read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="session")
def case() -> Path:
    return demo()


@pytest.fixture(scope="session")
def registry(case: Path) -> Registry:
    with reading(case / "index.sqlite") as store:
        return store.load()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load(find_profile("overseas-stations"))


@pytest.fixture(scope="session")
def public(case: Path) -> Path:
    return case / "releases" / "1" / "public"


@pytest.fixture(scope="session")
def released(public: Path) -> list[dict]:
    return [json.loads(line) for line in (public / "data" / "statements.jsonl").read_text("utf-8").splitlines()]


def said(registry: Registry, file: str, prop: str, normal: str | None = None) -> list[Statement]:
    return [
        s
        for s in registry.statements
        if s.file == f"texts/{file}" and s.property == prop and not s.implied and normal in (None, s.value.normal)
    ]


def single(registry: Registry, city: str) -> str:
    """The id of the one single thing in a city that has a statement of its own."""
    found = [e.id for e in registry.entities if e.group is None and city in e.label and e.kind == "reported_site"]
    assert found, city
    return found[0]


def facts(registry: Registry, entity: str, prop: str) -> dict[str, Fact]:
    return {f.key: f for f in registry.facts if f.entity == entity and f.property == prop}


def test_one_report_relayed_by_many_outlets_is_one_origin(registry: Registry) -> None:
    counts = [s for s in registry.statements if s.property == "reported_count" and s.value.number == 54]
    relayed = [s for s in counts if s.voice.organisation in ("Safeguard Defenders", "保护卫士")]
    outlets = {s.attribution[-1].organisation for s in relayed}
    assert len(outlets) >= 5
    assert len({s.origin for s in relayed}) == 1


def test_a_copied_agency_text_adds_no_origin(registry: Registry) -> None:
    both = [said(registry, name, "reported_count") for name in ("river-courier.html", "hill-echo.txt")]
    assert all(both)
    assert {s.origin for s in both[0] if s.value.number == 54} == {s.origin for s in both[1] if s.value.number == 54}


def test_one_voice_under_its_chinese_and_its_english_name_is_one_origin(registry: Registry) -> None:
    origins = {s.origin for s in registry.statements if s.voice.organisation == "保护卫士"}
    english = {s.origin for s in registry.statements if s.voice.organisation == "Safeguard Defenders"}
    assert len(origins) == 1
    assert origins == english


def test_an_official_claim_stands_as_what_authorities_say(registry: Registry) -> None:
    claims = said(registry, "harbour-gazette.html", "service")
    assert {"licence_renewal", "identity_card", "passport"} <= {s.value.normal for s in claims}
    by_authorities = [s for s in claims if "authorities" in (s.voice.words or "")]
    assert by_authorities
    assert all(s.voice.kind == "home_government" and s.stance == "states" for s in by_authorities)


def test_a_denial_is_kept_beside_what_it_denies(registry: Registry) -> None:
    denials = [s for s in said(registry, "palm-road-nigeria.txt", "existence") if s.stance == "denies"]
    assert any(s.voice.kind == "mission" for s in denials)
    site = single(registry, "Benin City")
    assert facts(registry, site, "existence")


def test_three_voices_differ_on_one_status(registry: Registry) -> None:
    mine = said(registry, "coral-chronicle-sydney.html", "status")
    assert {(s.value.normal, str(s.stance)) for s in mine} == {
        ("operating", "denies"),
        ("closed", "states"),
        ("operating", "states"),
    }
    assert len({s.voice.organisation for s in mine}) == 3
    assert len({s.subject.entity for s in mine}) == 1
    by_value = facts(registry, single(registry, "Sydney"), "status")
    assert all(f.against for f in by_value.values())


def test_a_host_country_ordered_a_closure(registry: Registry) -> None:
    orders = said(registry, "canal-post-dublin.html", "host_action", "ordered_closed")
    assert orders
    assert any("Department of Foreign Affairs" in (s.actor or "") for s in orders)
    assert not any("mbassy" in (s.actor or "") for s in orders)  # it was told: it told nobody
    for name, who in (("lantern-weekly-roundup.txt", "minister"), ("chenzhong-mfa.txt", "荷兰外交大臣")):
        assert any(who in (s.actor or "") for s in said(registry, name, "host_action", "ordered_closed")), name


def test_one_site_has_names_that_differ_by_language(registry: Registry) -> None:
    dublin = next(e for e in registry.entities if e.id == single(registry, "Dublin"))
    names = {n.text for n in dublin.names}
    assert "Fuzhou Police Service Overseas Station" in names
    assert any("福州警僑" in n or "福州警侨" in n for n in names)


def test_an_inquiry_ended_without_finding_and_is_shown_so(registry: Registry) -> None:
    ended = said(registry, "steeple-times-uk.txt", "host_finding", "no_offence")
    assert len(ended) >= 2
    said_by = " ".join(f"{s.quote.exact} {v.words} {v.role}" for s in ended for v in s.attribution).lower()
    assert "security minister" in said_by
    assert "metropolitan police" in said_by
    assert said(registry, "maple-line-quebec.txt", "host_action", "no_charges")


def test_look_alikes_are_listed_with_the_reason_and_never_counted(registry: Registry, profile: Profile) -> None:
    for support in (Support.ALLEGED, Support.REPORTED):
        answer = count(registry, profile, Question(kind="reported_site", support=support))
        counted = {p.entity for r in answer.rows for p in r.parts}
        kinds = {e.id: e.kind for e in registry.entities}
        assert {kinds[e] for e in counted} == {"reported_site"}
        others = {n.entity for n in answer.not_counted if kinds[n.entity] != "reported_site"}
        assert others
        assert all(n.reason for n in answer.not_counted)
    suva = [e for e in registry.entities if "Suva" in e.label]
    assert suva
    assert all(e.kind != "reported_site" for e in suva)


def test_a_hotline_number_is_no_count(registry: Registry) -> None:
    counts = said(registry, "haigang-fuzhou.html", "reported_count")
    assert {(s.value.number, s.value.unit) for s in counts} == {(30, "sites"), (21, "countries"), (25, "cities")}
    assert not [s for s in registry.statements if s.value.number in (110, 110.0)]


def test_an_official_announcement_came_long_before_the_press_noticed(registry: Registry) -> None:
    sydney = single(registry, "Sydney")
    dated = sorted(
        (s.published, s.file)
        for s in registry.statements
        if s.subject.entity == sydney and s.published and not s.implied
    )
    assert dated[0] == ("2019", "texts/yanjiang-wenzhou-2019.txt")
    assert all(day >= "2022" for day, file in dated if file != dated[0][1])


def test_what_accuses_needs_both_reviewers_and_one_lone_accept_stays_out(
    registry: Registry, profile: Profile, released: list[dict]
) -> None:
    accused = [s for s in registry.statements if not s.implied and profile.accuses(s.property, str(s.stance))]
    lone = [s for s in accused if _reviewers(registry, s) == 1]
    assert [s.file for s in lone] == ["texts/gazette-du-quai-france.txt"]
    out = {row["id"] for row in released}
    assert not out & {s.id for s in lone}
    both = [s for s in accused if _reviewers(registry, s) == 2 and s.stance in AFFIRMING]
    assert both
    assert {s.id for s in both} & out


def _reviewers(registry: Registry, statement: Statement) -> int:
    own = registry.standings.get(statement.id)
    return own.reviewers.get(statement.content, 0) if own is not None and str(own.verb) == "accept" else 0


def test_an_accusing_quote_overlaps_a_harmless_one(registry: Registry, profile: Profile) -> None:
    mine = [s for s in registry.statements if s.file == "texts/harbour-gazette.html" and not s.implied]
    accusing = [s for s in mine if profile.accuses(s.property, str(s.stance))]
    harmless = [s for s in mine if not profile.accuses(s.property, str(s.stance))]
    pairs = [(a, h) for a in accusing for h in harmless if a.quote.start < h.quote.end and h.quote.start < a.quote.end]
    assert pairs


def test_the_first_numbers_are_what_the_release_prints(case: Path) -> None:
    counted = json.loads(run("count", "sites", "--judged", "--json", "--case", case).out)
    table = (case / "releases/1/public/data/sites.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert counted["low"] == len(counted["rows"])
    assert counted["low"] >= 5
    assert sum(row["counted"] == "true" for row in rows) == counted["high"]


def test_every_text_says_on_its_face_what_it_is_and_after_which_facts() -> None:
    assert len(SHEET) >= 16
    for row in SHEET:
        text = (DATA / row["file"]).read_text(encoding="utf-8")
        visible = html.document_fromstring(text).text_content() if row["file"].endswith(".html") else text
        assert "DEMONSTRATION" in visible, row["file"]
        assert "Facts after" in visible, row["file"]


def test_sheet_and_pages_agree_on_title_and_outlet() -> None:
    for row in SHEET:
        text = (DATA / row["file"]).read_text(encoding="utf-8")
        assert row["outlet"] in text, row["file"]
        if row["file"].endswith(".html"):
            page = html.document_fromstring(text.encode())
            assert page.xpath('string(//meta[@property="og:title"]/@content)') == row["title"]
            assert page.xpath('string(//meta[@property="og:site_name"]/@content)') == row["outlet"]
            assert page.xpath("string(//h1)") == row["title"]
        else:
            assert text.splitlines()[0] == row["title"], row["file"]


def test_some_pages_hold_captions_related_links_and_copies() -> None:
    pages = [(DATA / row["file"]).read_text(encoding="utf-8") for row in SHEET if row["file"].endswith(".html")]
    assert sum("<figcaption" in p for p in pages) >= 2
    assert sum("<aside" in p for p in pages) >= 2
    assert len({row["language"].split("-")[0] for row in SHEET}) >= 5


def test_every_judgement_was_made_by_one_of_two_handles_with_keys_of_their_own(registry: Registry) -> None:
    assert {j.handle for j in registry.judgements} == {"demo-1", "demo-2"}
    assert len({j.key for j in registry.judgements if j.verb != "release"}) == 2
    assert not registry.needs_look
    assert not registry.conflicts


def test_every_published_page_says_demonstration_and_noindex(public: Path) -> None:
    pages = sorted(public.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        page = html.document_fromstring(path.read_bytes())
        robots = page.xpath('string(//meta[@name="robots"]/@content)')
        assert "noindex" in robots, path
        words = page.text_content()
        assert "DEMONSTRATION" in words.upper() or "演示" in words, path
    assert "Disallow: /" in (public / "robots.txt").read_text("utf-8")


def test_a_street_that_a_page_names_is_not_published(public: Path) -> None:
    everything = "\n".join(p.read_text("utf-8") for p in sorted(public.rglob("*")) if p.is_file())
    assert "Capel Street" not in everything


def test_the_release_holds_no_unjudged_row(released: list[dict]) -> None:
    assert released
    assert all(row["judgement"] == "accept" for row in released if "judgement" in row)


def test_every_quote_is_in_its_document_letter_by_letter(registry: Registry) -> None:
    texts = {d.capture: d.text for d in registry.documents}
    for s in registry.statements:
        assert texts[s.capture][s.quote.start : s.quote.end] == s.quote.exact


def test_the_demonstration_is_never_made_over_something_else(tmp_path: Path, case: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    ran = run("demo", tmp_path, "--no-serve")
    assert ran.code == 2
    assert "not empty" in ran.complaint
    ran = run("demo", tmp_path, "--no-serve", "--again")
    assert ran.code == 2
    assert "not a case" in ran.complaint
    assert (tmp_path / "letter.txt").read_text("utf-8") == "mine"
    real = tmp_path / "real"
    assert run("init", real, "--profile", "overseas-stations").code == 0
    ran = run("demo", real, "--no-serve", "--again")
    assert ran.code == 2
    assert "no demonstration" in ran.complaint
    assert (real / "overt.toml").is_file()


def test_a_demonstration_in_which_somebody_judged_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert run("demo", folder, "--no-serve").code == 0
    (folder / "decisions" / "ada@0123456789abcdef.jsonl").write_text("", encoding="utf-8")
    ran = run("demo", folder, "--no-serve", "--again")
    assert ran.code == 0
    assert "ada judged" in ran.out
    assert (tmp_path / "demo.old-1" / "decisions" / "ada@0123456789abcdef.jsonl").is_file()
    assert run("demo", folder, "--no-serve", "--again").code == 0
    assert not (tmp_path / "demo.old-2").exists()


def test_the_place_of_the_demonstration_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = run("demo", tmp_path / "file", "--no-serve")
    assert ran.code == 2
    assert str(tmp_path / "file") in ran.complaint
