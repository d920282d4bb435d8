"""A sentence as the recognisers see it: its text and folded text, quotations, and clauses that stand for themselves."""

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from overt.find.lexicon import Speech
from overt.words.phrases import matchable
from overt.words.sentences import sentences

Span = tuple[int, int]

# A clause shorter than this many characters is no quote of its own: it stays with its neighbour.
LEAST_CLAUSE = 24
LONGEST_SENTENCE = 1500  # the longest sentence of the labelled pages has 400 characters
LEAST_CLAUSE_HAN = 8
REACH_BACK = 20  # blanks between a colon and the quotation that it opens

_OPENS = re.compile("[“「『«»„‘\"']")
_OPENING = {"“": "”", "「": "」", "『": "』", "«": "»", "»": "«", "„": "“", "‘": "’", '"': '"', "'": "'"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. `passage` is its number, `start` its offset in the passage; all spans are offsets in the passage.

    `clauses` cover the sentence; `quotations` are spans inside quotation marks that touch the sentence.
    """

    passage: int
    start: int
    end: int
    text: str
    folded: str
    clauses: tuple[Span, ...]
    quotations: tuple[Span, ...]

    def clause_of(self, at: int) -> Span:
        """Return the clause that holds the offset `at`."""
        return next((c for c in self.clauses if c[0] <= at < c[1]), self.clauses[-1])

    def is_quoted(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.quotations)


def split(passage: int, text: str, language: str | None, speech: Speech | None) -> list[Sentence]:
    """Return the sentences of one passage in order. A sentence never reaches over a passage's end."""
    folded = matchable(text)
    quoted = quotations(text)
    out = []
    for start, end in _bounded(text, sentences(text, language)):
        if end > start:
            clauses = _clauses(text, folded, start, end, quoted, speech)
            touching = tuple(q for q in quoted if q[0] < end and start < q[1])
            out.append(Sentence(passage, start, end, text[start:end], folded[start:end], clauses, touching))
    return out


def _bounded(text: str, spans: list[Span]) -> Iterator[Span]:
    """Cut what no person writes as one sentence, so that the work in a sentence has a bound."""
    for start, end in spans:
        while end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = space if space > 0 else start + LONGEST_SENTENCE
            yield start, cut
            start = cut
        yield start, end


def quotations(text: str) -> list[Span]:
    """Return spans inside quotation marks (without the marks). An apostrophe inside a word opens and closes nothing."""
    # Two single marks are one double mark (older news wires print them so); a mark keeps its place.
    text = text.replace("``", ' "').replace("''", '" ').replace("＂", '"')
    spans, at = [], 0
    closers: dict[str, list[int]] = {}
    while at < len(text):
        opening = _OPENS.search(text, at)
        if opening is None:
            break
        at = opening.start()
        close = _OPENING.get(text[at])
        if close is None or (text[at] in "'‘" and at > 0 and text[at - 1].isalnum()) or (text[at] == "»"):
            at += 1
            continue
        if close not in closers:
            closers[close] = _closers(text, close)
        ends = closers[close]
        place = bisect.bisect_right(ends, at)
        end = ends[place] if place < len(ends) else len(text)
        if end < len(text) and end > at + 1:
            spans.append((at + 1, end))
            at = end + 1
        else:
            before = text[max(0, at - REACH_BACK) : at].rstrip()
            opens_speech = before[-1:] in (":", "：", ",", "，") if before else at <= REACH_BACK
            if end >= len(text) and opens_speech and len(text) - at > LEAST_CLAUSE:
                spans.append((at + 1, len(text)))  # opened and never closed: it goes on in the next passage
                break
            at += 1
    return spans


def _closers(text: str, close: str) -> list[int]:
    """Where a mark closes, looked up once for all that open: apostrophes inside words do not."""
    return [
        m.start()
        for m in re.finditer(re.escape(close), text)
        if not (close in "'’" and m.end() < len(text) and text[m.end()].isalnum())
    ]


def _clauses(
    text: str, folded: str, start: int, end: int, quoted: list[Span], speech: Speech | None
) -> tuple[Span, ...]:
    """Cut at semicolons and at contrasting conjunctions outside quotations: each part can be quoted by itself."""
    if speech is None:
        return ((start, end),)
    cuts = {m.end() + start for m in re.finditer(r"[;；]\s*", text[start:end])}
    for hit in speech.contrast.find(folded[start:end]):
        at = start + hit.start
        before = text[start:at].rstrip()
        if before.endswith((",", "，", "–", "—", ".", "。")) or (not speech.has_spaces and before.endswith("、")):
            cuts.add(at)
    cuts = {c for c in cuts if not any(a < c < b for a, b in quoted)}
    least = LEAST_CLAUSE if speech.has_spaces else LEAST_CLAUSE_HAN
    edges = [start]
    for cut in sorted(cuts):
        if cut - edges[-1] >= least and end - cut >= least:
            edges.append(cut)
    edges.append(end)
    return tuple(itertools.pairwise(edges))
