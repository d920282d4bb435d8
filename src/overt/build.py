"""Calls the stages in order, and is the only writer of the store: captures -> readings -> statements -> facts.

A build is a pure function of captures, readings, profile, judgements and Overt's version. It may be killed at any
moment: readings and finds are kept as they are made, everything else is written in one transaction at the end.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from overt import __version__
from overt import capture as captures
from overt import read as reader
from overt.case import Case, ensure_writing
from overt.find import NAME as FINDER
from overt.find import VERSION as FINDER_VERSION
from overt.find import Finders, Found, Model, find, to_parse
from overt.find.llm import answers, endpoint_of
from overt.find.llm import fingerprint as of_answers
from overt.ledger import read_judgements
from overt.model import (
    ON_STATEMENTS,
    Document,
    Grade,
    Judgement,
    Level,
    Parse,
    Registry,
    Remark,
    Sighting,
    Standing,
    Statement,
    Unread,
    Verb,
    content_hash,
    digest,
    fold_space,
    plain_bytes,
    sha256,
    standing,
    standing_lines,
)
from overt.profile import Profile, fingerprint, load
from overt.read.parses import differing, parse_of
from overt.resolve import Naming, Resolution, resolve
from overt.store import Store
from overt.store import writing as open_store
from overt.weigh import origins, reweigh

Progress = Callable[[str, int, int], None]
KEEP_EVERY = 25  # finds are put on disk in lots: a kill costs at most these


def build(case: Case, progress: Progress | None = None) -> Registry:
    """Bring the index up to date and return what it holds.

    Args:
        case: is locked for writing meanwhile.
        progress: is told (step, done, of).

    Raises:
        CaseError, ProfileError: where the case cannot be read or written.
    """
    tell = progress or (lambda step, done, of: None)
    with ensure_writing(case), open_store(case.index) as store:
        profile = load(case.profile)
        sightings = [s for s in captures.sightings(case) if s.level is not Level.CONFIDENTIAL]
        documents, unread = _read(case, sightings, tell)
        hashes = {d.capture: sha256(plain_bytes(d)) for d in documents}
        finders = Finders(profile)
        models = _answered(case, documents)
        parses = _parse(case, sightings, documents, finders, tell)
        found, used, remarks = _find(case, store, finders, sightings, hashes, documents, models, parses, tell)
        lines = read_judgements(case.decision_logs())
        tell("weigh", 0, 1)
        registry = assemble(profile, sightings, documents, unread, found, lines)
        registry = msgspec.structs.replace(registry, remarks=tuple(sorted({*remarks, *_remarks(sightings, documents)})))
        meta = {
            "overt": __version__,
            "profile": fingerprint(profile),
            "needs_look": msgspec.json.encode(list(registry.needs_look)).decode(),
            "remarks": msgspec.json.encode(list(registry.remarks)).decode(),
            "sightings": str(len(sightings)),
            "lines": str(len(lines)),
            "truth": truth(sightings, hashes, profile, lines, models, parses),
        }
        store.replace(registry, meta, used)
        tell("weigh", 1, 1)
        return registry


def truth(
    sightings: Iterable[Sighting],
    documents: Mapping[str, str],
    profile: Profile,
    lines: Iterable[Judgement],
    models: Mapping[str, Model] = MappingProxyType({}),
    parses: Mapping[bytes, tuple[str, ...]] = MappingProxyType({}),
) -> str:
    """Return one hash of everything that a build is made of; capture times and record ids do not go in."""
    seen = sorted({plain_bytes(msgspec.structs.replace(s, seen="")) for s in sightings})
    return digest(
        __version__,
        fingerprint(profile),
        [sha256(s) for s in seen],
        sorted(documents.values()),
        sorted(line.id for line in lines),
        *([[of_answers(m.endpoint, m.answers) for _, m in sorted(models.items())]] if models else []),
        *sorted({name for names in parses.values() for name in names}),
    )


def _answered(case: Case, documents: Iterable[Document]) -> dict[str, Model]:
    """What the model that the case names has answered about each capture; nothing where no model is on."""
    endpoint = endpoint_of(case)
    if endpoint is None:
        return {}
    return {d.capture: Model(endpoint, answers(case, d.capture, endpoint)) for d in documents}


def _read(case: Case, sightings: list[Sighting], tell: Progress) -> tuple[list[Document], list[Unread]]:
    documents: list[Document] = []
    unread: list[Unread] = []
    by_capture = {s.capture: s for s in reversed(sightings)}
    one_each = [by_capture[capture] for capture in sorted(by_capture)]
    tell("read", 0, len(one_each))
    made = reader.read_all(case, one_each, lambda name: captures.payload(case, name))
    for done, one in enumerate(made, 1):
        if isinstance(one, Document):
            documents.append(one)
        else:
            unread.append(one)
        tell("read", done, len(one_each))
    # Several readers at once end in no fixed order, and everything below goes by capture.
    return sorted(documents, key=lambda d: d.capture), sorted(unread, key=lambda u: u.capture)


def _find(
    case: Case,
    store: Store,
    finders: Finders,
    sightings: list[Sighting],
    hashes: Mapping[str, str],
    documents: list[Document],
    models: Mapping[str, Model],
    parses: Mapping[bytes, tuple[str, ...]],
    tell: Progress,
) -> tuple[list[Found], list[str], list[Remark]]:
    """Find in each document of each sighting, or take what was found under the same key before.

    Returns:
        what was found, the keys under which it is kept, and what a person should know of it.
    """
    made_of = digest(__version__, FINDER, FINDER_VERSION, fingerprint(finders.profile))
    by_capture = {d.capture: d for d in documents}
    found: list[Found] = []
    keys: list[str] = []
    remarks: list[Remark] = []
    waiting: list[tuple[str, bytes]] = []
    answered = {capture: [of_answers(m.endpoint, m.answers)] for capture, m in models.items()}
    pairs = {
        digest(
            made_of,
            hashes[s.capture],
            plain_bytes(_plain(s)).decode(),
            *answered.get(s.capture, []),
            *parses.get(plain_bytes(_plain(s)), ()),
        ): s
        for s in sightings
        if s.capture in by_capture
    }
    for done, key in enumerate(sorted(pairs)):
        tell("find", done, len(pairs))
        keys.append(key)
        kept = store.found(key)
        sighting = pairs[key]
        if kept is not None:
            one = msgspec.json.decode(kept, type=Found)
        else:
            document = by_capture[sighting.capture]
            own = _parses_of(case, document, sighting, finders)
            one = find(document, sighting, finders, models.get(sighting.capture), parses=own)
            waiting.append((key, msgspec.json.encode(one)))
        found.append(one)
        remarks += [Remark(address=sighting.address, sort="finding", words=words) for words in one.concerns]
        if one.llm is not None:
            remarks.append(Remark(address=sighting.address, sort="llm", words=one.llm.told()))
        if one.off_subject:
            words = "taken to be about something else than this profile: nothing was found in it"
            remarks.append(Remark(address=sighting.address, sort="off_subject", words=words))
        if len(waiting) >= KEEP_EVERY:
            store.keep_found(waiting)
            waiting = []
    store.keep_found(waiting)
    tell("find", len(pairs), len(pairs))
    return found, keys, remarks


def _parse(
    case: Case, sightings: list[Sighting], documents: list[Document], finders: Finders, tell: Progress
) -> dict[bytes, tuple[str, ...]]:
    """Parse what has no parse yet, where the case has a language parsed.

    Returns:
        for each sighting, without its time, the hashes of the parses that finding in it depends on.
    """
    by_capture = {d.capture: d for d in documents} if case.settings.parse else {}
    own = [s for s in sightings if s.capture in by_capture]
    out: dict[bytes, tuple[str, ...]] = {}
    for done, sighting in enumerate(own, 1):
        made = _parses_of(case, by_capture[sighting.capture], sighting, finders)
        out[plain_bytes(_plain(sighting))] = tuple(sha256(plain_bytes(made[language])) for language in sorted(made))
        tell("parse", done, len(own))
    return out


def _parses_of(case: Case, document: Document, sighting: Sighting, finders: Finders) -> dict[str, Parse]:
    """By language, the parse of what `find` would read, where the case has it parsed."""
    texts = {language: to_parse(document, sighting, finders, language) for language in case.settings.parse}
    return {language: parse_of(case, language, each) for language, each in sorted(texts.items()) if each}


def differing_parses(case: Case) -> Iterator[tuple[str, str]]:
    """Parse again what a case has parsed; yield each parse's path with how it differs ("" where it does not).

    Raises:
        CaseError, ProfileError: where the case cannot be read.
    """
    if not case.settings.parse:
        return
    finders = Finders(load(case.profile))
    sightings = [s for s in captures.sightings(case) if s.level is not Level.CONFIDENTIAL]
    documents = [(reader.kept(case, sighting), sighting) for sighting in sightings]
    for language in sorted(case.settings.parse):
        texts = {to_parse(d, s, finders, language) for d, s in documents if isinstance(d, Document)}
        yield from differing(case, language, sorted(texts - {()}))


def _remarks(sightings: Iterable[Sighting], documents: Iterable[Document]) -> Iterator[Remark]:
    """Yield what a person should know of the readings: content that was not wholly there, and readers' concerns."""
    by_capture = {document.capture: document for document in documents}
    for sighting in sightings:
        document = by_capture.get(sighting.capture)
        if document is None:
            continue
        if document.grade is not Grade.WHOLE:
            words = f"{document.grade}: {document.graded_by or 'the content is not all there'}"
            yield Remark(address=sighting.address, sort="grade", words=words)
        for words in document.concerns:
            yield Remark(address=sighting.address, sort="reading", words=words)


