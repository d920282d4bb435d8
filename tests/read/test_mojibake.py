"""Text that was decoded wrongly before it was saved is mended, and the document says so; all else is left alone."""

import pytest
from ftfy.badness import badness
from hypothesis import given
from hypothesis import strategies as st

from overt.read import read
from overt.words.mojibake import HARMLESS

WORDS = [
    "Das Büro in Köln wurde geschlossen, „für immer“, wie die Behörde für öffentliche Ordnung erklärte.",
    "Die Anwohner hörten davon erst später; größere Änderungen seien nicht geplant, hieß es.",
    "Über die Gründe äußerte sich die Behörde nicht. Möglicherweise fehlte eine Genehmigung.",
]


def page(texts: list[str]) -> bytes:
    return f"<html lang=de><head><title>{texts[0]}</title></head><body>{''.join(f'<p>{t}</p>' for t in texts)}".encode()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_clear_mojibake_is_mended_and_said(encoding: str) -> None:
    got = read(page([words.encode().decode(encoding, "replace") for words in WORDS]), "text/html")
    assert WORDS[1] in got.text
    assert len(got.concerns) == 1
    assert "mended" in got.concerns[0]


@pytest.mark.parametrize(
    "texts", [WORDS, ["福州市公安局宣布第一批三十个海外服务站已经设立。"], ["Ã is a letter; so is Â."]]
)
def test_what_is_sound_is_left_alone(texts: list[str]) -> None:
    got = read(page(texts), "text/html")
    assert [p.text for p in got.passages] == texts
    assert got.concerns == ()


@given(st.text(st.one_of(st.characters(max_codepoint=127), st.sampled_from(HARMLESS))))
def test_signs_of_print_among_ascii_make_no_impossible_sequence(text: str) -> None:
    assert badness(text) == 0


def test_a_page_that_was_read_as_latin_1_is_undone_and_said() -> None:
    words = "警方表示，该服务站位于都柏林市中心，已于十月关闭。志愿者只是协助侨民更换驾照。"
    got = read(page([words.encode().decode("latin-1")]), "text/html")
    assert got.text == words
    assert got.language == "zh-Hans"
    assert len(got.concerns) == 1
    assert "Latin-1" in got.concerns[0]


def test_what_is_garbled_and_cannot_be_mended_is_said() -> None:
    words = "Полиция заявила, что этот пункт обслуживания в центре города был закрыт в октябре."
    got = read(page([words.encode("cp1251").decode("latin-1")]), "text/html")
    assert any("decoded wrongly" in concern for concern in got.concerns)


def test_a_declaration_that_makes_nothing_but_accents_is_not_believed() -> None:
    words = "Полиция заявила, что этот пункт обслуживания в центре города был закрыт в октябре."
    data = f'<html><head><meta charset="iso-8859-1"></head><body><p>{words}</p></body></html>'.encode("cp1251")
    got = read(data, "text/html")
    assert got.text == words
    assert got.concerns == ()
