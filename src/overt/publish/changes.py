"""What each release brought, changed and took away, read from the data of the releases themselves.

In: folders of earlier releases and the data of the new one. Out: one `Change` a release, newest first. Only ids,
hashes, numbers and days are taken from earlier releases, never their words: what was withdrawn must not come back here.
"""

import contextlib
import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from overt.model import digest
from overt.publish.ids import opaque
from overt.publish.notices import Notice

_ID = re.compile(r"[0-9a-f]{64}")
# What of a statement people judge; that its root is called otherwise, since a page came, changes no statement.
_SAID = (
    "subject", "property", "value", "qualifier", "scope", "actor", "stance", "basis", "attribution", "quote",
    "published",
)  # fmt: skip


class Held(msgspec.Struct, frozen=True):
    """What a release held: id -> a hash of what was said. No words."""

    entries: dict[str, str]
    statements: dict[str, str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release: its number, the day up to which it counts, and what it held."""

    number: int
    as_of: str | None
    held: Held


@dataclass(frozen=True, slots=True)
class Change:
    """A release beside the one before it (None for the first, or where that one's data are gone).

    `corrected`: old id -> the id of the statement that a person put in its place. `withdrawn`: the notices by which
    something went that the release before held, each with its ids.
    """

    snapshot: Snapshot
    before: Snapshot | None
    is_first: bool
    corrected: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[Notice, tuple[str, ...]], ...] = ()

    def _gone(self) -> set[str]:
        return {i for _, ids in self.withdrawn for i in ids}

    @property
    def added(self) -> list[str]:
        """Entries that the release before did not hold."""
        return sorted(self.snapshot.held.entries.keys() - self.before.held.entries.keys()) if self.before else []

    @property
    def changed(self) -> list[str]:
        """Entries of which something else is said in their row: kind, place, support."""
        return _other(self.before.held.entries, self.snapshot.held.entries) if self.before else []

    @property
    def removed(self) -> list[str]:
        """Entries that it took away, but for those that were withdrawn."""
        if self.before is None:
            return []
        return sorted(self.before.held.entries.keys() - self.snapshot.held.entries.keys() - self._gone())

    @property
    def statements_added(self) -> list[str]:
        """Statements that the release before did not hold, but for corrections."""
        if self.before is None:
            return []
        new = self.snapshot.held.statements.keys() - self.before.held.statements.keys()
        return sorted(new - {made for _, made in self.corrected})

    @property
    def statements_changed(self) -> list[str]:
        """Statements that say something else than before, under the same id."""
        return _other(self.before.held.statements, self.snapshot.held.statements) if self.before else []

    @property
    def statements_removed(self) -> list[str]:
        """Statements that it took away, but for those that were corrected or withdrawn."""
        if self.before is None:
            return []
        gone = self.before.held.statements.keys() - self.snapshot.held.statements.keys() - self._gone()
        return sorted(gone - {old for old, _ in self.corrected})


def _other(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(i for i in before.keys() & now.keys() if before[i] != now[i])


def held(sites: bytes, statements: bytes) -> Held:
    """Return what a release holds, from the bytes of its data files."""
    entries = {}
    for row in csv.DictReader(io.StringIO(sites.decode("utf-8", "replace"), newline="")):
        parts = [row.get(name) or "" for name in ("kind", "is_group", "label", "city", "country", "support")]
        entries[row.get("id") or ""] = digest(*parts)
    said = {}
    for line in statements.decode("utf-8", "replace").splitlines():
        with contextlib.suppress(ValueError, AttributeError):
            row = json.loads(line)
            if row.get("implied"):
                continue  # it comes and goes with the one from which it follows
            said[str(row.get("id", ""))] = digest(*(json.dumps(row.get(name), sort_keys=True) for name in _SAID))
    return Held(
        {entry: made for entry, made in entries.items() if _ID.fullmatch(entry)},
        {one: made for one, made in said.items() if _ID.fullmatch(one)},
    )


def held_file(release: Path) -> Path:
    """Where it is kept what a release held before a notice took rows out of its data: beside its folder."""
    return release.with_name(f"{release.name}.held.json")


def load_snapshot(folder: Path, number: int, as_of: str | None) -> Snapshot | None:
    """Return what an earlier release held, None where its data are gone."""
    data = folder / "public" / "data"
    try:
        left = held((data / "sites.csv").read_bytes(), (data / "statements.jsonl").read_bytes())
    except OSError:
        return None
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        whole = msgspec.json.decode(held_file(folder).read_bytes(), type=Held)
        # Nobody signs that file: it may only add what was taken out since.
        if _holds(whole.statements, left.statements) and _holds(whole.entries, left.entries):
            return Snapshot(number, as_of, whole)
    return Snapshot(number, as_of, left)


def _holds(whole: Mapping[str, str], part: Mapping[str, str]) -> bool:
    return part.items() <= whole.items()


def changes(
    snapshots: Sequence[tuple[int, Snapshot | None]],
    notices: Sequence[Notice] = (),
    corrections: Mapping[str, str] | None = None,
) -> list[Change]:
    """Return the changes, newest first.

    Args:
        snapshots: (number, what it held) of every release so far, in order of the numbers.
        notices: what was withdrawn or is disputed.
        corrections: id of a statement -> id of the one that a person put in its place.
    """
    out: list[Change] = []
    for at, (number, now) in enumerate(snapshots):
        if now is None:
            continue
        before = snapshots[at - 1][1] if at else None
        out.append(
            Change(
                now,
                before,
                is_first=number == 1,
                corrected=_corrected(before, now, corrections or {}),
                withdrawn=_withdrawn(before, now, notices),
            )
        )
    return out[::-1]


def _corrected(before: Snapshot | None, now: Snapshot, corrections: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a statement that went and the one that came in its place, over any number of corrections, or back."""
    if before is None:
        return ()
    steps = {opaque(old): opaque(new) for old, new in corrections.items()}
    gone = before.held.statements.keys() - now.held.statements.keys()
    came = now.held.statements.keys() - before.held.statements.keys()
    pairs = set()
    for old in sorted(steps):
        at, seen = old, {old}
        while at in steps and steps[at] not in seen:
            at = steps[at]
            seen.add(at)
            if (old in gone and at in came) or (at in gone and old in came):
                pairs.add((old, at) if old in gone else (at, old))
                break
    return tuple(sorted(pairs))


def _withdrawn(
    before: Snapshot | None, now: Snapshot, notices: Sequence[Notice]
) -> tuple[tuple[Notice, tuple[str, ...]], ...]:
    if before is None:
        return ()
    gone = before.held.entries.keys() | before.held.statements.keys()
    gone -= now.held.entries.keys() | now.held.statements.keys()
    found = []
    for notice in notices:
        ids = gone & {opaque(i) for i in (*notice.statements, *notice.things)}
        if notice.sort == "withdrawn" and ids:
            found.append((notice, tuple(sorted(ids))))
            gone -= ids
    return tuple(found)
