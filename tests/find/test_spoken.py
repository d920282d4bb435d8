"""Quotations that reach over several sentences are one person's words, whichever sentence names the person."""

from pathlib import Path

import pytest

from overt.find.attribution import Memory
from overt.find.lexicon import speech
from overt.find.sentence import split
from overt.find.spoken import Spoken, spoken
from overt.find.voices import Voices
from overt.profile import find_profile, load


def _read(text: str) -> list[Spoken]:
    """What is said in a page, a passage a line."""
    words = speech("en")
    assert words is not None
    voices = Voices(words, load(Path(str(find_profile("overseas-stations")))))
    read = [
        (sentence, passage, voices)
        for number, passage in enumerate(text.split("\n"))
        for sentence in split(number, passage, "en", words)
    ]
    return spoken(read, Memory())


def _said(text: str) -> list[tuple[str, list[str | None]]]:
    """Each sentence with the innermost voices that hold its middle, by their own words."""
    return [
        (
            one.sentence.text,
            [a.voice.speaker or a.voice.role or a.voice.organisation for a in one.attributions],
        )
        for one in _read(text)
    ]


def test_every_sentence_of_a_quotation_is_whose_the_last_one_names() -> None:
    said = _said('"The list was long. Nobody had asked us. We closed it," Marta Quill said.')
    assert [who for _, who in said] == [["Marta Quill"]] * 3


def test_a_quotation_is_not_given_to_who_spoke_before() -> None:
    said = _said(
        'The office never existed, Tom Vane said.\n"We saw the sign. It hung there for a year," said Marta Quill.'
    )
    assert said[1][1] == ["Marta Quill"]
    assert said[2][1] == ["Marta Quill"]


def test_what_follows_a_quotation_outside_it_is_the_outlets_own() -> None:
    said = _said('"The list was long. We closed it," Marta Quill said. The street was empty on Monday.')
    assert said[-1][1] == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('"It is closed," deputy mayor Tom Vane (North Party) said after the meeting in the hall.', "Tom Vane"),
        ('"It is closed," Tom Vane, 61, said.', "Tom Vane"),
        ("It has been closed since May, Vane said Tuesday.", "Vane"),
    ],
)
def test_sources_with_brackets_ages_and_days(text: str, who: str) -> None:
    assert any(who in str(name) for _, names in _said(text) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "Compared to other ministries rated good, it is small.",
        'A clerk once asked: "Every time you say that, do you mean it?"',
    ],
)
def test_a_clause_is_no_source(text: str) -> None:
    assert all(name is None or len(name.split()) <= 3 for _, names in _said(text) for name in names)


def test_an_answer_that_goes_on_in_another_paragraph_keeps_all_its_words() -> None:
    page = (
        "Question: What is the office for?\n"
        "Foreign Ministry Spokesperson: The office renews licences for those who live here.\n"
        "It has no staff who were sent there from home. The helpers are volunteers who give up their own evenings."
    )
    last = [one for one in _read(page) if one.sentence.passage == 2]
    assert len(last) == 2
    for one in last:
        (answer,) = one.attributions
        assert "Spokesperson" in (answer.voice.role or "")
        assert answer.content == ((one.sentence.start, one.sentence.end),)
        assert answer.source is None
        assert one.text[slice(*answer.cue)] == ""
