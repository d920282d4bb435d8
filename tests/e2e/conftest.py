"""A small case with three pages, made once; a server on loopback."""

import http.server
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loopback import serving

sys.path.insert(0, str(Path(__file__).parent))
from running import copy_of, made_once, ok

from pages import FILES


@pytest.fixture(scope="session")
def small() -> Path:
    """A built case nobody judged. Look, do not touch."""
    folder = made_once("small")
    case = folder / "case"
    if not case.exists():
        write(folder / "pages")
        ok("init", case, "--profile", "overseas-stations")
        ok("add", "--case", case, "--manifest", folder / "pages" / "sheet.csv")
        ok("build", "--case", case)
    return case


def write(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """The folder of the three pages with their sheet."""
    return write(tmp_path / "pages")


@pytest.fixture
def case(small: Path, tmp_path: Path) -> Path:
    """A copy of the small case, to be changed."""
    return copy_of(small, tmp_path / "case")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A case that holds nothing."""
    ok("init", tmp_path / "empty", "--profile", "overseas-stations")
    return tmp_path / "empty"


@pytest.fixture
def site() -> Iterator[Callable[[str, bytes, str], str]]:
    """A server on loopback: give it path, bytes and type, get the address."""
    held: dict[str, tuple[bytes, str]] = {}

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, kind = held.get(self.path, (b"", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True

    def put(path: str, body: bytes, kind: str = "text/html; charset=utf-8") -> str:
        held[path] = (body, kind)
        return f"http://127.0.0.1:{server.server_address[1]}{path}"

    with serving(server):
        yield put
