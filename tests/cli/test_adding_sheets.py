"""`overt add` with a sheet gives the sheet back with verdicts, and tells what it cannot do before it fetches."""

import csv
import io
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "e2e"))
from running import ok, run

PAGE = "<html><head><title>Notice</title></head><body><article><p>{}</p></article></body></html>"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    ok("init", tmp_path / "case", "--profile", "overseas-stations")
    return tmp_path / "case"


def test_verdicts_lie_beside_the_sheet(case: Path, tmp_path: Path) -> None:
    words = "The harbour office in Dublin opened in May and renews licences for people from Fuzhou. " * 8
    (tmp_path / "a.html").write_text(PAGE.format(words), "utf-8")
    (tmp_path / "sheet.csv").write_text("file;who\na.html;me\nnone.html;you\n", "utf-8")
    out = tmp_path / "verdicts.csv"
    ran = run("add", "--case", case, "--manifest", tmp_path / "sheet.csv", "--verdicts", out)
    assert ran.code == 2  # a row was refused
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert [(row["who"], row["overt: verdict"]) for row in rows] == [("me", "captured whole"), ("you", "refused")]
    assert "none.html" in rows[1]["overt: why"]
    assert "1 documents" in ok("build", "--case", case)


def test_a_workbook_comes_back_as_a_workbook(case: Path, tmp_path: Path) -> None:
    words = "The harbour office in Dublin opened in May and renews licences for people from Fuzhou. " * 8
    (tmp_path / "a.html").write_text(PAGE.format(words), "utf-8")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["file", "who"])
    book.worksheets[0].append(["a.html", "me"])
    book.save(tmp_path / "sheet.xlsx")
    out = tmp_path / "back.xlsx"
    ok("add", "--case", case, "--manifest", tmp_path / "sheet.xlsx", "--verdicts", out)
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert rows[1][:3] == ("a.html", "me", "captured whole")
    # What Overt wrote is no note of a person: the sheet that came back says nothing new.
    assert "0 added, 0 seen again, 1 already there" in ok("add", "--case", case, "--manifest", out)


def test_verdicts_that_cannot_be_are_refused_first(case: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("url\nhttps://a.example/\n", "utf-8")
    for args in (
        ("--verdicts", tmp_path / "v.csv"),
        ("--manifest", sheet, "--verdicts", tmp_path / "v.ods"),
        ("--manifest", sheet, "--verdicts", sheet),
        ("--manifest", sheet, "--manifest", sheet, "--verdicts", tmp_path / "v.csv"),
    ):
        ran = run("add", "--case", case, *args)
        assert ran.code == 2
        assert "--verdicts" in ran.complaint
    assert sheet.read_text("utf-8").startswith("url")
