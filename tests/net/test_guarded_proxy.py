"""The proxy before a browser: who may use it, where it leads, and how much passes."""

import base64
import http.server
import socket
from collections.abc import Iterator

import pytest

from loopback import serving
from overt.net import GuardedProxy

HERE = ("127.0.0.1",)
BODY = b"x" * 50_000


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, format: str, *args: object) -> None:
        return


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Pages)
    made.asked = []  # type: ignore[attr-defined]
    with serving(made):
        yield made


def ask(proxy: GuardedProxy, first: str, more: str = "", known: bool = True) -> bytes:
    """Send one request through the proxy and return all that comes back."""
    host, port = proxy.url.removeprefix("http://").split(":")
    token = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
    line = f"Proxy-Authorization: Basic {token}\r\n" if known else ""
    out = b""
    with socket.create_connection((host, int(port)), timeout=5) as client:
        client.sendall(f"{first}\r\n{line}Accept: */*\r\n\r\n{more}".encode())
        while piece := client.recv(65536):
            out += piece
    return out


def port_of(server: Server) -> int:
    return int(server.server_address[1])


def test_a_permitted_host_is_reached_in_both_ways(server: Server) -> None:
    port = port_of(server)
    with GuardedProxy(HERE, 1_000_000, 20) as proxy:
        plain = ask(proxy, f"GET http://127.0.0.1:{port}/page?a=b HTTP/1.1")
        assert plain.endswith(BODY)
        tunnel = ask(proxy, f"CONNECT 127.0.0.1:{port} HTTP/1.1", "GET /inside HTTP/1.0\r\n\r\n")
        assert tunnel.startswith(b"HTTP/1.1 200")
        assert tunnel.endswith(BODY)
        assert proxy.refused == []
        assert proxy.ip_of(f"http://127.0.0.1:{port}/page") == "127.0.0.1"
    asked = dict(server.asked)  # type: ignore[attr-defined]
    assert set(asked) == {"/page?a=b", "/inside"}
    assert not any(name.lower().startswith("proxy-") for name in asked["/page?a=b"])


def test_who_does_not_know_the_password_is_not_served(server: Server) -> None:
    with GuardedProxy(HERE, 1_000_000, 20) as proxy:
        answer = ask(proxy, f"GET http://127.0.0.1:{port_of(server)}/ HTTP/1.1", known=False)
    assert answer.startswith(b"HTTP/1.1 407")
    assert server.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "first",
    [
        "GET http://10.0.0.1/ HTTP/1.1",
        "GET http://169.254.169.254/latest/ HTTP/1.1",
        "CONNECT 127.0.0.2:443 HTTP/1.1",
        "CONNECT [::1]:443 HTTP/1.1",
        "CONNECT 2130706433:443 HTTP/1.1",
        "GET file:///etc/passwd HTTP/1.1",
        "GET / HTTP/1.1",
        "NONSENSE",
    ],
)
def test_what_the_guard_refuses_is_not_reached_and_is_said(first: str) -> None:
    with GuardedProxy(HERE, 1_000_000, 20) as proxy:
        assert ask(proxy, first).startswith(b"HTTP/1.1 403")
        assert len(proxy.refused) == 1


def test_a_name_with_a_private_address_among_public_ones_is_refused(server: Server) -> None:
    def look_up(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "127.0.0.1"]

    with GuardedProxy((), 1_000_000, 20, look_up) as proxy:
        assert ask(proxy, f"CONNECT rebound.example:{port_of(server)} HTTP/1.1").startswith(b"HTTP/1.1 403")
        assert "127.0.0.1" in proxy.refused[0]


def test_what_a_browser_asks_for_itself_is_not_reached_and_not_told(server: Server) -> None:
    with GuardedProxy(HERE, 1_000_000, 20, unwanted=("127.0.0.1",)) as proxy:
        assert ask(proxy, f"GET http://127.0.0.1:{port_of(server)}/ HTTP/1.1").startswith(b"HTTP/1.1 403")
        assert proxy.refused == []
    assert server.asked == []  # type: ignore[attr-defined]


def test_no_more_passes_than_the_limit(server: Server) -> None:
    with GuardedProxy(HERE, 20_000, 20) as proxy:
        got = ask(proxy, f"GET http://127.0.0.1:{port_of(server)}/ HTTP/1.1")
        assert len(got) < 20_500
        assert "cut off" in proxy.refused[0]
