"""A server on loopback for the time of a test: real requests, no other host."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from socketserver import BaseServer
from typing import Any, TypeVar

S = TypeVar("S", bound=BaseServer)


@contextlib.contextmanager
def serving(server: S) -> Iterator[S]:
    """Run a server that is bound already, and end it with all that it holds."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers requests as a subclass says, and keeps quiet about it."""

    server: "Server"

    def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_without_end(self) -> None:
        """Send until the other side has had enough."""
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x" * 65536)

    def log_message(self, format: str, *args: object) -> None:
        return


class Server(http.server.ThreadingHTTPServer):
    """A server on a port of its own. `asked` is what came, as its handler notes it; `stop` ends what waits."""

    daemon_threads = True

    def __init__(self, handler: type[Answers]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.asked: list[Any] = []
        self.stop = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        return

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"
