"""An axis of time for drawings: days to units, and the years or months that stand below it.

In: days and a width. Out: places and ticks. A date that means many days (a year, a month) is a stretch, never a point.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from overt.model.edtf import span

_TICKS = 9  # as many as can be read side by side
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)  # months between two ticks


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis: its place and its date, as a year or as year and month."""

    x: int
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first day to the last, drawn from `left` over `width` units."""

    first: date
    last: date
    left: int
    width: int

    def x(self, day: date) -> int:
        """Return where a day stands; days outside stand at the ends."""
        whole = max(1, (self.last - self.first).days)
        return self.left + round(min(max((day - self.first).days, 0), whole) * self.width / whole)

    def stretch(self, text: str) -> tuple[int, int]:
        """Return where the days begin and end that an EDTF date may mean."""
        first, last = span(text)
        return self.x(first), self.x(last)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The ticks: beginnings of months that are whole steps apart, counted from the year 0."""
        months = [(self.first.year * 12 + self.first.month - 1), (self.last.year * 12 + self.last.month - 1)]
        step = next((s for s in _STEPS if (months[1] - months[0]) // s < _TICKS), _STEPS[-1])
        out = []
        for month in range(months[0] - months[0] % step, months[1] + 1, step):
            day = date(month // 12, month % 12 + 1, 1)
            if day >= self.first:
                label = f"{day.year:04d}" if step % 12 == 0 else f"{day.year:04d}-{day.month:02d}"
                out.append(Tick(self.x(day), label))
        return tuple(out)


def axis(dates: Iterable[str], left: int, width: int) -> Axis | None:
    """Return the axis that holds all days that EDTF dates may mean; None without dates. Open ends are left out."""
    days = [day for text in dates for day in span(text) if date.min < day < date.max]
    return Axis(min(days), max(days), left, width) if days else None
