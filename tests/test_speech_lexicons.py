"""The lexicons of speech: every file loads, every stance is one, and no phrase of a language is written in vain."""

import tomllib
from importlib.resources import files

import pytest

from overt.find.lexicon import speech
from overt.model import Stance
from overt.words.phrases import matchable

FOLDER = files("overt.find") / "lexicon"
LANGUAGES = sorted(p.name.removesuffix(".toml") for p in FOLDER.iterdir() if p.name.endswith(".toml"))


def data(language: str) -> dict:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def test_english_chinese_and_six_more_have_a_lexicon() -> None:
    assert {"en", "zh", "es", "fr", "de", "nl", "it", "pt", "cs"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_loads_and_knows_its_language(language: str) -> None:
    words = speech(language)
    assert words is not None
    assert data(language)["language"] == language
    assert words.has_spaces == (data(language)["script"] == "spaces")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_gives_a_stance_and_every_stance_but_few_has_a_cue(language: str) -> None:
    cues = data(language)["cues"]
    assert cues.keys() <= set(Stance)
    assert {"states", "alleges", "denies", "confirms", "announces"} <= {k for k, v in cues.items() if v}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cue_stands_in_two_stances(language: str) -> None:
    where: dict[str, str] = {}
    for stance, phrases in data(language)["cues"].items():
        for phrase in phrases:
            assert where.setdefault(phrase, stance) == stance, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plain_phrase_finds_itself(language: str) -> None:
    words = speech(language)
    assert words is not None
    for table, found in (("cues", words.cues), ("marks", words.marks), ("mood", words.mood)):
        for key, phrases in data(language)[table].items():
            for phrase in phrases:
                if set(phrase) & set("()|~*?[]"):
                    continue
                hits = found.find(matchable(phrase))
                assert any(h.key == key and h.end - h.start == len(phrase) for h in hits), (table, phrase)


@pytest.mark.parametrize("language", LANGUAGES)
def test_general_language_knows_no_subject(language: str) -> None:
    text = str(data(language)).lower()
    for word in ("safeguard", "overseas police", "海外警务", "comisaría china", "polizeistation", "politiebureau"):
        assert word not in text, word


def test_an_unknown_language_has_none() -> None:
    assert speech("xx") is None
    assert speech(None) is None
