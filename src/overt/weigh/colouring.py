"""The smallest number of groups in which no two forbid each other: graph colouring, exact for few keys. Pure.

Greedy order after Welsh and Powell 1967: most forbidden first, then by id.
"""

from collections import defaultdict
from collections.abc import Iterable, Set

Forbidden = Set[frozenset[str]]


def fewest(nodes: Iterable[str], forbidden: Forbidden, exact_up_to: int) -> tuple[list[list[str]], bool]:
    """Return the groups, and whether their number is certainly the smallest.

    Args:
        nodes: ids, in any order.
        forbidden: pairs that must not be in one group.
        exact_up_to: up to so many distinct nodes the search is exact. Nodes that are forbidden exactly the same others
            count once, since they can always go together.
    """
    every = sorted(set(nodes))
    against: dict[str, set[str]] = {node: set() for node in every}
    for pair in forbidden:
        ends = sorted(pair)
        if len(ends) == 2 and ends[0] in against and ends[1] in against:
            against[ends[0]].add(ends[1])
            against[ends[1]].add(ends[0])
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for node in every:
        alike[frozenset(against[node])].append(node)
    twins = {many[0]: many for many in alike.values()}
    keys = sorted(twins, key=lambda key: (-len(against[key]), key))
    greedy = _greedy(keys, against)
    is_exact = len(keys) <= exact_up_to
    colours = _exact(keys, against, greedy) if is_exact else greedy
    groups: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        groups[colours[key]] += twins[key]
    return sorted(sorted(group) for group in groups.values()), is_exact


def _greedy(keys: list[str], against: dict[str, set[str]]) -> dict[str, int]:
    colours: dict[str, int] = {}
    for key in keys:
        taken = {colours[other] for other in against[key] if other in colours}
        colours[key] = next(colour for colour in range(len(keys)) if colour not in taken)
    return colours


def _exact(keys: list[str], against: dict[str, set[str]], greedy: dict[str, int]) -> dict[str, int]:
    most = max(greedy.values(), default=-1) + 1
    for limit in range(1, most):
        colours: dict[str, int] = {}
        if _fits(keys, 0, limit, against, colours):
            return colours
    return greedy


def _fits(keys: list[str], at: int, limit: int, against: dict[str, set[str]], colours: dict[str, int]) -> bool:
    if at == len(keys):
        return True
    key = keys[at]
    taken = {colours[other] for other in against[key] if other in colours}
    # One new colour at most: the others are the same up to their number.
    for colour in range(min(limit, max(colours.values(), default=-1) + 2)):
        if colour not in taken:
            colours[key] = colour
            if _fits(keys, at + 1, limit, against, colours):
                return True
            del colours[key]
    return False
