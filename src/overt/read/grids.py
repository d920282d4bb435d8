"""Tables: cells between rules of a page.

In: horizontal and vertical rules and words. Out: tables of cells, each with its
row, its column and how many of them it spans.
"""

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from overt.read.boxes import Box, Word, level_rows, union

_NEAR = 2.5  # points: rules so near are one, and so near an edge they meet it
_STRIP = 0.5  # ems: the white between columns, where rules say that there are some
_COVERED = 0.7  # share of a cell's side on which a rule must lie
_MAX_RULES = 5000
_MAX_SIDE = 400  # rows or columns of one grid


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical line: `at` is its y or x, and it goes from `start` to `end`."""

    is_level: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Cell:
    """A cell, counted from 1. Its words are in reading order."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    words: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Cells by row and column. `edges` are where its columns begin, and where the last one ends."""

    cells: list[Cell]
    box: Box
    edges: tuple[float, ...]


def ruled(rules: Sequence[Rule], words: Sequence[Word], height: float) -> tuple[list[Table], list[Word]]:
    """Return the tables that rules make, and the words that stand in none. `height` is that of the page."""
    if len(rules) > _MAX_RULES:
        return [], list(words)
    tables = []
    left = list(words)
    for group in _groups(_joined(rules)):
        table = _grid(group)
        if table is None or any(cell.box.height > 0.6 * height for cell in table.cells):
            continue
        rest = []
        for word in left:
            x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
            home = next(
                (c for c in table.cells if c.box.left <= x <= c.box.right and c.box.top <= y <= c.box.bottom), None
            )
            if home is None:
                rest.append(word)
            else:
                home.words.append(word)
        table = _split_rows(table)
        if len({c.row for c in table.cells if c.words}) < 2 or len({c.column for c in table.cells if c.words}) < 2:
            continue
        tables.append(table)
        left = rest
    return tables, left


def between_levels(rules: Sequence[Rule], words: Sequence[Word], height: float) -> tuple[list[Table], list[Word]]:
    """Return the tables that level rules alone make (three or more of one width), and the words that stand in none.

    Columns are where all lines between the rules leave a white strip. Where there are few rules (one over the headings,
    one under them, one at the end), each line is a row; else what stands between two rules is.
    """
    if len(rules) > _MAX_RULES:
        return [], list(words)
    level = [r for r in _joined(rules) if r.is_level]
    alike: dict[tuple[int, int], list[Rule]] = {}
    for rule in level:
        key = next((k for k in alike if abs(k[0] - rule.start) < 3 and abs(k[1] - rule.end) < 3), None)
        alike.setdefault(key or (round(rule.start), round(rule.end)), []).append(rule)
    tables: list[Table] = []
    left = list(words)
    for group in alike.values():
        ys = sorted({r.at for r in group})
        if not 3 <= len(ys) <= _MAX_SIDE or max(b - a for a, b in itertools.pairwise(ys)) > 0.6 * height:
            continue
        start, end = group[0].start - _NEAR, group[0].end + _NEAR
        ys = [_headings_above(left, ys[0], (start, end)), *ys]
        inside = [
            w
            for w in left
            if ys[0] < (w.box.top + w.box.bottom) / 2 < ys[-1] and start <= w.box.left and w.box.right <= end
        ]
        table = _between(inside, ys, (start, end))
        if table is not None:
            tables.append(table)
            gone = {id(w) for c in table.cells for w in c.words}
            left = [w for w in left if id(w) not in gone]
    return sorted(tables, key=lambda t: (t.box.top, t.box.left)), left


def _headings_above(words: list[Word], top: float, sides: tuple[float, float]) -> float:
    """Where the headings begin that stand over the first rule: one line in pieces, close to it. Else `top` itself."""
    near = [w for w in words if sides[0] <= w.box.left and w.box.right <= sides[1] and w.box.bottom <= top + _NEAR]
    line = max(level_rows(near), key=lambda row: row[0].box.bottom, default=[])
    if not line or top - max(w.box.bottom for w in line) > line[0].size:
        return top
    gaps = [b.box.left - a.box.right for a, b in itertools.pairwise(line)]
    return min(w.box.top for w in line) - 1 if max(gaps, default=0) > line[0].size else top


