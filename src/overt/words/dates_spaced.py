"""Dates in languages that write spaces between words: one small grammar, filled with the words of each language."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

import msgspec

from overt.words.moment import Moment, Page, is_day, week, weekday_before
from overt.words.tables import load


class _Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    before_month: tuple[str, ...]
    before_year: tuple[str, ...]
    about: tuple[str, ...]
    of: tuple[str, ...]
    openers: tuple[str, ...]
    links: tuple[str, ...]
    today: tuple[str, ...]
    yesterday: tuple[str, ...]
    this_year: tuple[str, ...]
    last_year: tuple[str, ...]
    this_month: tuple[str, ...]
    last_month: tuple[str, ...]
    this_week: tuple[str, ...]
    last_week: tuple[str, ...]
    not_weekday: tuple[str, ...]


class Grammar(msgspec.Struct, frozen=True):
    """The compiled patterns of one language, and what its words mean."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    opener: re.Pattern[str]
    link: re.Pattern[str]
    no_weekday: re.Pattern[str]


_YEAR = r"(?P<y>(?:19|20)\d\d)(?![\d.,]\d|\d|\s?(?:%|€|\$))"
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|º|°|ª|\.)?"
# Months that are other words too are believed only with a day, a year or one of these right before them.
_PLAIN_MONTHS = {"en": ("May", "March"), "es": (), "fr": ("mars",)}
_BARE_YEARS = frozenset({"de"})  # "wurde 2014 eröffnet": a year stands without a preposition
_LAST = "last|past|pasado|vergangenen|letzten|afgelopen|scorso|minul[ýé]"
_SURE_BEFORE = r"(?:in|since|until|during|last|this|early|late|mid|en|depuis|début|fin)"


def _any(words: tuple[str, ...]) -> str:
    if not words:
        return r"(?!)"
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest) + ")"


@lru_cache(maxsize=1)
def _calendars() -> dict[str, _Calendar]:
    return load("calendar", dict[str, _Calendar])


