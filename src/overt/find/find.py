"""From a document to its mentions and statements: read who speaks, recognise, apply the rules, ground every quote.

Pure: the same document, sighting and profile give the same statements in the same order, whatever else a case holds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import msgspec

from overt.find.attribution import Attribution, Memory
from overt.find.context import Context, Find
from overt.find.gate import is_on_subject, names_a_watchdog
from overt.find.ground import Grounds
from overt.find.labels import introduced_behind
from overt.find.lexicon import Speech, speech
from overt.find.llm.judge import Page
from overt.find.llm.prompt import Question, question
from overt.find.llm.second import Model, Second, Tally, second
from overt.find.llm.windows import windows
from overt.find.outlets import outlets
from overt.find.parsed import Told, Tree, frames, tell
from overt.find.recognise import Lookup, Lookups, Recognised, recognise
from overt.find.rows import RowFind, row_finds
from overt.find.rules import RULES
from overt.find.second import PARSED_RULE
from overt.find.sentence import Sentence, split
from overt.find.spoken import spoken
from overt.find.subjects import Topic, speak
from overt.find.tables import Listing, listings
from overt.find.voices import Voices, known_voices
from overt.model import (
    AFFIRMING,
    Document,
    Grade,
    Mention,
    Parse,
    PassageKind,
    Sighting,
    Statement,
    Voice,
    VoiceKind,
    texts_hash,
)
from overt.net.endpoint import Endpoint
from overt.profile import Profile
from overt.words.language import language as guess_language
from overt.words.phrases import Hit, matchable

# Passages that can hold a voice: body text, and captions, which often say what the body says.
_READ = frozenset({PassageKind.CAPTION})
_EMPTY = frozenset({Grade.SHELL, Grade.ERROR})  # a login wall or an error page says nothing of its own
# The heading that names who issued a list stands within so many passages before it.
REACH_OF_HEADING = 6
NEAR_ITS_PLACE = 12  # characters between a number without a noun and its place
MOST_IN_A_PLACE = 200  # a greater number is a year


Watch = Callable[[Context, Sequence[tuple[Find, Statement]]], None]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one document of one sighting says. Mentions and statements are in the order of the text.

    `off_subject` is true where the document names things of the profile's kinds and was taken to be about others: then
    nothing is found in it, and a person should know. `concerns` are what a person should know of what was found, a line
    each ("it says 30 sites, and 29 rows of its list were read"). `llm` says what became of a model's answers, where one
    is on.
    """

    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    off_subject: bool = False
    concerns: tuple[str, ...] = ()
    llm: Tally | None = None


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as one page or passage has it: its vocabulary and, where a lexicon knows it, its speech."""

    language: str | None
    lookup: Lookup
    speech: Speech | None
    voices: Voices | None


class Finders:
    """A profile made ready: vocabularies and voices are compiled once and used for many documents."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.lookups = Lookups(profile)
        self._voices: dict[str, Voices] = {}

    def tongue(self, language: str | None) -> Tongue | None:
        """Return what a language is read with, None where the profile has no words in it."""
        lookup, words = self.lookups.of(language), speech(language)
        if lookup is None:
            return None
        if words is not None and words.language not in self._voices:
            self._voices[words.language] = Voices(words, self.profile)
        return Tongue(language, lookup, words, self._voices[words.language] if words else None)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A page whose sentences are read, before any rule works."""

    own: Tongue
    language: str | None
    grounds: Grounds
    lists: list[Listing]
    contexts: list[Context]


def find(
    document: Document,
    sighting: Sighting,
    finders: Finders,
    model: Model | None = None,
    watch: Watch | None = None,
    parses: Mapping[str, Parse] = MappingProxyType({}),
) -> Found:
    """Return the mentions and statements of a document as one sighting shows it.

    Args:
        document: a reading.
        sighting: outlet, date and address; what the sheet says wins over what the page says.
        finders: the profile made ready.
        model: what a model answered about the capture, where one is on.
        watch: is told of each sentence in order: what was recognised in it, and what the rules made of it.
        parses: by language, of the passages that `to_parse` names.
    """
    ready = _ready(document, sighting, finders, parses)
    if isinstance(ready, Found):
        return ready
    own, grounds, lists, contexts, profile = ready.own, ready.grounds, ready.lists, ready.contexts, finders.profile
    topic = contexts[0].topic if contexts else None
    firsts: list[list[Find]] = []
    for context in contexts:
        finds = [one for rule in RULES for one in rule(context) if _is_said(one, context)]
        firsts.append([one for one in finds if not _is_implied(one, finds, context)])
    answered = _second(ready, firsts, document, finders, model) if model is not None and contexts else None
    made = list(_grounded(firsts, contexts, grounds, answered, model))
    if watch is not None:
        told = iter(made)
        for context, finds in zip(contexts, firsts, strict=True):
            watch(context, [(one, next(told)) for one in finds])
    mentions = {one.mention.id: one.mention for one in topic.spoken} if topic is not None else {}
    concerns: list[str] = []
    for number, one in enumerate(lists, 1):
        published = grounds.published
        rows = list(row_finds(one, document, sighting.address, ready.language, published, own.lookup, profile))
        mentions |= {row.mention.id: row.mention for row in rows}
        concerns += _total(number, rows, made, profile)
        issuer = _issuer(one, document, own.lookup, profile)
        made.extend(grounds.of_row(row, issuer) for row in rows)
    if answered is not None:
        made.extend(answered.statements)
    once: dict[str, Statement] = {}
    for statement in made:
        once.setdefault(statement.id, statement)
    statements = list(once.values())
    return Found(
        mentions=tuple(_enrich(mentions, statements)),
        statements=tuple(statements),
        concerns=tuple(concerns),
        llm=answered.tally if answered is not None else None,
    )


def questions(document: Document, sighting: Sighting, finders: Finders, endpoint: Endpoint) -> list[Question]:
    """Return what a model is asked about a document: one question for each part in which anything could be said."""
    ready = _ready(document, sighting, finders)
    if isinstance(ready, Found):
        return []
    parts = windows(ready.contexts)
    return [question(part, document.title, finders.profile, endpoint) for part in parts]


def _ready(
    document: Document, sighting: Sighting, finders: Finders, parses: Mapping[str, Parse] = MappingProxyType({})
) -> _Ready | Found:
    """Read who says what in a page; what is found in it without that where nothing can be."""
    own = _own(document, sighting, finders)
    if isinstance(own, Found):
        return own
    language = own.language
    published = sighting.published or document.published
    profile = finders.profile
    grounds = Grounds(document, sighting, outlets(document, sighting, profile), published, language)
    lists = listings(document, own.lookup, language)
    listed, tongues = _listed(lists), _tongues(document, own, finders)
    told = _told(document, tongues, listed, parses)
    return _Ready(own, language, grounds, lists, _contexts(document, grounds, own, tongues, listed, profile, told))


def _second(ready: _Ready, firsts: list[list[Find]], document: Document, finders: Finders, model: Model) -> Second:
    def voices(language: str | None) -> Voices | None:
        tongue = finders.tongue(language)
        return tongue.voices if tongue is not None else None

    page = Page(ready.contexts, ready.grounds.outlet, voices)
    return second(page, firsts, ready.grounds, document.title, model)


def _grounded(
    firsts: list[list[Find]], contexts: list[Context], grounds: Grounds, answered: Second | None, model: Model | None
) -> Iterator[Statement]:
    """Yield the statements of what the rules found; one that a model found too says so."""
    for context, finds in zip(contexts, firsts, strict=True):
        for place, one in enumerate(finds):
            statement = grounds.of_find(one, context)
            if answered is not None and model is not None and (context.number, place) in answered.agreed:
                finder = msgspec.structs.replace(statement.finder, also=(model.rule,))
                statement = msgspec.structs.replace(statement, finder=finder)
            yield statement


def _is_said(one: Find, context: Context) -> bool:
    """False for what somebody is said not to have said, and for accusations in a language whose negations are not read.

    That an authority did not say something is a finding of its own ("has not confirmed").
    """
    rule = context.profile.properties[one.property]
    if context.is_unsaid(one.at) and not rule.finding:
        return False
    return context.speech is not None or rule.accuses == "never"


def _own(document: Document, sighting: Sighting, finders: Finders) -> Tongue | Found:
    """The language that a document is read in, or what there is to say where nothing is looked for in it."""
    nothing = Found(mentions=(), statements=())
    if document.grade in _EMPTY:
        return nothing
    language = sighting.language or document.language
    if language is None:
        language = guess_language(" ".join(p.text for p in document.passages if p.main)[:2000])
    own = finders.tongue(language)
    if own is None or not own.lookup.may_name_a_thing(matchable(document.text)):
        return nothing
    if not is_on_subject(document, language, finders.profile, own.lookup):
        return msgspec.structs.replace(nothing, off_subject=True)
    return own


def to_parse(document: Document, sighting: Sighting, finders: Finders, language: str) -> tuple[str, ...]:
    """Return the passages in a language whose parse `find` can use, in order; none where it would find nothing.

    Args:
        document, sighting, finders: as `find` takes them.
        language: one of `overt.find.PARSED`.
    """
    own = _own(document, sighting, finders)
    if isinstance(own, Found):
        return ()
    tongues, listed = _tongues(document, own, finders), _listed(listings(document, own.lookup, own.language))
    return tuple(document.passages[n].text for n in _of(language, document, tongues, listed))


def _of(language: str, document: Document, tongues: list[Tongue | None], listed: set[int]) -> list[int]:
    return [n for n in _read_passages(document, tongues, listed) if _base(tongues[n]) == language]


def _tongues(document: Document, own: Tongue, finders: Finders) -> list[Tongue | None]:
    return [own if p.language is None else finders.tongue(p.language) for p in document.passages]


def _listed(lists: Sequence[Listing]) -> set[int]:
    return {index for one in lists for row in one.rows for index in row.passages}


def _told(
    document: Document, tongues: list[Tongue | None], listed: set[int], parses: Mapping[str, Parse]
) -> dict[int, list[Told]]:
    """What the parses tell, by passage. A parse of other passages than these is none."""
    out: dict[int, list[Told]] = {}
    for language, parse in sorted(parses.items()):
        numbers = _of(language, document, tongues, listed)
        texts = tuple(document.passages[n].text for n in numbers)
        words = frames(language)
        if words is not None and parse.texts == texts_hash(texts):
            for number, parsed, text in zip(numbers, parse.passages, texts, strict=True):
                out[number] = tell(Tree(parsed, text), words)
    return out


def _base(tongue: Tongue | None) -> str:
    return tongue.speech.language if tongue is not None and tongue.speech is not None else ""


def _is_implied(one: Find, finds: list[Find], context: Context) -> bool:
    """That things exist is said by their number: "there are 54 stations" is one statement, not two."""
    properties = context.profile.properties
    implying = {key for key, rule in properties.items() if rule.type == "count"}
    stance = one.stance
    if stance not in AFFIRMING or not any(rule.implies == one.property for rule in properties.values()):
        return False
    clause = context.sentence.clause_of(one.at[0])
    return any(
        other.property in implying
        and other.stance in AFFIRMING
        and clause[0] <= other.at[0] < clause[1]
        and other.at[0] < one.at[1]
        and one.at[0] < other.at[1]
        for other in finds
    )


def _issuer(listing: Listing, document: Document, lookup: Lookup, profile: Profile) -> Voice | None:
    """Who issued a list: the body that its heading or the document's title names, if it is not the outlet itself."""
    before = range(max(0, listing.first - REACH_OF_HEADING), listing.first)
    texts = [
        document.passages[i].text for i in reversed(before) if document.passages[i].kind is not PassageKind.TABLE_CELL
    ]
    for text in (*texts, document.title or ""):
        folded = matchable(text)
        for hit in known_voices(profile).find(folded):
            words = text[hit.start : hit.end]
            return Voice(organisation=words, kind=VoiceKind(profile.voices[hit.key].kind), words=words)
        body = lookup.issuer(text, folded)
        if body is not None:
            return Voice(organisation=body, kind=VoiceKind.HOME_GOVERNMENT, words=body)
    return None


