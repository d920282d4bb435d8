"""Who says what in Chinese, in both scripts: every sentence here is invented."""

import sys
from pathlib import Path

import opencc
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import chain, only, statements, the

STATION = "都柏林的海外警务服务站"
TRADITIONAL = opencc.OpenCC("s2t")

SAID = [
    (f"{STATION}已经关闭。", [], "states"),
    (f"外交部表示，{STATION}已经关闭。", ["外交部"], "states"),
    (f"外交部周一表示，{STATION}已经关闭。", ["外交部"], "states"),
    (f"据灯塔日报报道，{STATION}已经关闭。", ["灯塔日报"], "states"),
    (f"灯塔日报报道说，{STATION}已经关闭。", ["灯塔日报"], "states"),
    (f"据外交部介绍，{STATION}已经关闭。", ["外交部"], "states"),
    (f"“{STATION}已经关闭”，外交部发言人说。", ["发言人"], "states"),
    (f"外交部发言人：{STATION}已经关闭。", ["发言人"], "states"),
    (f"外交部证实，{STATION}已经关闭。", ["外交部"], "confirms"),
    (f"外交部宣布，{STATION}已经关闭。", ["外交部"], "announces"),
    (f"灯笼观察组织指控，{STATION}已经关闭。", ["灯笼观察"], "alleges"),
    (f"大使馆否认{STATION}已经关闭。", ["大使馆"], "denies"),
    (f"外交部长告诉灯塔日报，{STATION}已经关闭。", ["部长", "灯塔日报"], "states"),
    (f"{STATION}据称已经关闭。", [], "alleges"),
]


@pytest.mark.parametrize("script", ["Hans", "Hant"])
@pytest.mark.parametrize(("text", "who", "stance"), SAID)
def test_source_and_stance_of_one_sentence(script: str, text: str, who: list[str], stance: str) -> None:
    convert = TRADITIONAL.convert if script == "Hant" else str
    status = the(statements(convert(text), language=f"zh-{script}"), "status", "closed")
    voices = status.attribution
    assert len(voices) == len(who) + 1, chain(status)
    for voice, word in zip(voices, who, strict=False):
        assert convert(word) in f"{voice.words} {voice.organisation} {voice.role}"
    assert status.stance == stance


def test_the_subject_of_the_clause_before_accuses() -> None:
    found = statements(f"灯笼观察组织发布报告，指控{STATION}监视海外异见人士。", language="zh-Hans")
    activity = the(found, "activity", "surveil")
    assert "组织" in activity.voice.words
    assert activity.stance == "alleges"


def test_a_pronoun_points_back() -> None:
    found = statements(
        f"灯笼观察组织表示，{STATION}于2018年设立。", f"该组织说，{STATION}已经关闭。", language="zh-Hans"
    )
    assert "灯笼观察" in (the(found, "status", "closed").voice.organisation or "")


def test_but_begins_the_words_of_another_voice() -> None:
    found = statements(f"大使馆说{STATION}仍然开放，但灯塔日报报道说{STATION}已经关闭。", language="zh-Hans")
    assert "大使馆" in the(found, "status", "operating").voice.words
    assert "灯塔日报" in the(found, "status", "closed").voice.words


def test_a_headline_that_ends_with_a_response_says_nothing_in_its_name() -> None:
    found = statements(f"{STATION}位于市中心。", heading="荷兰要求关闭警务服务站，外交部回应", language="zh-Hans")
    for order in only(found, "host_action", "ordered_closed"):
        assert "外交部" not in order.voice.words


@pytest.mark.parametrize(
    "text", ["球队表示，新球场已经关闭。", "据天气台报道，明天有雨。", "博物馆说，展览将于2018年设立。"]
)
def test_ordinary_news_says_nothing(text: str) -> None:
    assert statements(text, language="zh-Hans") == []


def test_every_quote_is_verbatim() -> None:
    text = f"今天下雨。外交部表示，{STATION}于2018年设立。明天天晴。"
    for s in statements(text, language="zh-Hans"):
        assert text[s.quote.start : s.quote.end] == s.quote.exact
        assert "下雨" not in s.quote.exact
        assert "天晴" not in s.quote.exact
