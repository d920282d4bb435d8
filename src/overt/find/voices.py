"""From the words of a source ("N., campaign director for the group") to a voice: speaker, role, organisation, kind."""

import re
from dataclasses import dataclass

import msgspec

from overt.find.bodies_han import bodies as bodies_in
from overt.find.function_words import FUNCTION_WORDS, JOINING
from overt.find.lexicon import Speech
from overt.find.outlet_names import first_outlet, is_outlet_name
from overt.find.states import countries_of
from overt.find.thing_nouns import is_own, nouns_of_things
from overt.model import Voice, VoiceKind
from overt.places import gazetteer
from overt.profile import Profile
from overt.words.phrases import Hit, Phrases, has_cjk, matchable

# A source of more words than this is no source: a whole clause was caught.
LONGEST_SOURCE = 30
LONGEST_SOURCE_HAN = 48
LONGEST_NAME_HAN = 40
_GLOSS = re.compile(
    r"[\s”」』]*[(（][A-Za-z][\w .,&’'-]{1,48}[)）]"
)  # a name in other letters: 灯塔日报(Lighthouse Daily)
ISSUER = 5  # words between a document and the body whose it is

_NAME = re.compile(
    r"[^\W\d_a-zß-ÿ][\w'’.\-]*(?:\s+(?:(?:de|la|del|da|van|von|der|of|the|and|for|on|du|des|e|y)\s+){0,2}[^\W\d_a-zß-ÿ][\w'’.\-]*)*"
)
_HAN_ORG = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,24}?(?:公安局|公安厅|公安部|外交部|内政部|司法部|统战部|大使馆|使馆|领事馆|总领馆|警方|警察局|"
    r"政府|当局|检方|检察院|法院|总会|商会|协会|公会|同乡会|联合会|组织|委员会|国侨办|侨办|通讯社|新闻社|日报|时报|晚报|"
    r"电视台|广播公司|之音|中新网|中新社|新华社|新闻网|公司|中心|集团|官媒|媒体|报)"
)
# A person's name behind a role ends where a bracket, a comma, a day or a verb of speech stands.
_HAN_NAME = re.compile(
    r"([\u4e00-\u9fff]{1,8}?(?:[·‧・][\u4e00-\u9fff]{1,8}?){0,3})"
    r"(?=[(（,，\d]|周[一二三四五六日]|星期|昨|今|在|于|对|向|就|还|也|日前|近日|告诉|表示|说|称|指|宣布|强调|补充|认为|回应|否认|誓言|透露|介绍)"
)
_HAN_BEFORE_ROLE = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,20}$")
# Which kind of head decides where several stand in one source.
_RANK = (
    "court",
    "mission",
    "watchdog",
    "state",
    "association",
    "outlet",
    "expert",
    "affected_person",
    "person",
    "document",
)
_OF = {
    "court": VoiceKind.COURT,
    "mission": VoiceKind.MISSION,
    "watchdog": VoiceKind.WATCHDOG,
    "association": VoiceKind.ASSOCIATION,
    "outlet": VoiceKind.OUTLET,
    "expert": VoiceKind.EXPERT,
    "affected_person": VoiceKind.AFFECTED_PERSON,
    "document": VoiceKind.UNKNOWN,
}


