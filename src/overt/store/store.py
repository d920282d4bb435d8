"""The SQLite index: rows in, rows out, and nothing that is not in the truth files too.

A build writes everything in one transaction: readers see the last whole build or the next, never half of one.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from overt.model import (
    CaseError,
    Conflict,
    Document,
    Edge,
    Entity,
    Fact,
    Judgement,
    Mention,
    Origin,
    Registry,
    Remark,
    Sighting,
    Standing,
    Statement,
    Unread,
    digest,
    plain_bytes,
    sha256,
)
from overt.store.memory import Lasting
from overt.store.schema import NOUNS, SCHEMA, STEPS, VERSION
from overt.store.steps import Row, Steps

T = TypeVar("T")
_NO_KEY: tuple[str | None, int] = (None, 0)
# A writer's transaction is short; a reader waits this long for it (milliseconds).
WAIT = 30_000
_LOT = 5_000  # rows that are compared at a time


def batched(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lots."""
    lot: list[T] = []
    for row in rows:
        lot.append(row)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot


class Store:
    """An open index. Use `reading` or `writing` below."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def found(self, key: str) -> bytes | None:
        """Return what was found under a key of (document, sighting, profile, finder version), or None."""
        row = self._db.execute("SELECT body FROM found WHERE key = ?", (key,)).fetchone()
        return bytes(row[0]) if row else None

    def keep_found(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep results under their keys at once, so that a build that is killed goes on from here."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO found VALUES (?, ?)", rows)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget what was found, and what a person should know, under other keys; the caller ends the transaction."""
        used = set(keys)
        for table in ("found", "remark"):
            gone = [(key,) for (key,) in self._db.execute(f"SELECT key FROM {table}") if key not in used]  # noqa: S608
            self._db.executemany(f"DELETE FROM {table} WHERE key = ?", gone)  # noqa: S608

    def known(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return what the last finished build used: key of a find -> capture, and capture -> hash of its document."""
        pages = {str(key): str(capture) for key, capture in self._db.execute("SELECT key, capture FROM page")}
        return pages, {str(c): str(name) for c, name in self._db.execute("SELECT capture, hash FROM reading")}

    def forget_pages(self) -> None:
        """Forget which pages are known, and what a person should know of them. What was found in them stays."""
        with self._db:
            for table in ("remark", "page", "reading"):
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608

    def keep_remarks(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Keep what a person should know of a reading or a find, under the hash of the one or the key of the other."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO remark VALUES (?, ?)", rows)

    def remarks(self) -> dict[str, list[tuple[str, str]]]:
        """Return what a person should know, by hash or key: of what sort, and the words."""
        rows = self._db.execute("SELECT key, body FROM remark")
        return {str(key): msgspec.json.decode(body, type=list[tuple[str, str]]) for key, body in rows}

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def memory(self, made_of: str) -> Lasting:
        """Return the memory of builds. `made_of`: the hash of what every result depends on (profile, code)."""
        return Lasting(self._db, made_of)

    def replace(
        self,
        registry: Registry,
        meta: dict[str, str],
        found: Iterable[str],
        memory: Lasting | None = None,
        keyed: Callable[[Statement], tuple[str | None, int]] = lambda statement: _NO_KEY,
        steps: Iterable[tuple[str, Iterable[Row]]] = (),
    ) -> int:
        """Put a whole build in the place of the last one, in one transaction; only nouns that differ are written.

        Args:
            registry: all nouns.
            meta: what the build was made of.
            found: the keys that it used; others are forgotten.
            memory: what was recalled and made for it; the rest is forgotten.
            keyed: gives the fact to which a statement belongs if anybody says that, and its signs for weighing it.
            steps: the rows of each table between pages and nouns; where there are none, the next build is a whole one.

        Returns:
            how many rows were written or taken away, those of the memory and of finds left out.
        """
        with self._db:
            self.keep_only(found)
            if memory is not None:
                memory.write()
                self._db.executemany("DELETE FROM memory WHERE key = ?", memory.unasked())
            self.put_meta(meta)
            rows = (statement_row(s, keyed(s)) for s in sorted(registry.statements, key=lambda s: s.id))
            written = self._bring("statement", rows)
            for table, nouns in _rows(registry):
                written += self._bring(table, iter(nouns))
            for table in STEPS:
                self._db.execute(f"DELETE FROM {table}")  # noqa: S608  (from the schema)
            for table, made in steps:
                for lot in batched(made, _LOT):
                    marks = ", ".join("?" * len(lot[0]))
                    self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", lot)  # noqa: S608
        return written

    @contextlib.contextmanager
    def following(self) -> Iterator[Steps]:
        """Give the rows of the last build to be changed; all changes are made together, or none where it raises."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            yield Steps(self._db)

    def put_meta(self, meta: Mapping[str, str]) -> None:
        """Write what the build was made of; the caller ends the transaction."""
        self._db.execute("DELETE FROM meta")
        self._db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))

    def bring(self, table: str, rows: Iterable[Row]) -> int:
        """Make a table hold these rows: id first, body last. Return how many were written or taken away."""
        return self._bring(table, iter(sorted(rows, key=lambda row: str(row[0]))))

    def _bring(self, table: str, rows: Iterator[Row]) -> int:
        """Make a table hold these rows, in the order of ids, writing what differs. Return how many rows that were."""
        after, written = "", 0
        new = next(rows, None)
        is_more = True
        while is_more:
            query = f"SELECT id, body FROM {table} WHERE id > ? ORDER BY id LIMIT ?"  # noqa: S608  (from the schema)
            old = dict(self._db.execute(query, (after, _LOT)).fetchall())
            is_more = len(old) == _LOT
            after = max(old) if is_more else ""
            put: list[Row] = []
            while new is not None and (not is_more or new[0] <= after):
                if old.pop(new[0], None) != new[-1]:
                    put.append(new)
                if len(put) >= _LOT:
                    written += self._put(table, put)
                    put = []
                new = next(rows, None)
            self._db.executemany(f"DELETE FROM {table} WHERE id = ?", ((gone,) for gone in old))  # noqa: S608
            written += self._put(table, put) + len(old)
        return written

    def _put(self, table: str, rows: list[Row]) -> int:
        for row in rows[:1]:
            marks = ", ".join("?" * len(row))
            self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608
        return len(rows)

    def numbers(self) -> dict[str, int]:
        """Return how many rows the tables of nouns have; `said`: statements that were found or made by hand."""
        tables = ("statement", "said", *NOUNS)
        return {table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}  # noqa: S608

    def statement(self, name: str) -> Statement | None:
        """Return a statement by its id, None where there is none."""
        row = self._db.execute("SELECT body FROM statement WHERE id = ?", (name,)).fetchone()
        return msgspec.json.decode(row[0], type=Statement) if row is not None else None

    def load(self) -> Registry:
        """Return the whole build as nouns, each in the order that `Registry` promises: of one moment."""
        if self._db.in_transaction:
            return self._loaded()
        self._db.execute("BEGIN")  # a build that ends meanwhile is seen whole, or not at all
        try:
            return self._loaded()
        finally:
            self._db.rollback()

    def _loaded(self) -> Registry:
        return Registry(
            sightings=tuple(sorted(self._all("sighting", Sighting), key=lambda s: (s.address, s.capture, digest(s)))),
            documents=tuple(self._all("document", Document)),
            unread=tuple(self._all("unread", Unread)),
            mentions=tuple(self._all("mention", Mention)),
            statements=tuple(self._all("statement", Statement)),
            entities=tuple(self._all("entity", Entity)),
            edges=tuple(sorted(self._all("edge", Edge), key=lambda e: (e.left, e.right, e.verdict, e.rule, e.reason))),
            conflicts=tuple(sorted(self._all("conflict", Conflict), key=lambda c: (c.left, c.right, c.path))),
            facts=tuple(self._all("fact", Fact)),
            origins=tuple(self._all("origin", Origin)),
            standings=dict(self._pairs("standing", Standing)),
            needs_look=tuple(sorted(msgspec.json.decode(self.meta("needs_look") or "[]", type=list[str]))),
            now=tuple(self._all("now", Statement)),
            judgements=tuple(self._all("judgement", Judgement)),
            redirects=dict(self._pairs("redirect", str)),
            remarks=tuple(msgspec.json.decode(self.meta("remarks") or "[]", type=list[Remark])),
        )

    def dump(self) -> list[tuple[str, ...]]:
        """Return every row of every table in order, as text: what two builds of one truth must share."""
        out: list[tuple[str, ...]] = []
        for table in ("meta", "found", "remark", "statement", *NOUNS):
            for row in self._db.execute(f"SELECT * FROM {table} ORDER BY 1"):  # noqa: S608
                out.append((table, *(v.decode() if isinstance(v, bytes) else str(v) for v in row)))
        for table in STEPS:
            rows = self._db.execute(f"SELECT * FROM {table}")  # noqa: S608
            out += sorted((table, *(sha256(v) if isinstance(v, bytes) else str(v) for v in row)) for row in rows)
        for key, body in self._db.execute("SELECT key, body FROM memory ORDER BY key"):
            out.append(("memory", str(key), sha256(body)))
        return out

    def _all(self, table: str, noun: type[T]) -> Iterator[T]:
        decoder = msgspec.json.Decoder(noun)
        for (body,) in self._db.execute(f"SELECT body FROM {table} ORDER BY id"):  # noqa: S608
            yield decoder.decode(body)

    def _pairs(self, table: str, noun: type[T]) -> Iterator[tuple[str, T]]:
        decoder = msgspec.json.Decoder(noun)
        for key, body in self._db.execute(f"SELECT id, body FROM {table} ORDER BY id"):  # noqa: S608
            yield str(key), decoder.decode(body)


