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

from loopback import Answers, Server, serving
from overt.capture import Input, Sheet, add, how_came, judged_rows, load_sheet, returned
from overt.capture.shells import needs_scripts
from overt.capture.verdicts import COLUMNS
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


def back(
    sheet: Sheet,
    source: Path,
    receipts: list[Receipt],
    read: Callable[[str], Document | Unread],
    case: Case,
    kind: str = ".csv",
) -> bytes:
    judged = judged_rows(sheet, receipts, read, how_came(case))
    return returned(sheet, source, {line: one.cells() for line, one in judged}, kind)[0]


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

    rows = list(
        csv.DictReader(io.StringIO(back(sheet, tmp_path / "sheet.csv", receipts, read, case).decode("utf-8-sig")))
    )
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


def no_document(capture: str) -> Document | Unread:
    return document(capture, Grade.WHOLE)


def test_a_workbook_comes_back_as_itself(case: Case, clock: Callable[[], datetime], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words", "utf-8")
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    table.title = "Quellen"
    table.append([])
    table.append(["file", "who", "day", "sum"])
    table.append(["a.txt", "=words", None, "=1+1"])
    table["B3"].data_type = "s"
    table["B3"].font = openpyxl.styles.Font(bold=True)
    table["C3"] = datetime(2022, 10, 13)  # noqa: DTZ001 - a day in a cell has no zone
    table.column_dimensions["B"].width = 33
    table.append(["none.txt", "you"])
    book.create_sheet("Zwei")["A1"] = "further"
    book.save(tmp_path / "sheet.xlsx")
    before = (tmp_path / "sheet.xlsx").read_bytes()
    for turn in range(2):  # the sheet that came back is added again
        source = tmp_path / ("back.xlsx" if turn else "sheet.xlsx")
        sheet = load_sheet(source)
        receipts = [problem.receipt() for problem in sheet.problems] + list(add(case, sheet.inputs, clock))
        assert sheet.inputs[0].notes.keys() <= {"who", "day", "sum"}
        data = back(sheet, source, receipts, no_document, case, ".xlsx")
        (tmp_path / "back.xlsx").write_bytes(data)
        made = openpyxl.load_workbook(io.BytesIO(data))
        assert made.sheetnames == ["Quellen", "Zwei"]
        table = made.worksheets[0]
        rows = [list(row) for row in table.iter_rows(values_only=True)]
        assert rows[1] == ["file", "who", "day", "sum", *COLUMNS]
        assert rows[2][:5] == ["a.txt", "=words", datetime(2022, 10, 13), "=1+1", "captured whole"]  # noqa: DTZ001
        assert rows[3][4] == "refused"
        assert table.max_column == 8
        assert table["B3"].font.bold
        assert table.column_dimensions["B"].width == 33
        assert made["Zwei"]["A1"].value == "further"
    assert (tmp_path / "sheet.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.ods"])
def test_other_sheets_come_back_as_a_workbook_too(
    case: Case, clock: Callable[[], datetime], tmp_path: Path, name: str
) -> None:
    (tmp_path / "a.txt").write_text("words", "utf-8")
    rows = [["file", "who"], ["a.txt", "=1+1"]]
    data = ods(f'<table:table table:name="A">{"".join(ods_row(row) for row in rows)}</table:table>')
    (tmp_path / name).write_bytes(data if name.endswith("ods") else b"file,who\na.txt,=1+1\n")
    sheet = load_sheet(tmp_path / name)
    made = back(sheet, tmp_path / name, list(add(case, sheet.inputs, clock)), no_document, case, ".xlsx")
    table = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [cell.value for cell in table[2]][:3] == ["a.txt", "=1+1", "captured whole"]
    assert table["B2"].data_type == "s"
    with pytest.raises(InputError, match=r"\.csv or \.xlsx"):
        returned(sheet, tmp_path / name, {2: ("", "", "", "")}, ".ods")


