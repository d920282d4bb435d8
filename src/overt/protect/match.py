"""Finding known names in a text however they are written there: case, accents, width, script, spaces and invisible
characters make no difference. In: a text and folded names. Out: spans of the text as printed, in code points.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from overt.words.scripts import CJK, is_cjk, narrow, simplify

LEAST_GLUED = 8  # letters
_TOKEN = re.compile(f"[{CJK}]|[^ {CJK}]+")


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
    for offset, char in enumerate(simplify(narrow(text))):
        if not char.isalnum():
            category = unicodedata.category(char)
            if category not in ("Mn", "Cf") and chars and chars[-1] != " " and not is_cjk(chars[-1]):
                chars.append(" ")
                at.append(offset)
            continue
        if is_cjk(char) and chars and chars[-1] == " ":
            chars.pop()
            at.pop()
        for part in unicodedata.normalize("NFKD", char.casefold()):
            if not unicodedata.combining(part):
                chars.append(part)
                at.append(offset)
    if chars and chars[-1] == " ":
        chars.pop()
        at.pop()
    return Folded("".join(chars), tuple(at), text)


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

    def starting(self, text: str, at: int) -> Iterator[str]:
        """Yield the names that could begin at an offset of a folded text."""
        start = _start(text, at)
        yield from self._by_start.get(start, ())
        if is_cjk(text[at]) and len(start) > 1:
            yield from self._by_start.get(text[at], ())

    def glued(self, run: str, at: int) -> Iterable[tuple[str, str]]:
        """Return (bare, name) of the names of several words that could begin at an offset of a text without spaces."""
        return self._glued.get(run[at : at + LEAST_GLUED], ())


def _start(text: str, at: int) -> str:
    """How a name begins: two characters of a script without spaces, else the first word."""
    token = _TOKEN.match(text, at)
    if token is None or is_cjk(text[at]):
        return text[at : at + 2]
    return token[0]


def find(text: Folded, names: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) wherever a name of the index stands as whole words, overlaps and all, in order."""
    plain = text.text
    for token in _TOKEN.finditer(plain):  # where a word, or a character of a script without spaces, begins
        at = token.start()
        for name in names.starting(plain, at):
            end = at + len(name)
            if plain.startswith(name, at) and _is_edge(plain, end):
                yield text.at[at], text.at[end - 1] + 1, name


def _is_edge(text: str, at: int) -> bool:
    """True where a word may begin or end: not between two letters of a script that writes spaces."""
    if at in (0, len(text)):
        return True
    left, right = text[at - 1], text[at]
    return left == " " or right == " " or is_cjk(left) or is_cjk(right)


def glued(text: Folded, names: Index) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of names of several words that stand without their spaces ("#JanePublic").

    The span reaches to the ends of the word that the name is glued into. Names of fewer than `LEAST_GLUED` letters are
    left out: "Li An" stands in many words. Scripts without spaces need none of this, `find` sees them anywhere.
    """
    tight = [at for at, char in enumerate(text.text) if char != " "]
    run = "".join(text.text[at] for at in tight)
    for at in range(len(run) - LEAST_GLUED + 1):
        for bare, name in names.glued(run, at):
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
