"""Serving a folder of pages to this machine alone.

In: a folder and a port. A pure ASGI guard stands before the files: only this machine, only our own host names, only
who has the token that was printed. Cookies are shared by all ports of 127.0.0.1, so the port is part of its name.
"""

import hmac
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from overt.model import InputError

HOST = "127.0.0.1"
# The pages bring their own policy; this one holds for whatever else the folder may contain.
HEADERS = (
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """Refuses what does not come from a page or a person on this machine (DNS rebinding, cross-site requests)."""

    def __init__(self, app: App, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.cookie = f"overt-{port}"
        names = (HOST, "localhost")
        self.hosts = frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())
        self.origins = frozenset(f"http://{host}" for host in self.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no websockets here
        response = self._answer(scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in dict(HEADERS)]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        await (response or self.app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> PlainTextResponse | RedirectResponse | None:
        """Return the refusal or the redirect that a request gets, None where it may pass."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        hosts = [value for name, value in scope["headers"] if name.lower() == b"host"]
        if len(hosts) != 1 or headers["host"].lower() not in self.hosts:
            return PlainTextResponse("Refused: unknown host name.", 403)
        method = scope["method"]
        if method not in ("GET", "HEAD") and headers.get("origin") not in self.origins:
            return PlainTextResponse("Refused: this request comes from another page.", 403)
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        given = (query.get("token") or [""])[0]
        has_token = hmac.compare_digest(given.encode(), self.token.encode())
        site = headers.get("sec-fetch-site", "none")
        is_navigation = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if site not in ("same-origin", "none") and not (method == "GET" and is_navigation and has_token):
            return PlainTextResponse("Refused: this request comes from another site.", 403)
        if has_token and method == "GET":
            rest = [(name, value) for name, values in sorted(query.items()) if name != "token" for value in values]
            path = "/" + scope["path"].lstrip("/")
            answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        if not hmac.compare_digest(self._cookie(headers.get("cookie", "")).encode(), self.token.encode()):
            return PlainTextResponse("Open the address that `overt` printed in the terminal: it holds the key.", 403)
        return None

    def _cookie(self, header: str) -> str:
        try:
            morsel = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return ""
        return morsel.value if morsel else ""


def application(folder: Path, port: int, token: str) -> Guard:
    """Return the guarded application that serves a folder."""
    files = StaticFiles(directory=folder, html=True, follow_symlink=False)
    return Guard(Starlette(routes=[Mount("/", files)]), port, token)


def serve(folder: Path, port: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Serve a folder on 127.0.0.1 until it is stopped.

    Args:
        folder: a folder with an index.html.
        port: a port of this machine.
        say: is given the address to open, with its token.

    Raises:
        InputError: where the folder has no index.html or the port is no port or taken.
    """
    if not (folder / "index.html").is_file():
        raise InputError(f"{folder} holds no index.html: give the `public` folder of a release, or a draft")
    if not 0 < port < 65536:
        raise InputError(f"not a port: {port} (1 to 65535)")
    token = secrets.token_urlsafe(24)
    config = uvicorn.Config(
        application(folder, port, token),
        host=HOST,
        port=port,
        log_level="critical",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
    )
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name == "posix":  # elsewhere this option would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            reason = error.strerror or error
            raise InputError(f"port {port} cannot be used ({reason}): give another one with --port") from None
        say(f"http://{HOST}:{port}/?token={token}")
        uvicorn.Server(config).run(sockets=[listening])
