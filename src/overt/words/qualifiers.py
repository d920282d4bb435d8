"""The words around a number that say how exactly it is meant: at least, more than, up to, about."""

import re

import msgspec

from overt.words.tables import load


class _Between(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spaced: tuple[str, ...]
    han: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    between: _Between


_WORDS = load("qualifiers", _Words)
_REACH = 44  # code points before a number in which its qualifier is looked for: longer than all phrases above


def _alternatives(phrases: tuple[str, ...]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)))


def _is_spaced(phrase: str) -> bool:
    return ord(phrase[0]) < 0x2E80


# Marks of direction that no reader sees stand between words of pages in two scripts.
_MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069]*"
_BETWEEN = rf"(?:\s(?:{_alternatives(_WORDS.between.spaced)}))?"
_BETWEEN_HAN = rf"(?:{_alternatives(_WORDS.between.han)}){{0,2}}"


_SPACED = {
    word: re.compile(
        rf"(?<!\w)(?:{_alternatives(tuple(p for p in phrases if _is_spaced(p)))}){_BETWEEN}{_MARKS}\s?{_MARKS}$",
        re.IGNORECASE,
    )
    for word, phrases in _WORDS.before.items()
}
_HAN = {
    word: re.compile(rf"(?:{_alternatives(tuple(p for p in phrases if not _is_spaced(p)))}){_BETWEEN_HAN}\s?$")
    for word, phrases in _WORDS.before.items()
}
_BEHIND = {word: re.compile(rf"\s?(?:[个家所处名人])?(?:{_alternatives(p)})(?!\w)") for word, p in _WORDS.after.items()}
_BEHIND_HAN = {
    word: re.compile(
        rf"[个家所处名人国カかヵケ]{{0,2}}(?:{_alternatives(tuple(q for q in p if not _is_spaced(q)) or ('以上',))})"
    )
    for word, p in _WORDS.after.items()
}


def around(flat: str, start: int, end: int, floor: int) -> tuple[str, int] | None:
    """Return the qualifier of the number at `start` to `end` and where its words begin, None where there is none.

    Args:
        flat: the text, narrow and Simplified.
        start, end: the number.
        floor: the end of the number before it: words before that belong to that one.
    """
    begin = max(floor, start - _REACH)
    before = flat[begin:start]
    for table in (_SPACED, _HAN):
        # "no more than" and 不超过 hold "more than" and 超过: the match that begins first is the whole phrase.
        hits = [(found.start(), word) for word, pattern in table.items() if (found := pattern.search(before))]
        if hits:
            at, word = min(hits)
            return word, begin + at
    for word, pattern in _BEHIND.items():
        if found := pattern.match(flat, end):
            return word, end + len(found[0]) - len(found[0].lstrip())
    for word, pattern in _BEHIND_HAN.items():
        if word != "up_to" and (found := pattern.match(flat, end)):
            return word, end
    return None