# A person's name right behind a role, up to the end of the source.
_NAME_BEHIND = re.compile(r"\s+((?:[^\W\d_a-zß-ÿ][\w'’.-]+\s+){0,3}[^\W\d_a-zß-ÿ][\w'’.-]+)\s*$")
_OFFICES = frozenset({"state", "mission", "court"})
_FORMER = re.compile(
    r"\b(?:former|ex|erstwhile|retired|ehemalig\w*|fruher\w*|ancien(?:ne)?s?|antigu[oa]s?|antig[oa]s?|voormalige?|oud|gewezen|"
    r"byval\w+)\b|\bex-?(?=[a-z])(?=minist|diplom|embaj|ambas|polic|presid|funzion|direct|alcald)|"
    r"(?<![之以目先此日])前(?=[\u4e00-\u9fff]{0,6}(?:官|部长|大使|总理|首相|总统|警|议员|市长|领事|局长))"
)
# Before whom somebody spoke is no part of who it is: "el embajador ante la prensa".
_BEFORE_WHOM = re.compile(r"\s(?:ante|devant|davanti a|perante|in front of)\s.*$", re.S)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A source that points back: `person` for he and she, else a body.

    `heads` are the keys of the heads in its words ("the group" is a watchdog's, "the minister" a state's): it points
    to the last voice of such a kind, and to none where there was none.
    """

    words: str
    person: bool
    heads: frozenset[str] = frozenset()
    names_somebody: bool = False
    kind: VoiceKind = VoiceKind.UNKNOWN


class Voices:
    """Reads sources of one language against one profile."""

    def __init__(self, speech: Speech, profile: Profile) -> None:
        self.speech = speech
        self.profile = profile
        self.known = known_voices(profile)
        self.things = nouns_of_things(speech.language, profile)
        self._cache: dict[str, Voice | Pronoun | None] = {}

    def read(self, words: str) -> Voice | Pronoun | None:
        """Return the voice that `words` name, a pronoun to be resolved, or None where they name no voice."""
        bare = words.strip("\u200e\u200f ,:;—–-\t\"'“”‘’「」『』《》()（），、：")
        at = words.find(bare) + len(bare)
        # A gloss in brackets stays whole: 灯塔日报(Lighthouse Daily)
        words = bare + words[at : at + 1] if words[at : at + 1] in (")", "）") and _opens(bare) else bare
        words = _BEFORE_WHOM.sub("", words)
        if words not in self._cache:
            self._cache[words] = self._read(words)
        return self._cache[words]

    def _read(self, words: str) -> Voice | Pronoun | None:
        if not words or len(words.split()) > LONGEST_SOURCE or (has_cjk(words) and len(words) > LONGEST_SOURCE_HAN):
            return None
        folded = matchable(words)
        known = self.known.find(folded)
        heads = self._heads(words, folded)
        kinds = frozenset(h.key for h in heads)
        outlet = words if is_outlet_name(words) else first_outlet(words)
        if not known and outlet is not None:
            return Voice(organisation=outlet, kind=VoiceKind.OUTLET, words=words)
        if any(h.start == 0 and h.end == len(folded) for h in self.speech.pronouns.find(folded)):
            is_role = bool(self.speech.roles.find(folded))
            kind = self._kind_of_pronoun(words, heads)
            return Pronoun(words, folded in _PERSONS, kinds, names_somebody=is_role, kind=kind)
        points = (
            bool(_POINTS.match(folded))
            and len(words.split()) <= 4
            and not any(w[:1].isupper() for w in words.split()[1:])
        )
        if kinds and not known and points and (kinds <= {"document"} or _SAME & set(folded.split())):
            return Pronoun(words, False, kinds, kind=self._kind_of_pronoun(words, heads))
        names = [] if has_cjk(words) else [m for m in _NAME.finditer(words) if matchable(m[0]) not in FUNCTION_WORDS]
        if not known and not heads and not names and not (has_cjk(words) and bodies_in(words)):
            return None
        role = self._role(words, folded)
        org = self._organisation(words, folded, known, heads, role)
        speaker = self._speaker(words, names, org, role) if names else None
        if not known and not heads and not role:
            # A bare capitalised name: a person or a body that we do not know; kept by its words.
            if len(words.split()) > 8 or not _is_bare_name(words, self.speech) or folded in self.speech.calendar:
                return None
            if " " not in folded and (folded.endswith("ly") or self.speech.adverbial.find(folded)):
                return None  # "Previously, it said": an adverb
            one = len(words.split()) == 1 and words[:1].isupper() and not words.isupper()
            is_place = bool(countries_of(words, self.speech.language))
            if is_place and self._is_place(words):
                return Voice(speaker=words, words=words) if one else None  # "Lincoln said": a surname, as a rule
            org, speaker = (None, words) if (_is_person(words, self.speech) or one) and not is_place else (words, None)
        if org is None and role is None and speaker is None:
            org = _trim(words, self.speech.calendar)
        return Voice(
            speaker=speaker, role=role, organisation=org, kind=self._kind(words, known, heads, role), words=words
        )

    def _heads(self, words: str, folded: str) -> list[Hit]:
        """The heads of a source; those within a thing's name are none ("a woman at the police service station")."""
        own = [h for h in self.things.find(folded) if h.key == "own" and is_own(words[h.start : h.end])]
        return [
            h for h in self.speech.heads.find(folded) if not any(o.start <= h.start and h.end <= o.end for o in own)
        ]

    def introduced(self, text: str) -> list[Voice]:
        """Return persons whom a text introduces by role ("Security minister Tom N."), wherever they first appear."""
        if not self.speech.has_spaces:
            return self._introduced_han(text)
        out = []
        for hit in self.speech.roles.find(matchable(text)):
            name = re.match(r",?\s+((?:[A-Z][\w'’-]+\s+){1,3}[A-Z][\w'’-]+)", text[hit.end :])
            if name and not text[hit.end : hit.end + 1].startswith(","):
                before = re.search(r"(?:[A-Z][\w’-]*\s+){0,4}$", text[: hit.start])
                role = text[hit.start : hit.end]
                speaker = name[1]
                voice = self.read(f"{before[0] if before else ''}{role} {speaker}")
                if isinstance(voice, Voice):
                    out.append(msgspec.structs.replace(voice, speaker=speaker, role=role))
        return out

    def _introduced_han(self, text: str) -> list[Voice]:
        """Bodies with a role behind them (外交部发言人): what a bare 发言人 later in the text means.

        A name behind the role (发言人萨斯) is whom 萨斯 means from then on.
        """
        out = []
        roles = self.speech.roles.find(matchable(text))
        for match in _HAN_ORG.finditer(text):
            hit = next((h for h in roles if h.start == match.end()), None)
            voice = self.read(text[match.start() : hit.end]) if hit else None
            if isinstance(voice, Voice) and voice.role and voice.organisation:
                out.append(voice)
        for hit in roles:
            name = _HAN_NAME.match(text, hit.end)
            before = _HAN_BEFORE_ROLE.search(text[max(0, hit.start - LONGEST_NAME_HAN) : hit.start])
            voice = self.read(f"{before[0] if before else ''}{text[hit.start : hit.end]}") if name else None
            if name is not None and isinstance(voice, Voice) and voice.role:
                out.append(msgspec.structs.replace(voice, speaker=name[1]))
        return out

    def _role(self, words: str, folded: str) -> str | None:
        hits = [h for h in self.speech.roles.find(folded) if not folded.startswith("馆", h.end)]
        if not hits:
            return None
        best = max(hits, key=lambda h: (h.end - h.start, h.start if has_cjk(words) else -h.start))
        return words[best.start : best.end]

    def _organisation(
        self, words: str, folded: str, known: list[Hit], heads: list[Hit], role: str | None
    ) -> str | None:
        if known:
            best = max(known, key=lambda h: (h.end - h.start, -h.start))
            gloss = _GLOSS.match(words, best.end)
            return words[best.start : gloss.end() if gloss else best.end]
        if has_cjk(words):
            spans = bodies_in(words)
            if spans:
                return words[slice(*spans[0])]
            found = _HAN_ORG.search(words)
            if found:
                rest = words[found.end() :].strip(" “”「」『』")
                # 人权组织灯笼观察: the name behind the head is the body's; a role is none.
                own = (
                    rest
                    and role is None
                    and len(rest) <= LONGEST_NAME_HAN
                    and not rest.startswith(("的", "一名", "一位"))
                )
                return words if own else found[0]
            if role is None:
                return words
            before, _, after = words.partition(role)
            return before.strip() or after.strip() or None  # what follows a role is a name or an adverb
        bodies = [
            h for h in heads if h.key in ("state", "mission", "watchdog", "association", "court", "outlet", "document")
        ]
        if role is not None:
            at = folded.find(matchable(role))
            after = words[at + len(role) :].lstrip(" ,")
            link = after.split(" ", 1)
            is_day = len(link) == 2 and matchable(link[1]).split()[0] in self.speech.calendar
            if (
                len(link) == 2
                and matchable(link[0]) in self.speech.links
                and not self._is_place(link[1])
                and not is_day
            ):
                return _trim(link[1], self.speech.calendar)
            before = words[:at].strip(" ,")
            if before and any(h.end <= at for h in bodies):
                return _trim(before, self.speech.calendar)
            bodies = [h for h in bodies if not (at <= h.start < at + len(role))]
        if not bodies:
            return None
        return _trim(self._issuer(words, folded, bodies), self.speech.calendar)

    def _issuer(self, words: str, folded: str, bodies: list[Hit]) -> str:
        """ "A statement from the Dublin police" is the police's."""
        first = bodies[0]
        if first.key != "document":
            return words
        for body in bodies[1:]:
            between = folded[first.end : body.start].split()
            if body.key != "document" and between and between[0] in self.speech.links and len(between) <= ISSUER:
                return re.split(r"[\s'’]", words[first.end : body.end].strip(), maxsplit=1)[-1]
        return words

    def _is_place(self, words: str) -> bool:
        """True where words are no more than a place below a state: "spokesperson in London" speaks for no London."""
        spans = gazetteer.find(words, self.speech.language)
        whole = bool(spans) and spans[0].start == 0 and spans[0].end == len(words.rstrip())
        return whole and spans[0].place.kind != "country"

    def _speaker(self, words: str, names: list[re.Match[str]], org: str | None, role: str | None) -> str | None:
        behind = _NAME_BEHIND.match(words, words.find(role) + len(role)) if role is not None else None
        if behind is not None and not (org and (behind[1] in org or org in behind[1])) and self._may_be_name(behind[1]):
            return behind[1]  # "Minister | Hartog", "Premier | Jan Hartog"
        for match in names:
            name = match[0].strip(" .")
            if org and (name in org or org in name):
                continue
            if (
                _is_person(name, self.speech)
                and not self._is_whole_place(name)
                and not self.speech.heads.find(matchable(name))
            ):
                return name
        return None

    def _may_be_name(self, name: str) -> bool:
        folded = matchable(name)
        is_word = folded.split()[0] in FUNCTION_WORDS or folded in self.speech.calendar
        return not is_word and not self._is_whole_place(name) and not self.speech.heads.find(folded)

    def _is_whole_place(self, name: str) -> bool:
        """True where a name is a place's and no more: in "Nancy Sommer" the town is a first name."""
        return any(
            p.start == 0 and p.end == len(name)
            for language in ("en", self.speech.language)
            for p in gazetteer.find(name, language)
        )

    def _kind_of_pronoun(self, words: str, heads: list[Hit]) -> VoiceKind:
        """The kind of "the embassy", "l'ONG", where no voice was named before; whose ministry it is nobody said."""
        kind = self._kind(words, [], heads, None)
        is_state = kind in (VoiceKind.HOST_GOVERNMENT, VoiceKind.HOME_GOVERNMENT)
        return VoiceKind.UNKNOWN if is_state and not countries_of(words, self.speech.language) else kind

    def _kind(self, words: str, known: list[Hit], heads: list[Hit], role: str | None) -> VoiceKind:
        kinds = {h.key for h in heads}
        if "unnamed" in kinds or (kinds & _OFFICES and _FORMER.search(matchable(words))):
            return VoiceKind.UNKNOWN  # sources that nobody names, and who speaks for no office any more
        if "abroad" in kinds and not countries_of(words, self.speech.language):
            return VoiceKind.UNKNOWN  # "the foreign ministry": whose, it does not say
        if "mission" in kinds or "court" in kinds:
            return VoiceKind.MISSION if "mission" in kinds else VoiceKind.COURT
        if known:
            return VoiceKind(self.profile.voices[max(known, key=lambda h: h.end - h.start).key].kind)
        for kind in _RANK:
            if kind in kinds:
                return self.state_of(words) if kind == "state" else _OF.get(kind, VoiceKind.UNKNOWN)
        # A country by its bare name speaks as its government ("China says"); anybody else from there does not.
        return self.state_of(words) if self.is_country(words) else VoiceKind.UNKNOWN

    def is_country(self, words: str) -> bool:
        """True where words are a country's name and no more."""
        bare = re.sub(r"^(?:the|la|le|l'|el|die|der|das|de|het|o|a)\s+", "", words.strip(), flags=re.I)
        spans = gazetteer.find(bare, self.speech.language)
        return any(p.place.kind == "country" and p.start == 0 and p.end == len(bare) for p in spans)

    def state_of(self, words: str) -> VoiceKind:
        """The home government where words name its country, else a host government."""
        countries = countries_of(words, self.speech.language)
        return VoiceKind.HOME_GOVERNMENT if self.profile.home in countries else VoiceKind.HOST_GOVERNMENT


