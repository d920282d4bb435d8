"""What kind of thing some bytes are: by the bytes first, by name and header only where the bytes leave it open.

In: bytes, a name, what a server declared. Out: the media type and charset under which they are sealed, or an InputError
with one clear line. What is known here is sealed although its reader may not be there yet: it is listed as unread then.
A new input format is a line here and a reader in `read/`.
"""

import re
from dataclasses import dataclass

from overt.capture.signs import DOCX, MAIL, MHTML, NAMED, PDF, WEBARCHIVE, media_type_of, refusal_of
from overt.model import InputError
from overt.words.encoding import decode

HTML, TEXT, MARKDOWN, CSV = "text/html", "text/plain", "text/markdown", "text/csv"

_OTHER_TEXT = {
    ".json": "JSON data",
    ".jsonl": "JSON data",
    ".geojson": "JSON data",
    ".css": "a style sheet",
    ".js": "a script",
    ".py": "a script",
    ".svg": "a picture made of lines (SVG)",
}
_DECLARED = {
    "application/json": "JSON data",
    "text/css": "a style sheet",
    "text/javascript": "a script",
    "application/javascript": "a script",
}
# Text whose kind only its name or the server tells.
_TEXT_KINDS = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".csv": CSV,
    ".tsv": CSV,
    MARKDOWN: MARKDOWN,
    CSV: CSV,
    "text/tab-separated-values": CSV,
}
_HTML_AT_START = re.compile(r"(?:<!--(?:(?!-->).)*-->|<\?xml[^>]*\?>|\s)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_HTML_TAG = re.compile(r"<(?:head|body|title|meta|div|p|h1|article|table|br|span|a)(?:\s[^<>]*)?/?>", re.I)
_XML_AT_START = re.compile(r"(?:<!--(?:(?!-->).)*-->|\s)*<(?:\?xml|rss|feed|rdf:RDF|urlset|svg)[\s>]", re.I | re.S)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_PROBE = 4096
_NAMES_TEXT = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".md", ".csv", ".tsv"})
_BY_ENDING = {
    ".pdf": PDF,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".docx": DOCX,
    ".webarchive": WEBARCHIVE,
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and the encoding of the text; None for what is no text."""

    media_type: str
    charset: str | None


def look(data: bytes, name: str, declared: str | None = None, charset: str | None = None) -> Kind:
    """Return what kind of thing the bytes are.

    Args:
        data: the bytes.
        name: a file name or the path of an address; only its ending is looked at.
        declared, charset: what the server said; `declared` is None for a file, and empty where a server said nothing.

    Raises:
        InputError: for what is empty, no text, in an unknown encoding, of a kind that is not read, or a file whose
            name says something else than its bytes (a server's address says nothing about what it answers).
    """
    if not data:
        raise InputError("the file is empty")
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    found_type = media_type_of(data, ending)
    if found_type is not None:
        if declared is None and ending in _NAMES_TEXT and found_type not in (MAIL, MHTML):
            raise InputError(
                f"it is {NAMED[found_type]}, although its name ends in {ending}: rename it and add it again"
            )
        return Kind(found_type, None)
    what = refusal_of(data)
    if what is not None:
        named = f", although its name ends in {ending}" if ending in _NAMES_TEXT else ""
        raise InputError(f"it is {what}{named}" if "`" in what else f"it is {what}{named}, which is not read by Overt")
    _check_name(ending, declared)
    meta = _META_CHARSET.search(data[:_PROBE])
    found = decode(data, charset or (meta[1].decode("ascii") if meta else None))
    if found is None:
        raise InputError(
            "its bytes are no text in an encoding known here"
            + (", although the name says HTML" if ending in (".html", ".htm", ".xhtml") else "")
            + ": if it is text, save it as UTF-8 and add it again"
        )
    text, encoding = found
    if not text.strip():
        raise InputError("the file holds nothing but white space")
    return Kind(_text_kind(text, ending, (declared or "").lower()), encoding)


def _check_name(ending: str, declared: str | None) -> None:
    """Refuse a file whose name promises what its bytes are not; of a server, a page in place of a file is a page."""
    promised = _BY_ENDING.get(ending)
    if promised is not None and declared is None:
        raise InputError(f"its name says that it is {NAMED[promised]}, but its bytes are none: is it cut or damaged?")


def _text_kind(text: str, ending: str, declared: str) -> str:
    head = text[:_PROBE]
    if _HTML_AT_START.match(head):
        return HTML
    if _XML_AT_START.match(head):
        raise InputError(
            "it is XML; a feed or a map of a site is a list of sources: `overt add --feed` takes it; "
            "other XML is not read by Overt"
        )
    other = _OTHER_TEXT.get(ending) or _DECLARED.get(declared)
    if other is not None:
        raise InputError(f"it is {other}, which is not read by Overt")
    named = _TEXT_KINDS.get(ending) or _TEXT_KINDS.get(declared)
    if named is not None:
        return named
    if ending in (".html", ".htm", ".xhtml") or declared in (HTML, "application/xhtml+xml"):
        return HTML
    if ending not in (".txt", ".text") and declared != TEXT and len(_HTML_TAG.findall(head)) >= 3:
        return HTML
    return TEXT
