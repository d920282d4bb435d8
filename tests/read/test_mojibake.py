"""Text that was decoded wrongly before it was saved is mended, and the document says so; all else is left alone."""

import pytest
from ftfy.badness import badness
from hypothesis import given
from hypothesis import strategies as st

from overt.read import read
from overt.words.encoding import HARMLESS

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
