"""Attribution in Chinese: 据…报道, X表示, “…”X说, and the labelled answer (发言人：…).

A source is the last part of a clause before the cue; its words end with the last head (发言人, 公安局, 报告, ...).
"""

import re

import msgspec

from overt.find.attribution import Attribution, Memory, cut_contrasts, disjoint
from overt.find.bodies_han import bodies
from overt.find.sentence import Sentence, Span
from overt.find.source_han import ends_with_voice, is_empty, source_before, voice_of
from overt.find.voices import Voices
from overt.model import Stance, Voice, VoiceKind
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
_ANSWERS = frozenset({"回应", "答复", "澄清", "否认"})
LONGEST_CITED = 36  # characters between 根据 and a comma that can be a source by themselves
LONGEST_LEAD = 160  # characters: no source stands farther before its cue
_SAYS = frozenset({"说", "称", "道", "指", "指出", "表示"})
_TELLS = frozenset({"告诉", "告知"})
_AFTER_WEAK = frozenset(",，:：说")
_SETS_OFF = frozenset(',:"「『“')
_PLACE_ENDS = frozenset("中上里内")  # 在论文中报告, but not 调查报告
_ENDS_CLAUSE = re.compile("[，,。：:；;]")
_AGAINST = re.compile("则|却|也|亦|仍|予以|不予|未予")
_NOUN_VERB = re.compile("(?:研究|调查|报道|报告|声明|通报|公告|通告|说明|统计|介绍|警告|判决|裁定|回复|推文|记录)(?=.)")
_NOT_ACCORDING = frozenset("点守此悉为")
_BEFORE_ACCORDING = frozenset("另又而但并也则且,是有")
_THUS = re.compile("(?:如此|这样)$")
_SAID_ALL = re.compile('[。!?]["」』]$')  # “….”她还说: the quotation before was whole
_WHILE = re.compile("[^,，。：:；;]{0,6}时[^,，。：:；;]{0,2}")
_AND = "并"  # the rule of a further verb with the same subject
LEAST_OWN = 2  # characters of content that is more than a noun of the verb (发文 | 致歉)
LEAST_CONTENT = 3  # characters of connectives between a comma and a source (，也有 | 邻居)
_ASKS_FOR = re.compile("(?:敦促|呼吁|要求|促请|促|吁|建议|提醒)$")
_GIVES = re.compile("予以|均|都|一概")
_TOLD = re.compile(r"(?:对|向)(.{1,16}?)(?:时)?$")
_ASKER = re.compile("^(?:[^，,]{0,12})?(?:记者|記者)$")
LEAST_SAID = 6  # characters before a source that can be what it says
_STOP = re.compile(r"[。！？；：:“”「」『』!?;\"]")
_BEFORE_ALL = re.compile(r"[继繼在自]")
_AFTERWARDS = re.compile(r"(?:之后|之後|以后|以後|后|後|之际|之際)[,，]")
LONGEST_QUOTED_NAME = 16
_HEAD_BEFORE = re.compile(
    r"(?:组织|組織|团体|團體|机构|機構|媒体|媒體|报|報|刊|台|网站|網站|平台|联盟|聯盟|协会|協會)$"
)
_LABEL = re.compile(r"\s*(?:【[^】]*】)?([^，。,：:]{2,16})[：:]")


