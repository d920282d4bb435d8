"""A page as a headless Chromium draws it: the DOM as it stood, a picture of the whole page, every answer behind it.

In: an address. Out: material whose bytes are the DOM (that is what is read), with the answers and the picture as
further records. Needs the extra `overt[browser]` and a Chromium. Bodies are those that the browser unpacked; what it
sent and was sent as cookies is not kept; web sockets are closed. All goes through the guarded proxy.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from overt.capture.custody import Redirect
from overt.capture.inputs import Input
from overt.capture.kinds import HTML, Kind
from overt.capture.material import Material
from overt.capture.seal import HTTP, Further
from overt.case import Case
from overt.model import FetchError, How, InputError, sha256
from overt.net import AnswerError, GuardedProxy, check_url

WIDTH, HEIGHT, TALLEST = 1280, 1024, 20_000  # pixels; a page without end is drawn to the last
QUIET = 10_000  # milliseconds that are waited for the network to fall silent
_STEPS, _STEP_WAIT = 25, 120  # scrolling, which makes pages load what they hold back; milliseconds between
MAX_ANSWERS = 2000
_TIMES = 4  # the answers of one page may take so many times what one input may
_NOT_KEPT = frozenset({"cookie", "set-cookie", "authorization", "proxy-authorization"})
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_FLAGS = (
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--dns-prefetch-disable",
)
# What Chromium asks for by itself, seen or named in its sources: no page needs it, and nobody gave a command for it.
OWN_HOSTS = frozenset(
    {
        "accounts.google.com",
        "clients1.google.com",
        "clients2.google.com",
        "clients4.google.com",
        "connectivitycheck.gstatic.com",
        "content-autofill.googleapis.com",
        "edgedl.me.gvt1.com",
        "optimizationguide-pa.googleapis.com",
        "redirector.gvt1.com",
        "safebrowsing.googleapis.com",
        "update.googleapis.com",
    }
)


def chromium(own: str = "") -> str | None:
    """Return the path of a Chromium: the one that came with Playwright, or one of the system."""
    if own and os.path.exists(own):  # noqa: PTH110 - a path as Playwright gives it
        return own
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def drawn(case: Case, item: Input, now: Callable[[], datetime]) -> Material:
    """Draw a page and return it as material.

    Raises:
        InputError: where the extra or a Chromium is missing, or the address brings a file and no page.
        FetchError: where the guard refuses, the page does not come in time, or the server answers an error.
    """
    url = item.url or ""
    net, limits = case.settings.net, case.settings.limits
    target = check_url(url, net.permit)
    most = limits.max_bytes * _TIMES
    with (
        GuardedProxy(net.permit, most, limits.seconds, unwanted=OWN_HOSTS - {target.host}) as proxy,
        _browser(proxy) as browser,
    ):
        at = now()
        page, seen = _opened(browser, limits.max_bytes)
        answer = _go(page, url, limits.seconds, proxy)
        _settle(page)
        dom = page.content().encode("utf-8", "surrogatepass")
        if len(dom) > limits.max_bytes:
            raise FetchError(f"{url}: drawn, it is larger than the {limits.max_bytes:,} bytes that this case takes")
        picture = _picture(page)
        final = str(page.url)
        further = seen.records(proxy)
        if picture:
            further.append(Further("resource", f"urn:view:{final}", "image/png", picture))
        warnings = [f"a request was refused: {why}" for why in proxy.refused]
        if seen.lost:
            warnings.append(f"{seen.lost} answers are not in the sealed file: too large, too many, or without a body")
        if not picture:
            warnings.append("no picture of the page could be made")
        return Material(
            item,
            dom,
            "page.html",
            at,
            How.BROWSER,
            kind=Kind(HTML, "utf-8"),
            final_url=final,
            redirects=seen.way(answer),
            server_ip=proxy.ip_of(final),
            server_date=answer.header_value("date"),
            further=tuple(further),
            browser=f"Chromium {browser.version}",
            warnings=tuple(warnings),
        )


@contextmanager
def _browser(proxy: GuardedProxy) -> Iterator[Any]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise InputError('--browser needs an extra: pip install "overt[browser]"') from error
    with sync_playwright() as running:
        path = chromium(running.chromium.executable_path)
        if path is None:
            raise InputError(f"--browser needs a Chromium ({', '.join(_NAMES[:3])}): install one of the system")
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        flags = [*_FLAGS, *(["--no-sandbox"] if is_root else [])]  # Chromium does not start for root otherwise
        way = {"server": proxy.url, "username": proxy.user, "password": proxy.password, "bypass": "<-loopback>"}
        try:
            browser = running.chromium.launch(executable_path=path, args=flags, proxy=way)  # type: ignore[arg-type]
        except Error as error:
            raise InputError(f"the browser {path} does not start: {_first_line(error)}") from error
        try:
            yield browser
        finally:
            with suppress(Error):
                browser.close()


@dataclass(slots=True)
class _Seen:
    """The answers that came while a page was drawn."""

    limit: int
    answers: list[tuple[Any, bytes]] = field(default_factory=list)
    size: int = 0
    lost: int = 0

    def hear(self, request: Any) -> None:
        """Keep an answer with its body at once: browsers forget bodies."""
        try:
            answer = request.response()
            if answer is None:
                return
            is_redirect = 300 <= answer.status < 400
            body = b"" if is_redirect else answer.body()
        except Exception:  # the page went on, or the body was not kept by the browser
            self.lost += 1
            return
        if len(self.answers) >= MAX_ANSWERS or self.size + len(body) > self.limit:
            self.lost += 1
            return
        self.size += len(body)
        self.answers.append((answer, body))

    def records(self, proxy: GuardedProxy) -> list[Further]:
        out = []
        for answer, body in self.answers:
            with suppress(Exception):
                asked = answer.request
                lines = [f"{asked.method} {asked.url} HTTP/1.1", *_lines(asked.headers_array(), frozenset())]
                head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
                first = f"HTTP/1.1 {answer.status} {answer.status_text}".rstrip()
                block = "\r\n".join([first, *_lines(answer.headers_array(), _OF_THE_WIRE)]) + "\r\n\r\n"
                whole = block.encode("utf-8", "replace") + body
                out.append(
                    Further(
                        "response",
                        answer.url,
                        f"{HTTP}; msgtype=response",
                        whole,
                        sha256(body),
                        proxy.ip_of(answer.url),
                    )
                )
                out.append(Further("request", answer.url, f"{HTTP}; msgtype=request", head, sha256(b"")))
        return out

    def way(self, answer: Any) -> tuple[Redirect, ...]:
        hops: list[Redirect] = []
        request = answer.request.redirected_from
        while request is not None and len(hops) < MAX_ANSWERS:
            status, location = 0, ""
            with suppress(Exception):
                before = request.response()
                status, location = before.status, before.header_value("location") or ""
            hops.insert(0, Redirect(url=request.url, status=status, location=location))
            request = request.redirected_from
        return tuple(hops)


def _lines(headers: list[dict[str, str]], renamed: frozenset[str]) -> list[str]:
    """Headers without cookies and passwords, in one line each; those that no longer fit the body under another name."""
    out = []
    for header in headers:
        name, value = header["name"], " ".join(header["value"].split())
        if name.startswith(":") or name.lower() in _NOT_KEPT:
            continue
        out.append(f"{'X-Overt-Orig-' if name.lower() in renamed else ''}{name}: {value}")
    return out


def _opened(browser: Any, limit: int) -> tuple[Any, _Seen]:
    context = browser.new_context(
        service_workers="block",
        accept_downloads=False,
        viewport={"width": WIDTH, "height": HEIGHT},
        timezone_id="UTC",
        locale="en",
    )
    context.route_web_socket("**/*", lambda socket: socket.close())  # what comes over one is seen by nobody
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    context.on("page", lambda other: other.close() if other != page else None)
    seen = _Seen(limit * _TIMES)
    page.on("requestfinished", lambda request: seen.hear(request))
    return page, seen


def _go(page: Any, url: str, seconds: float, proxy: GuardedProxy) -> Any:
    from playwright.sync_api import Error

    try:
        answer = page.goto(url, wait_until="load", timeout=seconds * 1000)
    except Error as error:
        words = _first_line(error)
        if "Download is starting" in words:
            raise InputError(f"{url}: the address brings a file and no page: add it without --browser") from error
        why = proxy.refused[-1] if proxy.refused and "ERR_TUNNEL" in words else words
        raise FetchError(f"{url}: the browser could not open it: {why}") from error
    if answer is None:
        raise FetchError(f"{url}: no answer")
    if answer.status >= 400:
        if answer.status == 403 and proxy.refused:
            raise FetchError(proxy.refused[-1])
        raise AnswerError(f"{url}: the server answered {answer.status} {answer.status_text}".rstrip(), answer.status)
    return answer


def _settle(page: Any) -> None:
    """Wait until the page is quiet, scroll to its end and back, and wait once more."""
    from playwright.sync_api import Error

    with suppress(Error):
        page.wait_for_load_state("networkidle", timeout=QUIET)
    with suppress(Error):
        for step in range(1, _STEPS + 1):
            tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
            page.evaluate(f"window.scrollTo(0, {step * HEIGHT})")
            page.wait_for_timeout(_STEP_WAIT)
            if step * HEIGHT >= tall:
                break
        page.evaluate("window.scrollTo(0, 0)")
        page.wait_for_load_state("networkidle", timeout=QUIET)


def _picture(page: Any) -> bytes:
    from playwright.sync_api import Error

    with suppress(Error):
        tall = max(HEIGHT, min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST))
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": tall}
        return bytes(page.screenshot(full_page=True, clip=clip, timeout=30_000))
    return b""


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split("\n", 1)[0].split())[:300]
