"""The same sheet in every form that people send it in is the same list of inputs, and comes back with verdicts."""

import csv
import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from overt.capture import Input, Sheet, add, load_sheet, with_verdicts
from overt.case import Case
from overt.model import Document, Grade, InputError, Passage, PassageKind, Reader, Receipt, Unread

HEADER = ["网址", "标题", "媒体", "日期", "谁找到的"]
ROWS: list[list[object]] = [
    ["https://a.example/1", "福州市公安局宣布第一批海外服务站", "福州晚报", "2022-01-05", "安娜"],
    ["https://a.example/2", "海外服务站在都柏林设立，办理驾照", "侨报", "2022", ""],
]


def as_csv(separator: str = ",") -> str:
    return "\n".join(separator.join(str(cell) for cell in row) for row in [HEADER, *ROWS]) + "\n"


def xlsx(rows: list[list[object]], more: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name in more:
        book.create_sheet(name)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"


def ods(tables: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS_HEAD + tables + ODS_END)
    return out.getvalue()


def ods_row(row: list[object], more: str = "") -> str:
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
    return f"<table:table-row{more}>{cells}</table:table-row>"


def load(folder: Path, data: bytes, name: str) -> Sheet:
    (folder / name).write_bytes(data)
    return load_sheet(folder / name)


FORMS = {
    "utf-8.csv": as_csv().encode(),
    "mark.csv": as_csv().encode("utf-8-sig"),
    "semicolons.csv": as_csv(";").encode(),
    "tabs.tsv": as_csv("\t").encode(),
    "tabs-utf-16.txt": as_csv("\t").encode("utf-16"),
    "gb18030.csv": as_csv().encode("gb18030"),
    "book.xlsx": xlsx([HEADER, *ROWS]),
    "book.ods": ods(f'<table:table table:name="A">{"".join(map(ods_row, [HEADER, *ROWS]))}</table:table>'),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_the_same_list(tmp_path: Path, name: str) -> None:
    got = load(tmp_path, FORMS[name], name)
    assert got.mapping == dict(zip(HEADER, ["url", "title", "outlet", "published", "note"], strict=True))
    assert got.problems == ()
    first, second = got.inputs
    assert (first.url, first.title, first.outlet, first.published) == tuple(ROWS[0][:4])
    assert first.notes == {"谁找到的": "安娜"}
    assert (second.published, second.row) == ("2022", 3)
    assert ("gb18030" in got.note) == name.startswith("gb18030")


def test_days_and_years_of_a_spreadsheet_are_dates(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["url", "published"],
        ["https://a.example/1", date(2022, 1, 5)],
        ["https://a.example/2", datetime(2022, 1, 6)],  # noqa: DTZ001 - spreadsheets know no zones
        ["https://a.example/3", 2022],
        [],
        ["https://a.example/4", "2022-10"],
    ]
    got = load(tmp_path, xlsx(rows, ("notes",)), "book.xlsx")
    assert [item.published for item in got.inputs] == ["2022-01-05", "2022-01-06", "2022", "2022-10"]
    assert got.inputs[-1].row == 6
    assert got.note == "the first of 2 tables (Sheet) was read"
    cells = (
        '<table:table-cell office:value-type="date" office:date-value="2022-01-05T00:00:00"/>',
        '<table:table-cell office:value-type="float" office:value="2022"/>',
    )
    body = ods_row(["url", "published"]) + "".join(
        f"<table:table-row><table:table-cell><text:p>https://a.example/{n}</text:p></table:table-cell>{cell}"
        f'<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        for n, cell in enumerate(cells)
    )
    body += '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    got = load(tmp_path, ods(f'<table:table table:name="A">{body}</table:table>'), "book.ods")
    assert [item.published for item in got.inputs] == ["2022-01-05", "2022"]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(250_000_000))
    return out.getvalue()


def wide_xlsx() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "url"
    book.active["XFD1048576"] = "far away"
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def laughs() -> bytes:
    declared = '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{declared}]>{ODS_HEAD}{ods_row(['url', '&j;'])}{ODS_END}")
    return out.getvalue()


def test_a_cell_far_away_lays_out_no_grid(tmp_path: Path) -> None:
    began = time.monotonic()
    got = load(tmp_path, wide_xlsx(), "wide.xlsx")
    assert time.monotonic() - began < 20
    assert "rows after line 100,000 were not read" in got.note


def test_hostile_sheets_are_refused_in_time(tmp_path: Path) -> None:
    many = ods_row(["https://a.example/"], ' table:number-rows-repeated="999999999"')
    hostile = {
        "bomb.xlsx": bomb(),
        "rows.ods": ods(f'<table:table table:name="A">{ods_row(["url"])}{many}</table:table>'),
        "laughs.ods": laughs(),
        "none.xlsx": xlsx([["words"]])[:-200],
        "empty.xlsx": xlsx([]),
    }
    for name, data in hostile.items():
        began = time.monotonic()
        with pytest.raises(InputError) as caught:
            load(tmp_path, data, name)
        assert time.monotonic() - began < 20, name
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


READER = Reader(name="test", version="1")


def document(capture: str, grade: Grade, by: str | None = None) -> Document:
    passage = Passage(kind=PassageKind.PARAGRAPH, text="Words.")
    return Document(capture=capture, passages=(passage,), reader=READER, grade=grade, graded_by=by)


def test_the_sheet_comes_back_with_a_verdict_in_each_row(
    case: Case,
    clock: Callable[[], datetime],
    tmp_path: Path,
    site,  # type: ignore[no-untyped-def]
) -> None:
    for name in ("whole", "partial", "shell", "error", "odd"):
        site.pages[f"/{name}"] = ("text/plain", name.encode())
    names = ("whole", "partial", "shell", "error", "odd", "gone")
    table = "url,who\n" + "".join(f'{site.url}/{name},"me, myself"\n' for name in names) + "ftp://a.example/,=1+1\n"
    sheet = load(tmp_path, table.encode(), "sheet.csv")
    receipts: list[Receipt] = [problem.receipt() for problem in sheet.problems]
    receipts += add(case, [*sheet.inputs, Input(url="http://10.0.0.1/")], clock)
    grades = {r.capture: r.input.rpartition("/")[2] for r in receipts if r.capture}

    def read(capture: str) -> Document | Unread:
        name = grades[capture]
        if name == "odd":
            return Unread(capture=capture, reason="no reader for it yet", reader=READER)
        return document(capture, Grade(name), "asks to log in" if name == "shell" else None)

    rows = list(csv.DictReader(io.StringIO(with_verdicts(sheet, receipts, read))))
    assert [row["overt: verdict"] for row in rows] == [
        "captured whole",
        "captured in part",
        "only a shell (login, bot check, cookie wall)",
        "only an error page",
        "captured, not read",
        "gone",
        "refused",
    ]
    assert [row["who"] for row in rows] == ["me, myself"] * 6 + ["=1+1"]
    assert rows[2]["overt: why"] == "asks to log in"
    assert "--archived" in rows[5]["overt: what to do"]
    assert "404" in rows[5]["overt: why"]
    assert rows[0]["overt: capture"] in grades
    assert "ftp" in rows[6]["overt: why"]