@lru_cache(maxsize=16)
def grammar(base: str) -> Grammar:
    """Return the grammar of a language, the English one where there is none for it."""
    words = _calendars().get(base, _calendars()["en"])
    flags = 0 if base in ("en", "de") or base not in _calendars() else re.IGNORECASE
    lower = str.lower if flags else str
    months = {lower(form): at for at, forms in enumerate(words.months, 1) for form in forms}
    weekdays = {lower(form): at for at, forms in enumerate(words.weekdays) for form in forms}
    month = rf"(?P<m>{_any(tuple(f for forms in words.months for f in forms))})(?!\w)\.?"
    joint = rf"(?:\s{{1,3}}{_any(words.of)})?" if words.of else ""
    about = rf"(?P<about>(?i:{_any(words.about)}))[\s-]+"
    year = rf"(?:,?{joint}\s{{1,3}}{_YEAR}|,?\s{{1,3}}(?P<rel>(?i:{_any(words.this_year + words.last_year)})))"
    weekday = (
        rf"(?:{_any(tuple(f for forms in words.weekdays for f in forms))},?\s{{1,3}}(?:(?:den|the|el|le)\s{{1,3}})?)?"
    )
    year_word = r"(?:roku\s{1,3}|Jahr\s{1,3}|des\s{1,3}Jahres\s{1,3}|del\s{1,3}año\s{1,3}|year\s{1,3})?"
    day_behind = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|[,.]\d|\s?[-–]\s?\d)"
    weekday_word = rf"(?P<w>{_any(tuple(f for forms in words.weekdays for f in forms))})"
    numeric = r"(?P<d>[0-3]?\d)(?P<sep>[./])\s?(?P<n>[01]?\d)(?P=sep)\s?(?P<y>(?:19|20)\d\d)"
    sources = (
        ("iso", r"(?<![\d/-])(?P<y>(?:19|20)\d\d)-(?P<n>[01]\d)-(?P<d>[0-3]\d)(?![\d-])"),
        ("numeric", rf"(?<![\d./-]){numeric}(?!\d|[./]\d)"),
        ("days", rf"(?<![\w.,]){weekday}{_DAY}\s?[-–—]\s?(?P<d2>[0-3]?\d)\.?{joint}\s{{1,3}}{month}{year}?"),
        ("day", rf"(?<![\w.,/]){weekday}{_DAY}{joint}\s{{1,3}}{month}(?:{year})?"),
        ("day", rf"(?<!\w){weekday}{month}\s{{1,3}}(?:the\s)?{day_behind}(?:{year})?"),
        ("days", rf"(?<!\w){month}\s{{1,3}}{_DAY}\s?[-–—]\s?(?P<d2>[0-3]?\d)(?!\d)(?:{year})?"),
        ("month", rf"(?<!\w)(?:{about})?{month}{year}"),
        ("month", rf"(?<!\w)(?:{about}){month}"),
        ("lone", rf"(?<!\w)(?P<before>(?i:{_any(words.before_month)}))\s{{1,3}}{month}(?!\s{{1,3}}\d)"),
        ("year", rf"(?<!\w){about}(?:{_any(words.of)}\s{{1,3}})?{year_word}{_YEAR}"),
        ("years", r"(?<![\d.,])(?P<y>(?:19|20)\d\d)\s?[-–—]\s?(?P<y2>(?:19|20)\d\d)(?![\d.,-]\d|\d)"),
        ("lone_year", rf"(?<!\w)(?P<before>(?i:{_any(words.before_year)}))\s{{1,3}}{_YEAR}"),
        ("lone_year", rf"(?P<before>\(){_YEAR}(?=\))"),
        *((("bare_year", rf"(?<![\w.,/–-]\s)(?<![\w.,/–-]){_YEAR}(?![\w/–-])"),) if base in _BARE_YEARS else ()),
        # "el pasado mes de octubre" names its month: it is not "last month"
        *((name, rf"(?<!\w)(?i:{_any(getattr(words, name))})(?!\w|\s(?:de|di)\s)") for name in _RELATIVE),
        ("weekday", rf"(?<!\w)(?:(?P<last>(?i:{_LAST}))\s)?{weekday_word}(?!\w)"),
    )
    return Grammar(
        patterns=tuple((name, re.compile(source, flags)) for name, source in sources),
        months=months,
        weekdays=weekdays,
        opener=re.compile(rf"(?<!\w)(?i:{_any(words.openers)})\s{{1,3}}(?:(?:the|el|le|den|dem|il)\s{{1,3}})?$"),
        link=re.compile(rf"\s{{1,3}}(?i:{_any(words.links)})\s{{1,3}}(?:(?:the|el|le|zum|il)\s{{1,3}})?"),
        no_weekday=re.compile(rf"(?i:{_any(words.not_weekday)})\s{{1,3}}$"),
    )


_RELATIVE = ("this_year", "last_year", "this_month", "last_month", "this_week", "last_week", "today", "yesterday")


