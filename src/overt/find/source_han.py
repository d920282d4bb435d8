"""Where the source of a cue stands in Chinese: the noun phrase at the end of its clause, without when, where and how.

In go the words between the beginning of a clause and the cue, out comes the noun phrase of who speaks, or nothing where
the words are a clause of their own. Patterns look at folded words, so that both scripts are read alike.
"""

import re

import msgspec

from overt.find.attribution import Memory
from overt.find.bodies_han import bodies
from overt.find.voices import Pronoun, Voices
from overt.model import Voice
from overt.words.phrases import Hit, has_cjk, matchable

LONGEST_COUNTRY = 8
LONGEST_BARE = 14  # characters of a source of which no word is known
LONGEST_ROLE = 24
_DATE = r"(?:\d{2,4}年)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?(?:上午|下午|晚间|晚上|晚|凌晨|中午)?"
_DAY = (
    r"昨天|今天|昨日|今日|当天|当日|当晚|同日|次日|翌日|(?:本|上|这)?周[一二三四五六日天](?![\u4e00-\u9fff])|星期[一二三四五六日天]|"
    r"当地时间|日前|近日|最近|早前|此前|先前|随后|其后|当时|如今|目前|年初|年底|后来|稍早|稍后|去年|今年|上周|本周|上月|本月"
)
_LEAD = re.compile(
    r"[^\s,。]{2,14}\d{1,2}月\d{1,2}日(?:电|讯)\s*|"
    r"(?:[^】]{0,24}】|继(?=[\u4e00-\u9fff]{4})|早前有|日前有|据悉|对此|此外|另外|其中|因此|但是|但|不过|然而|同时|并且|并|而|却|随后又|随后|后来|又|至于|还有|"
    r"也(?=有)|有(?!关|限|名|的|没|无|可|待|必|所|意|利|益|时|着|人|些))|"
    rf"(?:{_DAY})|(?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{2,4}}年(?:初|底)?|\d{{1,2}}日(?:上午|下午|晚间|晚)?|[,、:\s]+"
)
# Adverbs and times between a source and its verb.
_TAIL = re.compile(
    rf"(?:还|也|亦|又|则|曾经|曾|已经|已|再次|再度|随后|一再|多次|均|都|就|皆|却|只|仅|便|即|补充|进一步|明确|公开|严正|强烈|坚决|一致|普遍|"
    rf"当庭|早年|早已|立即|同时|此前|之前|事后|仍|首先|首次|仍然|依然|始终|特别|反复|坚持|并|且|主动|如此|这样|联合|共同|联名|再|另|率先|正式|表态|凌晨|"
    rf"发(?:表|布|出)?(?:公开|最新|书面)?(?:声明|公告|文|帖|推文?|信|函|财报|新闻稿)|推文|推特|微博|微信|脸书|官网|受访时?|撰文|刊文|连日来|予以|日前|[(（][^)）]{{0,8}}[\u4e00-\u9fff][^)）]{{0,16}}[)）]|"
    rf"{_DAY}|(?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{2,4}}年|\d{{1,2}}[日号](?:上午|下午|晚间|晚)?|[,、\s])+$"
)
# After a source: where, when, about and to whom it spoke. What follows belongs to the clause, not to the source.
_ASIDE = re.compile(
    r"(?<!存|现|内|实|潜|所)在(?!野|任|职|朝)|(?<!关|由|对|处|属|位|等|至|基|终|鉴)于(?!\w?[某])|(?<!造|成)就(?!业)|(?<![走方动倾意])向(?!来)|"
    r"(?<![反绝面相])对(?!外|方|手|华|台)|针对|透过|通过|从(?!业|政|事)|因(?!应)|借由|藉|趁|(?:再次|随后)?接受|受访|回答|答问|答询|质询|提起|提出|召开|举行|出席|发起|致电|应询|隔着|当庭|当场|持|"
    r"发(?:表|布|出)(?:了)?(?:书面|公开|联合|一份)?(?:声明|公告|报告|新闻稿|财报)|致(?:函|信|歉)|[(（](?![A-Za-z])|\d{1,4}[年月日号](?!发|公|的|出)|"
    r"以(?=.{0,6}(?:身份|名义|书面|匿名))|周[一二三四五六日](?!报|刊)|昨[日天晚]|今[日天早晨年](?!报)|日前|近日|此前|当[天日时](?!报)|上周|本周|(?<![规法守原准细否])则|引(?:述|用)|援引|转述|要求|呼吁|下令|拒绝"
)
_IN_NOUN = re.compile(r"(?:住|位|设|驻|居|旅|来自|派|身|常|生活|工作|活跃|流亡|总部)$")
# A place or time that an aside ends with: 在周一的记者会上.
_AT_END = re.compile(r"(?:上|中|时|里|后|前|下|内|间|际|会|处|说|文)$")
# What makes a clause of words: a noun phrase holds it only before a 的.
_VERBAL = re.compile(
    r"了|着(?!名)|被(?!告)|把|已(?!故)|接获|接到|收到|正在|是|没|将(?!军)|让|(?<![大公特天])使(?![馆节领者])|必须|应当|可以|应该|"
    r"不(?!愿|具|记|透|明|少|同|久|法|良)|未(?!具|透|来|成)|逮捕|位于|设立|成为|包括|有(?!关|限|名|识)|随着|由于|除了|如果|因为|虽然|尽管|为了|导致|获得|就是"
)
_ENDS_OPEN = re.compile(r"(?:后|时|之际|中|上|里|下|前|的|和|与|及|同|跟|者所|所|等到|期间)$")
_NOBODY = re.compile(
    r"有人|人们|大家|我们|[这那](?!名|位|些|家|两)|此|其(?!他|余)|据|如|若|则|可(?!口)|能(?!源)|会(?!长|员|计)|应(?!届)|须|将(?!军)|正(?!规)|曾(?=经)|"
    r"经(?!济|理|纪|销|办)|并|也|都(?!市|柏)|只|不(?!少|愿|同|具|法)|没|未|无(?!国界|党)|任何|何(?=[时人处以况必等种])|高度|明确|公开|方面|"
    r"如何|什么|怎么|所|被(?!告)|相关|问题|事件|地点|时间|电话|地址|注|附|图|编辑|来源|标题|各位|问|答"
)
_NAMELIKE = re.compile(r"[^\s,。的了是对就向和与及称说指被在于将已也还都又并等从因]{2,9}")
_PREPOSITION = re.compile(r"在|以(?!色)|对(?!外|华|台|方|手)|把|被(?!告)")
_HE = re.compile(r"(?:他|她|它|他们|她们)(?:本人|自己)?$")
_HE_WHO = re.compile(r"\s*(?:并|而|但|不过)?[他她它](?!们|的|本人).{8,}", re.S)
_HE_WHEN = re.compile(r"\s*(?:并|而|但|不过)?[他她它].{0,24}(?:时|中|上|后)$", re.S)
# 骑警发出公告，称…; “灯笼观察”的研究发现…: the body speaks in one link.
_ISSUES = re.compile(
    r"(?:(?:发出|发布|发表|公布|刊登|发)(?:了)?(?:一份|一篇)?(?:最新|新)?(?:的)?(?:报告|公告|声明|新闻稿|文章|通告)?|的(?:研究|调查|报告))$"
)
_OF_WORDS = re.compile(r"的(?:话|说法|消息|讲话|报道|看法|表述|谈话|言论)$")
_GLOSS = re.compile(r"[\s\"”」』]*[(（][A-Za-z][\w .,&’'·-]{1,48}[)）]")
_CLOSES = re.compile(r"[^,，。]{0,3}[)）」』”》]")
_GOES_ON = frozenset("在对就还也于周星向接随又则曾已再")
_SUFFERS = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:遭到|受到|遭|获得|获)(?=[\u4e00-\u9fff]{2})")
_MODAL = re.compile("会(?!长|员|计)|将(?!军)|可(?!口)|能(?!源)|要(?!求|员)|应(?!届)")
_REPORTER = re.compile(r"(?:本报|本台|本网|[(（])记者[^的]{0,6}$|记者$|(?:综合|编译)$")
_MEDIUM = re.compile(r"[在于从](?:报告|声明|文章|新闻稿|推特|社交媒体|回复)")
_BEFORE_NAME = re.compile(r"^(?:综合|据|根据)")
_MEASURE = re.compile(r"^(?:在接受.{1,12}采访时|一份|一名|一位|一个|有关)")
_OWN_NAME = re.compile(r"[“「『\"][^”」』\"]{2,14}[”」』\"]")
_TITLED = re.compile(r"[\u4e00-\u9fff]{1,3}(?:先生|女士|小姐)")
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{1,6}[·‧・][\u4e00-\u9fff·‧・]{1,12}|[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
    r"柏窦章云苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉薛雷贺倪汤罗毕郝邬安常乐于傅齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝明"
    r"臧计成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯卢莫房解应宗丁邓洪包左石"
    r"崔吉龚程裴陆翁荀惠曲封储靳段焦巴谷车侯全班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶黎薄印白蒲卓蔺屠蒙池乔翟谭贡姬申冉桑桂"
    r"柴瞿阎温庄晏简沙聂游赖岳艾鱼容向古易廖耿辛那饶曾关][\u4e00-\u9fff]{1,2}"
)


