"""When do two values of one property challenge each other? Only where both cannot be right at once. Pure."""

from collections.abc import Iterable

from overt.model import Statement
from overt.model.edtf import agree, is_edtf
from overt.places.levels import nested
from overt.profile.schema import Property
from overt.weigh.keys import WORDS
from overt.weigh.naming import police_place


def values_differ(one: str, other: str, rule: Property) -> bool:
    """True where two value keys of one property cannot both be right.

    `2018` and `2018-05` agree; Sydney and Australia agree; words without a normal form are never said to differ from
    anything, since nobody can tell.
    """
    if one == other or one.startswith(WORDS) or other.startswith(WORDS):
        return False
    if rule.type == "date":
        return is_edtf(one) and is_edtf(other) and not agree(one, other)
    if rule.type == "place":
        return not nested(one, other)
    if rule.type == "entity":
        a, b = police_place(one), police_place(other)
        return not (a and b and nested(a, b))
    return rule.type == "term" and not any(one in codes and other in codes for codes in rule.agree)


def times_overlap(one: Statement, other: Statement) -> bool:
    """True where two statements of a state may speak of one time, so that they contradict and tell no change.

    The time is the one that the statement names, else the day of its page; where neither is known they may overlap.
    """
    a, b = (s.scope.as_of or s.published for s in (one, other))
    if not (a and b and is_edtf(a) and is_edtf(b)):
        return True
    return agree(a, b)


# Lower and upper end of what "at least 54" says; what is "about" opposes nothing, since nobody said how far it reaches.
_OPEN = float("inf")


def bounds(number: float, qualifier: str | None) -> tuple[float, float]:
    """Return the least and the greatest number that a qualified number may mean."""
    if qualifier in ("at_least", "more_than"):
        return number, _OPEN
    if qualifier in ("up_to", "at_most", "less_than"):
        return 0, number
    return (number, number) if qualifier is None else (0, _OPEN)


def numbers_differ(one: Statement, other: Statement) -> bool:
    """True where two answers to one question of number exclude each other."""
    if one.value.number is None or other.value.number is None:
        return False
    low, high = bounds(one.value.number, one.qualifier)
    least, most = bounds(other.value.number, other.qualifier)
    return high < least or most < low


def latest_first(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements by the day that they speak of, latest first, undated last, then by id."""
    ordered = sorted(statements, key=lambda s: s.id)
    return sorted(ordered, key=lambda s: s.scope.as_of or s.published or "", reverse=True)
