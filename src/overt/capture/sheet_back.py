"""The sheet that comes back: a person's own table with the columns of the verdicts, as CSV or as XLSX.

In: the sheet, where it lies, and the cells of each row. Out: the bytes of a new file; each cell of the person's stays
as it was. An XLSX comes back as the very workbook, its formats and further tables kept as far as openpyxl keeps them.
No well-kept writer of ODS is at hand: such a sheet comes back as XLSX or CSV.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from copy import copy
from pathlib import Path

import openpyxl
from lxml import etree
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from overt.capture.sheet import Sheet
from overt.capture.verdicts import COLUMNS
from overt.model import InputError

KINDS = (".csv", ".xlsx")
MAX_KEPT = 10_000_000  # bytes that a workbook may unpack to: laid out whole, it takes some fifty times as much memory
_MERGED = 1_000_000  # cells in merged ranges, each of which is laid out; a file can name a thousand million in one line
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")
_NOT_LAID_OUT = frozenset({"dimension", "autoFilter", "sortState", "sortCondition", "table", "selection", "f"})
_NUMBER = re.compile(r"[-+]?\d")
_LONGEST = 32_000  # characters of a cell of XLSX (32,767; Excel specifications and limits)
_WIDTHS = (26, 50, 60, 20)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV_BREAKS = re.compile(r"[\x00\r\n]+")

Rows = Mapping[int, tuple[str, str, str, str]]


def returned(sheet: Sheet, source: Path, rows: Rows, kind: str) -> tuple[bytes, str]:
    """Return the sheet with the columns of the verdicts, and a line on what was not kept (or nothing).

    Args:
        sheet: as it was read.
        source: the file that it was read from; it is only read.
        rows: line -> the cells of the verdict.
        kind: `.csv` or `.xlsx`.

    Raises:
        InputError: for another kind.
    """
    if kind == ".csv":
        return _as_csv(sheet, rows, is_text=source.suffix.lower() not in (".xlsx", ".ods")), ""
    if kind != ".xlsx":
        raise InputError(f"a sheet comes back as {' or '.join(KINDS)}, not as {kind or 'a file without an ending'}")
    start = source.read_bytes()
    if start.startswith(b"PK\x03\x04") and start[30:38] != b"mimetype":
        try:
            return _in_workbook(start, sheet, rows)
        except Exception as error:  # the parser meets files of every kind; the cells were read already
            why = " ".join(str(error).split())[:120] or type(error).__name__
            return _as_xlsx(sheet, rows), f"its cells alone came back, without formats and further tables ({why})"
    return _as_xlsx(sheet, rows), ""


def _places(sheet: Sheet) -> tuple[int, list[int]]:
    """How many columns there are then, and where those of the verdicts go: where they stood before, else behind all."""
    header = list(sheet.mapping)
    width = max([len(header), *(len(cells) for cells in sheet.rows.values())])
    places = []
    for name in COLUMNS:
        if name not in header:
            width += 1
        places.append(header.index(name) if name in header else width - 1)
    return width, places


def _grid(sheet: Sheet, rows: Rows) -> list[tuple[int, list[str]]]:
    width, places = _places(sheet)
    lines: dict[int, list[str]] = {sheet.header_line: list(sheet.mapping)}
    lines.update({line: list(cells) for line, cells in sheet.rows.items()})
    for line, cells in lines.items():
        cells += [""] * (width - len(cells))
        for place, words in zip(places, COLUMNS if line == sheet.header_line else rows[line], strict=True):
            cells[place] = words
    return sorted(lines.items())


def _as_csv(sheet: Sheet, rows: Rows, is_text: bool) -> bytes:
    """The sheet as CSV. Cells of a workbook were words there, whatever they begin with: here a program would take
    them for formulas, so they are set apart as those of the verdicts are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    _, places = _places(sheet)
    for _, cells in _grid(sheet, rows):
        for place in places if is_text else range(len(cells)):
            cells[place] = cells[place] if _NUMBER.match(cells[place]) else _safe(cells[place])
        writer.writerow(cells)
    return out.getvalue().encode("utf-8-sig")  # the mark at the start makes spreadsheets take it for UTF-8


def _safe(words: str) -> str:
    """Words of a page or server in a cell: a spreadsheet must not take them for a formula."""
    words = _CSV_BREAKS.sub(" ", words)
    return "'" + words if words.startswith(_FORMULA) else words


def _in_workbook(data: bytes, sheet: Sheet, rows: Rows) -> tuple[bytes, str]:
    _check(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False, rich_text=True)
        table = book.worksheets[0]
        _, places = _places(sheet)
        last = table.cell(row=sheet.header_line, column=len(sheet.mapping))
        for place, name, width in zip(places, COLUMNS, _WIDTHS, strict=True):
            cell = _put(table, sheet.header_line, place, name)
            cell._style = copy(last._style)
            table.column_dimensions[cell.column_letter].width = width
        for line, words in rows.items():
            for place, word in zip(places, words, strict=True):
                _put(table, line, place, word)
        has_formulas = any(cell.data_type == "f" for cell in table._cells.values())  # not the grid: it can be vast
        return _saved(book), "its formulas show their values when a spreadsheet program has opened it" * has_formulas


def _check(data: bytes) -> None:
    """Raise InputError for a workbook that would take too much memory or time to lay out."""
    size = merged = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            with archive.open(info) as stream:
                part = stream.read(MAX_KEPT + 1 - size)
            size += len(part)
            if size > MAX_KEPT:
                raise InputError(f"it unpacks to more than {MAX_KEPT:,} bytes")
            if info.filename.lower().endswith((".xml", ".rels")):
                merged += _laid_out(part)
            if merged > _MERGED:
                raise InputError(f"more than {_MERGED:,} of its cells are merged, linked or commented")


def _laid_out(part: bytes) -> int:
    """How many cells the ranges of a part name: openpyxl makes one of each."""
    cells = 0
    for _, element in etree.iterparse(io.BytesIO(part), resolve_entities=False, no_network=True, huge_tree=False):
        refs = element.get("ref", "") if isinstance(element.tag, str) else ""
        for found in filter(None, map(_RANGE.match, refs.split() if len(refs) < _LONGEST else ())):
            if etree.QName(element).localname not in _NOT_LAID_OUT:
                width = column_index_from_string(found[3]) - column_index_from_string(found[1]) + 1
                cells += max(0, width) * max(0, int(found[4]) - int(found[2]) + 1)
        element.clear()
    return cells


def _as_xlsx(sheet: Sheet, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    for line, cells in _grid(sheet, rows):
        for place, words in enumerate(cells):
            if words:
                _put(table, line, place, words)
    return _saved(book)


def _put(table: Worksheet, line: int, place: int, words: str) -> openpyxl.cell.Cell:
    cell = table.cell(row=line, column=place + 1)
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", words)[:_LONGEST]
    cell.data_type = "s"  # words are no formula, whatever they begin with
    return cell


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