def _total(number: int, rows: Sequence[RowFind], made: Sequence[Statement], profile: Profile) -> list[str]:
    """A stated total beside the rows that were read."""
    things = len({row.mention.id for row in rows})
    units = {prop: next(iter(rule.units), "") for prop, rule in profile.properties.items() if rule.type == "count"}
    said = [s.value.number for s in made if s.value.number is not None and units.get(s.property) == s.value.unit]
    if not rows or not said or things in said:
        return []
    return [f"it says {max(said):g}, and {things} rows of its list {number} were read"]


def _contexts(
    document: Document,
    grounds: Grounds,
    own: Tongue,
    tongues: list[Tongue | None],
    listed: set[int],
    profile: Profile,
    told: Mapping[int, Sequence[Told]],
) -> list[Context]:
    """Read all sentences before any rule works: a statement may be about what is named only later."""
    topic = Topic(document.capture, grounds.sighting.address, grounds.id, own.language, profile)
    memory = Memory()
    seen_countries: list[str] = []
    out: list[Context] = []
    whole = matchable(f"{document.title or ''}\n\n{document.text}")
    weak = own.lookup.names_a_thing(whole) or names_a_watchdog(whole, profile)
    read = _sentences(document, tongues, listed, memory)
    texts = [document.passages[sentence.passage].text for _, sentence in read]
    said = spoken([(s, text, t.voices) for (t, s), text in zip(read, texts, strict=True)], memory, told)
    for (tongue, sentence), one in zip(read, said, strict=True):
        voices, number, text, attributions = tongue.voices, len(out), one.text, one.attributions
        prefer = tuple(dict.fromkeys(seen_countries))
        seen = recognise(sentence, tongue.lookup, tongue.language, grounds.published, prefer, weak)
        seen_countries += [p.place.country for p in seen.places if not p.ambiguous]
        if not attributions and out and _only_counts(seen):
            attributions = _going_on(sentence, out[-1])
        # Not the parser's: its subjects are whole noun phrases, which may name the very thing that is spoken of.
        sources = [a.source for a in attributions if a.source is not None and not a.rule.startswith(PARSED_RULE)]
        them = _them(sentence, tongue.speech)
        speak(topic, sentence, number, grounds.starts[sentence.passage], text, seen, sources, them)
        mood = voices.speech.moods_in(sentence.text, sentence.folded) if voices is not None else []
        shifted = tuple(h._replace(start=h.start + sentence.start, end=h.end + sentence.start) for h in mood)
        out.append(
            Context(
                sentence=sentence,
                number=number,
                text=text,
                folded=one.folded,
                seen=seen,
                attributions=attributions,
                topic=topic,
                profile=profile,
                speech=tongue.speech,
                mood=shifted,
                published=grounds.published,
                language=tongue.language,
            )
        )
    return out


