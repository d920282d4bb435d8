"""Words on a page become blocks in reading order: columns one after the other, lines joined into paragraphs.

In: words with boxes (of a PDF's text layer or of OCR) and the tables that rules made. Out: blocks. The order in which a
file holds its words says nothing: two columns are often written line by line across both.

Columns are found by gutters: a white strip that no line crosses over some height. What does cross it (a title, a wide
picture's caption) parts the page into bands, and each band is read column by column. This is the XY-cut of Nagy and
Seth (1984), with gutters before horizontal cuts, so that gaps between paragraphs do not cut columns into rows.
"""

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from overt.read.aligned import aligned
from overt.read.boxes import SAME_LINE, Box, Line, Word, is_ideograph, level_rows, line_of, union
from overt.read.grids import Table

_PIECE_GAP = 1.0  # ems: a wider gap parts a line into pieces
_GUTTER = 0.5  # ems at least
_LINES, _CHARS = 3, 12  # a column has so many lines, of so many letters in the mean; numbers beside a list are none
_HAN_WEIGHT = 2.5  # a Han character says as much as two or three letters
_LEADING = 1.3  # times the usual distance of lines: a wider one parts paragraphs
_WIDE, _FAR = 1.6, 2.4  # ems: text is hardly set wider than the first, and never than the second
_SIZE = 0.1  # a change of size by this share parts paragraphs
_SLACK = 1.5  # ems: for the space between words, and for lines that are not quite even
_INDENT = 0.8  # ems


@dataclass(slots=True)
class Block:
    """Lines of one paragraph or heading."""

    lines: list[Line] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines)

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: line.box.width).size


def pieces(words: Sequence[Word]) -> list[Line]:
    """Return words as pieces of lines: what stands on one line without a wide gap."""
    out: list[Line] = []
    for row in level_rows(words):
        run: list[Word] = []
        for word in row:
            if run and word.box.left - run[-1].box.right > _PIECE_GAP * min(word.size, run[-1].size):
                out.append(line_of(run))
                run = []
            run.append(word)
        out.append(line_of(run))
    return out


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return words as lines across the whole width, whatever the gaps."""
    return [line_of(row) for row in level_rows(words)]


Item = Line | Table


def columns(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the columns of a page (or the bands between what crosses them), in reading order."""
    if len(items) < 2 * _LINES:
        yield sorted(items, key=_down)
        return
    gutter = _gutter(items)
    if gutter is None:
        yield sorted(items, key=_down)
        return
    band: list[Item] = []
    across: list[Item] = []
    for item in sorted(items, key=_down):
        if item.box.left < gutter < item.box.right:
            yield from _band(band, gutter)
            band = []
            across.append(item)
        elif across and not band and _goes_on(across[-1], item, items):
            across.append(item)
        else:
            if across:
                yield across
            across = []
            band.append(item)
    if across:
        yield across
    yield from _band(band, gutter)


def _goes_on(above: Item, item: Item, items: Sequence[Item]) -> bool:
    """True for the short last line of a title or caption across the columns: nothing stands beside it."""
    if not isinstance(above, Line) or not isinstance(item, Line):
        return False
    em = above.size
    is_alike = abs(item.size - em) <= _SIZE * em and abs(item.box.left - above.box.left) < 2 * em
    if not is_alike or item.box.top - above.box.bottom > 0.8 * em:
        return False
    return not any(
        other is not item and other.box.top < item.box.bottom - 0.2 * em and other.box.bottom > item.box.top + 0.2 * em
        for other in items
    )


def _band(items: list[Item], gutter: float) -> Iterator[list[Item]]:
    for side in ([i for i in items if i.box.right <= gutter], [i for i in items if i.box.left >= gutter]):
        if side:
            yield from columns(side)


def _down(item: Item) -> tuple[float, float]:
    return (item.box.top, item.box.left)


def _gutter(items: Sequence[Item]) -> float | None:
    """Return where the best white strip is: the one with most text on both sides, and the fewest lines across it."""
    lines = [item for item in items if isinstance(item, Line)]
    if not lines:
        return None
    em = statistics.median(line.size for line in lines)
    edges = sorted({round(item.box.left, 1) for item in items})
    best: tuple[float, float] | None = None
    for edge in (b for a, b in zip([edges[0], *edges], edges, strict=False) if b - a > 1 or a == b):
        at = edge - _GUTTER * em / 2
        left = [i for i in lines if i.box.right <= at - _GUTTER * em / 2]
        right = [i for i in lines if i.box.left >= at]
        if len(left) < _LINES or len(right) < _LINES:
            continue
        across = len(items) - len(left) - len(right)
        score = min(len(left), len(right)) - across
        # A page may be mostly one column, with two beside each other at its end: some height is enough.
        both = _common_height(left, right)
        if both < _LINES * em or _letters(left) < _CHARS or _letters(right) < _CHARS:
            continue
        if score > -len(items) and (best is None or score > best[0]) and not _is_list(left, right, at, em):
            if across > min(len(left), len(right)) and not _is_apart(items, left, right, at):
                continue
            best = (score, at)
    return best[1] if best else None


