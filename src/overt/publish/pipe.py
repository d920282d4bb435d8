"""What goes over the pipes to a child that helps to publish: a length, then so many bytes."""

from typing import IO

_LENGTH = 8


def put(stream: IO[bytes], data: bytes) -> None:
    """Write one message."""
    stream.write(len(data).to_bytes(_LENGTH, "big"))
    stream.write(data)
    stream.flush()


def get(stream: IO[bytes]) -> bytes:
    """Return the next message. Raises EOFError where the stream ends."""
    return _exactly(stream, int.from_bytes(_exactly(stream, _LENGTH), "big"))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