def _them(sentence: Sentence, words: Speech | None) -> list[Hit]:
    """Words that stand for the things of the sentence before, as spans of the passage."""
    hits = words.elliptic.find(sentence.folded) if words is not None else []
    return [
        Hit(h.key, h.start + sentence.start, h.end + sentence.start) for h in hits if h.key in ("them", "one_of_them")
    ]


def _read_passages(document: Document, tongues: list[Tongue | None], listed: set[int]) -> list[int]:
    """The numbers of the passages whose sentences are read."""
    return [
        index
        for index, (passage, tongue) in enumerate(zip(document.passages, tongues, strict=True))
        if tongue is not None and index not in listed and (passage.main or passage.kind in _READ)
    ]


def _sentences(
    document: Document, tongues: list[Tongue | None], listed: set[int], memory: Memory
) -> list[tuple[Tongue, Sentence]]:
    """The sentences of what is read, each with its language; who is introduced anywhere is known from the start."""
    made: list[tuple[Tongue, Sentence]] = []
    for index in _read_passages(document, tongues, listed):
        passage, tongue = document.passages[index], tongues[index]
        assert tongue is not None
        made += [(tongue, s) for s in split(index, passage.text, tongue.language, tongue.speech)]
        if tongue.voices is not None:
            for voice in (*tongue.voices.introduced(passage.text), *introduced_behind(passage.text, tongue.voices)):
                memory.introduce(voice)
    return made