def _plain(sighting: Sighting) -> Sighting:
    """What of a sighting matters to finding: not when it was obtained."""
    return msgspec.structs.replace(sighting, seen="", notes={})


def assemble(
    profile: Profile,
    sightings: list[Sighting],
    documents: list[Document],
    unread: list[Unread],
    found: Iterable[Found],
    lines: list[Judgement],
) -> Registry:
    """Return everything that follows from finds and judgements. Pure; no order of any input matters."""
    mentions = {m.id: m for one in found for m in one.mentions}
    stand = standing_lines(lines)
    now = {s.id: s for one in found for s in one.statements}
    statements = {**now, **_made_by_hand(stand)}
    minted = frozenset(m for line in lines for m in line.mints)
    resolution = resolve(
        sorted(mentions.values(), key=lambda m: m.id),
        sorted(statements.values(), key=lambda s: s.id),
        stand,
        profile,
        minted,
    )
    statements = {key: _resolved(s, resolution, profile) for key, s in statements.items()}
    standings, effective, needs_look, today = _judged(statements, stand, documents, resolution, profile, lines)
    naming = Naming(profile)
    roots, root_of = origins(
        sorted(effective.values(), key=lambda s: s.id), profile, naming, {d.id: d for d in documents}, stand
    )
    registry = Registry(
        sightings=tuple(sorted(sightings, key=lambda s: (s.address, s.capture, s.seen))),
        documents=tuple(sorted(documents, key=lambda d: d.capture)),
        unread=tuple(sorted(unread, key=lambda u: u.capture)),
        mentions=tuple(mentions[key] for key in sorted(mentions)),
        statements=tuple(
            msgspec.structs.replace(s, origin=root_of.get(s.id), judgement=_verb(standings, s))
            for _, s in sorted(effective.items())
        ),
        entities=resolution.entities,
        edges=resolution.edges,
        conflicts=resolution.conflicts,
        origins=tuple(sorted(roots, key=lambda o: o.id)),
        standings=dict(sorted(standings.items())),
        needs_look=tuple(sorted(needs_look)),
        now=tuple(sorted(today, key=lambda s: s.id)),
        judgements=tuple(sorted(stand, key=lambda j: j.id)),
        redirects=dict(sorted(resolution.redirects.items())),
    )
    return reweigh(registry, profile, naming)


