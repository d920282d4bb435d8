"""How people judged what each rule of finding found, so that a bad rule is seen. Counts, and no score of anybody."""

from collections import Counter, defaultdict

from overt.model import Registry, Verb

_REJECTED = frozenset({Verb.REJECT, Verb.NOT_SAID, Verb.WITHHOLD})


def tally(registry: Registry) -> list[tuple[str, int, int, int, int, int]]:
    """Return (rule, found, accepted, amended, rejected, not judged) for each rule; the most often rejected first.

    `rejected` holds what was rejected, withheld or is not said by its source. Implied statements stand and fall with
    their parents and are left out, and so is what a person wrote. A statement that two finders found counts for both.
    """
    found: Counter[str] = Counter()
    judged: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in registry.statements:
        if statement.implied:
            continue
        standing = registry.standings.get(statement.id)
        verb = standing.verb if standing is not None else None
        kind = "rejected" if verb in _REJECTED else str(verb) if verb is not None else "open"
        for rule in filter(None, (statement.finder.rule, *statement.finder.also)):
            found[rule] += 1
            judged[rule][kind] += 1
    rows = [
        (rule, n, judged[rule]["accept"], judged[rule]["amend"], judged[rule]["rejected"], judged[rule]["open"])
        for rule, n in found.items()
    ]
    return sorted(rows, key=lambda row: (-row[4], -row[3], -row[1], row[0]))
