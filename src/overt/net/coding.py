"""Undoing how a body was sent: chunks and compression, never to more bytes than are wanted.

In: bytes as they went over the wire, and what the headers say of them. Out: the page itself.
"""

import zlib

import brotli

from overt.model import FetchError

_STEP = 1 << 16
PLAIN = frozenset({"", "identity"})


def unpack(data: bytes, encoding: str, limit: int) -> bytes:
    """Undo a content encoding (gzip, deflate or br).

    Args:
        data: the body as sent.
        encoding: the value of `Content-Encoding`.
        limit: the most bytes that it may unpack to.

    Raises:
        FetchError: for another encoding, for what is cut or broken, and for more bytes than `limit`.
    """
    name = encoding.strip().lower()
    if name in PLAIN:
        return data
    if name in ("gzip", "x-gzip"):
        return _inflated(data, 47, limit)
    if name == "deflate":
        try:
            return _inflated(data, 15, limit)
        except _RawError:
            return _inflated(data, -15, limit)  # some servers send it without the zlib header (RFC 9110, 8.4.1.2)
    if name == "br":
        return _unbrotlied(data, limit)
    raise FetchError(f"sent in the encoding {name!r}, which is not known here")


class _RawError(FetchError):
    """Compressed bytes without the header that was expected."""


def _inflated(data: bytes, bits: int, limit: int) -> bytes:
    body = bytearray()
    try:
        worker = zlib.decompressobj(bits)
        while data and not worker.eof:
            body += worker.decompress(data, _STEP)
            data = worker.unconsumed_tail
            if len(body) > limit:
                raise FetchError(_too_much(limit))
    except zlib.error as error:
        raise (FetchError if body or bits < 0 else _RawError)(f"the compressed page is broken: {error}") from error
    if not worker.eof:
        raise FetchError("the compressed page is cut off")
    return bytes(body)


def _unbrotlied(data: bytes, limit: int) -> bytes:
    body = bytearray()
    worker = brotli.Decompressor()
    try:
        body += worker.process(data, output_buffer_limit=_STEP)
        while not worker.is_finished() and not worker.can_accept_more_data():
            body += worker.process(b"", output_buffer_limit=_STEP)
            if len(body) > limit:
                raise FetchError(_too_much(limit))
    except brotli.error as error:
        raise FetchError(f"the compressed page is broken: {error}") from error
    if not worker.is_finished():
        raise FetchError("the compressed page is cut off")
    if len(body) > limit:
        raise FetchError(_too_much(limit))
    return bytes(body)


def unchunk(data: bytes) -> bytes:
    """Undo `Transfer-Encoding: chunked` (RFC 9112, 7.1). What is not in chunks comes back as it is.

    Some archives keep the header and not the chunks: the bytes decide.
    """
    out, at = bytearray(), 0
    while True:
        end = data.find(b"\n", at, at + 1024)
        size = _size(data[at:end]) if end >= 0 else None
        if size is None:
            return bytes(out) if out else data
        if size == 0:
            return bytes(out)
        out += data[end + 1 : end + 1 + size]
        at = end + 1 + size
        at += 2 if data[at : at + 2] == b"\r\n" else 1


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 8:
        return None
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


def _too_much(limit: int) -> str:
    return f"unpacks to more than the {limit:,} bytes that this case takes"
