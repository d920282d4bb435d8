"""Where a source begins and ends in Chinese, and which words that look like a verb of speech are none."""

import pytest

from overt.find.attribution import Attribution, Memory
from overt.find.lexicon import speech
from overt.find.sentence import split
from overt.find.spoken import spoken
from overt.find.voices import Voices
from overt.profile import find_profile, load


@pytest.fixture(scope="module")
def voices() -> Voices:
    words = speech("zh")
    assert words is not None
    return Voices(words, load(find_profile("overseas-stations")))


def said(text: str, voices: Voices) -> list[Attribution]:
    sentences = [(one, text, voices) for one in split(0, text, "zh", voices.speech)]
    return [a for one in spoken(sentences, Memory()) for a in one.attributions]


def sources(text: str, voices: Voices) -> list[str]:
    return [text[slice(*a.source)] for a in said(text, voices) if a.source]


SPEAKS = [
    ("江湾市教育局副局长李晓彤在新闻发布会上介绍，今年人数增加。", ["江湾市教育局副局长李晓彤"]),
    ("总统府发言人柯文斯基12日晚在社交平台上写道，会谈顺利。", ["总统府发言人柯文斯基"]),
    ("一名住在荷兰的异见人士说，他接到过电话。", ["住在荷兰的异见人士"]),
    ("村民老赵說，水是從山上引下來的。", ["村民老赵"]),
    ("“结果会公布的，”部长承诺，“但不是今天。”", ["部长"]),
    ("分析师普遍认为，价格会回落。", ["分析师"]),
    ("这一说法遭到环保部门否认。", ["环保部门"]),
    ("活动主管劳拉·哈特（Laura Hart）指出，名称各不相同。", ["活动主管劳拉·哈特（Laura Hart）"]),
    ("据路透社援引两名官员的话报道，该站点已搬离。", ["路透社", "两名官员"]),
    ("有居民質疑撥款用途，運輸署署長回應時重申一切按程序辦理。", ["居民", "運輸署署長"]),
    ("江湾市公安局提醒：近期有人行骗。", ["江湾市公安局"]),
]
NOBODY = [
    "公司产品说明书上没有标注产地。",
    "该厂区的自动称重系统据悉已停用。",
    "路旁的标志指出路口的方向。",
    "调查报告已提交议会，预计下月公开。",
    "人们称赞这条新修的河堤。",
    "他表示谢意后离开了会场。",
    "该公司发言人拒绝置评。",
    "海外华助中心遍地开花：用行动温暖人心。",
]


@pytest.mark.parametrize(("text", "who"), SPEAKS)
def test_a_source_is_the_whole_noun_phrase_without_when_and_where(text: str, who: list[str], voices: Voices) -> None:
    assert sources(text, voices) == who


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_look_like_speech_name_nobody(text: str, voices: Voices) -> None:
    assert sources(text, voices) == []


def test_a_second_verb_of_the_same_subject_ends_what_the_first_one_said(voices: Voices) -> None:
    text = "该部发言人强烈谴责有关报告，批评内容失实。"
    first, second = said(text, voices)
    assert first.source == second.source
    assert text[slice(*first.content[0])].strip("，") == "有关报告"
    assert text[slice(*second.content[0])] == "内容失实。"


def test_who_is_asked_to_speak_has_not_spoken(voices: Voices) -> None:
    assert sources("多名议员敦促政府公布调查结果。", voices) == ["多名议员"]


def test_a_reporter_who_asks_states_nothing(voices: Voices) -> None:
    asked = said("记者：请问何时关闭？", voices)
    assert [str(a.stance) for a in asked] == ["asks"]
