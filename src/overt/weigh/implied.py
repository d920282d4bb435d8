"""Implied statements: who says where a thing is, or since when, says that it exists. Pure."""

from collections.abc import Iterable

import msgspec

from overt.model import Statement, Value, digest
from overt.profile.schema import Profile
from overt.weigh.keys import YES
from overt.weigh.stance import affirms


def implied(statements: Iterable[Statement], profile: Profile) -> tuple[Statement, ...]:
    """Return the statements that affirming statements imply, by id.

    Each has its parent's quote, voice, stance, origin, content and judgement: it stands and falls with it. A denial
    implies nothing ("never offered this service" denies a service, not a site); neither does a group's statement
    imply a site, since it is about the group.
    """
    made: dict[str, Statement] = {}
    for parent in statements:
        rule = profile.properties.get(parent.property)
        if parent.implied or rule is None or rule.implies is None or rule.implies not in profile.properties:
            continue
        if not affirms(parent) or parent.value.normal in rule.implies_not:
            continue
        identifier = digest("implied", parent.id, rule.implies)
        kind = profile.properties[rule.implies].type
        made[identifier] = msgspec.structs.replace(
            parent,
            id=identifier,
            parent=parent.id,
            implied=True,
            property=rule.implies,
            value=Value(text=parent.value.text, type=kind, normal=YES),
            qualifier=None,
            actor=None,
            fact=None,
        )
    return tuple(made[i] for i in sorted(made))
