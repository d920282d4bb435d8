"""Pictures: OCR lines with their boxes, tables as cells, nothing of EXIF, and limits before anything is decoded."""

import io
import socket
import struct
import sys
import zlib
from pathlib import Path

import pytest

from overt.model import Document, PassageKind, ReadError
from overt.read import NotInstalledError, ocr, picture

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench import papers

pytestmark = pytest.mark.skipif(papers.font_file() is None, reason=papers.NO_FONT)


def lines(document: Document) -> list[str]:
    return [p.text for p in document.passages]


@pytest.mark.parametrize("script", ["english", "simplified"])
def test_lines_are_passages_with_boxes_and_nothing_goes_to_a_network(
    script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    sample = papers.picture(script)
    document = picture.read(sample.data)
    assert lines(document) == list(sample.lines)
    boxes = [p.locator.box for p in document.passages if p.locator and p.locator.box]
    assert len(boxes) == len(sample.lines)
    assert [b[1] for b in boxes] == sorted(b[1] for b in boxes)
    assert all(20 < b[0] < 50 and b[0] < b[2] and b[1] < b[3] for b in boxes)
    assert {"rapidocr", "onnxruntime", "pillow"} <= document.reader.libraries.keys()


@pytest.mark.parametrize("ruled", [False, True])
def test_a_table_in_a_picture_is_a_grid_of_cells(ruled: bool) -> None:
    data, rows = papers.picture_of_table(ruled=ruled)
    document = picture.read(data)
    found = {
        (p.locator.row, p.locator.column): p.text
        for p in document.passages
        if p.kind is PassageKind.TABLE_CELL and p.locator
    }
    assert found == {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    assert document.passages[0].text == "List of overseas service stations"


def test_one_picture_is_read_the_same_twice() -> None:
    data = papers.picture("simplified", size=16, noise=40).data
    assert picture.read(data) == picture.read(data)


def test_every_format_is_read_and_nothing_of_exif_is_kept() -> None:
    from PIL import Image

    sample = papers.picture("english")
    image = Image.open(io.BytesIO(sample.data)).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "taken by a person at a place"
    exif[0x0112] = 6  # the camera lay on its side: turned by 90 degrees, the picture is upright
    turned = image.transpose(Image.Transpose.ROTATE_90)
    for form, made, more in (
        ("JPEG", turned, {"exif": exif, "quality": 95}),
        ("WEBP", image, {"lossless": True}),
        ("GIF", image, {}),
        ("TIFF", image, {}),
        ("BMP", image, {}),
    ):
        out = io.BytesIO()
        made.save(out, form, **more)  # type: ignore[arg-type]
        document = picture.read(out.getvalue())
        assert lines(document) == list(sample.lines), form
        assert "person" not in repr(document)


def test_what_is_transparent_is_white() -> None:
    from PIL import Image

    sample = papers.picture("english")
    grey = Image.open(io.BytesIO(sample.data)).convert("L")
    ink = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    ink.putalpha(grey.point(lambda v: 255 - v))
    assert lines(picture.read(papers.png(ink))) == list(sample.lines)


def scan(*samples: str) -> bytes:
    """A TIFF of a page a sample, as a scanner makes it."""
    from PIL import Image

    first, *more = (Image.open(io.BytesIO(papers.picture(sample).data)).convert("L") for sample in samples)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=more)
    return out.getvalue()


def test_all_pages_of_a_scan_are_read_and_numbered() -> None:
    document = picture.read(scan("english", "simplified", "english"))
    english, chinese = papers.picture("english").lines, papers.picture("simplified").lines
    assert lines(document) == [*english, *chinese, *english]
    assert {p.locator.page for p in document.passages if p.locator and p.text in chinese} == {2}
    assert document.concerns == ()


def test_a_scan_that_is_cut_gives_the_pages_before_the_cut() -> None:
    whole = scan("english", "simplified", "english")
    document = picture.read(whole[: 2 * len(whole) // 3])
    assert lines(document)[: len(papers.picture("english").lines)] == list(papers.picture("english").lines)
    assert any("was not read" in concern for concern in document.concerns)


def test_of_a_picture_that_moves_the_first_is_read_and_the_others_are_told() -> None:
    from PIL import Image

    sample = papers.picture("english")
    shown = Image.open(io.BytesIO(sample.data)).convert("L")
    out = io.BytesIO()
    shown.save(out, "GIF", save_all=True, append_images=[shown.rotate(180), shown])
    document = picture.read(out.getvalue())
    assert lines(document) == list(sample.lines)
    assert document.concerns == ("it has 3 pictures; only the first was read",)


def test_what_ocr_is_not_sure_of_is_named_for_a_person() -> None:
    document = picture.read(papers.picture("traditional", size=14, noise=120, blur=1.0).data)
    assert any(c.startswith("OCR is not sure of “") for c in document.concerns)
    assert not any("0." in c for c in document.concerns)


def test_without_the_extra_it_is_unread_with_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    with pytest.raises(NotInstalledError, match=r"pip install 'overt\[ocr\]'"):
        picture.read(papers.picture("english").data)


def test_a_picture_without_text_and_a_cut_one_are_told() -> None:
    from PIL import Image

    with pytest.raises(ReadError, match="finds no text"):
        picture.read(papers.png(Image.new("RGB", (300, 200), "white")))
    data = papers.picture("english").data
    with pytest.raises(ReadError, match="damaged or cut"):
        picture.read(data[: len(data) // 2])
    with pytest.raises(ReadError, match="no picture of a kind"):
        picture.read(b"\x89PNG\r\n\x1a\nnothing")


def test_a_picture_of_400_megapixels_is_refused_by_its_header() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
    with pytest.raises(ReadError, match="20,000 x 20,000 pixels; at most 100,000,000"):
        picture.read(bomb)
