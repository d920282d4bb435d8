"""From a document to its mentions and statements: read who speaks, recognise, apply the rules, ground every quote.

Pure: the same document, sighting and profile give the same statements in the same order, whatever else a case holds.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from overt.find.context import Context, Find
from overt.find.ground import Grounds
from overt.find.llm.judge import Page
from overt.find.llm.prompt import Question, question
from overt.find.llm.second import Model, Second, second
from overt.find.llm.windows import windows
from overt.find.prepared import Finders, Found, Ready, prepare
from overt.find.recognise import Lookup
from overt.find.rows import RowFind, row_finds
from overt.find.rules import RULES
from overt.find.tables import Listing
from overt.find.voices import Voices, known_voices
from overt.model import (
    AFFIRMING,
    Document,
    Mention,
    Parse,
    PassageKind,
    Sighting,
    Statement,
    Voice,
    VoiceKind,
)
from overt.net.endpoint import Endpoint
from overt.profile import Profile
from overt.words.phrases import matchable

# The heading that names who issued a list stands within so many passages before it.
REACH_OF_HEADING = 6
# What a condition leaves unsaid; a number, a name and a date stand whatever is supposed.
_SUPPOSED = frozenset({"term", "entity", "place"})


Watch = Callable[[Context, Sequence[tuple[Find, Statement]]], None]


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
    ready = prepare(document, sighting, finders, parses)
    if isinstance(ready, Found):
        return ready
    own, grounds, lists, contexts, profile = ready.own, ready.grounds, ready.lists, ready.contexts, finders.profile
    topic = contexts[0].topic if contexts else None
    firsts: list[list[Find]] = []
    for context in contexts:
        finds = [one for rule in RULES for one in rule(context) if _is_said(one, context)]
        firsts.append([one for one in finds if not _is_implied(one, finds, context)])
    answered = _second(ready, firsts, document, finders, model) if model is not None and contexts else None
    made: list[Statement] = []
    for context, finds in zip(contexts, firsts, strict=True):
        statements = _grounded(finds, context, grounds, answered, model)
        made += statements
        if watch is not None:
            watch(context, list(zip(finds, statements, strict=True)))
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
    kept = list(once.values())
    return Found(
        mentions=tuple(_enrich(mentions, kept)),
        statements=tuple(kept),
        concerns=tuple(concerns),
        llm=answered.tally if answered is not None else None,
    )


def questions(document: Document, sighting: Sighting, finders: Finders, endpoint: Endpoint) -> list[Question]:
    """Return what a model is asked about a document: one question for each part in which anything could be said."""
    ready = prepare(document, sighting, finders)
    if isinstance(ready, Found):
        return []
    parts = windows(ready.contexts)
    return [question(part, document.title, finders.profile, endpoint) for part in parts]


def _second(ready: Ready, firsts: list[list[Find]], document: Document, finders: Finders, model: Model) -> Second:
    def voices(language: str | None) -> Voices | None:
        tongue = finders.tongue(language)
        return tongue.voices if tongue is not None else None

    page = Page(ready.contexts, ready.grounds.outlet, voices)
    return second(page, firsts, ready.grounds, document.title, model)


def _grounded(
    finds: Sequence[Find], context: Context, grounds: Grounds, answered: Second | None, model: Model | None
) -> list[Statement]:
    """Return the statements of what the rules found in a sentence; one that a model found too says so."""
    out = []
    for place, one in enumerate(finds):
        statement = grounds.of_find(one, context)
        if answered is not None and model is not None and (context.number, place) in answered.agreed:
            finder = msgspec.structs.replace(statement.finder, also=(model.rule,))
            statement = msgspec.structs.replace(statement, finder=finder)
        out.append(statement)
    return out


def _is_said(one: Find, context: Context) -> bool:
    """False for what somebody is said not to have said, and for what is only supposed.

    Also for accusations in a language whose negations are not read.

    That an authority did not say something is a finding of its own ("has not confirmed").
    """
    rule = context.profile.properties[one.property]
    is_supposed = rule.type in _SUPPOSED and context.is_supposed(one.at)
    if (context.is_unsaid(one.at) or is_supposed) and not rule.finding:
        return False
    return context.speech is not None or rule.accuses == "never"


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