def _is_apart(items: Sequence[Item], left: list[Line], right: list[Line], at: float) -> bool:
    """True where what crosses stands above or below the columns, not between their lines."""
    top = max(min(i.box.top for i in left), min(i.box.top for i in right))
    bottom = min(max(i.box.bottom for i in left), max(i.box.bottom for i in right))
    inside = sum(i.box.left < at < i.box.right and top < i.box.top and i.box.bottom < bottom for i in items)
    return inside <= 0.2 * min(len(left), len(right))


def _common_height(left: list[Line], right: list[Line]) -> float:
    top = max(min(i.box.top for i in left), min(i.box.top for i in right))
    return min(max(i.box.bottom for i in left), max(i.box.bottom for i in right)) - top


def _letters(lines: list[Line]) -> float:
    """How many letters a row of these lines has, in the mean."""
    return statistics.mean(
        sum(_HAN_WEIGHT if is_ideograph(c) else 1 for line in level for word in line.words for c in word.text)
        for level in _levels(lines)
    )


def _is_list(left: list[Line], right: list[Line], at: float, em: float) -> bool:
    """True for a table without rules: its rows are level, and its cells do not fill their column as text does."""
    # Of the side with fewer rows: cells of the other one may have several lines.
    few, many = sorted(([row[0].box.bottom for row in _levels(side)] for side in (left, right)), key=len)
    level = sum(any(abs(base - other) < 0.3 * em for other in many) for base in few)
    if level < 0.8 * len(few):
        return False
    width = at - min(line.box.left for line in left)
    return statistics.mean(sum(line.box.width for line in row) for row in _levels(left)) < 0.72 * width


def blocks(column: Sequence[Item]) -> Iterator[Block | Table]:
    """Yield the paragraphs, headings and tables of one column, from the top."""
    for run in _runs(column):
        if isinstance(run, Table):
            yield run
            continue
        for part in aligned([list(g) for g in _levels(run)]):
            if isinstance(part, Table):
                yield part
            else:
                yield from _paragraphs([line_of([w for piece in level for w in piece.words]) for level in part])


def _runs(column: Sequence[Item]) -> Iterator[list[Line] | Table]:
    run: list[Line] = []
    for item in column:
        if isinstance(item, Table):
            if run:
                yield run
            yield item
            run = []
        else:
            run.append(item)
    if run:
        yield run


def _levels(lines: list[Line]) -> list[list[Line]]:
    """Return pieces by lines."""
    out: list[list[Line]] = []
    for line in sorted(lines, key=lambda i: (i.box.top + i.box.bottom, i.box.left)):
        if out:
            low, high = out[-1][0].box.top, out[-1][0].box.bottom
            shared = min(line.box.bottom, high) - max(line.box.top, low)
            if shared >= SAME_LINE * min(line.box.height, high - low):
                out[-1].append(line)
                continue
        out.append([line])
    return [sorted(level, key=lambda i: i.box.left) for level in out]


def _paragraphs(lines: list[Line]) -> Iterator[Block]:
    steps = [
        (b.box.bottom - a.box.bottom) / a.size
        for a, b in itertools.pairwise(lines)
        if abs(a.size - b.size) <= _SIZE * a.size and b.box.bottom > a.box.bottom
    ]
    # In ems. The usual distance is that of most lines; in a list of one-line paragraphs it is the widest there is.
    usual = statistics.median_low(steps) if steps else 1.2
    left = min(line.box.left for line in lines)
    rights = sorted(line.box.right for line in lines)
    right = rights[min(len(rights) - 1, len(rights) * 4 // 5)]  # a heading may reach further than the text
    block = Block([lines[0]])
    for before, line in itertools.pairwise(lines):
        if _parts(before, line, usual, left, right, block):
            yield block
            block = Block()
        block.lines.append(line)
    yield block


def _parts(before: Line, line: Line, usual: float, left: float, right: float, block: Block) -> bool:
    em = line.size
    if abs(before.size - line.size) > _SIZE * before.size or before.is_bold != line.is_bold:
        return True
    step = (line.box.bottom - before.box.bottom) / em
    if (step > _LEADING * min(usual, _WIDE) and step > 1.1 * usual) or step > _FAR:
        return True
    text = line.text
    if starts_item(text):
        return True
    is_item = starts_item(block.lines[0].text)
    if not is_item and line.box.left - left > _INDENT * em and before.box.left - left < _INDENT * em / 2:
        return True
    # A line whose next word would have found room on it was ended on purpose, not by the edge of the column.
    return right - before.box.right > _first_width(line) + _SLACK * em


def _first_width(line: Line) -> float:
    """The width of what could not have been parted from the end of the line above."""
    word = line.words[0]
    head = word.text.partition(" ")[0]
    if is_ideograph(head[0]):
        head = head[:2]
    return word.box.width * len(head) / len(word.text)


def starts_item(text: str) -> bool:
    """True for a line that begins with the mark or the number of a list."""
    if text[:1] in "•◦▪●○■–-*·" and len(text) > 2 and text[1] == " ":
        return True
    number, _, rest = text.partition(" ")
    digits = number.strip("(（).）、")
    return rest != "" and digits.isdigit() and len(digits) <= 3 and number[-1] in ".)）、"
