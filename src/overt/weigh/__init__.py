"""Origins, support / challenge / finding, counts, coverage gaps: rules as data, no score, no probability."""

from overt.weigh.counts import Counting, count
from overt.weigh.facts import keyed, weigh
from overt.weigh.gaps import Earliest, Gap, earliest_of, gaps, languages_of, not_looked_at
from overt.weigh.implied import implied
from overt.weigh.keys import fact_id, value_key
from overt.weigh.naming import Naming
from overt.weigh.origins import origins
from overt.weigh.registry import reweigh
from overt.weigh.reported import reported_counts
from overt.weigh.roots import own_origin
from overt.weigh.rules import not_comparable, rule_text, rules, support_word
from overt.weigh.sentence import sentence
from overt.weigh.stance import affirms, effective, is_accepted, is_set_aside

__all__ = [
    "Counting",
    "Earliest",
    "Gap",
    "Naming",
    "affirms",
    "count",
    "earliest_of",
    "effective",
    "fact_id",
    "gaps",
    "implied",
    "is_accepted",
    "is_set_aside",
    "keyed",
    "languages_of",
    "not_comparable",
    "not_looked_at",
    "origins",
    "own_origin",
    "reported_counts",
    "reweigh",
    "rule_text",
    "rules",
    "sentence",
    "support_word",
    "value_key",
    "weigh",
]
