"""Work for all processors of a machine: long texts to protect, and entries to draw.

In: jobs that depend on nothing but themselves and one setting that they share. Out: their results in the order of the
jobs, the same wherever they were done. Where there is little to do, or one processor, it is done here. Children are
processes of their own (`python -m overt.publish.child`), fed over pipes: they are started when they are needed, share
nothing with this process, and end as soon as their standard input does.
"""

import os
import queue
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

import msgspec

from overt.model import CaseError
from overt.protect.redact import Span
from overt.publish.entry import Entry
from overt.publish.jobs import DONE, Entries, Texts, pages_of, spans_of
from overt.publish.pipe import get, put

_MOST = 8  # children; each holds tables of places and names
# A child takes about a second of a processor to start: as long as so many texts or entries take.
_TEXTS, _ENTRIES = 500, 300
_LOT = 20
_T = TypeVar("_T")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Hands:
    """Children that work, for as long as a `with` block runs. At its end, whatever ends it, none is left."""

    def __init__(self, many: int | None = None) -> None:
        self._many = min(processors() if many is None else many, _MOST)
        self._children: list[subprocess.Popen[bytes]] = []
        self._free: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()

    def __enter__(self) -> "Hands":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for child in self._children:
            child.kill()
            child.communicate()

    def spans(self, names: bytes, texts: Sequence[str]) -> Iterator[list[Span]]:
        """Yield for each text what must be cut out of it. Raises CaseError where a child ended before its time."""
        lots = [Texts(names, lot) for lot in _lots(texts)]
        if not self._start(len(texts) >= _TEXTS):
            done: Iterable[list[list[Span]]] = map(spans_of, lots)
        else:
            done = self._asked(lots, list[list[Span]])
        for lot in done:
            yield from lot

    def pages(self, frame: bytes, entries: Sequence[Entry]) -> Iterator[dict[str, bytes]]:
        """Yield the pages of each entry. Raises CaseError where a child ended before its time."""
        lots = [Entries(frame, lot) for lot in _lots(entries)]
        if not self._start(len(entries) >= _ENTRIES):
            done: Iterable[list[dict[str, bytes]]] = map(pages_of, lots)
        else:
            done = self._asked(lots, list[dict[str, bytes]])
        for lot in done:
            yield from lot

    def _start(self, is_much: bool) -> bool:
        """Start the children where there is much to do; return whether there are any to do it."""
        if not is_much or self._many < 2:
            return False
        while len(self._children) < self._many:
            try:
                child = subprocess.Popen(
                    [sys.executable, "-P", "-m", "overt.publish.child"],  # no module from the folder we stand in
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                )
            except OSError:  # no room for another process: fewer do the same
                break
            self._children.append(child)
            self._free.put(child)
        return bool(self._children)

    def _asked(self, jobs: Sequence[Texts | Entries], answer: type[_T]) -> Iterator[_T]:
        with ThreadPoolExecutor(max_workers=len(self._children)) as pool:
            try:
                yield from pool.map(lambda job: msgspec.msgpack.decode(self._ask(job), type=answer), jobs)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for child in self._children:
                    child.kill()  # so that no thread waits for an answer that nobody wants
                raise

    def _ask(self, job: Texts | Entries) -> bytes:
        child = self._free.get()
        try:
            answer = _answer(child, msgspec.msgpack.encode(job))
        except (OSError, EOFError):
            ended = "a process that helps to publish ended before its time; is there enough memory?"
            raise CaseError(f"{ended} Nothing was published") from None
        finally:
            self._free.put(child)
        if answer[:1] != DONE:
            raise CaseError(f"nothing was published: {answer[1:].decode('utf-8', 'replace')}")
        return answer[1:]


def _lots(items: Sequence[_T]) -> list[Sequence[_T]]:
    return [items[at : at + _LOT] for at in range(0, len(items), _LOT)]


def _answer(child: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    put(child.stdin, data)
    return get(child.stdout)
