"""The reader of MHTML, as browsers save a page with all its parts: its page, read as HTML.

In: bytes. Out: the document of the page, with the address that the file gives it.
"""

import msgspec

from overt.model import Document, Reader, ReadError, sha256
from overt.read import html
from overt.read.parts import charset as charset_of
from overt.read.parts import header, parse, payload, walk

READER = Reader(name="mhtml", version=f"1+html{html.READER.version}", libraries=html.READER.libraries)


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read the page of an MHTML file.

    Raises:
        ReadError: where it holds no page, or the page cannot be read.
    """
    del charset
    message = parse(data)
    pages = [p for p in walk(message) if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError("the saved page holds no HTML")
    # RFC 2387: the parameter `start` names the root by its Content-ID; else it is the first part.
    start = message.get_param("start")
    page = next((p for p in pages if start and header(p, "Content-ID") == start), pages[0])
    location = header(page, "Content-Location") or header(message, "Snapshot-Content-Location")
    if location is not None and not location.startswith(("http://", "https://")):
        location = None
    found = html.read(payload(page), charset_of(page), location or url)
    return msgspec.structs.replace(found, capture=sha256(data), reader=READER, url=location or found.url)
