"""Finding known names in a text however they are written there: case, accents, width, script, spaces and invisible
characters make no difference. In: a text and folded names. Out: spans of the text as printed, in code points.
"""

import unicodedata
from collections.abc import Iterable, Iterator

import msgspec

from overt.words.scripts import is_cjk, narrow, simplify


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


def fold_name(text: str) -> str:
    """Return a name as `find` looks for it."""
    return folded(text).text


def find(text: Folded, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) wherever one of the folded `names` stands as whole words, overlaps and all."""
    for name in names:
        at = text.text.find(name) if name else -1
        while at >= 0:
            end = at + len(name)
            if _is_edge(text.text, at) and _is_edge(text.text, end):
                yield text.at[at], text.at[end - 1] + 1, name
            at = text.text.find(name, at + 1)


def _is_edge(text: str, at: int) -> bool:
    """True where a word may begin or end: not between two letters of a script that writes spaces."""
    if at in (0, len(text)):
        return True
    left, right = text[at - 1], text[at]
    return left == " " or right == " " or is_cjk(left) or is_cjk(right)


def glued(text: Folded, names: Iterable[str], least: int = 8) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, name) of names of several words that stand without their spaces ("#JanePublic").

    The span reaches to the ends of the word that the name is glued into. Names of fewer than `least` letters are left
    out: "Li An" stands in many words. Scripts without spaces need none of this, `find` sees them anywhere.
    """
    tight = [at for at, char in enumerate(text.text) if char != " "]
    run = "".join(text.text[at] for at in tight)
    for name in names:
        bare = name.replace(" ", "")
        if len(bare) < least or bare == name or any(is_cjk(char) for char in bare):
            continue
        at = run.find(bare)
        while at >= 0:
            start, end = tight[at], tight[at + len(bare) - 1] + 1
            while start > 0 and _joins(text.text, start):
                start -= 1
            while end < len(text.text) and _joins(text.text, end):
                end += 1
            yield text.at[start], text.at[end - 1] + 1, name
            at = run.find(bare, at + 1)


def _joins(text: str, at: int) -> bool:
    return text[at - 1] != " " and text[at] != " "
