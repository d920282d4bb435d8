"""One Chromium for one page: found on this machine, started behind the guarded proxy, ended whatever the page does.

In: a running proxy. Out: a browser for the time of a `with` block. A page can keep its own process busy for ever, and
then no call to it returns: after the limit the browser is killed, by its process id, and the calls fail.
"""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from overt.model import InputError
from overt.net import GuardedProxy

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


@contextmanager
def started(proxy: GuardedProxy, seconds: float) -> Iterator[Any]:
    """Give a browser whose every connection goes through the proxy; after `seconds` it is killed.

    Raises:
        InputError: where the extra or a Chromium is missing, or it does not start.
    """
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
            watch = _killing(browser, seconds)
        except Error as error:
            raise InputError(f"the browser {path} does not start: {first_line(error)}") from error
        try:
            yield browser
        finally:
            watch.cancel()
            with suppress(Error):
                browser.close()


def first_line(error: Exception) -> str:
    """What an error of the browser says, in one line."""
    return " ".join(str(error).split("\n", 1)[0].split())[:300]


def _killing(browser: Any, seconds: float) -> threading.Timer:
    """A clock that kills the browser when its time is over."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    own = [int(one["id"]) for one in found if one["type"] == "browser"]

    def kill() -> None:
        for one in own:
            with suppress(OSError):
                os.kill(one, getattr(signal, "SIGKILL", signal.SIGTERM))

    watch = threading.Timer(seconds, kill)
    watch.daemon = True
    watch.start()
    return watch
