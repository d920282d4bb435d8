"""A case, a clock that only goes when it is told to, and a server on loopback."""

import http.server
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loopback import serving
from overt.case import Case, init


@pytest.fixture
def case(tmp_path: Path) -> Case:
    profile = tmp_path / "profiles" / "small"
    profile.mkdir(parents=True)
    (profile / "profile.toml").write_text('name = "small"\nversion = "1"\n', encoding="utf-8")
    return init(tmp_path / "case", profile, permit=("127.0.0.1",))


@pytest.fixture
def clock() -> Callable[[], datetime]:
    ticks = iter(range(100_000))
    start = datetime(2022, 10, 13, 8, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(ticks))


class Site(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str | int, bytes]] = {}  # path -> type (or the status of an error) and body
        site = self

        class Pages(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/moved":
                    self.send_response(301)
                    self.send_header("Location", "/page")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                found = site.pages.get(self.path)
                if found is None or isinstance(found[0], int):
                    self.send_error(404 if found is None else int(found[0]))
                    return
                self.send_response(200)
                self.send_header("Content-Type", found[0])
                self.send_header("Content-Length", str(len(found[1])))
                self.end_headers()
                self.wfile.write(found[1])

            def log_message(self, format: str, *args: object) -> None:
                return

        super().__init__(("127.0.0.1", 0), Pages)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as server:
        yield server
