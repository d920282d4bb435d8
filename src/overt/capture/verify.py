"""Verifying a case: every sealed file against the custody log, every capture against its hash, every ledger's chain.

In: a case. Out: a report with one of three outcomes an item: intact, broken, or not checked with the reason. Silence is
never a pass: a report in which nothing was checked says so.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from overt.capture.custody import Custody, lines
from overt.capture.open import open_file, read_payload
from overt.case import Case
from overt.ledger import Fault, check, load_key, missing, read
from overt.model import CaseError, CheckFailedError, InputError, sha256


class Verdict(StrEnum):
    INTACT = "intact"
    BROKEN = "broken"
    NOT_CHECKED = "not checked"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at: its path in the case, what was looked at, the verdict, and why it is not intact."""

    path: str
    what: str
    verdict: Verdict
    reason: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All items in a fixed order."""

    items: tuple[Item, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(item.verdict is verdict for item in self.items)

    @property
    def exit_code(self) -> int:
        """1 where something is broken, 2 where nothing was found intact, else 0."""
        if self.count(Verdict.BROKEN):
            return 1
        return 0 if self.count(Verdict.INTACT) else 2


def verify(case: Case) -> Report:
    """Look at every sealed file, every custody log and every decision log of a case; nothing is written."""
    items: list[Item] = []
    named: dict[str, Custody] = {}
    for path in case.custody_logs():
        items.extend(_ledger(case, path, "chain of the custody log"))
        try:
            found = lines(read(path), path.name)
        except CaseError as error:
            items.append(_broken(case, path, "lines of the custody log", str(error)))
            continue
        for line in found:
            if line.warc in named and named[line.warc] != line:
                items.append(_broken(case, path, "lines of the custody log", f"two lines name {line.warc}"))
            named.setdefault(line.warc, line)
    items.extend(_files(case, named))
    for path in case.decision_logs():
        items.extend(_ledger(case, path, "chain and signatures of the decision log"))
    items.extend(_heads(case, {item.path for item in items if item.verdict is Verdict.BROKEN}))
    return Report(items=tuple(items))


def _heads(case: Case, broken: set[str]) -> Iterator[Item]:
    """What the ledgers and the files of heads know of each other. Of a broken chain, only what is gone is news."""
    for found in missing(case.root):
        if not (found.is_rewritten and found.name in broken):
            what = "lines that other logs know of"
            yield Item(path=found.name, what=what, verdict=Verdict.BROKEN, reason=found.reason)


def _broken(case: Case, path: Path, what: str, reason: str) -> Item:
    return Item(path=path.relative_to(case.root).as_posix(), what=what, verdict=Verdict.BROKEN, reason=reason)


def _ledger(case: Case, path: Path, what: str) -> Iterator[Item]:
    name = path.relative_to(case.root).as_posix()
    try:
        findings = check(path, _own_keys(case, path))
    except OSError as error:
        yield Item(path=name, what=what, verdict=Verdict.NOT_CHECKED, reason=error.strerror or str(error))
        return
    for finding in findings:
        # A clock that went back breaks no chain: it only means that the times of the log prove nothing.
        verdict = Verdict.NOT_CHECKED if finding.fault is Fault.CLOCK else Verdict.BROKEN
        of = f"times of line {finding.line}" if finding.fault is Fault.CLOCK else f"line {finding.line}"
        yield Item(path=name, what=of, verdict=verdict, reason=f"{finding.fault}: {finding.reason}")
    if all(finding.fault is Fault.CLOCK for finding in findings):
        if what.startswith("chain and") and not _opening(path):
            reason = "its first line names no key: the chain is whole, but nobody signed it"
            yield Item(path=name, what="signatures", verdict=Verdict.NOT_CHECKED, reason=reason)
            what = "chain of the decision log"
        yield Item(path=name, what=what, verdict=Verdict.INTACT)


def _opening(path: Path) -> bool:
    entries = read(path)
    return bool(entries) and isinstance(entries[0].body.get("key"), str)


def _own_keys(case: Case, path: Path) -> dict[str, str]:
    """The key that this copy has of the log's handle; a foreign handle's key is known from its own log alone."""
    handle = path.name.partition("@")[0]
    try:
        key = load_key(case.keys, handle)
    except (CaseError, InputError):
        return {}
    return {handle: key.public} if key else {}


def _files(case: Case, named: dict[str, Custody]) -> Iterator[Item]:
    there = {path.relative_to(case.root).as_posix(): path for path in case.captures.glob("*/*.warc.gz")}
    captures = {line.obtained.sha256 for line in named.values() if not line.obtained.is_repeated}
    own = case.own_captures.relative_to(case.root).as_posix() if case.copy_id else ""
    newest = max((name for name in named if own and name.startswith(own + "/")), default="")
    for name in sorted(there.keys() | named.keys()):
        line, path = named.get(name), there.get(name)
        if path is None:
            yield _item(name, "sealed file", Verdict.BROKEN, "the file is missing, although the custody log names it")
        elif line is None and own and name.startswith(own + "/") and name > newest:
            reason = "sealed but not yet logged (a run was killed); the next `overt add` logs it"
            yield _item(name, "sealed file", Verdict.NOT_CHECKED, reason)
        elif line is None:
            yield _item(name, "sealed file", Verdict.BROKEN, "no line of a custody log names this file")
        else:
            yield from _file(case, name, path, line, captures)


def _item(name: str, what: str, verdict: Verdict, reason: str = "") -> Item:
    return Item(path=name, what=what, verdict=verdict, reason=reason)


def _file(case: Case, name: str, path: Path, line: Custody, captures: set[str]) -> Iterator[Item]:
    try:
        is_same = sha256(path.read_bytes()) == line.warc_sha256
    except OSError as error:
        yield _item(name, "sealed file", Verdict.NOT_CHECKED, error.strerror or str(error))
        return
    if is_same:
        yield _item(name, "sealed file", Verdict.INTACT)
    else:
        yield _item(name, "sealed file", Verdict.BROKEN, "the file is not the one that the custody log names")
    what = f"capture {line.obtained.sha256[:12]}"
    try:
        item = open_file(path)
        if item.obtained != line.obtained:
            yield _item(name, what, Verdict.BROKEN, "the file and the custody log disagree on what was obtained")
        elif item.obtained.is_repeated:
            if item.sighting.capture not in captures:
                yield _item(name, what, Verdict.BROKEN, "the bytes were sealed before, but no line names that file")
            # Else there are no bytes here: those of the first file are checked there.
        else:
            read_payload(item, max(case.settings.limits.max_bytes, line.obtained.size))
            yield _item(name, what, Verdict.INTACT)
    except CheckFailedError as error:
        yield _item(name, what, Verdict.BROKEN, str(error))
    except CaseError as error:
        yield _item(name, what, Verdict.BROKEN, str(error).removesuffix("; run `overt verify`"))
