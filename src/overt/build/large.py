"""Facts of many statements, weighed by the signs of these: none of them is loaded but the one whose words are shown.

`weigh_some` says the same of any fact, and is asked where these signs do not tell.
"""

from collections.abc import Callable, Sequence, Set

import msgspec

from overt.model import Challenge, Fact, Statement
from overt.model.fact import Support
from overt.profile import Profile
from overt.weigh.keys import shown_value
from overt.weigh.slim import AFFIRMS, AGAINST, Slim, first_of, is_judged, weighed

LARGE = 200  # statements; fewer are loaded in no time


def large_fact(
    before: Fact,
    rows: Sequence[Slim],
    profile: Profile,
    operators: Set[str],
    findings: tuple[str, ...],
    statement: Callable[[str], Statement],
) -> Fact | None:
    """Return a fact as it is now; None where it is small, or takes its statements themselves.

    Args:
        before: as it was; it has no rivals.
        rows: all its statements.
        operators: origins of the own knowledge of the entity's operators.
        findings: those of the entity.
        statement: gives a statement by its id.
    """
    rule = profile.properties[before.property]
    made = weighed(rows, rule, operators) if len(rows) >= LARGE else None
    if made is None:
        return None
    return msgspec.structs.replace(
        before,
        value=shown_value(statement(first_of(rows)), profile, before.key),
        support=made.support,
        rule=made.rule,
        affirming=tuple(sorted(row.id for row in rows if row.signs & AFFIRMS)),
        against=tuple(Challenge(kind="denied", statement=i) for i in sorted(r.id for r in rows if r.signs & AGAINST)),
        findings=() if rule.finding else findings,
        origins=made.origins,
        alleging_origins=made.alleging,
        confirmed_by=made.confirmed_by,
        judged=is_judged(rows, rule, operators, made.support),
    )


def large_origins(before: Fact, rows: Sequence[Slim], profile: Profile) -> frozenset[str] | None:
    """Return the origins of those who state a fact, empty where nobody states it; None as in `large_fact`."""
    made = weighed(rows, profile.properties[before.property], frozenset()) if len(rows) >= LARGE else None
    if made is None:
        return None
    return frozenset(made.origins) if made.support >= Support.REPORTED else frozenset()


__all__ = ["LARGE", "large_fact", "large_origins"]
