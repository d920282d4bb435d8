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
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from overt.ledger import heads
from overt.ledger.clock import stamp, utc_now
from overt.ledger.lines import Entry, decode, hash_of, is_unchanged, last_of, split
from overt.model import CaseError, canonical

log = logging.getLogger(__name__)

FIRST = "0" * 64  # what the first line holds as the hash of the line before it
SIGNED_AS = b"overt ledger line 1\n"  # so that a signature on a line is never one on a file, and the other way round


class Signer(Protocol):
    """What signs lines: a handle's key."""

    @property
    def handle(self) -> str: ...

    @property
    def public(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


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

    In a case the line also holds, under `heads`, the last line of every other ledger: see `overt.ledger.heads`.

    Raises:
        CaseError: where the file cannot be written or its last line was changed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        last, at, torn = last_of(path)
        if torn:
            _move_aside(path, at, torn)
        time = stamp(now or utc_now())
        noted = heads.beside(path, last, bool(torn))
        if last is None and signer is not None:
            last = _write(path, None, {"handle": signer.handle, "key": signer.public, "schema": 1}, time, signer)
        content = msgspec.to_builtins(body)
        entry = _write(path, last, content | {"heads": noted} if noted else content, time, signer)
        heads.keep(path, entry, noted)
        return entry
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error


def _write(path: Path, last: Entry | None, body: Mapping[str, object], time: str, signer: Signer | None) -> Entry:
    seq, prev = (1, FIRST) if last is None else (last.seq + 1, last.hash)
    made = hash_of(seq, prev, time, body)
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

    Lines cut off at the end leave no trace in a chain: `overt.ledger.heads` looks for what other ledgers know of them.

    Args:
        path: the ledger.
        keys: handle -> public key as known from elsewhere; the file's own first line is believed where None.
    """
    found: list[Finding] = []

    def say(line: int, fault: Fault, reason: str) -> None:
        found.append(Finding(file=path.name, line=line, fault=fault, reason=reason))

    lines, torn = split(path.read_bytes())
    entries = [decode(line) for line in lines]
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
