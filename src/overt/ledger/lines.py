"""The lines of a ledger file: one entry as it is written, and reading a file that a kill may have left torn.

In: bytes or a path. Out: entries, the whole lines, and the torn rest.
"""

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from overt.model import CaseError, canonical, sha256

log = logging.getLogger("overt.ledger.chain")

_LAST_LINE = 1 << 16  # bytes read from the end at first; lines are a few thousand bytes long

T = TypeVar("T")


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. `hash` is the SHA-256 of the canonical bytes of {body, prev, seq, time}; `sig` is base64."""

    seq: int
    prev: str
    time: str
    body: dict[str, object]
    hash: str
    sig: str | None = None

    def body_as(self, noun: type[T]) -> T:
        """Return the body as a noun of the model.

        Raises:
            msgspec.ValidationError: where the body is not one, naming the path of what is wrong.
        """
        return msgspec.convert(self.body, noun)


def hash_of(seq: int, prev: str, time: str, body: Mapping[str, object]) -> str:
    return sha256(canonical({"seq": seq, "prev": prev, "time": time, "body": dict(body)}))


def decode(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except (ValueError, RecursionError):  # bad JSON, bad UTF-8, not an entry, nested without end
        return None


def is_unchanged(entry: Entry) -> bool:
    """True where the hash of the line is that of its content."""
    try:
        return entry.hash == hash_of(entry.seq, entry.prev, entry.time, entry.body)
    except (ValueError, RecursionError):  # a number or text that canonical JSON cannot hold
        return False


def split(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole lines and the torn rest: what a kill left of the last line, or nothing."""
    lines = data.split(b"\n")
    rest = lines.pop()
    if not rest and lines and decode(lines[-1]) is None:
        rest = lines.pop()  # a file system may pad a torn line with zeros, or end it
    elif rest:
        last = decode(rest)
        if last is not None and is_unchanged(last):
            lines.append(rest)
            rest = b""
    return lines, rest


def read(path: Path) -> list[Entry]:
    """Return the entries of a ledger in order; none where there is no file.

    A torn last line is left out and logged. Hashes are not looked at here: that is what `check` does.

    Raises:
        CaseError: where a line that is not the last one cannot be read.
    """
    if not path.exists():
        return []
    lines, torn = split(path.read_bytes())
    if torn:
        log.warning("%s: line %d is torn and left out; the next write moves it aside", path.name, len(lines) + 1)
    entries = []
    for number, line in enumerate(lines, 1):
        entry = decode(line)
        if entry is None:
            raise CaseError(f"{path.name}, line {number}: not a ledger line; run `overt verify` to see what is broken")
        entries.append(entry)
    return entries


def last_of(path: Path) -> tuple[Entry | None, int, bytes]:
    """Return the last entry, the offset at which the next line belongs, and the torn bytes from there on."""
    if not path.exists():
        return None, 0, b""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        block = _LAST_LINE
        while True:
            start = max(0, size - block)
            file.seek(start)
            data = file.read()
            lines, torn = split(data)
            if start == 0 or len(lines) > 1:  # the first line of a block may be half of one
                break
            block *= 8
    at = size - len(torn) - (1 if torn and data.endswith(b"\n") else 0)
    if not lines:
        return None, at, data[len(data) - (size - at) :]
    entry = decode(lines[-1])
    if entry is None or not is_unchanged(entry):
        raise CaseError(f"{path.name}: the last line was changed; run `overt verify` before adding to it")
    return entry, at, data[len(data) - (size - at) :]
