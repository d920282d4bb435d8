"""A web archive as one run of bytes: gzip members undone one after the other, within bounds.

In: an open file. Out: its bytes unpacked, the place in the packed file at which each piece began, and, where the file
is cut or damaged, the place where that was seen. A file that unpacks to far more than it is goes no further.
"""

import zlib
from typing import Protocol

from overt.model import InputError

_STEP = 1 << 16
# Text packs to a tenth, the most repetitive logs to a fiftieth; gzip itself can reach a thousandth: that is a bomb.
MOST_TIMES = 200
FREE = 64 << 20  # bytes that any file may unpack to


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = ..., /) -> bytes: ...


class BrokenArchiveError(InputError):
    """An archive is cut or damaged; what came before the place stays."""


class Unpacked:
    """Reads bytes of a file that is gzip (in one or many members) or plain."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self._buffer = b""
        self._at = 0  # in the buffer
        self._packed = b""  # read and not yet undone
        self._taken = 0  # bytes of the file that were read
        self._given = 0  # bytes that were unpacked
        self._before = 0  # bytes handed out in earlier buffers
        self._members: list[tuple[int, int]] = []  # unpacked start -> packed start
        self._worker: zlib._Decompress | None = None
        self._is_packed: bool | None = None

    @property
    def position(self) -> int:
        """How many unpacked bytes were handed out."""
        return self._before + self._at

    def offset(self) -> int:
        """Where in the file the bytes that come next begin: the start of their gzip member, or of themselves."""
        self._fill()
        if not self._is_packed:
            return self.position
        while len(self._members) > 1 and self._members[1][0] <= self.position:
            self._members.pop(0)
        return self._members[0][1] if self._members else self._taken

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes: fewer only at the end."""
        out = bytearray()
        while len(out) < size and self._fill():
            piece = self._buffer[self._at : self._at + size - len(out)]
            self._at += len(piece)
            out += piece
        return bytes(out)

    def skip(self, size: int) -> int:
        """Pass over bytes and return how many there were."""
        passed = 0
        while passed < size and self._fill():
            piece = min(len(self._buffer) - self._at, size - passed)
            self._at += piece
            passed += piece
        return passed

    def line(self, limit: int) -> bytes:
        """Return bytes up to and with the next line feed, at most `limit`."""
        out = bytearray()
        while len(out) < limit and self._fill():
            end = self._buffer.find(b"\n", self._at, self._at + limit - len(out))
            stop = end + 1 if end >= 0 else min(len(self._buffer), self._at + limit - len(out))
            out += self._buffer[self._at : stop]
            self._at = stop
            if end >= 0:
                break
        return bytes(out)

    def _take(self) -> bytes:
        data = self._source.read(_STEP)
        self._taken += len(data)
        return data

    def _fill(self) -> bool:
        while self._at >= len(self._buffer):
            self._before += len(self._buffer)
            self._buffer, self._at = b"", 0
            piece = self._next()
            if piece is None:
                return False
            self._buffer = piece
        return True

    def _next(self) -> bytes | None:
        """The next unpacked bytes (perhaps none yet), or None at the end."""
        if not self._packed:
            self._packed = self._take()
        if self._is_packed is None:
            self._is_packed = self._packed[:2] == b"\x1f\x8b"
        if not self._packed:
            if self._worker is not None and not self._worker.eof:
                raise BrokenArchiveError(f"it is cut off at byte {self._taken:,}")
            return None
        if not self._is_packed:
            data, self._packed = self._packed, b""
            return data
        if self._worker is None:
            self._packed = self._packed.lstrip(b"\0")  # padding of tapes and disks
            if not self._packed:
                return b""
            self._worker = zlib.decompressobj(31)
            self._members.append((self._given, self._taken - len(self._packed)))
        return self._inflate(self._worker)

    def _inflate(self, worker: "zlib._Decompress") -> bytes:
        try:
            data = worker.decompress(self._packed, _STEP)
        except zlib.error as error:
            raise BrokenArchiveError(f"its compression is damaged near byte {self._taken:,}: {error}") from error
        self._packed = worker.unused_data if worker.eof else worker.unconsumed_tail
        if worker.eof:
            self._worker = None
        self._given += len(data)
        if self._given > FREE + MOST_TIMES * self._taken:
            raise BrokenArchiveError(
                f"it unpacks to more than {MOST_TIMES} times its size at byte {self._taken:,}: not unpacked any further"
            )
        return data
