"""Who says what in a sentence: source, cue and content of each attribution, nested ones inside their outer ones.

A sentence goes in with what was said before (`Memory`); a list of attributions comes out. "A minister says that the
ambassador says that it has closed" gives two, the ambassador's content inside the minister's: the chain at a place in
the sentence is all attributions whose content holds that place, innermost first. No attribution: the outlet speaks.
"""

import re
from dataclasses import dataclass, field, replace

import msgspec

from overt.find.sentence import Sentence, Span
from overt.find.voices import Pronoun, Voices
from overt.model import Stance, Voice, VoiceKind
from overt.words.phrases import Hit, has_cjk, matchable


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution. `content` are spans of the passage. `cited` sources are innermost ("citing X, Y said ...").

    `of` is the cue, elsewhere in the passage, of the attribution that this one is a part of (a quotation goes on).
    `agreed`: two readers found it.
    """

    voice: Voice
    stance: Stance
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    cited: bool = False
    heard_by: Voice | None = None
    rule: str = ""
    of: Span | None = None
    agreed: bool = False

    def holds(self, at: int) -> bool:
        return any(start <= at < end for start, end in self.content)

    @property
    def size(self) -> int:
        return sum(end - start for start, end in self.content)


MOST_NAMES = 3
SHORT_NAME = 4  # words of a short form, its article among them
_ANY_BODY = frozenset({"watchdog", "association"})  # heads that any body may be called by
_NO_STATES = frozenset({VoiceKind.WATCHDOG, VoiceKind.ASSOCIATION, VoiceKind.EXPERT, VoiceKind.UNKNOWN})


@dataclass(slots=True)
class Memory:
    """The voices that spoke last in this document: what pronouns, surnames and bare quotations point back to."""

    person: Voice | None = None
    body: Voice | None = None
    last: Voice | None = None
    rest_of_passage: Voice | None = None
    named: Voice | None = None  # the body that the text named last, though it did not speak
    passage: int = -1
    persons: dict[str, Voice] = field(default_factory=dict)
    by_head: dict[str, Voice] = field(default_factory=dict)
    by_word: dict[str, Voice] = field(default_factory=dict)
    spoke: dict[str, Voice] = field(default_factory=dict)  # the bodies that spoke, by their names
    bodies: dict[str, str] = field(default_factory=dict)  # the last word of a body's name -> the name

    def note(self, voice: Voice) -> None:
        self.last = voice
        if voice.speaker or voice.role:
            self.person = voice
        if voice.organisation:
            self.body = voice
            self.spoke.setdefault(matchable(voice.organisation), voice)
        for head in _HEADS.get(voice.kind, ()):
            self.by_head[head] = voice
        for word in matchable(f"{voice.role or ''} {voice.organisation or ''}").split():
            self.by_word[word] = voice
        if voice.kind is not VoiceKind.OUTLET:
            self.by_head["document"] = voice
        self.introduce(voice)

    def mention(self, text: str, voices: Voices) -> None:
        """Keep the body that a sentence names last: "it" and "the force" mean it where nobody has spoken yet."""
        hits = [h for h in voices.known.find(matchable(text)) if voices.profile.voices[h.key].kind != VoiceKind.OUTLET]
        read = voices.read(text[hits[-1].start : hits[-1].end]) if hits else None
        if isinstance(read, Voice):
            self.named = read

    def introduce(self, voice: Voice) -> None:
        """Keep who a person is, so that a surname alone finds role and organisation again."""
        if voice.role and voice.organisation:
            self.by_word.setdefault(matchable(voice.role).split()[-1], voice)
        if voice.organisation and len(voice.organisation.split()) > 1:
            self.bodies.setdefault(matchable(voice.organisation).split()[-1], voice.organisation)
        if voice.speaker and (voice.role or voice.organisation):
            known = self.persons.get(_surname(voice.speaker))
            if known is None or not known.organisation or voice.organisation:
                self.persons[_surname(voice.speaker)] = voice
                if 1 < len(voice.speaker.split()) <= MOST_NAMES:
                    # Chinese names stand with the family's first: "Zhao said" of Zhao N.
                    self.persons.setdefault(voice.speaker.split()[0].lower(), voice)

    def _speaks_for_a_body(self, read: Voice) -> bool:
        """ "Its director", "A spokesperson": of the body that spoke last."""
        if not read.role or read.organisation or has_cjk(read.words):
            return False
        return read.words[:4].lower() in ("its ", "thei") or bool(_SPOKESPERSON.match(matchable(read.role)))

    def _in_full(self, read: Voice) -> Voice | None:
        """The body of whose name a short one is a part: "the Croatian ministry" for the ministry that spoke before."""
        words = matchable(read.words).split()
        if read.speaker or read.role or not read.organisation or words[:1] != ["the"] or len(words) > SHORT_NAME:
            return None
        own = set(words[1:])
        full = [v for name, v in self.spoke.items() if own < set(name.split()) and not v.speaker and not v.role]
        return msgspec.structs.replace(full[0], words=read.words) if len(full) == 1 and len(own) > 1 else None

    def resolve(self, read: Voice | Pronoun | None) -> Voice | None:
        """Return the voice that a pronoun, or a name without its role, points back to; else the voice itself."""
        if isinstance(read, Pronoun):
            if read.heads:
                named = self.by_word.get(matchable(read.words).split()[-1])
                found = [self.by_head[h] for h in sorted(read.heads) if h in self.by_head]
                if named and (_has_name(named) or not any(map(_has_name, found))):
                    found = [named]  # "the group" is whom the page names, rather than its "a rights group"
                if not found and self.named is not None and read.heads & set(_HEADS.get(self.named.kind, ())):
                    found = [self.named]  # "the group" of which the text spoke, though it has not spoken yet
                if not found and self.body is not None and read.heads & _ANY_BODY and self.body.kind in _NO_STATES:
                    found = [self.body]  # "the group" of an association
                if not found:
                    name = read.words.removeprefix("the ").removeprefix("The ")
                    return Voice(organisation=name, kind=read.kind, words=read.words)
                return msgspec.structs.replace(found[0], words=read.words)
            named = self.by_word.get(matchable(read.words))
            spoke = self.person if read.person else self.body
            voice = named or spoke or self.last or (None if read.person else self.named)
            if voice is None:
                # "发言人", "the witness": who it is was not said; a pronoun alone is nobody.
                return None if read.person or not read.names_somebody else _some_role(read)
            return msgspec.structs.replace(voice, words=read.words)
        if read is not None and read.organisation and len(read.organisation.split()) == 1:
            # "Police spokesperson N. told ...": whose police was said before.
            fuller = self.bodies.get(matchable(read.organisation))
            read = msgspec.structs.replace(read, organisation=fuller) if fuller else read
        longer = self._in_full(read) if read is not None else None
        if longer is not None:
            return longer
        if read is None or not read.speaker:
            if read is not None and self.body is not None and self._speaks_for_a_body(read):
                return msgspec.structs.replace(read, organisation=self.body.organisation, kind=self.body.kind)
            return read
        known = self.persons.get(_surname(read.speaker))
        if known is None:
            if read.role and not read.organisation and read.words.lower().startswith(("its ", "their ")) and self.body:
                return msgspec.structs.replace(read, organisation=self.body.organisation, kind=self.body.kind)
            return read
        return msgspec.structs.replace(
            read,
            role=read.role or known.role,
            organisation=read.organisation or known.organisation,
            kind=known.kind if read.organisation is None else read.kind,
        )


def _some_role(read: Pronoun) -> Voice:
    return Voice(role=read.words, kind=read.kind, words=read.words)


def _has_name(voice: Voice) -> bool:
    """True where a voice has a name of its own, and no mere noun ("rights group")."""
    return bool(voice.speaker or voice.role) or any(w[:1].isupper() for w in (voice.organisation or "").split()[-2:])


_SPOKESPERSON = re.compile(
    r"(?:spokes(?:person|man|woman)|portavoz|porte-parole|portavoce|porta-voz|sprecher(?:in)?|woordvoerder|woordvoerster)$"
)


# Which heads point back to a voice of a kind: "the group" to a watchdog, "the ministry" to a government.
_HEADS = {
    VoiceKind.WATCHDOG: ("watchdog",),
    VoiceKind.HOST_GOVERNMENT: ("state", "person"),
    VoiceKind.HOME_GOVERNMENT: ("state", "person"),
    VoiceKind.MISSION: ("mission",),
    VoiceKind.COURT: ("court",),
    VoiceKind.ASSOCIATION: ("association",),
    VoiceKind.OUTLET: ("outlet",),
    VoiceKind.EXPERT: ("expert",),
}


_ACCUSERS = frozenset(
    {VoiceKind.WATCHDOG, VoiceKind.OUTLET, VoiceKind.EXPERT, VoiceKind.AFFECTED_PERSON, VoiceKind.UNKNOWN}
)


# Rules by which a source stands behind all that it said.
TRAILING = frozenset({"after", "inverted", "turned", "within"})

# Rules by which a sentence goes on in a voice that it does not name.
CARRIED = frozenset({"answer", "quotation", "reported"})


_BETWEEN_NAMES = re.compile(r"[\s·‧・]+")


def _surname(name: str) -> str:
    """The last part of a name: of 克里斯托弗·雷 it is 雷."""
    return _BETWEEN_NAMES.split(name.strip())[-1].lower()


def attribute(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of one sentence, in order of their cues.

    Args:
        sentence: where it stands in the passage.
        text: the whole passage, as printed; `folded` the same as `matchable` made it.
        voices: reads sources.
        memory: what was said before; it is brought up to date.
    """
    from overt.find import attribution_han, attribution_spaces

    if memory.passage != sentence.passage:
        memory.passage, memory.rest_of_passage = sentence.passage, None
    finder = attribution_spaces.find if voices.speech.has_spaces else attribution_han.find
    found = finder(sentence, text, folded, voices, memory)
    if not found:
        carried = _carried(sentence, memory, voices)
        return [carried] if carried else []
    for attribution in found:
        if not sentence.is_quoted(attribution.cue[0]):
            memory.note(attribution.voice)
    return [_accusing(_of_document(_inside(one, found), found, text, voices), folded, voices) for one in found]


