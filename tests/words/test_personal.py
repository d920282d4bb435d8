"""Personal data: found in the ways of many countries; years, dates, plain counts and short public numbers stay.

All numbers, names and addresses here are invented or reserved for examples.
"""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.words.personal import personal


@pytest.mark.parametrize(
    ("kind", "words", "text"),
    [
        ("telephone", "+44 20 7946 0000", "Call +44 20 7946 0000 now"),
        ("telephone", "(020) 7946-0958", "or (020) 7946-0958."),
        ("telephone", "0577-88888888", "电话:0577-88888888"),
        ("telephone", "13800138000", "手机13800138000。"),
        ("telephone", "12345", "tel. 12345"),
        ("email", "a.b@example.org", "mail a.b@example.org today"),
        ("email", "x [at] example [dot] org", "write to x [at] example [dot] org"),
        ("url_handle", "@some_handle", "as @some_handle wrote"),
        ("url_handle", "facebook.com/some.name", "see facebook.com/some.name for"),
        ("url_handle", "微信:abc_1234", "微信:abc_1234"),
        ("address", "12 Capel Street", "at 12 Capel Street in"),
        ("address", "Capel Street 12", "at Capel Street 12 in"),
        ("address", "107 East Broadway", "at 107 East Broadway in"),
        ("address", "Hauptstraße 5, 60311 Frankfurt", "in der Hauptstraße 5, 60311 Frankfurt"),
        ("address", "Kerkstraat 12", "aan de Kerkstraat 12"),
        ("address", "Calle de Alcalá 12", "en la Calle de Alcalá 12"),
        ("address", "Via Roma 5", "in Via Roma 5"),
        ("address", "12 rue de Rivoli", "au 12 rue de Rivoli"),
        ("address", "rua Augusta, 10", "na rua Augusta, 10"),
        ("address", "Ulice Dlouhá 12", "Ulice Dlouhá 12"),
        ("address", "SW1A 1AA", "London SW1A 1AA"),
        ("address", "福州市鼓楼区东大路36号2楼", "福州市鼓楼区东大路36号2楼"),
        ("address", "杭州路一百二十號", "杭州路一百二十號"),
        ("id_number", "330102199001011237", "身份证号330102199001011237"),
        ("id_number", "E12345678", "护照号 E12345678"),
        ("id_number", "12345678Z", "DNI 12345678Z"),
    ],
)
def test_personal_data_is_found(kind, words, text):
    assert [(p.kind, text[p.start : p.end]) for p in personal(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Dial 110, 112 or 911",
        "at least 54 places in 30 countries in 2018",
        "2,002 and 230,000 and 2.002 and 100 000 people",
        "from 2016-2019, on 13.9.2022 and 2022-09-13 at 10:30",
        "海外110报警服务台,430多万人,2022年1月22日",
        "On 12 September 2022 the 30 sites of 2018",
    ],
)
def test_public_numbers_years_dates_and_counts_stay(text):
    assert personal(text) == []


_PIECES = ["12", " ", "Capel", " Street", "@x", "a@b.cd", "+44 ", "7946 0000", "路", "号", ",", "tel ", "中", "DNI "]


@given(st.lists(st.sampled_from(_PIECES), max_size=20))
def test_spans_are_in_order_apart_and_never_empty(pieces):
    text = "".join(pieces)
    spans = personal(text)
    assert all(0 <= p.start < p.end <= len(text) for p in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize("piece", ["1 ", "1-", "a@", "Aa ", "路", "@", "1号", "(", "+"])
def test_hostile_texts_take_linear_time(piece):
    began = time.perf_counter()
    personal(piece * 20_000)
    assert time.perf_counter() - began < 5
