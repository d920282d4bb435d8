"""Who says what in a whole page: each sentence's attributions, and quotations that reach over several sentences.

Sentences are read in order with one memory. A passage is then looked at as a whole: of '"A. B. C," she said.' all three
sentences are hers, though only the last names her.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from overt.find.attribution import CARRIED, Attribution, Memory, attribute
from overt.find.attribution_back import back
from overt.find.labels import asks, label, signed
from overt.find.parsed import Told
from overt.find.second import both, within
from overt.find.sentence import Sentence, Span
from overt.find.voices import Voices
from overt.words.phrases import matchable

LONGEST_HEADING = 10  # words
INSIDE = 0.8  # the share of a sentence inside a quotation that makes it the quotation's


@dataclass(slots=True)
class Spoken:
    """One sentence, what its language's sources are read with (None: they are not), and who says what in it."""

    sentence: Sentence
    text: str
    folded: str
    voices: Voices | None
    attributions: list[Attribution]


def spoken(
    read: Sequence[tuple[Sentence, str, Voices | None]],
    memory: Memory,
    told: Mapping[int, Sequence[Told]] = MappingProxyType({}),
) -> list[Spoken]:
    """Return the sentences of a page with their attributions.

    Args:
        read: sentences in order, each with the text of its passage and the reader of its language's sources.
        memory: who has been introduced; it is brought up to date.
        told: what parses of passages tell, by the passage's number.
    """
    out: list[Spoken] = []
    first = 0  # of the passage that is being read
    folded = ""
    speaker: Attribution | None = None  # whom the passage is labelled with
    answers = False  # does it answer a passage that is labelled as a question?
    reaching: list[tuple[Attribution, Told]] = []
    for sentence, text, voices in read:
        if not out or out[-1].sentence.passage != sentence.passage:
            _quote(out[first:])
            _reach(out[first:], reaching)
            first, folded, reaching = len(out), matchable(text), []
            labelled = label(sentence, text, voices, memory) if voices is not None else None
            answers = asks(text) or (answers and not _is_heading(text))
            heard = replace(speaker, source=None, cue=(0, 0)) if speaker is not None else None
            speaker = labelled or (heard if answers and not asks(text) else None)
            if labelled is not None:
                memory.note(labelled.voice)
        before = back(sentence, text, voices, memory) if voices is not None else None
        attributions = attribute(sentence, text, folded, voices, memory) if voices is not None else []
        here = [t for t in told.get(sentence.passage, ()) if sentence.start <= t.cue[0] < sentence.end]
        if voices is not None and here:
            paired = both(attributions, here, sentence, text, voices, memory)
            attributions = [one for one, _ in paired]
            reaching += [(one, also) for one, also in paired if also is not None]
        if before is not None:
            attributions = [a for a in attributions if a.cue[0] >= before.cue[1] and a.rule not in CARRIED]
            _tell(before, out)
            memory.note(before.voice)
        signature = signed(sentence, text, voices, memory) if voices is not None else None
        if signature is not None:
            attributions = [*(a for a in attributions if a.rule not in CARRIED), signature]
        if speaker is not None:
            attributions = _labelled(speaker, sentence, attributions)
        if voices is not None:
            memory.mention(sentence.text, voices)
        out.append(Spoken(sentence, text, folded, voices, attributions))
    _quote(out[first:])
    _reach(out[first:], reaching)
    return out


def _labelled(speaker: Attribution, sentence: Sentence, attributions: list[Attribution]) -> list[Attribution]:
    """Give a sentence to whom its passage is labelled with; others who speak in it are heard through them."""
    is_labelled = speaker.source is not None and sentence.start <= speaker.cue[0] and speaker.cue[1] <= sentence.end
    begin = speaker.cue[1] if is_labelled else sentence.start
    own = [a for a in attributions if a.rule not in CARRIED and a.voice.words != speaker.voice.words]
    whole = replace(speaker, content=((begin, sentence.end),), source=speaker.source if is_labelled else None)
    return [*own, whole]


def _is_heading(text: str) -> bool:
    """A short line without a stop ends the answer to a question."""
    return len(text.split()) <= LONGEST_HEADING and text.rstrip()[-1:] not in '.!?。！？”"'


def _reach(passage: Sequence[Spoken], reaching: Sequence[tuple[Attribution, Told]]) -> None:
    """Give the other sentences of what somebody says to them, as far as the parse says that it reaches."""
    for owner, told in reaching:
        for one in passage:
            content = within(told.content, one.sentence)
            if (
                one.sentence.start <= owner.cue[0] < one.sentence.end
                or not content
                or any(_overlaps(content, a) for a in one.attributions if a.rule not in CARRIED or a.of == owner.cue)
            ):
                continue
            rest = [a for a in one.attributions if a.rule not in CARRIED]
            at = one.sentence.start
            part = replace(owner, content=content, source=None, cue=(at, at), rule="quotation", of=owner.cue)
            one.attributions[:] = [*rest, part]


def _overlaps(content: Sequence[Span], other: Attribution) -> bool:
    return any(a < y and x < b for a, b in content for x, y in other.content)


def _tell(told: Attribution, out: list[Spoken]) -> None:
    """Give the sentence before to whom this one names, unless it names a source itself."""
    if not out or any(a.source is not None for a in out[-1].attributions):
        return
    before = out[-1].sentence
    out[-1].attributions[:] = [replace(told, content=((before.start, before.end),), source=None)]


def _quote(passage: Sequence[Spoken]) -> None:
    """Give every sentence of a quotation to whom one of its sentences names."""
    if len(passage) < 2:
        return
    for quotation in sorted({q for one in passage for q in one.sentence.quotations}):
        inside = [one for one in passage if _share(one.sentence, quotation) >= INSIDE]
        touched = [one for one in passage if _share(one.sentence, quotation) > 0]
        if len(touched) < 2 or not inside:
            continue
        owner = next((a for one in touched for a in one.attributions if _owns(a, quotation)), None)
        if owner is None:
            continue
        for one in inside:
            if any(_owns(a, quotation) for a in one.attributions):
                continue
            nested = [a for a in one.attributions if a.rule not in CARRIED]
            start, end = one.sentence.start, one.sentence.end
            whole = replace(
                owner, content=((start, end),), source=None, cue=(start, start), rule="quotation", of=owner.cue
            )
            one.attributions[:] = [*nested, whole]


def _owns(one: Attribution, quotation: Span) -> bool:
    """True where an attribution's cue stands outside a quotation and its content inside."""
    outside = one.cue[1] <= quotation[0] or one.cue[0] >= quotation[1]
    held = any(a < quotation[1] and quotation[0] < b for a, b in one.content)
    return outside and held and one.rule not in CARRIED


def _share(sentence: Sentence, quotation: Span) -> float:
    both = min(sentence.end, quotation[1] + 1) - max(sentence.start, quotation[0] - 1)
    return max(0, both) / max(1, sentence.end - sentence.start)


__all__ = ["Spoken", "spoken"]
