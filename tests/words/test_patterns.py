"""Patterns: code-point offsets whatever the script, linear time whatever the text, clear errors."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model.errors import InputError
from overt.words import patterns


@given(st.text(), st.text(min_size=1))
def test_offsets_are_code_points_of_the_text(before, word):
    text = before + word + "终"
    for hit in patterns.compile(patterns.escape(word)).finditer(text):
        assert text[hit.start : hit.end] == hit.text == word


def test_groups_have_code_point_spans_too():
    hit = patterns.compile("é(?P<han>中+)(?P<none>x)?").search("ab éé中中 c")
    assert hit is not None
    assert (hit.start, hit.end) == (4, 7)
    assert hit.group("han") == "中中"
    assert hit.span("han") == (5, 7)
    assert hit.group("none") is None
    assert hit.span("none") == (-1, -1)


def test_longest_takes_the_longest_alternative():
    assert patterns.compile("a|ab|abc").search("abc").text == "a"
    assert patterns.compile("a|ab|abc", longest=True).search("abc").text == "abc"


def test_a_hostile_pattern_on_a_hostile_text_is_linear():
    began = time.perf_counter()
    assert patterns.compile("(a+)+$").search("a" * 50_000 + "b") is None
    assert patterns.compile("(a|aa)+b").search("a" * 50_000) is None
    assert time.perf_counter() - began < 2


def test_what_re2_cannot_do_is_refused_in_words():
    with pytest.raises(InputError, match=r"cannot be used.*RE2"):
        patterns.compile(r"(?=look)ahead")
    with pytest.raises(InputError):
        patterns.PatternSet(["fine", "("])


def test_a_set_tells_which_patterns_are_there():
    some = patterns.PatternSet(["警务", "a.c", "zz"])
    assert some.matches("海外警务 abc") == [0, 1]
    assert some.matches("") == []
    assert some.matches("nothing of it") == []
    assert patterns.PatternSet([]).matches("anything") == []
    assert patterns.literals(["a.c", "b"]).matches("abc") == [1]
