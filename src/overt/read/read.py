"""Reading: bytes become a document, by the reader of their media type.

The table below is the only place where readers are listed: a new format is a new file and one line here. A reader is
imported when it is first used, so that a build with nothing to read loads none of their libraries.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from overt.model import Document, Reader, ReadError

PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff", "image/bmp")


class NotInstalledError(ReadError):
    """The reader needs an extra that is not installed here. It says nothing of the capture."""


class Read(Protocol):
    """What the function `read` of a reader does: bytes, charset, url -> document, or ReadError with the reason."""

    def __call__(self, data: bytes, charset: str | None = None, url: str | None = None) -> Document: ...


@dataclass(frozen=True, slots=True)
class Shipped:
    """A reader that ships with Overt: the module that holds its `READER` and `read`, with their name and version.

    `is_plain` is true for readers of plain text, which need no child process: they use no parser in C, and time and
    memory grow with the size of the input alone.
    """

    name: str
    version: str
    module: str
    is_plain: bool = False


_HTML = Shipped("html", "6", "overt.read.html")
# What reads a page inside a file reads it as the reader of HTML does, and so changes with it.
_WITH_HTML = f"1+html{_HTML.version}"
FAST = ";fast"  # what is added to a media type that a case reads in the fast way
_HTML_FAST = Shipped("html-fast", _HTML.version, "overt.read.html_fast")
_PICTURE = Shipped("picture", "2", "overt.read.picture")

READERS: dict[str, Shipped] = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    f"text/html{FAST}": _HTML_FAST,
    f"application/xhtml+xml{FAST}": _HTML_FAST,
    "text/plain": Shipped("text", "3", "overt.read.text", is_plain=True),
    "text/markdown": Shipped("markdown", "2", "overt.read.markdown"),
    "text/csv": Shipped("csv", "1", "overt.read.sheet"),
    "application/pdf": Shipped("pdf", "3", "overt.read.pdf"),
    **dict.fromkeys(PICTURES, _PICTURE),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Shipped("docx", "3", "overt.read.docx"),
    "message/rfc822": Shipped("mail", _WITH_HTML, "overt.read.mail"),
    "multipart/related": Shipped("mhtml", _WITH_HTML, "overt.read.mhtml"),
    "application/x-webarchive": Shipped("webarchive", _WITH_HTML, "overt.read.webarchive"),
}


def reader_of(media_type: str) -> Reader | None:
    """Return name and version of the reader of a media type, or None where there is none yet."""
    found = READERS.get(media_type)
    return Reader(name=found.name, version=found.version) if found else None


def shipped() -> dict[str, str]:
    """Return name -> version of all readers that are on by default: what `overt init` writes into `overt.toml`."""
    return {reader.name: reader.version for kind, reader in READERS.items() if not kind.endswith(FAST)}


def read_here(data: bytes, media_type: str, charset: str | None = None, url: str | None = None) -> Document:
    """Read bytes in this very process; `overt.read.isolated.read` is what the rest of Overt calls.

    Args and result as there.

    Raises:
        ReadError: where there is no reader or the bytes cannot be read, with the reason.
    """
    found = READERS.get(media_type)
    if found is None:
        raise ReadError(f"there is no reader for {media_type} yet")
    return read_with(found.module, data, charset, url)


def read_with(module: str, data: bytes, charset: str | None, url: str | None) -> Document:
    """Read bytes by the reader in a module, in this very process. Raises what it raises."""
    return cast(Read, import_module(module).read)(data, charset, url)


def full_reader(media_type: str) -> Reader:
    """Return the reader of a known media type with the versions of its libraries; its module is imported for that."""
    return cast(Reader, import_module(READERS[media_type].module).READER)
