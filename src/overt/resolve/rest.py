"""What is left of a name when places and known words are taken out: numbers, forms of companies, words of its own.

Pure in the units and spans.
"""

import re
from collections.abc import Sequence

from overt.resolve.morphemes import Unit, morphemes
from overt.resolve.spans import Span, is_chinese

_HAN_NUMBER = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_HAN_COUNTED = re.compile(r"^(?:第[一二三四五六七八九十]|[一二三四五六七八九十][号站]|[甲乙丙丁])")
_HOTLINE = "110"
_STANDS_IN = "驻在"


def rest(
    row: Sequence[Unit],
    spans: Sequence[Span],
    has_organ: bool,
    named: set[int] | None,
    says_much: bool,
    is_hotline: bool = False,
) -> tuple[list[Unit], tuple[int, ...], frozenset[str], frozenset[str]]:
    """Return the units that mean nothing known, the numbers, the forms of companies, and the traits."""
    taken: set[int] = set()
    has_kind = named is not None
    kept: list[Span] = []
    legal: set[str] = set()
    traits: set[str] = set()
    for span in spans:
        inside = range(span.start, span.end)
        if span.spot and span.start and row[span.start - 1].key in _STANDS_IN:
            taken.add(span.start - 1)
        sections = {m.section for m in span.meanings}
        if span.spot or sections & {"lands", "organs", "sites", "units", "campaigns", "levels", "branches", "fillers"}:
            taken.update(inside)
            traits |= {m.code for m in span.meanings if m.section == "traits" and "organs" in sections}
        elif "legal" in sections:
            legal |= {m.code for m in span.meanings if m.section == "legal"}
            taken.update(inside)
        elif "traits" in sections:
            traits |= {m.code for m in span.meanings if m.section == "traits"}
            taken.update(inside)
        elif ("around" in sections and has_kind) or (sections & {"offices", "topics"} and (has_organ or has_kind)):
            taken.update(inside)
        else:
            kept.append(span)
    if has_kind:
        traits -= {"hotline", "cooperation", "general"}
    numbers = _numbers(row, taken, has_kind and not is_hotline)
    taken |= named or set()
    core = [unit for at, unit in enumerate(row) if at not in taken]
    if not core and not says_much and not traits:
        # Nothing but small words: they are the name ("The Who", "Group 4").
        core = [u for at, u in enumerate(row) if not u.key.isdigit()]
    if "chinese" not in traits and any(is_chinese(s) for s in spans):
        traits.add("chinese")
    return core, numbers, frozenset(legal), frozenset(traits)


def _numbers(row: Sequence[Unit], taken: set[int], has_kind: bool) -> tuple[int, ...]:
    """Return the numbers of a name, sorted, and take their units away."""
    out: list[int] = []
    for at, unit in enumerate(row):
        if unit.is_han:
            ahead = "".join(u.key for u in row[at : at + 3])
            if at not in taken and _HAN_COUNTED.match(ahead):
                char = ahead[1] if ahead[0] == "第" else ahead[0]
                out.append(_HAN_NUMBER.get(char, "甲乙丙丁".find(char) + 1))
                taken.update(range(at, min(at + 2, len(row))) if ahead[0] != "甲" else [at])
            elif at not in taken and unit.key in "号第":
                taken.add(at)
        elif unit.key.isdigit():
            if not (unit.key == _HOTLINE and has_kind) and len(unit.key) < 9:
                out.append(int(unit.key))
            taken.add(at)
        elif at not in taken and (value := _number_word(unit)) is not None:
            # forty-four
            is_unit = out and at - 1 in taken and out[-1] in _TENS and value < 10
            out[-1:] = [out[-1] + value] if is_unit else [*out[-1:], value]
            taken.add(at)
    if "no" in {row[at].key for at in range(len(row))} and out:
        taken.update(at for at, unit in enumerate(row) if unit.key in ("no", "nr", "number"))
    return tuple(sorted(out))


def _number_word(unit: Unit) -> int | None:
    """Return the value of a word or Roman numeral, in capitals and of two letters at least."""
    if unit.raw.isupper() and _ROMAN.fullmatch(unit.raw):
        value = [_ROMAN_DIGITS[c] for c in unit.raw]
        return sum(-v if v < after else v for v, after in zip(value, [*value[1:], 0], strict=True))
    return morphemes().small.numbers.get(unit.key)


_TENS = frozenset(range(20, 100, 10))
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
