"""What kind of thing some bytes are: by the bytes first, by name and header only where the bytes leave it open.

In: bytes, a name, what a server declared. Out: the media type and charset under which they are sealed, and what a
person should know of it. What came is sealed whatever it is: what no reader reads, or what is cut, is listed as unread
with the reason. Only where nothing came, nothing is sealed. A new input format is a line here and a reader in `read/`.
"""

import re
from dataclasses import dataclass

from overt.capture.signs import DOCX, MAIL, MHTML, NAMED, PDF, WEBARCHIVE, Other, media_type_of, other_of
from overt.model import InputError
from overt.words.encoding import decode

HTML, TEXT, MARKDOWN, CSV = "text/html", "text/plain", "text/markdown", "text/csv"

_JSON = Other("application/json", "JSON data")
_STYLE = Other("text/css", "a style sheet")
_SCRIPT = Other("text/javascript", "a script")
_XML = Other("application/xml", "XML", "a feed or a map of a site is a list of sources: `overt add --feed` takes it")
_NOTHING = Other(TEXT, "nothing but white space")
_BYTES = Other("application/octet-stream", "no text in an encoding known here, and of no kind known here")
_OTHER_TEXT = {
    ".json": _JSON,
    ".jsonl": _JSON,
    ".geojson": _JSON,
    ".css": _STYLE,
    ".js": _SCRIPT,
    ".py": Other("text/x-python", "a script"),
    ".svg": Other("image/svg+xml", "a picture made of lines (SVG)"),
}
_DECLARED = {
    "application/json": _JSON,
    "text/css": _STYLE,
    "text/javascript": _SCRIPT,
    "application/javascript": _SCRIPT,
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
_PAGES = (".html", ".htm", ".xhtml")
_NAMES_TEXT = frozenset({*_PAGES, ".txt", ".text", ".md", ".csv", ".tsv"})
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
_BY_TYPE = {media_type: media_type for media_type in _BY_ENDING.values()}


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type, and the encoding of the text; None for what is no text.

    `other` says what it is where no reader reads it, in words that can be counted; `note` is a line for people.
    """

    media_type: str
    charset: str | None
    other: str = ""
    note: str = ""


def look(data: bytes, name: str, declared: str | None = None, charset: str | None = None) -> Kind:
    """Return what kind of thing the bytes are.

    Args:
        data: the bytes.
        name: a file name or the path of an address; only its ending is looked at.
        declared, charset: what the server said; `declared` is None for a file, and empty where a server said nothing.

    Raises:
        InputError: where there are no bytes.
    """
    if not data:
        raise InputError("the file is empty")
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    found_type = media_type_of(data, ending)
    if found_type is not None:
        wrong = declared is None and ending in _NAMES_TEXT and found_type not in (MAIL, MHTML)
        return Kind(
            found_type, None, note=f"it is {NAMED[found_type]}, although its name ends in {ending}" if wrong else ""
        )
    what = other_of(data)
    if what is not None:
        return _unread(what, ending)
    declared_type = (declared or "").lower()
    meta = _META_CHARSET.search(data[:_PROBE])
    found = decode(data, charset or (meta[1].decode("ascii") if meta else None))
    # Of a server, a page in place of a file is a page: its addresses promise nothing.
    promised = _BY_ENDING.get(ending) if declared is None else None
    if found is None:
        return _undecoded(promised or _BY_TYPE.get(declared_type), ending, declared_type)
    text, encoding = found
    if not text.strip():
        return Kind(TEXT, encoding, _NOTHING.words, f"it holds {_NOTHING.words}")
    kind = _text_kind(text, ending, declared_type, encoding)
    if promised is None:
        return kind
    cut = f"its name says that it is {NAMED[promised]}, but its bytes are none"
    if kind.media_type == HTML and _HTML_AT_START.match(text[:_PROBE]):
        return Kind(HTML, encoding, note=f"{cut}: it is a page")
    return Kind(promised, None, note=f"{cut}: is it cut or damaged?")  # its reader says what it finds


def _unread(what: Other, ending: str = "") -> Kind:
    named = f", although its name ends in {ending}" if ending in _NAMES_TEXT else ""
    advice = f"; {what.advice}" if what.advice else ""
    return Kind(what.media_type, None, what.words, f"it is {what.words}{named}, which Overt does not read{advice}")


def _undecoded(promised: str | None, ending: str, declared: str) -> Kind:
    """Bytes that are no text: under the kind that they are said to be of, whose reader then says what is wrong."""
    if promised is not None:
        return Kind(promised, None, note=f"it is said to be {NAMED[promised]}, but its bytes are none: is it damaged?")
    said = HTML if ending in _PAGES or declared in (HTML, "application/xhtml+xml") else _TEXT_KINDS.get(ending)
    said = said or (TEXT if ending in (".txt", ".text") or declared == TEXT else None)
    if said is not None:
        return Kind(said, None, note="its bytes are no text in an encoding known here: if it is text, save it as UTF-8")
    return _unread(_BYTES)


def _text_kind(text: str, ending: str, declared: str, encoding: str) -> Kind:
    head = text[:_PROBE]
    if _HTML_AT_START.match(head):
        return Kind(HTML, encoding)
    if ending != ".svg" and _XML_AT_START.match(head):
        return _unread(_XML)
    other = _OTHER_TEXT.get(ending) or _DECLARED.get(declared)
    if other is not None:
        return _unread(other)
    named = _TEXT_KINDS.get(ending) or _TEXT_KINDS.get(declared)
    if named is None and (ending in _PAGES or declared in (HTML, "application/xhtml+xml")):
        named = HTML
    if named is None and ending not in (".txt", ".text") and declared != TEXT and len(_HTML_TAG.findall(head)) >= 3:
        named = HTML
    return Kind(named or TEXT, encoding)