def chain_at(attributions: list[Attribution], at: int) -> list[Attribution]:
    """Return the attributions whose content holds the offset `at`, innermost first."""
    holding = [a for a in attributions if a.holds(at)]
    return sorted(holding, key=lambda a: (not a.cited, a.size, a.rule in TRAILING, -a.cue[0]))


def _inside(one: Attribution, found: list[Attribution]) -> Attribution:
    """End the content of what somebody is said to have said before the words that say so.

    "The ambassador had assured him that it was closed, the minister said": the minister's words hold the ambassador's.
    """
    if one.source is None:
        return one
    content = one.content
    for outer in found:
        if outer is one or outer.rule not in TRAILING or not outer.holds(one.source[0]):
            continue
        end = max(b for _, b in outer.content)
        content = tuple((a, min(b, end)) for a, b in content if a < end) or content
    return replace(one, content=content)


def _of_document(one: Attribution, found: list[Attribution], text: str, voices: Voices) -> Attribution:
    """ "X published a report saying that ...": what the report says X says, since X is told to be its author."""
    if one.source is None or one.voice.speaker or one.voice.role:
        return one
    words = matchable(text[one.source[0] : one.source[1]])
    if {h.key for h in voices.speech.heads.find(words)} != {"document"} or voices.known.find(words):
        return one
    outer = [o for o in found if o is not one and o.source is not None and o.holds(one.source[0])]
    if not outer or outer[-1].rule != "before":
        return one
    return replace(one, voice=msgspec.structs.replace(outer[-1].voice, words=outer[-1].voice.words))


