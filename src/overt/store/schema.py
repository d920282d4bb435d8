"""The tables of `index.sqlite`. All of it is derived: delete the file, build, and the content is the same."""

# Raised when a table changes; an index of another version is thrown away and built again.
VERSION = 3

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

# What the last build came to between pages and nouns, so that the next one makes anew only what a change touches.
# page: what was found, by the key of its inputs. reading: the hash of each document.
# minted: mentions that lines have named. sketch, block: mentions as they are compared, and what each block comes to.
# said: statements as origins are traced. alike: which texts of one block are near-duplicates. text: how many statements
# stand in a text. root: how many statements have a root, by rule and words. told, source: which pages retell which.
# marked, sign: by what pages are found again.
STEPS = {
    "page": "key TEXT PRIMARY KEY, document TEXT NOT NULL, capture TEXT NOT NULL",
    "reading": "capture TEXT PRIMARY KEY, hash TEXT NOT NULL",
    "minted": "mention TEXT PRIMARY KEY",
    "sketch": "id TEXT PRIMARY KEY, document TEXT NOT NULL, block TEXT NOT NULL, entity TEXT, body BLOB NOT NULL",
    "block": "name TEXT PRIMARY KEY, body BLOB NOT NULL",
    "said": "id TEXT PRIMARY KEY, document TEXT NOT NULL, mention TEXT NOT NULL, block TEXT NOT NULL,"
    " text TEXT NOT NULL, root TEXT NOT NULL, body BLOB NOT NULL",
    "alike": "block TEXT PRIMARY KEY, body BLOB NOT NULL",
    "text": "key TEXT PRIMARY KEY, number INTEGER NOT NULL",
    "root": "id TEXT, rule TEXT, words TEXT, number INTEGER NOT NULL, PRIMARY KEY (id, rule, words)",
    "told": "document TEXT PRIMARY KEY, rank INTEGER NOT NULL, number INTEGER NOT NULL, marked TEXT NOT NULL,"
    " body BLOB NOT NULL",
    "source": "source TEXT, document TEXT, PRIMARY KEY (source, document)",
    "marked": "key TEXT PRIMARY KEY, parts BLOB NOT NULL, signs BLOB NOT NULL",
    "sign": "sign INTEGER, rank INTEGER, number INTEGER, PRIMARY KEY (sign, rank, number)",
}
_LARGE = ("block", "alike", "marked")  # rows that fill pages are better kept apart from their keys
_INDICES = {
    "page": ("document",),
    "sketch": ("document", "block"),
    "said": ("document", "mention", "block, text", "root"),
    "told": ("rank, number", "marked"),
}

_ROW = "(id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID"


def _steps() -> str:
    made = []
    for name, columns in STEPS.items():
        kind = "" if name in _LARGE else " WITHOUT ROWID"
        made.append(f"CREATE TABLE IF NOT EXISTS {name} ({columns}){kind};")
        for wanted in _INDICES.get(name, ()):
            index = f"{name}_{wanted.replace(', ', '_')}"
            made.append(f"CREATE INDEX IF NOT EXISTS {index} ON {name} ({wanted});")
    return "\n".join(made)


SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS remark (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memory (key TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS statement (
    id TEXT PRIMARY KEY, entity TEXT, fact TEXT, origin TEXT, property TEXT NOT NULL, judgement TEXT, keyed TEXT,
    signs INTEGER NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS statement_entity ON statement (entity, property);
CREATE INDEX IF NOT EXISTS statement_keyed ON statement (keyed, signs, origin);
CREATE TABLE IF NOT EXISTS fact (id TEXT PRIMARY KEY, entity TEXT NOT NULL, property TEXT NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fact_entity ON fact (entity, property);
{"".join(f"CREATE TABLE IF NOT EXISTS {noun} {_ROW};" for noun in NOUNS if noun != "fact")}
{_steps()}
"""
