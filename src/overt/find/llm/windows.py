"""The parts of a page that a model is asked about: sentences that follow each other, up to a bounded length."""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.find.context import Context
from overt.model.document import BETWEEN

# A part of about a paragraph or three: what a small model can hold, and few questions for a page.
LONGEST = 1200
LEAST = 30  # letters: a lone date or name says nothing


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of one passage: offsets in the passage, and the words between them."""

    passage: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a page. `contexts` are the numbers of its sentences in the document, in order."""

    contexts: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return BETWEEN.join(piece.text for piece in self.pieces)


def windows(contexts: Sequence[Context]) -> list[Window]:
    """Return the parts of a page. A sentence is in one part only, and a part is a pure function of its sentences."""
    out: list[Window] = []
    held: list[Context] = []
    size = 0
    for context in contexts:
        length = context.sentence.end - context.sentence.start
        if held and size + length > LONGEST:
            out.append(_window(held))
            held, size = [], 0
        held.append(context)
        size += length + 1
    if held:
        out.append(_window(held))
    return [one for one in out if sum(c.isalpha() for c in one.text) >= LEAST]


def _window(held: Sequence[Context]) -> Window:
    spans: list[list[Context]] = []
    for context in held:
        if spans and spans[-1][0].sentence.passage == context.sentence.passage:
            spans[-1].append(context)
        else:
            spans.append([context])
    pieces = tuple(
        Piece(
            passage=span[0].sentence.passage,
            start=span[0].sentence.start,
            end=span[-1].sentence.end,
            text=span[0].text[span[0].sentence.start : span[-1].sentence.end],
        )
        for span in spans
    )
    return Window(tuple(context.number for context in held), pieces)