def _only_counts(seen: Recognised) -> bool:
    """True where a sentence says no more than how many are where, with no noun of its own."""
    if seen.units or seen.things:
        return False
    numbers = [n for n in seen.numbers if n.kind == "number" and (n.value or 0) <= MOST_IN_A_PLACE]
    return any(0 < p.start - n.end <= NEAR_ITS_PLACE for n in numbers for p in seen.places)


def _going_on(sentence: Sentence, before: Context) -> list[Attribution]:
    """ "... nine stations, the group said. Three are in X, two in Y.": the count goes on in the same voice."""
    end = before.sentence.end - 1
    holding = [a for a in before.attributions if a.holds(end) or a.holds(end - 1)]
    whole = ((sentence.start, sentence.end),)
    return [replace(a, content=whole, source=None, cue=(sentence.start, sentence.start)) for a in holding[:1]]


def _enrich(mentions: dict[str, Mention], statements: list[Statement]) -> list[Mention]:
    """Give mentions the names and operators that statements about them carry: what tells one thing from another."""
    names: dict[str, list[str]] = {}
    operators: dict[str, list[str]] = {}
    for statement in statements:
        if statement.stance == "denies":
            continue
        if statement.property == "name":
            names.setdefault(statement.subject.mention, []).append(statement.value.text)
        elif statement.property == "operator":
            operators.setdefault(statement.subject.mention, []).append(statement.value.text)
    return [
        msgspec.structs.replace(
            m,
            names=tuple(dict.fromkeys(names.get(m.id, ()))),
            operators=tuple(dict.fromkeys(operators.get(m.id, ()))),
        )
        for m in mentions.values()
    ]
