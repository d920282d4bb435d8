"""Address lists: each row is one thing, the issuer is its voice, and what serves matching is not quoted."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import finders, only

from overt.find import Found, find
from overt.model import Document, Locator, Passage, PassageKind, Reader, Sighting, sha256


def page(rows: list[list[str]], *before: str, language: str = "en", title: str | None = None) -> Found:
    """A page with these lines and a table."""
    passages = [Passage(kind=PassageKind.HEADING, text=text) for text in before]
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            at = Locator(table=1, row=number, column=column, heading=number == 1)
            passages.append(Passage(kind=PassageKind.TABLE_CELL, text=text, locator=at))
    capture = sha256(repr(rows).encode())
    document = Document(
        capture=capture,
        passages=tuple(passages),
        reader=Reader(name="test", version="1"),
        language=language,
        title=title,
    )
    sighting = Sighting(capture=capture, address="https://example.org/list", outlet="The Example Gazette")
    return find(document, sighting, finders())


ENGLISH = [
    ["No", "Country", "City", "Name", "Address", "Telephone", "Opened"],
    [
        "1",
        "Ireland",
        "Dublin",
        "Dublin Overseas Service Station",
        "12 Example Street",
        "+353 1 555 0100",
        "2018",
    ],
    ["2", "Netherlands", "Rotterdam", "Rotterdam Overseas Service Station", "3 Voorbeeldweg", "010 5550", "May 2019"],
]
CHINESE = [
    ["序号", "国家", "城市", "服务站名称", "地址", "联系电话"],
    ["1", "爱尔兰", "都柏林", "都柏林警侨服务站", "示例街12号", "01-5550100"],
    ["2", "荷兰", "鹿特丹", "鹿特丹警侨服务站", "示例路3号", "010-5550"],
]


@pytest.mark.parametrize(
    ("rows", "language", "head"),
    [
        (ENGLISH, "en", "Police service stations of the Fuzhou Public Security Bureau"),
        (CHINESE, "zh-Hans", "福州市公安局海外警务服务站名单"),
    ],
)
def test_each_row_is_one_thing_and_its_issuer_the_voice(rows: list[list[str]], language: str, head: str) -> None:
    found = page(rows, head, language=language)
    placed = only(list(found.statements), "located_in")
    assert [s.value.normal for s in placed] == ["geonames:2964574", "geonames:2747891"]
    assert len({s.subject.mention for s in placed}) == 2
    assert all(s.subject.group is None for s in placed)
    names = only(list(found.statements), "name")
    assert [s.quote.exact for s in names] == [rows[1][3], rows[2][3]]
    for s in (*placed, *names):
        assert "公安局" in (s.voice.organisation or "") or "Public Security" in (s.voice.organisation or "")
        assert s.attribution[-1].organisation == "The Example Gazette"


def test_dates_of_a_column_keep_their_precision() -> None:
    assert [s.value.normal for s in only(list(page(ENGLISH, "Police service stations").statements), "opened")] == [
        "2018",
        "2019-05",
    ]


@pytest.mark.parametrize(("rows", "language"), [(ENGLISH, "en"), (CHINESE, "zh-Hans")])
def test_streets_and_telephones_serve_matching_alone(rows: list[list[str]], language: str) -> None:
    found = page(rows, "Police service stations 海外警务服务站", language=language)
    assert [m.street for m in found.mentions if m.street] == [rows[1][4], rows[2][4]]
    for s in found.statements:
        words = f"{s.quote.prefix}{s.quote.exact}{s.quote.suffix}{s.value.text}"
        assert rows[1][4] not in words
        assert "555" not in words


def test_a_stated_total_is_compared_with_the_rows_read() -> None:
    found = page(ENGLISH, "The Fuzhou police list 3 police service stations")
    assert found.concerns == ("it says 3, and 2 rows of its list 1 were read",)
    assert page(ENGLISH, "The Fuzhou police list 2 police service stations").concerns == ()


def test_headings_that_come_again_on_the_next_sheet_are_no_row() -> None:
    rows = [ENGLISH[0], ENGLISH[1], ENGLISH[0], ENGLISH[2]]
    assert len(only(list(page(rows, "Police service stations").statements), "located_in")) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["Team", "Points"], ["Dublin", "12"], ["Cork", "9"]],
        [["City", "Rain"], ["Dublin", "12 mm"]],
    ],
)
def test_a_table_of_something_else_lists_nothing(rows: list[list[str]]) -> None:
    found = page(rows, "Police service stations of China")
    assert not only(list(found.statements), "located_in")


def test_a_plain_list_under_a_heading_places_a_thing_in_each_item() -> None:
    items = ["Dublin, Ireland", "Rotterdam, 3 Voorbeeldweg", "Lisbon"]
    passages = [Passage(kind=PassageKind.PARAGRAPH, text="The police service stations abroad are:")]
    passages += [Passage(kind=PassageKind.LIST_ITEM, text=text) for text in items]
    capture = sha256(b"plain")
    document = Document(
        capture=capture, passages=tuple(passages), reader=Reader(name="test", version="1"), language="en"
    )
    found = find(document, Sighting(capture=capture, address="a", outlet="The Example Gazette"), finders())
    assert [s.quote.exact for s in only(list(found.statements), "located_in")] == ["Dublin", "Rotterdam", "Lisbon"]
    assert [m.street for m in found.mentions if m.street] == ["Rotterdam, 3 Voorbeeldweg"]
