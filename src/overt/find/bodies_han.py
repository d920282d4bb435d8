"""Organisations that Chinese text calls by name: 福州市公安局出入境管理处, 陆委会, 组织“清河行动”, 《先驱晨报》.

Text goes in, spans come out. Words do not stand apart in Chinese, so a name is bounded by what cannot be in it: marks,
small words, and verbs before it. A description (荷兰警方, 一家法院, 该公司) is no name. How names end is data.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from overt.places import gazetteer
from overt.words.phrases import Hit, Phrases, matchable

Span = tuple[int, int]

LONGEST = 24  # characters of a name; longer ones are two or a clause
LONGEST_PLACE = 8
LEAST_OWN = 2  # characters of its own before an ending that needs no place
LONGEST_QUOTED = 12
# Small words that no name holds, unless they are a part of a longer word.
_STOPS = re.compile(
    r"[^\u4e00-\u9fff·‧・]|的|了|是|(?<!存)在|(?<!关)于|被|把|(?<!反)对(?!外)|(?<!方)向|与|(?<!共|调)和(?!平|谐|解)|或|而|但|(?<!自)由|从|及|据(?!点)|说|称|指(?!挥|导)|到|给|"
    r"让|请|并|曾|已|还|(?<!亚)也(?!门)|就(?!业)|都(?!市|会)|又|则|若|如|因|此|该|这|那|其|本(?!田|土|地)|某|没|未(?!来)|不|替|跟|等|后|前(?!进|线)|且|却|仍|只|"
    r"(?<![国公私固])有(?!限|色)|时(?!报|代|事)|[一二两三四五六七八九十百千万亿几数多各每]+(?=[家个名位间所处座份项条起些辆台架艘支批])|"
    r"就|向|使(?!馆|者|领)|要求"
)
_QUOTED = re.compile(r"[“「『《\"]([^”」』》\",。:!?]{2,16})[”」』》\"]")
_PRESS = re.compile(r"(?:报|刊|杂志|新闻|通讯|评论|镜|世界|之声|之音|网|时代|标准|邮政|信使)$")
_PRESS_BEFORE = re.compile(r"(?:媒体|网站|报纸|报章|杂志|周刊|月刊|日报|平台)$")
_BODY_BEFORE = re.compile(
    r"(?:组织|团体|机构|联盟|协会|智库|基金会|社团|公司|企业|媒体|网站|平台|学会|工作室|乐团|商会)$"
)
_BODY_AFTER = re.compile(
    r"(?:组织|团体|的?(?:发言人|负责人|理事长|会长|创办人|创始人|总监|主任|成员|志愿者|志工|秘书长|执行长|研究员|主管|报告|研究))"
)
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z]{2,6}(?:新闻|电视台|电视|广播公司|中文网|中文)")
# 外交部长, 卫生部门, 分局里: no body by name
_OF_PERSON = re.compile(r"[长员](?!期|乐|江|沙|春|城|远|途|安|老)|(?<=部)门")
_ADMIN = re.compile(r"[\u4e00-\u9fff]{2,3}?[省市县区州国镇乡](?!务|际|家|会)")


class _Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    alone: tuple[str, ...]
    endings: tuple[str, ...]
    placed: tuple[str, ...]
    only_placed: tuple[str, ...]
    firms: tuple[str, ...]
    nouns_before: tuple[str, ...]
    verbs_before: tuple[str, ...]
    indefinite: dict[str, tuple[str, ...]]


class _Names:
    """The data compiled: what names are, what they end with, and what stands before them."""

    def __init__(self, words: _Words) -> None:
        self.alone = Phrases(("alone", w) for w in words.alone)
        self.endings = Phrases((w, w) for w in words.endings)
        self.placed = frozenset(words.placed)
        self.only_placed = frozenset(words.only_placed)
        self.firms = _any(words.firms)
        self.nouns = _any(words.nouns_before)
        self.verbs = _any(words.verbs_before)
        self.indefinite = re.compile(
            f"(?:{_any(words.indefinite['words']).pattern})(?:{_any(words.indefinite['measures']).pattern})?$"
        )


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))))


@cache
def _names() -> _Names:
    path = files("overt.find") / "bodies_han.toml"
    return _Names(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Words))


def bodies(text: str, cues: Phrases | None = None) -> list[Span]:
    """Return the spans of organisations that a text calls by name, in order; none overlaps another.

    Args:
        text: as printed, in either script.
        cues: verbs of speech: no name reaches over one.
    """
    folded = matchable(text)
    names = _names()
    known = [h for h in names.alone.find(folded) if not _OF_PERSON.match(folded, h.end)]
    found = [(_with_place(text, h.start), h.end) for h in known]
    found += _quoted(folded)
    found += [m.span() for m in _LATIN.finditer(text)]
    endings = names.endings.find(folded)
    for begin, end in _runs(folded, [] if cues is None else _verbs(folded, cues, endings)):
        found += _in_run(text, folded, begin, end, names)
    return _widest(found)


def _with_place(text: str, start: int) -> int:
    """Where a name begins with the place right before it: 美国 | 国务院."""
    near = max(0, start - LONGEST_PLACE)
    places = [p for p in gazetteer.find(text[near:start], "zh") if near + p.end == start]
    return min((near + p.start for p in places), default=start)


def _verbs(folded: str, cues: Phrases, endings: list[Hit]) -> list[Span]:
    """The verbs of speech in a text that are no part of how a name ends (统计局)."""
    found = [(h.start, h.end) for h in cues.find(folded) if h.end - h.start > 1]
    return [(a, b) for a, b in found if not any(e.start <= a and b < e.end for e in endings)]


def _runs(folded: str, verbs: list[Span]) -> list[Span]:
    """The stretches of a text between what no name holds."""
    stops = [m.span() for m in _STOPS.finditer(folded)] + verbs
    out, at = [], 0
    for begin, end in sorted(stops):
        if begin - at >= LEAST_OWN:
            out.append((at, begin))
        at = max(at, end)
    if len(folded) - at >= LEAST_OWN:
        out.append((at, len(folded)))
    return out


def _in_run(text: str, folded: str, begin: int, end: int, names: _Names) -> list[Span]:
    """The name in one stretch: from behind what stands before it to the last ending."""
    run = folded[begin:end]
    hits = [h for h in names.endings.find(run) if not _OF_PERSON.match(run, h.end)]
    if not hits:
        return _firm(folded, begin, end, names)
    end_of_name = max(h.end for h in hits)
    for ending in sorted((h for h in hits if h.end == end_of_name), key=lambda h: h.start):
        start = _behind(run, ending.start, names)
        if ending.start - start >= LEAST_OWN:
            break  # the longest ending that leaves something of its own: 大律师 | 公会, not 大 | 律师公会
    else:
        return []
    if names.indefinite.search(folded[max(0, begin - 3) : begin + start]) or ending.end - start > LONGEST:
        return []
    own = run[start : ending.start]
    is_placed = bool(_ADMIN.match(run, start)) or bool(gazetteer.find(text[begin + start : begin + ending.end], "zh"))
    if not is_placed and (ending.key in names.only_placed or (ending.key in names.placed and not _is_own(own))):
        return []
    return [(begin + start, begin + ending.end)]


_PLAIN_OWN = re.compile(
    r"(?:中文|中国|国内|国外|境外|当地|华人|华侨|海外|警务|警侨|警民|地方|联邦|国家|国际|高等|最高|上级|各级|人民|社区|医疗|研究|独立|民间|外国|官方|新闻|网络|公共|公立|私立|附属|专门|"
    r"调查|监督|管理|综合|科技|大型|小型|本地|海外警务|海外警侨|海外华人|华侨华人|跨国|上市|母|子|分|石油|电信|航空|保险|物流|贸易|建筑|律师|会计|非营利|慈善|宗教|行业|学术)+$"
)


def _is_own(own: str) -> bool:
    """True where what stands before an ending is more than an epithet (联邦, 中文)."""
    return not _PLAIN_OWN.match(own)


def _firm(folded: str, begin: int, end: int, names: _Names) -> list[Span]:
    """明泽科技 | 执行长: two or three characters before the ending, from the beginning of the stretch."""
    match = names.firms.search(folded, begin + LEAST_OWN, end)
    if (
        match is None
        or match.start() - begin > LEAST_OWN + 1
        or _GOES_ON.match(folded, match.end(), end)
        or not _is_own(folded[begin : match.start()])
    ):
        return []
    return [(begin, match.end())]


_GOES_ON = re.compile("[署局部厅院所处会社业界工股展行]|领域|产业|企业")


def _behind(run: str, ending: int, names: _Names) -> int:
    """Where a name begins: behind the last verb, and behind a noun of another thing if something of its own is left."""
    start = max((m.end() for m in names.verbs.finditer(run, 0, ending)), default=0)
    nouns = (m.end() for m in names.nouns.finditer(run, start, ending))
    return max((end for end in nouns if ending - end >= LEAST_OWN), default=start)


def _quoted(folded: str) -> list[Span]:
    """Names in quotation marks beside the noun of a body, and papers in title marks."""
    out = []
    for match in _QUOTED.finditer(folded):
        before, inside = folded[max(0, match.start() - 6) : match.start()], match[1]
        if match[0][0] == "《":
            named = _PRESS.search(inside) or _PRESS_BEFORE.search(before)
        else:
            named = _BODY_BEFORE.search(before) or _BODY_AFTER.match(folded, match.end())
        if named and len(inside) <= LONGEST_QUOTED:
            out.append(match.span(1))
    return out


def _widest(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s)):
        if not any(span[0] < b and a < span[1] for a, b in out):
            out.append(span)
    return sorted(out)


__all__ = ["bodies"]
