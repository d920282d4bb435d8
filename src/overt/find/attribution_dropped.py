"""Verbs of speech without a subject, in languages whose verbs need none: "Explicó que ...", "..., ha aggiunto".

A subject right behind the verb is taken ("Denunció la ONG que ..."); else it is whoever spoke last.
"""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.sentence import Sentence, Span
from overt.find.source import is_sure, voice_of
from overt.find.voices import Voices
from overt.model import Stance
from overt.words.phrases import Hit, matchable

LANGUAGES = frozenset({"es", "it", "pt"})
LEAST_SAID = 12  # characters before or behind a verb that can be what was said
MOST_ADVERBS = 3  # words between the beginning of a clause and its verb
LONGEST_SUBJECT = 12  # words
_SAYS_WHAT = re.compile(r"\s*(?:,\s*)?(?:que|che|di|qu[eé]|come|como)\b|\s*[:,\"“«]|\s*[.!?]?\s*$")
_ADVERBS = re.compile(
    r"^(?:y|e|ed|pero|ma|mas|tambien|anche|tambem|ademas|inoltre|alem disso|asimismo|igualmente|poi|luego|despues|"
    r"depois|"
    r"asi|cosi|assim|ya|gia|ja|incluso|persino|ate|ainda|ancora|aun|todavia|no|non|nao|se|lo|la|le|o|ha|entonces|quindi|infine|"
    r"finalmente|por ultimo|\w+mente|\s|,)*$"
)
_NEXT = re.compile(r"(?:,|:|\s(?:que|che)\b|[.!?]?\s*$)")


def dropped(
    hit: Hit, left: int, sentence: Sentence, text: str, voices: Voices, memory: Memory, stance: Stance
) -> Attribution | None:
    """Return the attribution of a verb that stands alone; None where the language or the words do not allow it.

    Args:
        hit: the verb; its clause begins at `left`.
    """
    if voices.speech.language not in LANGUAGES:
        return None
    start, end = sentence.start, sentence.end
    between = matchable(text[left : hit.start]).strip(' ,"”»’')
    after = text[hit.end : end]
    if after.startswith("-se"):
        return None  # "Confirma-se a existência de ...": nobody says it
    inside = text[start : hit.start].rstrip().endswith(",") and after.lstrip().startswith(",")
    if not inside and (len(between.split()) > MOST_ADVERBS or not _ADVERBS.match(between)):
        return None  # "Las oficinas, aseguró, ya no existen" stands between commas
    cue = (hit.start, hit.end)
    stop = _NEXT.search(after)
    words = after[: stop.start()] if stop else ""
    if words.strip() and len(words.split()) <= LONGEST_SUBJECT and not voices.speech.finite_in(words):
        voice = voice_of(words, voices, memory) if is_sure(words, voices) else None
        if voice is not None:
            source = (hit.end, hit.end + len(words))
            return Attribution(
                voice, stance, source, cue, _content(start, hit.start, source[1], end, text), rule="behind"
            )
        return None
    if not _SAYS_WHAT.match(after) or memory.last is None:
        return None
    content = _content(start, hit.start, hit.end, end, text)
    return Attribution(memory.last, stance, None, cue, content, rule="dropped") if content else None


def _content(start: int, before: int, behind: int, end: int, text: str) -> tuple[Span, ...]:
    """What is said: behind the verb, before it where a quotation or comma ends there, or both."""
    head, tail = text[start:before].rstrip(), text[behind:end].strip(" .,;:!?\"'”’»")
    spans: list[Span] = []
    if head.endswith((",", "”", "»", '"', "“")) and len(head) > LEAST_SAID:
        spans.append((start, before))
    if len(tail) > LEAST_SAID or not spans:
        spans.append((behind, end))
    return tuple(spans)


__all__ = ["dropped"]
