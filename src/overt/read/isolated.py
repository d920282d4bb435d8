"""Readers in child processes: a crash, a hang or an endless hunger for memory costs one document.

In: bytes and their media type. Out: a document, or ReadError with the reason. Children are started when they are needed
and kept; each is fed one capture at a time over its pipes, and is replaced after it died. A child ends as soon as its
standard input does, so that whatever becomes of this process, none is left behind.
"""

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO, TypeVar

import msgspec

from overt.model import Document, ReadError
from overt.read.frames import HUNGRY, Answer, Job, get_frame, put_frame
from overt.read.read import READERS, NotInstalledError, read_here

# The slowest page of the main-text benchmark takes 0.5 s, a page of OCR 2 s; a reader that says nothing for this long
# has lost its way. One that says after each page that it goes on may go on for TOTAL.
SECONDS, TOTAL = 60.0, 1800.0
# A page of 20 MB, nested as deeply as is read, takes 1.2 GB of address space, OCR of the largest picture 2.1 GB.
MEMORY = 4 << 30
_READS = 500  # of one child, before it is replaced: what libraries leak is bounded
_JOBS_A_CHILD = 8  # a child takes half a second to start, about as long as this many pages take to read
_MOST = 8

In = TypeVar("In")
Out = TypeVar("Out")


class LimitError(ReadError):
    """The reader was stopped by a limit or crashed. On another machine, or another day, it might not."""


class _Child:
    """One child process. Not for two threads at once; `kill` may come from any."""

    def __init__(self, memory: int) -> None:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows: Ctrl-C is for this process alone
        self._process = subprocess.Popen(  # noqa: S603 - our own module, with a number
            [sys.executable, "-m", "overt.read.child", str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self._late = False
        self.memory = memory
        self.reads = 0

    def ask(self, job: Job, seconds: float, total: float) -> Answer:
        """Have a job done. Raises LimitError where the child was stopped, or died."""
        self.reads += 1
        self._late = False
        stops = [self._timer(seconds), self._timer(total)]
        try:
            put_frame(self._in, msgspec.msgpack.encode(job))
            while True:
                frame = get_frame(self._out)
                if frame:
                    return msgspec.msgpack.decode(frame, type=Answer)
                stops[0].cancel()  # an empty frame says that the reader goes on
                stops[0] = self._timer(seconds)
        except (OSError, EOFError, ValueError, msgspec.MsgspecError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)  # where it ended by itself, how it did is to be told
            self.kill()
            if self._late:
                raise LimitError(f"the reader took more than {seconds:g} s") from None
            raise LimitError(self._how_it_ended()) from None
        finally:
            for stop in stops:
                stop.cancel()

    def kill(self) -> None:
        """End the child now. What waits for its answer hears of it."""
        self._process.kill()
        with contextlib.suppress(OSError):
            self._in.close()
        self._process.wait()

    def close(self) -> None:
        """Let go of a child that has ended."""
        self.kill()
        with contextlib.suppress(OSError):
            self._out.close()

    @property
    def is_alive(self) -> bool:
        return not self._late and self._process.poll() is None

    @property
    def _in(self) -> BinaryIO:
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]

    @property
    def _out(self) -> BinaryIO:
        assert self._process.stdout is not None
        return self._process.stdout  # type: ignore[return-value]

    def _timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        return timer

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code == HUNGRY:
            return f"the reader needed more memory than {gib(self.memory)}"
        if code is None or code >= 0:
            return f"the reader crashed (exit code {code})"
        # Libraries in C end themselves by a signal where they get no more memory.
        return f"the reader crashed (signal {-code}), or it needed more memory than {gib(self.memory)}"


def gib(size: int) -> str:
    """Bytes in words."""
    return f"{size / (1 << 30):.3g} GiB"


_lock = threading.Lock()
_idle: list[_Child] = []
_busy: set[_Child] = set()


def read(
    data: bytes,
    media_type: str,
    charset: str | None = None,
    url: str | None = None,
    *,
    seconds: float = SECONDS,
    total: float = TOTAL,
    memory: int = MEMORY,
) -> Document:
    """Read bytes. The result depends on nothing but the arguments; a child process does the work unless it is plain.

    Args:
        data: the bytes of a capture.
        media_type: such as `text/html`.
        charset: the encoding that a header named, if there was one.
        url: the page's address; only its date is looked at, and only where the page names none.
        seconds, total: how long a reader may be silent, and how long it may take.
        memory: bytes of address space that a child may have, where the system can limit it.

    Raises:
        NotInstalledError: where the reader needs an extra that is not installed.
        LimitError: where a limit ended the reader, or it crashed.
        ReadError: where there is no reader or the bytes cannot be read, with the reason.
    """
    found = READERS.get(media_type)
    if found is None or found.is_plain:
        return read_here(data, media_type, charset, url)
    job = Job(module=found.module, data=data, charset=charset, url=url, seconds=seconds)
    child = _take(memory)
    alive = False
    try:
        answer = child.ask(job, seconds, total)
        alive = not answer.spent and child.is_alive
    finally:
        _give_back(child, alive)
    if answer.document is not None:
        return answer.document
    if answer.missing is not None:
        raise NotInstalledError(answer.missing)
    if answer.hungry:
        raise LimitError(f"the reader needed more memory than {gib(memory)}")
    if answer.fault is not None:
        raise LimitError(f"the reader crashed ({answer.fault})")
    raise ReadError(answer.refused or "the reader gave no reason")


def in_parallel(work: Callable[[In], Out], jobs: Iterable[In], number: int) -> Iterator[Out]:
    """Yield what `work` makes of each job, in the order of the jobs; `number` is how many wait for a child."""
    at_once = max(1, min(os.cpu_count() or 1, _MOST, -(-number // _JOBS_A_CHILD)))
    if at_once == 1:
        yield from map(work, jobs)
        return
    pool = ThreadPoolExecutor(at_once)
    waiting: deque[Future[Out]] = deque()
    try:
        for job in jobs:
            waiting.append(pool.submit(work, job))
            if len(waiting) >= 2 * at_once:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException:
        for one in waiting:
            one.cancel()
        end()  # threads that wait for a child go on only when it is gone
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def end() -> None:
    """End all children. The next read starts a new one."""
    with _lock:
        idle, busy = list(_idle), list(_busy)
        _idle.clear()
    for child in idle:
        child.close()
    for child in busy:  # who waits for it lets go of it
        child.kill()


def _take(memory: int) -> _Child:
    with _lock:
        child = next((c for c in _idle if c.memory == memory and c.is_alive), None)
        if child is not None:
            _idle.remove(child)
        else:
            child = _Child(memory)
        _busy.add(child)
        return child


def _give_back(child: _Child, alive: bool) -> None:
    with _lock:
        _busy.discard(child)
        if alive and child.reads < _READS and len(_idle) < _MOST:
            _idle.append(child)
            return
    child.close()


atexit.register(end)
