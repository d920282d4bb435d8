"""Where a cell stands in its table: rows and columns of real data tables, not of tables that only lay out a page.

In: the blocks of a page. Out: a locator for each block that is a cell of a data table. Merged cells count in the row
and column where they begin, and say how many they span (HTML standard, "forming a table").
"""

from collections.abc import Sequence

from lxml.html import HtmlElement

from overt.model import Locator, PassageKind
from overt.read.blocks import UNDER, Block

_ROWS, _COLUMNS = 20_000, 200  # cells beyond are kept as passages without a place
_SPAN = 1_000  # what the HTML standard allows for colspan
_LAYOUT = frozenset({"presentation", "none"})
_CELL_MEAN = 200  # characters that a cell of a data table has on average at most


def cells(blocks: Sequence[Block]) -> list[Locator | None]:
    """Return for each block its place in a data table, or None."""
    tables: dict[HtmlElement, dict[HtmlElement, Locator] | None] = {}
    number = 0
    out: list[Locator | None] = []
    for block in blocks:
        if not block.place.under & UNDER["td"]:
            out.append(None)
            continue
        cell = _around(block.element, ("td", "th"))
        table = _around(cell, ("table",)) if cell is not None else None
        if cell is None or table is None or block.kind is PassageKind.LIST_ITEM:
            out.append(None)
            continue
        if table not in tables:
            grid = _grid(table) if _is_data(table) else None
            if grid is not None:
                number += 1
                grid = {at: _numbered(place, number) for at, place in grid.items()}
            tables[table] = grid
        found = tables[table]
        out.append(found.get(cell) if found is not None else None)
    return out


def _around(element: HtmlElement | None, tags: tuple[str, ...]) -> HtmlElement | None:
    for _ in range(40):
        if element is None or element.tag in tags:
            return element
        element = element.getparent()
    return None


def _numbered(place: Locator, table: int) -> Locator:
    return Locator(
        table=table, row=place.row, column=place.column, rows=place.rows, columns=place.columns, heading=place.heading
    )


def _rows(table: HtmlElement) -> list[HtmlElement]:
    rows = []
    for part in table:
        if part.tag == "tr":
            rows.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in part if row.tag == "tr"]
    return rows[:_ROWS]


def _is_data(table: HtmlElement) -> bool:
    """True for at least two rows and columns of short cells, without tables in them."""
    if (table.get("role") or "").lower() in _LAYOUT or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _rows(table)]
    wide = [row for row in rows if len(row) >= 2]
    if len(wide) < 2 or 2 * len(wide) < len(rows):
        return False
    sizes = [len("".join(cell.itertext()).strip()) for row in rows for cell in row]
    filled = sum(size > 0 for size in sizes)
    return 2 * filled >= len(sizes) and sum(sizes) <= _CELL_MEAN * len(sizes)


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "").strip()
    return min(max(int(text), 1), _SPAN) if text.isdecimal() and len(text) < 6 else 1


def _grid(table: HtmlElement) -> dict[HtmlElement, Locator]:
    found: dict[HtmlElement, Locator] = {}
    held: dict[int, int] = {}  # column -> the last row that a cell from above fills
    for number, row in enumerate(_rows(table), start=1):
        column = 1
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while held.get(column, 0) >= number:
                column += 1
            if column > _COLUMNS:
                break
            rows, columns = _span(cell, "rowspan"), min(_span(cell, "colspan"), _COLUMNS)
            found[cell] = Locator(row=number, column=column, rows=rows, columns=columns, heading=cell.tag == "th")
            for at in range(column, column + columns):
                held[at] = number + rows - 1
            column += columns
    return found
