"""Attribution by marks rather than verbs: "according to X", "..., so X", "citing X", the passive "reported by X"."""

import re

from overt.find.attribution import Attribution, Memory
from overt.find.sentence import Sentence, Span
from overt.find.source import is_sure, noun_phrase, voice_of
from overt.find.voices import Voices
from overt.model import Stance, Voice, VoiceKind
from overt.words.phrases import Hit, matchable

_NAMED = re.compile(r"\s(?:(?:the|an?|its|their)\s+)?(?:[a-z]+\s+){0,4}[A-Z]")
LONGEST_NAMED = 10
_INFINITIVE = re.compile(
    r"\s*[a-zà-ý]+[aei]r(?:l[aeo]s?|se|ne|mi)?\b(?!\s*,)|\s*[a-zà-ý]+(?:are|ere|ire|arsi|ersi|irsi)\b"
)
LONGEST_VIEW = 60  # characters between "para" and the comma behind its source
MOST_BEFORE_VIEW = 2  # words: "Mas, para a ..."
_HIM = re.compile(
    r"\s*(?:haar|hem|hen|hun|lui|loro|lei|elle|eux|elles|él|ella|ellos|ele|ela|eles|ihm|ihr|ihnen|him|her|them)\b(?!\s+[A-ZÀ-Ý])"
)
_BEFORE_POSTPOSED = re.compile(
    r"(?:^|[\s,])((?:dem|der|den|einem|einer|eigenen|diesem|dieser|[A-ZÄÖÜ][\w-]*)"
    r"(?:\s+(?:des|der|von|vom|für|und|[A-ZÄÖÜ][\w-]*|[a-zäöüß]+en))"
    r"{0,6}?)$"
)
_AT_PLACE = re.compile(r"\s(?:a|ad|in|en|à|em|na|no|nel|nella|au|aux|tra|entre)\s+(?=[A-ZÀ-Ý])")
_TO_WHOM = re.compile(
    r"\s*(?:which|whom|(?:la|il|el|o|a|los|las) (?:quale|cual|qual|cuales)|i quali|le quali|cui|quien|lequel|laquelle|"
    r"lesquels|qui|dem|der|denen)\b"
)
_NO_NAME_AT_END = re.compile(
    r"(?:\s(?:no|non|nicht|niet|não|ne|n['’]|se|si|sich|zich|ya|già|já|nunca|mai|jamais|nie|nooit))+$"
)
CLOSERS = "\"'”’»"


# "Were exposed on Wednesday by the press": a day or an adverb between a passive and who did it.
_LATER_BY = re.compile(
    r"\s+(?:(?:on|in|first|also|earlier|last|this|week|month|year|recently|jointly|today|yesterday|publicly|initially|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|\d{1,4})\s+){1,4}by\s+"
)


