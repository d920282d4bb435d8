"""Sentences of one passage, as spans.

One scan over the marks that can end a sentence; each is asked whether it does. A mark inside a quotation ends the
sentence only where space and a capital follow, and closing marks belong to the sentence that they close. Rules and
word lists instead of a model: a split is the same on every machine, and its reason can be read here.
"""

import re

import msgspec

from overt.words.scripts import is_cjk
from overt.words.tables import load

_ENDS_CJK = "。！？；…．"
_ENDS = ".!?…" + _ENDS_CJK
_CLOSERS = "\"'”’»›)]}」』）】〉》〕“‘"
_CLOSERS_CJK = "”’」』）】〉》〕\"'"
_OPENERS = "\"'“‘«‹([{「『（【„‚¿¡"
_STOPS = re.compile(r"[.!?…。！？；．]|\n")  # one class of characters: linear


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before_names: frozenset[str]
    plain_too: frozenset[str]
    plain_always: frozenset[str]
    maybe: frozenset[str]
    go_on: frozenset[str]
    beginners: frozenset[str]
    after_number: frozenset[str]
    after_ordinal: tuple[str, ...]


_LISTS = load("sentences", _Lists)
_LONGEST = 24  # letters of an abbreviation that are looked at: hostile runs of letters and stops stay cheap
_ORDINAL_LANGUAGES = frozenset({"de", "cs", "hr", "da", "nb", "sk", "sl", "hu", "pl"})


def sentences(text: str, language: str | None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of one passage, without the white space between them.

    Args:
        text: one passage. A line feed in it ends a sentence.
        language: its language tag, or None. It decides what "12." can be.

    Returns:
        Spans in order that do not overlap and cover all but white space.
    """
    base = (language or "").split("-")[0].lower()
    spans: list[tuple[int, int]] = []
    start, at = 0, 0
    while found := _STOPS.search(text, at):
        end = found.start() + 1
        if found[0] == "\n":
            _add(spans, text, start, found.start())
            start = at = end
            continue
        while end < len(text) and text[end] in _ENDS:
            end += 1
        last = text[end - 1]
        closed = _closed(text, end, last)
        if _is_end(text, found.start(), end, closed, base):
            _add(spans, text, start, closed)
            start = closed
        at = max(closed, end)
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _closed(text: str, end: int, last: str) -> int:
    """Return the end after closing quotation marks and brackets. A mark that opens the next words is none of them."""
    closers = _CLOSERS_CJK if last in _ENDS_CJK else _CLOSERS
    at = end
    while at < len(text) and text[at] in closers:
        # “ and ‘ close in German, and open elsewhere: they close only with a space or the end behind them.
        straight = text[at] in "\"'“‘"
        if straight and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in closers + ",;:":
            break
        at += 1
    return at


def _next(text: str, at: int) -> str:
    """Return the next word after white space and opening marks, with the first character even if it is no letter."""
    while at < len(text) and (text[at].isspace() or text[at] in _OPENERS or text[at] in "-–—*•"):
        at += 1
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] in "'’."):
        end += 1
    return text[at : max(end, at + 1)]


def _is_end(text: str, stop: int, end: int, closed: int, base: str) -> bool:
    """Does the mark at `stop` (its run ends at `end`, with closing marks at `closed`) end a sentence?"""
    if closed >= len(text):
        return True
    mark, last = text[stop], text[end - 1]
    after = text[closed]
    if mark == "．":
        return not after.isdigit()  # the wide form of a full stop, and of a point
    if mark in "。！？；" or last in "。！？":
        # 「……。」他说: words that go on after a closed quotation belong to it.
        if closed > end and not after.isspace():
            return not (is_cjk(after) and after not in _OPENERS) and after not in "，,、：:"
        return True
    if mark == "…" and (is_cjk(after) or (stop and is_cjk(text[stop - 1]))):
        return closed > end and after in _OPENERS
    if not after.isspace():
        # Between Chinese characters ! ? and . need no space ("了.他"); between Latin ones they do.
        return mark in "!?." and is_cjk(after) and stop > 0 and is_cjk(text[stop - 1]) and closed == end
    word = _next(text, closed)
    if not word:
        return True
    begins = word[0].isupper() or word[0].isdigit() or is_cjk(word[0]) or text[closed:].lstrip()[:1] in _OPENERS
    if mark in "!?" or end - stop > 1 or mark == "…":
        return begins
    if not begins:
        return False
    return closed > end or not _is_abbreviation(text, stop, word, base)


def _is_abbreviation(text: str, stop: int, following: str, base: str) -> bool:
    """Is the full stop at `stop` one of an abbreviation, an initial or an ordinal, and the sentence goes on?"""
    begin = stop
    while begin > stop - _LONGEST and begin and (text[begin - 1].isalnum() or text[begin - 1] in ".°'’"):
        begin -= 1
    word = text[begin:stop].strip("'’")
    if not word:
        return False
    low = word.lower()
    if word.isdigit():
        if base not in _ORDINAL_LANGUAGES or len(word) > 2:
            return False
        if following.lower() in _LISTS.after_number:
            return False
        return following[0].isdigit() or following.lower().startswith(_LISTS.after_ordinal) or begin == 0
    if low in _LISTS.before_names:
        # "No. 5" and "he said no. Then": where the word is a plain word too, what follows tells.
        plain = low in _LISTS.plain_too and not (word[0].isupper() and low not in _LISTS.plain_always)
        return not plain or following[0].isdigit()
    if len(word) == 1 and word.isalpha():
        if word.islower():  # "p. 5", "č. 5", "z. B."
            return following[0].isdigit() or re.fullmatch(r"[^\W\d_]\.", following) is not None
        return following.lower() not in _LISTS.beginners
    if low in _LISTS.go_on:
        return True
    if low in _LISTS.maybe or re.fullmatch(r"(?:[^\W\d_]\.){1,4}[^\W\d_]", word):
        return following.lower() not in _LISTS.beginners
    return False