def _made_by_hand(stand: Iterable[Judgement]) -> dict[str, Statement]:
    """Statements that `add` and `amend` lines made: their id is the hash of the line."""
    return {
        line.id: msgspec.structs.replace(line.made, id=line.id, content="", judgement=None, fact=None, origin=None)
        for line in stand
        if line.made is not None and line.verb in (Verb.ADD, Verb.AMEND)
    }


def _resolved(statement: Statement, resolution: Resolution, profile: Profile) -> Statement:
    entity = resolution.of_mention.get(statement.subject.mention)
    if entity is None and statement.subject.entity is not None:
        entity = resolution.redirects.get(statement.subject.entity, statement.subject.entity)
    placed = msgspec.structs.replace(statement, subject=msgspec.structs.replace(statement.subject, entity=entity))
    accuses = profile.accuses(statement.property, str(statement.stance))
    return msgspec.structs.replace(placed, content=content_hash(placed, accuses))


def _judged(
    statements: dict[str, Statement],
    stand: list[Judgement],
    documents: list[Document],
    resolution: Resolution,
    profile: Profile,
    known: list[Judgement],
) -> tuple[dict[str, Standing], dict[str, Statement], list[str], list[Statement]]:
    """Put standing judgements beside statements: what each makes, which version counts, and what needs another look."""
    lines: dict[str, list[Judgement]] = defaultdict(list)
    for line in stand:
        if line.verb in ON_STATEMENTS and line.verb is not Verb.ADD:
            lines[line.target].append(line)
        if line.verb in (Verb.ADD, Verb.AMEND) and line.id in statements:
            # Who makes a statement by hand has thereby said that these words say this.
            content = statements[line.id].content
            accept = msgspec.structs.replace(line, verb=Verb.ACCEPT, target=line.id, content=content, made=None)
            lines[line.id].append(accept)
            # What somebody withholds stays withheld, whatever is put in its place.
            lines[line.id] += [o for o in stand if o.verb is Verb.WITHHOLD and o.target == line.target]
    texts = {d.capture: fold_space(d.text) for d in documents}
    standings: dict[str, Standing] = {}
    effective = dict(statements)
    needs_look: list[str] = []
    today: list[Statement] = []
    for target, own in sorted(lines.items()):
        made = standing(own, known)
        if made.verb is None:
            continue
        standings[target] = made
        current = statements.get(target)
        if current is not None and (current.content in made.seen or not made.seen):
            continue
        needs_look.append(target)
        if current is not None:
            today.append(current)
        saw = _version(own, made)
        if saw is not None and fold_space(saw.quote.exact) in texts.get(saw.capture, ""):
            effective[target] = _resolved(msgspec.structs.replace(saw, id=target), resolution, profile)
    return standings, effective, needs_look, today


def _version(lines: list[Judgement], made: Standing) -> Statement | None:
    """The version that was judged: of several the one with most reviewers, then the smallest content hash."""
    seen = [(line.content or "", line.saw) for line in lines if line.saw is not None]
    if not seen:
        return None
    best = min(seen, key=lambda pair: (-made.reviewers.get(pair[0], 0), pair[0]))
    return best[1]


def _verb(standings: dict[str, Standing], statement: Statement) -> str | None:
    own = standings.get(statement.parent or statement.id)
    return str(own.verb) if own is not None and own.verb is not None else None
