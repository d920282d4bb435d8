"""The rows of the last build, read and changed one by one: what a build that follows a small change works on.

Rows in, rows out; names of tables and columns are those of `schema.py`. The caller ends the transaction.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from overt.store.schema import STEPS

Row = tuple[Any, ...]
_LOT = 500  # values that one question names


class Steps:
    """The tables of an open index."""

    __slots__ = ("_db", "written")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.written = 0  # rows of nouns that were written or taken away

    def row(self, table: str, name: str, columns: str = "*") -> Row | None:
        """Return the row of a key (its first column), None where there is none."""
        key = _key(table)
        found = self._db.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?", (name,)).fetchone()  # noqa: S608
        return tuple(found) if found is not None else None

    def rows(self, table: str, column: str, value: str, columns: str = "*") -> list[Row]:
        """Return the rows that have a value in a column, in the order of their keys."""
        query = f"SELECT {columns} FROM {table} WHERE {column} = ? ORDER BY {_key(table)}"  # noqa: S608
        return self._db.execute(query, (value,)).fetchall()

    def those(self, table: str, columns: str, **values: str) -> list[Row]:
        """Return the rows that have all these values, in the order of their keys."""
        wanted = " AND ".join(f"{column} = ?" for column in values)
        query = f"SELECT {columns} FROM {table} WHERE {wanted} ORDER BY {_key(table)}"  # noqa: S608
        return self._db.execute(query, tuple(values.values())).fetchall()

    def slim(self, keyed: str) -> list[tuple[int, str | None, str]]:
        """Return of each statement of a fact its signs, origin and id."""
        query = "SELECT signs, origin, id FROM statement WHERE keyed = ?"
        return self._db.execute(query, (keyed,)).fetchall()

    def keys(self, table: str) -> set[str]:
        """Return all keys of a table."""
        return {name for (name,) in self._db.execute(f"SELECT {_key(table)} FROM {table}")}  # noqa: S608

    def every(self, table: str, columns: str = "*") -> Iterator[Row]:
        """Yield all rows of a table, in the order of their keys."""
        yield from self._db.execute(f"SELECT {columns} FROM {table} ORDER BY {_key(table)}")  # noqa: S608

    def put(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows in the place of those that have their keys."""
        many = list(rows)
        if many:
            marks = ", ".join("?" * len(many[0]))
            self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", many)  # noqa: S608
            self.written += len(many) if table not in STEPS else 0

    def drop(self, table: str, names: Iterable[str], column: str | None = None) -> None:
        """Take away the rows of these keys, or of these values in another column."""
        many = [(name,) for name in names]
        query = f"DELETE FROM {table} WHERE {column or _key(table)} = ?"  # noqa: S608
        self._db.executemany(query, many)
        self.written += len(many) if table not in STEPS else 0

    def drop_pair(self, source: str, document: str) -> None:
        """Let what a page retells no longer depend on another page."""
        self._db.execute("DELETE FROM source WHERE source = ? AND document = ?", (source, document))

    def set_entities(self, pairs: Iterable[tuple[str | None, str]]) -> None:
        """Write which entity a mention names: (entity, mention)."""
        self._db.executemany("UPDATE sketch SET entity = ? WHERE id = ?", pairs)

    def texts(self, block: str) -> list[str]:
        """Return the texts in which the statements of a block stand, each once."""
        return [text for (text,) in self._db.execute("SELECT DISTINCT text FROM said WHERE block = ?", (block,))]

    def has_root(self, root: str) -> bool:
        """True where some statement has a root."""
        return self._db.execute("SELECT 1 FROM root WHERE id = ? LIMIT 1", (root,)).fetchone() is not None

    def add_root(self, root: tuple[str, str, str], number: int) -> None:
        """Count so many statements more (or less) for a root: its id, rule and words."""
        self._db.execute(
            "INSERT INTO root VALUES (?, ?, ?, ?) ON CONFLICT (id, rule, words)"
            " DO UPDATE SET number = number + excluded.number",
            (*root, number),
        )
        self._db.execute("DELETE FROM root WHERE id = ? AND rule = ? AND words = ? AND number = 0", root)

    def add_text(self, text: str, number: int) -> bool:
        """Count so many statements more (or less) in a text. Return False where none is left."""
        self._db.execute(
            "INSERT INTO text VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET number = number + excluded.number",
            (text, number),
        )
        self._db.execute("DELETE FROM text WHERE key = ? AND number = 0", (text,))
        return self.row("text", text) is not None

    def holders(self, sign: int, rank: int, number: int, most: int) -> list[tuple[int, int]]:
        """Return the first pages that have a sign, before a place in time: their (rank, number)."""
        return self._db.execute(
            "SELECT rank, number FROM sign WHERE sign = ? AND (rank, number) < (?, ?) ORDER BY rank, number LIMIT ?",
            (sign, rank, number, most),
        ).fetchall()

    def page_at(self, rank: int, number: int) -> str | None:
        """Return the document that has a place in time, or None where the index is not as it was left."""
        query = "SELECT document FROM told WHERE rank = ? AND number = ?"
        row = self._db.execute(query, (rank, number)).fetchone()
        return str(row[0]) if row is not None else None

    def is_marked(self, key: str) -> bool:
        """True where some page has these marks."""
        return self._db.execute("SELECT 1 FROM told WHERE marked = ? LIMIT 1", (key,)).fetchone() is not None

    def marks_after(self, rank: int, number: int) -> list[str]:
        """Return the keys of the marks of all pages after a place in time, each once."""
        query = "SELECT DISTINCT marked FROM told WHERE (rank, number) > (?, ?) ORDER BY marked"
        return [key for (key,) in self._db.execute(query, (rank, number))]

    def put_signs(self, signs: Iterable[int], rank: int, number: int) -> None:
        """Let a page be found by its signs."""
        self._db.executemany("INSERT OR IGNORE INTO sign VALUES (?, ?, ?)", ((s, rank, number) for s in signs))

    def drop_signs(self, signs: Iterable[int], rank: int, number: int) -> None:
        """Let a page be found no longer."""
        self._db.executemany(
            "DELETE FROM sign WHERE sign = ? AND rank = ? AND number = ?", ((s, rank, number) for s in signs)
        )


def _key(table: str) -> str:
    return STEPS[table].split()[0] if table in STEPS else "id"


__all__ = ["Row", "Steps"]
