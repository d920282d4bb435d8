"""Where words stand in a text, and nowhere else: found as they are printed, blind to case, accents and white space."""

from collections.abc import Iterator

from overt.find.sentence import Span
from overt.words.phrases import has_cjk, matchable

_EDGES = " \t\r\n\u00a0\u3000\"'“”‘’„«»「」『』《》()（）[]{},，.。;；:：!！?？、–—-*"


def bare(words: str) -> str:
    """Return words without the marks and blanks around them."""
    return words.strip(_EDGES)


def same_length(text: str) -> str:
    """Return a text with every kind of white space as a space, each character at its place."""
    return "".join(" " if c.isspace() else c for c in text)


def places_of(words: str, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield where whole words stand in a part of a text, in order. Nothing where there are none."""
    folded, wanted = matchable(text), matchable(bare(words))
    end = len(text) if end is None else end
    whole = not has_cjk(wanted)
    at = folded.find(wanted, start, end) if wanted else -1
    while at >= 0:
        stop = at + len(wanted)
        if not (whole and (_goes_on(folded, at - 1, at) or _goes_on(folded, stop - 1, stop))):
            yield at, stop
        at = folded.find(wanted, at + 1, end)


def _goes_on(text: str, left: int, right: int) -> bool:
    """True where a word reaches over the border between two characters."""
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()


def touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
