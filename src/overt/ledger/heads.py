"""Heads: what each ledger of a case knows of the others, so that a log which is gone or cut off at its end is noticed.

A chain shows every change but a cut at its end. So each new line holds, under `heads`, number and hash of the last line
of every other ledger of the case, and a file beside the custody logs (`custody/COPY-ID.heads`) holds them for all
ledgers as this copy wrote last. Who wants to hide lines must cut all ledgers back to one moment, and that file too.

In: the paths of a case's ledgers. Out: what a line is to hold; and on a check, what is missing.
"""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from overt.ledger.lines import Entry, last_of, read
from overt.model import CaseError

FOLDERS = ("custody", "decisions")
_NOTE = re.compile(r"([1-9][0-9]{0,11}) ([0-9a-f]{64})")
_NAME = re.compile(r"(?:custody|decisions)/[a-z0-9@-]{1,80}\.jsonl")


def beside(path: Path, last: Entry | None, is_torn: bool) -> dict[str, str]:
    """Return what a new line of the ledger notes: ledger -> "number hash" of its last line, for all others of the case.

    Where the file of heads knows more of a ledger than is there now (it was cut, or is gone), that is noted in its
    place, of this very ledger too: so the loss stays on record. A torn line explains itself.
    """
    if path.parent.name not in FOLDERS:
        return {}
    root, own = path.parent.parent, f"{path.parent.name}/{path.name}"
    now = {name: note for name, note in _now(root).items() if name != own}
    noted = _kept(_file_of(path))
    if last is not None and not is_torn:
        now[own] = f"{last.seq} {last.hash}"
    out = {name: _later(now.get(name), noted.get(name)) for name in now.keys() | noted.keys()}
    if is_torn or (own in out and out[own] == now.get(own)):
        out.pop(own, None)
    return dict(sorted(out.items()))


def keep(path: Path, entry: Entry, noted: dict[str, str]) -> None:
    """Write the heads as they are after a new line. It is a help: where it cannot be written, the line stands."""
    if path.parent.name not in FOLDERS:
        return
    own = f"{path.parent.name}/{path.name}"
    rows = noted | {own: f"{entry.seq} {entry.hash}"}
    text = "".join(f"{note} {name}\n" for name, note in sorted(rows.items()))
    target = _file_of(path)
    new = target.with_name(f".{target.name}.new")
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(target)


@dataclass(frozen=True, slots=True)
class Missing:
    """A ledger of which something is known that is not there. `is_rewritten`: the line is there with other content."""

    name: str
    by: str
    reason: str
    is_rewritten: bool = False


def missing(root: Path) -> list[Missing]:
    """Return for each ledger of a case what others know of it and is not there, at most one entry a ledger."""
    there: dict[str, dict[int, str] | None] = {}
    notes: dict[str, list[tuple[int, str, str]]] = {}

    def note(name: str, words: object, by: str) -> None:
        match = _NOTE.fullmatch(words) if isinstance(words, str) else None
        if match and _NAME.fullmatch(name):
            notes.setdefault(name, []).append((int(match[1]), match[2], by))

    for path in _ledgers(root):
        name = f"{path.parent.name}/{path.name}"
        try:
            entries = read(path)
        except (CaseError, OSError):
            there[name] = None  # what is wrong with it, its own check says
            continue
        there[name] = {entry.seq: entry.hash for entry in entries}
        for number, entry in enumerate(entries, 1):
            heads = entry.body.get("heads")
            for other, words in heads.items() if isinstance(heads, dict) else ():
                note(str(other), words, f"{name}, line {number}")
    for path in sorted((root / "custody").glob("*.heads")):
        for name, words in _kept(path).items():
            note(name, words, f"custody/{path.name}")
    out: list[Missing] = []
    for name in sorted(notes):
        lines = there.get(name, {})
        if lines is not None:
            out.extend(_missing(name, lines, notes[name]))
    return out


def _missing(name: str, lines: dict[int, str], notes: list[tuple[int, str, str]]) -> Iterator[Missing]:
    seq, _, by = max(notes)
    if not lines:
        yield Missing(name, by, f"the whole log is missing: it had {_lines(seq)} when {by} was written")
        return
    if max(lines) < seq:
        yield Missing(name, by, f"cut off at its end: it had {_lines(seq)} when {by} was written, and has {max(lines)}")
        return
    for seq, found, by in sorted(notes):
        if seq in lines and lines[seq] != found:
            yield Missing(name, by, f"line {seq} is not the one that stood there when {by} was written", True)
            return


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _later(now: str | None, noted: str | None) -> str:
    """Of two notes on one ledger the one with the higher number; what is there now where they are level."""
    if now is None or noted is None:
        return now or noted or ""
    return noted if int(noted.partition(" ")[0]) > int(now.partition(" ")[0]) else now


def _ledgers(root: Path) -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((root / folder).glob("*.jsonl"))]


def _now(root: Path) -> dict[str, str]:
    out = {}
    for path in _ledgers(root):
        with contextlib.suppress(CaseError, OSError):
            last, _, _ = last_of(path)
            if last is not None:
                out[f"{path.parent.name}/{path.name}"] = f"{last.seq} {last.hash}"
    return out


def _file_of(path: Path) -> Path:
    copy = path.stem.rpartition("@")[2]
    return path.parent.parent / "custody" / f"{copy}.heads"


def _kept(path: Path) -> dict[str, str]:
    try:
        rows = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    out = {}
    for row in rows:
        note, _, name = row.rpartition(" ")
        if _NOTE.fullmatch(note) and _NAME.fullmatch(name):
            out[name] = note
    return out
