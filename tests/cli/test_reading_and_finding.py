"""`overt read` and `overt find`: files without a case, one object for one file and lines for many."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import alone, ok, run

from pages import CANAL, HARBOUR, TIDE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a/harbour.html", HARBOUR), ("a/canal.txt", CANAL), ("b/tide.txt", TIDE)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_one_file_is_one_object(folder: Path) -> None:
    page = json.loads(ok("read", folder / "a/harbour.html", "--json"))
    assert {"title", "byline", "published", "language", "passages"} <= page.keys()
    assert page["title"] == "A harbour story"
    assert page["published"] == "2022-10-14"
    assert page["language"] == "en"
    kinds = {p["kind"] for p in page["passages"]}
    assert {"heading", "paragraph", "caption"} <= kinds
    assert all({"kind", "text", "main"} == p.keys() for p in page["passages"])
    assert all(not p["main"] for p in page["passages"] if p["kind"] == "caption")


def test_many_files_and_folders_are_lines_with_the_file_in_each(folder: Path) -> None:
    rows = [json.loads(line) for line in ok("read", folder, "--json").splitlines()]
    assert [Path(row["file"]).name for row in rows] == ["canal.txt", "harbour.html", "tide.txt"]
    rows = [json.loads(line) for line in ok("read", folder / "b/tide.txt", folder / "a", "--json").splitlines()]
    assert [Path(row["file"]).name for row in rows] == ["tide.txt", "canal.txt", "harbour.html"]


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "a" / "empty.txt").write_bytes(b"")
    ran = run("read", folder / "none.txt", folder / "a", folder / "b", "--json")
    assert ran.code == 2
    assert [Path(json.loads(line)["file"]).name for line in ran.out.splitlines()] == [
        "canal.txt",
        "harbour.html",
        "tide.txt",
    ]
    assert len(ran.err.splitlines()) == 2
    assert "none.txt" in ran.err
    assert "empty.txt" in ran.err


def test_statements_of_one_file_are_a_list_and_of_many_are_lines(folder: Path) -> None:
    rows = json.loads(ok("find", folder / "a/harbour.html", "--json"))
    assert {"opened", "operator", "reported_count"} <= {row["property"] for row in rows}
    assert all(row["file"] == "harbour.html" for row in rows)
    lines = [json.loads(line) for line in ok("find", folder, "--json").splitlines()]
    assert {Path(row["file"]).name for row in lines} == {"canal.txt", "harbour.html", "tide.txt"}
    own = [row for row in lines if Path(row["file"]).name == "harbour.html"]
    assert [(row["property"], row["quote"]) for row in own] == [(row["property"], row["quote"]) for row in rows]


def test_outlet_date_and_language_can_be_given(folder: Path) -> None:
    rows = json.loads(
        ok(
            "find",
            folder / "b/tide.txt",
            "--json",
            "--outlet",
            "潮汐周报",
            "--published",
            "2022-10",
            "--language",
            "zh",
        )
    )
    assert rows
    assert {row["attribution"][-1]["organisation"] for row in rows} == {"潮汐周报"}
    assert {row["published"] for row in rows} == {"2022-10"}


@pytest.mark.parametrize(
    "args",
    [("--published", "soon"), ("--published", "2022-02-31"), ("--language", "no language"), ("--profile", "nothing")],
)
def test_a_wrong_word_is_refused_in_one_line(folder: Path, args: tuple[str, str]) -> None:
    ran = run("find", folder / "a/canal.txt", *args)
    assert ran.code == 2
    assert ran.complaint


def test_people_get_words_and_not_json(folder: Path) -> None:
    said = ok("read", folder / "a/harbour.html")
    assert "A harbour story" in said
    assert "(not main) caption" in said
    said = ok("find", folder / "a/harbour.html")
    assert "opened = 2018" in said


def test_every_script_passes_a_pipe_in_any_encoding(folder: Path) -> None:
    ran = alone("find", folder / "b/tide.txt", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"})
    assert ran.code == 0, ran
    assert "悉尼" in ran.out
