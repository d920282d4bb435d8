"""The answers that came while a page was drawn: kept with their bodies, to be sealed behind the page.

In: what a browser tells of its requests. Out: records for a sealed file. Only what a server sent is kept: what a
browser holds of its own (viewers, extensions) is no part of a page, and cookies are left out.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from overt.capture.seal import HTTP, Further
from overt.capture.signs import PDF
from overt.capture.way import holds_a_password
from overt.model import sha256
from overt.net import GuardedProxy
from overt.net.proxy import OURS

MAX_ANSWERS = 2000
_PDF_START = 1024  # bytes within which a PDF says that it is one
_NOT_KEPT = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization"})
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(slots=True)
class Heard:
    """The answers that came. `lost` counts those that could not be kept, `viewed` are PDFs that a viewer stood for."""

    limit: int
    answers: list[tuple[Any, bytes]] = field(default_factory=list)
    size: int = 0
    lost: int = 0
    viewed: list[str] = field(default_factory=list)

    def hear(self, request: Any) -> None:
        """Keep an answer with its body at once: browsers forget bodies."""
        if not request.url.startswith(("http://", "https://")) or holds_a_password(request.url):
            return
        try:
            answer = request.response()
            if answer is None or OURS.decode().lower() in answer.headers:
                return  # what our own proxy says is no server's answer
            is_redirect = 300 <= answer.status < 400
            body = b"" if is_redirect else answer.body()
        except Exception:  # the page went on, or the body was not kept by the browser
            self.lost += 1
            return
        if answer.headers.get("content-type", "").lower().startswith(PDF) and b"%PDF-" not in body[:_PDF_START]:
            self.viewed.append(answer.url)  # what the browser gives for the body is the page of its viewer
            return
        if len(self.answers) >= MAX_ANSWERS or self.size + len(body) > self.limit:
            self.lost += 1
            return
        self.size += len(body)
        self.answers.append((answer, body))

    def body_of(self, request: Any) -> bytes | None:
        """The body that answered a request, or None where it was not kept."""
        return next((body for answer, body in self.answers if answer.request == request), None)

    def records(self, proxy: GuardedProxy) -> list[Further]:
        """The answers, and the requests that they answered, in the order in which they came."""
        out = []
        for answer, body in self.answers:
            with suppress(Exception):
                asked = answer.request
                lines = [f"{asked.method} {asked.url} HTTP/1.1", *_lines(asked.headers_array(), frozenset())]
                head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
                whole = head_of(answer, _OF_THE_WIRE) + body
                kind = f"{HTTP}; msgtype=response"
                out.append(Further("response", answer.url, kind, whole, sha256(body), proxy.ip_of(answer.url)))
                out.append(Further("request", answer.url, f"{HTTP}; msgtype=request", head, sha256(b"")))
        return out


def head_of(answer: Any, renamed: frozenset[str] = frozenset()) -> bytes:
    """The head of an answer as the browser tells it, with the empty line that ends it.

    Args:
        answer: an answer of Playwright.
        renamed: names of headers that no longer fit the body; they begin with `X-Overt-Orig-` then.
    """
    first = f"HTTP/1.1 {answer.status} {answer.status_text}".rstrip()
    array = answer.headers_array
    lines = _lines(array() if callable(array) else array, renamed)
    return ("\r\n".join([first, *lines]) + "\r\n\r\n").encode("utf-8", "replace")


def _lines(headers: list[dict[str, str]], renamed: frozenset[str]) -> list[str]:
    """Headers without cookies and passwords, in one line each; those that no longer fit the body under another name."""
    out = []
    for header in headers:
        name, value = header["name"], " ".join(header["value"].split())
        if name.startswith(":") or name.lower() in _NOT_KEPT:
            continue
        out.append(f"{'X-Overt-Orig-' if name.lower() in renamed else ''}{name}: {value}")
    return out
