"""From a page to a number, and from the number back to the page: every command of the way, on a small case."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_cases import LEAF, counted, documents, exports, leaves, one, statements
from running import demo, ok, run

from pages import HARBOUR

KEYS = {
    *("id", "file", "url", "capture", "document", "passage", "subject", "actor", "property", "value", "qualifier"),
    *("scope", "stance", "basis", "implied", "attribution", "quote", "finder", "sighting", "published", "origin"),
    *("fact", "judgement", "schema"),
}


def test_init_makes_the_folder_of_a_case_and_says_what_comes_next(tmp_path: Path) -> None:
    said = ok("init", tmp_path / "case", "--profile", "overseas-stations")
    assert "overt add" in said
    settings = (tmp_path / "case" / "overt.toml").read_text("utf-8")
    assert settings.startswith("schema = 1")
    assert (tmp_path / "case" / "profile" / "profile.toml").is_file()
    for name in ("captures", "readings", "custody", "decisions", "notes", "releases"):
        assert (tmp_path / "case" / name).is_dir()


def test_a_file_a_folder_a_sheet_and_an_address_all_go_in(
    empty: Path, pages: Path, site: Callable[[str, bytes, str], str]
) -> None:
    assert "1 added, 0 seen again, 0 already there, 0 refused" in ok("add", "--case", empty, pages / "canal.txt")
    (pages / "sheet.csv").rename(empty.parent / "sheet.csv")
    assert "2 added, 0 seen again, 1 already there, 0 refused" in ok("add", "--case", empty, pages)
    (empty.parent / "sheet.csv").rename(pages / "sheet.csv")
    said = ok("add", "--case", empty, "--manifest", pages / "sheet.csv")
    assert "0 added, 3 seen again, 0 already there, 0 refused" in said
    assert "outlet = outlet" in said  # the mapping that was guessed
    assert "colour = note" in said.replace("notes", "note")

    url = site("/story", HARBOUR.replace("2018", "2017").encode(), "text/html; charset=utf-8")
    ran = run("add", "--case", empty, url)
    assert ran.code == 2
    assert "127.0.0.1" in ran.complaint
    settings = empty / "overt.toml"
    settings.write_text(settings.read_text("utf-8").replace("permit = []", 'permit = ["127.0.0.1"]'), encoding="utf-8")
    assert "1 added" in ok("add", "--case", empty, url)
    assert "0 added, 0 seen again, 1 already there" in ok("add", "--case", empty, url)
    ran = run("add", "--case", empty, url + "/none")
    assert ran.code == 2
    assert "404" in ran.complaint

    assert "4 documents" in ok("build", "--case", empty)
    assert "4 captures, 7 sightings" in ok("status", "--case", empty)
    assert run("verify", "--case", empty).code == 0


def test_the_address_of_a_sheet_is_the_address_and_the_file_its_bytes(small: Path) -> None:
    harbour = one(small, prop="opened", passage="1")
    assert harbour.url == "https://harbour.example/story"
    assert harbour.address == harbour.url
    tide = statements(small, file="tide.txt")
    assert {(s.url, s.address, s.published) for s in tide} == {(None, "tide.txt", "2022-10-20")}


def test_status_says_what_waits_for_a_person(small: Path) -> None:
    said = ok("status", "--case", small)
    assert "profile overseas-stations" in said
    number = len(statements(small))
    assert f"{number} not judged yet" in said


def test_status_says_when_captures_came_in_since_the_last_build(case: Path, tmp_path: Path) -> None:
    assert "run: overt build" not in ok("status", "--case", case)
    (tmp_path / "new.txt").write_text("The station in Dublin has closed.", encoding="utf-8")
    ok("add", "--case", case, tmp_path / "new.txt")
    assert "run: overt build" in ok("status", "--case", case)
    ok("build", "--case", case)
    assert "run: overt build" not in ok("status", "--case", case)


def test_status_of_a_case_that_nobody_built(empty: Path) -> None:
    assert "nothing is built yet" in ok("status", "--case", empty)


def test_the_count_opens_into_exactly_as_many_rows(small: Path) -> None:
    answer = counted(small, "--by", "country")
    assert answer["low"] == len(answer["rows"]) <= answer["high"]
    assert sum(low for low, _ in answer["by"].values()) == answer["low"]
    assert answer["unjudged_rows"] == answer["low"]
    assert all(n["reason"] for n in answer["not_counted"])
    assert counted(small, "--judged")["low"] == 0
    lines = ok("count", "sites", "--by", "country", "--case", small).splitlines()
    assert lines[0].startswith(str(answer["low"]))
    assert any("country" in line for line in lines)


def test_as_of_counts_what_was_said_by_then_and_lists_the_rest(small: Path) -> None:
    assert counted(small, "--as-of", "2022-10-13")["low"] == 0
    assert counted(small, "--as-of", "2022-10-14")["low"] == 1
    late = counted(small, "--as-of", "2022-12-31")
    assert late["low"] == counted(small)["low"]
    half = counted(small, "--as-of", "2022-10")
    assert half["low"] == late["low"]


def test_support_is_a_ladder(small: Path) -> None:
    numbers = [counted(small, "--support", s)["low"] for s in ("alleged", "reported", "corroborated", "confirmed")]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[1] >= 2


def test_the_sentence_holds_number_support_and_what_is_not_counted(small: Path) -> None:
    said = ok("count", "--sentence", "--case", small)
    assert str(counted(small)["low"]) in said
    assert "reported" in said
    assert "Not counted" in said


def test_reported_counts_stand_beside_the_recount(small: Path) -> None:
    rows = json.loads(ok("count", "--reported", "--json", "--case", small))
    by_unit = {r["unit"]: r for r in rows}
    assert by_unit["sites"]["number"] == 54
    assert by_unit["sites"]["qualifier"] == "at_least"
    assert by_unit["countries"]["number"] == 30
    assert all("Lantern Watch" in r["voice"] for r in rows)
    table = ok("count", "--reported", "--case", small)
    assert "54" in table
    assert "at_least" in table


def grounded(case: Path, tree: str) -> int:
    """Check that every statement of a printed tree ends in words of its document and a capture that is sealed."""
    known = documents(case)
    found = leaves(tree)
    assert len(found) == tree.count("words: “")
    for words, start, end, capture in found:
        assert known[capture].text[start:end] == words
    return len(found)


@pytest.mark.parametrize("which", ["small", "demo"])
def test_every_number_walks_back_to_words_and_sealed_bytes(which: str, small: Path) -> None:
    case = small if which == "small" else demo()
    answer = counted(case, "--by", "country")
    assert grounded(case, ok("count", "--by", "country", "--explain", "--case", case)) >= answer["low"]
    assert grounded(case, ok("why", answer["id"][:12], "--case", case)) >= answer["low"]
    for row in answer["rows"][:2]:
        for part in row["parts"]:
            assert grounded(case, ok("why", part["entity"], "--case", case)) > 0
            assert grounded(case, ok("why", part["fact"], "--case", case)) > 0
    for row in json.loads(ok("count", "--reported", "--json", "--case", case))[:3]:
        assert grounded(case, ok("why", row["statement"], "--case", case)) == 1


def test_why_names_voice_rule_origin_and_what_nobody_judged(small: Path) -> None:
    tree = ok("why", one(small, prop="opened", passage="1").id[:12], "--case", small)
    assert "ABC < The Harbour Note" in tree.replace("the ABC", "ABC")
    assert "origin" in tree
    assert "rule " in tree
    assert "judgements: none yet" in tree
    assert LEAF.search(tree)


def test_the_sealed_bytes_are_the_bytes_of_the_page(small: Path) -> None:
    harbour = one(small, prop="opened", passage="1")
    assert harbour.capture == hashlib.sha256(HARBOUR.encode()).hexdigest()
    shown = ok("why", harbour.capture[:16], "--case", small)
    assert "https://harbour.example/story" in shown


def test_a_page_without_a_judgement_gives_no_release_and_says_what_is_missing(case: Path) -> None:
    ran = run("publish", "--as", "ann", "--case", case)
    assert ran.code == 2
    assert "unjudged" in ran.out
    assert "nobody has judged it" in ran.out
    assert not list((case / "releases").iterdir())


def test_statements_are_exported_as_the_scorer_reads_them(small: Path) -> None:
    rows = [json.loads(line) for line in ok("export", "statements", "--case", small).splitlines()]
    assert rows
    for row in rows:
        assert row.keys() >= KEYS
        assert list(row) == sorted(row)
        assert {"text", "kind", "entity", "group"} <= row["subject"].keys()
        assert {"text", "type", "number", "unit", "normal"} <= row["value"].keys()
        assert {"whose", "where", "as_of"} <= row["scope"].keys()
        assert {"exact", "prefix", "suffix", "start", "end"} <= row["quote"].keys()
        assert {"name", "version"} <= row["finder"].keys()
        for voice in row["attribution"]:
            assert {"speaker", "role", "organisation", "kind", "stance"} <= voice.keys()
        assert row["attribution"][-1]["kind"] == "outlet"
        assert not row["implied"]
    assert [r["id"] for r in rows] == sorted(r["id"] for r in rows)
    more = [json.loads(line) for line in ok("export", "statements", "--implied", "--case", small).splitlines()]
    implied = [r for r in more if r["implied"]]
    assert implied
    assert {r["property"] for r in implied} == {"existence"}
    parents = {r["id"]: r for r in rows}
    for row in implied:
        parent = parents[row["parent"]]
        assert row["quote"] == parent["quote"]
        assert row["stance"] == parent["stance"]
        assert row["origin"] == parent["origin"]
        assert row["attribution"] == parent["attribution"]


def test_all_four_exports_come_as_lines_and_as_sheets_and_say_that_they_are_no_release(small: Path) -> None:
    for name, text in exports(small).items():
        assert text, name
        if name.endswith("csv"):
            rows = list(csv.reader(io.StringIO(text, newline="")))
            assert len({len(r) for r in rows}) == 1
        else:
            assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
    ran = run("export", "facts", "--case", small)
    assert "working export" in ran.complaint


def test_an_export_goes_into_a_file(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    assert run("export", "facts", "--out", out, "--case", small).out == ""
    assert out.read_text("utf-8") == ok("export", "facts", "--case", small)
    ran = run("export", "facts", "--out", tmp_path / "none" / "facts.jsonl", "--case", small)
    assert ran.code == 2
    assert len(ran.err.splitlines()) <= 2


def test_a_draft_is_a_local_preview_and_no_release(case: Path, tmp_path: Path) -> None:
    ok("publish", "--draft", tmp_path / "draft", "--case", case)
    assert not list((case / "releases").iterdir())
    pages = sorted((tmp_path / "draft").rglob("*.html"))
    assert pages
    for page in pages:
        words = page.read_text("utf-8")
        assert "noindex" in words
        assert "DRAFT" in words.upper() or "草稿" in words
    assert not list((tmp_path / "draft").rglob("MANIFEST*"))


def test_a_case_that_holds_nothing_is_not_verified_but_not_checked(empty: Path) -> None:
    ran = run("verify", "--case", empty)
    assert ran.code == 2
    assert "nothing was checked" in ran.complaint
