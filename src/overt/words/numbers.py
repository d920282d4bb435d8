"""Numbers in a text, with the words around them that qualify them.

Digits (with the separators of the language), number words and Chinese numerals. A number that is something else (an
ordinal, a year, a share, money, a telephone number) is given too, and says what it is, so that nobody counts it.
"""

import re

import msgspec

from overt.words import numerals, qualifiers
from overt.words.scripts import has_cjk, is_cjk, narrow, simplify


class NumberSpan(msgspec.Struct, frozen=True, kw_only=True):
    """A number as it stands.

    `value` is None where the words give no figure ("dozens", 数十); then `qualifier` says which (dozens, hundreds,
    thousands). `kind`: number, ordinal, year_like, percent, money or phone_like. `qualifier`: also at_least,
    more_than, up_to, about. `qualifier_start` is where its words begin: before the number, in it, or behind it.
    `odd` marks digits that are grouped as the language groups none ("230,00").
    """

    start: int
    end: int
    value: float | None
    kind: str = "number"
    qualifier: str | None = None
    qualifier_start: int | None = None
    odd: bool = False


_POINT_GROUPS = frozenset(
    {"es", "de", "nl", "it", "pt", "tr", "id", "da", "hr", "el", "sl"}
)  # 2.002 is two thousand and two
_SPACE_GROUPS = frozenset({"fr", "cs", "sk", "pl", "ru", "uk", "nb", "sv", "fi", "hu"})  # 2 002 is, and 2.002 too
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_GROUPED_PLAIN = re.compile(r"\d{1,3}(?:[\u00a0\u202f\u2009'’]\d{3})+(?!\d)|\d+(?:[.,]\d+)*")
_LONGEST_DIGITS = 20  # digits and separators of a number that anybody counts with
_DATE_LIKE = re.compile(r"\d{1,4}(?:\.\d{1,2}\.|/\d{1,2}/|-\d{1,2}-)\d{1,4}(?!\d)")
_PHONE_LIKE = re.compile(
    r"\+\d[\d ()-]{6,18}\d|\(?0\d{1,4}\)?[ -]\d{2,8}(?:[ -]\d{2,8})*|\d{2,5}(?:[ -]\d{2,5}){2,5}(?!\d)"
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₩₽]|\b(?:EUR|USD|GBP|CNY|RMB|CHF|Kč))\s?$")
_MONEY_BEHIND = re.compile(
    r"\s?(?:€|\$|£|¥|Kč|(?:euros?|dollars?|dólares|pounds|yuan|rmb|kronen|korun|francs|franken|libras|dollari|"
    r"eur|usd|gbp)\b|人民币|(?:元|美元|欧元|英镑|日元|港元|块钱))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|‰|(?:per ?cent|percent|por ciento|pour cent|prozent|procent|per cento)\b)", re.I)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ème|eme|er|ère|e|de|ste|º|ª|°)(?![^\W\d_])")
_CLOCK = re.compile(r"[:：]\d\d|\s?(?:[ap]\.?m\b|uhr\b|点|时|時|點)", re.IGNORECASE)
_SCALE = re.compile(r"[\s-]?([^\W\d_]+)")
_SHORT_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_UNITS = frozenset({"km", "kg", "m²", "km²", "kwh", "mw", "gb", "mb", "ha"})
_HAN_SCALE = re.compile(r"[多余几]?[百千万亿]{1,2}")
_HAN_SCALES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MEASURE = frozenset("个家所处座间名位人国城站次件条项份批支辆台部起例户")
_NUMBERED = re.compile(r"(?:\b(?:no|nr|num|núm|n)\.?|№|n[°º]|#|第|č\.)\s?$", re.IGNORECASE)


