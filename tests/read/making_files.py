"""Files of the kinds that are read, made by hand: small PDF syntax, Word files, mails and saved pages."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import docx
import docx.document


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def pdf_page(content: bytes, *, page: bytes = b"", filters: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with this content and the font F; `more` objects are numbered from 6."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
            + (b"/XObject<</X 6 0 R>>" if more else b"")
            + b">>"
            + page
            + b">>",
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            *more,
        ]
    )


def pdf_words(*lines: tuple[float, float, float, str], **more: object) -> bytes:
    """A PDF of one page with words at (x, y from below, size, text)."""
    content = b"BT " + b" ".join(
        b"/F %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (size, x, y, text.encode("cp1252")) for x, y, size, text in lines
    )
    return pdf_page(content + b" ET", **more)  # type: ignore[arg-type]


def packed(content: bytes) -> bytes:
    return zlib.compress(content, 9)


def word_file(word: docx.document.Document) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A Word file with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return old.read(name)


PAGE = (
    "<html><head><title>A harbour story</title></head><body><article><h1>A harbour story</h1>"
    "<p>The council said on Friday that a new office would open near the harbour, and that nobody had asked it.</p>"
    "</article></body></html>"
)


def mhtml(page: str = PAGE, location: str = "https://example.org/harbour") -> bytes:
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/other\r\nSubject: A harbour story\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        "------b\r\nContent-Type: text/html\r\nContent-ID: <frame-1>\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: {location}\r\n\r\n{page}\r\n"
        "------b\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\np {}\r\n------b--\r\n"
    ).encode()
