"""Who said the sentence before: "Lo rivela X.", "Das teilte das Ministerium mit.", "That is according to X."

A short sentence that begins with a word for what was just said, a verb of speech and a source, gives the sentence
before it that source. The phrases lie in the lexicon's table `back`: `says` are whole ("lo rivela"), `open` need a
participle of `closes` later in the sentence ("dat heeft ... laten weten").
"""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.sentence import Sentence
from overt.find.voices import Voices
from overt.model import Stance, Voice
from overt.words.phrases import Hit, matchable

# A sentence that goes on to say something of its own is longer than this.
LONGEST_BACK_WORDS = 32
# The phrase stands within so many characters of the beginning of its sentence.
BEGINS = 3
LONGEST_SOURCE_WORDS = 14
_STOP = re.compile(r"[,;:.!?(]|\s[-–—]\s")
_TIMES = re.compile(
    r"(?:ook|auch|al|bereits|gisteren|gestern|vandaag|heute|eerder|zuvor|vorige|am|im|op|aan|gegenuber|tegen|ieri|oggi|"
    r"ayer|hoy|ontem|hoje|hier|aujourd'hui)$"
)
_GOES_ON = re.compile(r"\b(?:dass|ob|that|dat|que|che)\b")


def back(sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """Return who, by this sentence, said the one before it; its content is empty. None where it names nobody so.

    Args:
        sentence: where it stands in the passage.
        text: the passage as printed.
        voices: reads sources.
        memory: what was said before.
    """
    if not voices.speech.has_spaces:
        return None
    is_long = len(sentence.text.split()) > LONGEST_BACK_WORDS
    if is_long and text[: sentence.start].rstrip(" .")[-1:] not in ("”", "»", '"', "“"):
        return None  # a long sentence says something of its own, unless a quotation has just ended
    hits = voices.speech.back.find(sentence.folded)
    for hit in hits:
        kind, _, given = hit.key.partition(":")
        if kind == "closes" or hit.start > BEGINS:
            continue
        end = len(sentence.text)
        if kind == "open":
            closing = [h for h in hits if h.key == "closes" and h.start > hit.end]
            if not closing:
                continue
            end = closing[0].start
        voice, words = _source(sentence.text, hit, end, voices, memory)
        if voice is None:
            continue
        begin = sentence.start + hit.end
        span = (sentence.start + hit.start, begin)
        return Attribution(voice, Stance(given or "states"), (begin, begin + len(words)), span, (), rule="back")
    return None


def _source(text: str, hit: Hit, end: int, voices: Voices, memory: Memory) -> tuple[Voice | None, str]:
    words = text[hit.end : end]
    stop = _STOP.search(words)
    words = words[: stop.start()] if stop else words
    if _GOES_ON.search(matchable(words)):
        return None, words
    words = " ".join(words.split()[:LONGEST_SOURCE_WORDS])
    kept: list[str] = []
    for word in words.split(" "):
        if kept and (_TIMES.match(matchable(word)) or matchable(word) in voices.speech.calendar):
            break  # "Dat heeft de minister maandag ook ...": the source ends where time and others begin
        kept.append(word)
    words = " ".join(kept)
    while words:
        read = voices.read(words)
        voice = memory.resolve(read)
        if voice is not None and _is_sure(words, voices):
            return voice, words
        words = words.rpartition(" ")[0]
    return None, ""


def _is_sure(words: str, voices: Voices) -> bool:
    folded = matchable(words)
    return bool(
        voices.speech.heads.find(folded)
        or voices.known.find(folded)
        or voices.speech.roles.find(folded)
        or voices.speech.pronouns.find(folded)
        or words[:1].isupper()
    )
