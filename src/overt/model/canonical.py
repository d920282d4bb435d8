"""Canonical bytes and hashes: one form for everything that is hashed, signed or compared (RFC 8785)."""

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec
import rfc8785

_EXACT = 2**53  # canonical JSON has no greater whole numbers


def canonical(value: Any) -> bytes:
    """Return the RFC 8785 bytes of a noun or of plain JSON data.

    Args:
        value: a `msgspec.Struct`, or dicts, lists, strings, integers, floats, booleans and None.

    Raises:
        rfc8785.CanonicalizationError: for values that JSON cannot hold.
    """
    return rfc8785.dumps(msgspec.to_builtins(value))


def plain_bytes(noun: Any) -> bytes:
    """Return JSON bytes in one order of keys and sets: the same noun gives the same bytes on every machine.

    Faster than `canonical`; for what is stored or compared, not for what others have to hash again.
    """
    return msgspec.json.encode(noun, order="deterministic")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest(*parts: Any) -> str:
    """Return the SHA-256 of the canonical JSON list of `parts`."""
    return sha256(msgspec.json.encode(parts) if _is_plain(parts) else canonical(list(parts)))


def _is_plain(parts: Iterable[Any]) -> bool:
    """True where both encoders give the same bytes: lists of strings, None and small whole numbers. They are nearly all
    that is hashed, and the canonical one takes three times as long."""
    for part in parts:
        kind = type(part)
        if kind is str or part is None or (kind is int and -_EXACT < part < _EXACT):
            continue
        if kind not in (list, tuple) or not _is_plain(part):
            return False
    return True


def fold_space(text: str) -> str:
    """Return `text` in NFC with each run of white space as one space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
