"""The recount over time: the days on which it changes, by what was publicly said by then.

In: the statements that counts are made on, and a function that counts as of a day. Out: day -> count, of those days on
which the number of rows, or of their countries or cities, is another than before.
"""

from collections.abc import Callable, Iterable
from datetime import date

from overt.model import Count, Statement
from overt.model.edtf import is_edtf, span

# A step has a page that lists its rows, so that its number can be opened; more steps are not read from a chart.
MOST = 24
_CUTS = (10, 7, 4)  # characters of a date: the last day of each day, month, year


def steps(statements: Iterable[Statement], until: str | None, count: Callable[[str], Count]) -> dict[str, Count]:
    """Return the counts of the days on which the recount changes, in order of time.

    Args:
        statements: those that counts are made on; what may change a count is dated by their pages.
        until: the last day, where one was asked for.
        count: day -> the count as of that day.

    Where there are more than `MOST` steps, those at the ends of months stand for all, or of years.
    """
    last = span(until)[1] if until else date.max
    days = sorted({day for s in statements if s.published and is_edtf(s.published) and (day := span(s.published)[1])})
    days = [day for day in days if day <= last and day < date.max]
    found: dict[str, Count] = {}
    for cut in _CUTS:
        ends = {day.isoformat()[:cut]: day.isoformat() for day in days}
        found = _changes({day: found.get(day) or count(day) for day in ends.values()})
        if len(found) <= MOST:
            break
    return found


def _changes(counts: dict[str, Count]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    before = (0, 0, 0)
    for day, made in counts.items():
        now = size(made)
        if now != before:
            found[day] = made
        before = now
    return found


def size(made: Count) -> tuple[int, int, int]:
    """Return how many rows, countries and cities a count has."""
    countries, places = {row.country for row in made.rows}, {row.place for row in made.rows}
    return made.low, len(countries - {None}), len(places - {None})
