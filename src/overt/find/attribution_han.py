"""Attribution in Chinese: X表示, “…”X说, X否认…，并称…, beside what marks and labels say (据…报道, 发言人：…).

A source is the noun phrase of the clause before its verb (`source_han`); what it says ends where another begins.
"""

import re

import msgspec

from overt.find.attribution import Attribution, Memory, cut_contrasts, disjoint
from overt.find.bodies_han import bodies
from overt.find.cues_han import TELLS, is_cue, joined
from overt.find.marked_han import according, labelled
from overt.find.sentence import Sentence, Span
from overt.find.source_han import is_empty, source_before, voice_of
from overt.find.voices import Voices
from overt.model import Stance, Voice
from overt.words.phrases import Hit

_ANSWERS = frozenset({"回应", "答复", "澄清", "否认"})
LONGEST_LEAD = 160  # characters: no source stands farther before its cue
_AFTER_WEAK = frozenset(",，:：说")
_SETS_OFF = frozenset(',:"「『“')
_ENDS_CLAUSE = re.compile("[，,。：:；;]")
_AGAINST = re.compile("则|却|也|亦|仍|予以|不予|未予")
_NOUN_VERB = re.compile("(?:研究|调查|报道|报告|声明|通报|公告|通告|说明|统计|介绍|警告|判决|裁定|回复|推文|记录)(?=.)")
_THUS = re.compile("(?:如此|这样)$")
_SAID_ALL = re.compile('[。!?]["」』]$')  # “….”她还说: the quotation before was whole
_AND = "并"  # the rule of a further verb with the same subject
LEAST_OWN = 2  # characters of content that is more than a noun of the verb (发文 | 致歉)
LEAST_CONTENT = 3  # characters of connectives between a comma and a source (，也有 | 邻居)
_ASKS_FOR = re.compile("(?:敦促|呼吁|要求|促请|促|吁|建议|提醒)$")
_GIVES = re.compile("予以|均|都|一概")
_TOLD = re.compile(r"(?:对|向)(.{1,16}?)(?:时)?$")
LEAST_SAID = 6  # characters before a source that can be what it says
_STOP = re.compile(r"[。！？；：:“”「」『』!?;\"]")
_BEFORE_ALL = re.compile(r"[继繼在自]")
_AFTERWARDS = re.compile(r"(?:之后|之後|以后|以後|后|後|之际|之際)[,，]")
LONGEST_QUOTED_NAME = 16
_HEAD_BEFORE = re.compile(
    r"(?:组织|組織|团体|團體|机构|機構|媒体|媒體|报|報|刊|台|网站|網站|平台|联盟|聯盟|协会|協會)$"
)


def find(sentence: Sentence, text: str, folded: str, voices: Voices, memory: Memory) -> list[Attribution]:
    """Return the attributions of a sentence in order of their cues. See `overt.find.attribution.attribute`."""
    start = sentence.start
    speech = voices.speech
    found: list[Attribution] = []
    bounds: list[int] = []
    label = labelled(sentence, text, folded, voices, memory)
    taken: list[Span] = []
    if label is not None:
        found.append(label)
        bounds.append(start)
        taken.append(label.cue)
    hits = [Hit(h.key, h.start + start, h.end + start) for h in speech.cues.find(sentence.folded)]
    hits = joined(disjoint(hits), folded)
    marks = [Hit(h.key, h.start + start, h.end + start) for h in speech.marks.find(sentence.folded)]
    names = {(a + start, b + start) for a, b in bodies(sentence.text)} if sentence.quotations else set()
    noun = {(m.start, m.end): m.key for m in marks if m.key in ("weak", "headed")}
    for mark in marks:
        one = according(mark, hits, sentence, text, folded, voices, memory)
        if one is not None:
            found.append(one)
            bounds.append(start)
            taken.append((mark.start if mark.key == "according" else mark.end, one.cue[1]))
    for hit in hits:
        if folded.startswith("的", hit.start - 1) and (split := _NOUN_VERB.match(folded, hit.start, hit.end)):
            hit = Hit(hit.key, split.end(), hit.end)  # 某机构牵头的研究 | 发现
        if any(a <= hit.start < b for a, b in taken) or not is_cue(hit, folded):
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
    spoken_before = any(one.cue[1] <= source[0] for one in found)
    content = _content(hit, source, spoken_before, begin, start, end, sentence, text, folded)
    if content is None:
        return None
    return Attribution(voice, stance, source, (hit.start, hit.end), content, heard_by=heard, rule="表示")


def _heard(hit: Hit, source: Span, text: str, folded: str, end: int, voices: Voices) -> tuple[Voice | None, int]:
    """The outlet that was told it, if one is named, and where the content begins: 告诉某报，…; 对某报说…"""
    begin, words = hit.end, None
    if folded[hit.start : hit.end] in TELLS:
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
