"""From a document to its mentions and statements: read who speaks, recognise, apply the rules, ground every quote.

Pure: the same document, sighting and profile give the same statements in the same order, whatever else a case holds.
"""

import re
from collections import Counter
from dataclasses import replace

import msgspec
from babel.languages import get_official_languages

from overt.find.agencies import agency
from overt.find.attribution import Attribution, Memory, attribute
from overt.find.attribution_back import back
from overt.find.context import Context, Find, voices_of
from overt.find.lexicon import Speech, speech
from overt.find.recognise import Lookup, Lookups, recognise
from overt.find.rules import RULES
from overt.find.sentence import Sentence, split
from overt.find.subjects import Topic, speak
from overt.find.voices import Voices, known_voices, states_and_countries
from overt.model import (
    Document,
    Finder,
    Mention,
    PassageKind,
    Quote,
    Sighting,
    Statement,
    Subject,
    Voice,
    VoiceKind,
    digest,
    statement_id,
)
from overt.model.statement import CONTEXT
from overt.places import gazetteer
from overt.profile import Profile
from overt.words.language import language as guess_language
from overt.words.phrases import matchable

NAME = "patterns"
VERSION = "2"

_RELAY = re.compile(r"^.*?(?:来源|來源|转载自|轉載自|source|provided by|©)\s*[:：]?\s*", re.I)
# Passages that can hold a voice: body text, and captions, which often say what the body says.
_READ = frozenset({PassageKind.CAPTION})


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one document of one sighting says. Both tuples are in the order of the text.

    `off_subject` is true where the document names things of the profile's kinds and was taken to be about others: then
    nothing is found in it, and a person should know.
    """

    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    off_subject: bool = False


class Finders:
    """A profile made ready: vocabularies and voices are compiled once and used for many documents."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.lookups = Lookups(profile)
        self._voices: dict[str, Voices] = {}

    def voices(self, words: Speech) -> Voices:
        if words.language not in self._voices:
            self._voices[words.language] = Voices(words, self.profile)
        return self._voices[words.language]


def find(document: Document, sighting: Sighting, finders: Finders) -> Found:
    """Return the mentions and statements of a document as one sighting shows it.

    Args:
        document: a reading.
        sighting: outlet, date and address; what the sheet says wins over what the page says.
        finders: the profile made ready.
    """
    language = sighting.language or document.language
    if language is None:
        language = guess_language(" ".join(p.text for p in document.passages if p.main)[:2000])
    published = sighting.published or document.published
    lookup = finders.lookups.of(language)
    words = speech(language)
    document_id = document.id
    if lookup is None:
        return Found(mentions=(), statements=())
    if not lookup.may_name_a_thing(matchable(document.text)):
        return Found(mentions=(), statements=())
    if not _is_on_subject(document, language, finders, lookup):
        return Found(mentions=(), statements=(), off_subject=True)
    topic = Topic(document.capture, sighting.address, document_id, language, finders.profile)
    voices = finders.voices(words) if words else None
    memory = Memory()
    starts = document.starts()
    read = [i for i, p in enumerate(document.passages) if p.main or p.kind in _READ]
    sentences = [s for i in read for s in split(i, document.passages[i].text, language, words)]
    if voices is not None:
        for index in read:
            for voice in voices.introduced(document.passages[index].text):
                memory.introduce(voice)
    outlet = outlets(document, sighting, finders)
    contexts = _contexts(document, sentences, starts, topic, lookup, language, published, voices, memory)
    made: list[tuple[Find, Context]] = []
    for context in contexts:
        for rule in RULES:
            made.extend((one, context) for one in rule(context))
    statements = _ground(made, document, sighting, starts, outlet, published, language, document_id)
    mentions = {one.mention.id: one.mention for one in topic.spoken}
    return Found(mentions=tuple(_enrich(mentions, statements)), statements=tuple(statements))


def _is_on_subject(document: Document, language: str | None, finders: Finders, lookup: Lookup) -> bool:
    """False for a page that names states but not the one whose network is looked for, nor anything that is only its.

    "Police stations in Ireland are to close" is about other police stations. A page in a language of that state need
    not name it, nor need a line that names no state at all, nor one with a known voice, a name, an operator or a noun
    with an epithet ("overseas police stations").
    """
    home = finders.profile.home
    if home is None or (language or "").partition("-")[0] in _languages_of(home):
        return True
    folded = matchable(document.text)
    if known_voices(finders.profile).find(folded) or lookup.names_its_own(folded):
        return True
    named = frozenset(span.place.country for span in gazetteer.find(document.text, language))
    if home in named:
        return True
    states, countries = states_and_countries(document.text, language or "")
    return home in countries or not states


def _names_a_watchdog(folded: str, profile: Profile) -> bool:
    """Whoever the profile knows to watch such things is named only where they are spoken of."""
    return any(profile.voices[h.key].kind == VoiceKind.WATCHDOG for h in known_voices(profile).find(folded))


def _languages_of(country: str) -> frozenset[str]:
    """The official languages of a country, by Unicode CLDR."""
    return frozenset(code.partition("_")[0] for code in get_official_languages(country))


