"""A real server on loopback: what a request brings home, and what it refuses to bring."""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loopback import Answers, Server, serving
from overt import __version__
from overt.model import FetchError
from overt.net import fetch

HERE = ("127.0.0.1",)
PAGE = b"<html><body><p>A reported site.</p></body></html>"


class Pages(Answers):
    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        port = self.server.server_address[1]
        moves = {
            "/moved": "/page",
            "/circle": "/circle",
            "/to-localhost": f"http://localhost:{port}/page",
            "/to-metadata": "http://169.254.169.254/latest/",
            "/to-file": "file:///etc/passwd",
            "/to-nothing": "http://[::1",
        }
        if self.path in moves:
            self.answer(302, b"", ("Location", moves[self.path]), ("Set-Cookie", "a=b"))
        elif self.path == "/page":
            self.answer(200, PAGE, ("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=b"))
        elif self.path == "/gzip":
            self.answer(200, gzip.compress(PAGE), ("Content-Encoding", "gzip"))
        elif self.path == "/bomb":
            self.answer(200, gzip.compress(b"\0" * 5_000_000), ("Content-Encoding", "gzip"))
        elif self.path == "/endless":
            self.answer_without_end()
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            self.server.stop.wait(10)
        else:
            self.answer(404, b"nothing here")


def run(server: Server) -> Iterator[Server]:
    with serving(server):
        yield server
        server.stop.set()


@pytest.fixture
def server() -> Iterator[Server]:
    yield from run(Server(Pages))


def test_a_page_comes_with_all_that_evidence_needs(server: Server) -> None:
    got = fetch(f"{server.url}/page", HERE)
    assert got.body == PAGE
    assert got.final_url == got.url == f"{server.url}/page"
    assert got.status == 200
    assert got.server_ip == "127.0.0.1"
    assert got.header("content-type") == "text/html; charset=utf-8"
    assert got.request_head.startswith(b"GET /page HTTP/1.1\r\nHost: 127.0.0.1:")
    assert got.request_head.endswith(b"\r\n\r\n")
    assert got.response_head.startswith(b"HTTP/1.0 200 OK\r\n")
    assert got.response_head.endswith(b"\r\n\r\n")
    assert got.started <= got.ended
    assert not got.is_decoded


def test_a_request_says_who_asks_and_carries_no_cookies(server: Server) -> None:
    fetch(f"{server.url}/moved", HERE)
    assert [path for path, _ in server.asked] == ["/moved", "/page"]
    for _, headers in server.asked:
        assert headers["User-Agent"] == f"overt/{__version__}"
        assert "Cookie" not in headers
        assert "Referer" not in headers


def test_redirects_are_followed_and_listed(server: Server) -> None:
    got = fetch(f"{server.url}/moved", HERE)
    assert got.url.endswith("/moved")
    assert got.final_url.endswith("/page")
    assert [(hop.status, hop.location) for hop in got.redirects] == [(302, "/page")]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/circle", "more than 10 redirects"),
        ("/to-localhost", "this machine"),
        ("/to-metadata", "not on the public internet"),
        ("/to-file", "only http and https"),
        ("/to-nothing", "not a web address"),
        ("/missing", "the server answered 404"),
        ("/endless", "more than the 1,000,000 bytes"),
        ("/bomb", "unpacks to more than the 1,000,000 bytes"),
    ],
)
def test_what_cannot_be_had_is_said_in_one_line(server: Server, path: str, why: str) -> None:
    with pytest.raises(FetchError, match=why) as caught:
        fetch(server.url + path, HERE, 1_000_000)
    assert "\n" not in str(caught.value)


def test_an_answer_that_never_ends_meets_the_deadline(server: Server) -> None:
    with pytest.raises(FetchError, match="no answer in time"):
        fetch(f"{server.url}/slow", HERE, seconds=0.3)


def test_a_page_sent_compressed_though_nobody_asked_is_unpacked_and_said_so(server: Server) -> None:
    got = fetch(f"{server.url}/gzip", HERE)
    assert got.body == PAGE
    assert got.is_decoded


def test_loopback_is_refused_without_a_permit(server: Server) -> None:
    with pytest.raises(FetchError, match="permit"):
        fetch(f"{server.url}/page")
    assert server.asked == []


def answers(*ips: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(ips)


def test_a_public_name_with_a_private_address_is_refused(server: Server) -> None:
    port = server.server_address[1]
    for ips in (("127.0.0.1",), ("93.184.215.14", "127.0.0.1"), ("::1",)):
        with pytest.raises(FetchError, match="not on the public internet"):
            fetch(f"http://rebind.example:{port}/page", HERE, look_up=answers(*ips))
    assert server.asked == []


def test_a_name_is_looked_up_once_and_the_checked_address_is_used(server: Server) -> None:
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    port = server.server_address[1]
    assert fetch(f"http://wiki.example:{port}/page", {"wiki.example"}, look_up=look_up).body == PAGE
    assert asked == ["wiki.example"]
    assert server.asked[0][1]["Host"] == f"wiki.example:{port}"


def test_nobody_home_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
        fetch("http://127.0.0.1:9/", HERE)

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match="could not be found"):
        fetch("http://no-such-host.invalid/", HERE)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Server, ssl.SSLContext]]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wiki.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("wiki.example")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = Server(Pages)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trust = ssl.create_default_context(cadata=certificate.public_bytes(serialization.Encoding.PEM).decode())
    for running in run(server):
        yield running, trust


def test_https_keeps_the_name_for_the_certificate_while_the_address_is_pinned(
    secure: tuple[Server, ssl.SSLContext],
) -> None:
    server, trust = secure
    port = server.server_address[1]
    look_up = answers("127.0.0.1")
    got = fetch(f"https://wiki.example:{port}/page", {"wiki.example"}, look_up=look_up, tls=trust)
    assert got.body == PAGE
    assert got.request_head.startswith(b"GET /page")
    with pytest.raises(FetchError, match=r"(?i)certificate"):
        fetch(f"https://other.example:{port}/page", {"other.example"}, look_up=look_up, tls=trust)
    with pytest.raises(FetchError, match=r"(?i)certificate"):
        fetch(f"https://wiki.example:{port}/page", {"wiki.example"}, look_up=look_up)
