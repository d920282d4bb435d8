"""Sentences: spans that cover everything but white space, split where a reader would."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.words.sentences import sentences

CASES = [
    ("en", "Mr. Smith met Sen. Jones in the U.S. on Monday.|He left."),
    ("en", "It is in the U.S.|The other is not."),
    ("en", "It cost 2.5 million.|No. 5 is open.|Just say no.|Yes."),
    ("en", '"We know nothing." she said.|"It closed."|The end.'),
    ("en", "“It closed.”|The place is gone.|(See p. 5.)|Next."),
    ("en", "He asked “why?” and left."),
    ("en", "Gov. K. L. Doe spoke at 5 p.m. on Tuesday.|The door closed...|And then.|Wait... no."),
    ("en", "Example Inc.|The firm says so."),
    ("en", "a line\n|another line"),
    ("de", "Am 12. September wurde sie geschlossen.|Es waren 12.|Danach ging er z. B. nach Bonn."),
    ("cs", "Dne 12. září byla zavřena.|Policie č. 5."),
    ("es", "¿Es cierto?|¡No!|Sí."),
    ("zh-Hans", "警方说没有。|他走了！|好；|是"),
    ("zh-Hant", "「關閉了。」他說。|好。"),
    ("zh-Hans", "“可以吗？”他问。|“不行！”"),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_sentences_end_where_a_reader_ends_them(language, marked):
    text = marked.replace("|", "" if language.startswith("zh") else " ")
    wanted = [part.strip() for part in marked.split("|")]
    assert [text[start:end] for start, end in sentences(text, language)] == wanted


@given(
    st.text(alphabet=st.sampled_from("aB1. !?。！「」“”\"'’)\n…z中"), max_size=60),
    st.sampled_from(["en", "de", "zh", None]),
)
def test_spans_are_in_order_and_lose_only_white_space(text, language):
    spans = sentences(text, language)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)


def test_a_long_run_of_marks_is_no_trouble():
    assert len(sentences("." * 100_000, "en")) == 1
