"""A withdrawal reaches every offered release at once; a dispute is put on pages; a check tells both from forgery."""

import csv
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import copy_of, demo, ok, run

from overt.publish.search import folded

AS = ("--as", "demo-1")
REASON = ("--reason", "harm", "--why", "someone may come to harm")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return copy_of(demo(), tmp_path / "case")


def public(case: Path, release: int = 1) -> Path:
    return case / "releases" / str(release) / "public"


def holding(folder: Path, *words: str) -> list[str]:
    """Paths of the files that hold one of the words, or are called by it."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_text(encoding="utf-8")
        if any(word in data or word in path.name for word in words):
            found.append(path.relative_to(folder).as_posix())
    return found


def a_row(case: Path) -> dict[str, str]:
    answer = json.loads(ok("count", "sites", "--judged", "--json", "--case", case))
    return answer["rows"][0]["parts"][0]


def test_a_withdrawn_entity_is_gone_from_the_offered_release_before_the_next_one(case: Path) -> None:
    site = a_row(case)["entity"]
    quotes = {
        s["quote"]["exact"]
        for s in map(json.loads, ok("export", "statements", "--case", case).splitlines())
        if s["subject"]["entity"] == site and len(s["quote"]["exact"]) > 24
    }
    assert holding(public(case), site[:12])
    told = ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    assert "notice 1" in told
    searched = holding(public(case) / "static" / "search", *(folded(quote) for quote in quotes))
    assert searched == []
    left = {p for p in holding(public(case), site, site[:12], *quotes) if not p.endswith(f"{site[:12]}.html")}
    assert left == set()
    page = (public(case) / "en" / "sites" / f"{site[:12]}.html").read_text(encoding="utf-8")
    assert "Notice 1" in page
    assert "通知 1" in page
    assert site[:12] not in page
    checked = ok("verify", "--case", case)
    assert "0 broken" in checked


def listed(case: Path, release: int) -> dict[str, list[str]]:
    """What the newest release lists as changed since the one before, by kind of change."""
    text = (public(case, release) / "en" / "changes.html").read_text(encoding="utf-8")
    text = text.partition(f'<section id="release-{release}">')[2].partition("</section>")[0]
    kinds = ("added", "changed", "removed", "s-added", "s-changed", "s-corrected", "s-removed")
    ids = {kind: re.findall(f'data-in="{kind}-{release}"', text) for kind in kinds}
    return ids | {"withdrawn": re.findall(f'data-in="w-{release}-', text)}


def test_no_overview_says_where_a_withdrawn_entry_was(case: Path) -> None:
    sites = csv.DictReader((public(case) / "data" / "sites.csv").read_text(encoding="utf-8").splitlines())
    site = a_row(case)["entity"]
    city = next(row["city"] for row in sites if row["id"] == site)
    overviews = ("index.html", "en/index.html", "en/map.html", "en/gaps.html", "en/reported.html", "en/network.html")
    assert city in (public(case) / "index.html").read_text(encoding="utf-8")
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    for name in overviews:
        text = (public(case) / name).read_text(encoding="utf-8")
        assert "Notice 1" in text
        assert city not in text
    assert "headline" not in json.loads((public(case) / "data" / "datapackage.json").read_text(encoding="utf-8"))


def test_where_a_statement_is_withdrawn_overviews_stay_under_the_notice(case: Path) -> None:
    rows = map(json.loads, (public(case) / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines())
    one = next(row["id"] for row in rows if row["property"] == "service" and not row["implied"])
    before = (public(case) / "en" / "map.html").read_text(encoding="utf-8")
    ok("withdraw", one[:16], *REASON, *AS, "--no-publish", "--case", case)
    after = (public(case) / "en" / "map.html").read_text(encoding="utf-8")
    assert "Notice 1" in after
    assert len(after) > len(before)


def test_the_next_release_is_made_without_it_and_carries_the_notice(case: Path) -> None:
    before = json.loads((public(case) / "data" / "datapackage.json").read_text(encoding="utf-8"))["headline"]["low"]
    site = a_row(case)["entity"]
    ok("withdraw", site[:16], *REASON, *AS, "--case", case)
    now = json.loads((public(case, 2) / "data" / "datapackage.json").read_text(encoding="utf-8"))["headline"]["low"]
    assert now == before - 1
    assert "Notice 1" in (public(case, 2) / "en" / "withdrawn.html").read_text(encoding="utf-8")
    named = [p for p in holding(public(case, 2), site[:12]) if not p.endswith("changes.html")]
    assert named == [f"{language}/sites/{site[:12]}.html" for language in ("en", "zh")]  # its address stays
    assert "Notice 1" in (public(case, 2) / named[0]).read_text(encoding="utf-8")
    told = listed(case, 2)
    assert told["withdrawn"]
    assert not any(told[key] for key in told if key != "withdrawn")
    assert "0 broken" in ok("verify", "--case", case)


def test_doing_it_again_gives_no_second_notice(case: Path) -> None:
    site = a_row(case)["entity"]
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    again = ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    assert "notice 1" in again
    assert "no file of a release held it" in again


def test_data_files_lose_the_rows_and_stay_readable(case: Path) -> None:
    site = a_row(case)["entity"]
    data = public(case) / "data"
    before = (data / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    after = (data / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert 0 < len(after) < len(before)
    assert all(json.loads(line)["id"] for line in after)
    assert (data / "sites.csv").read_text(encoding="utf-8").startswith("id,")
    assert json.loads((data / "sites.geojson").read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_a_dispute_stands_on_the_page_at_once_and_takes_nothing_away(case: Path) -> None:
    site = a_row(case)["entity"]
    page = public(case) / "en" / "sites" / f"{site[:12]}.html"
    before = page.read_text(encoding="utf-8")
    ok("dispute", site[:16], "--why", "they wrote to us", *AS, "--case", case)
    now = page.read_text(encoding="utf-8")
    assert "is disputed and is being checked" in now
    assert len(re.findall("<article", now)) == len(re.findall("<article", before))
    assert "0 broken" in ok("verify", "--case", case)
    ok("publish", *AS, "--case", case)
    assert "is disputed" in (public(case, 2) / "en" / "sites" / f"{site[:12]}.html").read_text(encoding="utf-8")


def test_a_notice_that_nobody_signed_is_no_excuse_for_another_content(case: Path) -> None:
    site = a_row(case)["entity"]
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    release = case / "releases" / "1"
    shutil.copy(release / "MANIFEST.minisig", release / "WITHDRAWN.minisig")
    ran = run("verify", "--case", case)
    assert ran.code == 1
    assert "WITHDRAWN: is not signed by a handle of this case" in ran.out
    assert re.search(r"broken: releases/1: public/en/sites/\w+.html", ran.out)


def test_a_changed_page_beside_a_notice_is_still_found(case: Path) -> None:
    site = a_row(case)["entity"]
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    page = public(case) / "en" / "sites" / f"{site[:12]}.html"
    page.write_text("something else", encoding="utf-8")
    assert run("verify", "--case", case).code == 1


def test_what_cannot_be_withdrawn_is_said_in_one_line(case: Path) -> None:
    ran = run("withdraw", "zz9999", *REASON, *AS, "--case", case)
    assert ran.code == 2
    assert "zz9999" in ran.complaint


def test_a_correction_is_told_as_one_and_joined_entries_keep_their_addresses(case: Path) -> None:
    rows = list(map(json.loads, (public(case) / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines()))
    one = next(row["id"] for row in rows if row["property"] == "service" and row["accepted"] and not row["implied"])
    why = ("--why", "the words say so", "--case", case)
    said = ok("judge", "amend", one, "--set", "stance=alleges", *AS, *why)
    ok("judge", "accept", said.split("line ")[1].split()[0], "--as", "demo-2", *why)
    ok("publish", *AS, "--case", case)
    assert [len(ids) for kind, ids in listed(case, 2).items() if kind.startswith("s-corrected")] == [1]
    sites = list(csv.DictReader((public(case) / "data" / "sites.csv").read_text(encoding="utf-8").splitlines()))
    madrid = [row["id"] for row in sites if row["counted"] == "true"][:2]
    ok("judge", "same", *madrid, *AS, *why)
    ok("publish", *AS, "--case", case)
    there = [(public(case, 3) / "en" / "sites" / f"{i[:12]}.html").read_text(encoding="utf-8") for i in madrid]
    assert sum("It was joined with another entry" in page for page in there) == 1


def test_a_withdrawn_denial_goes_out_of_the_row_and_the_point_of_its_entry(case: Path) -> None:
    rows = list(map(json.loads, (public(case) / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines()))
    one = next(row for row in rows if row["stance"] == "denies" and not row["implied"] and row["accepted"])
    entry = one["subject"]["entity"]
    names = ("sites.csv", "sites.geojson", "entities.ftm.jsonl")
    assert all(one["id"][:12] in (public(case) / "data" / name).read_text(encoding="utf-8") for name in names[::2])
    ok("withdraw", one["id"][:16], *REASON, *AS, "--no-publish", "--case", case)
    for name in names:
        text = (public(case) / "data" / name).read_text(encoding="utf-8")
        assert one["id"][:12] not in text
    sites = csv.DictReader((public(case) / "data" / "sites.csv").read_text(encoding="utf-8").splitlines())
    assert [row["id"] for row in sites if row["id"] == entry] == [entry]


def test_corrections_of_corrections_are_one_and_an_undone_one_stays_told(case: Path) -> None:
    rows = list(map(json.loads, (public(case) / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines()))
    one = next(row["id"] for row in rows if row["property"] == "service" and row["accepted"] and not row["implied"])
    why = ("--why", "the words say so", "--case", case)
    first = ok("judge", "amend", one, "--set", "stance=announces", *AS, *why).split("line ")[1].split()[0]
    second = ok("judge", "amend", first, "--set", "stance=states", "--set", "qualifier=about", *AS, *why)
    ok("publish", *AS, "--case", case)
    assert [len(ids) for kind, ids in listed(case, 2).items() if ids] == [1]
    assert listed(case, 2)["s-corrected"]
    ok("judge", "undo", second.split("line ")[1].split()[0], *AS, *why)
    ok("judge", "undo", first, *AS, *why)
    ok("publish", *AS, "--case", case)
    text = (public(case, 3) / "en" / "changes.html").read_text(encoding="utf-8")
    assert 'data-in="s-corrected-2"' in text


def test_what_a_release_held_is_believed_only_where_it_holds_what_is_left(case: Path) -> None:
    site = a_row(case)["entity"]
    ok("withdraw", site[:16], *REASON, *AS, "--no-publish", "--case", case)
    held = case / "releases" / "1.held.json"
    held.write_text('{"entries":{},"statements":{}}', encoding="utf-8")
    ok("publish", *AS, "--case", case)
    assert not listed(case, 2)["added"]
