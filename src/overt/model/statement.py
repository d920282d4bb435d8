"""A statement: who says what, how, through whom, in which words. Nothing is so because a page says it."""

import builtins
from enum import StrEnum

import msgspec

from overt.model.canonical import digest, fold_space

SCHEMA = 1
_EXACT = 2**53  # up to here a float holds each whole number
CONTEXT = 32  # code points of prefix and suffix, as the W3C Web Annotation selectors of this project keep


class Stance(StrEnum):
    """How the words put it (cue, verb mood), never who speaks."""

    STATES = "states"
    ALLEGES = "alleges"
    DENIES = "denies"
    CONFIRMS = "confirms"
    ANNOUNCES = "announces"
    ASKS = "asks"
    RETRACTS = "retracts"


AFFIRMING = frozenset({Stance.STATES, Stance.ANNOUNCES, Stance.CONFIRMS, Stance.ALLEGES})


class Basis(StrEnum):
    """How the voice knows; from a cue in the words, never guessed."""

    DOCUMENT_SEEN = "document_seen"
    FIRST_HAND = "first_hand"
    OFFICIAL_RECORD = "official_record"
    NAMED_SOURCE = "named_source"
    UNNAMED_SOURCE = "unnamed_source"
    RELAYS = "relays"
    NOT_STATED = "not_stated"


OWN_BASIS = frozenset({Basis.DOCUMENT_SEEN, Basis.FIRST_HAND, Basis.OFFICIAL_RECORD, Basis.NAMED_SOURCE})


class VoiceKind(StrEnum):
    OUTLET = "outlet"
    HOST_GOVERNMENT = "host_government"
    HOME_GOVERNMENT = "home_government"
    MISSION = "mission"
    WATCHDOG = "watchdog"
    EXPERT = "expert"
    AFFECTED_PERSON = "affected_person"
    ASSOCIATION = "association"
    COURT = "court"
    OWN_CHECK = "own_check"
    UNKNOWN = "unknown"


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """Who says it. `words` are the words of the page that name the voice ("" for the outlet of the page itself)."""

    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    kind: VoiceKind = VoiceKind.UNKNOWN
    stance: Stance = Stance.STATES
    words: str = ""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of the subject: the words, and as far as they could be read, number, unit or normal form.

    `type` is one of `place`, `date`, `entity`, `count`, `term`, `text`. `normal` is a code for terms, EDTF for dates,
    a place id for places, a folded name for entities, or None.
    """

    text: str
    type: str
    number: float | None = None
    unit: str | None = None
    normal: str | None = None


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Of whose, where and as of when a number is meant."""

    whose: str | None = None
    where: str | None = None
    as_of: str | None = None


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What the statement is about: the words, a kind of the profile, and once resolved the entity.

    `mention` is the mention's id. `group` is the id that statements about one group share (None for a single thing).
    """

    text: str
    kind: str
    mention: str
    entity: str | None = None
    group: str | None = None


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """A W3C TextQuoteSelector and TextPositionSelector (code points) into the document's canonical text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class Finder(msgspec.Struct, frozen=True, kw_only=True):
    """What found a statement, by which rule. `also` are rules of further finders that found the same.

    `agreed`: two readers found who says it, and how far their words reach.
    """

    name: str
    version: str
    rule: str = ""
    also: tuple[str, ...] = ()
    agreed: bool = False


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """Subject - property - value, with qualifiers, attribution chain (innermost voice first), stance, basis and quote.

    `entity` of the subject, `origin`, `fact`, `judgement` and `content` are filled once they are known.
    """

    id: str
    capture: str
    address: str
    document: str
    passage: int
    subject: Subject
    property: str
    value: Value
    stance: Stance
    attribution: tuple[Voice, ...]
    quote: Quote
    finder: Finder
    actor: str | None = None
    qualifier: str | None = None
    scope: Scope = Scope()
    basis: Basis = Basis.NOT_STATED
    implied: bool = False
    works: tuple[str, ...] = ()
    file: str | None = None
    url: str | None = None
    sighting: str = ""
    published: str | None = None
    language: str | None = None
    origin: str | None = None
    fact: str | None = None
    judgement: str | None = None
    content: str = ""
    parent: str | None = None
    schema: int = SCHEMA

    @builtins.property
    def voice(self) -> Voice:
        """The innermost voice."""
        return self.attribution[0]

    @builtins.property
    def depth(self) -> int:
        """Hearsay depth: the number of voices minus one."""
        return len(self.attribution) - 1


def statement_id(
    capture: str, address: str, quote: str, occurrence: int, prop: str, subject_at: int, value: str, voice: str
) -> str:
    """Return the id of a found statement: only words as they stand on the page, nothing resolved.

    Args:
        capture: SHA-256 of the bytes.
        address: the sighting's URL, else file name.
        quote: the exact quote (folded here to NFC and single spaces).
        occurrence: which one it is among equal quotes of the document, from 0.
        prop: the property.
        subject_at: offset of the subject mention in the canonical text, in code points.
        value: the value's words.
        voice: the words of the innermost voice ("" for the outlet).
    """
    return digest(
        capture, address, fold_space(quote), occurrence, prop, subject_at, fold_space(value), fold_space(voice)
    )


def content_hash(statement: Statement, accuses: bool) -> str:
    """Return the hash of what a reviewer accepts beside the identity: stance, chain, qualifier, basis, normal value.

    Where the property accuses, the entity belongs to it too: who is accused is part of what was accepted.
    """
    chain = [[v.speaker, v.role, v.organisation, str(v.kind), str(v.stance)] for v in statement.attribution]
    value, number = statement.value, statement.value.number
    if number is not None and abs(number) < _EXACT and float(number).is_integer():
        number = int(number)  # canonical JSON writes 54.0 as 54: the same bytes, hashed in less time
    return digest(
        str(statement.stance),
        chain,
        statement.qualifier,
        [statement.scope.whose, statement.scope.where, statement.scope.as_of],
        str(statement.basis),
        [value.type, number, value.unit, value.normal],
        statement.actor,
        statement.subject.entity if accuses else None,
    )