def outlets(document: Document, sighting: Sighting, finders: Finders) -> tuple[Voice, ...]:
    """The last links of every chain: whom the page says it took its text from, then the page's own outlet."""
    own = sighting.outlet or document.outlet or _host(sighting.address)
    chain = [Voice(organisation=own, kind=VoiceKind.OUTLET)]
    known = known_voices(finders.profile)
    for mark in document.relays:
        hits = known.find(matchable(mark))
        source = mark[hits[0].start : hits[0].end] if hits else _RELAY.sub("", mark, count=1).strip(" .。，,()（）")
        source = source.split("  ")[0].split(" 原文")[0][:60]
        if source and matchable(source) not in matchable(own):
            chain.insert(0, Voice(organisation=source, kind=VoiceKind.OUTLET, words=source))
            break
    wire = agency(document) if len(chain) == 1 else None
    if wire is not None and matchable(wire) != matchable(own):
        chain.insert(0, Voice(organisation=wire, kind=VoiceKind.OUTLET, words=wire))
    return tuple(chain)


def _host(address: str) -> str:
    found = re.match(r"https?://(?:www\.)?([^/:]+)", address)
    return found[1] if found else address


def _contexts(
    document: Document,
    sentences: list[Sentence],
    starts: list[int],
    topic: Topic,
    lookup: Lookup,
    language: str | None,
    published: str | None,
    voices: Voices | None,
    memory: Memory,
) -> list[Context]:
    """Read all sentences before any rule works: a statement may be about what is named only later."""
    seen_countries: list[str] = []
    out: list[Context] = []
    whole = matchable(f"{document.title or ''}\n\n{document.text}")
    weak = lookup.names_a_thing(whole) or _names_a_watchdog(whole, topic.profile)
    for number, sentence in enumerate(sentences):
        text = document.passages[sentence.passage].text
        folded = matchable(text)
        seen = recognise(sentence, lookup, language, published, tuple(dict.fromkeys(seen_countries)), weak)
        seen_countries += [p.place.country for p in seen.places if not p.ambiguous]
        told = back(sentence, text, voices, memory) if voices is not None else None
        attributions = attribute(sentence, text, folded, voices, memory) if voices is not None and not told else []
        if told is not None:
            _tell(told, out)
            memory.note(told.voice)
        if voices is not None:
            memory.mention(sentence.text, voices)
        sources = [a.source for a in attributions if a.source is not None]
        speak(topic, sentence, number, starts[sentence.passage], text, seen, sources)
        mood = voices.speech.mood.find(sentence.folded) if voices is not None else []
        shifted = tuple(h._replace(start=h.start + sentence.start, end=h.end + sentence.start) for h in mood)
        out.append(
            Context(
                sentence=sentence,
                number=number,
                text=text,
                folded=folded,
                seen=seen,
                attributions=attributions,
                topic=topic,
                profile=topic.profile,
                speech=voices.speech if voices is not None else None,
                mood=shifted,
                published=published,
                language=language,
            )
        )
    return out


def _tell(told: Attribution, out: list[Context]) -> None:
    """Give the sentence before to whom this one names, unless it names a source itself."""
    if not out or any(a.source is not None for a in out[-1].attributions):
        return
    before = out[-1].sentence
    out[-1].attributions[:] = [replace(told, content=((before.start, before.end),), source=None)]


def _ground(
    made: list[tuple[Find, Context]],
    document: Document,
    sighting: Sighting,
    starts: list[int],
    outlet: tuple[Voice, ...],
    published: str | None,
    language: str | None,
    document_id: str,
) -> list[Statement]:
    """Give each find its quote, chain and id. A quote is cut from the canonical text: verbatim by construction."""
    text = document.text
    sighting_id = digest(sighting.capture, sighting.address)
    times: Counter[tuple[str, str, str, str]] = Counter()
    out: dict[str, Statement] = {}
    for one, context in made:
        offset = starts[context.sentence.passage]
        start, end = context.quote(one.at)
        start, end = start + offset, end + offset
        exact = text[start:end]
        chain = voices_of(context.chain(one.at), outlet)
        voice = msgspec.structs.replace(chain[0], stance=one.stance or chain[0].stance)
        chain = (voice, *chain[1:])
        mention = one.subject.mention
        key = (exact, one.property, one.value.text, voice.words)
        earlier = text.count(exact, 0, start)
        identity = statement_id(
            document.capture,
            sighting.address,
            exact,
            earlier,
            one.property,
            mention.start,
            one.value.text,
            voice.words,
        )
        times[key] += 1
        if identity in out:
            continue
        out[identity] = Statement(
            id=identity,
            capture=document.capture,
            address=sighting.address,
            document=document_id,
            passage=context.sentence.passage,
            subject=Subject(
                text=mention.text,
                kind=mention.kind,
                mention=mention.id,
                group=mention.id if mention.group is not None else None,
            ),
            property=one.property,
            value=one.value,
            stance=voice.stance,
            attribution=chain,
            quote=Quote(
                exact=exact,
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
                start=start,
                end=end,
            ),
            finder=Finder(name=NAME, version=VERSION, rule=one.rule),
            actor=one.actor,
            qualifier=one.qualifier,
            scope=one.scope,
            basis=context.basis_at(one.at),
            works=_works(voice),
            file=sighting.file,
            url=sighting.url,
            sighting=sighting_id,
            published=published,
            language=language,
        )
    return list(out.values())


def _works(voice: Voice) -> tuple[str, ...]:
    """The work that a voice's words name: "a new report from X"."""
    named = re.search(
        r"\b(?:report|study|statement|answer|documentary|informe|rapport|bericht|relatório|rapporto)\b|报告|報告|公告",
        voice.words,
    )
    return (voice.words,) if named else ()


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
