"""The first table of an OpenDocument sheet, read as a stream within bounds.

In: the bytes of the file. Out: the names of its tables, and rows of words. Source of the format: OpenDocument 1.3,
part 3, 9.1 (tables). Repeated rows and cells are counted and not laid out: a file may name a thousand million of them.
"""

import io
import zipfile

from lxml import etree

from overt.model import InputError

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_REPEATS = 1000  # a row or cell with words in it is repeated at most this often


def rows(data: bytes, most_rows: int, most_columns: int) -> tuple[list[str], list[tuple[int, list[object]]], int]:
    """Return the names of the tables, the rows of the first that are not empty with their numbers, and the last one.

    Raises:
        InputError: for more rows than `most_rows`.
        zipfile.BadZipFile, KeyError, etree.XMLSyntaxError: for what is no OpenDocument sheet.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml")
    names: list[str] = []
    out: list[tuple[int, list[object]]] = []
    line = 0
    steps = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for event, element in steps:
        if element.tag == f"{_TABLE}table":
            if event == "start":
                names.append(element.get(f"{_TABLE}name") or "")
        elif event == "end":
            if len(names) == 1:
                cells = _cells(element, most_columns)
                times = _times(element, "number-rows-repeated")
                if cells:
                    if line + times > most_rows:
                        raise InputError(f"more than {most_rows:,} rows: split the sheet")
                    out += [(line + at, cells) for at in range(1, min(times, _REPEATS) + 1)]
                line += times
            element.clear()
    return names, out, out[-1][0] if out else 0


def _cells(row: etree._Element, most: int) -> list[object]:
    out: list[object] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        words = _words(cell)
        out += [words] * min(_times(cell, "number-columns-repeated"), most - len(out))
        if len(out) >= most:
            break
    while out and out[-1] == "":
        out.pop()
    return out


def _words(cell: etree._Element) -> str:
    """What the cell holds: of dates and numbers the value, since what is shown depends on the settings of a machine."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date":
        return (cell.get(f"{_OFFICE}date-value") or "").removesuffix("T00:00:00")
    if kind == "float":
        return (cell.get(f"{_OFFICE}value") or "").removesuffix(".0")
    return "\n".join("".join(str(words) for words in p.itertext()) for p in cell.iterfind(f"{_TEXT}p"))


def _times(element: etree._Element, name: str) -> int:
    given = element.get(_TABLE + name, "1")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 1
