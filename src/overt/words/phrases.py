"""Phrases: the small language in which a researcher writes vocabularies, compiled to linear-time patterns (RE2).

    police station*          words in order; `*` stands for any ending
    (secret|hidden) post     one of several, each of one or more words
    (overseas)? post         may be missing
    renew* ~3 licen[cs]e*    up to three words between; `[cs]` one of these letters
    设立 ~8 服务站            in Chinese and Japanese up to eight characters between, never over a sentence's end

Matching is blind to case, accents, script variant (警僑 = 警侨), full width and the shape of quotation marks. The
matched text keeps its length, so every hit's offsets hold in the text as printed.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import opencc
import re2

_QUOTES = {**dict.fromkeys("“”„‟«»〝〞＂", '"'), **dict.fromkeys("‘’‚‛‹›＇´`", "'")}
_LETTERS = {"ß": "s", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "a", "œ": "o"}
_to_simplified = opencc.OpenCC("t2s")


class _Fold(dict[int, str]):
    """A translate table that fills itself: each character becomes exactly one character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        one = _QUOTES.get(char)
        if one is None and 0xFF01 <= code <= 0xFF5E:
            one = chr(code - 0xFEE0).lower()
        if one is None and 0x3400 <= code <= 0x9FFF:
            one = _to_simplified.convert(char)
        if one is None:
            base = unicodedata.normalize("NFD", char)[0].lower() if code < 0x2000 else char.lower()
            one = _LETTERS.get(base, base)
        if char in " \t\r\n\u00a0\u3000\u2009\u202f":
            one = " "
        if len(one) != 1:
            one = char
        self[code] = one
        return one


_FOLD = _Fold()


def matchable(text: str) -> str:
    """Return `text` as phrases see it: same length, folded in case, accents, script variant, width and quotes."""
    return text.translate(_FOLD)


def has_cjk(text: str) -> bool:
    """True where `text` holds a Han, Kana or Hangul character."""
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)


_GAP = re.compile(r"~([0-9a-z]+)")
_MEMORY = 64 << 20
_ELISION = "'"
_BETWEEN = r"[^\w]{1,4}"


def _word(word: str) -> str:
    if len(word) > 1 and word[-1] in _ELISION and word[-2].isalnum():
        word = word[:-1]  # "d' ~2 association": the mark is what stands between two words
    return _letters(word)


_ONLY = {
    "?": "behind a bracket: write office(s)?",
    "~": "before a number, between words",
    **dict.fromkeys("|()", "in brackets that open and close"),
}


def _letters(word: str) -> str:
    """A word or a part of one: "d'" in "d'(aide|assistance)" keeps its mark."""
    out, inside = [], False
    for char in word:
        if char == "[":
            inside = True
        if inside:
            out.append(char)
        elif char == "*":
            out.append(r"\w*")
        elif char in "?~|()":
            raise ValueError(f"{word!r}: {char!r} can only stand {_ONLY[char]}")
        elif (char.isalnum() and char.isascii()) or ord(char) > 127:
            out.append(char)
        else:
            out.append("\\" + char)
        if char == "]":
            inside = False
    return "".join(out)


def _split(phrase: str) -> list[str]:
    parts, depth, current, is_class = [], 0, "", False
    for char in phrase:
        depth += (char == "(") - (char == ")")
        is_class = char == "[" or (is_class and char != "]")
        if char == " " and depth == 0 and not is_class:
            if current:
                parts.append(current)
            current = ""
        else:
            current += char
        if depth < 0:
            raise ValueError("a bracket closes that never opened")
    if depth:
        raise ValueError("a bracket is left open")
    return [*parts, current] if current else parts


