"""A real server on loopback that is asked: what goes out, what comes back, and what ends a question."""

from collections.abc import Iterator

import pytest

from loopback import Answers, Server, serving
from overt.model import FetchError, InputError
from overt.net import AnswerError, Endpoint, post

HERE = ("127.0.0.1",)
ASKED = b'{"messages": []}'


class Told(Answers):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body))
        port = self.server.server_address[1]
        if self.path == "/moved":
            self.answer(307, b"", ("Location", f"http://127.0.0.1:{port}/good"))
        elif self.path == "/refused":
            self.answer(401, b'{"error": {"message": "wrong\nkey"}}')
        elif self.path == "/busy":
            self.answer(503, b"x" * 100_000)
        elif self.path == "/packed":
            self.answer(200, b"??", ("Content-Encoding", "gzip"))
        elif self.path == "/endless":
            self.answer_without_end()
        elif self.path == "/silent":
            self.server.stop.wait(10)
        elif self.path == "/dripping":
            self.send_response(200)
            self.end_headers()
            try:
                while not self.server.stop.wait(0.05):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            except OSError:
                return
        elif self.path == "/breaks-off":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
        else:
            self.answer(200, b'{"choices": []}')


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(Server(Told)) as running:
        yield running
        running.stop.set()


def test_a_question_goes_out_as_it_is_and_says_who_asks(server: Server) -> None:
    assert post(f"{server.url}/good", ASKED, HERE, key="k3y") == b'{"choices": []}'
    path, headers, body = server.asked[0]
    assert (path, body) == ("/good", ASKED)
    assert headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Bearer k3y"
    assert headers["User-Agent"].startswith("overt/")
    assert "Cookie" not in headers
    post(f"{server.url}/good", ASKED, HERE)
    assert "Authorization" not in server.asked[1][1]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/refused", 'the server answered 401: {"error": {"message": "wrong key"}}'),
        ("/busy", "the server answered 503: xxx"),
        ("/moved", "the server answered 307"),
        ("/packed", "packed"),
        ("/endless", "more than the 1,000,000 bytes"),
        ("/silent", "no answer in time"),
        ("/dripping", "no answer in time"),
        ("/breaks-off", "127.0.0.1"),
    ],
)
def test_what_brings_no_answer_is_said_in_one_short_line(server: Server, path: str, why: str) -> None:
    with pytest.raises(FetchError) as caught:
        post(server.url + path, ASKED, HERE, 1_000_000, seconds=0.6)
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert [asked[0] for asked in server.asked] == [path]  # a redirect is not followed: nobody else sees the question


def test_a_refusal_keeps_its_status(server: Server) -> None:
    with pytest.raises(AnswerError) as caught:
        post(f"{server.url}/refused", ASKED, HERE)
    assert caught.value.status == 401


def test_loopback_is_refused_without_a_permit(server: Server) -> None:
    with pytest.raises(FetchError, match="permit"):
        post(f"{server.url}/good", ASKED)
    assert server.asked == []


def test_what_is_to_stay_here_goes_to_no_other_machine_whatever_its_name_says(server: Server) -> None:
    def elsewhere(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "192.0.2.7"]

    url = f"http://localhost:{server.server_address[1]}/good"
    with pytest.raises(FetchError, match=r"192\.0\.2\.7, which is not this machine: nothing was sent"):
        post(url, ASKED, {"localhost"}, stays_here=True, look_up=elsewhere)
    assert server.asked == []


@pytest.mark.parametrize(
    ("at", "here", "host"),
    [
        ("http://127.0.0.1:8080/v1", True, "127.0.0.1:8080"),
        ("http://localhost:11434/v1", True, "localhost:11434"),
        ("http://[::1]:8000/v1", True, "[::1]:8000"),
        ("http://192.168.1.7:8000/v1", False, "192.168.1.7:8000"),
        ("https://models.example/v1", False, "models.example"),
        ("http://localhost.models.example/v1", False, "localhost.models.example"),
        ("http://127.0.0.1.models.example/v1", False, "127.0.0.1.models.example"),
        ("https://127.0.0.1@models.example/v1", False, "models.example"),
    ],
)
def test_who_sees_the_question_is_known_from_its_address(at: str, here: bool, host: str) -> None:
    endpoint = Endpoint(name="m", at=at)
    assert (endpoint.is_this_machine, endpoint.host) == (here, host)


def test_a_key_comes_from_the_environment_and_leaves_only_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Endpoint(name="m").key() is None
    monkeypatch.setenv("A_KEY", "k3y")
    assert Endpoint(name="m", key_from="A_KEY").key() == "k3y"
    assert Endpoint(name="m", key_from="A_KEY", at="https://models.example/v1").key() == "k3y"
    with pytest.raises(InputError, match="https only"):
        Endpoint(name="m", key_from="A_KEY", at="http://models.example/v1").key()
    with pytest.raises(InputError, match="NO_KEY holds no key"):
        Endpoint(name="m", key_from="NO_KEY").key()
    monkeypatch.setenv("A_KEY", "a\nb")
    with pytest.raises(InputError, match="no key"):
        Endpoint(name="m", key_from="A_KEY").key()
