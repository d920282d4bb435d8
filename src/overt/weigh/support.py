"""The line of support of one fact: alleged < reported < corroborated < confirmed. No score, no probability. Pure.

Source: DESIGN.md section 6, "Support". Each result names one rule of `rules.toml`.
"""

from collections.abc import Callable, Sequence, Set

import msgspec

from overt.model import OWN_BASIS, Basis, Stance, Statement, Support
from overt.model.edtf import is_edtf, span
from overt.profile.schema import Property
from overt.weigh.stance import effective, retracts


class Weighed(msgspec.Struct, frozen=True, kw_only=True):
    """A support with its rule, the origins that state, those that only allege, and the statement that confirms."""

    support: Support
    rule: str
    origins: tuple[str, ...] = ()
    alleging: tuple[str, ...] = ()
    confirmed_by: str | None = None


def origin_of(statement: Statement) -> str:
    """Return the origin of a statement; one without counts as its own, which is never too many for `reported`."""
    return statement.origin or f"statement {statement.id}"


def still_said(affirming: Sequence[Statement], against: Sequence[Statement]) -> list[Statement]:
    """Return the affirming statements whose root has not retracted them since."""
    back: dict[str, list[Statement]] = {}
    for statement in against:
        if retracts(statement):
            back.setdefault(origin_of(statement), []).append(statement)
    return [s for s in affirming if not any(_not_before(r, s) for r in back.get(origin_of(s), ()))]


def _not_before(later: Statement, earlier: Statement) -> bool:
    """True unless the one is certainly older than the other: what was said anew after a retraction stands."""
    if not (later.published and earlier.published and is_edtf(later.published) and is_edtf(earlier.published)):
        return True
    return span(later.published)[1] >= span(earlier.published)[0]


def confirming_rule(
    statement: Statement,
    rule: Property,
    operators: Set[str],
    is_actor: Callable[[Statement], bool] | None = None,
) -> str | None:
    """Return by which rule a statement would confirm its property, None where it does not.

    Args:
        statement: it must state in its whole chain; what is alleged, or relayed by its own voice, does not.
        rule: the property, whose `confirmed_by` lists voice kinds, `actor`, `operator`.
        operators: origins of the own knowledge of the site's operators.
        is_actor: says whether the voice is the body that did it.
    """
    if effective(statement) in (None, Stance.ALLEGES) or statement.basis is Basis.RELAYS:
        return None
    if str(statement.voice.kind) in rule.confirmed_by:
        return "confirmed-by-voice"
    if "actor" in rule.confirmed_by and is_actor is not None and is_actor(statement):
        return "confirmed-by-actor"
    if "operator" in rule.confirmed_by and statement.origin in operators:
        return "confirmed-by-operator"
    return None


def support_of(
    affirming: Sequence[Statement],
    against: Sequence[Statement],
    rule: Property,
    operators: Set[str] = frozenset(),
    is_actor: Callable[[Statement], bool] | None = None,
) -> Weighed:
    """Return the support that affirming statements give a fact.

    Args:
        affirming: statements whose chain affirms the key, in any order.
        against: those that deny or retract it; only a retraction takes support away, and only its own root's.
        rule: the property of the profile.
        operators: as in `confirming_rule`.
        is_actor: as in `confirming_rule`.
    """
    said = still_said(affirming, against)
    stating = [s for s in said if effective(s) is not Stance.ALLEGES]
    origins = tuple(sorted({origin_of(s) for s in stating}))
    alleging = tuple(sorted({origin_of(s) for s in said} - set(origins)))
    if not said:
        return Weighed(support=Support.NONE, rule="retracted" if affirming else "nothing-affirms")
    if not stating:
        return Weighed(support=Support.ALLEGED, rule="alleged", alleging=alleging)
    confirming = sorted(
        (by, s.implied, s.id) for s in stating if (by := confirming_rule(s, rule, operators, is_actor)) is not None
    )
    if confirming:
        by, _, statement = confirming[0]
        return Weighed(support=Support.CONFIRMED, rule=by, origins=origins, alleging=alleging, confirmed_by=statement)
    founded = {origin_of(s) for s in stating if s.basis in OWN_BASIS}
    if len(founded) >= 2:
        return Weighed(support=Support.CORROBORATED, rule="corroborated", origins=origins, alleging=alleging)
    return Weighed(support=Support.REPORTED, rule="reported", origins=origins, alleging=alleging)
