"""Hostile texts: no tool of this room takes more than linear time, overflows, or trips on odd characters."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.places.gazetteer import demonyms, find
from overt.words.dates import dates
from overt.words.numbers import numbers
from overt.words.personal import personal
from overt.words.sentences import sentences

TOOLS = {
    "sentences": lambda text, language: sentences(text, language),
    "numbers": lambda text, language: numbers(text, language),
    "dates": lambda text, language: dates(text, language, "2022-10-26"),
    "personal": lambda text, language: personal(text),
    "places": lambda text, language: find(text, language),
    "peoples": lambda text, language: demonyms(text, language),
}
PIECES = [
    "a.",
    "1",
    "1,",
    "一",
    "万",
    "million ",
    "in ",
    " ",
    "early ",
    "in March ",
    "London, ",
    "-",
    "“",
    "年",
    "1月",
    "Mr. ",
]


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_run_of_one_piece_takes_linear_time(tool, piece):
    TOOLS[tool](piece, "en")
    began = time.perf_counter()
    TOOLS[tool](piece * 8_000, "en")
    assert time.perf_counter() - began < 5


@given(st.text(max_size=80), st.sampled_from(["en", "zh-Hant", "de", "cs", "xx", "", None]))
def test_any_text_in_any_language_is_read_without_an_error(text, language):
    for tool in TOOLS.values():
        tool(text, language)


@pytest.mark.parametrize("text", ["9" * 500, "一" * 500, "亿" * 500, "one " + "million " * 200, "9,999" * 100])
def test_no_number_is_infinite(text):
    assert all(n.value is None or math.isfinite(n.value) for n in numbers(text, "en"))
