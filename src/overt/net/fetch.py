"""One request to one public address, with everything that evidence of it must hold.

In: an address, the hosts that the case permits, limits. Out: the bytes and the heads as they went over the wire, the
addresses on the way, the server's IP and the times. No cookies, no proxies from the environment, an honest name.
"""

import ssl
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import httpcore
import httpx

from overt.ledger.clock import utc_now
from overt.model import FetchError
from overt.net.coding import PLAIN, unpack
from overt.net.exchange import USER_AGENT, as_far, exchange, where
from overt.net.guard import Target, check_url
from overt.net.wire import CONNECT_SECONDS, READ_SECONDS, Deadline, Resolve, Wire, resolve

MAX_REDIRECTS = 10
MAX_BYTES = 50_000_000
SECONDS = 60.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class AnswerError(FetchError):
    """A server answered, but with a status that brings no page. `status` is the one that it gave."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect on the way: which address answered with which status and where it pointed."""

    url: str
    status: int
    location: str
    server_ip: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `body` is what the page is (a transfer or content encoding undone), `is_decoded` says so.

    `request_head` and `response_head` are the bytes of the last request as they went over the wire. `cut` says why the
    body is not whole, where that was asked for.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_head: bytes
    response_head: bytes
    server_ip: str
    redirects: tuple[Hop, ...]
    started: datetime
    ended: datetime
    is_decoded: bool
    cut: str = ""

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def fetch(
    url: str,
    permit: Collection[str] = (),
    limit: int = MAX_BYTES,
    *,
    seconds: float = SECONDS,
    look_up: Resolve = resolve,
    tls: ssl.SSLContext | None = None,
    keep_cut: bool = False,
) -> Fetched:
    """Get an address, following at most ten redirects, each checked as the first one was.

    Args:
        url: an http or https address.
        permit: hosts (or host:port) that may be private or loopback.
        limit: the most bytes that the body may have.
        seconds: the most time that everything together may take.
        look_up: how names get addresses; tests put their own here.
        tls: which certificates are believed; those of certifi where None.
        keep_cut: a body that breaks off is given as far as it came, with the reason.

    Raises:
        FetchError: where the guard refuses, the server does not answer in time, answers with an error status, sends
            too much, or redirects in circles; or where its body breaks off.
    """
    deadline = Deadline(seconds)
    started = utc_now()
    hops: list[Hop] = []
    target = check_url(url, permit)
    first = str(target.url)
    while True:
        wire = Wire(target, deadline, look_up)
        with exchange(target, wire, tls) as pool:
            answer = _ask(pool, target, limit, keep_cut)
        location = answer.header("location")
        if answer.status not in _REDIRECTS or location is None:
            break
        hops.append(Hop(str(target.url), answer.status, location, wire.tape.server_ip))
        if len(hops) > MAX_REDIRECTS:
            raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects")
        target = _next(target, location, permit)
    if answer.status >= 400:
        words = f"{target.url}: the server answered {answer.status} {answer.reason}".rstrip()
        raise AnswerError(words, answer.status)
    if answer.status != 200:
        raise AnswerError(f"{target.url}: the server answered {answer.status}, which brings no page", answer.status)
    cut = answer.cut
    try:
        body, is_decoded = _decoded(answer, target, limit)
    except FetchError as error:
        if not (cut and keep_cut):
            raise
        body, is_decoded, cut = answer.body, False, f"{cut}; {str(error).removeprefix(f'{target.url}: ')}"
    return Fetched(
        url=first,
        final_url=str(target.url),
        status=answer.status,
        headers=answer.headers,
        body=body,
        request_head=bytes(wire.tape.sent),
        response_head=wire.tape.head,
        server_ip=wire.tape.server_ip,
        redirects=tuple(hops),
        started=started,
        ended=utc_now(),
        is_decoded=is_decoded,
        cut=cut,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: str = ""

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


def _ask(pool: httpcore.ConnectionPool, target: Target, limit: int, keep_cut: bool) -> _Answer:
    headers = [
        ("Host", target.url.netloc.decode("ascii")),
        ("User-Agent", USER_AGENT),
        ("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"),
        ("Accept-Encoding", "identity"),  # the bytes that are sealed are then those that were sent
        ("Connection", "close"),
    ]
    timeouts = {"connect": CONNECT_SECONDS, "read": READ_SECONDS, "write": READ_SECONDS, "pool": CONNECT_SECONDS}
    with pool.stream("GET", where(target), headers=headers, extensions={"timeout": timeouts}) as response:
        given = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)
        reason = bytes(response.extensions.get("reason_phrase", b"")).decode("latin-1")
        body, cut = b"", ""
        if response.status == 200:
            size = next((value for key, value in given if key.lower() == "content-length"), "")
            if size.isdecimal() and int(size) > limit:
                raise FetchError(f"{target.url}: {int(size):,} bytes, more than the {limit:,} that this case takes")
            too_much = f"{target.url}: more than the {limit:,} bytes that this case takes"
            body, broken = as_far(response.iter_stream(), limit, too_much)
            if broken is not None and not (keep_cut and body):
                raise broken
            if broken is not None:
                of = f" of {int(size):,}" if size.isdecimal() else ""
                cut = f"the answer broke off after {len(body):,}{of} bytes ({broken or type(broken).__name__})"
        return _Answer(response.status, reason, given, body, cut)


def _next(target: Target, location: str, permit: Collection[str]) -> Target:
    try:
        # Servers send raw UTF-8 here, which arrived as latin-1.
        where = str(target.url.join(location.encode("latin-1").decode("utf-8", "replace").strip()))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{target.url} redirects to {location!r}, which is not a web address") from error
    return check_url(where, permit)


def _decoded(answer: _Answer, target: Target, limit: int) -> tuple[bytes, bool]:
    """Undo a content encoding that the server used although none was asked for, without being bombed."""
    encoding = (answer.header("content-encoding") or "identity").strip().lower()
    if encoding in PLAIN:
        return answer.body, False
    try:
        return unpack(answer.body, encoding, limit), True
    except FetchError as error:
        raise FetchError(f"{target.url}: {error}") from error
