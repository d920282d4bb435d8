"""Pages that are laid out become passages: what runs at the edges, headings, captions, tables that go on, broken words.

In: the blocks and tables of each page in reading order. Out: passages with locators. Used for PDF and for pictures.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from overt.model import Locator, Passage, PassageKind
from overt.read import marks
from overt.read.boxes import Box, Line, is_ideograph
from overt.read.grids import Cell, Table
from overt.read.imprint import ASIDE
from overt.read.layout import Block, lines_of, pieces, starts_item
from overt.read.text import clean

_HEADING, _SMALL = 1.12, 0.9  # times the size of the body text
_HEADING_CHARS = 240
_STOP = re.compile(r"[.!?…。！？；;:：][\"'”’»」』)）\]]*$")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|figura|foto|photo|图|圖|図|table|tabelle|tabla|表)\s*\d+", re.I
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:page|seite|página|pagina|p\.|第)?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*(?:页|頁)?"
    r"(?:\s*(?:/|of|von|de|di|van|共)\s*\d{1,4}\s*(?:页|頁)?)?[-–—\s]*",
    re.I,
)
_EDGE = 0.12  # share of the page's height that is its head, and its foot
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Sheet:
    """One page: its number (None for a picture of its own), its size, and its blocks and tables in reading order.

    `turn` is by how many degrees, clockwise, the page as it is shown was turned to read it.
    """

    number: int | None
    width: float
    height: float
    blocks: list[Block | Table]
    edges: list[Line] = field(default_factory=list)
    turn: int = 0


def running(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[bool]]:
    """Say of each line of each page whether it runs at the page's edge: a repeated head or foot, or a page number.

    A head that repeats is parted from the text by more than the usual white; the headings of a table that goes on are
    not.

    Args:
        pages: the height of each, and its lines from the top.
    """
    keys = [
        [(_edge(line, height), _DIGITS.sub("0", line.text.casefold())) for line in lines] for height, lines in pages
    ]
    seen = Counter(key for own in keys for key in set(own) if key[0])
    enough = 2 if len(pages) < 6 else 3  # heads alternate between left and right pages, and change with the chapter
    out = []
    for (_, lines), own in zip(pages, keys, strict=True):
        flags = [False] * len(lines)
        for side, order in (("head", range(len(lines))), ("foot", range(len(lines) - 1, -1, -1))):
            run: list[int] = []
            for at in order:
                is_number = _PAGE_NUMBER.fullmatch(lines[at].text) is not None and len(lines) > 1
                if own[at][0] != side or not (seen[own[at]] >= enough or is_number):
                    break
                run.append(at)
            step = 1 if side == "head" else -1
            while run and not _is_parted(lines, run[-1], step):
                if len(run) == 1 and (side == "foot" or not _names_columns(lines, run[0])):
                    break  # some heads stand close to the text
                run.pop()
            for at in run:
                flags[at] = True
        out.append(flags)
    return out


def _edge(line: Line, height: float) -> str:
    if line.box.bottom < _EDGE * height:
        return "head"
    return "foot" if line.box.top > (1 - _EDGE) * height else ""


def _names_columns(lines: Sequence[Line], at: int) -> bool:
    """True for a line in several pieces that each begin where a piece of the next line begins: a table's headings."""
    own, below = (pieces(line.words) for line in (lines[at], lines[min(at + 1, len(lines) - 1)]))
    starts = [piece.box.left for piece in below]
    return len(own) > 1 and all(any(abs(piece.box.left - start) < 3 for start in starts) for piece in own)


def _is_parted(lines: Sequence[Line], at: int, step: int) -> bool:
    line = lines[at]
    if not 0 <= at + step < len(lines):
        return True
    beside = lines[at + step]
    white = beside.box.top - line.box.bottom if step > 0 else line.box.top - beside.box.bottom
    return white > 0.75 * line.box.height


def passages(sheets: Sequence[Sheet], *, flows: bool = True) -> list[Passage]:
    """Return the passages of a document in reading order.

    `flows` says that paragraphs go on in the next column and on the next page; on signs and posters they do not.
    """
    body = _body_size(sheets)
    known = _words_of(sheets)
    out: list[_Open] = []
    tables: list[tuple[Sheet, Table, int, int]] = []  # page, table, its number, the rows before it
    for sheet in sheets:
        is_first = True
        for block in sheet.blocks:
            if isinstance(block, Table):
                tables.append(_numbered(tables, sheet, block, is_first and not _goes_on_text(out)))
                out.extend(_cells(tables, known))
            else:
                made = _block(block, sheet, body, known)
                if made is None:
                    continue
                before = next((o for o in reversed(out) if o.is_flow), None)
                if flows and before is not None and before is out[-1] and _joins(before, made):
                    before.text = _join(before.text, made.text, before.is_broken, known)
                    before.is_broken = made.is_broken
                    before.goes_on += tuple(made.locator.places())
                else:
                    out.append(made)
            is_first = False
    whole = [o.passage() for o in out]
    for sheet in sheets:
        whole += [
            Passage(kind=PassageKind.NOTE, text=clean(line.text), main=False, locator=_at(sheet, line.box))
            for line in sheet.edges
        ]
    return [p for p in whole if p.text]


