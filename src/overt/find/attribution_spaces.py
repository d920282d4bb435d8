"""Attribution where words stand apart (English, Spanish, German, ...): anchored patterns around each cue.

A cue is a verb of speech. Its source stands before it back to a clause's beginning ("Laura N., director of X, said"),
or after it ("said a spokesperson", after a comma or a quotation). Its content follows, or came before.
"""

import re
from dataclasses import replace

from overt.find.attribution import Attribution, Memory, cut_contrasts, disjoint
from overt.find.attribution_dropped import dropped
from overt.find.attribution_heard import heard
from overt.find.attribution_marks import CLOSERS, by, marked
from overt.find.attribution_things import is_of_a_thing
from overt.find.attribution_turned import LEAST_REST, LEAST_SAID, RELATIVE_CUE, ends_relative, turned
from overt.find.sentence import Sentence, Span
from overt.find.source import first_noun, is_sure, left_bound, source_before, told_of, voice_of
from overt.find.source_unnamed import unnamed
from overt.find.voices import Voices
from overt.model import Stance, Voice
from overt.words.phrases import Hit, matchable

_PASSIVE = re.compile(
    r"\b(?:was|were|been|is|are|be|being|as|to|wurde|wurden|wird|werden|worden|fue|fueron|sido|ete|stata|stato|state|stati|foi|foram|sido|word|werd|wordt|worden|byl|byla|byly|bylo)\s+$"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:the|a|an|into|of|these|those|such|further|any|its|his|her|their|our|no|to|de|la|le|el|un|une|una|der|die|das|den)\s+$"
)
_DETERMINER = re.compile(r"\b(?:the|an?|its|their|his|her|these|those|such|any|some|two|three|of|into)\s+$")
_END_OF_NOUN = re.compile(
    r"[,;:!?\"“”«»(]|(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bGov)(?<!\bSen)(?<!\bRep)(?<!\bProf)(?<!\b[A-Z])[.]|\s(?:that|on|in|to|at|after|during|when|as|que|dass|dat|che|am|le|el|la|op|nel)\s|$"
)
_LISTENER = re.compile(
    r"\s+((?:(?:the|a|an)\s+)?(?:[A-Z][\w'’&.-]*(?:\s+(?:of|and|the|de|for|to)?\s*[A-Z][\w'’&.-]*)*(?:\s+(?:hearing|committee))?"
    r"|reporters|journalists|lawmakers|MPs|senators|deputies|councillors"
    r"|(?:the\s+)?(?:parliament|court|council|newspaper|paper|broadcaster)"
    r"|(?:a|our|the|one)\s+(?:reporter|journalist|local paper|newspaper|correspondent|judge|jury)"
    r"|a\s+\w+\s+(?:hearing|committee)|a\s+Senate[\w\s]{0,20}hearing|(?:the\s+)?\w+\s+(?:embassy|ambassador|committee|government)))"
)
_ASIDE = re.compile(r"\s+(?:in|on|at|during|after|before)\b[^,;:“\"]{2,90}?(?=\bthat\b)")
_LIGHT = re.compile(
    r"^[\s,]*(?:on|in|at|during|after|to|last|this|yesterday|today|earlier|late|am|im|el|le|en|na|op|ieri|ontem|hier)?\b",
    re.I,
)
# Before a finite verb no such word stands; before a noun of the same letters it does.
_NOMINAL = re.compile(
    r"\b(?:una|un|une|uma|um|el|il|ein|eine|einer|einem|den|dem|het|een|su|sus|sua|seu|suas|seus|son|sa|ses|leur|leurs|suo|loro|"
    r"its|their|his|her|this|cette|ce|esta|este|questa|questo|diese|dieser|deze|dit)\s+$"
)
_PRINTED_NOUN = re.compile(r"(?:é|és|ée|ées|[úí]ncia|[úí]ncias|[úí]ncio|otícia|otícias)$")
_QUOTE = re.compile("[\"“«„]|''")
_PARTICIPLE = {
    "en": re.compile(r"ing$"),
    "fr": re.compile(r"^\w{3,}ant\b"),
    **{language: re.compile(r"^\w{3,}ndo\b") for language in ("es", "it", "pt")},
}
_PROGRESSIVE = re.compile(r"(?:is|are|was|were|been) ")  # "is warning that": a verb, no participle
# "The group, which deals with ..., published a map": its subject stands before the clause that tells of it.
_TOLD_OF = re.compile(r",\s*(?:which|who|die|der|das|dat|que|qui|che|welche[rs]?)\s[^,]{4,160},\s*$")
_PRONOUN_WITHIN = re.compile(r"-(?:il|elle|ils|elles)\s")  # "a-t-il ajouté"
# "Called reports that ... groundless" denies them; "called them worrying" does not.
_JUDGES = re.compile(r"(?:call|brand|label|describ)\w*\s")
_DENIED_NOUN = re.compile(
    r"\b(?:denie[sd]|deny|denying|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refute[sd]?|amid|after|following|over)\s+$"
)
_THAT = re.compile(r"\s*(?:that|dass|dat|que|che|ob|of|if|si|se)\b")
_JOINED = re.compile(r"\b(?:and|but|or|et|y|e|und|en|pero|mais|aber|maar|ma|mas)\s*$")
_PARTICIPLES = frozenset({"accused", "suspected", "charged", "alleged", "believed"})
# "..., said Laura N. of the Lantern Watch, and ...": a name behind the verb, and then no verb of its own.
_SAID_NAME = re.compile(
    r"\s+((?:(?:the|a|an|its)\s+(?:[\w'’-]+\s+){0,6}?[\w'’-]+|[A-Z][\w'’.-]+)(?:\s+(?:[A-Z][\w'’.-]+|of|for|from|at|the|and(?=\s+[A-Z])))*)"
    r"(?=[,.;]|\s+(?:and|who|which|in|on|during|after|while)\b|$)"
)
_SAYS = re.compile(r"said|says|added|adds|explained|recalled|claimed|claims|insisted|insists|warned|replied")
_ARTICLE = re.compile(r"\s*(?:the|an?)\s", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:that|has|have|had|is|are|was|were|will|would|it|they|he|she|no|not|there)\b")
# Words behind which a clause begins that has a subject of its own ("days after the ministry said ...").
_SUBORDINATE = re.compile(r"^.*\b(?:after|when|because|while|before|since|although|though|until)\s+(?=\S)", re.S)
_INTERVIEWED = re.compile(r"\b(?:interviewed|spoke (?:to|with)|contacted)\s+((?:the|a|an)\s+[^,.;]{4,80})")
# After a cue at the end of a sentence at most this many words may follow ("... on Sunday in Zagreb").
LIGHT_TAIL = 7
NEXT_TO = 3  # characters between a source and the relative clause that tells of it
# Before a source after a comma at least this many words are content; fewer are an adverbial ("On Sunday, X said").
LEAST_CONTENT = 6