def find(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of a sentence in order of their cues. See `overt.find.attribution.attribute`."""
    start = sentence.start
    speech = voices.speech
    found: list[Attribution] = []
    bounds: list[int] = []
    label = _labelled(sentence, text, folded, voices, memory)
    taken: list[Span] = []
    if label is not None:
        found.append(label)
        bounds.append(start)
        taken.append(label.cue)
    hits = [Hit(h.key, h.start + start, h.end + start) for h in speech.cues.find(sentence.folded)]
    hits = _joined(disjoint(hits), folded)
    marks = [Hit(h.key, h.start + start, h.end + start) for h in speech.marks.find(sentence.folded)]
    names = {(a + start, b + start) for a, b in bodies(sentence.text)} if sentence.quotations else set()
    noun = {(m.start, m.end): m.key for m in marks if m.key in ("weak", "headed")}
    for mark in marks:
        one = _according(mark, hits, sentence, text, folded, voices, memory)
        if one is not None:
            found.append(one)
            bounds.append(start)
            taken.append((mark.start if mark.key == "according" else mark.end, one.cue[1]))
    for hit in hits:
        if folded.startswith("的", hit.start - 1) and (split := _NOUN_VERB.match(folded, hit.start, hit.end)):
            hit = Hit(hit.key, split.end(), hit.end)  # 某机构牵头的研究 | 发现
        if any(a <= hit.start < b for a, b in taken) or not _is_cue(hit, folded):
            continue
        kind = noun.get((hit.start, hit.end))
        thus = _THUS.search(folded, start, hit.start)
        if kind == "weak" and folded[hit.end : hit.end + 1] not in _AFTER_WEAK and not thus:
            continue
        one = _around(hit, kind is None or bool(thus), found, names, sentence, text, folded, voices, memory)
        if one is not None:
            if (
                one.rule == _AND
                and one.source == found[-1].source
                and len(text[found[-1].cue[1] : hit.start].strip(" ，,")) <= LEAST_OWN
            ):
                del found[-1], bounds[-1]  # 发表声明，否认…: it says nothing but what follows
            bounds.append(_bound(one, found, hit, start, text, folded))
            found.append(one)
            memory.note(one.voice)
    order = sorted(range(len(found)), key=lambda i: found[i].cue)
    return cut_contrasts([found[i] for i in order], [bounds[i] for i in order])


def _is_inline(found: list[Attribution], at: int, folded: str) -> bool:
    """True where the words before a clause at `at` belong to the verb before it without a comma: 甲否认某事，乙说…"""
    before = max((one.cue[1] for one in found if one.cue[1] <= at and one.rule in ("表示", _AND)), default=None)
    if before is None or folded[before : before + 1] in _SETS_OFF:
        return False
    commas = folded[before:at].count(",")
    return commas == 1 and bool(_ENDS_CLAUSE.search(folded, at - LEAST_CONTENT, at))


def _bound(one: Attribution, found: list[Attribution], hit: Hit, start: int, text: str, folded: str) -> int:
    """Where another's words end for this attribution's sake: at its clause, if that stands against the one before."""
    at = one.source[0] if one.source else start
    if one.rule == _AND:
        return max(start, *(text.rfind(mark, start, hit.start) for mark in "，,；;")) + 1
    near = folded[max(start, at - 3) : at + 2]
    if _SAID_ALL.search(folded, start, at) or (_is_inline(found, at, folded) and one.source):
        return at
    before_cue = folded[one.source[1] : hit.start] if one.source else ""
    return at if re.search(r"[;；]|但|而|却", near) or _AGAINST.search(before_cue) else start


def _joined(hits: list[Hit], folded: str) -> list[Hit]:
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
            and folded[out[-1].start : out[-1].end] in _TELLS
            and not _ENDS_CLAUSE.search(folded, out[-1].end, hit.start)
        ):
            out += [] if folded[hit.start : hit.end] in _SAYS else [hit]  # 告诉某报说: one link
        else:
            out.append(hit)
    return out


def _is_cue(hit: Hit, folded: str) -> bool:
    word = folded[hit.start : hit.end]
    after, before = folded[hit.end : hit.end + 1], folded[hit.start - 1 : hit.start]
    if after == "的" or before == "的" or (word == "报告" and before not in _PLACE_ENDS):
        return False
    if folded[max(0, hit.start - 4) : hit.start].endswith(_REFUSALS):
        return False
    return not (after and after in _NO_CUE_AFTER.get(word, "")) and not (
        before and before in _NO_CUE_BEFORE.get(word, "")
    )


def _around(
    hit: Hit,
    sure: bool,
    found: list[Attribution],
    names: set[Span],
    sentence: Sentence,
    text: str,
    folded: str,
    voices: Voices,
    memory: Memory,
) -> Attribution | None:
    start, end = sentence.start, sentence.end
    quote = next((q for q in sentence.quotations if q[0] <= hit.start < q[1]), None)
    start = max(start, quote[0]) if quote else start
    quoted = [
        q for q in sentence.quotations if q[1] - q[0] <= LONGEST_QUOTED_NAME and (q in names or _is_name(text, q))
    ]
    stops = [
        m.end() for m in _STOP.finditer(text, start, hit.start) if not any(a - 1 <= m.start() <= b for a, b in quoted)
    ]
    left = max([start, hit.start - LONGEST_LEAD, *stops])
    region_start = max([left, *(m.end() for m in re.finditer("[，,]", text[: hit.start]) if m.end() > left)])
    inner = max((one.cue[1] for one in found if region_start <= one.cue[0] and one.cue[1] <= hit.start), default=None)
    if found and not _AGAINST.search(folded, region_start, hit.start):
        sure = False  # in another's words a source is known by more than its place
    if inner is not None:
        region_start, sure = inner, False  # 甲称乙认为…: 乙 speaks in 甲's words, if 乙 is known for a voice
    region = text[region_start : hit.start]
    got = source_before(region, voices, memory, sure)
    stance = Stance(hit.key)
    if inner is not None and (got is None or _ASKS_FOR.search(folded, start, region_start)):
        return None  # 甲敦促乙公布…: 乙 has not said it
    reports = folded[hit.start : hit.end].startswith("报")
    if got is None and region_start > left and is_empty(region) and not reports:
        # The subject stands in the clause before: 保护卫士发布报告，指控…; 甲否认某事，并强调…
        previous = max([left, *(m.end() for m in re.finditer("[，,]", text[: region_start - 1]) if m.end() > left)])
        same = next((one for one in reversed(found) if one.source and one.source[0] >= previous), None)
        if same is not None:
            cue = (hit.start, hit.end)
            return Attribution(same.voice, stance, same.source, cue, ((hit.end, end),), rule=_AND)
        got = source_before(text[previous : region_start - 1], voices, memory, sure)
        region_start = previous
    if got is None and left > start:
        # A quoted name is the source, or stands inside it: 「东南网」4月报道, 主任在“服务日”活动上介绍
        wide = max([start, *(m.end() for m in re.finditer("[，,。；;]", text[:left]) if m.end() > start)])
        got = source_before(text[wide : hit.start], voices, memory)
        region_start = wide
    if got is None and reports:
        paper = memory.by_head.get("outlet")
        noun = hit.end - hit.start == LEAST_OWN and folded[hit.end : hit.end + 1] not in _AFTER_WEAK
        if paper is None or noun or region.strip(" ，,"):
            return None
        told = msgspec.structs.replace(paper, words=text[hit.start : hit.end])
        return Attribution(told, stance, None, (hit.start, hit.end), ((hit.end, end),), rule="报道")
    if got is None:
        opens = text[hit.end : hit.end + 1] in "：:" or (text[hit.end : hit.end + 1] in "“「" and is_empty(region))
        spoken = memory.last if opens else None
        if spoken is None:
            return None
        return Attribution(spoken, stance, None, (hit.start, hit.end), ((hit.end, end),), rule="说")
    words, offset = got
    voice = voice_of(words, voices, memory)
    if voice is None:
        return None
    source = (region_start + offset, region_start + offset + len(words))
    heard, begin = _heard(hit, source, text, folded, end, voices)
    told = any(one.cue[1] <= source[0] for one in found)
    content = _content(hit, source, told, begin, start, end, sentence, text, folded)
    if content is None:
        return None
    return Attribution(voice, stance, source, (hit.start, hit.end), content, heard_by=heard, rule="表示")


def _heard(hit: Hit, source: Span, text: str, folded: str, end: int, voices: Voices) -> tuple[Voice | None, int]:
    """The outlet that was told it, if one is named, and where the content begins: 告诉某报，…; 对某报说…"""
    begin, words = hit.end, None
    if folded[hit.start : hit.end] in _TELLS:
        stop = re.match(r"[^，,：:。]{1,16}?(?=[，,：:]|说|說|称|稱)", text[hit.end : end])
        if stop:
            begin, words = hit.end + stop.end(), stop[0]
    else:
        to = _TOLD.search(folded, source[1], hit.start)
        words = text[to.start(1) : to.end(1)] if to else None
    named = voices.read(words) if words else None
    return (named if isinstance(named, Voice) and named.kind == "outlet" else None), begin


def _content(
    hit: Hit, source: Span, told: bool, begin: int, start: int, end: int, sentence: Sentence, text: str, folded: str
) -> tuple[Span, ...] | None:
    """What is said: behind the cue, before the source, or both; None where the words answer to what stands before.

    `told`: somebody else speaks before the source.
    """
    if text[hit.end : end].strip(' ，,。.”」』"') == "" and source[0] - start > LEAST_SAID:
        if _GIVES.search(folded[source[1] : hit.start]) or (told and hit.key != Stance.CONFIRMS):
            return ((hit.start, hit.end),)  # 甲称…，乙予以否认: 乙 says no more than that
        quoted = any(b <= source[0] and b - a > LEAST_SAID for a, b in sentence.quotations)
        if folded[hit.start : hit.end] in _ANSWERS and not quoted:
            return None  # 某事？外交部回应: what stands before is what it answered to
        return ((start, source[0]),)
    content: tuple[Span, ...] = ((begin, end),)
    if text[start : source[0]].rstrip(" ，,").endswith(("”", "」", "』", '"')) and any(
        b - a > LEAST_SAID and b <= source[0] for a, b in sentence.quotations
    ):
        content = ((start, source[0]), (begin, end))
    before = _BEFORE_ALL.match(text, start) and _AFTERWARDS.search(text, hit.end, end)
    return ((begin, before.start()),) if before else content  # 继甲揭露某事之后，乙发现…: 乙's is no longer 甲's


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
    if mark.key not in ("according", "citing") or (mark.key == "according" and not _is_according(mark, folded)):
        return None
    stop = re.search(r"[，,。：:]", text[mark.end : sentence.end])
    until = mark.end + (stop.start() if stop else 0)
    cue = next((h for h in cues if mark.end <= h.start <= until + 1 and _is_cue(h, folded)), None)
    words = text[mark.end : cue.start if cue else until]
    if not words.strip() and cue is not None and folded.startswith("报", cue.start):
        told = Voice(role=text[cue.start : cue.end], kind=VoiceKind.OUTLET, words=text[cue.start : cue.end])
        return Attribution(
            told, Stance.STATES, (cue.start, cue.end), (mark.start, cue.end), ((cue.end, sentence.end),), rule="据"
        )
    got = source_before(words, voices, memory, sure=cue is not None) if words.strip() else None
    if got is None or (cue is None and mark.key == "according" and len(words) > LONGEST_CITED):
        return None
    voice = voice_of(got[0], voices, memory)
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


def _is_according(mark: Hit, folded: str) -> bool:
    """据 opens a clause; in 证据, 据点 and the like it is part of another word."""
    before, after = folded[: mark.start][-1:], folded[mark.end : mark.end + 1]
    return after not in _NOT_ACCORDING and (not ("\u4e00" <= before <= "\u9fff") or before in _BEFORE_ACCORDING)


def _labelled(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> Attribution | None:
    """A label at a passage's beginning (使馆发言人：) speaks to the passage's end."""
    before = text[: sentence.start].strip()
    if before and not before.endswith(("？", "?")):
        return None
    label = _LABEL.match(text, sentence.start)
    if label and _ASKER.search(label[1]) and re.search("[？?]", sentence.text):
        source = (label.start(1), label.end(1))
        asker = Voice(role=label[1], kind=VoiceKind.OUTLET, words=label[1])
        return Attribution(asker, Stance.ASKS, source, source, ((label.end(), sentence.end),), rule="问")
    if not label or re.search("记者|記者|编辑|編輯", label[1]) or "来源" in label[1] or "标题" in label[1]:
        return None
    verb = next((h for h in voices.speech.cues.find(folded[: label.end(1)]) if h.end == label.end(1)), None)
    words = label[1] if verb is None else text[label.start(1) : verb.start]  # 公安局提醒：
    got = source_before(words, voices, memory)
    voice = voice_of(got[0], voices, memory) if got else None
    if got is None or voice is None or not ends_with_voice(words.strip(), voices):
        return None
    memory.rest_of_passage = voice
    memory.note(voice)
    at = label.start(1) + got[1]
    source, cue = (at, at + len(got[0])), (label.start(1), label.end(1))
    return Attribution(voice, Stance.STATES, source, cue, ((label.end(), sentence.end),), rule="答")
