"""What kind of thing some bytes are: by the bytes first, by name and header only where the bytes leave it open.

In: bytes, a name, what a server declared. Out: the media type and charset under which they are sealed, or an InputError
with one clear line. A new input format is a line here and a reader in `read/`.
"""

import re
from dataclasses import dataclass

from overt.model import InputError
from overt.words.encoding import decode

HTML, TEXT = "text/html", "text/plain"

# The first bytes of formats that are refused by name (source: file(1), and the formats' own specifications).
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{\\rtf", "an office file"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"WARC/", "a web archive"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"\x1aE\xdf\xa3", "a recording"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"MIME-Version:", "a saved page of the kind MHTML"),
    (b"From: <Saved by", "a saved page of the kind MHTML"),
)
_OTHER_TEXT = {
    ".csv": "a sheet: `overt add --manifest` takes it",
    ".tsv": "a sheet: `overt add --manifest` takes it",
    ".json": "JSON data",
    ".jsonl": "JSON data",
    ".geojson": "JSON data",
    ".css": "a style sheet",
    ".js": "a script",
    ".py": "a script",
    ".svg": "a picture",
}
_DECLARED = {"application/json": "JSON data", "text/css": "a style sheet", "text/csv": "a sheet"}
_HTML_AT_START = re.compile(r"(?:<!--(?:(?!-->).)*-->|<\?xml[^>]*\?>|\s)*<(?:!doctype\s+html|html[\s>])", re.I | re.S)
_HTML_TAG = re.compile(r"<(?:head|body|title|meta|div|p|h1|article|table|br|span|a)(?:\s[^<>]*)?/?>", re.I)
_XML_AT_START = re.compile(r"(?:<!--(?:(?!-->).)*-->|\s)*<(?:\?xml|rss|feed|rdf:RDF|urlset|svg)[\s>]", re.I | re.S)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_PROBE = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """A media type that a reader exists for, and the encoding of the text."""

    media_type: str
    charset: str


def look(data: bytes, name: str, declared: str | None = None, charset: str | None = None) -> Kind:
    """Return what kind of thing the bytes are.

    Args:
        data: the bytes.
        name: a file name or the path of an address; only its ending is looked at.
        declared, charset: what the server said, if there was one.

    Raises:
        InputError: for what is empty, no text, in an unknown encoding, or of a kind that no reader is there for yet.
    """
    if not data:
        raise InputError("the file is empty")
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    _refuse_binary(data, ending)
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


def _refuse_binary(data: bytes, ending: str) -> None:
    what = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a recording"
    if what is None and data[:4] == b"RIFF":
        what = "a picture" if data[8:12] == b"WEBP" else "a recording"
    if what is not None:
        named = f", although its name ends in {ending}" if ending in (".html", ".htm", ".txt") else ""
        raise InputError(f"it is {what}{named}, which is not read yet by this version")


def _text_kind(text: str, ending: str, declared: str) -> str:
    head = text[:_PROBE]
    if _HTML_AT_START.match(head):
        return HTML
    if _XML_AT_START.match(head):
        raise InputError("it is XML (a feed, a map of a site or a picture), which is not read yet by this version")
    other = _OTHER_TEXT.get(ending) or _DECLARED.get(declared)
    if other is not None:
        raise InputError(f"it is {other}" if "--manifest" in other else f"it is {other}, which is not read by Overt")
    if ending in (".html", ".htm", ".xhtml") or declared in (HTML, "application/xhtml+xml"):
        return HTML
    if ending not in (".txt", ".md", ".text") and declared != TEXT and len(_HTML_TAG.findall(head)) >= 3:
        return HTML
    return TEXT
