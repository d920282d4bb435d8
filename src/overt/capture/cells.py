"""The cells of a sheet, from any of the files that spreadsheets write: CSV in any encoding, XLSX, ODS.

In: the path of a file. Out: rows of words with their line numbers, and in which encoding or table they stood. Nothing
in a sheet is run: formulas give the values that were saved with them.
"""

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl

from overt.capture import ods
from overt.capture.headers import known_names
from overt.model import InputError
from overt.words.encoding import decode

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000  # what an office file may unpack to; sheets of a hundred thousand rows take a tenth
MAX_ROWS, MAX_COLUMNS = 100_000, 500
_CELL = 1_000_000
_SEPARATOR = re.compile(r"[,;\t]")
# In which a spreadsheet program writes a sheet that is not UTF-8, by the country of its machine.
_ENCODINGS = (
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc-jp",
    "cp949",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file on which it begins (from 1), and its cells. `fault` is why it cannot be read."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows that are not empty, and what a person should know of how they were read."""

    rows: tuple[Row, ...]
    note: str = ""


def cells_of(path: Path) -> Cells:
    """Read a sheet.

    Raises:
        InputError: where the file cannot be used at all, with its name and what to do.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: larger than {MAX_BYTES:,} bytes: split the sheet")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    if data.startswith(b"PK\x03\x04"):
        return _office(data, path.name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{path.name}: an office file of an old or an encrypted kind; save it as XLSX, ODS or CSV")
    if not data.strip():
        raise InputError(f"{path.name}: the sheet is empty")
    found = _by_header(data) or decode(data, None)
    if found is None:
        raise InputError(f"{path.name}: no text in an encoding known here; save the sheet as CSV in UTF-8")
    text, encoding = found
    note = "" if encoding == "utf-8" else f"read as {encoding}; if words look wrong, save the sheet as CSV in UTF-8"
    rows = tuple(_csv(text.removeprefix("\ufeff")))
    return Cells(rows, note)


def _by_header(data: bytes) -> tuple[str, str] | None:
    """The text in the encoding in which the header names columns that are known here; None where none does.

    A short sheet has too few words for statistics, and its bytes are often text in several encodings at once. Only
    names beyond ASCII tell, and only where the whole sheet is text in that encoding; of several the first that names
    the most.
    """
    header = data.lstrip(b"\r\n").split(b"\n", 1)[0]
    if header.isascii() or _is_utf(data):
        return None
    best, most = None, 0
    for name in _ENCODINGS:
        try:
            line = header.decode(name)
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        cells = {cell.strip("\"' \t\r").lower() for cell in _SEPARATOR.split(line)}
        known = sum(cell in known_names() for cell in cells if not cell.isascii())
        if known > most:
            best, most = (text, name), known
    return best


def _is_utf(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _csv(text: str) -> Iterator[Row]:
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max((",", ";", "\t"), key=first.count)
    csv.field_size_limit(_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    end = 0
    while True:
        start = end + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Row(start, (), f"not CSV: {error}")
            return
        if row is None:
            return
        end = rows.line_num
        if any(cell.strip() for cell in row):
            yield Row(start, tuple(row))


def _office(data: bytes, name: str) -> Cells:
    _check_size(data, name)
    read = ods.rows if data[30:38] == b"mimetype" else _xlsx
    try:
        tables, found, last = read(data, MAX_ROWS, MAX_COLUMNS)
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    except Exception as error:  # the parsers meet hostile files with errors of every kind
        raise InputError(f"{name}: cannot be read as XLSX or ODS ({_short(error)}); save it as CSV in UTF-8") from error
    rows = tuple(Row(line, tuple(_words(cell) for cell in row)) for line, row in found)
    rows = tuple(row for row in rows if any(cell.strip() for cell in row.cells))
    notes = [f"the first of {len(tables)} tables ({tables[0]}) was read"] if len(tables) > 1 else []
    if last > MAX_ROWS:
        notes.append(f"rows after line {MAX_ROWS:,} were not read: split the sheet if there are any")
    return Cells(rows, "; ".join(notes))


def _xlsx(data: bytes, most_rows: int, most_columns: int) -> tuple[list[str], list[tuple[int, list[object]]], int]:
    """Read the first table row by row: a parser that lays out the whole grid can be made to take all memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that do not matter here
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            table = book.worksheets[0]
            rows = table.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
            out: list[tuple[int, list[object]]] = []
            for line, row in enumerate(rows, 1):
                cells: list[object] = ["" if cell is None else cell for cell in row]
                while cells and cells[-1] == "":
                    cells.pop()
                if cells:
                    out.append((line, cells))
            return list(book.sheetnames), out, table.max_row or 0
        finally:
            book.close()


def _check_size(data: bytes, name: str) -> None:
    """Unpack once within bounds, since the parser does not say beforehand how much it will take."""
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as stream:
                    while piece := stream.read(1 << 20):
                        total += len(piece)
                        if total > MAX_UNPACKED:
                            raise InputError(f"{name}: unpacks to more than {MAX_UNPACKED:,} bytes: not read")
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise InputError(
            f"{name}: a damaged office file ({_short(error)}); save it again, or as CSV in UTF-8"
        ) from error


def _words(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days without a time of day."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
