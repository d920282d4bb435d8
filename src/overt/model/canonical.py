"""Canonical bytes and hashes: one form for everything that is hashed, signed or compared (RFC 8785)."""

import hashlib
import unicodedata
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
    plain = msgspec.to_builtins(value)
    return msgspec.json.encode(plain, order="sorted") if _is_plain(plain) else rfc8785.dumps(plain)


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
    return sha256(msgspec.json.encode(parts, order="sorted") if _is_plain(parts) else canonical(list(parts)))


def _is_plain(value: Any) -> bool:
    """True where both encoders give the same bytes: they write strings, None, booleans and small whole numbers alike,
    and sort ASCII keys alike. That is nearly all there is, and the canonical one takes three times as long."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is int:
        return bool(-_EXACT < value < _EXACT)
    if kind is dict:
        return all(type(key) is str and key.isascii() and _is_plain(inner) for key, inner in value.items())
    return kind in (list, tuple) and all(map(_is_plain, value))


def fold_space(text: str) -> str:
    """Return `text` in NFC with each run of white space as one space and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())
