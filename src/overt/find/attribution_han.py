"""Attribution in Chinese: 据…报道, X表示, “…”X说, and the labelled answer (发言人：…).

A source is the last part of a clause before the cue; its words end with the last head (发言人, 公安局, 报告, ...).
"""

import re

import msgspec

from overt.find.attribution import Attribution, Memory, cut_contrasts, disjoint
from overt.find.sentence import Sentence, Span
from overt.find.voices import Voices
from overt.model import Stance, Voice
from overt.words.phrases import Hit, has_cjk, matchable

_NO_CUE_AFTER = {
    "说": "服明法",
    "称": "为作呼职号",
    "认为": "",
    "介绍": "信",
    "报道": "",
    "显示": "屏器",
    "发现": "",
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
    "称": "名简所堪职俗谓据宣声指",
    "报道": "",
    "告诉": "",
    "指": "被手直所泛特暗意是即拇食专主尤",
    "批评": "受遭被",
    "警告": "被受",
}
_REFUSALS = ("没有", "未", "拒绝", "不愿", "尚未", "并未", "无法", "不予")  # who did not answer said nothing
_ANSWERS = frozenset({"回应", "答复", "澄清", "否认"})
LONGEST_COUNTRY = 8
LONGEST_LEAD = 160  # characters: no source stands farther before its cue
_STOP = re.compile(r"[。！？；：:“”「」『』!?;\"]")
_LEADS = re.compile(
    r"^(?:[^\s,，。]{2,14}\d{1,2}月\d{1,2}日(?:电|讯|電|訊)\s*)?(?:早前有|早前|此前有|此前|日前有|据悉|对此|目前|随后|此外|其中|因此|但是|但|不过|然而|同时|另外|日前|近日|最近|并且|并|而|他|随后又|又|后来|当时|如今|该部官员近几周)?(?:[,，、]\s*)?"
)
# A name that follows its head, and a person's name by itself: few characters, none of which joins words.
_NAME_AFTER = re.compile(r"[^\s，,。的了是对就向和与及称说指被在于将已也还都又并]{2,9}")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{1,6}[·‧・][\u4e00-\u9fff·‧・]{1,12}|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
    r"柏窦章云苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉薛雷贺倪汤罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明"
    r"臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁邓洪包左石"
    r"崔吉龚程裴陆翁荀惠曲封储靳段焦巴谷车侯全班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶黎薄印白蒲卓蔺屠蒙池乔翟谭贡姬申冉桑桂"
    r"柴瞿阎温庄晏柴尚简沙聂关游赖岳艾鱼容向古易廖耿辛那饶曾关陈馮劉張楊趙鄭吳陳謝許鄧蕭葉黃盧羅蘇韓馬][\u4e00-\u9fff]{1,2}"
)
_NOBODY = re.compile(
    r"有人|人们|大家|我们|这|那|该|此|其|据|如|若|则|可|能|会|应|须|须|将|正|曾|经|并|也|都|只|不|没|未|无|如何|任何|何|高度|明确|公开|方面"
)
_BEFORE_ALL = re.compile(r"[继繼在自]")
_AFTERWARDS = re.compile(r"(?:之后|之後|以后|以後|后|後|之际|之際)[,，]")
LONGEST_QUOTED_NAME = 16
# 骑警发出公告，称…; “灯笼观察”的研究发现…: the body speaks in one link.
_ISSUES = re.compile(
    r"(?:(?:发出|发布|发表|公布|刊登|发)(?:了)?(?:一份|一篇)?(?:最新|新)?(?:的)?(?:报告|公告|声明|新闻稿|文章|通告)?|的(?:研究|调查|报告))$"
)
_HEAD_BEFORE = re.compile(
    r"(?:组织|組織|团体|團體|机构|機構|媒体|媒體|报|報|刊|台|网站|網站|平台|联盟|聯盟|协会|協會)$"
)
_GLOSS = re.compile(r"[\s”」』]*[(（][A-Za-z][\w .,&’'-]{1,48}[)）]")
_LABEL = re.compile(r"^\s*([^，。,：:]{2,16})[：:]")
# After a source: where, when and about what it spoke. What follows belongs to the clause, not to the source.
_ASIDE = re.compile(r"[在于就向对针\d（(]|周[一二三四五六日]|昨|今|日前|近日|当天|发(?:布|表)?声明")
_TIME = re.compile(
    r"(?:昨天|今天|昨日|今日|当天|周[一二三四五六日天]|星期[一二三四五六日天]|\d{1,2}(?:月\d{1,2})?日|\(.*?\)|（.*?）|在.{1,8}$|当地时间)"
)