# "the report", "the same media", "le même rapport": words that point back to a voice named before.
_POINTS = re.compile(r"(?:the|this|that|its|le|la|l'|ce|el|der|die|das|het|de|dezelfde|il|lo|o|a|este|esta)\b")
_SAME = frozenset(
    [
        "same",
        "meme",
        "memes",
        "dezelfde",
        "hetzelfde",
        "stesso",
        "stessa",
        "stessi",
        "mismo",
        "misma",
        "mesmo",
        "mesma",
        "selben",
    ]
)
_PERSONS = frozenset({"he", "she", "他", "她", "il", "elle", "er", "ella", "hij", "zij", "lui", "lei", "ele", "ela"})


def _is_bare_name(words: str, speech: Speech) -> bool:
    """True where words are a name: in capitals, but for what joins them and two words before ("rival N. N.")."""
    tokens = re.findall(r"[^\W_][\w'’.&-]*", words)
    plain = [
        i for i, t in enumerate(tokens) if not (t[:1].isupper() or t[:1].isdigit()) and matchable(t) not in JOINING
    ]
    if not tokens or not speech.has_spaces or not plain:
        return bool(tokens)
    return plain[-1] < 2 and len(tokens) - plain[-1] > 2 and all(t[:1].isupper() for t in tokens[plain[-1] + 1 :])


