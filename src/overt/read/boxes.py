"""The nouns of a page that is laid out: boxes, words and lines. What PDF and OCR give, and layout and tables take."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOUCH = 0.08  # ems
SAME_LINE = 0.5  # share of the lower box's height by which two words of one line overlap


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, right, bottom in units of the page, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    def __or__(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap between them.

    `size` is that of the type; `is_broken` is true before a hyphen of the line break, which is not part of `text`;
    `is_spaced` after a space that the file holds. `sure` is what OCR thinks of it, 0 to 1.
    """

    text: str
    box: Box
    size: float
    is_bold: bool = False
    is_broken: bool = False
    sure: float = 1.0
    is_spaced: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one line and column, from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return text_of(self.words)

    @property
    def size(self) -> float:
        """The size in which most letters are set."""
        letters: Counter[float] = Counter()
        for word in self.words:
            letters[round(word.size * 2) / 2] += len(word.text)
        return max(letters, key=lambda size: (letters[size], size))

    @property
    def is_bold(self) -> bool:
        return all(word.is_bold for word in self.words if any(map(str.isalnum, word.text)))


def union(boxes: Iterator[Box]) -> Box:
    out = next(boxes)
    for box in boxes:
        out = out | box
    return out


def is_ideograph(char: str) -> bool:
    """True for what is written without spaces between words: Han, kana, and full-width marks."""
    return "\u2e80" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\uff00" <= char <= "\uffef"


def text_of(words: Sequence[Word]) -> str:
    """Return words of a line as text: no space between two of a script that writes none."""
    parts = [words[0].text]
    for before, word in itertools.pairwise(words):
        if before.is_broken:
            parts.append("-")
        is_near = word.box.left - before.box.right < _TOUCH * word.size
        if is_near and not word.is_spaced and not before.is_broken:
            pass  # the file broke a word where the page does not
        elif not (is_ideograph(before.text[-1]) and is_ideograph(word.text[0])):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def line_of(words: Sequence[Word]) -> Line:
    """Return words, which stand from left to right, as a line."""
    return Line(tuple(words), union(word.box for word in words))


def level_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Return words by lines across the whole width, from the top; each from the left."""
    out: list[list[Word]] = []
    spans: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.left)):
        top, bottom = word.box.top, word.box.bottom
        for at in range(len(out) - 1, max(-1, len(out) - 4), -1):
            low, high = spans[at]
            if min(bottom, high) - max(top, low) >= SAME_LINE * min(bottom - top, high - low):
                out[at].append(word)
                break
        else:
            out.append([word])
            spans.append((top, bottom))
    return [sorted(row, key=lambda w: (w.box.left, w.box.right)) for row in out]
