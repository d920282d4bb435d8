"""Disjoint sets of strings. The name of a set is its smallest member, so that no order of uniting changes a name."""


class Sets:
    """Sets that can only grow together (union-find with path compression)."""

    __slots__ = ("_parent",)

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def name(self, item: str) -> str:
        """Return the smallest member of the set that holds `item` (a new set where it is unknown)."""
        parent = self._parent
        parent.setdefault(item, item)
        root = item
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def unite(self, one: str, other: str) -> None:
        """Make the sets of two items one."""
        a, b = self.name(one), self.name(other)
        self._parent[max(a, b)] = min(a, b)
