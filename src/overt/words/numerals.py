"""Numbers written in words: what each language calls them, and Chinese numerals.

The words of a language are generated into one table (phrase -> value) and looked up longest first, so that there is
no grammar to go wrong; Chinese numerals are short enough to be read by rule.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from overt.words.scripts import has_cjk, simplify
from overt.words.tables import load

# (start, end, value, kind, qualifier, start of the qualifier's words)
Numeral = tuple[int, int, float | None, str, str | None, int | None]
Table = dict[str, tuple[float | None, str | None]]

_WORD = re.compile(r"[^\W\d_]+")
_MOST_SCALES = 2  # "a hundred thousand million"
_LONGEST = 7  # words: "nine hundred and ninety nine thousand" and "quatre cent quatre vingt dix neuf"


class _Loose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: int
    qualifier: str


class _Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ones: tuple[str, ...]
    tens: tuple[str, ...]
    more: dict[str, int]
    loose: dict[str, _Loose]
    hundreds: tuple[str, ...] = ()
    hundred: str = ""
    thousand: str = ""
    article: str = ""


class _Numerals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    languages: dict[str, _Language]
    scales: dict[str, int]


_NUMERALS = load("numerals", _Numerals)
SCALES = _NUMERALS.scales


def _below_hundred(base: str) -> Iterator[tuple[str, int]]:
    ones = [word.replace("_", " ") for word in _NUMERALS.languages[base].ones]
    tens = _NUMERALS.languages[base].tens
    yield from zip(ones, range(1, len(ones) + 1), strict=True)
    for ten, word in zip(range(20, 100, 10), tens, strict=True):
        yield word, ten
        for one in range(1, 10):
            if base in ("de", "nl"):
                link = "und" if base == "de" else ("ën" if ones[one - 1].endswith("e") else "en")
                yield ones[one - 1] + link + word, ten + one
            elif base == "it":
                stem = word[:-1] if one in (1, 8) else word
                yield stem + ("tré" if one == 3 else ones[one - 1]), ten + one
            elif base in ("es", "pt"):
                yield f"{word} {'y' if base == 'es' else 'e'} {ones[one - 1]}", ten + one
            elif base == "fr" and one == 1:
                yield f"{word} et un", ten + 1
            else:
                yield f"{word} {ones[one - 1]}", ten + one
            if base == "cs":
                yield f"{ones[one - 1] if one > 1 else 'jed'}a{word}".replace("jeda", "jedna"), ten + one
    if base == "fr":
        for one in range(10, 20):
            yield f"soixante {'et ' if one == 11 else ''}{ones[one - 1]}", 60 + one
        for one in range(1, 20):
            yield f"quatre vingt {ones[one - 1]}", 80 + one


@lru_cache(maxsize=16)
def _table(base: str) -> Table:
    """Return all number words of a language: phrase in lower case with single spaces -> value and qualifier."""
    words = _NUMERALS.languages[base]
    small = dict(_below_hundred(base))
    table: dict[str, int] = {}
    if words.hundreds:
        link = " e " if base == "pt" else " "
        for at, word in enumerate(words.hundreds, 1):
            table[word] = 100 * at
            table |= {word + link + phrase: 100 * at + value for phrase, value in small.items()}
        table.pop("ciento", None)  # "por ciento" is no number
    else:
        glue = "" if words.thousand else " "
        heads = {word: value for word, value in small.items() if value < 10 and (value > 1 or base in ("en", "de"))}
        starts = {f"{word}{glue}{words.hundred}": 100 * value for word, value in heads.items()}
        starts |= {f"{word} cents": 100 * value for word, value in heads.items()} if base == "fr" else {}
        starts |= {"a hundred": 100} if base == "en" else {words.hundred: 100}
        for head, value in starts.items():
            table[head] = value
            for phrase, more in small.items():
                for link in (glue, " and ") if base == "en" else (glue,):
                    table[head + link + phrase] = value + more
    table |= small
    if words.thousand:
        table |= {phrase + words.thousand: 1000 * value for phrase, value in table.items() if 1 < value < 1000}
    table.pop(words.article, None)
    table |= words.more
    exact: Table = {phrase: (float(value), None) for phrase, value in table.items()}
    return exact | {phrase: (float(loose.value) or None, loose.qualifier) for phrase, loose in words.loose.items()}


def in_words(text: str, base: str) -> list[Numeral]:
    """Return numbers that are written in words of a language, longest first from the left. `base`: "en", "es" ..."""
    if base not in _NUMERALS.languages:
        return []
    table = _table(base)
    words = [(found.start(), found.end(), found[0].lower()) for found in _WORD.finditer(text)]
    starts = _starts(base)
    out: list[Numeral] = []
    at = 0
    while at < len(words):
        if words[at][2] not in starts:
            at += 1
            continue
        phrase, best = "", None
        for upto in range(at, min(at + _LONGEST, len(words))):
            if upto > at and text[words[upto - 1][1] : words[upto][0]] not in (" ", "-", "\u00a0", "\u2011"):
                break
            phrase = f"{phrase} {words[upto][2]}" if phrase else words[upto][2]
            if phrase in table:
                best = (upto, table[phrase])
        if best is None:
            at += 1
            continue
        upto, (value, qualifier) = best
        if text[words[at][0]].isupper() and _is_inside_sentence(text, words[at][0]):
            at = upto + 1  # a name: the channel Cuatro, the Big Four
            continue
        end = words[upto][1]
        scaled = 0
        while (
            scaled < _MOST_SCALES
            and value is not None
            and upto + 1 < len(words)
            and words[upto + 1][2] in SCALES
            and text[end] in " \u00a0-"
        ):
            upto, scaled = upto + 1, scaled + 1
            value, end = value * SCALES[words[upto][2]], words[upto][1]
        out.append((words[at][0], end, value, "number", qualifier, words[at][0] if qualifier else None))
        at = upto + 1
    return out


def _is_inside_sentence(text: str, start: int) -> bool:
    """Is the word before it a word without a capital, so that a capital here makes a name?"""
    before = text[max(0, start - 24) : start].rstrip(" \u00a0").rsplit(maxsplit=1)
    return bool(before) and before[-1][:1].islower() and before[-1][-1:].isalpha()


@lru_cache(maxsize=16)
def _starts(base: str) -> frozenset[str]:
    return frozenset(phrase.split(" ", 1)[0] for phrase in _table(base))


_LONGEST_HAN = 16  # characters of a Chinese numeral; longer runs are no numbers, and would overflow
_HAN_DIGIT = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2, "○": 0}
_HAN_UNIT = {"十": 10, "百": 100, "千": 1000}
_HAN_BIG = {"万": 10**4, "亿": 10**8}
_HAN_RUN = re.compile(r"(?:数|几|上|好几)?[零〇○一二两三四五六七八九十百千万亿廿卅]+(?:多|余|几)?[万亿]?(?:多|余)?")
# A single numeral is one only before a measure word: 三家, 两个; alone it is mostly part of a word (统一, 三星, 四川).
_MEASURE = (
    "个家所处座间名位人国城洲站次件条项份批支艘辆架台部篇张幢栋层岁天周点省市县区地社届场种类起例宗笔户口"
    "元块年月日小多余几亿万千百年期组队门座"
)
_NO_NUMERAL = re.compile(
    r"(?:万一|千万不|千万别|十分|百姓|百科|百货|一一|千里|一万年|万分|万岁|万象|百度|千百|一百八十度)"
)
_NOT_AFTER = "第初周期拜统之唯单同专万每某任"


def chinese(text: str) -> list[Numeral]:
    """Return numbers that are written in Chinese numerals, Simplified or Traditional."""
    if not has_cjk(text):
        return []
    flat = simplify(text)
    out: list[Numeral] = []
    for found in _HAN_RUN.finditer(flat):
        start, words = found.start(), found[0]
        if len(words) > _LONGEST_HAN:
            continue
        before, after = flat[start - 1 : start] if start else "", flat[found.end() : found.end() + 1]
        if before.isdigit() or _NO_NUMERAL.match(flat, start):
            continue
        if flat[max(0, start - 3) : start] == "百分之":
            out.append((start - 3, found.end(), _han(words), "percent", None, None))
            continue
        if before and before in _NOT_AFTER:
            if before == "第" and words[0] not in "数几上好":
                out.append((start - 1, found.end(), _han(words), "ordinal", None, None))
            continue
        if re.fullmatch(r"[零〇○一二三四五六七八九]{4}", words):
            out.append((start, found.end(), _han(words), "year_like", None, None))
            continue
        loose = re.fullmatch(r"(?:数|几|上|好几)([十百千万])(?:[万亿])?", words)
        if loose:
            kind = {"十": "dozens", "百": "hundreds"}.get(loose[1], "thousands")
            out.append((start, found.end(), None, "number", kind, start))
            continue
        if words[0] in "数几上好":
            continue
        more = next((n for n, char in enumerate(words) if char in "多余几"), None)
        plain = re.sub("[多余几]", "", words)
        compound = len(plain) > 1 and any(char in "十百千万亿" for char in plain)
        if not compound and more is None and (not after or after not in _MEASURE):
            continue
        value = _han(plain)
        if value is not None:
            qualifier = "more_than" if more is not None else None
            out.append((start, found.end(), value, "number", qualifier, None if more is None else start + more))
    return out


def _han(words: str) -> float | None:
    """Return the value of a Chinese numeral, None where it is none."""
    words = re.sub("[多余几]", "", words).replace("廿", "二十").replace("卅", "三十")
    if all(char in _HAN_DIGIT for char in words):
        return float("".join(str(_HAN_DIGIT[char]) for char in words)) if words else None
    total = section = digit = 0
    for char in words:
        if char in _HAN_DIGIT:
            digit = _HAN_DIGIT[char]
        elif char in _HAN_UNIT:
            section += (digit or 1) * _HAN_UNIT[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _HAN_BIG[char]
            section = digit = 0
    return float(total + section + digit)
