"""Sources that are marked in Chinese: 据…报道 and 援引…的话, and the label before what somebody says (发言人：…)."""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.cues_han import is_cue
from overt.find.sentence import Sentence
from overt.find.source_han import ends_with_voice, source_before, voice_of
from overt.find.voices import Voices
from overt.model import Stance, Voice, VoiceKind
from overt.words.phrases import Hit

_NOT_ACCORDING = frozenset("点守此悉为")
_BEFORE_ACCORDING = frozenset("另又而但并也则且,是有")
_ASKER = re.compile("^(?:[^，,]{0,12})?(?:记者|記者)$")
LONGEST_CITED = 36  # characters between 根据 and a comma that can be a source by themselves
_LABEL = re.compile(r"\s*(?:【[^】]*】)?([^，。,：:]{2,16})[：:]")


def according(
    mark: Hit, cues: list[Hit], sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory
) -> Attribution | None:
    """The attribution that a mark makes, whose source follows up to a verb or a comma; None where none does."""
    if mark.key not in ("according", "citing") or (mark.key == "according" and not _is_according(mark, folded)):
        return None
    stop = re.search(r"[，,。：:]", text[mark.end : sentence.end])
    until = mark.end + (stop.start() if stop else 0)
    cue = next((h for h in cues if mark.end <= h.start <= until + 1 and is_cue(h, folded)), None)
    words = text[mark.end : cue.start if cue else until]
    if not words.strip() and cue is not None and folded.startswith("报", cue.start):
        told = Voice(role=text[cue.start : cue.end], kind=VoiceKind.OUTLET, words=text[cue.start : cue.end])
        return Attribution(
            told, Stance.STATES, (cue.start, cue.end), (mark.start, cue.end), ((cue.end, sentence.end),), rule="据"
        )
    got = source_before(words, voices, memory, sure=cue is not None) if words.strip() else None
    if got is None or (cue is None and mark.key == "according" and len(words) > LONGEST_CITED):
        return None
    voice = voice_of(got[0], voices, memory)
    if voice is None:
        return None
    at = mark.end + got[1]
    after = cue.end if cue else until
    return Attribution(
        voice,
        Stance.STATES,
        (at, at + len(got[0])),
        (mark.start, after),
        ((after, sentence.end),),
        cited=mark.key == "citing",
        rule="据",
    )


def _is_according(mark: Hit, folded: str) -> bool:
    """据 opens a clause; in 证据, 据点 and the like it is part of another word."""
    before, after = folded[: mark.start][-1:], folded[mark.end : mark.end + 1]
    return after not in _NOT_ACCORDING and (not ("\u4e00" <= before <= "\u9fff") or before in _BEFORE_ACCORDING)


def labelled(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> Attribution | None:
    """A label at a passage's beginning (使馆发言人：) speaks to the passage's end."""
    before = text[: sentence.start].strip()
    if before and not before.endswith(("？", "?")):
        return None
    label = _LABEL.match(text, sentence.start)
    if label and _ASKER.search(label[1]) and re.search("[？?]", sentence.text):
        source = (label.start(1), label.end(1))
        asker = Voice(role=label[1], kind=VoiceKind.OUTLET, words=label[1])
        return Attribution(asker, Stance.ASKS, source, source, ((label.end(), sentence.end),), rule="问")
    if not label or re.search("记者|記者|编辑|編輯", label[1]) or "来源" in label[1] or "标题" in label[1]:
        return None
    verb = next((h for h in voices.speech.cues.find(folded[: label.end(1)]) if h.end == label.end(1)), None)
    words = label[1] if verb is None else text[label.start(1) : verb.start]  # 公安局提醒：
    got = source_before(words, voices, memory)
    voice = voice_of(got[0], voices, memory) if got else None
    if got is None or voice is None or not ends_with_voice(words.strip(), voices):
        return None
    memory.rest_of_passage = voice
    memory.note(voice)
    at = label.start(1) + got[1]
    source, cue = (at, at + len(got[0])), (label.start(1), label.end(1))
    return Attribution(voice, Stance.STATES, source, cue, ((label.end(), sentence.end),), rule="答")


__all__ = ["according", "labelled"]
