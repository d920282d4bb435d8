"""Calls the stages in order, and is the only writer of the store: captures -> readings -> statements -> facts.

A build is a pure function of captures, readings, profile, judgements and Overt's version. It may be killed at any
moment: readings, finds and the marks of texts are kept as they are made, the nouns are written in one transaction at
the end. Where little changed since the last build, only what that touches is made anew (`following.py`).
"""

import gc
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from overt import __version__
from overt import capture as captures
from overt import read as reader
from overt.build.change import FEW, Pages
from overt.build.code import code
from overt.build.finding import NOTHING, Progress, Second, answered, found_in, parses
from overt.build.following import Truth, bring
from overt.case import Case, ensure_writing
from overt.find import Finders
from overt.ledger import read_judgements
from overt.model import (
    Document,
    Grade,
    Judgement,
    Level,
    Registry,
    Remark,
    Sighting,
    Unread,
    digest,
    plain_bytes,
    sha256,
)
from overt.profile import fingerprint, load
from overt.store import reading
from overt.store import writing as open_store

log = logging.getLogger(__name__)


class Built(msgspec.Struct, frozen=True):
    """What an index holds after a build: numbers of nouns, and what could not be read.

    `is_whole` is false where the build followed what had changed since the last one.
    """

    is_whole: bool
    documents: int
    statements: int
    entities: int
    facts: int
    origins: int
    unread: tuple[Unread, ...]


def build(case: Case, progress: Progress | None = None) -> Registry:
    """Bring the index up to date and return what it holds. Args and what it raises as in `renew`."""
    with ensure_writing(case):
        renew(case, progress)
        with reading(case.index) as store:
            return store.load()


def renew(case: Case, progress: Progress | None = None, few: int = FEW) -> Built:
    """Bring the index up to date.

    Args:
        case: is locked for writing meanwhile.
        progress: is told (step, done, of).
        few: how many documents a change may touch that is followed, at least. With 0, all is resolved and weighed anew.

    Raises:
        CaseError, ProfileError: where the case cannot be read or written.
    """
    tell = progress or (lambda step, done, of: None)
    with ensure_writing(case), _no_collecting():
        try:
            return _renew(case, tell, few)
        except sqlite3.DatabaseError as fault:
            if isinstance(fault, sqlite3.OperationalError):  # the disk is full, or another program holds the file
                raise
            # Derived and damaged: nothing is lost by making it anew.
            log.warning("%s is damaged (%s): it is made anew", case.index.name, fault)
            case.index.unlink(missing_ok=True)
            return _renew(case, tell, few)


def _renew(case: Case, tell: Progress, few: int) -> Built:
    with open_store(case.index) as store:
        profile = load(case.profile)
        rules = fingerprint(profile)
        sightings = [s for s in captures.sightings(case) if s.level is not Level.CONFIDENTIAL]
        documents, unread = _read(case, sightings, tell)
        hashes = {d.capture: sha256(plain_bytes(d)) for d in documents}
        finders = Finders(profile)
        second = Second(answered(case, documents), parses(case, sightings, documents, finders, tell))
        found, remarks = found_in(case, store, finders, rules, sightings, hashes, documents, second, tell)
        lines = read_judgements(case.decision_logs())
        tell("weigh", 0, 1)
        by_capture = {document.capture: document for document in documents}
        truth_of = Truth(
            profile=profile,
            made_of=digest(__version__, code(), rules),
            sightings=sightings,
            pages=Pages(
                hashes,
                {key: capture for key, (capture, _) in found.items()},
                by_capture.__getitem__,
                lambda key: found[key][1],
            ),
            unread=unread,
            lines=lines,
            remarks=sorted({*remarks, *_remarks(sightings, documents)}),
            meta={
                "overt": __version__,
                "profile": rules,
                "sightings": str(len(sightings)),
                "lines": str(len(lines)),
                "truth": truth(sightings, hashes, rules, lines, second),
            },
        )
        done = bring(store, truth_of, few)
        tell("weigh", 1, 1)
        numbers = store.numbers()
        return Built(
            is_whole=done.is_whole,
            documents=len(documents),
            statements=numbers["said"],
            entities=numbers["entity"],
            facts=numbers["fact"],
            origins=numbers["origin"],
            unread=tuple(unread),
        )


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Do not look for circles of objects meanwhile: nouns hold none, and the search goes through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def truth(
    sightings: Iterable[Sighting],
    documents: Mapping[str, str],
    profile: str,
    lines: Iterable[Judgement],
    second: Second = NOTHING,
) -> str:
    """Return one hash of everything that a build is made of; capture times and record ids do not go in."""
    seen = sorted({plain_bytes(msgspec.structs.replace(s, seen="")) for s in sightings})
    return digest(
        __version__,
        profile,
        [sha256(s) for s in seen],
        sorted(documents.values()),
        sorted(line.id for line in lines),
        *second.made_of(),
    )


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


__all__ = ["Built", "Progress", "build", "renew", "truth"]
