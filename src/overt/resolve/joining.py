"""Joining under prohibition: which nodes become one, when some ties say "one" and some pairs must stay apart.

Better to leave two apart than to join two that differ: where a prohibition meets a chain of ties, what stands between
the two sides belongs to neither and is left on its own. No order of nodes or ties changes the result. Pure.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping

from overt.model.sets import Sets

Side = Hashable


def join(
    nodes: Iterable[str],
    ties: Iterable[Collection[str]],
    side: Callable[[str], Side],
    opposed: Callable[[Side, Side], bool],
) -> dict[str, str]:
    """Return node -> name of its set (its smallest node).

    Args:
        nodes: the ids to be joined.
        ties: each a collection of nodes that something says are one (a name that they share, a judgement).
        side: the claims of a node by which it can be opposed to others; equal sides never oppose.
        opposed: symmetric; True where nodes of these two sides must not come together.
    """
    members = sorted(set(nodes))
    known = set(members)
    hubs = sorted({tuple(sorted(known.intersection(tie))) for tie in ties})
    hubs = [hub for hub in hubs if len(hub) > 1]
    whole = Sets()
    for hub in hubs:
        for node in hub:
            whole.unite(hub[0], node)
    hubs_of: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for hub in hubs:
        hubs_of[whole.name(hub[0])].append(hub)
    component: dict[str, list[str]] = defaultdict(list)
    for node in members:
        component[whole.name(node)].append(node)
    result = Sets()
    for name, inside in component.items():
        _component(inside, hubs_of[name], side, opposed, result)
    return {node: result.name(node) for node in members}


def _parties(nodes: Iterable[str], side: Callable[[str], Side], opposed: Callable[[Side, Side], bool]) -> set[str]:
    """Return those of `nodes` that some other of them opposes."""
    by_side: dict[Side, list[str]] = defaultdict(list)
    for node in nodes:
        by_side[side(node)].append(node)
    sides = list(by_side)
    return {n for s in sides if any(opposed(s, t) for t in sides if t is not s) for n in by_side[s]}


def _component(
    nodes: list[str],
    hubs: list[tuple[str, ...]],
    side: Callable[[str], Side],
    opposed: Callable[[Side, Side], bool],
    result: Sets,
) -> None:
    parties = _parties(nodes, side, opposed)
    # What lies between the parties: free nodes, and the hubs themselves, which stand for the shared key.
    between = Sets()
    for at, hub in enumerate(hubs):
        for node in hub:
            if node not in parties:
                between.unite(f"hub {at:09d}", f"node {node}")
    near: dict[str, set[str]] = defaultdict(set)
    free: dict[str, set[str]] = defaultdict(set)
    for at, hub in enumerate(hubs):
        name = between.name(f"hub {at:09d}")
        near[name].update(node for node in hub if node in parties)
        free[name].update(node for node in hub if node not in parties)
    for name in sorted(near):
        _unite(sorted(free[name]), result)
    safe = {name: sorted(near[name]) for name in near if not _parties(near[name], side, opposed)}
    trial = Sets()
    for name, ends in safe.items():
        for end in ends:
            trial.unite(f"between {name}", f"node {end}")
    grouped: dict[str, list[str]] = defaultdict(list)
    for name in safe:
        grouped[trial.name(f"between {name}")].append(name)
    for names in grouped.values():
        fits = not _parties([end for name in names for end in safe[name]], side, opposed)
        for name in sorted(names):
            # Several safe bridges may together lead from one side to its opposite: then only those of one side stay.
            if fits or len({side(end) for end in safe[name]}) == 1:
                _unite([*sorted(free[name]), *safe[name]], result)


def _unite(nodes: list[str], result: Sets) -> None:
    for node in nodes:
        result.unite(nodes[0], node)


def path(start: str, goal: str, links: Mapping[str, Collection[str]]) -> tuple[str, ...] | None:
    """Return a shortest chain of links from `start` to `goal`, the smallest among equals; None where there is none."""
    came: dict[str, str] = {start: start}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        if at == goal:
            chain = [at]
            while chain[-1] != start:
                chain.append(came[chain[-1]])
            return tuple(reversed(chain))
        for step in sorted(links.get(at, ())):
            if step not in came:
                came[step] = at
                queue.append(step)
    return None
