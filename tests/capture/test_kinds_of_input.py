"""What kind of thing some bytes are is told by the bytes, and what no reader reads is said in one clear line."""

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


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    ("data", "name", "media_type", "note"),
    [
        (b" \n\t ", "a.txt", "text/plain", "nothing but white space"),
        (b"PK\x03\x04....", "a.docx", "application/zip", "a ZIP archive or an office file"),
        (zipped("xl/workbook.xml"), "a.xlsx", XLSX, "overt add --manifest"),
        (b"bplist00....", "a.webarchive", "application/x-plist", "a property list"),
        (b"\0\0\0\x18ftypheic", "a.heic", "image/heic", "JPEG or PNG"),
        (b"\x1f\x8b\x08\0", "a.gz", "application/gzip", "a compressed file"),
        (b"WARC/1.1\r\n", "a.warc", "application/warc", "a web archive"),
        (b"\x7fELF" + bytes(200), "a.html", "application/x-executable", "although its name ends in .html"),
        (b"\0\1\2\3\4\5\6\7" * 50, "a", "application/octet-stream", "no text in an encoding known here"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', "feed.xml", "application/xml", "overt add --feed"),
        (b'{"a": 1}', "a.json", "application/json", "JSON data"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "image/svg+xml", "SVG"),
    ],
)
def test_what_no_reader_reads_is_said_in_one_line(data: bytes, name: str, media_type: str, note: str) -> None:
    kind = look(data, name)
    assert kind.media_type == media_type
    assert kind.other
    assert note in kind.note
    assert "\n" not in kind.note


@pytest.mark.parametrize(
    ("data", "name", "media_type", "note"),
    [
        (b"%PDF-1.7 ...", "a.html", "application/pdf", "it is a PDF, although its name ends in .html"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "image/png", "a picture"),
        (b"\x89PNG damaged", "a.png", "image/png", ""),
        (HTML.encode(), "a.pdf", "text/html", "it is a page"),
        (b"no pdf", "a.pdf", "application/pdf", "its name says that it is a PDF"),
        (b"no picture", "a.PNG", "image/png", "its name says that it is a picture"),
        (bytes(range(256)) * 20, "a.pdf", "application/pdf", "is it damaged?"),
        (bytes(range(256)) * 20, "a.html", "text/html", "no text in an encoding known here"),
        (b"\0\1\2\3\4\5\6\7" * 50, "a.txt", "text/plain", "no text in an encoding known here"),
    ],
)
def test_a_wrong_name_is_said_and_the_bytes_decide(data: bytes, name: str, media_type: str, note: str) -> None:
    kind = look(data, name)
    assert (kind.media_type, kind.other) == (media_type, "")
    assert note in kind.note


def test_only_where_nothing_came_there_is_no_kind() -> None:
    with pytest.raises(InputError, match="empty"):
        look(b"", "a.txt")


def test_an_xhtml_page_is_a_page() -> None:
    page = b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"></html>'
    assert look(page, "a.xhtml").media_type == "text/html"


def test_many_comments_before_nothing_are_looked_at_once() -> None:
    began = time.process_time()
    look(b"<!-- a -->" * 400 + b"words", "a.html")
    assert time.process_time() - began < 1
