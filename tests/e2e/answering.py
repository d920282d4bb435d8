"""A made-up model on loopback: it speaks the interface of chat completions and answers what a test tells it to."""

import contextlib
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

from loopback import serving

# What a test makes of the text that a model was shown: rows, or the answer as it stands, or status and body.
Answering = Callable[[str], list[dict[str, str]] | str | tuple[int, bytes]]


class Model(http.server.ThreadingHTTPServer):
    """`asked` holds the requests that came, `answering` may be changed at any time."""

    daemon_threads = True

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answering = answering
        self.asked: list[dict[str, Any]] = []
        self.stop = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        return

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def texts(self) -> list[str]:
        """What the model was shown, question by question."""
        return [request["messages"][1]["content"] for request in self.asked]


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions"
        self.server.asked.append(request)
        said = self.server.answering(request["messages"][1]["content"])
        if isinstance(said, list):
            said = json.dumps({"statements": said})
        status, body = said if isinstance(said, tuple) else (200, completion(said))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


def completion(text: str) -> bytes:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps({"model": "made-up-7b", "system_fingerprint": "b42", "choices": [choice]}).encode()


@contextlib.contextmanager
def answering(answering: Answering) -> Iterator[Model]:
    with serving(Model(answering)) as model:
        yield model
        model.stop.set()


def row(quote: str, words: str, what: str, about: str = "", voice: str = "", stance: str = "states") -> dict[str, str]:
    """A statement as a model writes it."""
    return {"quote": quote, "words": words, "what": what, "about": about, "voice": voice, "stance": stance}
