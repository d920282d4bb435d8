"""The language of a text is told by its script first, and not told at all where there is too little of it."""

import pytest

from overt.words.encoding import decode
from overt.words.language import is_plainly, language, other_language, same_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The ministry said that the office was closed.", "en"),
        ("El ministerio dijo que la oficina fue cerrada.", "es"),
        ("Le ministère a déclaré que le bureau a été fermé.", "fr"),
        ("Das Ministerium erklärte, das Büro sei geschlossen.", "de"),
        ("Het ministerie zei dat het bureau is gesloten.", "nl"),
        ("Il ministero ha detto che l'ufficio è stato chiuso.", "it"),
        ("O ministério disse que o escritório foi fechado.", "pt"),
        ("Ministerstvo uvedlo, že kancelář byla uzavřena.", "cs"),
        ("福州市公安局设立海外服务站", "zh-Hans"),
        ("福州市公安局設立海外服務站", "zh-Hant"),
        ("外交部说，Fuzhou Police Overseas Service Station 已经关闭", "zh-Hans"),
        ("現在、中国の警察の出先機関とされる海外派出所が話題になっている。", "ja"),
        ("경찰은 사무실이 폐쇄되었다고 밝혔다.", "ko"),
        ("公安局", None),
        ("Yes, it is.", None),
        ("12345 67890 12345 67890", None),
        ("", None),
    ],
)
def test_language(text: str, tag: str | None) -> None:
    assert language(text) == tag


def test_tags_of_one_language_are_the_same() -> None:
    assert same_language("zh-Hans", "zh")
    assert same_language("pt-BR", "PT")
    assert not same_language("es", "en")
    assert not same_language(None, "en")


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("é".encode("utf-16"), None, "é"),
        (b"\xef\xbb\xbfa", "latin-1", "a"),
        ("日本語".encode("iso2022_jp"), "iso-2022-jp", "日本語"),
        ("日本語の記事です".encode("shift_jis"), "shift_jis", "日本語の記事です"),
        (b"caf\xe9", "rot13", "café"),
        (b"caf\xe9", "utf-8", "café"),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”"),
    ],
)
def test_an_encoding_is_told(data: bytes, declared: str | None, text: str) -> None:
    found = decode(data, declared)
    assert found is not None
    assert found[0] == text


def test_a_page_with_one_broken_byte_is_still_text() -> None:
    data = ("福州市公安局宣布第一批三十个海外服务站已经设立。" * 20).encode() + b"\xff tail"
    found = decode(data, "utf-8")
    assert found is not None
    assert found[0].startswith("福州市")
    assert found[0].endswith("tail")


ENGLISH = "The ministry said that it had not been told of the office, and that those who ran it would have to close it."
DUTCH = "Het ministerie zei dat het van het bureau niet op de hoogte was, en dat het voor het einde van het jaar sluit."


def test_small_words_tell_a_language_and_no_other() -> None:
    assert is_plainly(ENGLISH, "en-GB")
    assert is_plainly(DUTCH, "nl")
    assert not is_plainly(DUTCH, "en")
    assert not is_plainly(ENGLISH, "nl")
    assert not is_plainly(ENGLISH, "cs")


def test_a_passage_in_another_language_than_its_page_is_told_and_one_in_its_own_is_not() -> None:
    assert other_language(f"{DUTCH} {DUTCH}", "en") == "nl"
    assert other_language(f"{ENGLISH} {ENGLISH}", "nl") == "en"
    assert other_language(f"{ENGLISH} {ENGLISH}", "en") is None
    assert other_language(f"{ENGLISH} {DUTCH}", "cs") is None
