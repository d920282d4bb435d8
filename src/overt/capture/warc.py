"""The records of a web archive (WARC 0.18 to 1.1, ISO 28500), one after the other, from hostile hands.

In: unpacked bytes. Out: records, with the blocks of those kinds that can hold a page. Libraries frame records faster,
but one panics where a stream fails and the other takes headers of any length; here each step has a bound, and the place
where a file breaks is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from overt.capture.unpack import BrokenArchiveError, Unpacked

WANTED = frozenset({"response", "resource", "revisit"})
_LINE, _HEAD_LINES, _GAP = 1 << 16, 500, 64
_ROOM = 1 << 18  # bytes that the head of an HTTP message may have beside the body


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `block` is None where it is longer than is read, `head` is the WARC header as it stands."""

    kind: str
    fields: dict[str, str]
    head: bytes
    offset: int
    length: int
    block: bytes | None

    def get(self, name: str) -> str:
        """Return a field by its name in lower case, or nothing."""
        return self.fields.get(name, "")

    @property
    def uri(self) -> str:
        return self.get("warc-target-uri").strip().removeprefix("<").removesuffix(">")


def records(source: Unpacked, limit: int) -> Iterator[Record]:
    """Yield the records of an archive.

    Args:
        source: the archive.
        limit: the most bytes of a body that are read; longer ones are passed over.

    Raises:
        BrokenArchiveError: where the archive is cut or damaged; everything before was yielded.
    """
    while True:
        offset = source.offset()
        first = source.line(_LINE)
        gap = 0
        while first in (b"\r\n", b"\n") and gap < _GAP:
            offset = source.offset()
            first = source.line(_LINE)
            gap += 1
        if not first:
            return
        if not first.startswith(b"WARC/"):
            raise BrokenArchiveError(f"at byte {offset:,} stands no record of a web archive")
        head, fields = _head(source, first, offset)
        length = _length(fields, offset)
        kind = fields.get("warc-type", "").lower()
        block: bytes | None = None
        if kind in WANTED and length <= limit + _ROOM:
            block = source.read(length)
            there = len(block)
        else:
            there = source.skip(length)
        if there < length:
            raise BrokenArchiveError(
                f"the record at byte {offset:,} is cut off: {there:,} of {length:,} bytes are there"
            )
        yield Record(kind, fields, head, offset, length, block)


def _head(source: Unpacked, first: bytes, offset: int) -> tuple[bytes, dict[str, str]]:
    head, fields, name = bytearray(first), dict[str, str](), ""
    for _ in range(_HEAD_LINES):
        line = source.line(_LINE)
        if not line.endswith(b"\n"):
            raise BrokenArchiveError(f"the record at byte {offset:,} is cut off in its header")
        head += line
        text = line.decode("utf-8", "replace").strip("\r\n")
        if not text:
            return bytes(head), fields
        if text[0] in " \t" and name:
            fields[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        fields.setdefault(name, value.strip())
    raise BrokenArchiveError(f"the record at byte {offset:,} has more than {_HEAD_LINES} header lines")


def _length(fields: dict[str, str], offset: int) -> int:
    given = fields.get("content-length", "")
    if not (given.isascii() and given.isdecimal() and len(given) <= 15):
        raise BrokenArchiveError(f"the record at byte {offset:,} does not say how long it is ({given[:20]!r})")
    return int(given)