def moments(text: str, base: str, here: Page | None) -> Iterator[Moment]:
    """Yield the dates of `text` as found, in the order of the patterns: earlier ones go before later ones."""
    rules = grammar(base)
    fold = str.lower if base not in ("en", "de") and base in _calendars() else str
    for name, pattern in rules.patterns:
        for found in pattern.finditer(text):
            got = found.groupdict()
            start = found.start()
            month = rules.months.get(fold(got["m"])) if got.get("m") else None
            year = int(got["y"]) if got.get("y") else None
            back = _years_back(got.get("rel"), base)
            if name in ("lone", "lone_year"):
                start = (
                    found.end("before") + len(text[found.end("before") :]) - len(text[found.end("before") :].lstrip())
                )
            if name == "iso":
                yield from _day(start, found.end(), year, int(got["n"]), int(got["d"]))
            elif name == "numeric":
                yield from _numeric(start, found.end(), int(got["d"]), int(got["n"]), int(got["y"]), base)
            elif name == "day":
                yield from _day(start, found.end(), year, month, int(got["d"]), back)
            elif name == "days":
                yield from _days(start, found.end(), year, month, int(got["d"]), int(got["d2"]), here, back)
            elif name in ("month", "lone"):
                plain = name == "lone" and got["m"] in _PLAIN_MONTHS.get(base, ())
                if plain and not re.fullmatch(_SURE_BEFORE, got["before"], re.IGNORECASE):
                    continue
                about = bool(got.get("about"))
                yield Moment(start=start, end=found.end(), year=year, month=month, years_back=back, about=about)
            elif name in ("year", "lone_year", "bare_year"):
                yield Moment(start=start, end=found.end(), year=year, about=name == "year")
            elif name == "years":
                if int(got["y"]) < int(got["y2"]):
                    yield Moment(start=start, end=found.end(), edtf=f"{got['y']}/{got['y2']}")
            elif name == "weekday":
                if here and here.to_the_day and not rules.no_weekday.search(text[max(0, start - 14) : start]):
                    day = weekday_before(here.last, rules.weekdays[fold(got["w"])], bool(got["last"]))
                    yield Moment(start=start, end=found.end(), edtf=day.isoformat())
            elif here is not None:
                yield from _relative(name, start, found.end(), here)


def _years_back(words: str | None, base: str) -> int | None:
    if words is None:
        return None
    calendar = _calendars().get(base, _calendars()["en"])
    return 1 if " ".join(words.lower().split()) in calendar.last_year else 0


def _day(
    start: int, end: int, year: int | None, month: int | None, day: int, back: int | None = None
) -> Iterator[Moment]:
    if month is not None and is_day(year or 2000, month, day):
        yield Moment(start=start, end=end, year=year, month=month, day=day, years_back=back)


def _numeric(start: int, end: int, first: int, second: int, year: int, base: str) -> Iterator[Moment]:
    """13/9/2022 is the 13th of September; 9/10/2022 in English may be two days, and is none."""
    if base == "en" and first <= 12 and second <= 12 and first != second:
        return
    day, month = (second, first) if base == "en" and second > 12 else (first, second)
    yield from _day(start, end, year, month, day)


def _days(
    start: int,
    end: int,
    year: int | None,
    month: int | None,
    first: int,
    last: int,
    here: Page | None,
    back: int | None,
) -> Iterator[Moment]:
    if year is None and here is not None:
        year = here.last.year - (back or 0)
        if back is None and month is not None and month > here.last.month:
            year -= 1
    if year and month and first < last and is_day(year, month, first) and is_day(year, month, last):
        stem = f"{year:04d}-{month:02d}-"
        yield Moment(start=start, end=end, edtf=f"{stem}{first:02d}/{stem}{last:02d}")


def _relative(name: str, start: int, end: int, here: Page) -> Iterator[Moment]:
    last = here.last
    if name == "this_year":
        yield Moment(start=start, end=end, year=last.year)
    elif name == "last_year":
        yield Moment(start=start, end=end, year=last.year - 1)
    elif name == "this_month":
        yield Moment(start=start, end=end, year=last.year, month=last.month)
    elif name == "last_month":
        month = last.replace(day=1) - timedelta(days=1)
        yield Moment(start=start, end=end, year=month.year, month=month.month)
    elif here.to_the_day:
        if name == "today":
            yield Moment(start=start, end=end, edtf=last.isoformat())
        elif name == "yesterday":
            yield Moment(start=start, end=end, edtf=(last - timedelta(days=1)).isoformat())
        else:
            yield Moment(start=start, end=end, edtf=week(last, int(name == "last_week"), last))


@lru_cache(maxsize=16)
def calendar_words(base: str) -> frozenset[str]:
    """The names of months and weekdays in a language, in lower case, without those that are other words too."""
    words = _calendars().get(base)
    if words is None:
        return frozenset()
    forms = {form for group in (*words.months, *words.weekdays) for form in group}
    return frozenset(form.lower() for form in forms - set(_PLAIN_MONTHS.get(base, ())))
