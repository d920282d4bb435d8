"""The small language of vocabularies: what a researcher writes, and what it finds."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.words.phrases import Phrases, matchable, pattern


def words(phrase: str, text: str) -> list[str]:
    folded = matchable(text)
    return [text[h.start : h.end] for h in Phrases([("k", phrase)]).find(folded)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("police station*", "Two Police Stations, one police station.", ["Police Stations", "police station"]),
        ("(secret|hidden) post", "a hidden post and a secret  post", ["hidden post", "secret  post"]),
        ("(overseas)? post", "an overseas post, a post", ["overseas post", "post"]),
        ("renew* ~3 licen[cs]e*", "renewing their old driving licences", ["renewing their old driving licences"]),
        ("renew* ~1 licen[cs]e*", "renewing their old driving licences", []),
        ("den(y|ies|ied)", "She denies, denied; they deny. Denise", ["denies", "denied", "deny"]),
        ("habría(n)?", "Habría nueve; HABRIAN diez", ["Habría", "HABRIAN"]),
        ("设立 ~8 服务站", "在馬德里設立了海外警務服務站", ["設立了海外警務服務站"]),
        ("(要求|下令)~8(关闭|停止)", "已要求中國大使館關閉", ["要求中國大使館關閉"]),
        ("(美国|荷兰)站", "荷兰外交大臣，荷兰站", ["荷兰站"]),
        ("警侨事务", "福州警僑事務海外服務站", ["警僑事務"]),
        ("110", "tel. 1109 and 110", ["110"]),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, found: list[str]) -> None:
    assert words(phrase, text) == found


@pytest.mark.parametrize("phrase", ["(a", "a)", "~3", "*", "(x)?", "a ~99 b", "a ~3", "", "a ~x b"])
def test_a_broken_phrase_is_refused_with_its_words(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|~") as caught:
        Phrases([("k", phrase)])
    assert repr(phrase) in str(caught.value) or "~" in str(caught.value)


@given(st.text(max_size=200))
def test_matchable_text_keeps_its_length(text: str) -> None:
    assert len(matchable(text)) == len(text)


@given(st.text(alphabet="aéÉ警僑Ａ“”’ß ", max_size=60))
def test_matching_is_blind_to_case_accent_script_and_width(text: str) -> None:
    assert matchable(matchable(text)) == matchable(text)


def test_hostile_text_costs_linear_time() -> None:
    phrases = Phrases([("k", "(a|a a|a a a)? (a|a a)? a* ~20 b")])
    start = time.process_time()
    phrases.find(matchable("a " * 20_000))
    assert time.process_time() - start < 20


def test_a_choice_may_hold_several_words() -> None:
    assert words("closed by (the police|order of court)", "closed by order of court") == ["closed by order of court"]


def test_the_pattern_of_a_phrase_is_bounded_by_words() -> None:
    assert words("post", "postal composting") == []
    assert pattern("post").startswith(r"\b")
