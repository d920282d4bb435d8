"""The child process that helps to publish: `python -m overt.publish.child` does jobs until its standard input ends."""

import os
import sys
import traceback
import warnings

import msgspec

from overt.publish.jobs import DONE, FAULT, Job, done
from overt.publish.pipe import get, put


def main() -> None:
    """Answer jobs: with what was made, or in one line with why nothing could be."""
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
        return DONE + msgspec.msgpack.encode(done(msgspec.msgpack.decode(data, type=Job)))
    except Exception as error:  # whatever it is, the parent tells it
        at = traceback.extract_tb(error.__traceback__)[-1]
        words = f"{type(error).__name__}: {' '.join(str(error).split())[:200]} ({at.filename}:{at.lineno})"
        return FAULT + words.encode("utf-8", "replace")


if __name__ == "__main__":
    main()
