"""Calls the stages in order, and is the only writer of the store: captures -> readings -> statements -> facts.

A build is a pure function of captures, readings, profile, judgements and Overt's version. It may be killed at any
moment: readings, finds and the marks of texts are kept as they are made, the nouns are written in one transaction at
the end. Where little changed since the last build, only what that touches is made anew (`following.py`).
"""

import gc
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from overt import __version__
from overt import capture as captures
from overt import read as reader
from overt.build.change import FEW, Pages
from overt.build.code import code
from overt.build.finding import NOTHING, Finds, Keys, Progress, Second, keys_of
from overt.build.following import Truth, bring
from overt.case import Case, ensure_writing
from overt.find import Finders
from overt.ledger import read_judgements
from overt.model import (
    CaseError,
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
from overt.store import Store, reading
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
        made_of = digest(__version__, code(), rules)
        if store.meta("made_of") != made_of:
            store.forget_pages()  # by other rules or another version, what a person should know of a page is told anew
        pages, readings = store.known()
        documents = _Documents(case, sightings, readings)
        unread = documents.read_new(store, tell)
        finders = Finders(profile)
        keys = keys_of(case, finders, rules, sightings, documents.hashes, documents.get, pages.__contains__, tell)
        finds = Finds(store, finders, keys, documents.get, pages.keys())
        finds.find_new(tell)
        lines = read_judgements(case.decision_logs())
        tell("weigh", 0, 1)
        truth_of = Truth(
            profile=profile,
            made_of=made_of,
            sightings=sightings,
            pages=Pages(
                documents.hashes,
                {key: sighting.capture for key, sighting in keys.sightings.items()},
                documents.get,
                finds.get,
            ),
            unread=unread,
            lines=lines,
            remarks=sorted(set(_remarks(store.remarks(), sightings, documents.hashes, keys))),
            meta={
                "overt": __version__,
                "profile": rules,
                "sightings": str(len(sightings)),
                "lines": str(len(lines)),
                "truth": truth(sightings, documents.hashes, rules, lines, keys.second),
            },
        )
        done = bring(store, truth_of, few)
        tell("weigh", 1, 1)
        numbers = store.numbers()
        return Built(
            is_whole=done.is_whole,
            documents=len(documents.hashes),
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


class _Documents:
    """The documents of a case: those that the last build knew are loaded when they are asked for."""

    def __init__(self, case: Case, sightings: Sequence[Sighting], known: Mapping[str, str]) -> None:
        """`known`: capture -> hash of the reading in the last build."""
        self._case = case
        self._known = known
        self._of = {s.capture: s for s in reversed(sightings)}
        self._fresh: dict[str, Document] = {}
        self.hashes: dict[str, str] = {}

    def read_new(self, store: Store, tell: Progress) -> list[Unread]:
        """Read what has no reading, keep what a person should know of it, and return what cannot be read."""
        case = self._case
        missing = []
        for capture in sorted(self._of):
            name = reader.fingerprint(case, self._of[capture])
            if name is not None and self._known.get(capture) == name:
                self.hashes[capture] = name
            else:
                missing.append(self._of[capture])
        there = len(self.hashes)
        tell("read", there, len(self._of))
        unread: list[Unread] = []
        remarks = []
        for done, one in enumerate(
            reader.read_all(case, missing, lambda name: captures.payload(case, name)), there + 1
        ):
            if isinstance(one, Document):
                self._fresh[one.capture] = one
            else:
                unread.append(one)
            tell("read", done, len(self._of))
        for capture, document in sorted(self._fresh.items()):
            name = reader.fingerprint(case, self._of[capture])
            assert name is not None  # it was just written
            self.hashes[capture] = name
            if told := _told(document):
                remarks.append((name, msgspec.json.encode(told)))
        store.keep_remarks(remarks)
        # Several readers at once end in no fixed order, and everything below goes by capture.
        self.hashes = dict(sorted(self.hashes.items()))
        return sorted(unread, key=lambda u: u.capture)

    def get(self, capture: str) -> Document:
        """Return the document of a capture that could be read."""
        if capture in self._fresh:
            return self._fresh[capture]
        kept = reader.kept(self._case, self._of[capture])
        if not isinstance(kept, Document):
            raise CaseError(f"the reading of {capture[:12]} is gone; run: overt build")
        return kept


def _told(document: Document) -> list[tuple[str, str]]:
    """What a person should know of a reading: content that was not wholly there, and the reader's concerns."""
    told = []
    if document.grade is not Grade.WHOLE:
        told.append(("grade", f"{document.grade}: {document.graded_by or 'the content is not all there'}"))
    return told + [("reading", words) for words in document.concerns]


def _remarks(
    told: Mapping[str, list[tuple[str, str]]], sightings: Iterable[Sighting], hashes: Mapping[str, str], keys: Keys
) -> Iterator[Remark]:
    """Yield what a person should know of the pages. `told`: by hash of the document, and by key of the find."""
    for sighting in sightings:
        for sort, words in told.get(hashes.get(sighting.capture, ""), ()):
            yield Remark(address=sighting.address, sort=sort, words=words)
    for key, sighting in keys.sightings.items():
        for sort, words in told.get(key, ()):
            yield Remark(address=sighting.address, sort=sort, words=words)


__all__ = ["Built", "Progress", "build", "renew", "truth"]
