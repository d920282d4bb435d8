"""The tables of `index.sqlite`. All of it is derived: delete the file, build, and the content is the same."""

# Raised when a table changes; an index of another version is thrown away and built again.
VERSION = 2

# One table a noun: its id, its canonical JSON, and the columns that are asked for.
NOUNS = (
    "sighting",
    "document",
    "unread",
    "mention",
    "entity",
    "edge",
    "conflict",
    "fact",
    "origin",
    "standing",
    "judgement",
    "redirect",
    "now",
)

_ROW = "(id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memory (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS statement (
    id TEXT PRIMARY KEY, entity TEXT, fact TEXT, origin TEXT, property TEXT NOT NULL, judgement TEXT, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS statement_entity ON statement (entity, property);
CREATE INDEX IF NOT EXISTS statement_fact ON statement (fact);
{"".join(f"CREATE TABLE IF NOT EXISTS {noun} {_ROW};" for noun in NOUNS)}
"""
