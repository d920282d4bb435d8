"""A fact: entity + property + value key, with all statements for and against it; and the origins behind them."""

from enum import IntEnum

import msgspec


class Support(IntEnum):
    """The line of support, weakest first. No score, no probability."""

    NONE = 0
    ALLEGED = 1
    REPORTED = 2
    CORROBORATED = 3
    CONFIRMED = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The root from which a statement's knowledge comes. Its members are a query, not a structure."""

    id: str
    root: str
    reason: str


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """Denied, contradicted or retracted: by which statement. `kind` is one of those three words."""

    kind: str
    statement: str


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """The unit that is weighed and published. `rule` names the rule of weighing that gave the support.

    `affirming` are ids of statements that say so, `against` of those that deny, contradict or retract it, `findings`
    of authorities' results that go before it. `origins` are those of the affirming statements. `confirmed_by` is the
    statement that confirms, if any.
    """

    id: str
    entity: str
    property: str
    key: str
    value: str
    support: Support
    rule: str
    affirming: tuple[str, ...]
    against: tuple[Challenge, ...] = ()
    findings: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    alleging_origins: tuple[str, ...] = ()
    confirmed_by: str | None = None
    judged: bool = False