# Adverbs and days between a source and its verb.
_TAIL = re.compile(
    r"(?:还|也|亦|又|则|曾|已|再次|随后|一再|多次|当时|均|都|补充|进一步|明确|公开|严正|强烈|坚决|"
    r"周[一二三四五六日天]|星期[一二三四五六日天]|昨日|今日|\d{1,2}日)+$"
)
_HE_WHO = re.compile(r"\s*(?:并|而|但|不过)?[他她它].{8,}", re.S)
_HE_WHEN = re.compile(r"\s*(?:并|而|但|不过)?[他她它].{0,24}(?:时|中|上|后)$", re.S)
_GOES_ON = frozenset("在对就还也于周星向接随又则曾已再")
_REPORTER = re.compile(r"(?:本报|本台|本网)?记者$")
_MEDIUM = re.compile(r"[在于从](?:报告|声明|文章|新闻稿|推特|社交媒体|回复)")


def find(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of a sentence in order of their cues. See `overt.find.attribution.attribute`."""
    start = sentence.start
    speech = voices.speech
    found: list[Attribution] = []
    bounds: list[int] = []
    label = _labelled(sentence, text, voices, memory)
    if label is not None:
        found.append(label)
        bounds.append(start)
    hits = [Hit(h.key, h.start + start, h.end + start) for h in speech.cues.find(sentence.folded)]
    marks = [Hit(h.key, h.start + start, h.end + start) for h in speech.marks.find(sentence.folded)]
    taken: list[Span] = []
    for mark in marks:
        one = _according(mark, hits, sentence, text, folded, voices, memory)
        if one is not None:
            found.append(one)
            bounds.append(start)
            taken.append((mark.start, one.cue[1]))
    for hit in disjoint(hits):
        if any(a <= hit.start < b for a, b in taken) or not _is_cue(hit, folded):
            continue
        one = _around(hit, sentence, text, folded, voices, memory)
        if one is not None:
            found.append(one)
            at = one.source[0] if one.source else start
            before = folded[max(start, at - 3) : at]
            bounds.append(at if re.search(r"[;；]|但|而|却", before + folded[at : at + 2]) else start)
            memory.note(one.voice)
    order = sorted(range(len(found)), key=lambda i: found[i].cue)
    return cut_contrasts([found[i] for i in order], [bounds[i] for i in order])


def _is_cue(hit: Hit, folded: str) -> bool:
    word = folded[hit.start : hit.end]
    after, before = folded[hit.end : hit.end + 1], folded[hit.start - 1 : hit.start]
    if after == "的":
        return False
    if folded[max(0, hit.start - 4) : hit.start].endswith(_REFUSALS):
        return False
    return not (after and after in _NO_CUE_AFTER.get(word, "")) and not (
        before and before in _NO_CUE_BEFORE.get(word, "")
    )


def _voice(words: str, voices: Voices, memory: Memory) -> Voice | None:
    known = memory.persons.get(words)
    if known is not None:
        return msgspec.structs.replace(known, words=words)
    if voices.is_country(words):
        return Voice(organisation=words, kind=voices.state_of(words), words=words)  # 中国否认…: its government
    return memory.resolve(voices.read(words))


def _known_person(body: str, memory: Memory) -> str | None:
    """The name of a person who was introduced, with which words begin: 雷 | 在听证会上…, 皮斯."""
    bare = _TAIL.sub("", _TIME.sub("", body).strip(" ，,"))
    if bare in memory.persons:
        return bare
    begun = (name for name in memory.persons if has_cjk(name) and body.startswith(name))
    return next((n for n in sorted(begun, key=len, reverse=True) if body[len(n) : len(n) + 1] in _GOES_ON), None)


def _source(region: str, voices: Voices, memory: Memory) -> tuple[str, int] | None:
    """The words of a source in a region before a cue, with their offset in it; None where no head stands there."""
    if _HE_WHO.match(region) and not _HE_WHEN.match(region):
        return None  # 他代表…: a clause, whose subject says nothing
    lead = _LEADS.match(region)
    offset = lead.end() if lead else 0
    body = _TAIL.sub("", region[offset:])
    closed = body.rfind(")") if body.count("(") < body.count(")") else -1
    if closed >= 0:
        offset, body = offset + closed + 1, body[closed + 1 :]  # "(记者 N.)25日…": the bracket opened before
    person = _known_person(body, memory)
    if person is not None:
        return person, offset + body.find(person)
    bare = _TIME.sub("", body).strip(" ，,")
    if len(bare) <= LONGEST_COUNTRY and voices.is_country(bare):
        return bare, offset + body.find(bare)
    if _REPORTER.search(body) or _MEDIUM.match(body):
        return None  # its own reporter is the outlet; 在报告 says where, not who
    folded = matchable(body)
    heads = [*voices.speech.heads.find(folded), *voices.known.find(folded), *voices.speech.roles.find(folded)]
    heads = [h for h in heads if not folded.startswith("馆", h.end)]
    if heads:
        first = min(h.end for h in heads)
        aside = _ASIDE.search(body, first)
        if aside:
            heads = [h for h in heads if h.end <= aside.start()] or heads
    latin = re.search(r"[A-Za-z][A-Za-z .'’-]{1,40}", body)
    if heads:
        last = max(h.end for h in heads)
        words = body[:last]
    elif any(h.start == 0 for h in voices.speech.pronouns.find(folded)):
        words = body[: max(h.end for h in voices.speech.pronouns.find(folded) if h.start == 0)]
    elif latin:
        words = body[: latin.end()]
    elif _PERSON.fullmatch(_TIME.sub("", body).strip()) and not _NOBODY.match(body):
        words = _TIME.sub("", body).strip()
        return words, offset + body.find(words)
    else:
        return None
    rest = body[len(words) :]
    own = re.match(r"[“「『\"][^”」』\"]{2,14}[”」』\"]", rest)
    if heads and own:
        words, rest = words + own[0], rest[own.end() :]  # 人权组织“灯笼观察”
    if heads and _NAME_AFTER.fullmatch(rest) and not _ASIDE.search(rest) and not _TIME.search(rest):
        words = body  # 人权组织灯笼观察 | 指控: a body's or a person's own name follows its head
    gloss = _GLOSS.match(body, len(words))
    if gloss and heads:
        words = body[: gloss.end()]  # 灯塔日报(Lighthouse Daily)
    bare = re.sub(r"的?[报報][道导導]$", "", words)
    if bare != words and (voices.speech.heads.find(matchable(bare)) or voices.known.find(matchable(bare))):
        words = bare  # 某报报道说: the paper says it, in one link
    words = _ISSUES.sub("", words) or words
    if re.search("[,，]", words):
        return None  # no source goes on over a comma
    words = re.sub(r"^(?:综合|据|根据)", "", words)
    words = re.sub(r"^(?:在接受.{1,12}采访时|一份|一名|一位|一个|有关)", "", words)
    return words, offset + body.find(words)


def _around(hit: Hit, sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> Attribution | None:
    start, end = sentence.start, sentence.end
    quoted = [q for q in sentence.quotations if q[1] - q[0] <= LONGEST_QUOTED_NAME and _is_name(text, q)]
    stops = [
        m.end() for m in _STOP.finditer(text, start, hit.start) if not any(a - 1 <= m.start() <= b for a, b in quoted)
    ]
    left = max([start, hit.start - LONGEST_LEAD, *stops])
    region_start = max([left, *(m.end() for m in re.finditer("[，,]", text[: hit.start]) if m.end() > left)])
    region = text[region_start : hit.start]
    got = _source(region, voices, memory)
    if got is None and len(region.strip()) <= 4 and region_start > left:
        # The subject stands in the clause before: 保护卫士发布报告，指控…
        previous = max([left, *(m.end() for m in re.finditer("[，,]", text[: region_start - 1]) if m.end() > left)])
        got = _source(text[previous : region_start - 1], voices, memory)
        region_start = previous
    stance = Stance(hit.key)
    if got is None and left > start:
        # A quoted name is the source, or stands inside it: 「东南网」4月报道, 主任在“服务日”活动上介绍
        wide = max([start, *(m.end() for m in re.finditer("[，,。；;]", text[:left]) if m.end() > start)])
        got = _source(text[wide : hit.start], voices, memory)
        region_start = wide
    if got is None and folded[hit.start : hit.end].startswith("报"):
        paper = memory.by_head.get("outlet")
        if paper is None or region.strip(" ，,"):
            return None
        told = msgspec.structs.replace(paper, words=text[hit.start : hit.end])
        return Attribution(told, stance, None, (hit.start, hit.end), ((hit.end, end),), rule="报道")
    if got is None:
        spoken = memory.last if (text[hit.end : hit.end + 1] in "：:“「" and memory.last) else None
        if spoken is None:
            return None
        return Attribution(spoken, stance, None, (hit.start, hit.end), ((hit.end, end),), rule="说")
    words, offset = got
    voice = _voice(words, voices, memory)
    if voice is None:
        return None
    source = (region_start + offset, region_start + offset + len(words))
    heard = None
    begin = hit.end
    if folded[hit.start : hit.end] == "告诉":
        stop = re.match(r"[^，,：:。]{1,16}?(?=[，,：:])", text[hit.end : end])
        if stop:
            begin = hit.end + stop.end()
            named = voices.read(stop[0])
            heard = named if isinstance(named, Voice) and named.kind == "outlet" else None
    if text[hit.end : end].strip(' ，,。.”」』"') == "" and source[0] - start > 6:
        if folded[hit.start : hit.end] in _ANSWERS and not any(
            b <= source[0] and b - a > 12 for a, b in sentence.quotations
        ):
            return None  # 某事？外交部回应: what stands before is what it answered to
        content: tuple[Span, ...] = ((start, source[0]),)
    else:
        content = ((begin, end),)
        if text[start : source[0]].rstrip(" ，,").endswith(("”", "」", "』", '"')) and any(
            b - a > 12 and b <= source[0] for a, b in sentence.quotations
        ):
            content = ((start, source[0]), (begin, end))
    before = _BEFORE_ALL.match(text, start) and _AFTERWARDS.search(text, hit.end, end)
    if before:
        content = ((begin, before.start()),)  # 继甲揭露某事之后，乙发现…: what follows is no longer 甲's
    return Attribution(voice, stance, source, (hit.start, hit.end), content, heard_by=heard, rule="表示")


def _is_name(text: str, quoted: Span) -> bool:
    """A quotation that is a name stands behind a body's head or before a gloss: 组织“灯笼观察”(Lantern Watch)."""
    before, after = text[max(0, quoted[0] - 4) : quoted[0] - 1], text[quoted[1] + 1 : quoted[1] + 4]
    return bool(
        _HEAD_BEFORE.search(before)
        or re.match(
            r"[(（]\s*[A-Za-z]|组织|組織|报|報|网|網|的(?:研究|調查|调查|報告|报告)|电视|廣播|广播|杂志|团体|團體",
            after,
        )
    )


def _according(
    mark: Hit, cues: list[Hit], sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory
) -> Attribution | None:
    if mark.key not in ("according", "citing"):
        return None
    stop = re.search(r"[，,。：:]", text[mark.end : sentence.end])
    until = mark.end + (stop.start() if stop else 0)
    cue = next((h for h in cues if mark.end <= h.start <= until + 1), None)
    words = text[mark.end : cue.start if cue else until]
    got = _source(words, voices, memory) if words.strip() else None
    if got is None or (cue is None and mark.key == "according" and len(words) > 24):
        return None
    voice = _voice(got[0], voices, memory)
    if voice is None:
        return None
    at = mark.end + got[1]
    after = cue.end if cue else until
    return Attribution(
        voice,
        Stance.STATES,
        (at, at + len(got[0])),
        (mark.start, after),
        ((after, sentence.end),),
        cited=mark.key == "citing",
        rule="据",
    )


def _labelled(sentence: Sentence, text: str, voices: Voices, memory: Memory) -> Attribution | None:
    """A label at a passage's beginning (使馆发言人：) speaks to the passage's end."""
    if text[: sentence.start].strip():
        return None
    label = _LABEL.match(text)
    if not label or re.search("记者|記者|编辑|編輯", label[1]) or "来源" in label[1] or "标题" in label[1]:
        return None
    got = _source(label[1], voices, memory)
    voice = _voice(got[0], voices, memory) if got else None
    if voice is None:
        return None
    memory.rest_of_passage = voice
    memory.note(voice)
    source = (label.start(1), label.end(1))
    return Attribution(voice, Stance.STATES, source, source, ((label.end(), sentence.end),), rule="答")
