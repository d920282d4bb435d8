"""A count: a question with a number for an answer, explained row by row."""

import msgspec

from overt.model.fact import Support


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted. `as_of` is an EDTF day: publicly said by then. `judged` takes accepted statements only."""

    kind: str
    support: Support = Support.REPORTED
    by: str | None = None
    as_of: str | None = None
    judged: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One qualifying entity, with the fact (its existence) on which it qualifies and notes to say beside it."""

    entity: str
    label: str
    fact: str
    support: Support
    origins: int
    notes: tuple[str, ...] = ()
    unjudged: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One unit of the headline. More than one part means an open question: how many are these?"""

    place: str | None
    country: str | None
    label: str
    parts: tuple[Part, ...]
    open: bool = False


class NotCounted(msgspec.Struct, frozen=True, kw_only=True):
    entity: str
    label: str
    reason: str


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. `low` is the headline and the length of `rows`; `high` is the number of qualifying entities."""

    id: str
    question: Question
    low: int
    high: int
    rows: tuple[Row, ...]
    not_counted: tuple[NotCounted, ...]
    by: dict[str, tuple[int, int]] = {}
    undated: tuple[str, ...] = ()
    unjudged_rows: int = 0
    exact: bool = True


class ReportedCount(msgspec.Struct, frozen=True, kw_only=True):
    """A number that somebody gave, with its six parts, beside the recount of the same day where they are comparable."""

    statement: str
    what: str
    unit: str
    number: float
    whose: str | None
    where: str | None
    as_of: str | None
    qualifier: str | None
    voice: str
    recount: int | None = None
    why_not: str | None = None
    conflation: str | None = None
