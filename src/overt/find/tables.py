"""Address lists: tables and lists of a document whose headings are known become rows of cells.

In go the passages with their locators; out come lists whose rows each name one thing of a kind, cell by cell. What a
column holds is told by its heading (the vocabulary's table `[headings]`); a table without known headings is none.
"""

from collections import defaultdict
from dataclasses import dataclass

from overt.find.recognise import Lookup
from overt.model import Document, PassageKind
from overt.places import gazetteer
from overt.words.phrases import has_cjk, matchable

# Columns that are no property: they place a thing or serve to match it, and are never published.
PLACING = ("country", "city", "address")
SILENT = ("telephone", "number")
# A table is a list of things where so many of its columns have a known heading, one of them a place or a name.
LEAST_COLUMNS = 2
# A list without columns: so many items at least, so short, and this share of them with a place.
LEAST_ITEMS = 3
LONGEST_ITEM = 120
LONGEST_ITEM_HAN = 48
MOST_PLACED = 0.8


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what its column holds (a property, or one of `PLACING` and `SILENT`), and the passage it is."""

    column: str
    passage: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `passages` are all its cells, also those whose column has no known heading."""

    cells: tuple[Cell, ...]
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: the rows under their headings. `first` is the passage with which it begins."""

    rows: tuple[Row, ...]
    first: int


def listings(document: Document, lookup: Lookup, language: str | None) -> list[Listing]:
    """Return the tables and lists of a document that list things, in order."""
    tables: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for index, passage in enumerate(document.passages):
        at = passage.locator
        if passage.kind is PassageKind.TABLE_CELL and at is not None and at.row is not None and at.column is not None:
            tables[at.table or 0][at.row].append((at.column, index))
    made = [_listing(document, lookup, rows) for _, rows in sorted(tables.items())]
    made += _plain(document, lookup, language)
    return sorted((one for one in made if one is not None), key=lambda one: one.first)


def _plain(document: Document, lookup: Lookup, language: str | None) -> list[Listing | None]:
    """Lists without columns: short items, a place in nearly each, under words that name the things listed."""
    made: list[Listing | None] = []
    run: list[int] = []
    for index, passage in enumerate((*document.passages, None)):
        if passage is not None and passage.kind is PassageKind.LIST_ITEM and passage.main:
            run.append(index)
            continue
        if len(run) >= LEAST_ITEMS and run[0] > 0 and lookup.names_a_thing(matchable(_above(document, run[0]))):
            placed = [i for i in run if _is_short(document.passages[i].text) and _is_placed(document, i, language)]
            if len(placed) >= MOST_PLACED * len(run):
                rows = (Row((Cell(_column(document.passages[i].text), i),), (i,)) for i in placed)
                made.append(Listing(tuple(rows), run[0]))
        run = []
    return made


def _above(document: Document, first: int) -> str:
    """The passage right above a list."""
    return document.passages[first - 1].text


def _is_short(text: str) -> bool:
    return len(text) <= (LONGEST_ITEM_HAN if has_cjk(text) else LONGEST_ITEM)


def _is_placed(document: Document, index: int, language: str | None) -> bool:
    return any(p.place.kind == "city" for p in gazetteer.find(document.passages[index].text, language))


def _column(text: str) -> str:
    """With figures in it an item is an address: it serves matching, and its place alone is said."""
    return "address" if any(c.isdigit() for c in text) else "city"


def _listing(document: Document, lookup: Lookup, rows: dict[int, list[tuple[int, int]]]) -> Listing | None:
    """The first row whose cells are known headings gives the columns; the rows behind it are things."""
    columns: dict[int, str] = {}
    made: list[Row] = []
    first: int | None = None
    for number in sorted(rows):
        cells = sorted(rows[number])
        heads = {column: head for column, index in cells if (head := _heading(document, lookup, index)) is not None}
        if len(heads) >= LEAST_COLUMNS and len(heads) > len(cells) / 2:
            if not columns:
                first = cells[0][1]
            columns = heads
            continue
        if not columns:
            continue
        known = tuple(Cell(columns[column], index) for column, index in cells if column in columns)
        if known and not all(document.passages[index].text.isdigit() for _, index in cells):
            made.append(Row(known, tuple(index for _, index in cells)))
    held = set(columns.values())
    if first is None or not made or not held & {*PLACING, "located_in", "name"}:
        return None
    return Listing(tuple(made), first)


def _heading(document: Document, lookup: Lookup, index: int) -> str | None:
    """What a cell names as a heading: the phrase must be most of it."""
    text = document.passages[index].text
    folded = matchable(text)
    hits = [h for h in lookup.heads.find(folded) if 2 * (h.end - h.start) >= len(folded.strip(" :：.*"))]
    return max(hits, key=lambda h: (h.end - h.start, -h.start)).key if hits else None