def test_a_workbook_with_a_vast_grid_comes_back_in_time(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    table["A1"], table["A2"], table["XFD1048576"] = "url", "https://a.example/", "far"
    book.save(tmp_path / "far.xlsx")
    table.merged_cells.add("B3:XFC1048575")
    book.save(tmp_path / "merged.xlsx")
    for name, kept in (("far.xlsx", True), ("merged.xlsx", False)):
        began = time.monotonic()
        sheet = load_sheet(tmp_path / name)
        data, note = returned(sheet, tmp_path / name, {2: ("gone", "", "", "")}, ".xlsx")
        assert time.monotonic() - began < 20
        assert (note == "") is kept, note
        assert load(tmp_path, data, "back.xlsx").rows[2][:2] == ("https://a.example/", "gone")


@pytest.mark.parametrize(
    "element",
    [
        '<mergeCells><mergeCell ref="$A$10:$XFD$1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A10:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_a_range_that_names_a_thousand_million_cells_costs_its_formats_only(tmp_path: Path, element: str) -> None:
    whole = xlsx([["url"], ["https://a.example/"]])
    with zipfile.ZipFile(io.BytesIO(whole)) as start, zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as out:
        for info in start.infolist():
            data = start.read(info)
            if info.filename.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b"</sheetData>" + element.encode())
            out.writestr(info.filename, data)
    sheet = load_sheet(tmp_path / "bomb.xlsx")
    began = time.monotonic()
    data, note = returned(sheet, tmp_path / "bomb.xlsx", {2: ("gone", "", "", "")}, ".xlsx")
    assert time.monotonic() - began < 20
    assert "without formats" in note
    assert load(tmp_path, data, "back.xlsx").rows[2][:2] == ("https://a.example/", "gone")


def test_words_of_a_workbook_are_no_formula_in_a_csv(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    table.append(["url", "note"])
    table.append(["https://a.example/", "words"])
    table["B2"].value, table["B2"].data_type = "=1+1", "s"
    book.save(tmp_path / "sheet.xlsx")
    sheet = load_sheet(tmp_path / "sheet.xlsx")
    data, _ = returned(sheet, tmp_path / "sheet.xlsx", {2: ("gone", "", "", "")}, ".csv")
    assert "'=1+1" in data.decode("utf-8-sig")


def test_a_workbook_that_cannot_be_kept_gives_its_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overt.capture.sheet_back.MAX_KEPT", 10)
    sheet = load(tmp_path, xlsx([["url"], ["https://a.example/"]]), "sheet.xlsx")
    data, note = returned(sheet, tmp_path / "sheet.xlsx", {2: ("gone", "\x01", "", "")}, ".xlsx")
    assert "without formats" in note
    table = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in table[2]][:3] == ["https://a.example/", "gone", " "]


SHELL = (
    b"<!DOCTYPE html><html><head><title>App</title><script src=/app.js></script></head><body>"
    b"<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>%MORE%</body></html>"
)
WORDS = b"<p>" + b"The police said that the station in Dublin was closed in October. " * 5 + b"</p>"


@pytest.mark.parametrize(
    ("page", "is_shell"),
    [
        (SHELL, True),
        (SHELL.replace(b"%MORE%", b"<p>Loading</p>"), True),
        (b"<html><head><title>t</title><body><script>draw()</script>", True),
        (b"<html><body><div id='app'></div><footer>(c) 2022</footer><script src=a.js></script>", True),
        (SHELL.replace(b"%MORE%", WORDS), False),
        (b"<html><head><title>t</title><script src=a.js></script><body>" + WORDS, False),
        (b"<html><body><p>\xe5\x85\xac\xe5\x91\x8a</p><script src=count.js></script>", False),
        (b"<html><body><p>short</p>", False),
        (b"<script" * 200_000, True),
    ],
)
def test_a_page_that_waits_for_its_scripts_is_known(page: bytes, is_shell: bool) -> None:
    began = time.process_time()
    assert needs_scripts(page.replace(b"%MORE%", b"")) is is_shell
    assert time.process_time() - began < 2


def test_what_a_page_is_without_scripts_is_a_verdict(
    case: Case,
    clock: Callable[[], datetime],
    tmp_path: Path,
    site,  # type: ignore[no-untyped-def]
) -> None:
    site.pages["/app"] = ("text/html", SHELL.replace(b"%MORE%", b""))
    site.pages["/check"] = (403, b"")
    sheet = load(tmp_path, f"url\n{site.url}/app\n{site.url}/check\n".encode(), "sheet.csv")
    receipts = list(add(case, sheet.inputs, clock))
    assert "--browser" in receipts[0].warnings[0]
    assert "--browser" in (receipts[1].reason or "")

    def read(capture: str) -> Document | Unread:
        return Unread(capture=capture, reason="the page holds no visible text", reader=READER)

    rows = [one for _, one in judged_rows(sheet, receipts, read, how_came(case))]
    assert [str(one.verdict) for one in rows] == ["only a shell (login, bot check, cookie wall)", "refused"]
    assert "until its scripts have run" in rows[0].why
    for one in rows:
        assert "overt add --browser" in one.to_do()
        assert "overt add --browser" not in one.to_do(in_browser=True)


def test_what_came_in_part_is_no_whole_capture(case: Case, clock: Callable[[], datetime], tmp_path: Path) -> None:
    class Broken(Answers):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"half of a text")

    with serving(Server(Broken)) as server:
        sheet = load(tmp_path, f"url\n{server.url}/\n".encode(), "sheet.csv")
        receipts = list(add(case, sheet.inputs, clock))
    ((_, one),) = judged_rows(sheet, receipts, no_document, how_came(case))
    assert str(one.verdict) == "captured in part"
    assert "broke off after 14 of 5,000 bytes" in one.why
