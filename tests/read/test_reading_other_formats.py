"""Markdown, sheets of text and saved pages."""

import plistlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making_files import PAGE, mhtml

from overt.model import Locator, PassageKind, ReadError
from overt.read import html, markdown, sheet, webarchive
from overt.read import mhtml as mhtml_reader

MARKDOWN = """---
title: The offices
date: 2022-10-14
author: somebody
---

# An office near the harbour

The council *said* that a [new office](https://example.org) would open
near the harbour; `why` was not told.

- first thing
- second thing

> Nobody was asked.

| City | State |
|------|-------|
| Lisbon | closed |

<div>Some raw words</div>
"""


def test_markdown_is_its_blocks_without_its_marks() -> None:
    document = markdown.read(MARKDOWN.encode())
    assert [(str(p.kind), p.text) for p in document.passages] == [
        ("note", "title: The offices date: 2022-10-14 author: somebody"),
        ("heading", "An office near the harbour"),
        ("paragraph", "The council said that a new office would open near the harbour; why was not told."),
        ("list_item", "first thing"),
        ("list_item", "second thing"),
        ("quote", "Nobody was asked."),
        ("table_cell", "City"),
        ("table_cell", "State"),
        ("table_cell", "Lisbon"),
        ("table_cell", "closed"),
        ("paragraph", "Some raw words"),
    ]
    assert (document.title, document.published, document.published_from) == ("The offices", "2022-10-14", "meta")
    assert document.byline is None
    cells = [p.locator for p in document.passages if p.locator]
    assert cells[0] == Locator(table=1, row=1, column=1, heading=True)
    assert cells[3] == Locator(table=1, row=2, column=2)


@pytest.mark.parametrize(
    ("data", "charset"),
    [
        ("City,State\r\nLisbon,closed\r\n", "utf-8"),
        ("\ufeffCity;State\nLisbon;closed\n", "utf-8"),
        ("sep=;\nCity;State\nLisbon;closed\n", "utf-8"),
        ("City\tState\nLisbon\tclosed", "utf-16"),
        ('"City"|"State"\n"Lisbon"|"closed"\n', None),
    ],
)
def test_a_sheet_is_cells_whatever_parts_them(data: str, charset: str | None) -> None:
    document = sheet.read(data.encode(charset or "utf-8"), charset)
    assert [(p.text, p.locator) for p in document.passages] == [
        ("City", Locator(table=1, row=1, column=1, heading=True)),
        ("State", Locator(table=1, row=1, column=2, heading=True)),
        ("Lisbon", Locator(table=1, row=2, column=1)),
        ("closed", Locator(table=1, row=2, column=2)),
    ]


def test_a_chinese_sheet_with_commas_and_lines_in_its_cells() -> None:
    data = '城市,说明\n福州,"在运行,\n2022年起"\n青田,\n'.encode("gb18030")
    document = sheet.read(data, "gb18030")
    assert [p.text for p in document.passages] == ["城市", "说明", "福州", "在运行, 2022年起", "青田"]
    assert document.passages[-1].locator == Locator(table=1, row=3, column=1)


def test_numbers_alone_are_no_headings() -> None:
    document = sheet.read(b"1,2\n3,4\n")
    assert not any(p.locator.heading for p in document.passages if p.locator)


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9), min_size=2)))
def test_no_sheet_is_more_than_a_read_error(rows: list[list[str]]) -> None:
    data = "\n".join(",".join(row) for row in rows).encode()
    try:
        document = sheet.read(data, "utf-8")
    except ReadError:
        return
    assert all(p.kind is PassageKind.TABLE_CELL and p.locator for p in document.passages)


def test_a_page_that_a_browser_saved_is_read_as_that_page() -> None:
    document = mhtml_reader.read(mhtml())
    page = html.read(PAGE.encode())
    assert (document.passages, document.title) == (page.passages, page.title)
    assert document.url == "https://example.org/harbour"
    assert document.reader.name == "mhtml"
    assert mhtml_reader.read(mhtml(location="cid:frame-1")).url is None
    with pytest.raises(ReadError, match="no HTML"):
        mhtml_reader.read(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n")


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_page_that_safari_saved_is_read_as_that_page(form: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": PAGE.encode("utf-16"),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-16",
        "WebResourceURL": "https://example.org/harbour",
        "WebResourceFrameName": "",
    }
    archive = plistlib.dumps({"WebMainResource": main, "WebSubresources": [{"WebResourceData": b"x"}]}, fmt=form)
    document = webarchive.read(archive)
    assert document.passages == html.read(PAGE.encode()).passages
    assert document.url == "https://example.org/harbour"
    with pytest.raises(ReadError, match="damaged or holds no page"):
        webarchive.read(archive[: len(archive) // 2])
    with pytest.raises(ReadError, match="damaged or holds no page"):
        webarchive.read(plistlib.dumps({"a": 1}, fmt=form))
