"""The child process that helps to publish: `python -m overt.publish.child` does jobs from standard input until it ends.

It ignores Ctrl-C: its parent decides, and ends it.
"""

import os
import signal
import sys
import traceback
import warnings

import msgspec

from overt.publish.jobs import DONE, FAULT, Entries, Texts, pages_of, spans_of
from overt.publish.pipe import get, put


def main() -> None:
    """Answer jobs: with what was made, or in one line with why nothing could be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    while True:
        try:
            data = get(sys.stdin.buffer)
        except EOFError:
            return
        put(answers, _answer(data))


def _answer(data: bytes) -> bytes:
    try:
        job = msgspec.msgpack.decode(data, type=Texts | Entries)
        made = spans_of(job) if isinstance(job, Texts) else pages_of(job)
        return DONE + msgspec.msgpack.encode(made)
    except Exception as error:  # whatever it is, the parent tells it
        at = traceback.extract_tb(error.__traceback__)[-1]
        words = f"{type(error).__name__}: {' '.join(str(error).split())[:200]} ({at.filename}:{at.lineno})"
        return FAULT + words.encode("utf-8", "replace")


if __name__ == "__main__":
    main()
