"""The data of a release, walked back: each number to a list of its length, each quote to the sealed words."""

import csv
import io
import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from running import copy_of, demo, ok

from overt.store import reading

WITHHELD = re.compile(r"\[[^\]]*withheld[^\]]*\]|〔[^〕]*未公开[^〕]*〕|〔[^〕]*〕")


@pytest.fixture(scope="module")
def data() -> Path:
    return demo() / "releases" / "1" / "public" / "data"


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sheet(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def test_the_headline_is_the_number_of_its_rows(data: Path) -> None:
    head = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["headline"]
    rows = [row for row in lines(data / "counts.jsonl") if row["support"] == "reported"]
    assert len(rows) == head["low"] > 0
    assert sum(len(row["entries"]) for row in rows) == head["high"]
    assert all(row["open"] or len(row["entries"]) == 1 for row in rows)
    sites = {site["id"]: site for site in sheet(data / "sites.csv")}
    assert {i for row in rows for i in row["entries"]} == {i for i, site in sites.items() if site["counted"] == "true"}


def test_more_support_never_counts_more(data: Path) -> None:
    counts = Counter(row["support"] for row in lines(data / "counts.jsonl"))
    assert counts["alleged"] >= counts["reported"] >= counts["corroborated"] >= counts["confirmed"] > 0


def test_the_numbers_of_an_entry_are_lengths_of_lists(data: Path) -> None:
    statements = Counter(row["entity"] for row in sheet(data / "statements.csv"))
    roots = {
        fact["entity"]: len(fact["origins"])
        for fact in lines(data / "facts.jsonl")
        if fact["property"] == "existence" and fact["support"] != "none"
    }
    for site in sheet(data / "sites.csv"):
        assert int(site["statements"]) == statements[site["id"]]
        assert int(site["origins"]) == roots.get(site["id"], 0)


def test_every_shown_run_of_a_quote_stands_at_its_place_in_the_sealed_text(data: Path) -> None:
    with reading(demo() / "index.sqlite") as store:
        texts = {document.capture: document.text for document in store.load().documents}
    whole = cut = 0
    for row in lines(data / "statements.jsonl"):
        quote = row["quote"]
        sealed = texts[row["capture"]][quote["start"] : quote["end"]]
        if quote["exact"] == sealed:
            whole += 1
            continue
        cut += 1
        at = 0
        for run in WITHHELD.split(quote["exact"]):
            found = sealed.find(run, at)
            assert found >= 0, (run, sealed)
            at = found + len(run)
    assert whole > 0
    assert cut > 0


def test_a_report_made_after_a_withdrawal_holds_nothing_of_it(tmp_path: Path) -> None:
    case = copy_of(demo(), tmp_path / "case")
    data = case / "releases" / "1" / "public" / "data"
    row = next(row for row in lines(data / "counts.jsonl") if row["support"] == "reported" and not row["open"])
    (gone,) = row["entries"]
    said = [s for s in lines(data / "statements.jsonl") if s["subject"]["entity"] == gone]
    before = text(case, tmp_path / "before.pdf")
    assert gone[:12] in before
    assert all(s["id"] in before for s in said)
    ok("withdraw", gone[:16], "--reason", "harm", "--why", "harm", "--as", "demo-1", "--no-publish", "--case", case)
    after = text(case, tmp_path / "after.pdf")
    assert gone[:12] not in after
    assert not [s["id"] for s in said if s["id"] in after]


def test_the_file_of_tables_walks_from_a_number_to_words(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    ok("export", "sqlite", "--case", demo(), "--out", path)
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert "a working export" in base.execute("SELECT value FROM about").fetchone()[0]
        low = "SELECT id, low, high FROM counts"
        for count, least, most in base.execute(low).fetchall():
            rows = 'SELECT count(DISTINCT "row"), count(*) FROM count_rows WHERE count = ?'
            assert base.execute(rows, (count,)).fetchone() == (least, most)
        walked = base.execute(
            "SELECT quote_exact FROM counts JOIN count_rows ON count_rows.count = counts.id"
            " JOIN fact_statements USING (fact) JOIN statements ON statements.id = fact_statements.statement"
            " WHERE counts.support = 'reported' AND side = 'affirms'"
        ).fetchall()
        assert walked
        assert all(quote for (quote,) in walked)
        denied = base.execute("SELECT count(*) FROM fact_statements WHERE side = 'denied'").fetchone()[0]
        assert denied > 0


def text(case: Path, path: Path) -> str:
    ok("report", "1", "--case", case, "--out", path)
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "".join("".join(page.get_textpage().get_text_range() for page in document).split())
