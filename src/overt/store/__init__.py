"""The SQLite index: schema and queries. All SQL lives here."""

from overt.store.store import Store, reading, writing

__all__ = ["Store", "reading", "writing"]
