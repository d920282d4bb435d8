"""The signs by which formats that are no plain text are known: their first bytes, or the head of a message.

In: bytes and the ending of a name. Out: the media type under which they are sealed; for what no reader reads, what it
is in words, and what can be done about it.
Sources: file(1), the formats' own specifications, RFC 5322 and RFC 2557 (MHTML).
"""

import io
import re
import zipfile
from dataclasses import dataclass

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL, MHTML, WEBARCHIVE = "message/rfc822", "multipart/related", "application/x-webarchive"

# What each sealed type is called in a message.
NAMED = {
    PDF: "a PDF",
    "image/png": "a picture (PNG)",
    "image/jpeg": "a picture (JPEG)",
    "image/webp": "a picture (WebP)",
    "image/gif": "a picture (GIF)",
    "image/tiff": "a picture (TIFF)",
    "image/bmp": "a picture (BMP)",
    DOCX: "a Word document",
    MAIL: "an e-mail",
    MHTML: "a saved page of the kind MHTML",
    WEBARCHIVE: "a saved page of the kind webarchive",
}
_SEALED: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG", "image/png"),  # the reader says what is wrong with one whose further signature is damaged
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
)


@dataclass(frozen=True, slots=True)
class Other:
    """What no reader reads: its media type, what it is in words that can be counted, and what a person can do."""

    media_type: str
    words: str
    advice: str = ""


_TAKE_SHEETS = "`overt add --manifest` takes a list of sources; save other tables as CSV"
_XLSX = Other("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a spreadsheet", _TAKE_SHEETS)
_ODS = Other("application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet", _TAKE_SHEETS)
_ZIP = Other("application/zip", "a ZIP archive or an office file", "unpack it, or save it in another form")
_PACKED = "a compressed file"
_RECORDING = "a recording"
_OTHERS: tuple[tuple[bytes, Other], ...] = (
    (b"\xd0\xcf\x11\xe0", Other("application/x-ole-storage", "an office file of an old or an encrypted kind")),
    (b"{\\rtf", Other("application/rtf", "an office file of the kind RTF")),
    (b"WARC/", Other("application/warc", "a web archive", "save it as a file and add that")),
    (b"\x1f\x8b", Other("application/gzip", _PACKED, "unpack it and add what is in it")),
    (b"BZh", Other("application/x-bzip2", _PACKED, "unpack it and add what is in it")),
    (b"\xfd7zXZ", Other("application/x-xz", _PACKED, "unpack it and add what is in it")),
    (b"(\xb5/\xfd", Other("application/zstd", _PACKED, "unpack it and add what is in it")),
    (b"7z\xbc\xaf", Other("application/x-7z-compressed", _PACKED, "unpack it and add what is in it")),
    (b"Rar!", Other("application/vnd.rar", _PACKED, "unpack it and add what is in it")),
    (b"bplist00", Other("application/x-plist", "a property list")),
    (b"ID3", Other("audio/mpeg", _RECORDING)),
    (b"OggS", Other("application/ogg", _RECORDING)),
    (b"fLaC", Other("audio/flac", _RECORDING)),
    (b"\x1aE\xdf\xa3", Other("video/x-matroska", _RECORDING)),
    (b"\x7fELF", Other("application/x-executable", "a program")),
    (b"MZ\x90", Other("application/x-executable", "a program")),
    (b"SQLite format 3\0", Other("application/vnd.sqlite3", "a database")),
)
_HEIF = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"})
_DIB = frozenset({12, 16, 40, 52, 56, 64, 108, 124})  # sizes that the header of a bitmap can have
_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?([^\n]*)\n?")
_HEADERS, _HEADER_BYTES = 200, 1 << 16
_OF_MAIL = frozenset({b"from", b"to", b"date", b"subject", b"message-id", b"received", b"return-path", b"delivered-to"})
_SENT = frozenset({b"message-id", b"received", b"return-path", b"delivered-to"})
_ENTRIES = 20_000  # entries of a ZIP archive that are looked at; an office file has some dozens


def media_type_of(data: bytes, ending: str) -> str | None:
    """Return the media type of what is sealed although it is no plain text, else None."""
    for magic, media_type in _SEALED:
        if data.startswith(magic):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _DIB:
        return "image/bmp"
    if ending == ".pdf" and b"%PDF-" in data[:1024]:  # readers allow some bytes before it
        return PDF
    if data.startswith(b"PK\x03\x04") and _office(data) == DOCX:
        return DOCX
    if data.startswith(b"bplist00") and b"WebMainResource" in data:
        return WEBARCHIVE
    return _message(data, ending)


def other_of(data: bytes) -> Other | None:
    """Return what is known by its bytes although no reader reads it, else None."""
    if data[4:8] == b"ftyp":
        if data[8:12] in _HEIF:
            return Other(
                "image/heic", "a picture of the kind HEIC or AVIF", "add a copy as JPEG or PNG with --saved-by"
            )
        return Other("video/mp4", _RECORDING)
    if data[:4] == b"RIFF":
        return Other("application/x-riff", _RECORDING)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        found = _office(data)
        return found if isinstance(found, Other) else _ZIP
    return next((what for magic, what in _OTHERS if data.startswith(magic)), None)


def _office(data: bytes) -> str | Other | None:
    """What a ZIP archive holds, by the names in it: a Word document, a spreadsheet, or something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {info.filename for info in archive.infolist()[:_ENTRIES]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError):
        # Cut or damaged: what its beginning says, so that it is sealed and listed as unread.
        names = {match.decode("ascii") for match in re.findall(rb"(?:word/document|xl/workbook)\.xml", data)}
    if "word/document.xml" in names:
        return DOCX
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return _XLSX
    if data[30:38] == b"mimetype" and b"opendocument.spreadsheet" in data[:200]:
        return _ODS
    return None


def _message(data: bytes, ending: str) -> str | None:
    """MHTML or an e-mail, by the header lines at the start; None for text that merely has a colon in it."""
    fields: dict[bytes, bytes] = {}
    head = data[:_HEADER_BYTES].replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf").lstrip(b"\n")
    name = b""
    for line in head.split(b"\n", _HEADERS)[:_HEADERS]:
        if line[:1] in (b" ", b"\t") and name:
            fields[name] += line
            continue
        match = _HEADER_LINE.fullmatch(line)
        if match is None:
            if not fields and line.startswith(b"From "):  # the first line of a message out of a mailbox
                continue
            break
        name = match[1].lower()
        fields.setdefault(name, match[2])
    kind = fields.get(b"content-type", b"").lower()
    known = len(_OF_MAIL & fields.keys())
    is_sent = bool(_SENT & fields.keys())
    if b"multipart/related" in kind and (
        ending in (".mht", ".mhtml")
        or b"snapshot-content-location" in fields
        or (b"mime-version" in fields and not is_sent)
    ):
        return MHTML
    if known >= 2 and (ending == ".eml" or is_sent or b"mime-version" in fields):
        return MAIL
    return None
