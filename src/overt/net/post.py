"""One question to one checked address: bytes go out, bytes come back. For servers that are asked, never for evidence.

As `fetch`: the address is checked and pinned, sizes and times are capped, the name is honest. A redirect is an error:
who was named as the one that sees the question is the one that sees it.
"""

import ipaddress
import ssl
from collections.abc import Collection, Iterator

import httpcore

from overt.model import FetchError
from overt.net.coding import PLAIN
from overt.net.exchange import USER_AGENT, exchange, where, whole
from overt.net.fetch import AnswerError
from overt.net.guard import check_url
from overt.net.wire import CONNECT_SECONDS, Deadline, Resolve, Wire, resolve

MAX_ERROR = 4_000  # bytes of what a server says when it refuses
SHOWN = 200  # characters of it that are told


def post(
    url: str,
    body: bytes,
    permit: Collection[str] = (),
    limit: int = 1_000_000,
    *,
    seconds: float = 300.0,
    key: str | None = None,
    stays_here: bool = False,
    look_up: Resolve = resolve,
    tls: ssl.SSLContext | None = None,
) -> bytes:
    """Send JSON to an address and return the bytes of the answer.

    Args:
        url: an http or https address.
        body: JSON.
        permit: hosts (or host:port) that may be private or loopback.
        limit: the most bytes that the answer may have.
        seconds: the most time that everything together may take; a model may think silently for nearly all of it.
        key: is sent as a bearer token.
        stays_here: refuse every address that is not this machine, whatever its name turns out to be.
        look_up: how names get addresses; tests put their own here.
        tls: which certificates are believed; those of certifi where None.

    Raises:
        AnswerError: the server answered with anything but 200. FetchError: the guard refuses, or no whole answer came.
    """
    target = check_url(url, permit)
    wire = Wire(target, Deadline(seconds), _staying(look_up) if stays_here else look_up)
    headers = [
        ("Host", target.url.netloc.decode("ascii")),
        ("User-Agent", USER_AGENT),
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
        *([("Authorization", f"Bearer {key}")] if key else []),
    ]
    timeouts = {"connect": CONNECT_SECONDS, "read": seconds, "write": seconds, "pool": CONNECT_SECONDS}
    with (
        exchange(target, wire, tls) as pool,
        pool.stream("POST", where(target), headers=headers, content=body, extensions={"timeout": timeouts}) as response,
    ):
        coding = _header(response, b"content-encoding") or "identity"
        if response.status != 200:
            said = _start(response.iter_stream()).decode("utf-8", "replace")
            words = f"{target.url}: the server answered {response.status}: {' '.join(said.split())[:SHOWN]}"
            raise AnswerError(words.rstrip(": "), response.status)
        if coding.strip().lower() not in PLAIN:
            raise FetchError(f"{target.url}: the answer is packed ({coding[:40]}), which was not asked for")
        too_much = f"{target.url}: the answer has more than the {limit:,} bytes that it may have"
        return whole(response.iter_stream(), limit, too_much)


def _staying(look_up: Resolve) -> Resolve:
    def here(host: str, port: int) -> list[str]:
        found = look_up(host, port)
        for ip in found:
            if not ipaddress.ip_address(ip).is_loopback:
                raise FetchError(f"{host} has the address {ip}, which is not this machine: nothing was sent")
        return found

    return here


def _header(response: httpcore.Response, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name), None)


def _start(chunks: Iterator[bytes]) -> bytes:
    out = bytearray()
    for chunk in chunks:
        out += chunk
        if len(out) >= MAX_ERROR:
            break
    return bytes(out[:MAX_ERROR])
