"""A reader as hostile bytes can make one: each word of the bytes says what goes wrong."""

import os
import signal
import subprocess
import sys
import time

from overt.model import Document, Passage, PassageKind, Reader, ReadError
from overt.read import pulse

READER = Reader(name="wrong", version="1")


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    word, _, rest = data.decode().partition(" ")
    if word == "hang":
        time.sleep(600)
    elif word == "spin":
        while True:
            pass
    elif word == "exit":
        os._exit(7)
    elif word == "signal":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "hungry":
        bytearray(1 << 40)
    elif word == "eats":
        held = []
        while True:
            held.append(bytearray(1 << 24))
    elif word == "raises":
        raise KeyError("a slip of a library")
    elif word == "refuses":
        raise ReadError("it is not for reading")
    elif word == "prints":
        print("a library's chatter")
        subprocess.run([sys.executable, "-c", "print('and its child')"], check=True)
    elif word == "long":
        for _ in range(int(rest)):
            time.sleep(0.4)
            pulse.beat()
    elif word == "slow":
        time.sleep(float(rest))
    return Document(
        capture="0" * 64,
        passages=(Passage(kind=PassageKind.PARAGRAPH, text=f"{word} {rest} {os.getpid()}"),),
        reader=READER,
    )
