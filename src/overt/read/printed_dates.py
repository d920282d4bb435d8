"""Dates as pages print them, without the words around them: a day at a place of a line, a month or year alone.

In: a few characters of a page. Out: EDTF, no more precise than what is printed. A date that can be read in two ways
(03/04/2022) is none.
"""

import re
from functools import lru_cache

from babel import Locale

from overt.model.edtf import is_edtf
from overt.words import dates_han

_LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl", "cs")
_YEARS = ("1990", "2100")  # what a page's date can be; outside, the digits mean something else
# The year before the first one of an era: the Republic of China, Heisei, Reiwa.
_ERAS = {"民國": 1911, "民国": 1911, "平成": 1988, "令和": 2018}

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_HAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
_HAN_WORDS = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日號号]"
)
_ERA = re.compile(r"(?:中華)?(民國|民国|平成|令和)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|er|º|°)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_POINTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_DIGIT = re.compile(r"\d")
_REACH = 60  # characters within which a date with its weekday has a digit, unless in Chinese numerals
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})|(\d{4})\s?年\s?(\d{1,2})\s?月")
_MONTH_WORDS = re.compile(r"([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})")


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for name in _LOCALES:
        for width in ("wide", "abbreviated"):
            for style in ("format", "stand-alone"):
                for number, word in Locale(name).months[style][width].items():
                    found.setdefault(word.lower().rstrip("."), number)
    return found


@lru_cache(maxsize=1)
def _weekday() -> re.Pattern[str]:
    names = {
        word.rstrip(".")
        for name in _LOCALES
        for width in ("wide", "abbreviated")
        for word in Locale(name).days["format"][width].values()
        if len(word.rstrip(".")) > 2
    }
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})\.?,?\s+(?:den\s+|dem\s+|le\s+)?(?=\w)", re.IGNORECASE)


def date_at(text: str, start: int = 0) -> tuple[str, int] | None:
    """Return the EDTF day of a date that begins at `start`, perhaps after its weekday, and where it ends, or None."""
    if not text[start : start + 1].isalnum() and text[start : start + 1] != "○":
        return None
    head = text[start : start + _REACH]
    if head.isascii() and not _DIGIT.search(head):
        return None
    if not text[start].isdecimal() and (day := _weekday().match(text, start)):
        start = day.end()
    for pattern, order in ((_ISO, (1, 2, 3)), (_HAN, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        if found := pattern.match(text, start):
            year, month, day_of = (found[i] for i in order)
            number = int(month) if month.isdecimal() else _months().get(month.lower(), 0)
            if edtf := _day(int(year), number, int(day_of)):
                return edtf, found.end()
    if found := _POINTS.match(text, start):
        edtf = _day(int(found[3]), int(found[2]), int(found[1]))
    elif found := _SLASHES.match(text, start):
        edtf = _slashed(*(int(part) for part in found.groups()))
    elif found := _HAN_WORDS.match(text, start):
        year = dates_han.number(found[1].replace("○", "〇"))
        edtf = _day(year, dates_han.number(found[2]), dates_han.number(found[3]))
    elif found := _ERA.match(text, start):
        edtf = _day(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2])), int(found[3]), int(found[4]))
    else:
        return None
    return (edtf, found.end()) if edtf else None


def _slashed(one: int, two: int, year: int) -> str | None:
    """The day of numbers with slashes where they can be read in one way only."""
    if one > 12:
        return _day(year, two, one)
    return _day(year, one, two) if two > 12 or one == two else None


def _day(year: int, month: int, day: int) -> str | None:
    edtf = f"{year:04d}-{month:02d}-{day:02d}"
    return edtf if _YEARS[0] <= edtf[:4] < _YEARS[1] and is_edtf(edtf) else None


def part_of_date(text: str) -> str | None:
    """Return the EDTF month or year that `text` is as a whole ("2023-03", "2023", "septiembre de 2022"), or None."""
    text = text.strip()
    if _YEAR.fullmatch(text):
        edtf = text
    elif found := _MONTH.fullmatch(text):
        edtf = f"{found[1] or found[3]}-{int(found[2] or found[4]):02d}"
    elif found := _MONTH_WORDS.fullmatch(text):
        edtf = f"{found[2]}-{_months().get(found[1].lower(), 0):02d}"
    else:
        return None
    return edtf if _YEARS[0] <= edtf[:4] < _YEARS[1] and is_edtf(edtf) else None


def as_printed(edtf: str, page: str) -> str:
    """Return `edtf` as far as `page` prints it: what a library filled in from the clock is cut off.

    A day stands where year, month and day are printed together, a month where year and month are; else the year.
    """
    year, month, day = edtf[:4], int(edtf[5:7]), int(edtf[8:10])
    # Looking around each year alone takes a hundredth of the time.
    page = "\0".join(page[max(0, at.start() - _REACH) : at.end() + _REACH] for at in re.finditer(year, page))
    gap = r"[\s./_年년月월,-]{1,3}"
    name = "|".join(re.escape(word) for word, number in sorted(_months().items()) if number == month)
    d, m = rf"(?<!\d)0?{day}(?!\d)", rf"(?<!\d)(?:0?{month}(?!\d)|(?:{name})\w{{0,2}})"
    end = r"(?:st|nd|rd|th|er|º|°)?"
    in_full = (
        rf"{year}{gap}{m}{gap}{d}|{d}{end}[\s.,-]{{1,3}}(?:de\s+)?{m}[\s.,/-]{{1,3}}(?:de\s+|del\s+)?{year}"
        rf"|{d}[/]{m}[/]{year}|{m}[\s./]{{1,3}}{d}{end}[\s,/]{{1,3}}{year}|(?<!\d){year}{month:02d}{day:02d}"
    )
    if re.search(in_full, page, re.IGNORECASE):
        return edtf
    by_month = rf"{year}{gap}{m}|{m}[\s.,/-]{{1,3}}(?:de\s+|del\s+)?{year}(?!\d)|(?<!\d){year}{month:02d}(?!\d)"
    return edtf[:7] if re.search(by_month, page, re.IGNORECASE) else year
