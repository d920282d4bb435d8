"""A file of plain tables for other programs (Datasette, DB Browser): rows in, an SQLite file out.

No release holds one: SQLite writes its library's version into the header, so that bytes differ between machines.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

Cell = str | int | float | None
_NO_LINKS: Mapping[tuple[str, str], str] = {}


def write_tables(
    path: Path, tables: Mapping[str, Iterable[Mapping[str, Cell]]], links: Mapping[tuple[str, str], str] = _NO_LINKS
) -> None:
    """Write a new SQLite file with one table a name; columns are the union of the rows' keys, sorted, `id` first.

    Args:
        path: a file that is not there yet.
        tables: name -> rows; an `id` is the row's own in its table.
        links: (table, column) -> the table whose `id` the column holds. Other programs make a link of it.

    Raises:
        OSError, sqlite3.Error: where it cannot be written.
    """
    with closing(sqlite3.connect(path)) as base:
        for name, rows in tables.items():
            found = [dict(row) for row in rows]
            columns = sorted({key for row in found for key in row}, key=lambda key: (key != "id", key))
            if not columns:
                columns = ["id"]
            marks = ", ".join("?" * len(columns))
            parts = [_quoted(c) + (" PRIMARY KEY" if c == "id" else "") for c in columns]
            parts += [
                f"FOREIGN KEY ({_quoted(c)}) REFERENCES {_quoted(links[name, c])} ({_quoted('id')})"
                for c in columns
                if (name, c) in links
            ]
            base.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(parts)})")
            values = ([row.get(column) for column in columns] for row in found)
            base.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", values)  # noqa: S608 the name is quoted
        base.commit()


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


__all__ = ["Cell", "write_tables"]
