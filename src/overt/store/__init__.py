"""The SQLite index: schema and queries. All SQL lives here."""

from overt.store.store import Store, reading, writing
from overt.store.tables import write_tables

__all__ = ["Store", "reading", "write_tables", "writing"]