@dataclass(slots=True)
class _Open:
    """A passage that the next column or page may go on with."""

    kind: PassageKind
    text: str
    locator: Locator
    size: float = 0.0
    is_broken: bool = False
    is_flow: bool = False
    main: bool = True
    goes_on: tuple[tuple[int | None, tuple[int, int, int, int]], ...] = ()

    def passage(self) -> Passage:
        text = clean(self.text + ("-" if self.is_broken else ""))
        locator = msgspec.structs.replace(self.locator, goes_on=self.goes_on) if self.goes_on else self.locator
        return Passage(kind=self.kind, text=text, main=self.main, locator=locator)


def _at(sheet: Sheet, box: Box) -> Locator:
    def share(value: float, whole: float) -> int:
        return max(0, min(1000, round(1000 * value / whole)))

    left, right = share(box.left, sheet.width), share(box.right, sheet.width)
    top, bottom = share(box.top, sheet.height), share(box.bottom, sheet.height)
    shown = {
        0: (left, top, right, bottom),
        90: (top, 1000 - right, bottom, 1000 - left),
        180: (1000 - right, 1000 - bottom, 1000 - left, 1000 - top),
        270: (1000 - bottom, left, 1000 - top, right),
    }[sheet.turn]
    return Locator(page=sheet.number, box=shown)


def title(sheets: Sequence[Sheet]) -> str | None:
    """The largest heading of the first page, if it is larger than the text."""
    body = _body_size(sheets)
    found = [
        (-block.size, at, " ".join(line.text for line in block.lines))
        for at, block in enumerate(sheets[0].blocks if sheets else [])
        if isinstance(block, Block) and _kind(block, block.lines[0].text, body) is PassageKind.HEADING
    ]
    return clean(min(found)[2]) if found else None


def _lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    for sheet in sheets:
        for block in sheet.blocks:
            if isinstance(block, Block):
                yield from block.lines


def _body_size(sheets: Sequence[Sheet]) -> float:
    """The size in which most letters are set, to half a point."""
    sizes: Counter[float] = Counter()
    for line in _lines(sheets):
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], -size)) if sizes else 0.0


def _words_of(sheets: Sequence[Sheet]) -> frozenset[str]:
    """All words that stand unbroken in the text: they say whether a hyphen at a line's end belongs to the word."""
    return frozenset(
        word.text.strip(".,;:!?\"'()“”‘’").casefold()
        for line in _lines(sheets)
        for word in line.words[:-1]
        if word.text
    )


def _block(block: Block, sheet: Sheet, body: float, known: frozenset[str]) -> _Open | None:
    text = block.lines[0].text
    is_broken = _is_broken(block.lines[0])
    for line in block.lines[1:]:
        text = _join(text, line.text, is_broken, known)
        is_broken = _is_broken(line)
    if not text.strip():
        return None
    kind = _kind(block, text, body)
    return _Open(
        kind=kind,
        text=text,
        locator=_at(sheet, block.box),
        size=block.size,
        is_broken=is_broken,
        is_flow=kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM),
        main=kind not in ASIDE,
    )


def _kind(block: Block, text: str, body: float) -> PassageKind:
    if marks.is_caption(text) or _CAPTION.match(text):
        return PassageKind.CAPTION
    if marks.is_correction(text):
        return PassageKind.CORRECTION
    is_short = len(text) <= _HEADING_CHARS
    if is_short and block.size >= _HEADING * body and any(map(str.isalpha, text)):
        return PassageKind.HEADING
    is_bold = all(line.is_bold for line in block.lines) and any(map(str.isalpha, text))
    if len(block.lines) <= 3 and is_short and is_bold and not _STOP.search(text):
        return PassageKind.HEADING
    if starts_item(text):
        return PassageKind.LIST_ITEM
    return PassageKind.PARAGRAPH


def _is_broken(line: Line) -> bool:
    return line.words[-1].is_broken


def _joins(before: _Open, after: _Open) -> bool:
    """True where a paragraph goes on in the next column or on the next page."""
    if after.kind is not PassageKind.PARAGRAPH or abs(before.size - after.size) > 0.1 * before.size:
        return False
    if before.is_broken:
        return True
    last, first = before.text.rstrip()[-1:], after.text[:1]
    if _STOP.search(before.text.rstrip()):
        return False
    return first.islower() or (is_ideograph(last) and is_ideograph(first)) or last in ",，、" or first.isdigit()


