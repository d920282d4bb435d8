"""The smallest number of groups in which no two forbid each other."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.weigh.colouring import fewest


def pairs(text):
    return {frozenset(pair) for pair in text.split()}


def smallest(nodes, forbidden):
    """The same by trying all colourings: slow and plainly right."""
    for limit in range(1, len(nodes) + 1):
        for colours in product(range(limit), repeat=len(nodes)):
            colour = dict(zip(nodes, colours, strict=True))
            if all(len({colour[n] for n in pair}) == len(pair) for pair in forbidden):
                return limit
    return 0


def test_what_nothing_forbids_is_one_and_what_all_forbid_is_many():
    assert fewest("abc", set(), 12) == ([["a", "b", "c"]], True)
    assert fewest("abc", pairs("ab bc ac"), 12) == ([["a"], ["b"], ["c"]], True)
    assert fewest([], set(), 12) == ([], True)


def test_where_greed_needs_three_the_search_finds_two():
    # A crown: in order of id, greed puts a with b, c with d, e with f, and the search must take its first choice back.
    crown = pairs("ad af cb cf eb ed")
    groups, is_exact = fewest("abcdef", crown, 12)
    assert (groups, is_exact) == ([["a", "c", "e"], ["b", "d", "f"]], True)
    assert len(fewest("abcdef", crown, 2)[0]) == 3


def test_beyond_the_limit_it_is_greedy_and_says_so():
    ring = {frozenset((f"n{n:02d}", f"n{(n + 1) % 15:02d}")) for n in range(15)}
    groups, is_exact = fewest([f"n{n:02d}" for n in range(15)], ring, 12)
    assert not is_exact
    assert len(groups) >= 3
    assert all(not pair <= set(group) for pair in ring for group in groups)


def test_a_hundred_that_forbid_nothing_are_one_key():
    nodes = [f"n{n:03d}" for n in range(100)]
    groups, is_exact = fewest(nodes, {frozenset(("n000", "n001"))}, 12)
    assert (len(groups), is_exact) == (2, True)


names = list("abcdef")
forbidden = st.sets(st.frozensets(st.sampled_from(names), min_size=2, max_size=2), max_size=10)


@settings(max_examples=60)
@given(forbidden, st.randoms(use_true_random=False))
def test_the_number_is_the_smallest_and_no_order_changes_the_groups(pairs, random):
    groups, is_exact = fewest(names, pairs, 12)
    assert is_exact
    assert len(groups) == smallest(names, pairs)
    assert sorted(n for group in groups for n in group) == names
    assert not any(pair <= set(group) for pair in pairs for group in groups)
    assert fewest(random.sample(names, len(names)), pairs, 12)[0] == groups
