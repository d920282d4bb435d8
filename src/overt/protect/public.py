"""The published view: nouns that hold only text which may be public, and what was withheld, with the reason.

Text is kept in segments: words that are shown, or the place of words that are not, with a code that says what they
were. The words for a code ("name withheld") belong to the reader's language and stand in the catalogues.
"""

import builtins
from collections.abc import Callable
from enum import StrEnum

import msgspec

from overt.model import Basis, Registry, Stance, VoiceKind


class Code(StrEnum):
    """What stood where words are withheld."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ASSOCIATION = "association"
    TELEPHONE = "telephone"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"
    NUMBER = "number"
    ACCUSATION = "accusation"
    PLACE = "place"
    FILE = "file"
    CONCERNED = "concerned"
    WORDS = "words"


class Segment(msgspec.Struct, frozen=True):
    """Either words that are shown, or (with empty `text`) the place of words that are withheld."""

    text: str
    withheld: Code | None = None


Words = tuple[Segment, ...]


def shown(words: Words) -> str:
    """Return only the words that are shown, joined."""
    return "".join(segment.text for segment in words)


def is_whole(words: Words) -> bool:
    """True where nothing of the words is withheld."""
    return all(segment.withheld is None for segment in words)


class PublicPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place at city level at most. Only a city has a point; a region or country has none, so that no pin is drawn."""

    id: str
    precision: str
    names: dict[str, str]
    country: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None


class PublicVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A voice. `speaker` only where a judgement records a public role; an outlet's own voice has its name there."""

    kind: VoiceKind
    stance: Stance
    speaker: str | None = None
    role: Words = ()
    organisation: Words = ()


class PublicValue(msgspec.Struct, frozen=True, kw_only=True):
    """What is said. `words` are empty where a place or date says it all; `place` is at city level at most."""

    type: str
    words: Words = ()
    number: float | None = None
    unit: str | None = None
    normal: str | None = None
    place: PublicPlace | None = None


class PublicQuote(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the page with up to 32 characters before and behind. `start` and `end` stay true to the capture."""

    before: Words
    exact: Words
    after: Words
    start: int
    end: int


class PublicSource(msgspec.Struct, frozen=True, kw_only=True):
    """Where a capture came from. `url` is None where nothing of the address may be shown; `is_host_only` says that
    its path is withheld. A file's name is never shown."""

    id: str
    capture: str
    outlet: Words
    title: Words
    url: str | None = None
    is_host_only: bool = False
    published: str | None = None
    language: str | None = None


class PublicTranslation(msgspec.Struct, frozen=True, kw_only=True):
    """A quote in another language. `machine` names the engine where a machine made it; `reviewers` is how many people
    of the case stand by it: of a machine's translation none may."""

    language: str
    words: Words
    machine: str | None
    reviewers: int


class PublicPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a capture that may be seen: `id` is the SHA-256 of its file, `of` a statement or entry.

    `covered` is in how many spots it was painted over; width and height are pixels.
    """

    id: str
    of: str
    shows: Words
    capture: str
    media_type: str
    width: int
    height: int
    covered: int


class PublicAsked(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was asked about the entry `of`, on which day, and when an answer came; or why nobody was asked."""

    of: str
    who: Words
    on: str | None
    answered: str | None
    why_not: Words


class PublicNotSaid(msgspec.Struct, frozen=True, kw_only=True):
    """That a page cites a source for something which the source does not say, as people judged. No words of it.

    `source` is None where nothing else of the page is public.
    """

    of: str
    property: str
    source: str | None
    published: str | None
    id: str


class PublicStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that may be public. `reviewers`: how many distinct people accepted exactly this content."""

    id: str
    thing: str
    property: str
    value: PublicValue
    stance: Stance
    basis: Basis
    attribution: tuple[PublicVoice, ...]
    quote: PublicQuote
    source: str
    capture: str
    accuses: bool
    implied: bool = False
    parent: str | None = None
    qualifier: str | None = None
    whose: Words = ()
    where: PublicPlace | None = None
    as_of: str | None = None
    actor: Words = ()
    works: tuple[Words, ...] = ()
    published: str | None = None
    language: str | None = None
    origin: str | None = None
    fact: str | None = None
    reviewers: int = 0
    judged: bool = False
    translations: tuple[PublicTranslation, ...] = ()

    @builtins.property
    def voice(self) -> PublicVoice:
        """The innermost voice."""
        return self.attribution[0]


class PublicThing(msgspec.Struct, frozen=True, kw_only=True):
    """An entity as it may be shown. `name` only for public bodies and for organisations with a ground.

    `group` says what holds a group together: network, operator, territory or batch.
    """

    id: str
    kind: str
    is_counted: bool
    is_group: bool
    group: str | None = None
    place: PublicPlace | None = None
    country: str | None = None
    name: str | None = None
    withheld_name: Code | None = None


class PublicOrigin(msgspec.Struct, frozen=True, kw_only=True):
    """A root, with the reason, as far as both may be shown."""

    id: str
    root: Words
    reason: Words


class Withheld(msgspec.Struct, frozen=True, kw_only=True):
    """What is not public: the id of a statement or thing, a reason code, and in words the reason and what changes it.

    For the people who work on the case: it is never part of a release.
    """

    what: str
    code: str
    why: str


class Cleared(msgspec.Struct, frozen=True, kw_only=True):
    """What may be public. All tuples are sorted by id; `files` are the bytes of the pictures by id.

    `basis` is the part of the registry on which published counts are made: only cleared statements, and the sightings
    of the level `public`, with the facts taken out, for weighing to make again. It is never published itself. `show`
    turns any other string (the reason of a row that was not counted) into words that may be public.
    """

    statements: tuple[PublicStatement, ...]
    things: tuple[PublicThing, ...]
    sources: tuple[PublicSource, ...]
    origins: tuple[PublicOrigin, ...]
    withheld: tuple[Withheld, ...]
    pictures: tuple[PublicPicture, ...]
    asked: tuple[PublicAsked, ...]
    not_said: tuple[PublicNotSaid, ...]
    files: dict[str, bytes]
    basis: Registry
    show: Callable[[str], Words]
