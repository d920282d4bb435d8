"""The memory of builds that lasts: rows of `index.sqlite`, written in lots as they are made.

A build that is killed goes on from what it had made. What a finished build did not ask for is forgotten.
"""

import sqlite3
from collections.abc import Iterator

_LOT = 500  # results: a kill costs at most these
_MADE_OF = 12  # hexadecimal digits of the hash of profile and code: enough to tell a few apart


class Lasting:
    """An open memory for one profile and one version of the code."""

    def __init__(self, connection: sqlite3.Connection, made_of: str) -> None:
        """`made_of`: the hash of what every key depends on."""
        self._db = connection
        self._made_of = made_of[:_MADE_OF]
        self._asked: set[str] = set()
        self._waiting: dict[str, bytes] = {}
        self.made = 0  # how many results were not there

    def recall(self, sort: str, key: str) -> bytes | None:
        """Return what was kept under a key, None where nothing was."""
        name = self._name(sort, key)
        self._asked.add(name)
        if name in self._waiting:
            return self._waiting[name]
        row = self._db.execute("SELECT body FROM memory WHERE key = ?", (name,)).fetchone()
        return bytes(row[0]) if row else None

    def keep(self, sort: str, key: str, made: bytes) -> None:
        """Keep what was made under a key."""
        self.made += 1
        name = self._name(sort, key)
        self._asked.add(name)
        self._waiting[name] = made
        if len(self._waiting) >= _LOT and not self._db.in_transaction:
            with self._db:
                self.write()

    def forget(self, sort: str, key: str) -> None:
        """Forget what is kept under a key; the caller ends the transaction."""
        name = self._name(sort, key)
        self._waiting.pop(name, None)
        self._db.execute("DELETE FROM memory WHERE key = ?", (name,))

    def write(self) -> None:
        """Write what waits; the caller ends the transaction."""
        self._db.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?)", self._waiting.items())
        self._waiting = {}

    def unasked(self) -> Iterator[tuple[str]]:
        """Yield the keys for which nobody asked."""
        names = [name for (name,) in self._db.execute("SELECT key FROM memory")]
        return ((name,) for name in names if name not in self._asked)

    def _name(self, sort: str, key: str) -> str:
        return f"{sort} {self._made_of} {key}"


__all__ = ["Lasting"]
