"""The second reader of attributions: who says what by dependencies, on parses that a real pipeline made."""

import pytest
from parsing import PINNED, recorded, said, told

from overt.model import CaseError, InputError


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content"),
    [
        (
            "The ministry said that the station in Dublin was closed in October.",
            "The ministry",
            "said",
            ["that the station in Dublin was closed in October"],
        ),
        (
            "The station was never open, the ambassador told reporters on Monday.",
            "the ambassador",
            "told",
            ["The station was never open"],
        ),
        ("The list, the ministry said, is wrong.", "the ministry", "said", ["The list", "is wrong"]),
        (
            "According to the Lantern Watch, nine stations are in Spain.",
            "the Lantern Watch",
            "According to",
            ["nine stations are in Spain"],
        ),
        (
            "Laura N., director of the Lantern Watch, called the station a threat to exiles.",
            "Laura N., director of the Lantern Watch",
            "called",
            ["the station a threat to exiles"],
        ),
        (
            "The group accused the consulate of hiding the address.",
            "The group",
            "accused",
            ["the consulate of hiding the address"],
        ),
        (
            "The mayor promised to close the office by June.",
            "The mayor",
            "promised",
            ["to close the office by June"],
        ),
        (
            "Residents, who said they were followed, left the city.",
            "Residents, who",
            "said",
            ["they were followed"],
        ),
        (
            "The office is closed, as the police have confirmed.",
            "the police",
            "have confirmed",
            ["The office is closed"],
        ),
    ],
)
def test_a_source_is_the_subject_wherever_it_stands(sentence: str, source: str, cue: str, content: list[str]) -> None:
    assert said(sentence) == [(source, cue, content)]


def test_what_somebody_says_that_another_says_is_theirs_too() -> None:
    outer, inner = said("The minister says that the ambassador says that it has closed.")
    assert outer == ("The minister", "says", ["that the ambassador says that it has closed"])
    assert inner == ("the ambassador", "says", ["that it has closed"])


def test_two_speakers_joined_by_and_have_each_their_own_words() -> None:
    first, second = said("The ministry said the site was open, and police said it was closed.")
    assert first == ("The ministry", "said", ["the site was open"])
    assert second == ("police", "said", ["it was closed"])


def test_what_is_added_is_added_by_whoever_spoke() -> None:
    assert said("The group said it had counted 54 stations, adding that more were planned.") == [
        ("The group", "said", ["it had counted 54 stations"]),
        ("The group", "adding", ["that more were planned"]),
    ]


def test_a_noun_of_speech_has_its_owner_for_a_source() -> None:
    assert ("his", "claim", ["that the office renews passports"]) in said(
        "The mayor repeated his claim that the office renews passports."
    )


def test_a_quotation_belongs_to_its_speaker_as_a_whole_and_goes_on_behind_her() -> None:
    [(source, _, content)] = said("“It is closed. Nobody works there,” she said. “We have no such office.”")
    assert source == "she"
    assert content == ["“It is closed. Nobody works there,”", "“We have no such office.”"]


def test_a_name_under_a_quotation_signs_it() -> None:
    assert ("Laura N.", "—", ["“Nobody has ever asked us about it.”"]) in said(
        "“Nobody has ever asked us about it.” — Laura N."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "It was a quiet street with two shops and a school.",
        "He called a meeting of the council.",
        "The city plans to announce the closure of the office.",
    ],
)
def test_where_nothing_is_said_yet_nothing_is_told(sentence: str) -> None:
    assert said(sentence) == []


def test_a_negated_verb_is_marked_for_it_says_something_else() -> None:
    [one] = told("The embassy did not confirm that the station exists.")
    assert one.negated


def test_the_recorded_parses_are_those_of_the_pinned_pipeline() -> None:
    from overt.read.parse import check, parse

    try:
        check(PINNED)
    except (CaseError, InputError) as error:
        pytest.skip(str(error))
    texts = sorted(recorded())
    assert dict(zip(texts, parse(texts, PINNED).passages, strict=True)) == recorded()
