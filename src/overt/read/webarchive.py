"""The reader of Apple's .webarchive, as Safari saves a page with all its parts: its page, read as HTML or text.

In: bytes of a property list. Out: the document of the page, with the address that the file gives it.
"""

import plistlib
from xml.parsers.expat import ExpatError

import msgspec

from overt.model import Document, Reader, ReadError, sha256
from overt.read import html, text

READER = Reader(name="webarchive", version=f"1+html{html.READER.version}", libraries=html.READER.libraries)
_TYPES = {"text/html": html.read, "application/xhtml+xml": html.read, "text/plain": text.read}


class _Resource(msgspec.Struct, rename="pascal"):
    """The parts of a resource that are used, under Apple's names."""

    web_resource_data: bytes
    web_resource_m_i_m_e_type: str = msgspec.field(name="WebResourceMIMEType", default="text/html")
    web_resource_text_encoding_name: str | None = None
    web_resource_u_r_l: str | None = msgspec.field(name="WebResourceURL", default=None)


class _Archive(msgspec.Struct, rename="pascal"):
    web_main_resource: _Resource


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read the page of a .webarchive file.

    Raises:
        ReadError: where the file is damaged or holds no page, or the page cannot be read.
    """
    del charset
    try:
        main = msgspec.convert(plistlib.loads(data), _Archive).web_main_resource
    except (
        plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, IndexError, OverflowError,
        AttributeError, RecursionError, msgspec.MsgspecError,
    ) as error:  # fmt: skip
        raise ReadError("the web archive is damaged or holds no page") from error
    reader = _TYPES.get(main.web_resource_m_i_m_e_type.lower())
    if reader is None:
        raise ReadError(f"the web archive is of a {main.web_resource_m_i_m_e_type[:60]}, not of a page")
    location = main.web_resource_u_r_l
    if location is not None and not location.startswith(("http://", "https://")):
        location = None
    found = reader(main.web_resource_data, main.web_resource_text_encoding_name, location or url)
    return msgspec.structs.replace(found, capture=sha256(data), reader=READER, url=location or found.url)
