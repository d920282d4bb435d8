"""A layered drawing of a directed graph: in which order the nodes of a layer stand, and how high each of them.

In: layers of node ids with heights, and edges. Out: the top of each node. Pure and deterministic: ids decide ties, so
that the same graph in any order gives the same drawing. No library: spring layouts differ between versions.

Method: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system structures" (1981): an edge
over several layers gets a place in each of them, barycentres order each layer by its neighbours, sweep after sweep, and
the order with the fewest crossings is kept. Heights: least squares towards the neighbours' middles at a least distance,
by pooling of adjacent violators (isotonic regression).
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

SWEEPS = 8  # orders settle after a few; more changes nothing in graphs of this size
_PASSES = 4
_BEND = 8  # units of height that a passing edge takes

Link = tuple[str, str]
Place = tuple[int, str]  # layer, node (or the edge that passes there)


def layout(
    layers: Sequence[Sequence[str]], links: Sequence[Link], heights: Mapping[str, int], gap: int
) -> tuple[dict[str, int], dict[Link, tuple[int, ...]]]:
    """Return the top of each node, and for each edge over several layers the heights at which it passes those between.

    Args:
        layers: ids of the nodes of each layer, in any order; each node stands in one layer.
        links: edges as (from, to), in any order, doubles and edges inside a layer count for nothing.
        heights: of the nodes, in units.
        gap: least distance of two nodes of a layer, in units.
    """
    of = {node: at for at, layer in enumerate(layers) for node in layer}
    rows: list[list[str]] = [sorted(layer) for layer in layers]
    tall = dict(heights)
    near: dict[str, set[str]] = defaultdict(set)
    chains: dict[Link, tuple[str, ...]] = {}
    for link in sorted(set(links)):
        first, last = sorted(link, key=lambda node: of[node])
        if of[first] == of[last]:
            continue
        bends = tuple(f"{first}\n{last}\n{at}" for at in range(of[first] + 1, of[last]))
        for at, bend in enumerate(bends, start=of[first] + 1):
            rows[at].append(bend)
            of[bend], tall[bend] = at, _BEND
        for left, right in pairwise((first, *bends, last)):
            near[left].add(right)
            near[right].add(left)
        if bends:
            chains[link] = bends
    rows = _ordered([sorted(row) for row in rows], near, of)
    tops = _tops(rows, near, of, tall, gap)
    passing = {link: tuple(round(tops[bend]) + _BEND // 2 for bend in bends) for link, bends in chains.items()}
    return {node: round(tops[node]) for layer in layers for node in layer}, passing


def crossings(rows: Sequence[Sequence[str]], near: Mapping[str, set[str]]) -> int:
    """Return how many pairs of edges between neighbouring layers cross."""
    total = 0
    for left, right in pairwise(rows):
        at = {node: number for number, node in enumerate(right)}
        seen: list[int] = []
        for node in left:
            ends = sorted(at[other] for other in near.get(node, ()) if other in at)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _ordered(rows: list[list[str]], near: Mapping[str, set[str]], of: Mapping[str, int]) -> list[list[str]]:
    best, fewest = [list(row) for row in rows], crossings(rows, near)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for at in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            beside = {node: number for number, node in enumerate(rows[at - 1 if down else at + 1])}
            own = {node: number for number, node in enumerate(rows[at])}
            means = {}
            for node in rows[at]:
                found = [beside[other] for other in near.get(node, ()) if other in beside]
                means[node] = sum(found) / len(found) if found else float(own[node])
            rows[at].sort(key=lambda node, means=means: (means[node], node))  # type: ignore[misc]
        now = crossings(rows, near)
        if now < fewest:
            best, fewest = [list(row) for row in rows], now
    return best


def _tops(
    rows: Sequence[Sequence[str]],
    near: Mapping[str, set[str]],
    of: Mapping[str, int],
    tall: Mapping[str, int],
    gap: int,
) -> dict[str, float]:
    tops: dict[str, float] = {}
    for row in rows:
        y = 0.0
        for node in row:
            tops[node] = y
            y += tall[node] + gap
    forth = list(range(1, len(rows)))
    for _ in range(_PASSES):
        for at in (*forth, *reversed(range(len(rows) - 1))):
            row = rows[at]
            wanted = []
            for node in row:
                middles = [tops[o] + tall[o] / 2 for o in sorted(near.get(node, ())) if abs(of[o] - at) == 1]
                middle = sum(middles) / len(middles) if middles else tops[node] + tall[node] / 2
                wanted.append(middle - tall[node] / 2)
            for node, top in zip(row, spread(wanted, [tall[node] + gap for node in row]), strict=True):
                tops[node] = top
    least = min(tops.values(), default=0.0)
    return {node: top - least for node, top in tops.items()}


def spread(wanted: Sequence[float], steps: Sequence[float]) -> list[float]:
    """Return positions nearest to the wanted ones (least squares) of which each lies a step behind the one before it.

    Args:
        wanted: positions in their order.
        steps: how far behind each the next one must lie at least; the last is not used.
    """
    before, shifts = 0.0, []
    for step in steps:
        shifts.append(before)
        before += step
    pools: list[tuple[float, int]] = []
    for value, shift in zip(wanted, shifts, strict=True):
        total, many = value - shift, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / many:
            last = pools.pop()
            total, many = total + last[0], many + last[1]
        pools.append((total, many))
    flat = [total / many for total, many in pools for _ in range(many)]
    return [at + shift for at, shift in zip(flat, shifts, strict=True)]
