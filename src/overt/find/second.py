"""Two readers of attributions beside each other: what the patterns found in a sentence, and what a parse of it tells.

Where both found one and the same, the attribution is `agreed`. Where they differ, the patterns' word goes: they know a
case's voices, and on labelled pages the parser's subjects and reach made a seventh of the voices wrong. What the parse
alone tells is added where its rule is sure and its subject is a voice.
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
ONE, AGREED = 0.5, 0.9
# Rules of the parse that are right nine times out of ten on their own (PolNeAR, development part). Only they add what
# the patterns did not find, and only on them two readers agree.
SURE = frozenset({"clause", "according", "noun", "signed"})

PARSED_RULE = "parsed "  # how the rule of an attribution begins that only the parse tells

_WORD = re.compile(r"\w+")


def both(
    first: list[Attribution], told: Sequence[Told], sentence: Sentence, text: str, voices: Voices, memory: Memory
) -> list[tuple[Attribution, Told | None]]:
    """Return the attributions of a sentence by both readers, in order of their cues, each with what the parse tells.

    Args:
        first: the patterns'.
        told: what the parse of the passage tells, as far as its cues stand in the sentence.
        memory: what was said before; voices that only the parse found are added.
    """
    out: list[tuple[Attribution, Told | None]] = [(one, None) for one in first]
    new: list[tuple[Attribution, Told | None]] = []
    here = [(one, within(one.content, sentence)) for one in told]
    here = [(one, content) for one, content in here if content]
    twins = _twins(here, first, text)
    for number, (one, content) in enumerate(here):
        if number in twins:
            twin = twins[number]
            out[twin] = (_joined(first[twin], one, content, text), one)
        elif not any(_sameness(one, content, other, text) >= ONE for other, _ in (*out, *new)):
            made = _made(one, content, sentence, text, voices, memory)
            if made is not None:
                new.append((made, one))
                if not sentence.is_quoted(made.cue[0]):
                    memory.note(made.voice)
    if new:
        out = [pair for pair in out if pair[0].rule not in CARRIED] + new
    return sorted(out, key=lambda pair: pair[0].cue)


def within(spans: Sequence[Span], sentence: Sentence) -> tuple[Span, ...]:
    """Spans as far as they lie in a sentence."""
    cut = [(max(a, sentence.start), min(b, sentence.end)) for a, b in spans]
    return tuple((a, b) for a, b in cut if a < b)


def _twins(here: Sequence[tuple[Told, tuple[Span, ...]]], found: Sequence[Attribution], text: str) -> dict[int, int]:
    """Which of the patterns' attributions each one is: by its cue, else by what is said. Each is taken once."""
    out: dict[int, int] = {}
    free = {n for n, other in enumerate(found) if other.rule not in CARRIED}
    for number, (one, _) in enumerate(here):
        twin = next((n for n in sorted(free) if _overlap(found[n].cue, one.cue)), None)
        if twin is not None:
            out[number] = twin
            free.discard(twin)
    for number, (one, content) in enumerate(here):
        share, twin = max(((_sameness(one, content, found[n], text), -n) for n in free), default=(0.0, 0))
        if number not in out and share >= ONE:
            out[number] = -twin
            free.discard(-twin)
    return out


def _sameness(one: Told, content: Sequence[Span], other: Attribution, text: str) -> float:
    """How much of what is said is the same; nothing, where one says what the other says."""
    is_nested = other.holds(one.cue[0]) or any(a <= other.cue[0] < b for a, b in content)
    return 0.0 if is_nested or other.rule in CARRIED else share(content, other.content, text)


def _joined(first: Attribution, one: Told, content: Sequence[Span], text: str) -> Attribution:
    """The patterns' attribution, marked where the parse found the same words of the same source."""
    same_source = first.source is not None and one.source is not None and _overlap(first.source, one.source)
    agreed = one.rule in SURE and same_source and share(content, first.content, text) >= AGREED
    return replace(first, agreed=agreed)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def share(a: Sequence[Span], b: Sequence[Span], text: str) -> float:
    """The words that two contents have in common, of all that either has."""
    one, other = _words(a, text), _words(b, text)
    return len(one & other) / max(1, len(one | other))


def _words(spans: Sequence[Span], text: str) -> set[int]:
    return {m.start() + a for a, b in spans for m in _WORD.finditer(text[a:b])}


def _made(
    one: Told, content: tuple[Span, ...], sentence: Sentence, text: str, voices: Voices, memory: Memory
) -> Attribution | None:
    """An attribution of the parse alone."""
    if one.source is None or one.negated or one.rule not in SURE:
        return None
    voice = voice_of(text[one.source[0] : one.source[1]], voices, memory)
    if voice is None:
        return None
    hits = voices.speech.cues.find(sentence.folded[one.cue[0] - sentence.start : one.cue[1] - sentence.start])
    stance = Stance(hits[-1].key) if hits else Stance.STATES
    return Attribution(voice, stance, one.source, one.cue, content, rule=PARSED_RULE + one.rule)


__all__ = ["AGREED", "ONE", "PARSED_RULE", "SURE", "both", "share", "within"]
