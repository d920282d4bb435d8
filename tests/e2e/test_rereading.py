"""`overt reread`: newer readers make new readings beside the old, and what moves is shown before anything is built."""

import json
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ok, run

from overt.case import open_case, set_readers
from overt.read.anchoring import anchor
from pages import CANAL, HARBOUR

sys.path.insert(0, str(Path(__file__).parents[1] / "read"))
from making_files import pdf_words


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case that an older Overt made: its reader of HTML was of version 0 and said less, and it knew no PDF."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "harbour.html").write_text(HARBOUR, encoding="utf-8")
    (files / "canal.txt").write_text(CANAL, encoding="utf-8")
    (files / "list.pdf").write_bytes(pdf_words((60, 700, 10, "The office was opened in the spring of that year.")))
    folder = tmp_path / "case"
    ok("init", folder, "--profile", "overseas-stations")
    ok("add", "--case", folder, files)
    ok("build", "--case", folder)
    settings = folder / "overt.toml"
    text = settings.read_text(encoding="utf-8").replace('html = "', 'html = "0" # "').replace('pdf = "', '# "')
    settings.write_text(text, encoding="utf-8")
    for path in sorted((folder / "readings").glob("*/*.html-*.json")):
        old = path.with_name(path.name.partition(".html-")[0] + ".html-0.json")
        path.rename(old)
    for path in sorted((folder / "readings").glob("*/*.pdf-*.json")):
        path.unlink()
    return folder


def age(case: Path, change: tuple[str, str]) -> None:
    """Make the old reading differ."""
    (old,) = (case / "readings").glob("*/*.html-0.json")
    kept = json.loads(old.read_text(encoding="utf-8"))
    kept["document"]["reader"]["version"] = "0"
    for passage in kept["document"]["passages"]:
        passage["text"] = passage["text"].replace(*change)
    old.write_text(json.dumps(kept), encoding="utf-8")


def test_what_is_the_same_is_said_to_be_and_the_readers_are_on(case: Path) -> None:
    age(case, ("", ""))
    told = ok("reread", "--case", case)
    assert "1 documents unchanged, 0 changed" in told
    assert "reader pdf: off -> 3" in told
    assert "2 documents" not in told
    assert "0 unread" in ok("build", "--case", case)
    assert len(list((case / "readings").glob("*/*.html-*.json"))) == 2


def test_quotes_that_move_are_anchored_anew_and_those_that_are_gone_are_named(case: Path) -> None:
    ok("build", "--case", case)
    age(case, ("2018", "two thousand and eighteen"))
    ok("build", "--case", case)
    before = ok("status", "--case", case)
    ran = run("reread", "--case", case, "--dry-run")
    assert "nothing was written" in ran.out
    assert ok("status", "--case", case) == before
    assert len(list((case / "readings").glob("*/*.html-*.json"))) == 1
    ran = run("reread", "--case", case)
    assert "1 changed" in ran.out
    assert "anchored anew" in ran.out
    assert all(line.startswith("overt: gone: ") for line in ran.err.splitlines())
    assert "0 changed" in run("reread", "--case", case).out
    assert run("verify", "--case", case).code == 0


def test_the_settings_keep_all_that_people_wrote(case: Path) -> None:
    path = case / "overt.toml"
    text = path.read_text(encoding="utf-8").replace("[readers]", "[readers] # mine\n# and this [is] mine too")
    path.write_text(text, encoding="utf-8")
    set_readers(open_case(case), {"html": "7", "text": "1", "new": "1+x"})
    again = path.read_text(encoding="utf-8")
    assert "[readers] # mine\n# and this [is] mine too\n" in again
    readers = tomllib.loads(again)["readers"]
    assert (readers["html"], readers["new"], readers["text"]) == ("7", "1+x", "1")
    rest = {k: v for k, v in tomllib.loads(text).items() if k != "readers"}
    assert {k: v for k, v in tomllib.loads(again).items() if k != "readers"} == rest


@given(st.text("ab ", max_size=60), st.text("ab", min_size=1, max_size=3), st.integers(0, 60))
def test_a_quote_is_found_wherever_it_stands(text: str, exact: str, start: int) -> None:
    at = anchor(text, exact, "", "", start)
    assert (at is None) == (exact not in text)
    if at is not None:
        assert text[at : at + len(exact)] == exact


def test_what_stood_around_a_quote_counts_more_than_where_it_stood() -> None:
    text = "the office closed. In Lisbon the office closed. In Rome the office closed."
    assert anchor(text, "the office", "In Rome ", " closed", 0) == text.rindex("the office")
    assert anchor(text, "the office", "", "", 30) == 29
    assert anchor(text, "the embassy", "", "", 0) is None
