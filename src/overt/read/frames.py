"""What goes over the pipes between Overt and the children that read: a length, then so many bytes.

A `Job` goes in, an `Answer` comes out. An empty frame in between says that the reader goes on: `pulse.beat` sends it.
"""

from typing import BinaryIO

import msgspec

from overt.model import Document

_LENGTH = 8
HUNGRY = 77  # how a child ends that finds no room for a job


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One capture to read by the reader in `module`. The child's own limit of processor time follows `seconds`."""

    module: str
    data: bytes
    charset: str | None
    url: str | None
    seconds: float


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a job: a document, or why not. `spent` says that the child should not be used again."""

    document: Document | None = None
    refused: str | None = None
    missing: str | None = None
    fault: str | None = None
    hungry: bool = False
    spent: bool = False


def put_frame(stream: BinaryIO, data: bytes) -> None:
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def get_frame(stream: BinaryIO) -> bytes:
    """Return the next frame. Raises EOFError where the stream ends."""
    return _exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "big"))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if data is None or len(data) < size:
        raise EOFError
    return data
