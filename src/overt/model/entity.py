"""Mentions and the entities that they turn out to name."""

import msgspec


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A span of a passage that names a thing, with what stands beside it and helps to tell things apart.

    `place` is the finest place said of it (a place id), `country` an ISO 3166 alpha-2 code. `group` is None for a
    single thing, else what holds the group together (`network`, `operator:WORDS`, `territory:PLACE`, `batch:WORDS`).
    `names` are proper names used for it, `operators` the words of who is said to run it, `street` an address for
    matching only, never published.
    """

    id: str
    capture: str
    address: str
    document: str
    passage: int
    start: int
    end: int
    text: str
    kind: str
    language: str | None = None
    place: str | None = None
    country: str | None = None
    group: str | None = None
    names: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    street: str | None = None


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A name in use: the words, their language, and the mentions that use it."""

    text: str
    language: str | None
    mentions: tuple[str, ...]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """The thing that mentions in any language turn out to name. Its kind comes from the profile, never from a claim.

    `label` is made of the kind and the place in neutral words, never of a claim. `group` as in `Mention`.
    """

    id: str
    kind: str
    label: str
    mentions: tuple[str, ...]
    names: tuple[Name, ...] = ()
    operators: tuple[str, ...] = ()
    street: str | None = None
    place: str | None = None
    country: str | None = None
    group: str | None = None
    part_of: tuple[str, ...] = ()
    was: tuple[str, ...] = ()


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """Why two mentions were joined or kept apart: a judgement word, the rule, and its reason in words."""

    left: str
    right: str
    verdict: str
    rule: str
    reason: str


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Two entities that people called both the same (perhaps through others) and different."""

    left: str
    right: str
    path: tuple[str, ...]
