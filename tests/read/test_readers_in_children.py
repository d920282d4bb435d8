"""A reader that crashes, hangs or eats memory costs one document, and nothing is left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from overt.model import ReadError
from overt.read import READERS, LimitError, isolated, read
from overt.read.read import Shipped, full_reader

WRONG = "application/x-wrong"
HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def wrong_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(READERS, WRONG, Shipped("wrong", "1", "reader_gone_wrong"))
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    isolated.end()
    yield
    isolated.end()


def say(words: str, **limits: float) -> str:
    return read(words.encode(), WRONG, **limits).text  # type: ignore[arg-type]


def process(text: str) -> int:
    return int(text.rpartition(" ")[2])


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def is_gone(pid: int, within: float = 8) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_one_child_reads_one_after_the_other_and_is_not_this_process() -> None:
    first = process(say("a"))
    assert first == process(say("b"))
    assert first != os.getpid()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("exit", "the reader crashed (exit code 7)"),
        ("hungry", "the reader needed more memory than 4 GiB"),
        ("raises", "the reader crashed (KeyError: 'a slip of a library')"),
    ],
)
def test_what_goes_wrong_costs_one_document_and_is_said_in_one_line(words: str, reason: str) -> None:
    before = process(say("a"))
    with pytest.raises(LimitError) as told:
        say(words)
    assert str(told.value) == reason
    assert process(say("b")) != before
    assert is_gone(before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals of this kind")
def test_a_crash_in_a_library_is_told_with_its_signal() -> None:
    with pytest.raises(LimitError, match=r"crashed \(signal 11\), or it needed more memory than 4 GiB"):
        say("signal")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the limit of memory")
def test_memory_is_limited() -> None:
    with pytest.raises(LimitError, match=r"needed more memory than 0\.5 GiB"):
        say("eats", memory=1 << 29)
    say("a", memory=1 << 29)


@pytest.mark.parametrize("words", ["hang", "spin"])
def test_a_reader_that_hangs_is_stopped(words: str) -> None:
    say("a")
    start = time.monotonic()
    with pytest.raises(LimitError) as told:
        say(words, seconds=0.5)
    assert str(told.value) == "the reader took more than 0.5 s"
    assert time.monotonic() - start < 5


def test_a_reader_that_says_that_it_goes_on_may_go_on_but_not_for_ever() -> None:
    say("a")
    assert say("long 4", seconds=1.2)
    with pytest.raises(LimitError, match="took more than"):
        say("long 20", seconds=1.2, total=2)


def test_what_a_reader_refuses_costs_no_child() -> None:
    before = process(say("a"))
    with pytest.raises(ReadError, match=r"^it is not for reading$"):
        say("refuses")
    assert process(say("b")) == before


def test_what_a_library_prints_does_not_come_between() -> None:
    assert say("prints").startswith("prints")
    assert say("a").startswith("a")


def test_several_children_read_at_once_and_the_order_is_that_of_the_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    jobs = ["slow 0.3", *(f"a {n}" for n in range(23))]
    texts = list(isolated.in_parallel(say, jobs, len(jobs)))
    assert [text.rpartition(" ")[0] for text in texts] == jobs
    assert 1 < len({process(text) for text in texts}) <= 3


def test_where_one_fails_the_others_end_and_the_error_comes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(LimitError):
        list(isolated.in_parallel(say, ["exit", *["hang"] * 15], 16))
    assert say("a")


def test_few_jobs_start_one_child_and_none_start_none(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    made = isolated._Child

    def counted(memory: int) -> isolated._Child:
        started.append(memory)
        return made(memory)

    monkeypatch.setattr(isolated, "_Child", counted)
    assert list(isolated.in_parallel(say, [], 0)) == []
    read(b"A plain text needs no child.", "text/plain")
    assert started == []
    list(isolated.in_parallel(say, ["a", "b", "c"], 3))
    assert len(started) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_whatever_ends_this_process_leaves_no_child_behind(how: signal.Signals, tmp_path: Path) -> None:
    code = f"""
        import signal
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
        from overt.read import READERS, read
        from overt.read.read import Shipped
        READERS[{WRONG!r}] = Shipped("wrong", "1", "reader_gone_wrong")
        print(read(b"a", {WRONG!r}).text, flush=True)
        read(b"hang", {WRONG!r})
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        start_new_session=True,
    )
    assert parent.stdout is not None
    child = process(parent.stdout.readline())
    time.sleep(0.2)
    assert is_running(child)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if how is signal.SIGINT else os.kill)(parent.pid, how)
    parent.communicate(timeout=20)
    assert is_gone(child)


@pytest.mark.parametrize("media_type", sorted(READERS))
def test_the_table_says_what_the_readers_say_of_themselves(media_type: str) -> None:
    row, own = READERS[media_type], full_reader(media_type)
    assert (own.name, own.version) == (row.name, row.version)
