"""Organisations by name in Chinese text: every body here is invented or one that any paper names."""

import itertools

import opencc
import pytest

from overt.find.bodies_han import bodies
from overt.find.lexicon import speech

TRADITIONAL = opencc.OpenCC("s2t")

NAMED = [
    ("江湾市公安局出入境管理处发布公告。", ["江湾市公安局出入境管理处"]),
    ("中国驻荷兰大使馆提醒公民注意安全。", ["中国驻荷兰大使馆"]),
    ("外交部与内政部将于下周答复。", ["外交部", "内政部"]),
    ("环保组织“看守河流”质疑数据。", ["看守河流"]),
    ("《江湾晚报》首先披露此事。", ["江湾晚报"]),
    ("国家统计局数据显示，物价上涨。", ["国家统计局"]),
    ("大律师公会主席认为不妥。", ["大律师公会"]),
    ("南岭证券分析师指出，价格偏高。", ["南岭证券"]),
    ("一项由江湾大学公共卫生学院牵头的研究", ["江湾大学公共卫生学院"]),
    ("检方指控二人替江湾市公安局设点。", ["江湾市公安局"]),
]
DESCRIBED = [
    "荷兰警方证实正在调查。",
    "当地一家法院作出判决。",
    "该公司否认此事。",
    "多家中文媒体转载了报道。",
    "外交部长已经辞职。",
    "调查报告已提交议会。",
    "国内医院人满为患。",
    "公司召回十万辆汽车。",
]


@pytest.mark.parametrize("script", ["Hans", "Hant"])
@pytest.mark.parametrize(("text", "names"), NAMED)
def test_a_name_is_found_from_its_first_to_its_last_character(script: str, text: str, names: list[str]) -> None:
    convert = TRADITIONAL.convert if script == "Hant" else str
    words = speech("zh")
    assert words is not None
    found = [convert(text)[start:end] for start, end in bodies(convert(text), words.cues)]
    assert found == [convert(name) for name in names]


@pytest.mark.parametrize("text", DESCRIBED)
def test_a_description_is_no_name(text: str) -> None:
    assert bodies(text) == []


def test_no_name_reaches_over_another() -> None:
    text = "江湾大学、北岭医院和国家统计局的人员都在场。"
    spans = bodies(text)
    assert [text[a:b] for a, b in spans] == ["江湾大学", "北岭医院", "国家统计局"]
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
