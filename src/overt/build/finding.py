"""Finding in each document of each sighting: kept under the key of all that it depends on, and taken from there again.

What a model answered and what parses tell are read beside: by whom, stands in the settings of the case. Out: what was
found, in the order of its keys.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from overt import __version__
from overt import capture as captures
from overt import read as reader
from overt.build.assembling import with_contents
from overt.case import Case
from overt.find import NAME as FINDER
from overt.find import VERSION as FINDER_VERSION
from overt.find import Finders, Found, Model, find, to_parse
from overt.find.llm import answers, endpoint_of
from overt.find.llm import fingerprint as of_answers
from overt.model import Document, Level, Parse, Remark, Sighting, digest, plain_bytes, sha256
from overt.profile import load
from overt.read.parses import differing, parse_of
from overt.store import Store

Progress = Callable[[str, int, int], None]
KEEP_EVERY = 25  # finds are put on disk in lots: a kill costs at most these


@dataclass(frozen=True, slots=True)
class Second:
    """What finding depends on beside the documents: capture -> a model's answers, sighting -> hashes of its parses."""

    models: Mapping[str, Model] = field(default_factory=dict)
    parses: Mapping[bytes, tuple[str, ...]] = field(default_factory=dict)

    def of(self, sighting: Sighting) -> list[str]:
        """Return the hashes of what finding in one sighting depends on."""
        model = self.models.get(sighting.capture)
        answered = [of_answers(model.endpoint, model.answers)] if model is not None else []
        return [*answered, *self.parses.get(plain(sighting), ())]

    def made_of(self) -> list[object]:
        """Return the hashes of all of it, in one order."""
        models = [[of_answers(m.endpoint, m.answers) for _, m in sorted(self.models.items())]] if self.models else []
        return [*models, *sorted({name for names in self.parses.values() for name in names})]


NOTHING = Second()


def found_in(
    case: Case,
    store: Store,
    finders: Finders,
    rules: str,
    sightings: list[Sighting],
    hashes: Mapping[str, str],
    documents: list[Document],
    second: Second,
    tell: Progress,
) -> tuple[dict[str, tuple[str, Found]], list[Remark]]:
    """Find in each document of each sighting, or take what was found under the same key before.

    Returns:
        key under which it is kept -> capture and what was found; and what a person should know of it.
    """
    made_of = digest(__version__, FINDER, FINDER_VERSION, rules)
    by_capture = {d.capture: d for d in documents}
    found: dict[str, tuple[str, Found]] = {}
    remarks: list[Remark] = []
    waiting: list[tuple[str, bytes]] = []
    pairs = {
        digest(made_of, hashes[s.capture], plain(s).decode(), *second.of(s)): s
        for s in sightings
        if s.capture in by_capture
    }
    for done, key in enumerate(sorted(pairs)):
        tell("find", done, len(pairs))
        kept = store.found(key)
        sighting = pairs[key]
        if kept is not None:
            one = msgspec.json.decode(kept, type=Found)
        else:
            document = by_capture[sighting.capture]
            parsed = _parses_of(case, document, sighting, finders)
            one = find(document, sighting, finders, second.models.get(sighting.capture), parses=parsed)
            one = with_contents(one, finders.profile)
            waiting.append((key, msgspec.json.encode(one)))
        found[key] = sighting.capture, one
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
    return found, remarks


def answered(case: Case, documents: Iterable[Document]) -> dict[str, Model]:
    """What the model that the case names has answered about each capture; nothing where no model is on."""
    endpoint = endpoint_of(case)
    if endpoint is None:
        return {}
    return {d.capture: Model(endpoint, answers(case, d.capture, endpoint)) for d in documents}


def parses(
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
        out[plain(sighting)] = tuple(sha256(plain_bytes(made[language])) for language in sorted(made))
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


def plain(sighting: Sighting) -> bytes:
    """What of a sighting matters to finding, as bytes: not when it was obtained."""
    return plain_bytes(msgspec.structs.replace(sighting, seen="", notes={}))


__all__ = ["NOTHING", "Progress", "Second", "answered", "differing_parses", "found_in", "parses", "plain"]
