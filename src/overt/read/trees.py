"""Boosted decision trees: numbers in, one sum out, asked of all trees at once.

In: the trees as they were learned, and a row of numbers. Out: a whole number, above 0 for yes. Nobody walks down the
trees: for each number one looks up which leaves it rules out, in all trees, and what is left leftmost in a tree is its
leaf (Lucchese et al., "QuickScorer", SIGIR 2015). The leaves of all trees lie in one long integer, and sums are of
whole numbers, so that every machine comes to the same.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import getitem
from struct import Struct as Packed

import msgspec

_WIDTH = 16  # bits of a tree, one for each leaf: the size of an unsigned short
_UNIT = 10_000  # values of leaves are kept to four places


class Trees(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was learned. A node is (sign, limit, next if not above the limit, next if above); a leaf has sign -1 and its
    value as limit. The answer is yes where `base` and the values of all trees add up to more than 0."""

    voters: tuple[str, ...]
    signs: tuple[str, ...]
    base: float
    trees: tuple[tuple[tuple[int, float, int, int], ...], ...]


def ask(trees: Trees) -> Callable[[Sequence[float]], int]:
    """Return a function that gives what the trees say of a row, in ten-thousandths.

    Raises:
        ValueError: where a tree has more than 16 leaves.
    """
    ruled: dict[int, dict[float, int]] = defaultdict(lambda: defaultdict(int))  # sign -> limit -> leaves ruled out
    leaves: list[dict[int, int]] = []
    everything = ones = 0
    for number, tree in enumerate(trees.trees):
        shift = number * _WIDTH
        values: dict[int, int] = {}

        def visit(
            at: int,
            tree: Sequence[tuple[int, float, int, int]] = tree,
            values: dict[int, int] = values,
            shift: int = shift,
        ) -> int:
            """The leaves below a node as bits, left to right."""
            sign, limit, low, high = tree[at]
            if sign < 0:
                bit = 1 << len(values)
                values[bit] = round(limit * _UNIT)
                return bit
            left = visit(low)
            ruled[sign][limit] |= left << shift
            return left | visit(high)

        if visit(0) >> _WIDTH:
            raise ValueError(f"tree {number} has more than {_WIDTH} leaves")
        leaves.append(values)
        everything |= ((1 << len(values)) - 1) << shift
        ones |= 1 << shift
    table = [(sign, sorted(limits), _kept(limits, everything)) for sign, limits in sorted(ruled.items())]
    base, size, unpack = round(trees.base * _UNIT), len(leaves) * _WIDTH // 8, Packed(f"<{len(leaves)}H").unpack

    def value(row: Sequence[float]) -> int:
        left = everything
        for sign, limits, kept in table:
            left &= kept[bisect_left(limits, row[sign])]
        left &= ~(left - ones)  # the lowest bit of each tree
        return sum(map(getitem, leaves, unpack(left.to_bytes(size, "little"))), base)

    return value


def _kept(limits: dict[float, int], everything: int) -> list[int]:
    """The leaves that are left where a number is above none of the limits, the lowest, the lowest two, and so on."""
    kept = [everything]
    for limit in sorted(limits):
        kept.append(kept[-1] & ~limits[limit])
    return kept
