"""Dates as EDTF strings (year, month or day precision; `~`, `?`; intervals), as calendar days without a zone.

A date stays a string in every noun; the functions here say which days it may mean.
Source: Extended Date/Time Format, Library of Congress 2019, levels 0 and 1 as far as printed pages need them.
"""

import calendar
import re
from datetime import date
from functools import lru_cache

_ONE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")


def _days(part: str) -> tuple[date, date]:
    found = _ONE.fullmatch(part)
    if not found:
        raise ValueError(f"not an EDTF date: {part!r} (expected YYYY, YYYY-MM or YYYY-MM-DD)")
    year, month, day = int(found[1]), found[2], found[3]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if not day:
        return date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1])
    return date(year, int(month), int(day)), date(year, int(month), int(day))


@lru_cache(maxsize=4096)  # a case has few days and asks for them often
def span(text: str) -> tuple[date, date]:
    """Return the first and the last day that an EDTF date or interval may mean.

    Open ends (`..`) become the first or last day that Python can hold.

    Raises:
        ValueError: where `text` is not EDTF of the forms above.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _days(first)
    start = date.min if first in ("", "..") else _days(first)[0]
    end = date.max if last in ("", "..") else _days(last)[1]
    if start > end:
        raise ValueError(f"not an EDTF interval: {text!r} ends before it begins")
    return start, end


def is_edtf(text: str) -> bool:
    """True where `span` would accept `text`."""
    try:
        span(text)
    except ValueError:
        return False
    return True


def agree(one: str, other: str) -> bool:
    """True where two dates can both be right: `2018` and `2018-05` agree, `2018` and `2019` do not."""
    a, b = span(one), span(other)
    return a[0] <= b[1] and b[0] <= a[1]


def said_by(published: str | None, day: str) -> bool | None:
    """Was a page of this date public by the end of `day`? None where its interval ends after it or it has no date."""
    if published is None:
        return None
    earliest, latest = span(published)
    limit = span(day)[1]
    if latest <= limit:
        return True
    return False if earliest > limit else None
