"""A made-up model on loopback: it speaks the interface of chat completions and answers what a test tells it to."""

import contextlib
import json
from collections.abc import Callable, Iterator

from loopback import Answers, Server, serving

# What a test makes of the text that a model was shown: rows, or the answer as it stands, or status and body.
Answering = Callable[[str], list[dict[str, str]] | str | tuple[int, bytes]]


class Model(Server):
    """`asked` holds the requests that came, `answering` may be changed at any time."""

    def __init__(self, answering: Answering) -> None:
        super().__init__(_Handler)
        self.answering = answering

    @property
    def url(self) -> str:
        return f"{super().url}/v1"

    def texts(self) -> list[str]:
        """What the model was shown, question by question."""
        return [request["messages"][1]["content"] for request in self.asked]


class _Handler(Answers):
    server: Model

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path == "/v1/chat/completions"
        self.server.asked.append(request)
        said = self.server.answering(request["messages"][1]["content"])
        if isinstance(said, list):
            said = json.dumps({"statements": said})
        self.answer(*(said if isinstance(said, tuple) else (200, completion(said))))


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
