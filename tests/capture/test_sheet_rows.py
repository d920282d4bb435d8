"""A sheet is read with the headers that people use; a wrong row is named and stops no other."""

from pathlib import Path

import pytest

from overt.capture import Sheet, load_sheet
from overt.model import InputError, Outcome


def sheet(folder: Path, text: str | bytes, name: str = "sheet.csv") -> Sheet:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_sheet(path)


def test_all_columns_are_read_and_others_are_notes(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("words", encoding="utf-8")
    got = sheet(
        tmp_path,
        "file,url,title,outlet,published,language,who found it\n"
        'texts/a.txt,https://a.example/1,"One, two",The Outlet,2022-10,zh-Hans,me\n'
        ",https://a.example/2,,,,,\n",
    )
    assert got.mapping["who found it"] == "note"
    assert got.problems == ()
    first, second = got.inputs
    assert (first.path, first.url, first.name) == (tmp_path / "texts/a.txt", "https://a.example/1", "texts/a.txt")
    assert (first.title, first.outlet, first.published, first.language) == (
        "One, two",
        "The Outlet",
        "2022-10",
        "zh-Hans",
    )
    assert first.notes == {"who found it": "me"}
    assert (second.path, second.url, second.title) == (None, "https://a.example/2", None)


@pytest.mark.parametrize(
    "header",
    ["link,headline,publisher,date,lang", "网址,标题,媒体,日期,语言", "Address;Title;Source;Published on;LANGUAGE"],
)
def test_headers_are_guessed_and_the_guess_is_shown(tmp_path: Path, header: str) -> None:
    separator = ";" if ";" in header else ","
    got = sheet(tmp_path, header + "\n" + separator.join(["https://a.example/", "t", "o", "2022", "en"]) + "\n")
    assert list(got.mapping.values()) == ["url", "title", "outlet", "published", "language"]
    assert got.inputs[0].published == "2022"


def test_the_roles_own_name_wins_over_a_guess(tmp_path: Path) -> None:
    got = sheet(tmp_path, "link,url,source,outlet\nx,https://a.example/,y,The Outlet\n")
    assert got.mapping == {"link": "note", "url": "url", "source": "note", "outlet": "outlet"}
    assert got.inputs[0].outlet == "The Outlet"


def test_a_sheet_can_say_who_saved_a_file_by_hand(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    got = sheet(
        tmp_path,
        "file,url,saved by,saved on\na.png,https://a.example/,ana,2022-10\n,https://a.example/,ana,\n"
        "a.png,,Ana Sure,\na.png,,,2022\n",
    )
    (item,) = got.inputs
    assert (item.saved_by, item.saved_on, item.url) == ("ana", "2022-10", "https://a.example/")
    assert [(p.line, p.column) for p in got.problems] == [(3, "saved by"), (4, "saved by"), (5, "saved on")]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_changes_nothing(tmp_path: Path, start: bytes) -> None:
    assert len(sheet(tmp_path, start + b"url\r\nhttps://a.example/\r\n\r\n").inputs) == 1


def test_wrong_rows_are_named_by_line_and_column_and_the_others_go_on(tmp_path: Path) -> None:
    got = sheet(
        tmp_path,
        "file,link,date,lang,remark\n"
        ",https://a.example/1,13/10/2022,en,\n"
        ',https://a.example/2,2022,english!,"two\nlines"\n'
        "missing.txt,,,,\n"
        ",,2022,,\n"
        ",ftp://a.example/,,,\n"
        ",https://a.example/3,2022-13,en,\n"
        ",https://a.example/4,2022-10-13,en,,,,\n"
        ",https://a.example/5,2022-10-13,en,good\n",
    )
    assert [(p.line, p.column) for p in got.problems] == [
        (2, "date"),
        (3, "lang"),
        (5, "file"),
        (6, "file"),
        (7, "link"),
        (8, "date"),
        (9, ""),
    ]
    assert [item.url for item in got.inputs] == ["https://a.example/5"]
    receipt = got.problems[0].receipt()
    assert receipt.outcome is Outcome.REFUSED
    assert receipt.input == "sheet.csv, line 2"
    assert "13/10/2022" in (receipt.reason or "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("title,outlet\na,b\n", "no column named file or url"),
        ("url,url\na,b\n", "two columns are named 'url'"),
        (b"\xd0\xcf\x11\xe0....", "an old or an encrypted kind"),
        (b"PK\x03\x04 no archive", "a damaged office file"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_in_words(tmp_path: Path, text: str | bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        sheet(tmp_path, text)
    with pytest.raises(InputError, match="No such file"):
        load_sheet(tmp_path / "none.csv")


def test_broken_quoting_ends_the_sheet_with_a_line_number(tmp_path: Path) -> None:
    got = sheet(tmp_path, 'url,title\nhttps://a.example/1,ok\nhttps://a.example/2,"open\nhttps://a.example/3,x\n')
    assert len(got.inputs) == 1
    assert got.problems[0].line == 3


@pytest.mark.parametrize(
    ("encoding", "header", "outlet"),
    [
        ("gb18030", "url;Titel;媒体;date", "某报"),
        ("gb18030", "网址,媒体", "侨报"),
        ("big5hkscs", "網址,媒體", "僑報"),
        ("cp932", "url,媒体", "某新聞"),
        ("cp1252", "url;título;média", "Zürcher Zeitung"),
    ],
)
def test_a_header_that_is_known_tells_the_encoding(tmp_path: Path, encoding: str, header: str, outlet: str) -> None:
    separator = ";" if ";" in header else ","
    names = header.split(separator)
    cells = ["https://a.example/", *([""] * (len(names) - 2)), outlet]
    if names[-1] == "date":
        cells = ["https://a.example/", "t", outlet, "2022"]
    got = sheet(tmp_path, f"{header}\n{separator.join(cells)}\n".encode(encoding))
    assert got.inputs[0].outlet == outlet
    assert list(got.mapping) == names
    assert "read as" in got.note
