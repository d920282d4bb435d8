"""Decision trees asked all at once say what walking down each of them says."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.read.trees import Trees, ask

Node = tuple[int, float, int, int]
SIGNS = 4
LEAF = (-1, 0.5, 0, 0)


def _grown(draw: st.DrawFn, most: int) -> list[Node]:
    """A tree of at most `most` leaves, its nodes in the order in which they were split."""
    nodes: list[Node] = [LEAF]
    for _ in range(draw(st.integers(0, most - 1))):
        at = draw(st.sampled_from([n for n, node in enumerate(nodes) if node[0] < 0]))
        limit = draw(st.sampled_from([-1.5, 0.0, 0.5, 1.0, 7.25]))
        nodes[at] = (draw(st.integers(0, SIGNS - 1)), limit, len(nodes), len(nodes) + 1)
        nodes += [LEAF, LEAF]
    values = st.integers(-30_000, 30_000).map(lambda n: n / 10_000)
    return [node if node[0] >= 0 else (-1, draw(values), 0, 0) for node in nodes]


@st.composite
def _forests(draw: st.DrawFn) -> Trees:
    trees = tuple(tuple(_grown(draw, 16)) for _ in range(draw(st.integers(1, 5))))
    return Trees(voters=(), signs=("a", "b", "c", "d"), base=draw(st.sampled_from([0.0, -0.3, 1.25])), trees=trees)


def _walked(trees: Trees, row: Sequence[float]) -> int:
    total = round(trees.base * 10_000)
    for tree in trees.trees:
        sign, limit, low, high = tree[0]
        while sign >= 0:
            sign, limit, low, high = tree[high if row[sign] > limit else low]
        total += round(limit * 10_000)
    return total


@given(_forests(), st.lists(st.sampled_from([-2.0, -1.5, 0, 0.5, 1, 1.1, 7.25, 9]), min_size=SIGNS, max_size=SIGNS))
def test_asking_all_at_once_is_walking_down_each(trees: Trees, row: list[float]) -> None:
    assert ask(trees)(row) == _walked(trees, row)


def test_a_tree_of_more_leaves_than_there_is_room_for_is_refused() -> None:
    chain = [(0, float(n), 2 * n + 1, 2 * n + 2) if at % 2 == 0 else LEAF for at in range(32) for n in [at // 2]]
    with pytest.raises(ValueError, match="more than 16 leaves"):
        ask(Trees(voters=(), signs=("a",), base=0.0, trees=((*chain, LEAF),)))
