"""Finding in each document of each sighting: kept under the key of all that it depends on, and taken from there again.

What a model answered and what parses tell are read beside: by whom, stands in the settings of the case. Out: what was
found, in the order of its keys.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
from overt.model import Document, Level, Parse, Sighting, digest, plain_bytes, sha256
from overt.profile import load
from overt.read.parses import differing, parse_of
from overt.store import Store

Progress = Callable[[str, int, int], None]
KEEP_EVERY = 25  # finds are put on disk in lots: a kill costs at most these


@dataclass(frozen=True, slots=True)
class Second:
    """What finding depends on beside the documents: capture -> a model's answers, and the hashes of all parses."""

    models: Mapping[str, Model] = field(default_factory=dict)
    parses: tuple[str, ...] = ()

    def made_of(self) -> list[object]:
        """Return the hashes of all of it, in one order."""
        models = [[of_answers(m.endpoint, m.answers) for _, m in sorted(self.models.items())]] if self.models else []
        return [*models, *self.parses]


NOTHING = Second()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of all that finding depends on, with the sighting in which to find.

    `parsed` are the parses of those in which nothing was found yet.
    """

    sightings: dict[str, Sighting]
    second: Second
    parsed: dict[str, dict[str, Parse]]


def keys_of(
    case: Case,
    finders: Finders,
    rules: str,
    sightings: Iterable[Sighting],
    hashes: Mapping[str, str],
    document: Callable[[str], Document],
    is_kept: Callable[[str], bool],
    tell: Progress,
) -> Keys:
    """Return the keys of the finds of a case; where it has a language parsed, what has no parse yet is parsed.

    Args:
        hashes: capture -> hash of its document, for the captures that could be read.
        document: gives the document of a capture.
        is_kept: says whether the finds of a key are kept.
    """
    made_of = digest(__version__, FINDER, FINDER_VERSION, rules)
    models = answered(case, hashes)
    own = [s for s in sightings if s.capture in hashes]
    of: dict[str, Sighting] = {}
    parsed: dict[str, dict[str, Parse]] = {}
    parses: set[str] = set()
    for done, sighting in enumerate(own, 1):
        made: dict[str, Parse] = {}
        if case.settings.parse:
            made = _parses_of(case, document(sighting.capture), sighting, finders)
            tell("parse", done, len(own))
        names = [sha256(plain_bytes(made[language])) for language in sorted(made)]
        model = models.get(sighting.capture)
        told = [of_answers(model.endpoint, model.answers)] if model is not None else []
        key = digest(made_of, hashes[sighting.capture], plain(sighting).decode(), *told, *names)
        of[key] = sighting
        parses.update(names)
        if made and not is_kept(key):
            parsed[key] = made
    return Keys(of, Second(models, tuple(sorted(parses))), parsed)


class Finds:
    """What was found in each document of each sighting: kept under its key, or found when it is asked for."""

    def __init__(
        self, store: Store, finders: Finders, keys: Keys, document: Callable[[str], Document], known: Collection[str]
    ) -> None:
        """`known`: the keys of the last finished build, whose finds are kept."""
        self._store = store
        self._finders = finders
        self._keys = keys
        self._document = document
        self._known = known
        self._fresh: dict[str, Found] = {}

    def find_new(self, tell: Progress) -> None:
        """Find in all that is new, and keep what was found and what a person should know of it."""
        waiting: list[tuple[str, bytes]] = []
        remarks: list[tuple[str, bytes]] = []
        keys = sorted(self._keys.sightings)
        for done, key in enumerate(keys):
            tell("find", done, len(keys))
            if key in self._known:
                continue
            kept = self._store.found(key)
            one = msgspec.json.decode(kept, type=Found) if kept is not None else self._found(key)
            self._fresh[key] = one
            told = remarks_of(one)
            if told:
                remarks.append((key, msgspec.json.encode(told)))
            if kept is None:
                waiting.append((key, msgspec.json.encode(one)))
            if len(waiting) >= KEEP_EVERY:
                self._store.keep_found(waiting)
                waiting = []
        self._store.keep_found(waiting)
        self._store.keep_remarks(remarks)
        tell("find", len(keys), len(keys))

    def get(self, key: str) -> Found:
        """Return what was found under a key."""
        if key in self._fresh:
            return self._fresh[key]
        kept = self._store.found(key)
        return msgspec.json.decode(kept, type=Found) if kept is not None else self._found(key)

    def _found(self, key: str) -> Found:
        sighting = self._keys.sightings[key]
        model = self._keys.second.models.get(sighting.capture)
        document = self._document(sighting.capture)
        made = find(document, sighting, self._finders, model, parses=self._keys.parsed.get(key, {}))
        return with_contents(made, self._finders.profile)


def remarks_of(one: Found) -> list[tuple[str, str]]:
    """Return what a person should know of what was found: of what sort, and the words."""
    remarks = [("finding", words) for words in one.concerns]
    if one.llm is not None:
        remarks.append(("llm", one.llm.told()))
    if one.off_subject:
        remarks.append(("off_subject", "taken to be about something else than this profile: nothing was found in it"))
    return remarks


def answered(case: Case, captures: Iterable[str]) -> dict[str, Model]:
    """What the model that the case names has answered about each capture; nothing where no model is on."""
    endpoint = endpoint_of(case)
    if endpoint is None:
        return {}
    return {capture: Model(endpoint, answers(case, capture, endpoint)) for capture in sorted(captures)}


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


__all__ = ["NOTHING", "Finds", "Keys", "Progress", "Second", "differing_parses", "keys_of", "plain"]
