"""The connection under a request: resolved once, checked, connected to the very address that was checked.

In: the guard's target and a deadline. Out: a stream for httpcore that keeps the bytes which were sent and the head that
came back, as they went over the wire. A name that changes its address between check and connection (DNS rebinding)
gains nothing, and a server that sends one byte a minute meets the deadline.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable

import httpcore

from overt.model import FetchError
from overt.net.guard import Target, check_ip

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
MAX_HEAD = 1 << 18  # bytes of a response's head that are kept; httpcore stops at 100 kB

Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host in the system's order. Raises FetchError where it has none."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{host} could not be found: {error}") from error
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


class Deadline:
    """A point in time after which nothing more is read or written."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Return how long one step may take. Raises httpcore.ReadTimeout where no time is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout(f"no answer within {self.seconds:g} seconds")
        return left if timeout is None else min(left, timeout)


class Tape:
    """What went over the wire: the request as sent, the head of the response as received, and the server's IP."""

    def __init__(self) -> None:
        self.sent = bytearray()
        self.received = bytearray()
        self.server_ip = ""
        self._whole = False

    def hear(self, data: bytes) -> None:
        if not self._whole:
            self.received += data
            self._whole = b"\r\n\r\n" in self.received or b"\n\n" in self.received or len(self.received) > MAX_HEAD

    @property
    def head(self) -> bytes:
        """The response's status line and headers with the empty line that ends them."""
        ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := self.received.find(mark)) >= 0]
        return bytes(self.received[: min(ends)]) if ends else b""


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, tape: Tape, deadline: Deadline) -> None:
        self._stream, self._tape, self._deadline = stream, tape, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._deadline.left(timeout))
        self._tape.hear(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))
        self._tape.sent += buffer

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(inner, self._tape, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class Wire(httpcore.NetworkBackend):
    """Connects to the checked address of one target and to nothing else."""

    def __init__(self, target: Target, deadline: Deadline, look_up: Resolve = resolve) -> None:
        self._target, self._deadline, self._look_up = target, deadline, look_up
        self.tape = Tape()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        target = self._target
        if (host.lower(), port) != (target.host, target.port):
            raise FetchError(
                f"a connection to {host}:{port} was asked for, but {target.host}:{target.port} was checked"
            )
        # All of them must pass: a name with one public and one private address is an attack, not a choice.
        found = [check_ip(ip, host, target.permitted) for ip in self._look_up(host, port)]
        problem: Exception = FetchError(f"{host} has no address")
        for ip in found:
            try:
                stream = httpcore.SyncBackend().connect_tcp(ip, port, self._deadline.left(timeout), local_address)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            self.tape.server_ip = ip
            return _Stream(stream, self.tape, self._deadline)
        raise problem

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise FetchError("Overt connects to no sockets of this machine")