def source_before(region: str, voices: Voices, memory: Memory, sure: bool = False) -> tuple[str, int] | None:
    """Return the words of a source in a region before a cue, with their offset in it; None where none stands there.

    Args:
        region: from the beginning of the clause to the cue.
        sure: does the cue speak for itself (表示, 强调)? Then any noun phrase before it is a source, else only one
            with a word that is known for a body, a role or a person.
    """
    folded = matchable(region)
    if _HE_WHO.match(folded) and not _HE_WHEN.match(folded):
        return None  # 他代表…: a clause, whose subject says nothing
    begin, end = _bounded(folded)
    body = region[begin:end]
    person = _known_person(body, memory)
    if person is not None:
        return person, begin + body.find(person)
    bare = folded[begin:end]
    if len(bare) <= LONGEST_COUNTRY and voices.is_country(body):
        return body, begin
    if _MEDIUM.match(bare):
        return None  # 在报告 says where, not who
    end = begin + _before_aside(bare)
    body, bare = region[begin:end], folded[begin:end]
    if _REPORTER.search(bare) and not (sure and bare == "记者"):
        return None  # its own reporter is the outlet
    suffered = _SUFFERS.search(bare)
    if suffered:
        begin += suffered.end()
        body, bare = body[suffered.end() :], bare[suffered.end() :]  # 这一说法遭到甲否认
    if not bare or _MODAL.match(bare) or (_is_clause(bare) and not _HE.match(bare)):
        return None
    words = _noun_phrase(body, bare, voices, sure)
    if words is None:
        return None
    stripped = re.sub(r"的?报[道导]$", "", matchable(words))
    if len(stripped) < len(words) and (voices.speech.heads.find(stripped) or voices.known.find(stripped)):
        words = words[: len(stripped)]  # 某报报道说: the paper says it, in one link
    for pattern in (_OF_WORDS, _ISSUES):
        cut = pattern.search(matchable(words))
        if (
            cut is not None and _is_known(words[: cut.start()], voices) and "由" not in words
        ):  # 由某机构牵头的研究: the study speaks
            words = words[: cut.start()]
    if re.search("[,，]", words):
        return None  # no source goes on over a comma
    for pattern in (_BEFORE_NAME, _MEASURE):
        lead = pattern.match(matchable(words))
        words = words[lead.end() :] if lead else words
    return (words, begin + body.find(words)) if words else None


