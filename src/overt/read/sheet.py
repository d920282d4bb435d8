"""The reader of CSV and its kin (semicolons, tabs, bars): each cell becomes a passage with its row and column."""

import csv
import io
from collections import Counter

from overt.model import Document, Locator, Passage, PassageKind, Reader, ReadError, sha256
from overt.read.text import clean, decoded
from overt.words.language import language

READER = Reader(name="csv", version="1")
MAX_CELLS = 200_000
_SEPARATORS = (",", ";", "\t", "|")
_PROBE = 200  # rows by which the separator is told
_CELL = 1_000_000  # letters


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read a sheet of text.

    Raises:
        ReadError: where it is too large, empty, no sheet, or in no known encoding.
    """
    del url
    text = decoded(data, charset, "sheet").removeprefix("\ufeff").replace("\0", "")
    first, _, rest = text.partition("\n")
    said = first.strip()[4:] if first.strip().lower().startswith("sep=") else ""  # as Excel writes it
    if said:
        text = rest
    rows = _rows(text, said[:1] if said else _separator(text))
    heading = _is_heading(rows)
    made = [
        Passage(
            kind=PassageKind.TABLE_CELL,
            text=value,
            locator=Locator(table=1, row=number, column=column, heading=heading and number == 1),
        )
        for number, row in enumerate(rows, 1)
        for column, cell in enumerate(row, 1)
        if (value := clean(cell))
    ]
    if not made:
        raise ReadError("the sheet is empty")
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        language=language("\n".join(p.text for p in made[:5000])),
    )


def _rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_CELL)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if not any(cell.strip() for cell in row):
                continue
            rows.append(row)
            cells += len(row)
            if cells > MAX_CELLS:
                raise ReadError(f"the sheet has more than {MAX_CELLS:,} cells")
    except csv.Error as error:
        raise ReadError(f"the sheet cannot be read after row {len(rows)}: {error}") from error
    return rows


def _separator(text: str) -> str:
    """The one by which most rows have the same number of cells, and more than one."""

    def worth(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
                if row:
                    widths[len(row)] += 1
                if number >= _PROBE:
                    break
        except csv.Error:
            return (0, 0)
        width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return (times, width) if width > 1 else (0, 0)

    csv.field_size_limit(_CELL)
    return max(_SEPARATORS, key=worth)


def _is_heading(rows: list[list[str]]) -> bool:
    """True where the first row names the columns: each is named, once, without a number."""
    if len(rows) < 2:
        return False
    names = [clean(cell).casefold() for cell in rows[0]]
    filled = [name for name in names if name]
    return (
        len(filled) >= max(1, len(names) - 1)
        and len(set(filled)) == len(filled)
        and not any(name.replace(".", "").replace(",", "").isdigit() for name in filled)
        and all(len(name) <= 60 for name in filled)
    )
