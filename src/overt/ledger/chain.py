"""A ledger: an append-only file of canonical JSON lines, each holding the hash of the one before it.

In: a path and what a line is to say. Out: entries, or findings on what is wrong with the file. Whoever changes, drops
or reorders a line breaks every hash after it, and `check` names the line. A kill can leave half a line at the end:
readers leave it out and say so, the next writer moves it aside into `NAME.torn`; it is never lost.
"""

import base64
import logging
import os
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.ledger.clock import stamp, utc_now
from overt.model import CaseError, canonical, sha256

log = logging.getLogger(__name__)

FIRST = "0" * 64  # what the first line holds as the hash of the line before it
SIGNED_AS = b"overt ledger line 1\n"  # so that a signature on a line is never one on a file, and the other way round
_LAST_LINE = 1 << 16  # bytes read from the end at first; lines are a few thousand bytes long

T = TypeVar("T")


class Signer(Protocol):
    """What signs lines: a handle's key."""

    @property
    def handle(self) -> str: ...

    @property
    def public(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


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


class Fault(StrEnum):
    """What can be wrong with a ledger."""

    EDITED = "edited"
    REMOVED = "removed"
    REORDERED = "reordered"
    TORN = "torn"
    BAD_SIGNATURE = "bad signature"
    CLOCK = "clock going backwards"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: the file, the line (from 1), the fault and what was found."""

    file: str
    line: int
    fault: Fault
    reason: str


def _hash(seq: int, prev: str, time: str, body: Mapping[str, object]) -> str:
    return sha256(canonical({"seq": seq, "prev": prev, "time": time, "body": dict(body)}))


def _decode(line: bytes) -> Entry | None:
    try:
        return msgspec.json.decode(line, type=Entry)
    except (ValueError, RecursionError):  # bad JSON, bad UTF-8, not an entry, nested without end
        return None


def is_unchanged(entry: Entry) -> bool:
    """True where the hash of the line is that of its content."""
    try:
        return entry.hash == _hash(entry.seq, entry.prev, entry.time, entry.body)
    except (ValueError, RecursionError):  # a number or text that canonical JSON cannot hold
        return False


def _split(data: bytes) -> tuple[list[bytes], bytes]:
    """Return the whole lines and the torn rest: what a kill left of the last line, or nothing."""
    lines = data.split(b"\n")
    rest = lines.pop()
    if not rest and lines and _decode(lines[-1]) is None:
        rest = lines.pop()  # a file system may pad a torn line with zeros, or end it
    elif rest:
        last = _decode(rest)
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
    lines, torn = _split(path.read_bytes())
    if torn:
        log.warning("%s: line %d is torn and left out; the next write moves it aside", path.name, len(lines) + 1)
    entries = []
    for number, line in enumerate(lines, 1):
        entry = _decode(line)
        if entry is None:
            raise CaseError(f"{path.name}, line {number}: not a ledger line; run `overt verify` to see what is broken")
        entries.append(entry)
    return entries


def _last(path: Path) -> tuple[Entry | None, int, bytes]:
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
            lines, torn = _split(data)
            if start == 0 or len(lines) > 1:  # the first line of a block may be half of one
                break
            block *= 8
    at = size - len(torn) - (1 if torn and data.endswith(b"\n") else 0)
    if not lines:
        return None, at, data[len(data) - (size - at) :]
    entry = _decode(lines[-1])
    if entry is None or not is_unchanged(entry):
        raise CaseError(f"{path.name}: the last line was changed; run `overt verify` before adding to it")
    return entry, at, data[len(data) - (size - at) :]


def _move_aside(path: Path, at: int, torn: bytes) -> None:
    aside = path.with_name(path.name + ".torn")
    with aside.open("ab") as file:
        file.write(torn.rstrip(b"\n") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    with path.open("r+b") as file:
        file.truncate(at)
        file.flush()
        os.fsync(file.fileno())
    log.warning("%s: a torn line was moved aside to %s", path.name, aside.name)


def append(
    path: Path,
    body: Mapping[str, object] | msgspec.Struct,
    signer: Signer | None = None,
    now: datetime | None = None,
) -> Entry:
    """Add one line and return it; it is on the disk when this returns. The caller holds the case's lock.

    Args:
        path: the ledger; made with its folder where missing. A signed ledger begins with a line that carries the
            handle and the public key.
        body: what the line says: a noun, or plain JSON data.
        signer: whose key signs the line, or None.
        now: the time of the line; the machine's clock where None.

    Raises:
        CaseError: where the file cannot be written or its last line was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        last, at, torn = _last(path)
        if torn:
            _move_aside(path, at, torn)
        time = stamp(now or utc_now())
        if last is None and signer is not None:
            last = _write(path, None, {"handle": signer.handle, "key": signer.public, "schema": 1}, time, signer)
        return _write(path, last, msgspec.to_builtins(body), time, signer)
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error


def _write(path: Path, last: Entry | None, body: Mapping[str, object], time: str, signer: Signer | None) -> Entry:
    seq, prev = (1, FIRST) if last is None else (last.seq + 1, last.hash)
    made = _hash(seq, prev, time, body)
    sig = base64.b64encode(signer.sign(SIGNED_AS + made.encode())).decode() if signer else None
    entry = Entry(seq=seq, prev=prev, time=time, body=dict(body), hash=made, sig=sig)
    line = canonical(entry) + b"\n"
    with path.open("r+b" if path.exists() else "xb", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            if file.read(1) != b"\n":  # the last line is whole but for its end
                line = b"\n" + line
        file.write(line)
        os.fsync(file.fileno())
    return entry


def is_signed(entry: Entry, public: str) -> bool:
    """True where the line's signature is that of the key (64 hexadecimal digits)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(base64.b64decode(entry.sig or "", validate=True), SIGNED_AS + entry.hash.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def check(path: Path, keys: Mapping[str, str] | None = None) -> list[Finding]:
    """Return what is wrong with a ledger, line by line; an empty list means that nothing is.

    Lines cut off at the end leave no trace in a chain; a release's MANIFEST or a second copy shows them.

    Args:
        path: the ledger.
        keys: handle -> public key as known from elsewhere; the file's own first line is believed where None.
    """
    found: list[Finding] = []

    def say(line: int, fault: Fault, reason: str) -> None:
        found.append(Finding(file=path.name, line=line, fault=fault, reason=reason))

    lines, torn = _split(path.read_bytes())
    entries = [_decode(line) for line in lines]
    at_line = {entry.hash: number for number, entry in enumerate(entries, 1) if entry}
    public: str | None = None
    prev, seq, time = FIRST, 0, ""
    for number, entry in enumerate(entries, 1):
        if entry is None:
            say(number, Fault.EDITED, "not a ledger line")
            prev, seq = "", seq + 1
            continue
        if not is_unchanged(entry) or canonical(entry) != lines[number - 1]:
            say(number, Fault.EDITED, "the line does not have the hash that it names")
        if number == 1:
            public = _opening_key(entry, keys, say)
        if prev and entry.prev != prev:
            if entry.prev in at_line or entry.seq <= seq:
                say(number, Fault.REORDERED, f"line {entry.seq} of the log stands after line {seq}")
            else:
                say(number, Fault.REMOVED, f"line {seq + 1} of the log is missing before line {entry.seq}")
        if public and not is_signed(entry, public):
            say(number, Fault.BAD_SIGNATURE, "the signature is not that of the key in line 1")
        if entry.time < time:
            say(number, Fault.CLOCK, f"{entry.time} stands after {time}")
        prev, seq, time = entry.hash, entry.seq, max(time, entry.time)
    if torn:
        say(len(lines) + 1, Fault.TORN, f"{len(torn)} bytes of a line that was never finished")
    return found


class _Say(Protocol):
    def __call__(self, line: int, fault: Fault, reason: str) -> None: ...


def _opening_key(entry: Entry, keys: Mapping[str, str] | None, say: _Say) -> str | None:
    handle, public = entry.body.get("handle"), entry.body.get("key")
    if not isinstance(handle, str) or not isinstance(public, str):
        return None
    known = (keys or {}).get(handle)
    if known is not None and known != public:
        say(1, Fault.BAD_SIGNATURE, f"the key in line 1 is not the key of {handle}")
    return public
