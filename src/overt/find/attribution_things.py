"""What is spoken of does not speak: "Secret stations uncovered in Lisbon" is a headline, and no station's word."""

import re

from overt.find.attribution import Attribution
from overt.find.thing_nouns import is_own
from overt.find.voices import Voices
from overt.words.phrases import Hit, matchable

# What stands behind the head of a noun phrase and belongs to it: "the station | in Rome".
_BEHIND = re.compile(r"\W*(?:(?:in|at|of|from|near|en|à|au|aux|a|im|em|no|na|nel|nella|op|te|bei|de|di)\s.*)?$", re.S)
_PARTICIPLE = re.compile(r"(?:ed|found|told|shown)$")
# Behind a participle of a headline: where, when, to do what; and nothing of what somebody says.
_OF_PARTICIPLE = re.compile(
    r"\s*(?:$|[.!?;]|(?:in|at|on|near|across|within|inside|around|over|after|amid|as|by|for|to|from|during|last|this)\b"
    r"(?!.*\b(?:that|whether)\b))",
    re.S,
)


def is_of_a_thing(one: Attribution, text: str, end: int, voices: Voices) -> bool:
    """True where the source of a verb is one of the things that the profile looks for.

    Args:
        one: an attribution by its verb, in a sentence that ends at `end` of `text`.
    """
    if one.source is None:
        return False
    words = text[slice(*one.source)]
    head = _head(words, voices)
    if head is None:
        return False
    named = words[head.start : head.end]
    if head.key == "own" and (is_own(named) or head.end < len(words.rstrip())):
        return True
    is_participle = one.rule in ("before", "whole") and _PARTICIPLE.search(text[slice(*one.cue)]) is not None
    return voices.speech.language == "en" and is_participle and bool(_OF_PARTICIPLE.match(text[one.cue[1] : end]))


def _head(words: str, voices: Voices) -> Hit | None:
    """The thing that words name, None where they name somebody of it ("the head of the station")."""
    folded = matchable(words)
    hits = [h for h in voices.things.find(folded) if _BEHIND.match(folded, h.end)]
    if not hits:
        return None
    head = min(hits, key=lambda h: (h.start, -h.end, h.key))
    speech = voices.speech
    others = (*speech.heads.find(folded), *speech.roles.find(folded), *voices.known.find(folded))
    reach = head.start if head.key == "own" else head.end  # "the Home | Office" is no office
    return None if any(h.start < reach and (h.end <= head.start or head.key != "own") for h in others) else head


__all__ = ["is_of_a_thing"]
