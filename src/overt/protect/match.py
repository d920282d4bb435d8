"""Finding known names in a text however they are written there: case, accents, width, script, spaces and invisible
characters make no difference. In: a text and folded names. Out: spans of the text as printed, in code points.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from overt.words.scripts import is_cjk, narrow, simplify

LEAST_GLUED = 8  # letters
_RUN = re.compile(r"[^ ]+")
_PIECE = re.compile(r"[A-Za-z0-9]+|[\s\S]")  # most of a text is such runs; whatever else is one character


class Folded(msgspec.Struct, frozen=True):
    """A text as names are compared: `text` folded, and for each of its characters the offset it came from."""

    text: str
    at: tuple[int, ...]
    source: str


def folded(text: str) -> Folded:
    """Fold a text, keeping the way back.

    Letters and digits are narrow, Simplified, without case and accents; marks that nobody sees fall out; a run of
    anything else is one space, and none beside Chinese, where a line break inside a name means nothing.
    """
    chars: list[str] = []
    at: list[int] = []
    last = ""
    for piece in _PIECE.finditer(simplify(narrow(text))):
        char, offset = piece.group(), piece.start()
        if char.isascii() and char[0].isalnum():
            chars += char.lower()
            at += range(offset, piece.end())
            last = chars[-1]
            continue
        letters, is_letter, is_han = _letters(char)
        if not is_letter:
            if letters and last and last != " " and not is_cjk(last):
                chars.append(" ")
                at.append(offset)
                last = " "
            continue
        if is_han and last == " ":
            chars.pop()
            at.pop()
        for part in letters:
            chars.append(part)
            at.append(offset)
            last = part
    if last == " ":
        chars.pop()
        at.pop()
    return Folded("".join(chars), tuple(at), text)


@lru_cache(maxsize=65536)
def _letters(char: str) -> tuple[str, bool, bool]:
    """Return (letters that a character is folded to, is it a letter or digit, is it Han or kana).

    Of what is neither letter nor digit: a space, or nothing where nobody sees it.
    """
    if not char.isalnum():
        return "" if unicodedata.category(char) in ("Mn", "Cf") else " ", False, False
    parts = unicodedata.normalize("NFKD", char.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)), True, is_cjk(char)


@lru_cache(maxsize=65536)
def fold_name(text: str) -> str:
    """Return a name as `find` looks for it."""
    return folded(text).text


class Index:
    """Folded names by how they begin, so that looking a text up costs its length and not the number of names."""

    __slots__ = ("_by_start", "_glued")

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        self._glued: dict[str, list[tuple[str, str]]] = {}
        for name in sorted(filter(None, names)):
            self._by_start.setdefault(_start(name, 0), []).append(name)
            bare = name.replace(" ", "")
            if len(bare) >= LEAST_GLUED and bare != name and not any(is_cjk(char) for char in bare):
                self._glued.setdefault(bare[:LEAST_GLUED], []).append((bare, name))

    def starting(self, plain: str, words: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str]]:
        """Yield (offset, name) where a name may begin: at one of the words (start, end) of a folded text."""
        known = self._by_start
        for at, end in words:
            word = plain[at:end]
            if not word.isascii() and end < len(plain) and is_cjk(word[0]):
                for name in known.get(word + plain[end], ()):
                    yield at, name
            for name in known.get(word, ()):
                yield at, name

    def glued(self, run: str) -> Iterator[tuple[int, str, str]]:
        """Yield (offset, bare, name) where a name of several words may begin in a text without spaces."""
        known = self._glued
        for at in range(len(run) - LEAST_GLUED + 1 if known else 0):
            for bare, name in known.get(run[at : at + LEAST_GLUED], ()):
                yield at, bare, name


def _start(text: str, at: int) -> str:
    """How a name begins: two characters of a script without spaces, else the first word."""
    if is_cjk(text[at]):
        return text[at : at + 2]
    end = at
    while end < len(text) and text[end] != " " and not is_cjk(text[end]):
        end += 1
    return text[at:end]


@lru_cache(maxsize=64)
def words_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of the words of a folded text; each character of a script without spaces is one."""
    out: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run.group().isascii():
            out.append((start, end))
            continue
        first = start
        for at in range(start, end):
            if is_cjk(text[at]):
                if first < at:
                    out.append((first, at))
                out.append((at, at + 1))
                first = at + 1
        if first < end:
            out.append((first, end))
    return tuple(out)


def find(text: Folded, names: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) wherever a name of the index stands as whole words, overlaps and all, in order."""
    plain = text.text
    words = words_of(plain)
    ends = {end for _, end in words}
    for at, name in names.starting(plain, words):
        end = at + len(name)
        if end in ends and plain.startswith(name, at):
            yield text.at[at], text.at[end - 1] + 1, name


def glued(text: Folded, names: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of names of several words that stand without their spaces ("#JanePublic").

    The span reaches to the ends of the word that the name is glued into. Names of fewer than `LEAST_GLUED` letters are
    left out: "Li An" stands in many words. Scripts without spaces need none of this, `find` sees them anywhere.
    """
    tight = [at for at, char in enumerate(text.text) if char != " "]
    run = "".join(text.text[at] for at in tight)
    for at, bare, name in names.glued(run):
        if not run.startswith(bare, at):
            continue
        start, end = tight[at], tight[at + len(bare) - 1] + 1
        while start > 0 and _joins(text.text, start):
            start -= 1
        while end < len(text.text) and _joins(text.text, end):
            end += 1
        yield text.at[start], text.at[end - 1] + 1, name


def _joins(text: str, at: int) -> bool:
    return text[at - 1] != " " and text[at] != " "
