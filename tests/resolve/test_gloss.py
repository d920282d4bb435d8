"""Chinese roles and bodies have an English reading, and what is not known is not guessed."""

import pytest

from overt.profile import find_profile, load
from overt.resolve.gloss import gloss, names_in_english

KNOWN = names_in_english(load(find_profile("overseas-stations")))


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("使馆", "embassy"),
        ("温州市警察局局长", "Wenzhou police director/chief"),
        ("保護衛士", "Safeguard Defenders"),
        ("人权组织“保护卫士”", "human rights group Safeguard Defenders"),
        ("中國駐愛爾蘭大使館", "China in Ireland embassy"),
    ],
)
def test_a_body_is_translated(words: str, read: str) -> None:
    assert gloss(words, KNOWN) == read


@pytest.mark.parametrize("words", ["", "the embassy", "灯笼", "警察署とその他", "甲乙丙丁公司", "使馆" * 60])
def test_what_is_not_known_gets_no_reading(words: str) -> None:
    assert gloss(words, KNOWN) is None
