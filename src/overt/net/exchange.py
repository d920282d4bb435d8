"""What every request has in common: the honest name, where it goes, what an answer may weigh, and failures in words.

`fetch` brings evidence home and `post` asks a server; both go through here.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore

from overt import __version__
from overt.model import FetchError
from overt.net.guard import Target
from overt.net.wire import Wire

_BREAKS = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError)
USER_AGENT = f"overt/{__version__}"


@contextmanager
def exchange(target: Target, wire: Wire, tls: ssl.SSLContext | None) -> Iterator[httpcore.ConnectionPool]:
    """Give connections over a wire, and say in words what goes wrong on it.

    Raises:
        FetchError: no answer in time, or none that can be read.
    """
    try:
        with httpcore.ConnectionPool(ssl_context=tls, network_backend=wire) as pool:
            yield pool
    except httpcore.TimeoutException as error:
        raise FetchError(f"{target.url}: no answer in time ({error or 'timed out'})") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchError(f"{target.url}: {error or type(error).__name__}") from error


def where(target: Target) -> httpcore.URL:
    """The address of a target as it goes over the wire."""
    return httpcore.URL(
        scheme=target.url.scheme, host=target.host, port=target.port, target=target.url.raw_path.decode("ascii")
    )


def whole(chunks: Iterator[bytes], limit: int, too_much: str) -> bytes:
    """Read an answer to its end.

    Raises:
        FetchError: `too_much`, where it has more than `limit` bytes.
    """
    body, broken = as_far(chunks, limit, too_much)
    if broken is not None:
        raise broken
    return body


def as_far(chunks: Iterator[bytes], limit: int, too_much: str) -> tuple[bytes, Exception | None]:
    """Read an answer as far as it comes: what came, and what broke it off before its end.

    Raises:
        FetchError: `too_much`, where it has more than `limit` bytes.
    """
    out = bytearray()
    try:
        for chunk in chunks:
            out += chunk
            if len(out) > limit:
                raise FetchError(too_much)
    except _BREAKS as error:
        return bytes(out), error
    return bytes(out), None


__all__ = ["USER_AGENT", "as_far", "exchange", "where", "whole"]
