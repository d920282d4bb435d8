"""What kind of thing some bytes are is told by the bytes, and what cannot be read is refused in one clear line."""

import io
import time
import zipfile

import pytest

from overt.capture import look
from overt.model import InputError

HTML = "<!DOCTYPE html><html><head><title>t</title></head><body><p>Ein Büro, eine Straße, größer.</p></body></html>"
ZH = "福州市公安局宣布第一批三十个海外服务站已经设立，分布在二十一个国家的二十五个城市。这是一个报警电话的号码。"
ZH_HANT = "福州市公安局宣布第一批三十個海外服務站已經設立，分布在二十一個國家的二十五個城市。這是一個報警電話的號碼。"

DE = "Der Bürgermeister sagte, die Behörde prüfe das Büro. Öffnungszeiten hängen aus."
RU = "Полиция сообщила, что участок в городе закрыт и больше не работает."


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "words")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "media_type", "charset"),
    [
        (HTML.encode(), "a.html", "text/html", "utf-8"),
        (HTML.encode(), "a.txt", "text/html", "utf-8"),
        (HTML.encode(), "page", "text/html", "utf-8"),
        (HTML.encode("utf-16"), "a.html", "text/html", "utf-16-le"),
        (HTML.encode("cp1252"), "a.html", "text/html", "cp1252"),
        (b"<p>one</p><p>two</p><p>three</p>", "note", "text/html", "utf-8"),
        (b"plain words", "a.txt", "text/plain", "utf-8"),
        (b"plain words", "a.html", "text/html", "utf-8"),
        ("\ufeffplain words".encode(), "a.txt", "text/plain", "utf-8"),
        ("plain wörds\n".encode("utf-16-le"), "a.txt", "text/plain", "utf-16-le"),
        (ZH.encode(), "a.txt", "text/plain", "utf-8"),
        (ZH.encode("gb18030"), "a.txt", "text/plain", "gb18030"),
        (ZH_HANT.encode("big5"), "a.txt", "text/plain", "big5hkscs"),
        (DE.encode("cp1252"), "a.txt", "text/plain", "cp1252"),
        (RU.encode("cp1251"), "a.txt", "text/plain", "cp1251"),
    ],
)  # fmt: skip
def test_text_and_pages_are_taken_in_any_encoding(data: bytes, name: str, media_type: str, charset: str) -> None:
    kind = look(data, name)
    assert kind.media_type == media_type
    assert kind.charset == charset


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL = b"Received: from a.example\r\nFrom: press@a.example\r\nTo: me@b.example\r\nSubject: Notice\r\n\r\nWords.\r\n"
SAVED = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="x"\r\n\r\n--x\r\n'
)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (b"%PDF-1.7 ...", "a.pdf", "application/pdf"),
        (b"%PDF-1.7 ...", "paper", "application/pdf"),
        (b"\r\njunk %PDF-1.4 ...", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a.png", "image/png"),
        (b"\x89PNG\r\n\x1a\n....", "a.jpg", "image/png"),
        (b"\xff\xd8\xff\xe0....", "a.jpg", "image/jpeg"),
        (b"RIFF....WEBPVP8 ", "a.webp", "image/webp"),
        (b"GIF89a....", "a.gif", "image/gif"),
        (b"II*\0....", "a.tif", "image/tiff"),
        (b"BM" + bytes(12) + b"\x28\0\0\0", "a.bmp", "image/bmp"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", WORD),
        (zipped("[Content_Types].xml", "word/document.xml")[:120], "a.docx", WORD),
        (MAIL, "a.eml", "message/rfc822"),
        (MAIL, "a.txt", "message/rfc822"),
        (b"From someone Thu\n" + MAIL, "letter", "message/rfc822"),
        (b"From: a@a.example\nTo: b@b.example\n\nWords", "a.eml", "message/rfc822"),
        (SAVED, "a.mhtml", "multipart/related"),
        (SAVED, "a.html", "multipart/related"),
        (b"bplist00....WebMainResource....", "a.webarchive", "application/x-webarchive"),
        (b"# A heading\n\nWords.", "a.md", "text/markdown"),
        (b"city,country\nDublin,Ireland\n", "a.csv", "text/csv"),
        (b"From: the harbour\nTo: the hill\n\na poem", "a.txt", "text/plain"),
        (b"BMW and other makers", "a.txt", "text/plain"),
    ],
)
def test_files_of_other_kinds_are_known_by_their_bytes(data: bytes, name: str, media_type: str) -> None:
    kind = look(data, name)
    assert kind.media_type == media_type
    assert (kind.charset is None) == (not media_type.startswith("text/"))


def test_what_a_server_sends_is_what_its_bytes_are() -> None:
    assert look(b"%PDF-1.7 ...", "a.html", "text/html").media_type == "application/pdf"
    assert look(HTML.encode(), "a.pdf", "application/pdf").media_type == "text/html"
    assert look(b"a,b\n1,2\n", "export", "text/csv").media_type == "text/csv"


def test_a_declared_encoding_is_believed_only_where_it_fits() -> None:
    assert look(ZH.encode("gb18030"), "a.txt", charset="gb2312").charset == "gb18030"
    assert look(ZH.encode(), "a.txt", charset="iso-8859-1").charset == "utf-8"
    page = f'<html><head><meta charset="big5"></head><body>{ZH_HANT}</body></html>'
    assert look(page.encode("big5"), "a.html").charset == "big5hkscs"
    assert look(page.encode(), "a.html").charset == "utf-8"


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "white space"),
        (b"no pdf", "a.pdf", "its name says that it is a PDF"),
        (b"no picture", "a.PNG", "its name says that it is a picture"),
        (b"%PDF-1.7 ...", "a.html", "although its name ends in .html"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "a picture"),
        (b"PK\x03\x04....", "a.docx", "a ZIP archive or an office file"),
        (zipped("xl/workbook.xml"), "a.xlsx", "overt add --manifest"),
        (b"bplist00....", "a.webarchive", "a property list"),
        (b"\0\0\0\x18ftypheic", "a.heic", "JPEG or PNG"),
        (b"\x1f\x8b\x08\0", "a.gz", "a compressed file"),
        (b"WARC/1.1\r\n", "a.warc", "a web archive"),
        (bytes(range(256)) * 20, "a.html", "although the name says HTML"),
        (b"\0\1\2\3\4\5\6\7" * 50, "a.txt", "no text in an encoding known here"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "feed.xml", "overt add --feed"),
        (b'{"a": 1}', "a.json", "JSON data"),
    ],
)
def test_what_is_not_read_is_refused_with_one_line(data: bytes, name: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        look(data, name)
    assert "\n" not in str(caught.value)


def test_an_xhtml_page_is_a_page() -> None:
    page = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>'
    assert look(page, "a.xhtml").media_type == "text/html"


def test_many_comments_before_nothing_are_looked_at_once() -> None:
    began = time.process_time()
    look(b"<!-- a -->" * 400 + b"words", "a.html")
    assert time.process_time() - began < 1