def _bounded(folded: str) -> tuple[int, int]:
    """Where a region begins and ends without connectives, days and adverbs."""
    begin, end = 0, len(folded)
    while (lead := _LEAD.match(folded, begin, end)) is not None and lead.end() > begin:
        begin = lead.end()
    if folded.count("(", begin) < folded.count(")", begin):
        begin = folded.rfind(")") + 1  # "(记者 N.)25日…": the bracket opened before
    tail = _TAIL.search(folded, begin, end)
    return begin, tail.start() if tail else end


def is_empty(region: str) -> bool:
    """True where a region holds no more than connectives, days and adverbs: its subject stands in the clause before."""
    begin, end = _bounded(matchable(region))
    return begin >= end


def _before_aside(body: str) -> int:
    """Where a source ends and it is told where, when or to whom it spoke; the end where nothing of the kind is told."""
    for aside in _ASIDE.finditer(body):
        if aside.start() < 1 or _IN_NOUN.search(body[: aside.start()]):
            continue
        rest = body[aside.start() :]
        if body[aside.start() - 1] == "正" and not _AT_END.search(rest):
            continue  # 正在, but not 林芳正 | 在记者会上
        if "的" in rest and not _AT_END.search(rest):
            continue  # 一名在荷兰的…人士
        tail = _TAIL.search(body[: aside.start()])
        return tail.start() if tail else aside.start()
    return len(body)


def _is_clause(bare: str) -> bool:
    """True where words hold a verb that no 的 puts before a noun."""
    at = bare.rfind("的")
    return bool(_VERBAL.search(bare, at + 1 if 0 <= at < len(bare) - 2 else 0))


