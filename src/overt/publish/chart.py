"""Reported counts beside the recount over time, as a drawing: a step line of ours, and a mark for each quoted number.

In: a book, labels and the quoted numbers of its page. Out: a chart for each unit of which a quoted number counts the
same as the recount does. Numbers of a part, of an operator or of a place are not drawn beside a line that is about all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from overt.publish import rows
from overt.publish.book import Book
from overt.publish.labels import Labels
from overt.publish.lettering import letter, lines, width
from overt.publish.rows import Recount, ReportedView
from overt.publish.timeline import Axis, axis
from overt.weigh import rules

WIDTH, HEIGHT = 960, 400
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 34, 36
_LETTER = 14
_LABEL = 26.0  # ems of a label beside its mark
_TICKS = (1, 2, 5)  # and their tenfolds: round numbers on the axis
# Where a label may stand beside its mark, best first.
_AROUND = tuple((dx, dy) for dy in (5, -11, 21, -27, 37) for dx in (12, -12))
BAR = 320  # width of the longest bar, in units


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on the recount is this number, until the next step."""

    day: str
    recount: Recount
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Point:
    """A quoted number: the lines of the table that give it (`items`, the earliest first), and its label's place."""

    letter: str
    items: tuple[ReportedView, ...]
    x: int
    y: int
    label: str
    label_x: int
    label_y: int
    anchor: str

    @property
    def item(self) -> ReportedView:
        """The line that is drawn: of one number of one root, the earliest."""
        return self.items[0]


@dataclass(frozen=True, slots=True)
class Chart:
    """One unit over time. `d` is the step line's path; `levels` are (number, height) of the lines behind it.

    `days` holds the recount of each step of any unit, `steps` those on which it changes in this one.
    """

    unit: str
    axis: Axis
    levels: tuple[tuple[int, int], ...]
    days: dict[str, Recount]
    steps: tuple[Step, ...]
    d: str
    points: tuple[Point, ...]


def charts(book: Book, labels: Labels, reported: Sequence[ReportedView]) -> tuple[Chart, ...]:
    """Return the charts, that of the sites first; none where no quoted number can stand beside the recount."""
    units = rules().units
    comparable = [
        item
        for item in reported
        if item.recount is not None
        and item.day
        and item.statement.where is None
        and (item.statement.value.unit or "") in units
    ]
    found: dict[str, list[tuple[ReportedView, ...]]] = {}
    for group in rows.told_once(comparable):
        found.setdefault(group[0].statement.value.unit or "", []).append(group)
    order = sorted(found, key=lambda unit: (units.get(unit) != "rows", unit))
    letters = map(letter, count())
    return tuple(_chart(book, labels, unit, found[unit], letters) for unit in order)


def _chart(
    book: Book, labels: Labels, unit: str, groups: list[tuple[ReportedView, ...]], letters: Iterator[str]
) -> Chart:
    listed = rules().units[unit]
    days = {day: _recount(book, labels, day, listed) for day in book.steps}
    sizes = {day: recount.number for day, recount in days.items()}
    ends = [*book.steps, *(item.day or "" for group in groups for item in group[:1]), *filter(None, [book.as_of])]
    scale = axis(ends, LEFT, WIDTH - LEFT - RIGHT)
    assert scale is not None  # every quoted number here has a day
    most = max([1, *sizes.values(), *(int(group[0].number) for group in groups)])
    each = _round(most)
    top = -(-most // each) * each

    def y(number: float) -> int:
        return HEIGHT - BOTTOM - round(number * (HEIGHT - TOP - BOTTOM) / top)

    steps, before = [], 0
    d = f"M{LEFT} {y(0)}"
    for day, number in sizes.items():
        if number != before:
            x = scale.x(date.fromisoformat(day))
            steps.append(Step(day, days[day], x, y(number)))
            d += f"H{x}V{y(number)}"
        before = number
    d += f"H{LEFT + scale.width}"
    taken = {(s.x - 6, s.y - 6, s.x + 6, s.y + 6) for s in steps}
    places = [(scale.x(date.fromisoformat(g[0].day or "")), y(g[0].number)) for g in groups]
    taken |= {(px - 7, py - 7, px + 7, py + 7) for px, py in places}
    points = []
    for group, (px, py) in zip(groups, places, strict=True):
        name = next(letters)
        voice = labels.plain(labels.voice(group[0].statement.voice), group[0].statement)
        whole = f"{name} · {labels.number(group[0].statement)}{labels.words('label.comma')}{voice}"
        label, at_x, at_y, anchor = _beside(lines(whole, _LABEL, 1)[0], name, px, py, taken)
        points.append(Point(name, group, px, py, label, at_x, at_y, anchor))
    levels = tuple((number, y(number)) for number in range(0, top + 1, each))
    return Chart(unit, scale, levels, days, tuple(steps), d, tuple(points))


def _recount(book: Book, labels: Labels, day: str, listed: str) -> Recount:
    made = book.recounts[day]
    return Recount(rows.lengths(book, labels, made)[listed], rows.page_name(book, made), listed)


def _round(most: int) -> int:
    """Return the distance of lines of which at most six lie below the highest number."""
    ten = 1
    while True:
        for tick in _TICKS:
            if most <= 6 * tick * ten:
                return tick * ten
        ten *= 10


Taken = set[tuple[int, int, int, int]]


def _beside(label: str, short: str, x: int, y: int, taken: Taken) -> tuple[str, int, int, str]:
    """Return a label's words, place and anchor: the whole one where it lies on nothing, else its letter."""
    for words in (label, short):
        wide = round(width(words) * _LETTER)
        for dx, dy in _AROUND:
            left = x + dx if dx > 0 else x + dx - wide
            box = (left, y + dy - _LETTER, left + wide, y + dy + 3)
            is_inside = box[0] >= LEFT and box[2] <= WIDTH - RIGHT and box[1] >= 0 and box[3] <= HEIGHT - BOTTOM
            if is_inside and not any(_meet(box, other) for other in taken):
                taken.add(box)
                return words, x + dx, y + dy, "start" if dx > 0 else "end"
    return "", x, y, "start"


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def bars(reported: Sequence[ReportedView]) -> list[tuple[ReportedView, int, int]]:
    """Return (line, width of the quoted bar, width of the recount's) of the numbers of one country or city."""
    seen: dict[tuple[object, ...], ReportedView] = {}
    for item in reported:
        if item.recount is not None and item.recount.number and item.statement.where is not None:
            voice = item.statement.voice
            key = (item.number, item.statement.value.unit, item.day, item.recount, voice.organisation, voice.role)
            seen.setdefault(key, item)  # one number of one voice is drawn once, however many pages repeat it
    compared = list(seen.values())
    most = max([1, *(int(i.number) for i in compared), *(i.recount.number for i in compared if i.recount)])
    return [(i, int(i.number) * BAR // most, i.recount.number * BAR // most) for i in compared if i.recount]
