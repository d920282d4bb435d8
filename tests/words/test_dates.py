"""Dates: absolute ones in ten languages, relative ones only where the page's date is known, and no false ones."""

import calendar
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.edtf import is_edtf
from overt.words.dates import dates


def found(text, language, published=None):
    return [(d.words, d.edtf) for d in dates(text, language, published)]


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("en", "on 13 September 2022", "2022-09-13"),
        ("en", "on September 13th, 2022", "2022-09-13"),
        ("en", "on Tuesday, Sept. 13, 2022", "2022-09-13"),
        ("en", "in April 2021", "2021-04"),
        ("en", "set up in 2018", "2018"),
        ("en", "in early 2022", "2022~"),
        ("en", "in the fall of 2022", "2022~"),
        ("en", "from 2016 to 2019", "2016/2019"),
        ("en", "between April 2021 and July 2022", "2021-04/2022-07"),
        ("en", "from April to July 2022", "2022-04/2022-07"),
        ("en", "in 2016–2019", "2016/2019"),
        ("en", "10-12 May 2022", "2022-05-10/2022-05-12"),
        ("en", "13/09/2022", "2022-09-13"),
        ("es", "el 12 de septiembre de 2022", "2022-09-12"),
        ("es", "entre enero y noviembre de 2002", "2002-01/2002-11"),
        ("es", "a principios de 2022", "2022~"),
        ("fr", "le 1er mai 2022", "2022-05-01"),
        ("de", "am 12. September 2022", "2022-09-12"),
        ("de", "am 12.9.2022", "2022-09-12"),
        ("nl", "op 12 september 2022", "2022-09-12"),
        ("it", "dal 2016 al 2019", "2016/2019"),
        ("pt", "em 12 de setembro de 2022", "2022-09-12"),
        ("cs", "12. září 2022", "2022-09-12"),
        ("ja", "2022年9月13日", "2022-09-13"),
        ("zh-Hans", "2018年设立", "2018"),
        ("zh-Hans", "二〇二二年九月十三日", "2022-09-13"),
        ("zh-Hant", "2022年9月13號", "2022-09-13"),
        ("zh-Hans", "2016年至2019年", "2016/2019"),
        ("zh-Hans", "2022年初", "2022~"),
    ],
)
def test_an_absolute_date_needs_no_page(language, text, edtf):
    assert [e for _, e in found(text, language)] == [edtf]


@pytest.mark.parametrize(
    ("language", "text", "edtf"),
    [
        ("en", "earlier this year", "2022"),
        ("en", "last year", "2021"),
        ("en", "last month", "2022-09"),
        ("en", "in March", "2022-03"),
        ("en", "in December", "2021-12"),
        ("en", "in March last year", "2021-03"),
        ("en", "on Monday", "2022-10-24"),
        ("en", "yesterday", "2022-10-25"),
        ("en", "last week", "2022-10-17/2022-10-23"),
        ("es", "el 16 de enero", "2022-01-16"),
        ("es", "el pasado mes de agosto", "2022-08"),
        ("fr", "lundi", "2022-10-24"),
        ("de", "im März", "2022-03"),
        ("zh-Hans", "今年1月10日", "2022-01-10"),
        ("zh-Hans", "去年3月", "2021-03"),
        ("zh-Hans", "9月13日", "2022-09-13"),
        ("zh-Hant", "昨(25日)", "2022-10-25"),
        ("zh-Hant", "本週三(10月26日)", "2022-10-26"),
        ("zh-Hans", "上月", "2022-09"),
    ],
)
def test_a_relative_date_is_read_from_the_page_and_left_out_without_it(language, text, edtf):
    assert [e for _, e in found(text, language, "2022-10-26")] == [edtf]
    assert found(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "The May report",
        "he may come",
        "Sat down",
        "We march on",
        "March on!",
        "110 and 2,002 of 1,998",
        "next Monday",
        "9/10/2022",
    ],
)
def test_no_false_dates(text):
    assert found(text, "en", "2022-10-26") == []


@pytest.mark.parametrize("text", ["110报警", "3个月", "今日本", "2日游"])
def test_no_false_dates_in_chinese(text):
    assert found(text, "zh-Hans", "2022-10-26") == []


def test_days_need_a_page_dated_to_the_day_but_months_do_not():
    assert found("on Monday, in March", "en", "2022") == [("March", "2022-03")]
    assert found("yesterday", "en", "2022-10-25/2022-10-26") == [("yesterday", "2022-10-25")]


def test_a_lone_day_and_same_year_belong_to_the_date_before():
    assert found("1月22日,22日在,同年5月", "zh-Hans", "2022-03-01") == [
        ("1月22日", "2022-01-22"),
        ("22日", "2022-01-22"),
        ("同年5月", "2022-05"),
    ]


@given(st.dates())
def test_every_day_comes_back_in_english_and_chinese(day):
    if not 1900 <= day.year <= 2099:
        return
    assert found(f"on {day.day} {calendar.month_name[day.month]} {day.year}", "en")[0][1] == day.isoformat()
    assert found(f"{day.year}年{day.month}月{day.day}日", "zh-Hans")[0][1] == day.isoformat()


_PIECES = [
    "in ",
    "March ",
    "2022",
    "年",
    "9月",
    "13日",
    "昨日",
    "today",
    " to ",
    "from ",
    "31 ",
    "February ",
    "-",
    "至",
    ".",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=12), st.sampled_from([None, "2022-10-26", "2022-03", "not a date"]))
def test_all_dates_are_edtf_in_order_and_apart(pieces, published):
    text = "".join(pieces)
    spans = dates(text, "en", published)
    assert all(is_edtf(span.edtf) and text[span.start : span.end] == span.words for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