def find(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of a sentence in order of their cues. See `overt.find.attribution.attribute`."""
    speech = voices.speech
    start, end = sentence.start, sentence.end
    shift = [Hit(h.key, h.start + start, h.end + start) for h in speech.cues.find(sentence.folded)]
    marks = [Hit(h.key, h.start + start, h.end + start) for h in speech.marks.find(sentence.folded)]
    clause = [h.start + start for h in speech.clause.find(sentence.folded)]
    contrast = {h.start + start for h in speech.contrast.find(sentence.folded)}
    that = {h.end for h in marks if h.key == "that"}
    found: list[Attribution] = []
    bounds: list[int] = []
    used: list[Span] = []
    for mark in marks:
        marking = marked(mark, sentence, text, folded, voices, memory)
        if marking is not None:
            found.append(marking)
            bounds.append(start)
            used += [marking.cue, marking.source or marking.cue]
    last_cue = start
    one: Attribution | None
    for hit in disjoint(shift):
        if any(a < hit.end and hit.start < b for a, b in used):
            continue
        left = left_bound(text, folded, hit.start, start, last_cue, clause, contrast, that)
        told = found[-1] if found and ends_relative(found[-1], hit, text, folded) else None
        if told is not None:
            found[-1] = replace(told, content=((told.cue[1], hit.start),))
            one = replace(
                told, stance=Stance(hit.key), cue=(hit.start, hit.end), content=((hit.end, end),), rule="before"
            )
        else:
            one = _around(hit, left, found[-1] if found else None, sentence, text, folded, voices, memory)
        if one is not None and not is_of_a_thing(one, text, end, voices):
            found.append(one)
            bounds.append(_begins(one, left, text, start, contrast))
            last_cue = hit.end
            if not sentence.is_quoted(hit.start):  # who speaks inside a quotation does not go on after it
                memory.note(one.voice)
    met = _INTERVIEWED.search(text, start, end)
    if met:
        person = voice_of(met[1], voices, memory)
        memory.person = person or memory.person
    order = sorted(range(len(found)), key=lambda i: found[i].cue)
    return heard(cut_contrasts([found[i] for i in order], [bounds[i] for i in order]), sentence, text, voices, memory)


def _begins(one: Attribution, left: int, text: str, start: int, contrast: set[int]) -> int:
    """Where the clause of an attribution begins, if it is no part of an earlier one's content.

    After a contrast or a semicolon; or at its source, where a comma stands before it and its content follows
    ("Although X claims ..., a group alleges ...").
    """
    if left in contrast or text[left - 1 : left] in ";:":
        return left
    if one.rule in ("joined", "participle"):
        joined = _JOINED.search(matchable(text[start : one.cue[0]])) if one.rule == "joined" else None
        return start + joined.start() if joined else one.cue[0]
    if one.rule == "before" and one.source is not None and text[start : one.source[0]].rstrip().endswith(","):
        return one.source[0]
    return start


def _around(
    hit: Hit,
    left: int,
    earlier: Attribution | None,
    sentence: Sentence,
    text: str,
    folded: str,
    voices: Voices,
    memory: Memory,
) -> Attribution | None:
    start, end = sentence.start, sentence.end
    before = folded[start : hit.start]
    region = text[left : hit.start]
    passive = _PASSIVE.search(before) and folded[hit.start : hit.end] not in ("believes",)
    if passive:
        return by(hit, sentence, text, folded, voices, memory)
    stance = Stance(hit.key)
    if stance is Stance.DENIES and _JUDGES.match(folded, hit.start) and not _takes_back(hit, sentence, voices):
        stance = Stance.ALLEGES
    within = _PRONOUN_WITHIN.search(text, hit.start, hit.end) if voices.speech.language == "fr" else None
    if within is not None and memory.last is not None:
        said: tuple[Span, ...] = ((start, hit.start),) if hit.start - start > LEAST_SAID else ((hit.end, end),)
        return Attribution(memory.person or memory.last, stance, None, (hit.start, hit.end), said, rule="within")
    source, voice, negated = source_before(region, left, voices, memory)
    if voice is None and region.strip() in ("", "who", "which"):
        source, voice = told_of(text[start : hit.start], start, voices, memory) or (source, voice)
    word = folded[hit.start : hit.end]
    if word in _NOUNS and re.match(r"\s+(?:and|or|of|from|about|on|in)\b", folded[hit.end : end]):
        return None
    if voices.speech.language == "en" and word.endswith("ed") and _DETERMINER.search(before):
        return None  # "the inquiry into the reported stations": an adjective
    if word in _NOUNS and _DENIED_NOUN.search(before):
        return None  # "denied reports a station was open", "rejected claims it runs one": nouns
    if word in _NOUNS and re.search(r"['’]s?\s+(?:[\w%’'-]+\s+){0,3}$", text[start : hit.start]):
        return None  # "his lawyer's claims": a noun
    if re.search(r"\btold$", word) and re.match(r"\s+to\b", folded[hit.end : end]):
        return None  # "Embassy told to close": who is told says nothing
    if (
        voices.speech.language == "en"
        and word in _PARTICIPLES
        and re.match(r"\s+(?:of|over|with|in)\b", folded[hit.end : end])
    ):
        return None  # "China accused of running ...": in a headline it is accused, it accuses nobody
    of_whom = re.match(r"\s+(as|by)\b", folded[hit.end : end])
    if voices.speech.language == "en" and of_whom and (of_whom[1] == "by" or stance is not Stance.DENIES):
        return by(hit, sentence, text, folded, voices, memory)
    joined = _JOINED.search(before)
    if joined and earlier is not None:
        return Attribution(
            earlier.voice,
            stance,
            earlier.source,
            (hit.start, hit.end),
            ((hit.end, end),),
            heard_by=earlier.heard_by,
            rule="joined",
        )
    if joined and voices.speech.has_finite:
        verb = next(iter(voices.speech.finite_in(text[start : hit.start])), None)
        words = text[start : start + verb.start] if verb is not None else ""
        voice = voice_of(words, voices, memory) if words and is_sure(words, voices) else None
        if voice is not None:  # "The ministry has not denied it, but said ...": the verbs have one subject
            source = (start, start + len(words))
            return Attribution(voice, stance, source, (hit.start, hit.end), ((hit.end, end),), rule="joined")
    if _is_participle(word, voices):
        if text[start : hit.start].rstrip().endswith(","):
            subject = earlier.voice if earlier else voice_of(first_noun(text[start : hit.start]), voices, memory)
            if subject is not None:
                own = earlier.source if earlier else None
                return Attribution(subject, stance, own, (hit.start, hit.end), ((hit.end, end),), rule="participle")
        accompanying = re.search(r"\bwith\s+([^,;]{3,60})$", text[start : hit.start])
        voice = voice_of(accompanying[1], voices, memory) if accompanying else None
        if accompanying is None or voice is None:
            return None
        source = (start + accompanying.start(1), hit.start)
    if _NOUN_BEFORE.search(before) and folded[hit.start : hit.end] in _NOUNS:
        return None
    if " " not in word and (_NOMINAL.search(before) or _PRINTED_NOUN.search(text[hit.start : hit.end])):
        return None  # "una denuncia", "un rapport détaillé": a noun or an adjective, no verb
    if RELATIVE_CUE.match(word) and (voice is None or _is_aside(text, hit, end, earlier)):
        return None  # "the sites que ha denunciado la ONG", "la ONG, qui a publié un rapport, ..."
    if source is not None and voices.speech.language == "en":
        later = _SUBORDINATE.match(text[source[0] : source[1]])
        inner = voice_of(text[source[0] + later.end() : source[1]], voices, memory) if later else None
        if later is not None and inner is not None:
            source, voice = (source[0] + later.end(), source[1]), inner
        named = _SAID_NAME.match(text, hit.end, end) if text[start : hit.start].rstrip().endswith(",") else None
        explained = "," in text[slice(*source)].rstrip(" ,")  # "N., a neighbour, said the station ...": N. says it
        if explained or re.search(r"\btold$|\btells?$", word) or (named and _CLAUSE.search(named[1])):
            named = None  # "..., told the ABC that it had closed": who is told, and what
        behind = voice_of(named[1], voices, memory) if named and hit.start - start > LEAST_SAID else None
        if named is not None and behind is not None and _is_sure_name(named[1], voices):
            spans: tuple[Span, ...] = ((start, hit.start),)
            rest = text[named.end(1) : end]
            if len(rest.split()) >= LEAST_REST and rest[0] in ", " and _QUOTE.search(rest):
                spans = ((start, hit.start), (named.end(1), end))
            return Attribution(behind, stance, named.span(1), (hit.start, hit.end), spans, rule="inverted")
    is_told_of = voice is not None and _TOLD_OF.search(text[start : hit.start])
    behind_verb = None if is_told_of else turned(hit, sentence, text, folded, voices, memory, stance)
    if behind_verb is not None:
        return behind_verb
    if voice is not None and source is not None:
        if negated is not None and not _SPEAKS.match(word):
            return None
        if negated is not None:
            return Attribution(voice, Stance.STATES, source, (negated, hit.end), ((negated, end),), rule="negated")
        return _placed(hit, source, voice, stance, sentence, text, folded, voices)
    quoted_before = text[start : hit.start].rstrip()[-1:] in (*CLOSERS, ",", "") or not region.strip()
    if quoted_before and hit.start - start > 12:
        after = text[hit.end : end]
        stop = _END_OF_NOUN.search(after, 1)
        words = after[: stop.start() if stop else len(after)]
        voice = None if _THAT.match(words) else voice_of(words, voices, memory)
        if (
            voice is None
            and _SAYS.fullmatch(word)
            and _ARTICLE.match(words)
            and stop is not None
            and not after[stop.start() : stop.end()].strip(" ,.!?")
        ):
            unlisted = unnamed(words, voices)  # "..., said a waitress."
            voice = unlisted[1] if unlisted is not None else None
        if voice is not None:
            span = (hit.end, hit.end + len(words))
            content = _left_content(start, hit.start, text)
            right = (span[1], end)
            spans = (
                (content, right)
                if end - right[0] > 12 and '"' in text[right[0] : end].replace("“", '"')
                else (content,)
            )
            return Attribution(voice, stance, span, (hit.start, hit.end), spans, rule="inverted")
    return dropped(hit, left, sentence, text, voices, memory, stance)


def _takes_back(hit: Hit, sentence: Sentence, voices: Voices) -> bool:
    """True where a word of the rest of the sentence, or of the verb's own, takes something back ("groundless")."""
    moods = voices.speech.moods_in(sentence.text, sentence.folded)
    return any(m.key == "doubts" and m.end + sentence.start > hit.start for m in moods)


def _is_participle(word: str, voices: Voices) -> bool:
    """ "..., confirming that", "..., confirmant l'existence", "..., affermando che"."""
    ending = _PARTICIPLE.get(voices.speech.language)
    return ending is not None and ending.search(word) is not None and not _PROGRESSIVE.match(word)


def _is_sure_name(words: str, voices: Voices) -> bool:
    """A person's or a known body's name, or a role; "said China" of a bare state is left to the words before it."""
    return is_sure(words, voices) or words[:1].isupper()


def _is_aside(text: str, hit: Hit, end: int, earlier: Attribution | None) -> bool:
    """True where a relative clause between two commas tells of a source that was read already."""
    if earlier is None or earlier.source is None or not 0 <= hit.start - earlier.source[1] <= NEXT_TO:
        return False
    closing = text.find(",", hit.end, end)
    return text[: hit.start].rstrip().endswith(",") and 0 < closing < end - LEAST_SAID


_NOUNS = frozenset({"claims", "claim", "report", "reports", "shows", "show", "notes", "charges", "denies", "found"})


# Of these alone a negation is itself something said: "has not confirmed", "would not say".
_SPEAKS = re.compile(r"(?:has |have |had )?(?:say|said|confirm|comment|disclose|believe|state|announce)")


def _placed(
    hit: Hit, source: Span, voice: Voice, stance: Stance, sentence: Sentence, text: str, folded: str, voices: Voices
) -> Attribution | None:
    """Find the content: after the cue, or before the source where little follows or a quotation or comma precedes."""
    start, end = sentence.start, sentence.end
    heard, heard_of = None, False
    begin = hit.end
    tells = re.search(r"\b(?:told|tells|tell)$", folded[hit.start : hit.end])
    if tells:
        listener = _LISTENER.match(text, hit.end, end)
        if listener:
            begin, heard_of = listener.end(), True
            named = voices.read(listener[1])
            if isinstance(named, Voice) and named.kind == "outlet":
                heard = named
    aside = _ASIDE.match(text, begin, end)
    if aside:
        begin = aside.end()  # "said in a report published on 12 May that ...": the content begins with "that"
    tail = text[begin:end].strip(" .,;:!?\"'”’")
    head = text[start : source[0]].rstrip()
    closes = bool(head) and head[-1] in CLOSERS + ","
    if heard_of and closes:
        tells = None  # "No such station exists, the minister told Parliament on Monday.": all was told before
    light = not tail or (
        len(tail.split()) <= LIGHT_TAIL
        and (not tells or heard_of)
        and (_begins_with_day(tail, voices) or (not tells and bool(_LIGHT.match(tail)) and _is_light(tail)))
    )
    left = _left_content(start, source[0], text)
    if light and any(h.end == len(matchable(head)) for h in voices.speech.contrast.find(matchable(head))):
        return None  # "..., but Beijing denies it": what stands before is not what it says
    if light and left[1] - left[0] > 12:
        return Attribution(voice, stance, source, (hit.start, hit.end), (left,), heard_by=heard, rule="after")
    content: tuple[Span, ...] = ((begin, end),)
    if closes and head[-1] == "," and not tells and _is_light(tail) and len(head.split()) >= LEAST_CONTENT:
        # "No such station exists, the ministry said on Sunday after a broadcaster ran a story ..."
        return Attribution(voice, stance, source, (hit.start, hit.end), (left,), heard_by=heard, rule="after")
    if closes and _is_quoted(sentence, text[: source[0]].rstrip(), head) and left[1] - left[0] > 8:
        content = (left, *_going_on(sentence, text, begin, voices))
    elif head.endswith(",") and text[begin : begin + 1] == "," and not tells and voices.speech.language == "en":
        content = (left, (begin, end))  # "The list, the ministry said, is wrong."
    elif light:
        return Attribution(voice, stance, source, (hit.start, hit.end), ((start, end),), heard_by=heard, rule="whole")
    return Attribution(voice, stance, source, (hit.start, hit.end), content, heard_by=heard, rule="before")


def _going_on(sentence: Sentence, text: str, begin: int, voices: Voices) -> list[Span]:
    """What of a sentence's rest belongs to the quotation before: what is quoted, and no circumstances of the page's."""
    rest = text[begin : sentence.end]
    if voices.speech.language != "en" or _THAT.match(rest):
        return [(begin, sentence.end)]
    return [(max(a, begin), min(b, sentence.end)) for a, b in sentence.quotations if b > begin]


def _is_light(tail: str) -> bool:
    return bool(
        re.match(
            r"(?:on|in|at|during|after|to|last|this|yesterday|today|earlier|late|am|im|el|le|en|na|op)\b", tail, re.I
        )
    )


def _is_quoted(sentence: Sentence, before: str, head: str) -> bool:
    """True where what ends with a quotation is a quotation: of 'Bemoaning a "system," N. said ...' nothing is said."""
    if head[-1] not in CLOSERS:
        return False
    last = max((q for q in sentence.quotations if q[1] <= len(before)), default=None)
    return last is None or 2 * (last[1] - last[0]) >= len(before) - sentence.start


def _begins_with_day(tail: str, voices: Voices) -> bool:
    """ "... said Tuesday": when it was said, and no more."""
    words = matchable(tail).split()
    first = words[1] if len(words) > 1 and words[0] in ("on", "last", "this") else words[0]
    return first in voices.speech.calendar


def _left_content(start: int, end: int, text: str) -> Span:
    return (start, end)
