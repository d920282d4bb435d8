"""Work for all processors of a machine: long texts to protect, and entries to draw.

In: jobs that depend on nothing but themselves. Out: their results in the order of the jobs, the same wherever they were
done. Where there is little to do, or one processor, it is done here, when it is asked for. Children are processes of
their own (`python -m overt.publish.child`), fed over pipes: they are started when they are needed, share nothing with
this process, and end as soon as their standard input does.
"""

import os
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

import msgspec

from overt.model import CaseError
from overt.protect.names import Read, Stretch
from overt.protect.redact import Span
from overt.publish.entry import Entry
from overt.publish.jobs import DONE, Documents, Entries, Job, Texts, pages_of, spans_of, spoken_in
from overt.publish.pipe import get, put

_MOST = 8  # children; each holds tables of places and names
# A child takes about a second of a processor to start: as long as so many texts or entries take.
_TEXTS, _ENTRIES = 500, 300
_LOT = 20
_Item = TypeVar("_Item")
_Asked = TypeVar("_Asked", bound=Job)
_Made = TypeVar("_Made")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Hands:
    """Children that work, for as long as a `with` block runs. At its end, whatever ends it, none is left."""

    def __init__(self, many: int | None = None) -> None:
        self._many = min(processors() if many is None else many, _MOST)
        self._children: list[subprocess.Popen[bytes]] = []
        self._free: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(max_workers=max(1, self._many))

    def __enter__(self) -> "Hands":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.kill()  # first, so that no thread waits for an answer that nobody wants
        self._threads.shutdown(wait=True)
        for child in self._children:
            child.communicate()

    def listen(self, names: bytes, documents: Sequence[Read]) -> Iterator[list[Stretch]]:
        """Begin to look for persons; the results are where each document names one.

        Raises:
            CaseError: where a child fails, as soon as its results are asked for.
        """
        jobs = [Documents(names, lot) for lot in _lots(documents)]
        return self._each(jobs, spoken_in, list[list[Stretch]], len(documents) >= _TEXTS)

    def cut(self, names: bytes, texts: Sequence[str]) -> Iterator[list[Span]]:
        """Begin to find what must be cut out of texts; the results are that of each. Raises as `listen` does."""
        jobs = [Texts(names, lot) for lot in _lots(texts)]
        return self._each(jobs, spans_of, list[list[Span]], len(texts) >= _TEXTS)

    def draw(self, frame: bytes, entries: Sequence[Entry]) -> Iterator[dict[str, bytes]]:
        """Begin to draw entries; the results are the pages of each. Raises as `listen` does."""
        jobs = [Entries(frame, lot) for lot in _lots(entries)]
        return self._each(jobs, pages_of, list[dict[str, bytes]], len(entries) >= _ENTRIES)

    def _each(
        self, jobs: Sequence[_Asked], do: Callable[[_Asked], list[_Made]], made: type[list[_Made]], is_much: bool
    ) -> Iterator[_Made]:
        if not self._start(is_much):
            return (one for job in jobs for one in do(job))
        asked = deque(self._threads.submit(self._ask, job) for job in jobs)
        return _decoded(asked, made)

    def _start(self, is_much: bool) -> bool:
        """Start the children where there is much to do; return whether there are any to do it."""
        if not is_much or self._many < 2 or not sys.executable:
            return False
        while len(self._children) < self._many:
            try:
                child = subprocess.Popen(
                    [sys.executable, "-P", "-m", "overt.publish.child"],  # no module from the folder we stand in
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    start_new_session=True,  # Ctrl-C is for this process alone
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                )
            except OSError:  # no room for another process: fewer do the same
                break
            self._children.append(child)
            self._free.put(child)
        return bool(self._children)

    def _ask(self, job: Job) -> bytes:
        child = self._free.get()
        try:
            answer = _answer(child, msgspec.msgpack.encode(job))
        except (OSError, EOFError, ValueError):
            ended = "a process that helps to publish ended before its time; is there enough memory?"
            raise CaseError(f"{ended} Nothing was published") from None
        finally:
            self._free.put(child)
        if answer[:1] != DONE:
            raise CaseError(f"nothing was published: {answer[1:].decode('utf-8', 'replace')}")
        return answer[1:]


def _decoded(asked: deque[Future[bytes]], made: type[list[_Made]]) -> Iterator[_Made]:
    while asked:  # an answer is let go of as soon as it is taken: all pages together are large
        yield from msgspec.msgpack.decode(asked.popleft().result(), type=made)


def _lots(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    return [items[at : at + _LOT] for at in range(0, len(items), _LOT)]


def _answer(child: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    put(child.stdin, data)
    return get(child.stdout)