def _between(words: list[Word], ys: list[float], sides: tuple[float, float]) -> Table | None:
    if len(words) < 6:
        return None
    em = statistics.median(w.size for w in words)
    spans: list[list[float]] = []
    for word in sorted(words, key=lambda w: w.box.left):
        if spans and word.box.left < spans[-1][1] + _STRIP * em:
            spans[-1][1] = max(spans[-1][1], word.box.right)
        else:
            spans.append([word.box.left, word.box.right])
    strips = [
        [w for w in words if top < (w.box.top + w.box.bottom) / 2 <= bottom] for top, bottom in itertools.pairwise(ys)
    ]
    strips = [strip for strip in strips if strip]
    if len(spans) < 2 or len(strips) < 2:
        return None
    edges = (sides[0], *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)), sides[1])
    rows: list[list[Word]] = []
    for strip in strips:
        if len(strips) > 3:
            rows.append(strip)
            continue
        for line in level_rows(strip):
            # A line without a word in the first column goes on with the row above.
            if rows and line[0].box.left > edges[1] and rows[-1][0] in strip:
                rows[-1] += line
            else:
                rows.append(line)
    cells = []
    for number, row in enumerate(rows, 1):
        for column, (start, end) in enumerate(itertools.pairwise(edges), 1):
            own = [w for w in row if start <= (w.box.left + w.box.right) / 2 < end]
            if own:
                cells.append(Cell(number, column, 1, 1, union(w.box for w in own), own))
    return Table(cells, union(w.box for w in words), edges) if len(rows) > 1 else None


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Join rules that lie on one line and touch: tables are often drawn cell by cell."""
    out: list[Rule] = []
    for is_level in (True, False):
        mine = sorted((r for r in rules if r.is_level is is_level), key=lambda r: (r.at, r.start))
        lines: list[list[Rule]] = []
        for rule in mine:
            if lines and rule.at - lines[-1][0].at <= _NEAR:
                lines[-1].append(rule)
            else:
                lines.append([rule])
        for line in lines:
            at = line[0].at
            start, end = None, 0.0
            for rule in sorted(line, key=lambda r: r.start):
                if start is None:
                    start, end = rule.start, rule.end
                elif rule.start <= end + _NEAR:
                    end = max(end, rule.end)
                else:
                    out.append(Rule(is_level, at, start, end))
                    start, end = rule.start, rule.end
            if start is not None:
                out.append(Rule(is_level, at, start, end))
    return [rule for rule in out if rule.end - rule.start > _NEAR]


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Return rules by grid: those that meet, directly or through others."""
    level = [r for r in rules if r.is_level]
    upright = [r for r in rules if not r.is_level]
    parent = {id(r): id(r) for r in rules}

    def root(key: int) -> int:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for a in level:
        for b in upright:
            if _meets(a, b):
                parent[root(id(a))] = root(id(b))
    groups: dict[int, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(root(id(rule)), []).append(rule)
    return sorted(
        (g for g in groups.values() if sum(r.is_level for r in g) >= 3 and sum(not r.is_level for r in g) >= 3),
        key=lambda g: (min(r.at for r in g if r.is_level), min(r.at for r in g if not r.is_level)),
    )


def _meets(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _grid(rules: list[Rule]) -> Table | None:
    ys = sorted({r.at for r in rules if r.is_level})
    xs = sorted({r.at for r in rules if not r.is_level})
    height, width = len(ys) - 1, len(xs) - 1
    if not 2 <= height <= _MAX_SIDE or not 2 <= width <= _MAX_SIDE:
        return None
    level: dict[float, list[Rule]] = {}
    upright: dict[float, list[Rule]] = {}
    for rule in rules:
        (level if rule.is_level else upright).setdefault(rule.at, []).append(rule)
    taken = [[False] * width for _ in range(height)]
    cells = []
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            right, below = column + 1, row + 1
            while right < width and not _lies(upright[xs[right]], ys[row], ys[row + 1]) and not taken[row][right]:
                right += 1
            while below < height and not _lies(level[ys[below]], xs[column], xs[right]):
                below += 1
            for r in range(row, below):
                for c in range(column, right):
                    taken[r][c] = True
            box = Box(xs[column], ys[row], xs[right], ys[below])
            cells.append(Cell(row + 1, column + 1, below - row, right - column, box))
    if len(cells) < 4:
        return None
    return Table(cells, Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs))


def _split_rows(table: Table) -> Table:
    """Part rows that no rule parts: where each cell has as many lines as the others, and one column is all numbers."""
    cells: list[Cell] = []
    more = 0
    for row in sorted({c.row for c in table.cells}):
        own = [c for c in table.cells if c.row == row]
        lines = {id(c): level_rows(c.words) for c in own}
        counts = {len(lines[id(c)]) for c in own if c.words}
        count = next(iter(counts)) if len(counts) == 1 else 0
        spans = any(c.rows > 1 or (c.columns > 1 and c.words) for c in own)
        numbers = (all(map(_is_number, lines[id(c)])) for c in own if c.words)
        if count < 3 or spans or len([c for c in own if c.words]) < 2 or not any(numbers):
            for cell in own:
                cell.row += more
            cells += own
            continue
        for at in range(count):
            cells += [
                Cell(row + more + at, c.column, 1, 1, union(w.box for w in lines[id(c)][at]), lines[id(c)][at])
                for c in own
                if c.words
            ]
        more += count - 1
    return Table(cells, table.box, table.edges)


def _is_number(words: list[Word]) -> bool:
    text = "".join(word.text for word in words)
    return 2 * sum(map(str.isdigit, text)) >= len(text)


def _lies(rules: list[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERED * (end - start)
