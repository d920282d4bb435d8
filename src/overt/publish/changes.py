"""What each release brought and took away, read from the data of the releases themselves.

In: folders of earlier releases and the data of the new one. Out: one `Change` a release, newest first. Only ids,
numbers and days are taken from earlier releases, never their words: what was withdrawn must not come back here.
"""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_ID = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a release held. `low` is the number of rows of its headline."""

    number: int
    as_of: str | None
    low: int
    entries: frozenset[str]
    statements: frozenset[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A release beside the one before it (None for the first, or where that one's data are gone)."""

    snapshot: Snapshot
    before: Snapshot | None
    is_first: bool

    @property
    def added(self) -> list[str]:
        """Entries that the release before did not hold."""
        return sorted(self.snapshot.entries - self.before.entries) if self.before else []

    @property
    def removed(self) -> list[str]:
        """Entries that it took away."""
        return sorted(self.before.entries - self.snapshot.entries) if self.before else []

    @property
    def statements_added(self) -> list[str]:
        """Statements that the release before did not hold."""
        return sorted(self.snapshot.statements - self.before.statements) if self.before else []

    @property
    def statements_removed(self) -> list[str]:
        """Statements that it took away."""
        return sorted(self.before.statements - self.snapshot.statements) if self.before else []


def snapshot(number: int, as_of: str | None, low: int, sites: bytes, statements: bytes) -> Snapshot:
    """Return what a release holds, from the bytes of its data files."""
    entries = {row.get("id") or "" for row in csv.DictReader(io.StringIO(sites.decode("utf-8", "replace"), newline=""))}
    ids = {_id(line) for line in statements.decode("utf-8", "replace").splitlines()}
    return Snapshot(
        number,
        as_of,
        low,
        frozenset(entry for entry in entries if _ID.fullmatch(entry)),
        frozenset(i for i in ids if _ID.fullmatch(i)),
    )


def _id(line: str) -> str:
    try:
        value = json.loads(line)
    except ValueError:
        return ""
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def load_snapshot(folder: Path, number: int, as_of: str | None) -> Snapshot | None:
    """Return what an earlier release held, None where its data are gone."""
    data = folder / "public" / "data"
    try:
        sites, statements = (data / "sites.csv").read_bytes(), (data / "statements.jsonl").read_bytes()
        package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
        low = int(package["headline"]["low"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return snapshot(number, as_of, low, sites, statements)


def changes(snapshots: Sequence[tuple[int, Snapshot | None]]) -> list[Change]:
    """Return the changes, newest first.

    Args:
        snapshots: (number, what it held) of every release so far, in order of the numbers.
    """
    out: list[Change] = []
    for at, (number, now) in enumerate(snapshots):
        if now is not None:
            out.append(Change(now, snapshots[at - 1][1] if at else None, is_first=number == 1))
    return out[::-1]
