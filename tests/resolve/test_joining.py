"""Joining under prohibition: ties join, prohibitions win, and what stands between two sides belongs to neither."""

from hypothesis import given
from hypothesis import strategies as st

from overt.resolve.joining import join, path

NODES = list("abcdefgh")


def joined(ties, apart, nodes=NODES):
    forbidden = {frozenset(pair) for pair in apart}
    made = join(nodes, ties, lambda node: node, lambda a, b: frozenset((a, b)) in forbidden)
    groups = {}
    for node, name in made.items():
        groups.setdefault(name, set()).add(node)
    return sorted("".join(sorted(group)) for group in groups.values() if len(group) > 1)


def test_ties_join_and_reach_through_others():
    assert joined(["ab", "bc", "de"], []) == ["abc", "de"]


def test_a_prohibition_beats_a_direct_tie():
    assert joined(["ab"], ["ab"]) == []


def test_what_stands_between_two_sides_belongs_to_neither():
    assert joined(["ab", "bc"], ["ac"]) == []
    assert joined(["ab", "bc", "cd", "de"], ["ae"]) == ["bcd"]


def test_what_reaches_only_one_side_goes_to_it():
    assert joined(["ab", "bc", "xa", "yc"], ["ac"], [*NODES, "x", "y"]) == ["ax", "cy"]


def test_a_key_that_both_sides_share_joins_neither_with_the_rest():
    assert joined(["abcd"], ["ab"]) == ["cd"]


def test_bridges_that_only_together_lead_to_the_other_side_are_all_refused():
    # Each tie alone breaks nothing, but all together bring a to c and b to d: joining some of them would be a guess.
    assert joined(["ab", "bc", "cd"], ["ac", "bd"]) == []


ties = st.lists(st.lists(st.sampled_from(NODES), min_size=2, max_size=4), max_size=6)
pairs = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda p: p[0] != p[1]), max_size=4)


@given(ties, pairs)
def test_no_prohibition_is_ever_broken(ties, apart):
    for group in joined(ties, apart):
        assert not any(a in group and b in group for a, b in apart)


@given(ties, pairs, st.randoms(use_true_random=False))
def test_no_order_of_nodes_ties_or_prohibitions_matters(ties, apart, random):
    wanted = joined(ties, apart)
    others = [random.sample(tie, len(tie)) for tie in ties]
    random.shuffle(others)
    assert joined(others, [(b, a) for a, b in reversed(apart)], random.sample(NODES, len(NODES))) == wanted


@given(ties)
def test_without_prohibitions_exactly_the_connected_are_one(ties):
    links = {n: {m for tie in ties if n in tie for m in tie} for n in NODES}
    for group in joined(ties, []):
        assert all(path(group[0], other, links) for other in group)
    reached = {n: frozenset(m for m in NODES if path(n, m, links)) for n in NODES}
    assert joined(ties, []) == sorted({"".join(sorted(s)) for s in reached.values() if len(s) > 1})