def _accusing(one: Attribution, folded: str, voices: Voices) -> Attribution:
    """What a complaint or an indictment says is alleged, however flatly it is told."""
    if one.source is None or one.stance is not Stance.STATES:
        return one
    hits = voices.speech.marks.find(folded[one.source[0] : one.source[1]])
    return replace(one, stance=Stance.ALLEGES) if any(h.key == "accusing" for h in hits) else one


def _carried(sentence: Sentence, memory: Memory, voices: Voices) -> Attribution | None:
    """A sentence that is all quotation and names no source is the last voice's; so is the rest of a labelled answer."""
    voice = memory.rest_of_passage
    rule = "answer"
    if voice is None and memory.last is not None:
        quoted = sum(min(end, sentence.end) - max(start, sentence.start) for start, end in sentence.quotations)
        if quoted >= 0.8 * (sentence.end - sentence.start):
            voice, rule = memory.last, "quotation"
        elif (_accuses(memory.last) or voices.speech.language == "de") and any(
            h.key == "reported" and not sentence.is_quoted(h.start + sentence.start)
            for h in voices.speech.moods_in(sentence.text, sentence.folded)
        ):
            # Reported speech goes on: "In diesen Büros könnten ...", "En España habría nueve ..."
            voice, rule = memory.last, "reported"
    if voice is None:
        return None
    span = (sentence.start, sentence.end)
    return Attribution(voice, Stance.STATES, None, (sentence.start, sentence.start), (span,), rule=rule)


def _accuses(voice: Voice) -> bool:
    """A conditional by itself goes on with what a watchdog, a paper or a witness says, with no authority's words."""
    return voice.kind in _ACCUSERS


def disjoint(hits: list[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, in order."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -(h.end - h.start))):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out


def cut_contrasts(found: list[Attribution], bounds: list[int]) -> list[Attribution]:
    """End an attribution's content where a later clause with a source of its own begins ("X said ..., but Y said ...").

    Args:
        found: in order of cues.
        bounds: for each, the offset at which its clause begins.
    """
    out = []
    for index, one in enumerate(found):
        content = one.content
        for later, bound in zip(found[index + 1 :], bounds[index + 1 :], strict=True):
            if later.source is None or bound <= one.cue[1] or later.cue[0] < one.cue[1]:
                continue
            content = tuple((a, min(b, bound)) for a, b in content if a < bound) or content
            break
        out.append(replace(one, content=content))
    return out


__all__ = ["Attribution", "Memory", "attribute", "chain_at", "cut_contrasts", "disjoint"]
