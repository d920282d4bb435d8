"""Plain tables for other programs: what goes in comes out, whatever the names are."""

import sqlite3
from contextlib import closing
from pathlib import Path

from overt.store import write_tables


def test_rows_come_back_with_the_union_of_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "out.sqlite"
    write_tables(path, {"statements": [{"id": "a", "n": 54}, {"id": "b", "x": 1.5}], "none": []})
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT id, n, x FROM statements ORDER BY id").fetchall() == [
            ("a", 54, None),
            ("b", None, 1.5),
        ]
        assert base.execute("SELECT count(*) FROM none").fetchone() == (0,)


def test_names_are_names_and_no_commands(tmp_path: Path) -> None:
    path = tmp_path / "out.sqlite"
    name = 'x" (a); DROP TABLE y; --'
    write_tables(path, {"y": [{"id": "kept"}], name: [{'a"b': "c"}]})
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("SELECT id FROM y").fetchall() == [("kept",)]
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        assert [row[0] for row in names] == sorted([name, "y"])


def test_ids_are_keys_and_links_are_links(tmp_path: Path) -> None:
    path = tmp_path / "out.sqlite"
    write_tables(path, {"a": [{"id": "1"}], "b": [{"id": "2", "to": "1"}, {"id": "3"}]}, {("b", "to"): "a"})
    with closing(sqlite3.connect(path)) as base:
        assert [row[2:5] for row in base.execute("PRAGMA foreign_key_list(b)")] == [("a", "to", "id")]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [row[5] for row in base.execute("PRAGMA table_info(b)")] == [1, 0]