def numbers(text: str, language: str | None) -> list[NumberSpan]:
    """Return the numbers of `text`, in order, without overlaps.

    Args:
        text: any text; offsets are code points of it.
        language: its language tag, or None (read as English, and as Chinese where the characters are Han).

    Returns:
        Spans with value, kind and qualifier. Digits inside a word ("G20"), clock times and scores are left out.
    """
    base = (language or "en").split("-")[0].lower()
    flat = simplify(narrow(text))
    found = _digits(flat, base)
    taken = {at for span in found for at in range(span.start, span.end)}
    for start, end, value, kind, qualifier, where in (*numerals.chinese(flat), *numerals.in_words(flat, base)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            found.append(
                NumberSpan(start=start, end=end, value=value, kind=kind, qualifier=qualifier, qualifier_start=where)
            )
    found.sort(key=lambda span: span.start)
    return [_qualified(flat, span, found[at - 1].end if at else 0) for at, span in enumerate(found)]


def _digits(flat: str, base: str) -> list[NumberSpan]:
    out: list[NumberSpan] = []
    pattern = _GROUPED if base in _SPACE_GROUPS else _GROUPED_PLAIN
    at = 0
    while found := pattern.search(flat, at):
        start = found.start()
        whole = _PHONE_LIKE.match(flat, start - 1 if start and flat[start - 1] in "+(" else start)
        dated = _DATE_LIKE.match(flat, start)
        if dated:
            out.append(NumberSpan(start=start, end=dated.end(), value=None, kind="year_like"))
            at = dated.end()
        elif whole and not _inside_word(flat, start) and not _is_grouped(found[0]):
            out.append(NumberSpan(start=whole.start(), end=whole.end(), value=None, kind="phone_like"))
            at = whole.end()
        else:
            span, at = _number(flat, start, found[0], base)
            if span is not None:
                out.append(span)
    return out


def _is_grouped(words: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[.,\s'’]\d{3})+", words) is not None


def _inside_word(flat: str, start: int) -> bool:
    before = flat[start - 1] if start else " "
    if before.isalpha() and not is_cjk(before):
        return True
    # "COVID-19", "F-35", "24/7"
    return start > 1 and before in "-/_" and flat[start - 2].isalnum() and (before != "-" or flat[start - 2].isalpha())


def _number(flat: str, start: int, words: str, base: str) -> tuple[NumberSpan | None, int]:
    """Read the digits `words` at `start`; return their span, None where they are no number, and where to go on."""
    end = start + len(words)
    if len(words) > _LONGEST_DIGITS:
        return NumberSpan(start=start, end=end, value=None, kind="phone_like"), end
    value, odd = value_of(words, base)
    if (
        _inside_word(flat, start)
        or _CLOCK.match(flat, end)
        or (flat[end : end + 1] == "/" and flat[end + 1 : end + 2].isdigit())
    ):
        clock = re.compile(r"[:：]\d\d").match(flat, end)
        return None, clock.end() if clock else end
    kind = "number"
    if _NUMBERED.search(flat[max(0, start - 5) : start]):
        kind = "ordinal"
    behind = _ORDINAL.match(flat, end)
    if behind:
        return NumberSpan(start=start, end=behind.end(), value=value, kind="ordinal", odd=odd), behind.end()
    if base in ("de", "cs") and re.match(r"\. [^\W\d_]", flat[end : end + 3]) and len(words) <= 2 and value <= 31:
        kind = "ordinal"  # "12. September", "3. Mann"; few sentences of these languages end in a number
    end, value, qualifier, where = _scaled(flat, end, value)
    tail = flat[end : end + 1]
    if tail.isalpha() and not is_cjk(tail):
        word = _SCALE.match(flat, end)
        letters = word[1].lower() if word else ""
        if letters in _SHORT_SCALE:
            value, end = value * _SHORT_SCALE[letters], end + len(letters)
        elif letters == "s" and len(words) == 4:
            return NumberSpan(start=start, end=end + 1, value=value, kind="year_like"), end + 1
        elif letters not in _UNITS:
            return None, end + len(letters)
    if kind == "number":
        kind = _kind(flat, start, end, words, value)
    span = NumberSpan(start=start, end=end, value=value, kind=kind, odd=odd, qualifier=qualifier, qualifier_start=where)
    return span, end


def value_of(words: str, base: str) -> tuple[float, bool]:
    """Return the value of digits with separators as a language writes them, and whether they are grouped oddly."""
    plain = re.sub(r"[\s'’]", "", words)
    marks = [char for char in plain if char in ".,"]
    if not marks:
        return float(plain), False
    groups = re.split("[.,]", plain)
    by_three = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    group_mark, point = (".", ",") if base in _POINT_GROUPS or base in _SPACE_GROUPS else (",", ".")
    if len(set(marks)) == 2:  # 1,234.50 or 1.234,50: the last mark is the point
        last = max(plain.rfind("."), plain.rfind(","))
        return float(re.sub("[.,]", "", plain[:last]) + "." + plain[last + 1 :]), plain[last] != point
    if marks[0] == group_mark:
        if by_three:
            return float("".join(groups)), False
        if group_mark == "." and len(groups) == 2:
            return float(plain), False  # 2.5 in a Spanish paper
        return float("".join(groups)), True
    if len(groups) > 2:
        return float("".join(groups)), not by_three
    if by_three and point == ",":
        return float("".join(groups)), True  # 230,000 in a German text: three places behind the comma are hardly meant
    return float(f"{groups[0]}.{groups[1]}"), False


def _scaled(flat: str, end: int, value: float) -> tuple[int, float, str | None, int | None]:
    """Take in a scale behind digits: 2.5 million, 23万, 430多万, 30余."""
    han = _HAN_SCALE.match(flat, end)
    qualifier: str | None = None
    where: int | None = None
    if han:
        words = han[0]
        if words[0] in "多余几":
            qualifier, where, words = "more_than", end, words[1:]
        for char in words:
            value *= _HAN_SCALES[char]
        end = han.end()
    elif (word := _SCALE.match(flat, end)) and word[1].lower() in numerals.SCALES:
        value *= numerals.SCALES[word[1].lower()]
        end = word.end()
    if qualifier is None and flat[end : end + 1] in ("多", "余") and has_cjk(flat[end : end + 2]):
        qualifier, where = "more_than", end
        end += 1
    return end, value, qualifier, where


def _kind(flat: str, start: int, end: int, words: str, value: float) -> str:
    if _MONEY_BEFORE.search(flat[max(0, start - 4) : start]) or _MONEY_BEHIND.match(flat, end):
        return "money"
    if _PERCENT.match(flat, end):
        return "percent"
    if not words.isdigit() or end > start + len(words):
        return "number"
    behind = flat[end : end + 1]
    if value <= 31 and len(words) <= 2 and (behind in ("月", "日", "号")):
        return "year_like"  # 9月13日: a part of a date
    if len(words) == 4 and 1800 <= value < 2100 and behind not in _MEASURE:
        return "year_like"
    if len(words) >= 7 or (len(words) >= 6 and words[0] == "0"):
        return "phone_like"
    return "number"


def _qualified(flat: str, span: NumberSpan, floor: int) -> NumberSpan:
    """Add the qualifier around a number; "more than 2000" is no year."""
    if span.kind in ("ordinal", "phone_like") or span.value is None:
        return span
    found = qualifiers.around(flat, span.start, span.end, floor)
    if found is None:
        return span
    word, where = found
    if span.kind == "year_like" and (word == "up_to" or word == "about" or flat[span.end : span.end + 1] == "年"):
        return span
    kind = "number" if span.kind == "year_like" else span.kind
    if span.qualifier is not None and word == "about":
        return msgspec.structs.replace(span, kind=kind)
    return msgspec.structs.replace(span, qualifier=word, qualifier_start=where, kind=kind)