def _noun_phrase(body: str, bare: str, voices: Voices, sure: bool) -> str | None:
    heads = [*voices.speech.heads.find(bare), *voices.known.find(bare), *voices.speech.roles.find(bare)]
    heads += [Hit("body", a, b) for a, b in bodies(body)]
    heads = [h for h in heads if not bare.startswith("馆", h.end)]
    pronouns = [h.end for h in voices.speech.pronouns.find(bare) if h.start == 0 and not bare.startswith("的", h.end)]
    latin = re.search(r"[A-Za-z][A-Za-z .'’-]{1,40}", body)
    if heads:
        last = max(h.end for h in heads)
        if pronouns and max(pronouns) > last:
            last = max(pronouns)
        words = body[:last]
        rest = body[last:]
        own = _OWN_NAME.match(rest)
        if own:
            words, rest = words + own[0], rest[own.end() :]  # 人权组织“灯笼观察”
        if _NAMELIKE.fullmatch(matchable(rest)) and not _ENDS_OPEN.search(matchable(rest)):
            words = body  # 人权组织灯笼观察 | 指控: a body's or a person's own name follows its head
        gloss = _GLOSS.match(body, len(words)) or _named_gloss(body, len(words)) or _CLOSES.match(body, len(words))
        return body[: gloss.end()] if gloss else words
    if pronouns:
        return body[: max(pronouns)]
    if latin:
        return body[: latin.end()]
    if _NOBODY.match(bare) or _ENDS_OPEN.search(bare):
        return None
    if _PERSON.fullmatch(bare) or (sure and 2 <= len(bare) <= LONGEST_BARE):
        return body
    return None


def ends_with_voice(words: str, voices: Voices) -> bool:
    """True where words end with a head, a body, a role or a person's name: so does a label (but not 公司开业大吉：)."""
    folded = matchable(words).rstrip('"”」』)）》')
    hits = [*voices.speech.heads.find(folded), *voices.known.find(folded), *voices.speech.roles.find(folded)]
    ends = [
        0,
        *(h.end for h in hits),
        *(b for _, b in bodies(words)),
        *(h.end for h in voices.speech.cues.find(folded)),
    ]
    rest = folded[max(e for e in ends if e <= len(folded)) :]
    return not rest or bool(_PERSON.fullmatch(rest)) or len(rest) == len(folded) or not has_cjk(rest)


def _is_known(words: str, voices: Voices) -> bool:
    folded = matchable(words)
    speech = voices.speech
    return bool(speech.heads.find(folded) or voices.known.find(folded) or speech.roles.find(folded) or bodies(words))


def _named_gloss(body: str, at: int) -> re.Match[str] | None:
    """A name behind a head with its gloss: 主管 | 劳拉·哈思（Laura Harth）."""
    name = re.match(r"[\u4e00-\u9fff·‧・]{2,12}[(（][A-Za-z][\w .,&’'·-]{1,48}[)）]$", body[at:])
    return re.compile(r".*", re.S).match(body, at) if name else None


def _known_person(body: str, memory: Memory) -> str | None:
    """The name of a person who was introduced, with which words begin: 雷 | 在听证会上…, 皮斯."""
    if body in memory.persons:
        return body
    begun = (name for name in memory.persons if has_cjk(name) and body.startswith(name))
    return next((n for n in sorted(begun, key=len, reverse=True) if body[len(n) : len(n) + 1] in _GOES_ON), None)


def voice_of(words: str, voices: Voices, memory: Memory) -> Voice | None:
    """The voice of a source's words: who was named before, a country as its government, else as they are read."""
    if _PREPOSITION.match(matchable(words)):
        return None  # 在其…报告中, 以视频方式: where and how, nobody
    known = memory.persons.get(words)
    if known is not None:
        return msgspec.structs.replace(known, words=words)
    if voices.is_country(words):
        return Voice(organisation=words, kind=voices.state_of(words), words=words)  # 中国否认…: its government
    read = voices.read(words)
    if isinstance(read, Voice) and read.role and not read.speaker:
        rest = words[words.find(read.role) + len(read.role) :].strip()  # 发言人 | 王某某, 会长 | 陈先生
        if _PERSON.fullmatch(matchable(rest)) or _TITLED.fullmatch(matchable(rest)):
            read = msgspec.structs.replace(read, speaker=rest)
    if isinstance(read, Pronoun) or read is not None:
        return memory.resolve(read)
    if _PERSON.fullmatch(matchable(words)):
        return Voice(speaker=words, words=words)
    return Voice(role=words, words=words) if len(words) <= LONGEST_ROLE else None


__all__ = ["ends_with_voice", "is_empty", "source_before", "voice_of"]