def _alternatives(body: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for char in body:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += char
    return [*parts, current]


def _join(parts: list[str], cjk: bool) -> str:
    between = "" if cjk else _BETWEEN
    out, gap, leads = "", "", True
    for part in parts:
        if part.startswith("~"):
            if not part[1:].isdigit() or not 0 < int(part[1:]) <= 40:
                raise ValueError(f"{part!r}: write ~N with N from 1 to 40")
            most = int(part[1:])
            gap = f"[^。！？；\n]{{0,{most}}}?" if cjk else f"(?:{_BETWEEN}\\w+){{0,{most}}}?{_BETWEEN}"
            continue
        optional = part.startswith("(") and part.endswith(")?") and _closes(part) == len(part) - 2
        if optional or (part.startswith("(") and _closes(part) == len(part) - 1):
            body = part[1 : _closes(part)]
            source = "(?:" + "|".join(_join(_split(a), cjk) for a in _alternatives(body)) + ")"
        else:
            source = _glued(part)
        if leads and optional:
            out += f"(?:{source}{between})?"
            continue
        before = gap or ("" if leads else between)
        out += f"(?:{before}{source})?" if optional else before + source
        gap, leads = "", False
    if leads or gap:
        raise ValueError("a phrase needs a word that must stand, and ends with a word")
    return out


def _closes(part: str) -> int:
    """The place of the bracket that closes the one with which `part` begins."""
    depth = 0
    for at, char in enumerate(part):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at
    return -1


def _glued(part: str) -> str:
    """One word, which may hold a bracketed choice inside: den(y|ies|ied)."""
    out, rest = "", part
    while rest:
        at = rest.find("(")
        if at < 0:
            return out + _word(rest)
        end = at + _closes(rest[at:])
        choices = "|".join(_glued(a) for a in _alternatives(rest[at + 1 : end]))
        out += _letters(rest[:at]) + f"(?:{choices})"
        rest = rest[end + 1 :]
        if rest.startswith("?"):
            out, rest = out + "?", rest[1:]
    return out


@cache
def pattern(phrase: str) -> str:
    """Return the RE2 source of a phrase, to be matched on `matchable` text.

    Raises:
        ValueError: with the reason, where the phrase breaks the small language above.
    """
    folded = matchable(" ".join(_GAP.sub(r" ~\1 ", phrase).split()))
    if not any(c.isalnum() for c in folded):
        raise ValueError(f"phrase {phrase!r}: it holds no word")
    cjk = has_cjk(folded)
    try:
        source = _join(_split(folded), cjk)
    except ValueError as problem:
        raise ValueError(f"phrase {phrase!r}: {problem}") from None
    if cjk:
        return source
    source += "'" if folded.endswith("'") else ""
    start = r"\b" if folded[0].isalnum() or folded[0] == "(" else ""
    end = r"\b" if folded[-1].isalnum() or folded[-1] in "*)?" else ""
    return f"{start}(?:{source}){end}"


class Hit(NamedTuple):
    """A phrase found: its key, and its span in the text (code points)."""

    key: str
    start: int
    end: int


class Phrases:
    """A set of keyed phrases that is searched at once. Compiled once, used for many texts; linear time in the text."""

    def __init__(self, keyed: Iterable[tuple[str, str]]) -> None:
        """Compile.

        Args:
            keyed: pairs of (key, phrase).

        Raises:
            ValueError: naming the phrase that cannot be compiled.
        """
        self._keys: list[str] = []
        self._patterns: list[re2._Regexp] = []
        self._set = re2.Set.SearchSet(_options())
        for key, phrase in keyed:
            source = pattern(phrase)
            try:
                compiled = re2.compile(source)
            except re2.error as problem:
                raise ValueError(f"phrase {phrase!r}: {problem}") from None
            self._set.Add(source)
            self._keys.append(key)
            self._patterns.append(compiled)
        if self._keys:
            self._set.Compile()

    def find(self, folded: str) -> list[Hit]:
        """Return all hits in `matchable` text, longest first at each start; a hit inside a longer one of its key falls.

        Args:
            folded: text that `matchable` made.
        """
        if not self._keys:
            return []
        hits: dict[tuple[str, int], int] = {}
        for index in self._set.Match(folded) or ():
            key = self._keys[index]
            for match in self._patterns[index].finditer(folded):
                at = (key, match.start())
                hits[at] = max(hits.get(at, 0), match.end())
        found = sorted((Hit(key, start, end) for (key, start), end in hits.items()), key=lambda h: (h[1], -h[2], h[0]))
        out: list[Hit] = []
        reached: dict[str, int] = {}  # key -> how far its hits reach: what begins later and ends there lies inside one
        for hit in found:
            if hit.end > reached.get(hit.key, -1):
                reached[hit.key] = hit.end
                out.append(hit)
        return out


def _options() -> re2.Options:
    """RE2's own 8 MB for a set are too few for some hundred phrases with gaps: it then forgets what it has compiled."""
    options = re2.Options()
    options.max_mem = _MEMORY
    return options


@cache
def single(phrase: str) -> Phrases:
    """A set of one phrase, compiled once."""
    return Phrases([("", phrase)])
