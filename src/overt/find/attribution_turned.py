"""The verb before its subject: "..., melden RTL und NOS." and "Vorige maand schreef de organisatie dat ..."."""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.attribution_marks import CLOSERS
from overt.find.sentence import Sentence, Span
from overt.find.source import is_sure, voice_of
from overt.find.source_unnamed import unnamed
from overt.find.voices import Voices
from overt.model import Stance
from overt.words.phrases import Hit, matchable

RELATIVE_CUE = re.compile(r"(?:che|qui|que|quien|quienes|who|which)\b")
_RELATIVE_OPENS = re.compile(r"\s*,\s*(?:which|who|die|der|das|dat|que|qui|che)\b[^,]{0,30}")
LEAST_SAID = 12  # characters before a verb that can be what was said
LEAST_REST = 3  # words behind a source in the middle of a sentence with which what is said goes on
LONGEST_TURNED = 14  # words of a source behind its verb

LEAST_PARTED = 3  # words of a verb in two parts that can hold its source

# Behind a source that follows its verb: to whom, where and how it spoke, and the rest of the verb.
_TRAILS = re.compile(
    r"\s+(?:in een reactie|in een verklaring|in einer|desgevraagd|gegenüber|tegen|tegenover|op twitter|via|weten|al|"
    r"ook|auch|bereits|dem sender|der zeitung)\b.*$",
    re.I | re.S,
)


def turned(
    hit: Hit, sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory, stance: Stance
) -> Attribution | None:
    """The verb before its subject: "..., melden RTL und NOS." and "Vorige maand schreef de organisatie dat ..."."""
    if not voices.speech.has_finite:
        return None
    start, end = sentence.start, sentence.end
    head = text[start : hit.start].rstrip()
    after = text[hit.end : end]
    if RELATIVE_CUE.match(folded, hit.start):
        return None  # "the group, che ha rivelato ...": the source stands before
    inner = _within(hit, head, sentence, text, voices, memory, stance)
    if inner is not None:
        return inner
    if head.endswith((",", "–", "—", *CLOSERS)):
        stop = re.search(r"[,.;:!?–—]|$", after)
        words = _TRAILS.sub("", after[: stop.start() if stop else len(after)])
        if voices.speech.finite_in(words) or len(words.split()) > LONGEST_TURNED:
            return None
        voice = voice_of(words, voices, memory)
        is_known = voice is not None and voices.read(words) is not None and is_sure(words, voices)
        unlisted = None if is_known else unnamed(words, voices)
        voice = voice if is_known else unlisted[1] if unlisted is not None else None
        if voice is not None:
            span = (hit.end, hit.end + len(words))
            content: tuple[Span, ...] = ((start, hit.start),)
            rest = text[span[1] : end].lstrip(" ,–—")
            if len(rest.split()) >= LEAST_REST and text[span[1] : span[1] + 2].strip()[:1] in (",", "–", "—"):
                # "The sites, says the group, are used to ...": the sentence goes on with what is said.
                content = ((start, hit.start), (span[1], end))
            elif hit.start - start <= LEAST_SAID:
                return None
            return Attribution(voice, stance, span, (hit.start, hit.end), content, rule="turned")
        return None
    first = re.match(r"\W*([\w'’]+)", head)
    leads = first and not re.search(r"[,;:]", head) and voices.speech.adverbial.find(matchable(first[1]))
    if leads and len(head.split()) <= 5:
        that = re.search(r",|\s(?:dat|dass|que|che)\s", after)
        if that is None:
            return None
        words = after[: that.start()]
        voice = voice_of(words, voices, memory)
        if voice is not None and is_sure(words, voices):
            span = (hit.end, hit.end + len(words))
            return Attribution(voice, stance, span, (hit.start, hit.end), ((hit.end + that.end(), end),), rule="turned")
    return None


def ends_relative(earlier: Attribution, hit: Hit, text: str, folded: str) -> bool:
    """ "The group, which first revealed them, counted ...": behind the clause that tells of it its subject goes on."""
    if earlier.source is None or earlier.rule != "before" or earlier.source[1] > earlier.cue[0]:
        return False
    opens = _RELATIVE_OPENS.fullmatch(folded, earlier.source[1], earlier.cue[0])
    between = text[earlier.cue[1] : hit.start].rstrip()
    return opens is not None and between.endswith(",") and between.count(",") == 1


def _within(
    hit: Hit, head: str, sentence: Sentence, text: str, voices: Voices, memory: Memory, stance: Stance
) -> Attribution | None:
    """The source between the parts of a verb: "..., heeft de minister besloten", "..., hat die Polizei mitgeteilt"."""
    words = text[hit.start : hit.end].split()
    if len(words) < LEAST_PARTED or not head.endswith((",", *CLOSERS)) or hit.start - sentence.start <= LEAST_SAID:
        return None
    begin = hit.start + len(words[0])
    inner = text[begin : hit.end - len(words[-1])]
    voice = voice_of(inner, voices, memory)
    if voice is None or not is_sure(inner, voices):
        return None
    source = (begin, begin + len(inner))
    return Attribution(voice, stance, source, (hit.start, hit.end), ((sentence.start, hit.start),), rule="within")
