"""Numbers: value, kind and qualifier as the language writes them; what is no count says so."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.words.numbers import numbers


def one(text, language):
    found = numbers(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "value", "qualifier"),
    [
        ("en", "at least 54 places", 54, "at_least"),
        ("en", "fifty-four places", 54, None),
        ("en", "two dozen places", 24, None),
        ("en", "nearly 230,000 people", 230_000, "about"),
        ("en", "more than 2000 people", 2000, "more_than"),
        ("en", "30 or more places", 30, "at_least"),
        ("en", "no more than 7 places", 7, "up_to"),
        ("en", "the first batch of 30 places", 30, None),
        ("en", "about 2.5 million people", 2_500_000, "about"),
        ("es", "al menos 2.002 detenciones", 2002, "at_least"),
        ("es", "más de cincuenta y cuatro sitios", 54, "more_than"),
        ("es", "hasta 54 sitios", 54, "up_to"),
        ("fr", "une cinquantaine de postes", 50, "about"),
        ("fr", "plus de quatre-vingt-dix-neuf postes", 99, "more_than"),
        ("fr", "2 002 personnes", 2002, None),
        ("de", "mindestens vierundfünfzig Orte", 54, "at_least"),
        ("de", "rund 2.002 Orte", 2002, "about"),
        ("nl", "zeker veertig plekken", 40, "at_least"),
        ("it", "almeno centodue luoghi", 102, "at_least"),
        ("pt", "pelo menos 54 locais", 54, "at_least"),
        ("cs", "nejméně 102 míst", 102, "at_least"),
        ("ja", "すくなくとも53カ国", 53, "at_least"),
        ("zh-Hans", "至少54个", 54, "at_least"),
        ("zh-Hans", "至少在30个国家", 30, "at_least"),
        ("zh-Hans", "430多万人", 4_300_000, "more_than"),
        ("zh-Hant", "23萬人", 230_000, None),
        ("zh-Hans", "五十余个", 50, "more_than"),
        ("zh-Hans", "一百零二处", 102, None),
        ("zh-Hans", "两家", 2, None),
        ("zh-Hans", "首批30个", 30, None),
        ("zh-Hans", "54个以上", 54, "at_least"),
    ],
)  # fmt: skip
def test_a_number_has_its_value_and_qualifier(language, text, value, qualifier):
    found = one(text, language)
    assert (found.value, found.qualifier, found.kind) == (value, qualifier, "number")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "dozens of"), ("zh-Hans", "数十个"), ("nl", "tientallen"), ("de", "Dutzende Orte")]
)
def test_words_without_a_figure_have_no_value(language, text):
    found = one(text, language)
    assert (found.value, found.qualifier) == (None, "dozens")


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "in 2018", "year_like"),
        ("en", "13.9.2022", "year_like"),
        ("en", "the 13th place", "ordinal"),
        ("fr", "le 13e", "ordinal"),
        ("zh-Hans", "第三", "ordinal"),
        ("zh-Hans", "二〇二二年", "year_like"),
        ("en", "5 per cent", "percent"),
        ("zh-Hans", "百分之三十", "percent"),
        ("en", "$2.5M in damages", "money"),
        ("en", "call +44 20 7946 0000", "phone_like"),
        ("zh-Hans", "电话010-12345678", "phone_like"),
        ("de", "am 12. September", "ordinal"),
    ],
)
def test_what_is_no_count_says_what_it_is(language, text, kind):
    assert one(text, language).kind == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "G20 and COVID-19, 24/7 at 10:30"), ("zh-Hans", "统一十分重要,四川"), ("es", "el canal Cuatro de la tele")],
)
def test_digits_and_numerals_inside_words_are_none(language, text):
    assert numbers(text, language) == []


def test_a_misprinted_number_is_marked():
    found = one("some 230,00 people", "en")
    assert (found.value, found.odd) == (23_000, True)
    assert not one("some 230,000 people", "en").odd


def test_the_qualifier_says_where_its_words_begin():
    text = "There are at least 54 of them"
    found = one(text, "en")
    assert text[found.qualifier_start : found.start] == "at least "


@given(
    st.text(alphabet=st.sampled_from("0123456789.,- '’三十百万亿多余第年个a+/%\u00a0"), max_size=40),
    st.sampled_from(["en", "es", "fr", "zh", None]),
)
def test_spans_are_in_order_inside_the_text_and_do_not_overlap(text, language):
    found = numbers(text, language)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_with_separators_come_back(number):
    assert one(f"{number:,} places", "en").value == number or number >= 1_000_000 or 1800 <= number < 2100
    spanish = f"{number:,}".replace(",", ".")
    assert numbers(f"{spanish} sitios", "es")[0].value == number
