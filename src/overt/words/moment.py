"""A date as it was found, with what it lacks; and the page's date, from which that is filled in."""

import calendar
from datetime import date, timedelta

import msgspec

from overt.model.edtf import span


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A date as found. What the words leave out is None.

    `years_back`: the year is the page's year minus this. `edtf`: already complete (a week, an interval).
    `same_year`, `same_month`: what is left out is that of the date before it (同年, a lone 22日).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    about: bool = False
    years_back: int | None = None
    edtf: str | None = None
    same_year: bool = False
    same_month: bool = False


class Page(msgspec.Struct, frozen=True):
    """The page's date: its last day, and whether it is known to the day (to about a week), so that days count."""

    last: date
    to_the_day: bool


_WEEK = 7


def page(published: str | None) -> Page | None:
    """Return the page's date of an EDTF string; an interval counts by its last day. None where there is none."""
    if not published:
        return None
    try:
        first, last = span(published)
    except ValueError:
        return None
    if last == date.max:
        return None
    return Page(last, (last - first).days < _WEEK)


def is_day(year: int, month: int, day: int | None = None) -> bool:
    """True where the calendar has this day (or month)."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return False
    return day is None or 1 <= day <= calendar.monthrange(year, month)[1]


def written(year: int, month: int | None, day: int | None, about: bool) -> str | None:
    """Return the EDTF string of these parts, None where the calendar has no such day."""
    if month is None:
        text = f"{year:04d}"
    elif not is_day(year, month, day):
        return None
    elif day is None:
        text = f"{year:04d}-{month:02d}"
    else:
        return f"{year:04d}-{month:02d}-{day:02d}"
    return text + "~" if about else text


def week(of: date, weeks_back: int, last: date | None = None) -> str:
    """Return the week (Monday to Sunday, or to `last`) some weeks before that of a day, as an interval."""
    monday = of - timedelta(days=of.weekday() + 7 * weeks_back)
    sunday = monday + timedelta(days=6)
    end = min(sunday, last) if last else sunday
    return monday.isoformat() if monday == end else f"{monday.isoformat()}/{end.isoformat()}"


def weekday_before(last: date, weekday: int, strictly: bool = False) -> date:
    """Return the latest day of this weekday (Monday is 0) not after `last`, or before it."""
    back = (last.weekday() - weekday) % 7
    return last - timedelta(days=back or (7 if strictly else 0))


def completed(moment: Moment, before: str | None, here: Page | None) -> str | None:
    """Return the EDTF string of a date, filled in from the date before it and the page's; None where nothing tells.

    A month or day without a year is the last such one that is not after the page's date.
    """
    if moment.edtf is not None:
        return moment.edtf
    year, month, day = moment.year, moment.month, moment.day
    if moment.same_year:
        if before is None:
            return None
        year = int(before[:4])
    if moment.same_month:
        if (
            before is not None
            and len(before) >= 7
            and day is not None
            and is_day(int(before[:4]), int(before[5:7]), day)
        ):
            return written(int(before[:4]), int(before[5:7]), day, moment.about)
        return last_day(day, here) if day is not None else None
    if moment.years_back is not None:
        if here is None:
            return None
        year = here.last.year - moment.years_back
    if year is not None:
        return written(year, month, day, moment.about)
    if month is None or here is None:
        return None
    for back in range(8):  # 29 February: the last leap year lies at most eight years back
        year = here.last.year - back
        if is_day(year, month, day) and date(year, month, day or 1) <= here.last:
            return written(year, month, day, moment.about)
    return None


def last_day(day: int, here: Page | None) -> str | None:
    """Return the last such day of a month that is not after the page's date."""
    if here is None or not here.to_the_day:
        return None
    at = here.last
    for _ in range(3):
        if is_day(at.year, at.month, day) and date(at.year, at.month, day) <= here.last:
            return date(at.year, at.month, day).isoformat()
        at = at.replace(day=1) - timedelta(days=1)
    return None
