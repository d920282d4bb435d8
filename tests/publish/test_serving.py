"""The guard before served pages: this machine, our names, the token that was printed, and nobody else's page."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from overt.model import InputError
from overt.publish.serve import Guard, application, serve

PORT, TOKEN = 8123, "t" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<h1>start</h1>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def guard(folder: Path) -> Guard:
    return application(folder, PORT, TOKEN)


def get(guard: Guard, path: str = "/", method: str = "GET", cookie: bool = True, **headers: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=guard)
        own = {"host": f"127.0.0.1:{PORT}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if cookie:
            own["cookie"] = f"overt-{PORT}={TOKEN}"
        async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{PORT}") as client:
            return await client.request(method, path, headers=own)

    return asyncio.run(ask())


def test_who_has_the_token_gets_the_page_with_strict_headers(guard: Guard) -> None:
    answer = get(guard)
    assert (answer.status_code, answer.text) == (200, "<h1>start</h1>")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_printed_address_sets_the_cookie_once_and_takes_the_token_out_of_the_address(guard: Guard) -> None:
    answer = get(guard, f"/?token={TOKEN}&a=1", cookie=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?a=1")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"overt-{PORT}={TOKEN}")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert (
        get(guard, f"http://127.0.0.1:{PORT}//evil.example/?token={TOKEN}", cookie=False)
        .headers["location"]
        .startswith("/evil")
    )


def test_without_token_or_with_a_wrong_one_nothing_is_shown(guard: Guard) -> None:
    for path in ("/", "/?token=wrong", "/?token=", "/index.html"):
        answer = get(guard, path, cookie=False)
        assert (answer.status_code, "start" in answer.text) == (403, False)
    assert get(guard, cookie=False, cookie_=f"overt-{PORT}=wrong").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", "", "[::1]:8123"]
)
def test_other_host_names_are_refused(guard: Guard, host: str) -> None:
    assert get(guard, host=host).status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1"])
def test_other_pages_cannot_post(guard: Guard, origin: str) -> None:
    assert get(guard, method="POST", origin=origin).status_code == 403
    assert get(guard, method="DELETE").status_code == 403


def test_a_post_of_our_own_page_passes_the_guard(guard: Guard) -> None:
    assert get(guard, method="POST", origin=f"http://127.0.0.1:{PORT}").status_code == 405


def test_requests_from_other_sites_are_refused_but_for_opening_the_printed_address(guard: Guard) -> None:
    assert get(guard, sec_fetch_site="cross-site").status_code == 403
    assert get(guard, sec_fetch_site="same-site").status_code == 403
    opened = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert get(guard, **opened).status_code == 403
    assert get(guard, f"/?token={TOKEN}", cookie=False, **opened).status_code == 303
    framed = opened | {"sec_fetch_dest": "iframe"}
    assert get(guard, f"/?token={TOKEN}", cookie=False, **framed).status_code == 403
    assert get(guard, sec_fetch_site="same-origin").status_code == 200


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt"])
def test_nothing_outside_the_folder_is_served(guard: Guard, path: str) -> None:
    answer = get(guard, path)
    assert answer.status_code in (400, 404)
    assert "outside" not in answer.text


def test_a_folder_without_a_start_page_and_a_wrong_port_are_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(InputError, match=r"no index\.html"):
        serve(tmp_path / "nothing", 8123)
    with pytest.raises(InputError, match="not a port"):
        serve(folder, 0)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_one_clear_line(folder: Path, taken: int) -> None:
    with pytest.raises(InputError, match="cannot be used"):
        serve(folder, taken)


def test_it_really_serves_on_loopback_alone(folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    said: list[str] = []
    threading.Thread(target=serve, args=(folder, port, said.append), daemon=True).start()
    for _ in range(100):
        try:
            answer = httpx.get(said[0], follow_redirects=True, trust_env=False)
            break
        except (IndexError, httpx.TransportError):
            time.sleep(0.05)
    assert answer.text == "<h1>start</h1>"
    assert said[0].startswith(f"http://127.0.0.1:{port}/?token=")
