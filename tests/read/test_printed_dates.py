"""Dates as pages print them: no more precise than printed, never of the day on which they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.read import read
from overt.read.printed_dates import as_printed, date_at, part_of_date


def page(head: str = "", top: str = "") -> tuple[str | None, str | None]:
    prose = "<p>The council said that the office near the harbour had been closed, and nobody had asked for it.</p>" * 4
    got = read(
        f"<html><head>{head}</head><body><h1>An office closes</h1>{top}{prose}</body></html>".encode(), "text/html"
    )
    return got.published, got.published_from


def linked(day: str) -> str:
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":{day}}}</script>'


@pytest.mark.parametrize(("said", "edtf"), [('"2023-03"', "2023-03"), ('"2023"', "2023"), ("2023", "2023")])
def test_a_month_or_year_stays_what_it_is(said: str, edtf: str) -> None:
    assert page(linked(said)) == (edtf, "json-ld")
    assert page(f"<meta name='dc.date' content={said}>") == (edtf, "meta")


def test_another_place_may_name_the_day_of_a_month_but_no_other_month() -> None:
    assert page(linked('"2023-03"') + "<meta name='date' content='2023-03-09'>") == ("2023-03-09", "meta")
    assert page(linked('"2023-03"') + "<meta name='date' content='2023-04-09'>") == ("2023-03", "json-ld")
    assert page(linked('"2023-03"'), "<p>9 March 2023</p>") == ("2023-03-09", "text")


@pytest.mark.parametrize(
    "line",
    [
        "2022年9月13日",
        "二〇二二年九月十三日",
        "中華民國111年9月13日",
        "令和4年9月13日",
        "2022년 9월 13일",
        "13 de septiembre de 2022",
        "martes, 13 de septiembre de 2022",
        "13. September 2022",
        "13.09.2022",
        "13/09/2022",
        "09/13/2022",
        "dinsdag 13 september 2022",
        "13. září 2022",
        "Tuesday, September 13, 2022",
    ],
)
def test_a_day_in_words_is_read_at_the_top_of_the_text(line: str) -> None:
    assert page(top=f"<p>{line}</p>") == ("2022-09-13", "text")


def test_what_can_be_read_in_two_ways_is_no_date() -> None:
    assert date_at("03/04/2022") is None
    assert date_at("31 February 2022") is None
    assert part_of_date("2022-13") is None


def test_what_is_filled_in_from_the_clock_is_cut_off() -> None:
    assert as_printed("2022-11-25", "<p>Report of November 2022, page 25</p>") == "2022-11"
    assert as_printed("2022-11-25", "<p>Report of 2022</p>") == "2022"
    assert as_printed("2022-11-25", "<p>25th November 2022</p>") == "2022-11-25"
    far = "<p>Report of 2022</p>" + "<p>25 November</p>" * 9
    assert as_printed("2022-11-25", far + "<p>of 2022</p>") == "2022"
    assert as_printed("2022-11-25", far * 99 + "<p>25 November 2022</p>") == "2022-11-25"


def test_the_dateline_of_a_chinese_agency_gives_the_day() -> None:
    assert (
        page(top="<p>【示例社北京時間2022年10月28日訊】議會星期三表示，港口附近的辦公室已經關閉。</p>")[0]
        == "2022-10-28"
    )


@given(st.text(max_size=40))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    assert date_at(text) is None or len(date_at(text)[0]) == 10  # type: ignore[index]
    part_of_date(text)
