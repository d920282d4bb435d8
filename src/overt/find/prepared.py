"""A page made ready for the rules: its languages, sentences, voices and what each sentence names.

A document as one sighting shows it goes in; contexts come out, one a sentence, with what statements are grounded in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import msgspec

from overt.find.attribution import Attribution, Memory
from overt.find.context import Context
from overt.find.gate import is_on_subject, names_a_watchdog
from overt.find.ground import Grounds
from overt.find.labels import introduced_behind
from overt.find.lexicon import Speech, speech
from overt.find.llm.second import Tally
from overt.find.outlets import outlets
from overt.find.parsed import Told, Tree, frames, tell
from overt.find.parted import parted
from overt.find.recognise import Lookup, Lookups, Recognised, recognise
from overt.find.second import PARSED_RULE
from overt.find.sentence import Sentence, split
from overt.find.spoken import spoken
from overt.find.subjects import Topic, speak
from overt.find.tables import Listing, listings
from overt.find.voices import Voices
from overt.model import (
    Document,
    Grade,
    Mention,
    Parse,
    PassageKind,
    Sighting,
    Statement,
    texts_hash,
)
from overt.places import gazetteer
from overt.profile import Profile
from overt.words.language import language as guess_language
from overt.words.phrases import Hit, matchable

# Passages that can hold a voice: body text, and captions, which often say what the body says.
_READ = frozenset({PassageKind.CAPTION})
_EMPTY = frozenset({Grade.SHELL, Grade.ERROR})  # a login wall or an error page says nothing of its own
NEAR_ITS_PLACE = 12  # characters between a number without a noun and its place
MOST_IN_A_PLACE = 200  # a greater number is a year


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
class Ready:
    """A page whose sentences are read, before any rule works."""

    own: Tongue
    language: str | None
    grounds: Grounds
    lists: list[Listing]
    contexts: list[Context]


def prepare(
    document: Document, sighting: Sighting, finders: Finders, parses: Mapping[str, Parse] = MappingProxyType({})
) -> Ready | Found:
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
    return Ready(own, language, grounds, lists, _contexts(document, grounds, own, tongues, listed, profile, told))


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
    whole_text = f"{document.title or ''}\n\n{document.text}"
    whole = matchable(whole_text)
    weak = own.lookup.names_a_thing(whole) or names_a_watchdog(whole, profile)
    read = _sentences(document, tongues, listed, memory)
    texts = [document.passages[sentence.passage].text for _, sentence in read]
    said = spoken([(s, text, t.voices) for (t, s), text in zip(read, texts, strict=True)], memory, told)
    # "The Spanish police": adjectives of countries anywhere in a page tell which of two towns of one name is meant.
    peoples = sorted({c for _, _, c in gazetteer.demonyms(whole_text, own.language)} - {profile.home})
    for (tongue, sentence), one in zip(read, said, strict=True):
        voices, number, text, attributions = tongue.voices, len(out), one.text, one.attributions
        prefer = tuple(dict.fromkeys((*seen_countries, *peoples)))
        seen = recognise(sentence, tongue.lookup, tongue.language, grounds.published, prefer, weak)
        seen_countries += [p.place.country for p in seen.places if not p.ambiguous]
        if not attributions and out and _only_counts(seen):
            attributions = _going_on(sentence, out[-1])
        # Not the parser's: its subjects are whole noun phrases, which may name the very thing that is spoken of.
        sources = [a.source for a in attributions if a.source is not None and not a.rule.startswith(PARSED_RULE)]
        them = _them(sentence, tongue.speech)
        parts = parted(sentence, seen.places, seen.numbers, tongue.speech)
        speak(topic, sentence, number, grounds.starts[sentence.passage], text, seen, sources, them, parts)
        mood = voices.speech.moods_in(sentence.text, sentence.folded) if voices is not None else []
        shifted = tuple(h._replace(start=h.start + sentence.start, end=h.end + sentence.start) for h in mood)
        out.append(
            Context(
                sentence=sentence,
                number=number,
                text=text,
                folded=one.folded,
                seen=seen,
                parts=parts,
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


__all__ = ["Finders", "Found", "Ready", "Tongue", "prepare", "to_parse"]
