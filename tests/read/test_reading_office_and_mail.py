"""Word files and mails: in the order of the document, tables with spans, tracked changes, no personal headers."""

import datetime

import docx
import pytest
from making_files import part_of, with_part, word_file

from overt.model import PassageKind, ReadError
from overt.read import docx as docx_reader
from overt.read import mail

BODY = "The council said that a new office would open near the harbour, while residents asked what it was for."


def report() -> bytes:
    word = docx.Document()
    word.core_properties.author = "PC of A. Private"
    word.core_properties.title = "draft7.docx"
    word.core_properties.created = datetime.datetime(2022, 10, 14, tzinfo=datetime.UTC)
    word.add_heading("An office near the harbour", 0)
    word.add_paragraph(BODY)
    word.add_heading("The list", 1)
    word.add_paragraph("first thing", style="List Bullet")
    table = word.add_table(4, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Region"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Offices"
    for (row, column), text in {
        (1, 1): "2021",
        (1, 2): "2022",
        (2, 0): "Europe",
        (2, 1): "12",
        (2, 2): "30",
        (3, 0): "Asia",
        (3, 2): "9",
    }.items():
        table.cell(row, column).text = text
    word.add_paragraph("After the table.")
    word.sections[0].header.paragraphs[0].text = "The Harbour Report"
    return word_file(word)


def test_a_word_file_is_read_in_its_order() -> None:
    document = docx_reader.read(report())
    assert [(p.kind, p.text) for p in document.passages if p.kind is not PassageKind.TABLE_CELL] == [
        (PassageKind.HEADING, "An office near the harbour"),
        (PassageKind.PARAGRAPH, BODY),
        (PassageKind.HEADING, "The list"),
        (PassageKind.LIST_ITEM, "first thing"),
        (PassageKind.PARAGRAPH, "After the table."),
        (PassageKind.NOTE, "The Harbour Report"),
    ]
    assert document.title == "An office near the harbour"
    assert (document.published, document.published_from) == ("2022-10-14", "guess")
    assert "Private" not in repr(document)


def test_cells_of_a_word_table_say_where_they_stand_and_what_they_span() -> None:
    cells = {
        (p.locator.row, p.locator.column): (p.text, p.locator.rows, p.locator.columns)
        for p in docx_reader.read(report()).passages
        if p.locator is not None
    }
    assert cells == {
        (1, 1): ("Region", 2, 1),
        (1, 2): ("Offices", 1, 2),
        (2, 2): ("2021", 1, 1),
        (2, 3): ("2022", 1, 1),
        (3, 1): ("Europe", 1, 1),
        (3, 2): ("12", 1, 1),
        (3, 3): ("30", 1, 1),
        (4, 1): ("Asia", 1, 1),
        (4, 3): ("9", 1, 1),
    }


def test_tracked_changes_are_read_as_the_text_stands_after_them() -> None:
    data = report()
    body = part_of(data, "word/document.xml").replace(
        b"After the table.</w:t></w:r>",
        b"After the table.</w:t></w:r>"
        b'<w:ins w:id="1" w:author="x"><w:r><w:t xml:space="preserve"> It was added.</w:t></w:r></w:ins>'
        b'<w:del w:id="2" w:author="x"><w:r><w:delText>It was taken away.</w:delText></w:r></w:del>',
    )
    document = docx_reader.read(with_part(data, "word/document.xml", body))
    assert "After the table. It was added." in [p.text for p in document.passages]
    assert "taken away" not in document.text
    assert document.concerns == ("the file tracks changes: words that they take away were not read",)


def test_pictures_in_a_word_file_are_told() -> None:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    word = docx.Document()
    word.add_paragraph(BODY)
    word.add_picture(io.BytesIO(out.getvalue()))
    (concern,) = docx_reader.read(word_file(word)).concerns
    assert "pictures, which were not read" in concern


def test_a_word_file_without_words_and_one_that_is_none_are_told() -> None:
    with pytest.raises(ReadError, match="holds no text"):
        docx_reader.read(word_file(docx.Document()))
    with pytest.raises(ReadError, match="damaged"):
        docx_reader.read(report()[:4000])
    with pytest.raises(ReadError, match="without a password"):
        docx_reader.read(b"\xd0\xcf\x11\xe0" + b"\0" * 600)


MAIL = """From: Ann Private <ann.private@example.org>
To: Bob Private <bob.private@example.org>
Cc: =?utf-8?B?5bCP5piO?= <xm@example.org>
Subject: =?utf-8?B?5rW35aSW5pyN5Yqh56uZ?= and their hours
Date: Fri, 14 Oct 2022 23:50:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: multipart/alternative; boundary="y"

--y
Content-Type: text/html; charset=utf-8

<p>The HTML form of it.</p>
--y
Content-Type: text/plain; charset=gb18030
Content-Transfer-Encoding: base64

{body}
--y--
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="list.pdf"
Content-Transfer-Encoding: base64

AAAA
--x
Content-Type: message/rfc822

Subject: an earlier mail

Words of another mail.
--x--
"""


def a_mail(text: str) -> bytes:
    import base64

    return MAIL.replace("\n", "\r\n").format(body=base64.encodebytes(text.encode("gb18030")).decode()).encode()


def test_a_mail_is_its_subject_its_day_and_its_plain_body() -> None:
    document = mail.read(a_mail(f"{BODY}\r\n海外服务站已经开放。\r\n\r\n> An earlier word of somebody.\r\n"))
    assert [(p.kind, p.text, p.main) for p in document.passages] == [
        (PassageKind.HEADING, "海外服务站 and their hours", True),
        (PassageKind.PARAGRAPH, BODY, True),
        (PassageKind.PARAGRAPH, "海外服务站已经开放。", True),
        (PassageKind.QUOTE, "An earlier word of somebody.", False),
    ]
    assert document.title == "海外服务站 and their hours"
    assert (document.published, document.published_from) == ("2022-10-14", "meta")


def test_nobody_is_named_by_the_headers_of_a_mail() -> None:
    document = mail.read(a_mail(BODY))
    assert document.byline is None
    for personal in ("Private", "private", "example.org", "小明"):
        assert personal not in repr(document)


def test_what_is_attached_is_named_and_not_read() -> None:
    document = mail.read(a_mail(BODY))
    assert document.concerns == (
        "the attachment “list.pdf” (application/pdf) was not read: save it and add it by itself",
        "a message within the mail was not read: save it and add it by itself",
    )
    assert "another mail" not in document.text


def test_a_mail_with_html_alone_is_read_as_a_page() -> None:
    page = f"<html><body><p>{BODY}</p><table><tr><td>A cell</td></tr></table></body></html>"
    data = f"Subject: hours\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
    document = mail.read(data)
    assert BODY in [p.text for p in document.passages]
    assert document.passages[0].text == "hours"


def test_broken_headers_break_nothing() -> None:
    data = b"Subject: =?x-none?Q?=FF=FE?= a\xff\r\nDate: yesterday\r\nContent-Type: text/plain; charset=x-nope\r\n\r\n"
    document = mail.read(data + BODY.encode())
    assert document.published is None
    assert BODY in document.text
    with pytest.raises(ReadError, match="holds no text"):
        mail.read(b"From: a@example.org\r\n\r\n")


def test_raised_digits_stay_raised_and_words_struck_out_are_left_out() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("The council counted 54")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(" offices near the harbour, of which ")
    paragraph.add_run("none").font.strike = True
    paragraph.add_run("two have closed.")
    got = docx_reader.read(word_file(word))
    assert got.passages[0].text == "The council counted 54¹ offices near the harbour, of which two have closed."
    assert got.concerns == ("words of the file are struck out: they were not read",)