def by(hit: Hit, sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> Attribution | None:
    """Passive: "was first reported by X", "is accused by X of"."""
    by = re.match(
        r"\s+(?:by|door|von|vom|por|par|da|dal|dalla|dai|dalle|dagli|pela|pelo|pelas|pelos)\s+",
        folded[hit.end : sentence.end],
    )
    if not by:
        by = _LATER_BY.match(folded, hit.end, sentence.end) if voices.speech.language == "en" else None
        if by is None:
            return None
        begin = by.end()
    else:
        begin = hit.end + by.end()
    stop = re.search(r"[,.;:]|\s(?:of|that|to|in|on|as)\s|$", text[begin : sentence.end])
    words = text[begin : begin + (stop.start() if stop else 0)]
    voice = voice_of(words, voices, memory)
    if voice is None:
        return None
    content = ((sentence.start, sentence.end),)
    return Attribution(
        voice, Stance(hit.key), (begin, begin + len(words)), (hit.start, hit.end), content, rule="passive"
    )


def _view(mark: Hit, sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """ "Para X, ...", "Per Pechino si tratta di ...": at the beginning of a clause, with a sure voice."""
    before, after = text[sentence.start : mark.start].strip(), text[mark.end : sentence.end]
    if before and len(before.split()) > MOST_BEFORE_VIEW:
        return None
    comma = after.find(",")
    words = after[:comma] if 0 < comma <= LONGEST_VIEW else ""
    if _INFINITIVE.match(after):
        return None  # "para controlar a la comunidad, ...": a purpose
    if not words or voices.speech.finite_in(words):
        first = re.match(r"\s*[A-ZÀ-Ý][\w'’-]+", after)
        words = first[0] if first else ""
    voice = voice_of(words, voices, memory) if is_sure(words, voices) else None
    if voice is None:
        return None
    source = (mark.end, mark.end + len(words))
    return Attribution(voice, Stance.STATES, source, (mark.start, mark.end), ((source[1], sentence.end),), rule="view")


def _german(mark: Hit, sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """ "dem Bericht zufolge": the source stands before the mark; "nach dpa-Informationen": inside it."""
    if mark.key == "prefixed":
        inside = re.search(r"\s(\S+?)-\w+$", text[mark.start : mark.end])
        if inside is None:
            return None
        at = (mark.start + inside.start(1), mark.start + inside.end(1))
    else:
        before = text[sentence.start : mark.start].rstrip()
        named = _BEFORE_POSTPOSED.search(before)
        if named is None:
            return None
        at = (sentence.start + named.start(1), sentence.start + named.end(1))
    voice = voice_of(text[at[0] : at[1]], voices, memory)
    if voice is None:
        return None
    whole = ((sentence.start, sentence.end),)
    return Attribution(voice, Stance.STATES, at, (mark.start, mark.end), whole, rule=mark.key)


def _with_name(words: str, after: str, voices: Voices) -> str:
    """ "d'après l'ONG de défense des droits, Safeguard Defenders": the known name of its kind stands behind a comma."""
    comma = re.match(r",\s+", after[len(words) :])
    first = voices.read(words)
    if comma is None or not isinstance(first, Voice) or voices.known.find(matchable(words)):
        return words
    rest = after[len(words) + comma.end() :]
    name = next((h for h in voices.known.find(matchable(rest)) if h.start == 0), None)
    if name is None or VoiceKind(voices.profile.voices[name.key].kind) is not first.kind:
        return words
    return after[: len(words) + comma.end() + name.end]


def marked(mark: Hit, sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> Attribution | None:
    """ "According to X", "citing X", "as alleged in the complaint": the source follows the mark."""
    start, end = sentence.start, sentence.end
    if (
        mark.key == "closing"
        and "quanto" not in folded[mark.start : mark.end]
        and (
            text[start : mark.start].rstrip()[-1:] not in (",", "–", *CLOSERS)
            or not re.match(r"\s+[A-ZÄÖÜ][^,.;]{1,60}(?:[,.]|$)", text[mark.end : end])
        )
    ):
        return None  # "..., so Sinopsis.": a name by itself, at the end of what it said
    if mark.key == "according" and "," in text[mark.start : mark.end]:
        return None  # "in X ein Lager, berichtete Y": a clause ends within the mark
    if mark.key == "view":
        return _view(mark, sentence, text, voices, memory)
    if mark.key in ("postposed", "prefixed"):
        return _german(mark, sentence, text, voices, memory)
    if mark.key not in ("according", "citing", "cited_by", "document", "closing", "said_so", "passive"):
        return None
    after = text[mark.end : end]
    stop = re.search(r"[,;:]|[.!?](?:\s|$)|$", after)
    words = after[: stop.start() if stop else len(after)]
    verb = next(iter(voices.speech.finite_in(words)), None)
    if verb is not None and verb.start > 0:
        # "Volgens het ministerie gaat het om ...": a source holds no finite verb.
        words = _NO_NAME_AT_END.sub("", words[: verb.start].rstrip())  # "según N. | no hay ..."
    if voices.speech.language == "en":
        words = re.split(r"\sthat\s", words, maxsplit=1)[0]  # "findings of a report by the group that ..."
    him = _HIM.match(words) if mark.key == "according" else None
    if him is not None and memory.last is not None:
        cue = (mark.start, mark.end + him.end())  # "volgens haar eerder ook"
        return Attribution(memory.last, Stance.STATES, None, cue, ((start, end),), rule=mark.key)
    if mark.key == "passive":
        words = _AT_PLACE.split(words, maxsplit=1)[0]  # "localizzati dalla ong | a Roma"
    whom = _TO_WHOM.match(matchable(words))
    before = voices.known.find(folded[start : mark.start]) if whom else []
    if whom and before:
        # "a report by the group, according to which ...": it is named before the mark.
        at = (start + before[-1].start, start + before[-1].end)
        known = voice_of(text[at[0] : at[1]], voices, memory)
        cue = (mark.start, mark.end + whom.end())
        return Attribution(known, Stance.STATES, at, cue, ((cue[1], end),), rule=mark.key) if known else None
    words = noun_phrase(words, voices)
    words = _with_name(words, after, voices)
    voice = voice_of(words, voices, memory)
    if voice is None and mark.key == "according" and voices.speech.language == "en" and _NAMED.search(words):
        named = " ".join(words.split()[:LONGEST_NAMED])
        voice = Voice(organisation=named, words=words.strip())  # "according to the event organiser Open Doors"
    if voice is None and mark.key == "document":
        voice = memory.body or memory.last
    if voice is None:
        return None
    source = (mark.end, mark.end + len(words))
    opens = mark.start - start <= 24
    content = (source[1], end) if opens else (start, mark.start)
    spans: tuple[Span, ...] = (content,) if opens and mark.key != "passive" else ((start, end),)
    alleges = mark.key == "document" and "alleg" in folded[mark.start : mark.end]
    accuses = any(w in folded[mark.start : mark.end] for w in ("denuncia", "denonc"))
    stance = Stance.ALLEGES if alleges or accuses else Stance.STATES
    return Attribution(voice, stance, source, (mark.start, mark.end), spans, cited=mark.key == "citing", rule=mark.key)
