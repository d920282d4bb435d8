"""Writing systems: what `simplify` and `narrow` promise is that offsets stay offsets."""

from hypothesis import given
from hypothesis import strategies as st

from overt.words.scripts import fold, han_variant, has_cjk, is_cjk, narrow, simplify


@given(st.text())
def test_simplify_and_narrow_never_change_the_length(text):
    assert len(simplify(text)) == len(text)
    assert len(narrow(text)) == len(text)


@given(st.text())
def test_simplify_narrow_and_fold_are_idempotent(text):
    assert simplify(simplify(text)) == simplify(text)
    assert narrow(narrow(text)) == narrow(text)
    assert fold(fold(text)) == fold(text)


def test_traditional_becomes_simplified_character_by_character():
    assert simplify("荷蘭境內的警僑事務站") == "荷兰境内的警侨事务站"


def test_full_width_forms_become_narrow_and_curly_quotes_stay():
    assert narrow("（１１０）Ａ，“好”。") == "(110)A,“好”。"


def test_fold_makes_keys_that_meet():
    assert fold("  Múnich ") == fold("MUNICH")
    assert fold("廣州") == fold("广州")


def test_cjk_is_told_from_latin():
    assert is_cjk("站")
    assert is_cjk("カ")
    assert not is_cjk("é")
    assert has_cjk("a站")
    assert not has_cjk("naïve “quotes”")


def test_the_variant_is_read_from_characters_that_only_one_has():
    assert han_variant("荷蘭關閉") == "zh-Hant"
    assert han_variant("荷兰关闭") == "zh-Hans"
    assert han_variant("中文") is None
