"""Dates in a text, as EDTF: absolute ones, and relative ones where the page's date is known.

The grammars of spaced languages and of Chinese yield dates as they stand; here overlapping ones are settled, what is
left out is filled in, and two dates with a link between them become an interval.
"""

import re

import msgspec

from overt.model.edtf import is_edtf, span
from overt.words import dates_han, dates_spaced
from overt.words.moment import Moment, Page, completed, page
from overt.words.scripts import has_cjk, narrow, simplify


class DateSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A date as it stands, with its EDTF form (a day, month, year, each perhaps with `~`, or an interval)."""

    start: int
    end: int
    edtf: str
    words: str


_HAN_LINK = re.compile(r"\s?(?:至|到|[-–—~～])\s?")
_DASH = re.compile(r"\s?[–—-]\s?")


def dates(text: str, language: str | None, published: str | None) -> list[DateSpan]:
    """Return the dates of `text`, in order, without overlaps.

    Args:
        text: any text; offsets are code points of it.
        language: its language tag, or None (then English, and Chinese where the characters are Han).
        published: the page's date as EDTF, or None. Relative dates ("last month", 昨日) and dates without a year are
            given only with it: the last such one not after its last day. Days ("on Monday") need it to about a week.
    """
    base = (language or "en").split("-")[0].lower()
    here = page(published)
    flat = simplify(narrow(text))
    found: list[Moment] = []
    taken: set[int] = set()
    sources = [dates_han.moments(flat, here)] if has_cjk(text) else []
    sources.append(dates_spaced.moments(flat, "en" if base in ("zh", "ja", "ko") else base, here))
    for source in sources:
        for moment in source:
            if taken.isdisjoint(range(moment.start, moment.end)):
                taken.update(range(moment.start, moment.end))
                found.append(moment)
    found.sort(key=lambda moment: moment.start)
    return _spans(text, flat, "en" if base in ("zh", "ja", "ko") else base, found, here)


def _spans(text: str, flat: str, base: str, found: list[Moment], here: Page | None) -> list[DateSpan]:
    out: list[DateSpan] = []
    before: str | None = None
    at = 0
    while at < len(found):
        moment = found[at]
        joined = _joined(flat, base, moment, found[at + 1], before, here) if at + 1 < len(found) else None
        if joined is not None:
            last = found[at + 1].end
            out.append(DateSpan(start=moment.start, end=last, edtf=joined, words=text[moment.start : last]))
            before = joined
            at += 2
            continue
        edtf = completed(moment, before, here)
        if edtf is not None and is_edtf(edtf):
            before = edtf
            out.append(DateSpan(start=moment.start, end=moment.end, edtf=edtf, words=text[moment.start : moment.end]))
        at += 1
    return out


def _joined(flat: str, base: str, first: Moment, last: Moment, before: str | None, here: Page | None) -> str | None:
    """Return the interval of two dates where the words make one of them: "from 2016 to 2019", 4月至7月."""
    between = flat[first.end : last.start]
    if len(between) > 24:
        return None
    rules = dates_spaced.grammar(base)
    opened = rules.opener.search(flat[max(0, first.start - 16) : first.start])
    linked = opened and rules.link.fullmatch(between)
    if not linked and not _HAN_LINK.fullmatch(between) and not _DASH.fullmatch(between):
        return None
    end = completed(last, before, here)
    start = completed(first, before, here)
    if end is None or "/" in end:
        return None
    if first.year is None and first.years_back is None and first.edtf is None and not first.same_month and first.month:
        # "from April to July 2022": the year stands once, at the end
        ends, month = span(end)[0], first.month
        year = ends.year if (month, first.day or 0) <= (ends.month, ends.day) else ends.year - 1
        start = completed(msgspec.structs.replace(first, year=year), before, here)
    if start is None or "/" in start:
        return None
    interval = f"{start.rstrip('~')}/{end.rstrip('~')}"
    return interval if is_edtf(interval) and start != end else None
