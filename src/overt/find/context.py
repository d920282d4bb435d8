"""Where a rule works: one sentence of a document with all that was recognised in it, and what becomes of a find."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from overt.find.attribution import Attribution, chain_at
from overt.find.lexicon import Speech
from overt.find.parted import Parted
from overt.find.recognise import Recognised
from overt.find.sentence import Sentence, Span
from overt.find.subjects import Spoken, Topic
from overt.model import AFFIRMING, Basis, Scope, Stance, Value, Voice
from overt.profile import Profile
from overt.words.phrases import Hit, has_cjk, matchable

# A passage that is labelled as a question asks, whatever it says.
_QUESTION = re.compile(r"\s*(?:[^，,。:：]{0,10}(?:记者|記者)|问|問|Q|Question|Reporter|Journalist)\s*[:：]")
_CONDITION = re.compile(r"if\b|plan|were\b|would\b|is to\b|no\b|there\b|如果|假如|倘若|计划|没有|并无|毫无")
# A verb's mood governs the words before it in its part of a clause: "some 40 people would have been forced to ...".
REACH_OF_MOOD = 70
_ENDS_PART = re.compile(
    r"[,;:，；：]|\b(?:and|or|but|that|which|who|et|ou|qui|que|y|o|e|und|oder|en|of|die|der|das|dat|che|quem)\b"
)
# "The station in X closed, after an inquiry was heard of": what stands behind such a word says nothing of it.
_LATER = re.compile(
    r"[,;]\s*(?:after|when|while|following|amid|before|because|since|although|nachdem|weil|obwohl|wahrend|apres|alors|lorsque|"
    r"quand|despues|tras|cuando|mientras|aunque|dopo|quando|mentre|benche|depois|apos|enquanto|embora|nadat|toen|terwijl|hoewel)\b"
)
# What may stand before the subject of a clause: an article, an adjective.
_OPENS_CLAUSE = re.compile(r"\W*(?:\w+\s+){0,2}|[该该這这那]?")
# "Not registered and therefore illegal": what follows is not denied.
_STOPS_NEGATION = re.compile(
    r"[,:;，：；]|但|\b(?:but|mais|ma|pero|sino|mas|aber|sondern|maar|so (?:that|this|it)|"
    r"(?:and|und|et|y|e|en) (?:so|thus|therefore|hence|somit|damit|daher|also|donc|ainsi|"
    r"por (?:lo )?tanto|por ende|quindi|perciò|dus|daarmee|portanto|por isso))\b"
)
# A thing behind one of these says where something else is.
_BESIDE = re.compile(
    r"\b(?:next (?:door )?to|beside|adjacent to|opposite|across (?:the street )?from|near(?:by)?|close to|not far from|"
    r"junto a|al lado de|cerca de|frente a|a cote d[eu]|pres d[eu]|en face d[eu]|voisine? d[eu]|neben|gegenuber|naast|"
    r"tegenover|vlakbij|accanto a|vicino a|di fronte a|ao lado d[eo]|perto d[eo]|em frente a)"
    r"(?:lla|llo|lle|gli|i|l|la|le|el|il|do|da|u|ux|o|s)?\s+(?:(?:the|a|an|this|that|la|el|le|les|l|una?|une|dem|der|"
    r"einer|einem|het|de|een|il|lo|uma?)\s+)?(?:\w+\s+){0,3}$"
)
# What is not said ends where something else is said.
_STOPS_UNSAID = re.compile(
    r"[;；。]|[,，]\s*(?:but|and|though|while|aber|sondern|und|maar|mais|et|pero|sino|y|ma|e|mas|nybrz|ale|但|不过|而)|"
    r"\b(?:but|sondern|sino)\b|但是|不过"
)
# "Is the station open?", 开着吗: a question states nothing.
_ASKS = re.compile(r"(?:[?？]|吗|嗎)[\s\"'”’»」』）)]*$")
# A quote is at most this long: what a reader can check at a glance. Longer clauses are cut at commas around the find.
# A negation governs what follows it within this many characters of its clause, up to a comma or a contrast.
REACH_OF_NEGATION = 80
REACH_OF_NEGATION_HAN = 16
REACH_OF_WITHOUT = 4  # "without" takes away what stands right behind it, and no verb
LEAST_PART = 24  # a part of a clause of fewer characters is no quote of its own
LONGEST_QUOTE_WORDS = 70
LONGEST_QUOTE_HAN = 200


@dataclass(frozen=True, slots=True)
class Find:
    """What a rule found, before it has a voice and a subject's entity. Spans are offsets in the passage."""

    property: str
    value: Value
    at: Span
    subject: Spoken
    stance: Stance | None = None
    qualifier: str | None = None
    scope: Scope = field(default_factory=Scope)
    actor: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence of a document as rules see it."""

    sentence: Sentence
    number: int
    text: str
    folded: str
    seen: Recognised
    parts: Mapping[int, Parted]
    attributions: list[Attribution]
    topic: Topic
    profile: Profile
    speech: Speech | None
    mood: tuple[Hit, ...]
    published: str | None
    language: str | None

    def subject_at(self, at: Span) -> Spoken | None:
        """What a find at this span is about."""
        if self._is_of_another(at):
            return None
        home = self.profile.home
        cities = frozenset(p.place.id for p in self.seen.places if p.place.kind == "city" and p.place.country != home)
        return self.topic.nearest(self.number, self.sentence.clause_of(at[0]), at[0], cities)

    def subjects_at(self, at: Span) -> list[Spoken]:
        """All that a find at this span is about: of things that one noun names together it is said of each."""
        one = self.subject_at(at)
        if one is None or one.listed is None:
            return [one] if one is not None else []
        return [s for s in self.topic.spoken if s.sentence == one.sentence and s.listed == one.listed]

    def _is_of_another(self, at: Span) -> bool:
        """True where a clause is about a thing of none of the kinds: what is said in it is said of no thing of ours.

        "The railway station has closed", with no other thing; "the bakery next to the station has closed".
        """
        clause = self.sentence.clause_of(at[0])
        own = [t for t in self.seen.things if clause[0] <= t.start < clause[1]]
        if not own:
            return any(
                u.end <= at[0] and _OPENS_CLAUSE.fullmatch(self.folded[clause[0] : u.start]) for u in self.seen.unlike
            )
        only = own[0]
        return len(own) == 1 and only.end <= at[0] and bool(_BESIDE.search(self.folded[clause[0] : only.start]))

    def chain(self, at: Span) -> list[Attribution]:
        """The attributions that hold the end of a find, innermost first (its cue may be the find's own first words).

        Where its words reach into the source behind them ("threatened her family, a dissident said"), its beginning.
        """
        end = max(at[0], at[1] - 1)
        if any(a.source and at[0] < a.source[0] <= end < a.source[1] and a.holds(at[0]) for a in self.attributions):
            end = at[0]
        return chain_at(self.attributions, end)

    def is_unsaid(self, at: Span) -> bool:
        """True where words stand behind those that say that somebody did not say so ("did not confirm that ...").

        Up to a contrast: of what follows it, nobody says anything, and nobody denies it.
        """
        for mood in self.mood:
            if mood.key == "unsaid" and mood.end < at[1] and not _STOPS_UNSAID.search(self.folded[mood.end : at[0]]):
                return True
        return False

    def is_supposed(self, at: Span) -> bool:
        """True where words stand in or behind a condition of their clause ("if ..., it would be illegal").

        Some words suppose only at the beginning of a sentence ("Had it ...", "Gäbe es ...").
        """
        clause = self.sentence.clause_of(at[0])
        for mood in self.mood:
            is_first = not self.text[self.sentence.start : mood.start].strip(" \"'“”«»„‘")
            if mood.key not in ("supposes", "opening") or (mood.key == "opening" and not is_first):
                continue
            if clause[0] <= mood.start < at[1] and not _STOPS_UNSAID.search(self.folded[mood.end : at[0]]):
                return True
        return False

    def is_doubted(self, at: Span) -> bool:
        """True where words of the sentence take back that a thing is there ("no trace of", "if ... were", 谣言).

        A doubt holds for what stands before it, and for what follows it up to a comma; a condition for all behind it.
        """
        return any(
            at[0] < m.end
            or _CONDITION.match(self.folded, m.start)
            or not re.search("[,，;；]", self.text[m.end : at[0]])
            for m in self.mood
            if m.key == "doubts"
        )

    def is_of_suspicion(self, at: Span) -> bool:
        """True where the clause tells of an action that only suspects: an inquiry or a charge confirms nothing."""
        clause = self.sentence.clause_of(at[0])
        return any(
            code in self.profile.properties[prop].suspects
            for t in self.seen.terms
            if clause[0] <= t.start < clause[1]
            and not (at[1] <= t.start and _LATER.search(self.folded, at[1], t.start))
            for prop, _, code in [t.key.partition(":")]
        )

    def implied_stance_at(self, prop: str, at: Span, given: Stance | None = None) -> Stance:
        """`stance_at` for what says that a thing exists: at most alleged where the sentence doubts or suspects it."""
        rule = self.profile.properties[prop]
        stance = self.stance_at(at, rule.negatable, given)
        is_existence = any(other.implies == prop for other in self.profile.properties.values())
        places_it = rule.type == "place" and rule.implies is not None
        unsure = self.is_doubted(at) and (is_existence or rule.implies is not None)
        unsure = unsure or (self.is_of_suspicion(at) and (is_existence or places_it))
        return Stance.ALLEGES if unsure and stance in AFFIRMING else stance

    def stance_at(self, at: Span, negatable: bool, given: Stance | None) -> Stance:
        """How the words put it: the rule's own, else the cue's, else what the mood of the clause says."""
        chain = self.chain(at)
        stance = given or (chain[0].stance if chain else Stance.STATES)
        clause = self.sentence.clause_of(at[0])
        begin = max([clause[0], *(min(a for a, _ in one.content) for one in chain[:1])])
        inside = [m for m in self.mood if begin <= m.start < clause[1] and not self._names_a_thing(m)]
        ended = [m for m in self.mood if m.key == "ended"]
        inside = [m for m in inside if m.key != "denies" or not any(e.start <= m.start < e.end for e in ended)]
        han = has_cjk(self.text[at[0] : at[1]])
        reach = REACH_OF_NEGATION_HAN if han else REACH_OF_NEGATION
        if given is None and any(m.key == "open" and m.end <= at[0] for m in inside):
            return Stance.ASKS  # "it is not known whether it is still open" denies nothing
        if negatable and given is None:
            for mood in inside:
                if mood.key == "lacks" and 0 <= at[0] - mood.end <= REACH_OF_WITHOUT:
                    return Stance.DENIES
                if mood.key == "denies" and at[0] - reach <= mood.start < at[1] and not self._stops(mood.end, at[0]):
                    return Stance.DENIES
        if stance in AFFIRMING and (_ASKS.search(self.sentence.text) or (not chain and _QUESTION.match(self.text))):
            return Stance.ASKS
        if stance is Stance.STATES:
            before = [m for m in inside if self._governs(m, at, han)]
            if any(m.key in ("alleges", "conditional") and not self._is_the_find(m, at) for m in before):
                return Stance.ALLEGES
            if any(m.key == "asks" and m.end <= at[0] and at[0] - m.end < 80 for m in before):
                return Stance.ASKS
        return stance

    def _governs(self, mood: Hit, at: Span, han: bool) -> bool:
        """True where a mood's word stands before a find, or soon after it in the same part of the clause."""
        if mood.start >= at[1] and mood.key == "alleges":
            # ", it is alleged." at the end of a sentence governs all of it.
            last = not self.text[mood.end : self.sentence.end].strip(" .!\"'”’»")
            return last and self.text[at[1] : mood.start].rstrip()[-1:] in (",", "–", "—")
        if mood.start >= at[1]:
            return (
                mood.key == "conditional"
                and not han
                and mood.start - at[1] <= REACH_OF_MOOD
                and not _ENDS_PART.search(self.folded, at[1], mood.start)
            )
        between = self.text[mood.end : at[0]]
        # 据称，…: a word that opens its sentence with a comma governs all of it.
        return not (han and re.search("[,，]", between.lstrip(",，")))

    def _is_the_find(self, mood: Hit, at: Span) -> bool:
        """The find's own words are no reservation about it: "charged with" is the action, not a doubt of it."""
        return at[0] <= mood.start < at[1] and " " in self.text[mood.start : mood.end]

    def _names_a_thing(self, mood: Hit) -> bool:
        """A distancing adjective belongs to its noun ("so-called stations"), not to what is said about it."""
        if mood.key != "alleges" or " " in self.text[mood.start : mood.end]:
            return False
        return any(t.start - 3 <= mood.end and mood.start < t.end for t in self.seen.things)

    def _stops(self, start: int, end: int) -> bool:
        return bool(_STOPS_NEGATION.search(self.text[start:end]))

    def basis_at(self, at: Span) -> Basis:
        """How the voice knows, from a cue in the sentence; never guessed."""
        if self.speech is None:
            return Basis.NOT_STATED
        for hit in self.speech.basis.find(self.sentence.folded):
            return Basis(hit.key)
        chain = self.chain(at)
        if chain and any(h.key == "unnamed" for h in self.speech.heads.find(matchable(chain[0].voice.words))):
            return Basis.UNNAMED_SOURCE
        return Basis.NOT_STATED

    def _own_part(self, at: Span, start: int, end: int) -> Span:
        """A clause without what other attributions beside this one say in it: each is quoted by itself."""
        for other in self.attributions:
            if other.source is None or other.holds(max(at[0], at[1] - 1)):
                continue
            if at[1] <= other.source[0] < end and other.source[0] - start >= LEAST_PART:
                end = other.source[0]
            content_end = max(b for _, b in other.content)
            if other.source[0] < at[0] and start < content_end <= at[0] and end - content_end >= LEAST_PART:
                start = content_end
        return start, end

    def quote(self, at: Span) -> Span:
        """The clause that holds a find, cut at commas to what can be checked at a glance."""
        start, end = self.sentence.clause_of(at[0])
        start, end = self._own_part(at, start, end)
        end = max(end, at[1])
        credit = self.text.find("©", at[1], end)
        end = credit if credit > 0 else end
        start, end = _stripped(self.text, start, end)
        if not _too_long(self.text[start:end]):
            return start, end
        cuts = [start, *(m.end() for m in re.finditer(r"[,，、;；]\s*", self.text[start:end]))]
        cuts = [start, *(c + start for c in cuts[1:]), end]
        low = max(c for c in cuts if c <= at[0])
        high = min(c for c in cuts if c >= at[1])
        while True:
            before = max((c for c in cuts if c < low), default=low)
            after = min((c for c in cuts if c > high), default=high)
            if before < low and not _too_long(self.text[before:high]):
                low = before
            elif after > high and not _too_long(self.text[low:after]):
                high = after
            else:
                break
        if _too_long(self.text[low:high]):
            half = (LONGEST_QUOTE_HAN if has_cjk(self.text[low:high]) else 240) // 2
            low, high = max(low, at[0] - half), min(high, at[1] + half)
        return _stripped(self.text, low, high)


def _too_long(text: str) -> bool:
    return len(text) > LONGEST_QUOTE_HAN if has_cjk(text) else len(text.split()) > LONGEST_QUOTE_WORDS


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n,，;；、":
        start += 1
    while end > start and text[end - 1] in " \t\n,，;；、":
        end -= 1
    return start, end


def voices_of(chain: list[Attribution], outlet: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the attribution chain: the attributions' voices, who heard them, then the page's outlet(s)."""
    out: list[Voice] = []
    for attribution in chain:
        out.append(_in(attribution.voice, attribution.stance))
        if attribution.heard_by is not None:
            out.append(attribution.heard_by)
    merged: list[Voice] = []
    named: set[tuple[str | None, str | None, str | None]] = set()
    for voice in (*out, *outlet):
        key = (voice.speaker, voice.role, voice.organisation)
        if key in named and voice is not outlet[-1]:
            continue  # one voice is one link, however often its sentence names it
        if merged and voice.organisation and key[::2] == (merged[-1].speaker, merged[-1].organisation):
            continue
        named.add(key)
        merged.append(voice)
    return tuple(merged)


def _in(voice: Voice, stance: Stance) -> Voice:
    return Voice(
        speaker=voice.speaker,
        role=voice.role,
        organisation=voice.organisation,
        kind=voice.kind,
        stance=stance,
        words=voice.words,
    )
