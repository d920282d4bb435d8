"""A page as a headless Chromium draws it: the DOM as it stood, a picture of the whole page, every answer behind it.

In: an address. Out: material whose bytes are the DOM (that is what is read), with the answers and the picture as
further records. Where the address brings a file (a PDF, a picture, a text), its own bytes are taken: what a browser
shows of it is a viewer. Needs the extra `overt[browser]` and a Chromium. Bodies are those that the browser unpacked;
what it sent and was sent as cookies is not kept; web sockets are closed. All that the browser asks for goes through
the guarded proxy; a file is asked for by the guarded client.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from overt.capture.chromium import OWN_HOSTS, chromium, first_line, started
from overt.capture.drawing import AT_MOST, HEIGHT, WIDTH, Drawing
from overt.capture.heard import Heard
from overt.capture.inputs import Input
from overt.capture.kinds import HTML, Kind, look
from overt.capture.material import Material, content_type
from overt.capture.seal import Further
from overt.capture.way import Step, Way
from overt.case import Case
from overt.model import FetchError, How
from overt.net import GuardedProxy, check_url, fetch

_TIMES = 4  # the answers of one page may take so many times what one input may
_PAGES = frozenset({"", HTML, "application/xhtml+xml"})
_DOWNLOAD = "Download is starting"


@dataclass(slots=True)
class _Window:
    """A browser's window with all that listens to it."""

    browser: Any
    context: Any
    drawing: Drawing
    way: Way
    heard: Heard

    @property
    def page(self) -> Any:
        return self.drawing.page


def drawn(case: Case, item: Input, now: Callable[[], datetime]) -> Material:
    """Draw a page and return it as material.

    Raises:
        InputError: where the extra or a Chromium is missing.
        FetchError: where the guard refuses, no page comes, or a server answers an error, be it only after the page led
            on by itself.
    """
    url = item.url or ""
    net, limits = case.settings.net, case.settings.limits
    target = check_url(url, net.permit)
    most = limits.max_bytes * _TIMES
    seconds = limits.seconds + AT_MOST
    end = time.monotonic() + seconds
    with (
        GuardedProxy(net.permit, most, seconds, unwanted=OWN_HOSTS - {target.host}) as proxy,
        started(proxy, seconds) as browser,
    ):
        from playwright.sync_api import Error  # it is there: the browser has started

        at = now()
        window = _opened(browser, most)
        try:
            if not _go(window, url, limits.seconds, proxy):
                return _file(case, item, window, window.way.documents[-1], at)
            if _is_page(window, window.way.now()):
                # An answer of an error may be a check of the browser, which leads on to the page.
                window.drawing.load(limits.seconds, window.way.check_length)
                window.drawing.settle()
            step = window.way.last(url, proxy)
            if not _is_page(window, step):
                return _file(case, item, window, step, at)
            return _page(case, item, window, step, at, proxy)
        except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
            # A page can put its own things in the place of everything that a browser asks of it.
            raise FetchError(
                f"{url}: the page answered the browser with what it cannot be ({first_line(error)})"
            ) from error
        except Error as error:
            words = f"it held the browser for {seconds:g} seconds" if time.monotonic() > end else first_line(error)
            raise window.way.problem(url, proxy, words=words) from error


def _opened(browser: Any, limit: int) -> _Window:
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
    heard, way = Heard(limit), Way(page)
    page.on("requestfinished", lambda request: heard.hear(request))
    way.listen()
    session = context.new_cdp_session(page)
    session.send("Runtime.enable")
    return _Window(browser, context, Drawing(page, session), way, heard)


def _go(window: _Window, url: str, seconds: float, proxy: GuardedProxy) -> bool:
    """Go to an address until its answer has begun; false where it is a file that no window shows."""
    from playwright.sync_api import Error

    try:
        window.page.goto(url, wait_until="commit", timeout=seconds * 1000)
    except Error as error:
        if _DOWNLOAD in str(error) and window.way.documents:
            return False
        raise window.way.problem(url, proxy, words=first_line(error)) from error
    return True


def _is_page(window: _Window, step: Step | None) -> bool:
    """True where a document is a page by what the server calls it and, as far as they have come, by its bytes."""
    if step is None:
        return True
    declared, charset = content_type(step.answer.headers.get("content-type", ""))
    body = window.heard.body_of(step.request)
    return declared in _PAGES and (not body or look(body, "", HTML, charset).media_type.startswith("text/"))


def _page(case: Case, item: Input, window: _Window, step: Step, at: datetime, proxy: GuardedProxy) -> Material:
    drawing, heard, most = window.drawing, window.heard, case.settings.limits.max_bytes
    dom = drawing.dom().encode("utf-8", "replace")
    final = str(window.page.url)
    if len(dom) > most:
        raise FetchError(f"{item.url}: drawn, it is larger than the {most:,} bytes that this case takes")
    if step.failed:
        drawing.concerns.append(f"its own text broke off ({step.failed})")
    if (next_one := window.way.unfinished()) is not None:
        drawing.notes.append(f"it was about to lead on to {next_one}, which never came")
    picture = drawing.picture()
    further = heard.records(proxy)
    if picture:
        further.append(Further("resource", f"urn:view:{final}", "image/png", picture))
    notes = [*drawing.notes, *(f"a request was refused: {why}" for why in proxy.refused)]
    if heard.lost:
        notes.append(f"{heard.lost} answers are not in the sealed file: too large, too many, or without a body")
    notes += [f"a PDF in the page is not in the sealed file: add it by its address, {one}" for one in heard.viewed]
    return Material(
        item,
        dom,
        "page.html",
        at,
        How.BROWSER,
        kind=Kind(HTML, "utf-8"),
        final_url=final,
        redirects=window.way.redirects(step),
        server_ip=proxy.ip_of(final),
        server_date=step.answer.headers.get("date"),
        further=tuple(further),
        browser=f"Chromium {window.browser.version}",
        concerns=tuple(drawing.concerns),
        warnings=tuple(notes),
    )


def _file(case: Case, item: Input, window: _Window, step: Step, at: datetime) -> Material:
    """The very bytes of a file, asked for once more, without the browser: it holds but the page of its viewer.

    Redirects are checked one by one, and what is packed is bounded, as for every other request.
    """
    from overt.capture.gather import of_answer

    limits, url = case.settings.limits, str(step.request.url)
    answer = fetch(url, case.settings.net.permit, limits.max_bytes, seconds=limits.seconds, keep_cut=True)
    made = of_answer(item, answer, at)
    return replace(
        made,
        redirects=(*window.way.redirects(step), *made.redirects),
        warnings=("it is a file and no page: its own bytes were asked for",),
    )


__all__ = ["chromium", "drawn"]