def _is_person(name: str, speech: Speech) -> bool:
    parts = name.split()
    if matchable(parts[0]) in FUNCTION_WORDS and matchable(parts[0]).rstrip(".") not in speech.titles:
        return False
    if matchable(parts[0]).rstrip(".") in speech.titles:
        return len(parts) > 1
    return (
        2 <= len(parts) <= 4
        and all(p[:1].isupper() for p in parts)
        and not any(p.isupper() and len(p) > 2 for p in parts)
    )


# "des Innenministeriums am Samstag in Wiesbaden": when and where somebody spoke is no part of who it is.
_WHEN = re.compile(r"\s(?:am|im|on|el|le|op|in|this|last|vorige|letzte)\s+(\w+)", re.I)
_QUOTED = re.compile(r"[„“\"«]\s*([^„“”\"«»]{2,60}?)\s*[“”\"»]")


def _trim(words: str, calendar: frozenset[str] = frozenset()) -> str:
    """The words of an organisation without what a relative clause or apposition adds, and without a day."""
    bare = re.split(r"[,(„“\"«]|\bwhich\b|\bwho\b|\bwhose\b", words, maxsplit=1)[0]
    quoted = _QUOTED.search(words)
    if quoted is not None and matchable(bare).strip() in FUNCTION_WORDS | {""}:
        bare = quoted[1]  # die „Neue Zeitung“: its name stands in quotation marks
    day = next((m for m in _WHEN.finditer(bare) if matchable(m[1]) in calendar), None)
    words = bare[: day.start()] if day is not None else bare
    words = re.sub(r"^(?:(?:(?i:the|a|an|its|their|and|in)|new)\s+)+", "", words.strip())
    return " ".join(words.split()[:10])


def _opens(words: str) -> bool:
    return max(words.rfind("("), words.rfind("（")) > max(words.rfind(")"), words.rfind("）"))


_KNOWN: dict[int, tuple[Profile, Phrases]] = {}  # by identity: a profile is frozen, and making its phrases is slow
MOST_KNOWN = 8


def known_voices(profile: Profile) -> Phrases:
    """The names of a profile's known voices as phrases, keyed by the voice's id."""
    found = _KNOWN.get(id(profile))
    if found is None or found[0] is not profile:
        pairs = [(key, name) for key, voice in sorted(profile.voices.items()) for name in voice.names]
        made = Phrases((k, re.sub(r"[()|~*?\[\]]", " ", n)) for k, n in pairs)
        while len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.pop(next(iter(_KNOWN)))
        found = _KNOWN[id(profile)] = (profile, made)
    return found[1]
