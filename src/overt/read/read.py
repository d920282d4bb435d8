"""Reading: bytes become a document, by the reader of their media type.

The table below is the only place where readers are listed: a new format is a new file and one line here.
"""

from typing import Protocol

from overt.model import Document, Reader, ReadError
from overt.read import html, text


class Read(Protocol):
    """What a reader does: bytes, charset, url -> document, or ReadError with the reason."""

    def __call__(self, data: bytes, charset: str | None = None, url: str | None = None) -> Document: ...


READERS: dict[str, tuple[Reader, Read]] = {
    "text/html": (html.READER, html.read),
    "application/xhtml+xml": (html.READER, html.read),
    "text/plain": (text.READER, text.read),
}


def reader_of(media_type: str) -> Reader | None:
    """Return the reader of a media type, or None where there is none yet."""
    found = READERS.get(media_type)
    return found[0] if found else None


def shipped() -> dict[str, str]:
    """Return name -> version of all readers: what `overt init` writes into `overt.toml`."""
    return {reader.name: reader.version for reader, _ in READERS.values()}


def read(data: bytes, media_type: str, charset: str | None = None, url: str | None = None) -> Document:
    """Read bytes. The result depends on nothing but the arguments.

    Args:
        data: the bytes of a capture.
        media_type: such as `text/html`.
        charset: the encoding that a header named, if there was one.
        url: the page's address; only its date is looked at, and only where the page names none.

    Raises:
        ReadError: where there is no reader or the bytes cannot be read, with the reason.
    """
    found = READERS.get(media_type)
    if found is None:
        raise ReadError(f"there is no reader for {media_type} yet")
    return found[1](data, charset, url)
