"""What waits for a person: unjudged statements, lone accepts of accusations, what changed since it was judged."""

from overt.model import Registry, Statement, Verb
from overt.profile import Profile

UNJUDGED = "unjudged"
SECOND = "second"
LOOK = "look"
WHAT = (UNJUDGED, SECOND, LOOK)


def waiting(registry: Registry, profile: Profile, what: str) -> list[Statement]:
    """Return the statements that wait: those first whose voice two readers found alike, then by (address, place).

    Args:
        registry: a build.
        profile: says what accuses and how many reviewers that needs.
        what: `unjudged`, `second` (an accusation that one reviewer accepted), or `look` (judged, and changed since).
    """
    own = [s for s in registry.statements if not s.implied]
    if what == UNJUDGED:
        found = [s for s in own if s.id not in registry.standings]
    elif what == LOOK:
        found = [s for s in own if s.id in registry.needs_look]
    else:
        found = [s for s in own if _is_lone(s, registry, profile)]
    return sorted(found, key=lambda s: (not s.finder.agreed, s.address, s.quote.start, s.property, s.id))


def _is_lone(statement: Statement, registry: Registry, profile: Profile) -> bool:
    standing = registry.standings.get(statement.id)
    if standing is None or standing.verb is not Verb.ACCEPT:
        return False
    accuses = profile.accuses(statement.property, str(statement.stance))
    return accuses and standing.reviewers.get(statement.content, 0) < profile.publication.reviewers_accusing
