"""What weighing one fact needs of each of its statements, as one number beside its origin: so that a fact of a hundred
thousand statements is weighed by a look at each, without loading any. Pure.

`support_of` says the same of the statements themselves; here it is said of their signs.
"""

from collections.abc import Collection, Iterable, Mapping, Set

import msgspec

from overt.model import OWN_BASIS, Basis, Stance, Standing, Statement, Support
from overt.profile.schema import Property
from overt.weigh.facts import is_actor, sides
from overt.weigh.naming import Naming
from overt.weigh.stance import effective, is_accepted, is_set_aside, retracts
from overt.weigh.support import Weighed, confirming_rule

AFFIRMS, AGAINST, STATES, OWN, ACCEPTED, IMPLIED, RETRACTS, BY_VOICE, BY_ACTOR, RELAYS = (1 << n for n in range(10))
_RULES = {"confirmed-by-voice": BY_VOICE, "confirmed-by-actor": BY_ACTOR}


class Slim(msgspec.Struct, frozen=True, order=True):
    """A statement of one fact: its signs, its origin, its id."""

    signs: int
    origin: str
    id: str


def signs_of(statement: Statement, rule: Property, standings: Mapping[str, Standing], naming: Naming) -> int:
    """Return the signs of a statement: what it does for its fact, and by which rules it could confirm it."""
    found = IMPLIED if statement.implied else 0
    if is_set_aside(statement, standings):
        return found
    affirming, against = sides([statement])
    if against:
        return found | AGAINST | (RETRACTS if retracts(statement) else 0)
    if not affirming:
        return found
    found |= AFFIRMS
    found |= OWN if statement.basis in OWN_BASIS else 0
    found |= RELAYS if statement.basis is Basis.RELAYS else 0
    found |= ACCEPTED if is_accepted(statement, standings) else 0
    if effective(statement) is not Stance.ALLEGES:
        found |= STATES
        confirms = confirming_rule(statement, rule, frozenset(), lambda s: is_actor(s, naming))
        found |= _RULES.get(confirms or "", 0)
    return found


def weighed(rows: Collection[Slim], rule: Property, operators: Set[str]) -> Weighed | None:
    """Return the support that statements give a fact; None where that takes the statements themselves.

    Args:
        rows: all statements of the fact.
        rule: its property.
        operators: origins of the own knowledge of the site's operators.
    """
    said = [row for row in rows if row.signs & AFFIRMS]
    if not said or any(row.signs & RETRACTS or not row.origin for row in rows):
        return None
    stating = [row for row in said if row.signs & STATES]
    origins = tuple(sorted({row.origin for row in stating}))
    alleging = tuple(sorted({row.origin for row in said} - set(origins)))
    if not stating:
        return Weighed(support=Support.ALLEGED, rule="alleged", alleging=alleging)

    def confirms(row: Slim) -> str | None:
        if row.signs & BY_VOICE:
            return "confirmed-by-voice"
        if row.signs & BY_ACTOR:
            return "confirmed-by-actor"
        if row.origin in operators and "operator" in rule.confirmed_by and not row.signs & RELAYS:
            return "confirmed-by-operator"
        return None

    confirming = min(
        ((by, bool(row.signs & IMPLIED), row.id) for row in stating if (by := confirms(row)) is not None), default=None
    )
    if confirming is not None:
        by, _, statement = confirming
        return Weighed(support=Support.CONFIRMED, rule=by, origins=origins, alleging=alleging, confirmed_by=statement)
    if len({row.origin for row in stating if row.signs & OWN}) >= 2:
        return Weighed(support=Support.CORROBORATED, rule="corroborated", origins=origins, alleging=alleging)
    return Weighed(support=Support.REPORTED, rule="reported", origins=origins, alleging=alleging)


def is_judged(rows: Iterable[Slim], rule: Property, operators: Set[str], support: Support) -> bool:
    """True where what was accepted gives the same support by itself."""
    accepted = [row for row in rows if row.signs & ACCEPTED]
    made = weighed(accepted, rule, operators) if accepted else None
    return made is not None and made.support == support


def first_of(rows: Iterable[Slim]) -> str:
    """Return the statement in whose words a fact is shown."""
    return min((bool(row.signs & IMPLIED), row.id) for row in rows if row.signs & AFFIRMS)[1]


__all__ = ["AFFIRMS", "AGAINST", "Slim", "first_of", "is_judged", "signs_of", "weighed"]
