"""Coverage as a drawing: a line for each country from the earliest page of its first language to that of its last.

In: coverages. Out: lines with marks on an axis of time, for a template to draw as SVG. The table beside it says the
same; a country without a dated page has no line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.publish.coverage import Coverage, First
from overt.publish.timeline import Axis, axis

WIDTH, LEFT, RIGHT = 960, 200, 250  # units; names of countries stand on the left, of languages on the right
_ROW, _TOP = 34, 34


@dataclass(frozen=True, slots=True)
class Mark:
    """The earliest page of one language: from `x` over `width` units where its date means more than a day."""

    first: First
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    """A country at height `y`: its marks in order of time, and where the line between them begins and ends."""

    coverage: Coverage
    y: int
    marks: tuple[Mark, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spans:
    """The drawing: its axis, lines and height."""

    axis: Axis
    lines: tuple[Line, ...]
    height: int


def spans(found: Sequence[Coverage]) -> Spans | None:
    """Return the drawing of coverages; None where no page has a date."""
    dated = [one for one in found if one.earliest]
    scale = axis((f.statement.published or "" for one in dated for f in one.earliest), LEFT, WIDTH - LEFT - RIGHT)
    if scale is None:
        return None
    lines = []
    for at, one in enumerate(dated):
        marks = []
        for first in one.earliest:
            start, end = scale.stretch(first.statement.published or "")
            marks.append(Mark(first, start, end - start))
        ends = [mark.x + mark.width for mark in marks]
        lines.append(Line(one, _TOP + _ROW // 2 + at * _ROW, tuple(marks), min(m.x for m in marks), max(ends)))
    return Spans(scale, tuple(lines), _TOP + _ROW * len(lines) + 8)
