"""The outlet that heard somebody say it: "told the Quay Herald that", "sagte sie der FAZ", "cité par Le Monde".

It stands right behind the verb, or behind the source, and is a link of the chain outside the speaker's.
"""

import re
from dataclasses import replace

from overt.find.attribution import Attribution, Memory
from overt.find.outlet_names import outlet_name_at
from overt.find.sentence import Sentence, Span
from overt.find.source import voice_of
from overt.find.voices import Voices
from overt.model import Voice, VoiceKind
from overt.words.phrases import matchable

# What leads from a verb or a source to who was told, by language.
_TO = {
    language: re.compile(rf",?\s*(?:{words})\s*", re.IGNORECASE)
    for language, words in {
        "en": r"(?<=told)|(?<=tells)|(?<=tell)|"
        r"in an? (?:\w+ ){0,2}(?:statement|interview|e-?mail|comments?|letter) (?:to|with|for)|"
        r"in (?:comments|remarks) to|(?:speaking )?to|(?:as )?(?:cited|quoted) by",
        "fr": r"(?:ce \w+ |lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?(?:à|au|auprès d[eu']|"
        r"dans un entretien (?:à|au|avec)|interrogée? par|citée?s? par)",
        "es": r"(?:en (?:declaraciones|una entrevista) )?(?:al|a|con|citad[oa]s? por)",
        "it": r"(?:in un'intervista )?(?:all['’]|alla|allo|al|ai|a|citat[oaie] d(?:a|al|alla|all['’]))",
        "pt": r"(?:em declarações |numa entrevista )?(?:ao|à|a|citad[oa]s? (?:por|pelo|pela))",
        "de": r"(?:im (?:Gespräch|Interview) mit |gegenüber )?(?:dem|der|den)|gegenüber|zitiert (?:von|vom)",
        "nl": r"tegenover|tegen|aan|in gesprek met|geciteerd door",
    }.items()
}
_OF_ITS_OWN = re.compile(
    r"redakt|redac|redaz|journalist|periodista|giornalist|reporter|correspon|korrespondent|editor|heraus"
)  # an outlet's own people
LONGEST_OUTLET = 60  # characters
LEAST_LEFT = 12  # characters of what is said


def heard(found: list[Attribution], sentence: Sentence, text: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of a sentence with the outlets that heard them; what is said begins behind these."""
    lead = _TO.get(voices.speech.language)
    if lead is None:
        return found
    out = [
        _heard(_without_told(one, lead, text, voices, memory), lead, sentence, text, voices, memory) for one in found
    ]
    taken = {told[1].words: told[0] for told in out if told[1] is not None}
    return [
        one for one, _ in out if one.rule != "cited_by" or one.voice.words not in taken or taken[one.voice.words] is one
    ]


def _heard(
    one: Attribution, lead: re.Pattern[str], sentence: Sentence, text: str, voices: Voices, memory: Memory
) -> tuple[Attribution, Voice | None]:
    if one.heard_by is not None:
        return one, one.heard_by
    inside = [m.start() for m in re.finditer(r"\s", text[slice(*one.cue)])]  # "zei tegen het AD dat"
    behind = [one.cue[1], *([one.source[1]] if one.source is not None else [])]
    if one.source is not None and one.source[0] > sentence.start:
        behind.append(sentence.start)  # "Speaking to the Quay Herald, the mayor said"
    for at in dict.fromkeys((*(one.cue[0] + space for space in inside), *behind)):
        begins = lead.match(text, at, sentence.end)
        end = _outlet_end(text, begins.end(), sentence.end, voices) if begins is not None else None
        if begins is None or end is None:
            continue
        if at == sentence.start and (one.source is None or end > one.source[0] or text[end : end + 1] != ","):
            continue
        words = text[begins.end() : end]
        read = voice_of(words, voices, memory)
        voice = read if read is not None and read.kind == VoiceKind.OUTLET else None
        voice = voice or Voice(organisation=words, kind=VoiceKind.OUTLET, words=words)
        if one.voice.words != words:
            content = _behind(one.content, begins.start(), end)
            return replace(one, heard_by=voice, content=content or one.content), voice
    return one, None


def _behind(content: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """What is said without the words that tell to whom, where these stand at its beginning."""
    spans = [(end if a <= start + 1 < end and start - a <= 1 else a, b) for a, b in content]
    return tuple((a, b) for a, b in spans if b - a > LEAST_LEFT or (a, b) in content)


def _outlet_end(text: str, at: int, end: int, voices: Voices) -> int | None:
    """Where the name of an outlet ends that begins at `at`: one that is known, or a noun of outlets with a name."""
    named = outlet_name_at(text, at)
    part = text[at : min(end, at + LONGEST_OUTLET)]
    folded = matchable(part)
    known = [
        h.end
        for h in voices.known.find(folded)
        if h.start == 0 and voices.profile.voices[h.key].kind == VoiceKind.OUTLET
    ]
    if named is not None or known:
        return max(at + max(known, default=0), named or 0)
    for head in voices.speech.heads.find(folded):
        name = re.compile(r"\s+(?:«|“|\")?(?:[^\W\d_a-zß-ÿ][\w'’.-]*)(?:\s+[^\W\d_a-zß-ÿ][\w'’.-]*){0,3}").match(
            part, head.end
        )
        if head.key == "outlet" and name is not None and len(part[: head.start].split()) <= 1:
            return at + name.end()
    return None


def _without_told(one: Attribution, lead: re.Pattern[str], text: str, voices: Voices, memory: Memory) -> Attribution:
    """ "sagte der Vorsitzende | der FAZ": the source of a verb before it ends where who was told begins."""
    if one.source is None or one.source[0] < one.cue[1]:
        return one
    words = text[slice(*one.source)]
    for space in re.finditer(r"(?<=\w)\s", words):
        told, before = lead.match(words, space.start()), words[: space.start()]
        end = outlet_name_at(words, told.end()) if told is not None else None
        if end == len(words.rstrip()) and before.strip() and not _OF_ITS_OWN.search(matchable(before)):
            voice = voice_of(before, voices, memory)
            source = (one.source[0], one.source[0] + space.start())
            return replace(one, voice=voice, source=source) if voice is not None else one
    return one


__all__ = ["heard"]
