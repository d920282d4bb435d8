"""The child process that reads: `python -m overt.read.child MEMORY` takes jobs from standard input until it ends.

It limits its own memory and processor time where the system can, ignores Ctrl-C (its parent decides), and ends at once
when its standard input does, even in the middle of a reading.
"""

import contextlib
import functools
import gc
import os
import queue
import signal
import sys
import threading
import warnings
from typing import BinaryIO

import msgspec

from overt.model import ReadError
from overt.read import pulse
from overt.read.frames import HUNGRY, Answer, Job, get_frame, put_frame
from overt.read.read import NotInstalledError, read_with

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_GRACE = 10  # seconds of processor time beyond the parent's limit: its clock is the first to ring


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    _limit_memory(int(sys.argv[1]))
    jobs: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_take_in, args=(sys.stdin.buffer, jobs), daemon=True).start()
    while True:
        job = msgspec.msgpack.decode(jobs.get(), type=Job)
        pulse.listen(functools.partial(_go_on, answers, job.seconds))
        answer = _answer(job)
        try:
            frame = msgspec.msgpack.encode(answer)
        except MemoryError:
            frame = msgspec.msgpack.encode(Answer(hungry=True, spent=True))
        put_frame(answers, frame)
        del job, answer, frame


def _go_on(answers: BinaryIO, seconds: float) -> None:
    put_frame(answers, b"")
    _limit_time(seconds)


def _take_in(stream: BinaryIO, jobs: "queue.Queue[bytes]") -> None:
    try:
        while True:
            jobs.put(get_frame(stream))
    except MemoryError:
        os._exit(HUNGRY)
    except (EOFError, OSError):
        os._exit(0)


def _answer(job: Job) -> Answer:
    _limit_time(job.seconds)
    try:
        return Answer(document=read_with(job.module, job.data, job.charset, job.url))
    except NotInstalledError as error:
        return Answer(missing=str(error))
    except ReadError as error:
        return Answer(refused=str(error))
    except MemoryError:
        gc.collect()
        return Answer(hungry=True, spent=True)
    except Exception as error:  # whatever a library raises over hostile bytes costs this document alone
        return Answer(fault=f"{type(error).__name__}: {' '.join(str(error).split())[:200]}", spent=True)


def _limit_memory(size: int) -> None:
    if resource is not None:
        with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and does not keep it
            resource.setrlimit(resource.RLIMIT_AS, (size, size))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Limit processor time: what holds on if the parent is gone and a library hangs."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime + seconds + _GRACE) + 1
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main()
