"""Dates in Chinese and Japanese writing: 2022年9月13日, 今年1月, 昨(2日), 二〇二二年九月十三日, 本周三(10月26日)."""

import re
from collections.abc import Iterator
from datetime import timedelta

from overt.words.moment import Moment, Page, is_day, last_day, week, weekday_before

_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_N = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_Y = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
_REL = "今年|本年|去年|昨年|前年|同年|当年"
_BACK = {"今年": 0, "本年": 0, "去年": 1, "昨年": 1, "前年": 2}
_PART = "初|底|末|中旬|上旬|下旬|中|春季?|夏季?|秋季?|冬季?|上半年|下半年|年初|年底|年中|年末"

_YEAR = rf"(?:(?P<y>{_Y})\s?年|(?P<rel>{_REL})的?)"
_MONTH = rf"(?P<m>{_N})\s?月"
_DAY = rf"(?P<d>{_N})\s?[日号]"
_MONTH_PART = "(?P<part>份?(?:初|底|末|中旬|上旬|下旬))|份"
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天]"

# Texts are compared narrow and in Simplified form. Longer forms stand first.
_SOURCES = (
    ("years", rf"(?<!\d)(?P<y>{_Y})年?\s?(?:至|到|[-–—~～])\s?(?P<y2>{_Y})年"),
    ("full", rf"(?<![\d第]){_YEAR}\s?{_MONTH}(?:\s?{_DAY}|{_MONTH_PART})?"),
    ("full", rf"(?<![\d第]){_YEAR}(?P<part>{_PART})?"),
    ("full", r"(?<![\d./-])(?P<y>(?:19|20)\d\d)[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d|[-./]\d)"),
    ("full", rf"(?:本|这|上个?)?{_WEEKDAY}[(]{_MONTH}{_DAY}[)]"),
    # 月饼, 月光 and the like are no months
    ("full", rf"(?<![\d年第]){_MONTH}(?:\s?{_DAY}|{_MONTH_PART})?(?![牌饼球光亮嫂薪刊票])"),
    ("near", rf"(?P<near>昨|今|前)[日天]?[(](?P<d>{_N})日[)]"),
    ("near", r"(?P<near>昨|今|前)(?:日|天|晚|晨)(?![本后])"),
    ("week", r"(?P<week>上个?|本|这)(?:周|星期|礼拜)(?P<w>[一二三四五六日天])?(?![年刊边围])"),
    ("weekday", rf"(?<![本上下这每第一二三四两\d个])(?P<w>{_WEEKDAY})(?![年岁])"),
    ("month", r"(?P<month>上个?月|先月|本月|今月|这个月)(?:(?P<d>\d{1,2})[日号])?"),
    ("day", r"(?<![\d月第/])(?<!\d[.,])(?P<d>[0-3]?\d)日(?![本元均益游常前内圆币])"),
)
_PATTERNS = tuple((name, re.compile(source)) for name, source in _SOURCES)


def number(words: str) -> int:
    """Return the value of a day, month or year in digits or in Chinese numerals (十三, 二〇二二)."""
    if words.isdigit() and words.isascii():
        return int(words)
    if "十" in words or "廿" in words:
        head, _, tail = words.replace("廿", "二十").partition("十")
        return 10 * (_HAN_DIGITS.get(head, 1) if head else 1) + (_HAN_DIGITS.get(tail, 0) if tail else 0)
    value = 0
    for char in words:
        value = 10 * value + _HAN_DIGITS.get(char, 0)
    return value


def moments(flat: str, here: Page | None) -> Iterator[Moment]:
    """Yield the dates of `flat` (narrow, Simplified) as found: earlier patterns go before later ones."""
    for name, pattern in _PATTERNS:
        for found in pattern.finditer(flat):
            got = found.groupdict()
            start, end = found.start(), found.end()
            day = number(found["d"]) if got.get("d") else None
            if name == "years":
                first, last = number(found["y"]), number(found["y2"])
                if first < last:
                    yield Moment(start=start, end=end, edtf=f"{first:04d}/{last:04d}")
            elif name == "full":
                yield from _full(start, end, got, day)
            elif name == "day":
                yield Moment(start=start, end=end, day=day, same_month=True)
            elif name == "near":
                yield from _near(start, end, found["near"], day, here)
            elif here is not None and name == "month":
                month = here.last.replace(day=1)
                if got["month"] in ("上月", "上个月", "先月"):
                    month = (month - timedelta(days=1)).replace(day=1)
                if day is None or is_day(month.year, month.month, day):
                    yield Moment(start=start, end=end, year=month.year, month=month.month, day=day)
            elif here is not None and here.to_the_day:
                yield from _of_week(start, end, got, here)


def _full(start: int, end: int, got: dict[str, str | None], day: int | None) -> Iterator[Moment]:
    year = number(str(got["y"])) if got.get("y") else None
    month = number(str(got["m"])) if got.get("m") else None
    relative = got.get("rel")
    if month is not None and not is_day(year or 2000, month, day):
        return
    part = (got.get("part") or "").removeprefix("份")
    yield Moment(
        start=start,
        end=end,
        year=year,
        month=month,
        day=day,
        about=bool(part),
        years_back=_BACK.get(relative) if relative else None,
        same_year=relative in ("同年", "当年"),
    )


def _near(start: int, end: int, word: str, day: int | None, here: Page | None) -> Iterator[Moment]:
    """昨, 今, 前 with or without the day in brackets: the bracket is right where the page's date is a day off."""
    if day is not None:
        yield Moment(start=start, end=end, day=day, edtf=last_day(day, here), same_month=True)
    elif here is not None and here.to_the_day:
        at = here.last - timedelta(days={"今": 0, "昨": 1, "前": 2}[word])
        yield Moment(start=start, end=end, edtf=at.isoformat())


def _of_week(start: int, end: int, got: dict[str, str | None], here: Page) -> Iterator[Moment]:
    back = int(str(got.get("week") or "").startswith("上"))
    word = got.get("w")
    if not word:
        yield Moment(start=start, end=end, edtf=week(here.last, back, here.last))
        return
    weekday = "一二三四五六日".index(word[-1].replace("天", "日"))
    if got.get("week"):
        at = here.last - timedelta(days=here.last.weekday() + 7 * back - weekday)
        if at <= here.last:
            yield Moment(start=start, end=end, edtf=at.isoformat())
    else:
        yield Moment(start=start, end=end, edtf=weekday_before(here.last, weekday).isoformat())
