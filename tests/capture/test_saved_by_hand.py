"""What a person saved by hand is sealed as that: with who, from where and when, and with a warning where one is due."""

import plistlib
import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from overt.capture import Input, add, logged, sightings, verify
from overt.case import Case
from overt.model import CANNOT_PROVE, How

Clock = Callable[[], datetime]
MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/notice\r\nSubject: Notice\r\n"
    b"Date: Wed, 5 Jan 2022 23:30:00 -0000\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
)
SINGLE = (
    b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://a.example/notice \n"
    b" saved date: Thu Jan 06 2022 08:00:00 GMT+0100 (CET)\n--><meta charset=utf-8><title>Notice</title><p>Words."
)
ARCHIVE = plistlib.dumps(
    {"WebMainResource": {"WebResourceURL": "https://a.example/notice", "WebResourceData": b"<html></html>"}},
    fmt=plistlib.FMT_BINARY,
)


@pytest.mark.parametrize(
    ("name", "data", "day"),
    [("a.mhtml", MHTML, "2022-01-05"), ("a.html", SINGLE, "2022-01-06"), ("a.webarchive", ARCHIVE, None)],
)
def test_a_saved_page_says_where_it_is_from(
    case: Case, clock: Clock, tmp_path: Path, name: str, data: bytes, day: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (receipt,) = add(case, [Input(path=path, saved_by="ana")], clock)
    assert "says of itself" in receipt.warnings[0]
    (sighting,) = sightings(case)
    assert (sighting.how, sighting.saved_by, sighting.saved_on) == (How.BY_HAND, "ana", day)
    assert (sighting.url, sighting.file) == ("https://a.example/notice", name)
    assert logged(case)[0].obtained.saved_by == "ana"
    assert verify(case).exit_code == 0
    assert CANNOT_PROVE[How.BY_HAND]


def test_without_a_person_the_file_is_a_file_and_its_word_is_only_told(
    case: Case, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "a.html").write_bytes(SINGLE)
    (receipt,) = add(case, [Input(path=tmp_path / "a.html")], clock)
    assert "--saved-by HANDLE" in receipt.warnings[0]
    (sighting,) = sightings(case)
    assert (sighting.how, sighting.url, sighting.saved_by) == (How.FILE, None, None)


def test_what_the_person_says_goes_before_what_the_file_says(case: Case, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "a.mhtml").write_bytes(MHTML)
    given = Input(path=tmp_path / "a.mhtml", saved_by="ana", saved_on="2022-01", url="https://a.example/other")
    list(add(case, [given], clock))
    (sighting,) = sightings(case)
    assert (sighting.url, sighting.saved_on) == ("https://a.example/other", "2022-01")


def tiff(order: str, tag: int) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(f"{order}IHHHII", 8, 1, tag, 4, 1, 26)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    "data",
    [
        lambda exif: b"\xff\xd8\xff\xe1\x00\x40Exif\0\0" + exif,
        lambda exif: b"\x89PNG\r\n\x1a\n\0\0\0\x1aeXIf" + exif,
        lambda exif: b"RIFF\0\0\0\0WEBPEXIF\x1a\0\0\0" + exif,
        lambda exif: exif,
    ],
)
def test_a_picture_with_its_place_is_told(
    case: Case, clock: Clock, tmp_path: Path, order: str, data: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "with.jpg").write_bytes(data(tiff(order, 0x8825)))
    (tmp_path / "without.jpg").write_bytes(data(tiff(order, 0x010F)))
    (tmp_path / "cut.jpg").write_bytes(data(tiff(order, 0x8825))[:-20] + b"\xff")
    receipts = list(add(case, [Input(path=tmp_path / n) for n in ("with.jpg", "without.jpg", "cut.jpg")], clock))
    told = ["the place where the picture was taken" in " ".join(receipt.warnings) for receipt in receipts]
    assert told == [True, False, False]


@pytest.mark.parametrize(
    "data",
    [
        SINGLE.replace(b"https://a.example/notice", b"javascript:alert(1)"),
        SINGLE.replace(b"Thu Jan 06 2022", b"Thu Feb 31 2022"),
        MHTML.replace(b"Wed, 5 Jan 2022 23:30:00 -0000", b"yesterday"),
        b"bplist00 WebMainResource" + bytes(100),
    ],
)
def test_hostile_words_of_a_saved_page_harm_nothing(case: Case, clock: Clock, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    list(add(case, [Input(path=tmp_path / "a", saved_by="ana")], clock))
    (sighting,) = sightings(case)
    assert sighting.url in (None, "https://a.example/notice")
