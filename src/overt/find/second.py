"""Two readers of attributions beside each other: what the patterns found in a sentence, and what a parse of it tells.

Where both found one and the same, the attribution is `agreed`. Where they differ, the words of the source are the
patterns' (they know the case's voices), and how far the content reaches is the parser's. What only one found stays.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from overt.find.attribution import CARRIED, Attribution, Memory
from overt.find.parsed import Told
from overt.find.sentence import Sentence, Span
from overt.find.source import voice_of
from overt.find.voices import Voices
from overt.model import Stance

# The share of the words of both that both have: of one attribution at all, and of one on which both agree.
ONE, AGREED = 0.5, 0.8


def both(
    first: list[Attribution], told: Sequence[Told], sentence: Sentence, text: str, voices: Voices, memory: Memory
) -> list[Attribution]:
    """Return the attributions of a sentence by both readers, in order of their cues.

    Args:
        first: the patterns'.
        told: what the parse of the passage tells, as far as its cues stand in the sentence.
        memory: what was said before; voices that only the parse found are added.
    """
    out = list(first)
    new = []
    for one in told:
        content = _within(one.content, sentence)
        if not content:
            continue
        twin = _twin(one, content, out, text)
        if twin is not None:
            out[twin] = _joined(out[twin], one, content, text)
            continue
        made = _made(one, content, sentence, text, voices, memory)
        if made is not None:
            new.append(made)
            if not sentence.is_quoted(made.cue[0]):
                memory.note(made.voice)
    if new:
        out = [a for a in out if a.rule not in CARRIED] + new
    return sorted(out, key=lambda a: a.cue)


def _within(spans: Sequence[Span], sentence: Sentence) -> tuple[Span, ...]:
    """Spans as far as they lie in a sentence."""
    cut = [(max(a, sentence.start), min(b, sentence.end)) for a, b in spans]
    return tuple((a, b) for a, b in cut if a < b)


def _twin(one: Told, content: tuple[Span, ...], found: list[Attribution], text: str) -> int | None:
    """Which of the patterns' attributions is the same: by its cue, else by what is said."""
    for number, other in enumerate(found):
        if other.rule not in CARRIED and other.cue[0] < one.cue[1] and one.cue[0] < other.cue[1]:
            return number
    shares = [(share(content, a.content, text), -n) for n, a in enumerate(found) if a.rule not in CARRIED]
    best = max(shares, default=(0.0, 0))
    return -best[1] if best[0] >= ONE else None


def _joined(first: Attribution, one: Told, content: tuple[Span, ...], text: str) -> Attribution:
    same_source = first.source is not None and one.source is not None and _overlap(first.source, one.source)
    if share(content, first.content, text) >= AGREED and same_source:
        return replace(first, agreed=True)
    return first


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def share(a: Sequence[Span], b: Sequence[Span], text: str) -> float:
    """The words that two contents have in common, of all that either has."""
    one, other = words_of(a, text), words_of(b, text)
    return len(one & other) / max(1, len(one | other))


def words_of(spans: Sequence[Span], text: str) -> set[int]:
    return {m.start() + a for a, b in spans for m in _WORD.finditer(text[a:b])}


_WORD = re.compile(r"\w+")


def _made(
    one: Told, content: tuple[Span, ...], sentence: Sentence, text: str, voices: Voices, memory: Memory
) -> Attribution | None:
    """An attribution of the parse alone: where its source is a voice."""
    if one.source is None or one.negated:
        return None
    voice = voice_of(text[one.source[0] : one.source[1]], voices, memory)
    if voice is None:
        return None
    hits = voices.speech.cues.find(sentence.folded[one.cue[0] - sentence.start : one.cue[1] - sentence.start])
    stance = Stance(hits[-1].key) if hits else Stance.STATES
    return Attribution(voice, stance, one.source, one.cue, content, rule=f"parsed {one.rule}")


__all__ = ["both", "share", "words_of"]
