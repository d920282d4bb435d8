"""The SQLite index: schema and queries. All SQL lives here."""

from overt.store.memory import Lasting
from overt.store.steps import Row, Steps
from overt.store.store import Store, fact_row, hashed_row, reading, statement_row, writing
from overt.store.tables import write_tables

__all__ = [
    "Lasting",
    "Row",
    "Steps",
    "Store",
    "fact_row",
    "hashed_row",
    "reading",
    "statement_row",
    "write_tables",
    "writing",
]
