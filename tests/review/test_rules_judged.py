"""Which rules of finding people reject: each own statement counts once, the most often rejected rule comes first."""

from overt.model import Registry
from overt.review import tally


def test_each_found_statement_is_counted_once_and_the_worst_rule_is_first(registry: Registry) -> None:
    rows = tally(registry)
    own = [s for s in registry.statements if not s.implied and s.finder.rule]
    assert sum(found for _, found, *_ in rows) == len(own)
    assert all(found == accepted + amended + rejected + left for _, found, accepted, amended, rejected, left in rows)
    rejected = [row[4] for row in rows]
    assert rejected == sorted(rejected, reverse=True)
    assert rejected[0] > 0
