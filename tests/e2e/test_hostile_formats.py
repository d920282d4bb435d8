"""Hostile files: each ends as unread with one clear line, within the limits, and costs nothing else."""

import io
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "read"))
from making_files import packed, pdf_of, pdf_page, pdf_words, with_part, word_file
from running import ok, run

from overt.model import ReadError
from overt.read import LimitError, read
from pages import HARBOUR

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEMORY = 1 << 30
IN_ONE_LINE = "The office was opened in the spring of that year."


def encrypted_pdf() -> bytes:
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], lock)


def pdf_of_a_million_objects() -> bytes:
    page = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    return pdf_of(page + [b"0"] * 1_000_000)


def pdf_that_loops() -> bytes:
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>"])


def pdf_that_unpacks_to(size: int, content: bytes = b" ") -> bytes:
    squeezer = zlib.compressobj(9)
    lump = content * (1_000_000 // len(content))
    squeezed = b"".join(squeezer.compress(lump) for _ in range(size // len(lump))) + squeezer.flush()
    return pdf_page(squeezed, filters=b"/Filter/FlateDecode")


def png_chunks(width: int, height: int, body: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def word_of(text: str) -> bytes:
    word = docx.Document()
    word.add_paragraph(text)
    return word_file(word)


def word_that_unpacks_to(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        with zipfile.ZipFile(io.BytesIO(word_of(IN_ONE_LINE))) as old:
            for entry in old.infolist():
                new.writestr(entry.filename, old.read(entry))
        with new.open("word/media/a.bin", "w", force_zip64=True) as part:
            for _ in range(size // 10_000_000):
                part.write(bytes(10_000_000))
    return out.getvalue()


def word_that_lies_about_sizes() -> bytes:
    data = word_that_unpacks_to(200_000_000)
    true = struct.pack("<I", 200_000_000)
    return data.replace(true, struct.pack("<I", 1000))


def word_with_entities() -> bytes:
    laughs = b'<!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)
    )
    body = b"<?xml version='1.0'?>" + laughs + b"]><w:document xmlns:w='http://x'><w:body>&a11;</w:body></w:document>"
    return with_part(word_of(IN_ONE_LINE), "word/document.xml", body)


def nested_mime(depth: int) -> bytes:
    head = "MIME-Version: 1.0\r\nSubject: a\r\n"
    for n in range(depth):
        head += f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"
    return (head + "\r\nwords").encode()


def many_parts(number: int) -> bytes:
    head = "MIME-Version: 1.0\r\nSubject: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return (head + "--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * number + "--b--").encode()


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted PDF": (PDF, encrypted_pdf, "is encrypted"),
    "PDF cut in half": (PDF, lambda: pdf_words((60, 700, 10, IN_ONE_LINE))[:500], "damaged|holds no text"),
    "PDF of noise": (PDF, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000, "is damaged"),
    "PDF whose pages are its pages": (PDF, pdf_that_loops, "holds no text|is damaged|pages; at most"),
    "PDF of a million objects": (PDF, pdf_of_a_million_objects, "holds no text"),
    "PDF that unpacks to 500 MB": (PDF, lambda: pdf_that_unpacks_to(500_000_000), "holds no text|memory"),
    "PDF packed twice": (
        PDF,
        lambda: pdf_page(packed(packed(bytes(200_000_000))), filters=b"/Filter[/FlateDecode/FlateDecode]"),
        "holds no text|memory",
    ),
    "PDF of endless text": (
        PDF,
        lambda: pdf_that_unpacks_to(200_000_000, b"BT /F 9 Tf (aaaaaaaaaaaaaaaa) Tj ET "),
        "memory|more than",
    ),
    "picture of 400 megapixels": ("image/png", lambda: png_chunks(20_000, 20_000, b""), "20,000 x 20,000 pixels"),
    "picture that unpacks to more than it says": (
        "image/png",
        lambda: png_chunks(10, 10, packed(bytes(300_000_000))),
        "no text|damaged",
    ),
    "picture that is cut": ("image/jpeg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "damaged|no picture"),
    "TIFF without an end": ("image/tiff", lambda: b"II*\0\x08\0\0\0\xff\xff" + b"\x01" * 400, "damaged|no picture"),
    "Word file that unpacks to 400 MB": (DOCX, lambda: word_that_unpacks_to(400_000_000), "unpacks to more than"),
    "Word file that lies about sizes": (DOCX, word_that_lies_about_sizes, "damaged"),
    "Word file with entities": (DOCX, word_with_entities, "damaged|holds no text"),
    "mail nested 5000 deep": ("message/rfc822", lambda: nested_mime(5000), "nested|parts"),
    "mail nested 60 deep": ("message/rfc822", lambda: nested_mime(60), "nested more than"),
    "mail of 100,000 parts": ("message/rfc822", lambda: many_parts(100_000), "more than 2,000 parts"),
    "web archive that is cut": ("application/x-webarchive", lambda: b"bplist00\xd1\x01\x02", "damaged"),
    "page of 19 MB of nested tags": ("text/html", lambda: b"<div>" * 3_800_000 + b"a", "nested too deeply"),
    "page of 50 MB of nested tags": ("text/html", lambda: b"<div>" * 10_000_000 + b"a", "larger than|memory"),
    "Markdown nested 100,000 deep": ("text/markdown", lambda: b">" * 100_000 + b"a", "empty|nested|took"),
    "sheet of a million cells": ("text/csv", lambda: b"a," * 999_999 + b"\n", "more than 200,000 cells"),
    "sheet with an endless cell": ("text/csv", lambda: b'a,b\n"' + b"c," * 2_000_000, "cannot be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_unread_with_one_line_within_the_limits(name: str) -> None:
    media_type, make, reason = HOSTILE[name]
    data = make()
    start = time.monotonic()
    with pytest.raises(ReadError, match=reason) as told:
        read(data, media_type, seconds=20, memory=MEMORY)
    assert time.monotonic() - start < 25
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 250


def test_a_page_that_keeps_the_parser_busy_is_stopped() -> None:
    # One tag with more of them is refused at once; so many tags with less keep the parser busy all the same.
    attributes = b" ".join(b"a%d=1" % n for n in range(4_900))
    with pytest.raises(LimitError, match="took more than 1 s"):
        read((b"<p " + attributes + b">words</p>") * 400, "text/html", seconds=1)


def test_in_a_case_each_costs_one_document_and_the_rest_is_read(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "harbour.html").write_text(HARBOUR, encoding="utf-8")
    (files / "good.pdf").write_bytes(pdf_words((60, 700, 10, IN_ONE_LINE)))
    chosen = {
        "locked.pdf": "encrypted PDF",
        "loop.pdf": "PDF whose pages are its pages",
        "large.png": "picture of 400 megapixels",
        "lies.docx": "Word file that lies about sizes",
        "deep.html": "page of 19 MB of nested tags",
    }
    for file, name in chosen.items():
        (files / file).write_bytes(HOSTILE[name][1]())
    case = tmp_path / "case"
    ok("init", case, "--profile", "overseas-stations")
    ok("add", "--case", case, files)
    built = run("build", "--case", case)
    assert built.code == 0
    assert f"2 documents, {len(chosen)} unread" in built.out
    unread = built.err.splitlines()
    assert len(unread) == len(chosen)
    assert all(line.startswith("overt: unread ") and "crashed" not in line for line in unread)
    again = run("build", "--case", case)
    assert (again.out, again.err) == (built.out, built.err)
    assert run("verify", "--case", case).code == 0
