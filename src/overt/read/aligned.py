"""Lines in pieces side by side, without rules: tables by their alignment, and columns of a few lines of prose.

In: lines of a column, each as its pieces from the left. Out: tables, and the lines that make none, in reading order.
"""

import statistics
from collections.abc import Iterator

from overt.read.boxes import Box, Line, is_ideograph
from overt.read.grids import Cell, Table

_FLOW = 0.5  # share of the lines of prose that begin in lower case
_HAN_LINE, _FILLED = 6, 0.8  # characters of a line of Chinese prose, and the share of its column that it fills


def aligned(levels: list[list[Line]]) -> Iterator[Table | list[list[Line]]]:
    """Part the lines of a column into tables without rules and the rest, in order.

    Args:
        levels: lines from the top, each as its pieces from the left.
    """
    rest: list[list[Line]] = []
    at = 0
    while at < len(levels):
        end = _table_end(levels, at)
        side_by_side = prose_columns(levels[at:end]) if end - at >= 3 else None
        if side_by_side is not None:
            if rest:
                yield rest
                rest = []
            yield from side_by_side
            at = end
            continue
        table = _aligned_table(levels[at:end]) if end - at >= 3 else None
        if table is None:
            rest.append(levels[at])
            at += 1
            continue
        if rest:
            yield rest
            rest = []
        yield table
        at = end
    if rest:
        yield rest


def _table_end(levels: list[list[Line]], start: int) -> int:
    """Return where lines in two or more pieces end; single pieces under a later column belong to the row above."""
    if len(levels[start]) < 2:
        return start
    second = levels[start][1].box.left
    end = start + 1
    while end < len(levels):
        level, before = levels[end], levels[end - 1]
        em = level[0].size
        if level[0].box.top - before[0].box.bottom > 2.5 * em:
            break
        if len(level) < 2:
            gap = level[0].box.top - max(piece.box.bottom for piece in before)
            if level[0].box.left < second - em or gap > 0.8 * em:
                break
        end += 1
    return end


def prose_columns(levels: list[list[Line]]) -> list[list[list[Line]]] | None:
    """Return the columns of a few lines of prose that stand side by side, each as its lines; None for all else.

    In prose a line goes on with what the line above it began: most lines begin in lower case, or fill their column
    with characters. Cells of a table hardly ever do.
    """
    full = [level for level in levels if len(level) >= 2]
    spans = _spans([piece for level in levels for piece in level])
    if len(full) < 3 or len(spans) not in (2, 3) or any(len(level) != len(spans) for level in full):
        return None
    for at in range(len(spans)):
        lines = [level[at] for level in full]
        begins = [_text(line).lstrip("\"'“‘(")[:1] for line in lines[1:]]
        is_flow = sum(map(str.islower, begins)) >= _FLOW * len(begins) and all(len(n.words) > 1 for n in lines[:-1])
        is_han = all(is_ideograph(_text(line)[:1]) and len(_text(line)) >= _HAN_LINE for line in lines[:-1])
        is_filled = all(line.box.width >= _FILLED * (spans[at][1] - spans[at][0]) for line in lines[:-1])
        if not is_flow and not (is_han and is_filled):
            return None
    starts = [span[0] for span in spans]
    columns: list[list[list[Line]]] = [[] for _ in spans]
    for level in levels:
        for piece in level:
            columns[_column_of(piece, starts)].append([piece])
    return columns


def _text(line: Line) -> str:
    return "".join(word.text for word in line.words)


def _spans(pieces: list[Line]) -> list[list[float]]:
    """Where columns begin and end: what is left between the white strips that all pieces leave."""
    em = statistics.median(piece.size for piece in pieces)
    spans: list[list[float]] = []
    for piece in sorted(pieces, key=lambda p: p.box.left):
        if spans and piece.box.left < spans[-1][1] + 0.3 * em:
            spans[-1][1] = max(spans[-1][1], piece.box.right)
        else:
            spans.append([piece.box.left, piece.box.right])
    return spans


def _column_of(piece: Line, starts: list[float]) -> int:
    """Return the number of the column in which a piece begins."""
    return max(i for i, start in enumerate(starts) if start <= piece.box.left + 0.1)


def _aligned_table(levels: list[list[Line]]) -> Table | None:
    pieces = [piece for level in levels for piece in level]
    spans = _spans(pieces)
    full = [level for level in levels if len(level) >= 2]
    if len(spans) < 2 or len(full) < 3 or sum(len(level) == len(spans) for level in full) < 0.5 * len(full):
        return None
    starts = [span[0] for span in spans]
    cells: list[Cell] = []
    row = 0
    open_cells: dict[int, Cell] = {}
    for level in levels:
        if len(level) >= 2 or not open_cells:
            row += 1
            open_cells = {}
        for piece in level:
            column = _column_of(piece, starts)
            if column in open_cells:
                open_cells[column].words += piece.words
                open_cells[column].box = open_cells[column].box | piece.box
            else:
                cell = Cell(row, column + 1, 1, 1, piece.box, list(piece.words))
                open_cells[column] = cell
                cells.append(cell)
    box = Box(
        min(p.box.left for p in pieces),
        min(p.box.top for p in pieces),
        max(p.box.right for p in pieces),
        max(p.box.bottom for p in pieces),
    )
    # Text with a gap here and there fills its lines; cells do not.
    if statistics.mean(sum(p.box.width for p in level) for level in full) > 0.85 * box.width:
        return None
    return Table(sorted(cells, key=lambda c: (c.row, c.column)), box, (*starts, box.right))