def _join(before: str, after: str, is_broken: bool, known: frozenset[str]) -> str:
    """Join two lines. `is_broken` says that a hyphen, which is not part of `before`, stood between them."""
    if not is_broken and before[-1:] in "-‐" and before[-2:-1].isalpha():
        before, is_broken = before[:-1], True
    if is_broken:
        keeps = not after[:1].islower() or _is_compound(before, after, known)
        return f"{before}-{after}" if keeps else before + after
    if before[-1:] == "\u00ad":
        return before[:-1] + after
    if is_ideograph(before[-1:]) and is_ideograph(after[:1]):
        return before + after
    return f"{before} {after}"


def _is_compound(before: str, after: str, known: frozenset[str]) -> bool:
    """True where the hyphen belongs to the word: it stands so elsewhere, or its halves are words, the whole none."""
    left = before.rpartition(" ")[2].lstrip("\"'(“‘").casefold()
    right = after.partition(" ")[0].strip(".,;:!?)”’\"'").casefold()
    if f"{left}-{right}" in known:
        return True
    return left + right not in known and left in known and right in known


def _goes_on_text(out: list[_Open]) -> bool:
    """True where text stood after the last table."""
    return bool(out) and out[-1].kind is not PassageKind.TABLE_CELL


def _numbered(
    tables: list[tuple[Sheet, Table, int, int]], sheet: Sheet, table: Table, is_next: bool
) -> tuple[Sheet, Table, int, int]:
    """Give a table its number: that of the table before where it goes on with it, with the rows that came before."""
    if not tables:
        return sheet, table, 1, 0
    before_sheet, before, number, rows = tables[-1]
    if is_next and before_sheet is not sheet and _are_alike(before, table, sheet.width):
        repeated = _repeated(_head_of(tables, number), table)
        return sheet, table, number, rows + max(c.row + c.rows - 1 for c in before.cells) - repeated
    return sheet, table, number + 1, 0


def _are_alike(before: Table, table: Table, width: float) -> bool:
    return len(before.edges) == len(table.edges) and all(
        abs(a - b) < 0.02 * width for a, b in zip(before.edges[:-1], table.edges[:-1], strict=True)
    )


def _head_of(tables: list[tuple[Sheet, Table, int, int]], number: int) -> Table:
    return next(table for _, table, its, _ in tables if its == number)


def _row(table: Table, row: int) -> list[str]:
    return [cell_text(c, frozenset()).casefold() for c in table.cells if c.row == row]


def _repeated(head: Table, table: Table) -> int:
    """How many of the first rows are the headings of the table's beginning once more."""
    count = 0
    for row in (1, 2, 3):
        own = _row(head, row)
        if not any(own) or own != _row(table, row):
            break
        count = row
    return count


def _cells(tables: list[tuple[Sheet, Table, int, int]], known: frozenset[str]) -> Iterator[_Open]:
    """Yield the cells of the last table. Headings that a page repeats keep their row and are not main text."""
    sheet, table, number, before = tables[-1]
    head = _head_of(tables, number)
    repeated = _repeated(head, table) if head is not table else 0
    headings = _headings(head)
    for cell in table.cells:
        text = cell_text(cell, known)
        if not text:
            continue
        is_repeated = cell.row <= repeated
        row = cell.row if is_repeated else cell.row + before
        place = _at(sheet, cell.box)
        locator = Locator(
            page=place.page,
            box=place.box,
            table=number,
            row=row,
            column=cell.column,
            rows=cell.rows,
            columns=cell.columns,
            heading=row <= headings,
        )
        yield _Open(PassageKind.TABLE_CELL, text, locator, main=not is_repeated)


def _headings(table: Table) -> int:
    """How many rows name columns: bold ones, or words over numbers; two where the first spans columns of the second."""
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    first = [c for c in by_row.get(1, []) if c.words]
    if not first or len(by_row) < 2:
        return 0
    is_bold = all(w.is_bold for c in first for w in c.words)
    is_plain = any(not w.is_bold for row, cells in by_row.items() if row > 1 for c in cells for w in c.words)
    has_numbers = any(_is_number(c) for row, cells in by_row.items() if row > 1 for c in cells) and not any(
        _is_number(c) for c in first
    )
    if not (is_bold and is_plain) and not has_numbers and not any(c.columns > 1 for c in first):
        return 0
    return max(c.rows for c in first) if any(c.columns > 1 for c in first) else 1


def _is_number(cell: Cell) -> bool:
    text = "".join(w.text for w in cell.words)
    return bool(text) and sum(map(str.isdigit, text)) >= 0.5 * len(text)


def cell_text(cell: Cell, known: frozenset[str]) -> str:
    """The text of a cell, its lines joined."""
    text, is_broken = "", False
    for line in lines_of(cell.words):
        text = _join(text, line.text, is_broken, known) if text else line.text
        is_broken = _is_broken(line)
    return clean(text + ("-" if is_broken else ""))