def statement_row(statement: Statement, keyed: tuple[str | None, int] = _NO_KEY) -> Row:
    """Return the row of a statement.

    `keyed`: the fact to which it belongs if anybody says that, even where it is of none as it stands; and its signs.
    """
    s = statement
    return (s.id, s.subject.entity, s.fact, s.origin, s.property, s.judgement, *keyed, plain_bytes(s))


def fact_row(fact: Fact) -> Row:
    """Return the row of a fact."""
    return fact.id, fact.entity, fact.property, plain_bytes(fact)


def hashed_row(noun: Edge | Conflict | Sighting) -> tuple[str, bytes]:
    """Return the row of a noun that has no id of its own: its hash and its JSON."""
    body = plain_bytes(noun)
    return sha256(body), body


def _hashed(nouns: Iterable[Edge | Conflict | Sighting]) -> list[Row]:
    return sorted(set(map(hashed_row, nouns)))


def _rows(registry: Registry) -> Iterator[tuple[str, list[Row]]]:
    yield "sighting", _hashed(registry.sightings)
    yield "document", sorted((d.capture, plain_bytes(d)) for d in registry.documents)
    yield "unread", sorted((u.capture, plain_bytes(u)) for u in registry.unread)
    yield "mention", sorted((m.id, plain_bytes(m)) for m in registry.mentions)
    yield "entity", sorted((e.id, plain_bytes(e)) for e in registry.entities)
    yield "edge", _hashed(registry.edges)
    yield "conflict", _hashed(registry.conflicts)
    yield "fact", sorted(fact_row(f) for f in registry.facts)
    yield "origin", sorted((o.id, plain_bytes(o)) for o in registry.origins)
    yield "standing", sorted((key, plain_bytes(s)) for key, s in registry.standings.items())
    yield "judgement", sorted((j.id, plain_bytes(j)) for j in registry.judgements)
    yield "redirect", sorted((key, plain_bytes(value)) for key, value in registry.redirects.items())
    yield "now", sorted((s.id, plain_bytes(s)) for s in registry.now)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Store]:
    """Open the index to write, making it, or making it anew where its version is another."""
    with contextlib.closing(_connect(path)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        has_tables = db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
        if version != VERSION and (version or has_tables):  # of another version, or killed while it was made
            db.close()
            path.unlink()
            db = _connect(path)
        db.executescript(SCHEMA)
        db.execute(f"PRAGMA user_version = {VERSION}")
        yield Store(db)
        db.commit()


@contextlib.contextmanager
def reading(path: Path) -> Iterator[Store]:
    """Open the index to read.

    Raises:
        CaseError: where there is none yet, or it is of another version.
    """
    if not path.is_file():
        raise CaseError(f"{path.parent}: nothing is built yet; run: overt build --case {path.parent}")
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=WAIT / 1000)) as db:
        try:
            version = db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as fault:
            raise CaseError(f"{path}: not an index ({fault}); delete it and run: overt build") from None
        if version != VERSION:
            raise CaseError(f"{path}: made by another version of Overt; run: overt build --case {path.parent}")
        store = Store(db)
        if store.meta("truth") is None:
            raise CaseError(f"{path.parent}: no build was finished yet; run: overt build --case {path.parent}")
        yield store


def _connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(path, timeout=WAIT / 1000)
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA user_version")
    except sqlite3.OperationalError as fault:
        raise CaseError(f"{path}: cannot be written ({fault}); is the folder read-only?") from None
    except sqlite3.DatabaseError:
        # Derived and damaged: nothing is lost by making it anew.
        path.unlink()
        db = sqlite3.connect(path, timeout=WAIT / 1000)
    return db
