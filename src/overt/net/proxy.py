"""A proxy on loopback for one browser: everything that a page asks for goes through the address guard.

A browser resolves names and opens connections by itself: pages, their scripts, web sockets, look-ups in advance. Behind
this proxy it can do neither. Each connection is checked as a request of our own is, goes to the very address that was
checked, and counts towards one limit of bytes. In: what the case permits. Out: a running proxy, and what it refused.
"""

import base64
import hmac
import secrets
import selectors
import socket
import socketserver
import threading
import time
from collections.abc import Collection
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from overt.model import FetchError
from overt.net.guard import Target, check_ip, check_url
from overt.net.wire import CONNECT_SECONDS, Resolve, resolve

OURS = b"X-Overt-Proxy"  # marks what the proxy answers itself: no server said it
_HEAD = 1 << 16
_PIECE = 1 << 16
_IDLE = 30.0  # seconds without a byte after which a connection is closed
_REFUSED = 200  # refusals that are remembered
_NOT_PASSED = (b"proxy-", b"connection:", b"keep-alive:")


class GuardedProxy:
    """Runs while the `with` block does. `refused` lists what was not asked for, with the reason."""

    def ip_of(self, url: str) -> str | None:
        """The IP address that answered for an address, or None where nothing was asked there."""
        return self.reached.get(_place(url))

    def why_not(self, url: str) -> str | None:
        """Why nothing was asked at the host of an address: the guard refused it, or no connection could be made."""
        at = _place(url)
        return None if at in self.reached else self.unreached.get(at)

    def __init__(
        self,
        permit: Collection[str],
        limit: int,
        seconds: float,
        look_up: Resolve = resolve,
        unwanted: Collection[str] = (),
    ) -> None:
        """Take what the case permits, the limits, and hosts that are never reached (what browsers ask for)."""
        self.permit, self.look_up, self.limit = tuple(permit), look_up, limit
        self.unwanted = frozenset(unwanted)
        self.refused: list[str] = []
        self.reached: dict[str, str] = {}  # host:port -> the IP address that was connected to
        self.unreached: dict[str, str] = {}  # host:port -> why not
        self.passed = 0
        self.user, self.password = "overt", secrets.token_urlsafe(24)  # other programs of this machine are kept out
        self.end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Connection)
        self._server.proxy = self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "GuardedProxy":
        run = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        run.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end = 0.0
        self._server.shutdown()
        self._server.server_close()

    def count(self, size: int) -> bool:
        """Count bytes that passed; false where the limit of bytes or time is reached."""
        with self._lock:
            self.passed += size
            return self.passed <= self.limit and time.monotonic() < self.end

    def refuse(self, why: str, url: str = "") -> None:
        with self._lock:
            if url and len(self.unreached) < _REFUSED:
                self.unreached[_place(url)] = why
            if why not in self.refused and len(self.refused) < _REFUSED:
                self.refused.append(why)

    def connect(self, target: Target) -> socket.socket:
        """Connect to a checked address. Raises FetchError where the guard refuses, OSError where it fails."""
        problem: OSError = OSError(f"{target.host} has no address")
        for ip in [check_ip(ip, target.host, target.permitted) for ip in self.look_up(target.host, target.port)]:
            try:
                made = socket.create_connection((ip, target.port), timeout=CONNECT_SECONDS)
            except OSError as error:
                problem = error
            else:
                self.reached[f"{target.host}:{target.port}"] = ip
                return made
        raise problem

    def is_known(self, head: bytes) -> bool:
        """True where the request carries this proxy's password."""
        wanted = b"Basic " + base64.b64encode(f"{self.user}:{self.password}".encode())
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"proxy-authorization":
                return hmac.compare_digest(value.strip(), wanted)
        return False


def _place(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').lower()}:{_port(parts)}"


def _port(parts: SplitResult) -> int:
    try:
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return 0


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    proxy: GuardedProxy

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes a connection is no error."""


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        client: socket.socket = self.request
        proxy: GuardedProxy = self.server.proxy  # type: ignore[attr-defined]
        client.settimeout(_IDLE)
        with suppress(OSError):
            head, rest = _read_head(client)
            if not head:
                return
            if not proxy.is_known(head):
                _answer(client, b"407 Proxy Authentication Required", b'Proxy-Authenticate: Basic realm="overt"\r\n')
                return
            method, _, more = head.partition(b" ")
            asked = more.partition(b" ")[0].decode("latin-1")
            url = f"https://{asked}/" if method == b"CONNECT" else asked
            try:
                target = check_url(url, proxy.permit)
                if target.host in proxy.unwanted:
                    _answer(client, b"403 Forbidden")
                    return
                server = proxy.connect(target)
            except FetchError as error:
                proxy.refuse(str(error), url)
                _answer(client, b"403 Forbidden")
                return
            except OSError as error:
                proxy.unreached[_place(url)] = f"{target.host}: no connection ({error.strerror or error})"
                _answer(client, b"502 Bad Gateway")
                return
            with server:
                if method == b"CONNECT":
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    server.sendall(rest)
                else:
                    server.sendall(_direct(head, asked) + rest)
                _pump(client, server, proxy)


def _read_head(client: socket.socket) -> tuple[bytes, bytes]:
    data = bytearray()
    while b"\r\n\r\n" not in data:
        piece = client.recv(_PIECE)
        if not piece or len(data) > _HEAD:
            return b"", b""
        data += piece
    head, _, rest = bytes(data).partition(b"\r\n\r\n")
    return head, rest


def _direct(head: bytes, asked: str) -> bytes:
    """The request as the server itself is asked: by path, for one answer."""
    first, _, lines = head.partition(b"\r\n")
    method, _, rest = first.partition(b" ")
    parts = urlsplit(asked)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [line for line in lines.split(b"\r\n") if not line.lower().startswith(_NOT_PASSED)]
    version = rest.rpartition(b" ")[2]
    return b"\r\n".join([b" ".join([method, path.encode("latin-1"), version]), *kept, b"Connection: close", b"", b""])


def _answer(client: socket.socket, status: bytes, *headers: bytes) -> None:
    client.sendall(
        b"HTTP/1.1 "
        + status
        + b"\r\n"
        + OURS
        + b": 1\r\n"
        + b"".join(headers)
        + b"Content-Length: 0\r\nConnection: close\r\n\r\n"
    )


def _pump(client: socket.socket, server: socket.socket, proxy: GuardedProxy) -> None:
    """Pass bytes both ways until one side ends, nothing comes for long, or a limit is reached."""
    with selectors.DefaultSelector() as ready:
        ready.register(client, selectors.EVENT_READ, (client, server))
        ready.register(server, selectors.EVENT_READ, (server, client))
        while found := ready.select(_IDLE):
            for key, _ in found:
                here, there = key.data
                data = here.recv(_PIECE)
                if not data:
                    return
                if not proxy.count(len(data)):
                    proxy.refuse(f"more than the {proxy.limit:,} bytes or the time that one page may take: cut off")
                    return
                there.sendall(data)
