"""Who is named in the layout of a text: speakers before a colon, and persons whose role stands behind their name.

A sentence or a passage goes in; an attribution, or the persons that it introduces, come out. Languages with spaces.
"""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.sentence import Sentence
from overt.find.voices import Voices
from overt.model import Stance, Voice
from overt.words.phrases import matchable

LONGEST_LABEL = 8  # words
REACH_OF_NAME = 120  # characters between a role and the name before it
_LABEL = re.compile(r"[\s\"“]*([^\W\d_a-zß-ÿ][^:：.!?\n“”\"]{2,80}?)\s*[:：]\s+(?=\S)")
# '"...", ― Laura N.': whose words a quotation is, behind a dash at its end.
_SIGNED = re.compile(
    r"[”\"»]\s*([―—–]|--)\s*([^\W\d_a-zß-ÿ][\w'’.-]*(?:\s+(?:de|da|van|von|del|der|bin|of|the)?\s*[^\W\d_a-zß-ÿ][\w'’.-]*){1,4})"
    r"(?=[\s.]*$|,\s[^.!?]{2,80}[\s.]*$)"
)
_ASKS = re.compile(
    r"\s*(?:Question|Q|Reporter|Journalist|Pregunta|Frage|Vraag|Domanda|Pergunta)\s*\d*\s*[:：]", re.IGNORECASE
)
# "Jie Z., CEO of the centre, ...", "Wang H., the owner of X": a name, a comma, perhaps an article and some words.
_NAME_BEFORE = re.compile(
    r"([A-ZÀ-Ý][\w'’-]+(?:\s+(?:[A-ZÀ-Ý][\w'’.-]*|de|da|van|von|del|der|bin)){1,3}),\s+"
    r"(?:(?:the|an?|its|his|her|their|el|la|le|il|der|die|de|o|een|ein|eine)\s+)?(?:[\w'’-]+\s+){0,3}$"
)
_APPOSITION = re.compile(
    r"[^,.;:()–—\n]{2,90}?(?=[,.;:()–—\n]|\s(?:during|after|before|when|while|who|in an|on|told|said|says)\s|$)"
)


def asks(text: str) -> bool:
    """True where a passage is labelled as a question: what follows it in the page is an answer."""
    return bool(_ASKS.match(text))


def label(sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """Return who a passage is labelled with ("Embassy Spokesperson: ..."), for its first sentence; else None."""
    found = _LABEL.match(text)
    if sentence.start > len(text) - len(text.lstrip()) or found is None or asks(text) or not voices.speech.has_spaces:
        return None
    words = found[1]
    folded = matchable(words)
    if len(words.split()) > LONGEST_LABEL or voices.speech.cues.find(folded):
        return None
    # A topic before a colon ("Police abroad: what is known") names a body too: who speaks has a role or is known.
    introduced = words.split()[-1].lower() in memory.persons and words.split()[-1].isupper()
    speaks = voices.speech.roles.find(folded) or voices.known.find(folded) or introduced
    voice = memory.resolve(voices.read(words)) if speaks else None
    if voice is None:
        return None
    at = (found.start(1), found.end(1))
    return Attribution(voice, Stance.STATES, at, (at[1], found.end()), ((found.end(), sentence.end),), rule="label")


def signed(sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """Return whose words a passage is that is a quotation with a name behind a dash, for the sentence of the name."""
    found = _SIGNED.search(text)
    if found is None or not sentence.start <= found.start(1) < sentence.end or text.lstrip()[:1] not in '"“”„«':
        return None
    voice = memory.resolve(voices.read(found[2])) or Voice(speaker=found[2], words=found[2])
    content = ((len(text) - len(text.lstrip()), found.start() + 1),)
    return Attribution(voice, Stance.STATES, found.span(2), found.span(1), content, rule="signed")


def introduced_behind(text: str, voices: Voices) -> list[Voice]:
    """Return persons whose role or body stands behind their name, between commas."""
    out: dict[str, Voice] = {}
    folded = matchable(text)
    hits = [*voices.speech.roles.find(folded), *(h for h in voices.speech.heads.find(folded) if h.key != "document")]
    for hit in sorted(hits):
        back = max(0, hit.start - REACH_OF_NAME)
        name = _NAME_BEFORE.search(text[back : hit.start])
        if name is None or name[1] in out:
            continue
        if voices.speech.cues.find(folded[back + name.end(1) : hit.start]):
            continue  # "N. N., says the ambassador": a verb of speech stands between
        words = _APPOSITION.match(text, back + name.end(1) + 1)
        read = voices.read(words[0].strip()) if words else None
        if isinstance(read, Voice) and (read.role or read.organisation):
            out[name[1]] = Voice(
                speaker=name[1], role=read.role, organisation=read.organisation, kind=read.kind, words=name[1]
            )
    return list(out.values())


__all__ = ["asks", "introduced_behind", "label", "signed"]
