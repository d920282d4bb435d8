"""What pages never say in their own voice is found, in any form and script."""

import pytest

from overt.profile import find_profile, load, shipped
from overt.protect.words import never_said, said, said_by_profile

from made_up import profile  # isort: skip


@pytest.mark.parametrize(
    "text",
    [
        "a secret place",
        "linked to Fuzhou",
        "ILLEGAL",
        "independently verified",
        "it flew under the radar",
        "first reported in May",
        "they were cleared",
        "now operating",
    ],
)
def test_english_words_are_found(text: str) -> None:
    assert said(text, "en")


@pytest.mark.parametrize("text", ["秘密地点", "非法的", "经核实", "彼此独立", "運營中", "首次报道"])
def test_chinese_words_are_found_in_both_scripts(text: str) -> None:
    assert said(text, "zh")


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "en"), ("A reported site, said on 2022-10-13 to be open", "en"), ("被报道的站点", "zh"), ("保密", "zh")],
)
def test_neutral_words_pass(text: str, language: str) -> None:
    assert said(text, language) == []


def test_each_language_has_its_list() -> None:
    assert never_said("en")
    assert never_said("zh")
    assert never_said("xx") == ()


def test_labels_of_a_profile_are_checked() -> None:
    assert said_by_profile(profile()) == []


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_profiles_are_neutral_and_name_their_own_words(name: str) -> None:
    own = load(folder := find_profile(name))
    assert said_by_profile(own) == [], folder
    assert {"en", "zh"} <= set(own.publication.never_say)


@pytest.mark.parametrize("text", ["Police-Stations", "a police station", "秘密警察站", "派出所"])
def test_what_things_are_said_to_be_is_a_word_of_the_profile(text: str) -> None:
    language = "en" if text.isascii() else "zh"
    assert said(text, language, load(find_profile("overseas-stations")).publication.never_say[language])
