"""Which words in Chinese are verbs of speech where they stand: 说, not 说明书; 表示, not 表示感谢; 反驳说 as one."""

import re

from overt.model import Stance
from overt.words.phrases import Hit

_NO_CUE_AFTER = {
    "说": "服明法",
    "说明": "书会牌文栏",
    "称": "为作呼职号赞谢得霸重量",
    "表示": "感敬谢哀慰祝同",
    "反映": "了出",
    "指出": "路口方",
    "促": "进使成销膨",
    "吁": "气",
    "分析": "师仪",
    "建议": "书",
    "判决": "书",
    "认为": "",
    "介绍": "信",
    "报道": "",
    "显示": "屏器了",
    "发现": "了",
    "回应": "",
    "公告": "栏",
    "指": "出控称责定挥导数纹示的向引派望点令甲南标认着",
    "批评": "者性",
    "承认": "的",
    "警告": "信",
}
_NO_CUE_BEFORE = {
    "指控": "关事对临受的项些此该被",
    "起诉": "被遭",
    "说": "据小听所",
    "称": "自动名简所堪职俗谓据宣声指",
    "报道": "",
    "促": "敦督仓短匆急",
    "告诉": "",
    "指": "发被手直所泛特暗意是即拇食专主尤",
    "批评": "受遭被",
    "警告": "被受",
}
_REFUSALS = ("没有", "未", "拒绝", "不愿", "尚未", "并未", "无法", "不予")  # who did not answer said nothing
_PLACE_ENDS = frozenset("中上里内")  # 在论文中报告, but not 调查报告
_WHILE = re.compile("[^,，。：:；;]{0,6}时[^,，。：:；;]{0,2}")
_SAYS = frozenset({"说", "称", "道", "指", "指出", "表示"})
TELLS = frozenset({"告诉", "告知"})
_ENDS_CLAUSE = re.compile("[，,。：:；;]")


def is_cue(hit: Hit, folded: str) -> bool:
    """True where a phrase found in folded text is a verb of speech, and no part of another word or a noun."""
    word = folded[hit.start : hit.end]
    after, before = folded[hit.end : hit.end + 1], folded[hit.start - 1 : hit.start]
    if after == "的" or before == "的" or (word == "报告" and before not in _PLACE_ENDS):
        return False
    if folded[max(0, hit.start - 4) : hit.start].endswith(_REFUSALS):
        return False
    return not (after and after in _NO_CUE_AFTER.get(word, "")) and not (
        before and before in _NO_CUE_BEFORE.get(word, "")
    )


def joined(hits: list[Hit], folded: str) -> list[Hit]:
    """Two verbs that stand together are one cue: 反驳 | 说, 回应 | 称, with the sense of the first."""
    out: list[Hit] = []
    for hit in hits:
        if folded.startswith("道", hit.end):
            hit = Hit(hit.key, hit.start, hit.end + 1)  # 强调道
        if out and out[-1].end == hit.start and folded[hit.start : hit.end] in _SAYS:
            key = hit.key if out[-1].key == Stance.ASKS else out[-1].key  # 质询 | 指出
            out[-1] = Hit(key, out[-1].start, hit.end)
        elif out and _WHILE.fullmatch(folded, out[-1].end, hit.start):
            out[-1] = hit  # 回应查询时 | 重申: the second says what
        elif (
            out
            and folded[out[-1].start : out[-1].end] in TELLS
            and not _ENDS_CLAUSE.search(folded, out[-1].end, hit.start)
        ):
            out += [] if folded[hit.start : hit.end] in _SAYS else [hit]  # 告诉某报说: one link
        else:
            out.append(hit)
    return out


__all__ = ["TELLS", "is_cue", "joined"]
