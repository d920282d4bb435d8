"""Cutting out of any text what may not be public: personal data, private names, and words that look like either.

In: a text. Out: segments. Known names are found however they are written; beside them stand patterns for names that
nobody has listed (a title or a role before a name, a name beside a verb of saying, an organisation by its last word).
They cut too much rather than too little.
"""

import re
from collections.abc import Iterable
from functools import cache

from overt.protect import bodies
from overt.protect.match import find, folded
from overt.protect.names import Names, code_of
from overt.protect.public import Code, Segment, Words
from overt.words import patterns
from overt.words.personal import personal
from overt.words.scripts import narrow, simplify

_PERSONAL = {
    "telephone": Code.TELEPHONE,
    "email": Code.EMAIL,
    "address": Code.ADDRESS,
    "url_handle": Code.ACCOUNT,
    "id_number": Code.NUMBER,
}
Span = tuple[int, int, Code]

_LARGE = r"\p{Lu}[\p{L}'’\-]+"
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|du|la|le|al|el|bin|ibn)"
_NAME = rf"{_LARGE}(?:[ \x{{A0}}](?:{_PARTICLE}[ \x{{A0}}])*{_LARGE}){{0,3}}"
_NAMES = rf"{_LARGE}(?:[ \x{{A0}}](?:{_PARTICLE}[ \x{{A0}}])*{_LARGE}){{1,3}}"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Madam|Lord|Lady|Herr|Herrn|Frau|Señor|Señora|Sr|Sra|Don|Doña"
    r"|Mme|Mlle|Monsieur|Madame|Signor|Signora|Dhr|Mevrouw|Meneer|Pan|Paní|Senhor|Senhora)"
)
_ROLE = (
    r"(?i:director|president|chairman|chairwoman|chair|spokesman|spokeswoman|spokesperson|ambassador|minister|activist"
    r"|researcher|owner|lawyer|consul|mayor|senator|campaigner|dissident|student|businessman|businesswoman|resident"
    r"|founder|journalist|volunteer|manager|secretary|officer|suspect|defendant|victim|witness|named|called|alias)"
)
_SAY = (
    r"(?:said|says|told|tells|added|adds|wrote|writes|explained|explains|claimed|claims|alleged|alleges|denied|denies"
    r"|confirmed|confirms|stated|states|declared|declares|insisted|recalled|warned|argued|asked)"
)
# Each pattern's group 1 is the name.
_PERSON_PATTERNS = (
    rf"\b{_TITLE}\.?[ \x{{A0}}]+({_NAME})",
    rf"\b{_ROLE},?[ \x{{A0}}]+({_NAMES})",
    rf"\b(?:said|says|according to|told by)[ \x{{A0}}]+({_NAMES})",
    rf"\b({_NAMES})[ \x{{A0}}]{_SAY}\b",
    rf"\b({_NAMES}),? (?:who|whose|aged|\(?\d\d\)?,)",
    rf"\b({_NAMES}), (?:a|an|the|its|his|her)\b",
    rf"\b({_NAMES}), \d\d\b",
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方"
    "白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_CJK_PERSON_PATTERNS = (
    rf"([{_SURNAMES}][\p{{Han}}]{{0,2}}?)(?:先生|女士|小姐|太太|某某|教授|律师|博士)",
    rf"([{_SURNAMES}]某[\p{{Han}}]?)",
    rf"(?:会长|主席|负责人|发言人|店主|站长|秘书长|居民|记者|活动人士|异见人士)([{_SURNAMES}][\p{{Han}}]{{1,2}}?)(?:说|称|表示|指|告诉|否认|对|在|向|,|,|。|、|$)",
    r"(?:名叫|叫做|化名)([\p{Han}]{2,3})",
)
# In Chinese nothing marks where a name begins; so many characters before its last word are cut with it.
_CJK_BEFORE = 8
_CJK_STOP = r"的了是在由与和及将对向被把从为于有称说指表示位,。、;:!?“”\"'《》()\s"


@cache
def _compiled(source: str) -> patterns.Pattern:
    return patterns.compile(source)


@cache
def _organisation_patterns() -> tuple[str, str]:
    lists = bodies.lexicon()
    words = [w for w in (*lists["association"], *lists["business"]) if w.isascii() and len(w) >= 3]
    last = "|".join(patterns.escape(word.title()) + "|" + patterns.escape(word.upper()) for word in sorted(words))
    inside = rf"(?:[ \x{{A0}}](?:of|for|and|the|de|du|del|der|&)){{0,2}}[ \x{{A0}}]{_LARGE}"
    latin = rf"\b({_LARGE}(?:{inside}){{0,5}}[ \x{{A0}}](?:{last})\b(?:(?: of| for)(?: the)?(?: {_LARGE}){{1,4}})?)"
    han = [w for w in (*lists["association"], *lists["business"]) if not w.isascii() and len(w) >= 2]
    cjk = rf"([^{_CJK_STOP}]{{1,{_CJK_BEFORE}}}(?:{'|'.join(sorted(han))}))"
    return latin, cjk


class Redactor:
    """Cuts texts of one case. Holds the case's names; `words` is all that callers need."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def spans(self, text: str) -> list[Span]:
        """Return what must be cut out of `text`, in order, without overlaps."""
        found: list[Span] = [(p.start, p.end, _PERSONAL.get(p.kind, Code.WORDS)) for p in personal(text)]
        plain = folded(text)
        for start, end, name in find(plain, self.names.private):
            found.append((start, end, self.names.private[name]))
        shield = [(start, end) for start, end, _ in find(plain, self.names.open)]
        found += [span for span in self._tokens(text) if not _inside(span, shield)]
        for start, end, code in self._patterns(text):
            if not _inside((start, end, code), shield):
                found.append((start, end, code))
        return merged(found)

    def _tokens(self, text: str) -> Iterable[Span]:
        if not self.names.tokens:
            return
        for match in re.finditer(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*", text):
            for start, word in _parts(match.start(), match.group()):
                code = self.names.tokens.get(word) or self.names.tokens.get(word.title() if word.isupper() else word)
                if code is not None:
                    yield start, start + len(word), code

    def _patterns(self, text: str) -> Iterable[Span]:
        if not text.isascii():
            han = simplify(narrow(text))
            for source in _CJK_PERSON_PATTERNS:
                for hit in _compiled(source).finditer(han):
                    yield (*hit.spans[0], Code.PERSON)
            for hit in _compiled(_organisation_patterns()[1]).finditer(han):
                if not self.names.may_stand(hit.text):
                    yield (*hit.spans[0], code_of(hit.text))
        for hit in _compiled(_organisation_patterns()[0]).finditer(text):
            if not self.names.may_stand(hit.text) and bodies.is_name_like(hit.text):
                yield (*hit.spans[0], code_of(hit.text))
        for at, source in enumerate(_PERSON_PATTERNS):
            for hit in _compiled(source).finditer(text):
                start, end = hit.spans[0]
                name = text[start:end]
                # After a title any name is a person's; elsewhere bodies and places stand beside verbs of saying too.
                if at and (self.names.may_stand(name) or bodies.is_place(name) or _is_all_common(name)):
                    continue
                yield start, end, Code.PERSON

    def words(self, text: str | None, hidden: Iterable[tuple[int, int]] = (), whole: bool = False) -> Words:
        """Return `text` in segments.

        Args:
            text: any text; None gives no words.
            hidden: stretches that are withheld for what they accuse of.
            whole: where anything must be cut, keep nothing (for what cannot be read in pieces).
        """
        if not text:
            return ()
        spans = merged([*self.spans(text), *((a, b, Code.ACCUSATION) for a, b in hidden if a < b)])
        if whole and spans:
            return (Segment("", spans[0][2]),)
        return cut(text, 0, len(text), spans)


def _parts(start: int, word: str) -> Iterable[tuple[int, str]]:
    yield start, word
    at = start
    for part in re.split(r"(['’\-])", word):
        if part and part not in "'’-":
            yield at, part
        at += len(part)


def _is_all_common(name: str) -> bool:
    return all(bodies.is_common(word) or not word[:1].isupper() for word in name.split())


def _inside(span: Span, shield: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in shield)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, overlapping ones as one. What hides an accusation goes before what hides a name."""
    out: list[Span] = []
    for start, end, code in sorted(spans):
        if out and start < out[-1][1]:
            first = out[-1]
            kept = Code.ACCUSATION if Code.ACCUSATION in (code, first[2]) else first[2]
            out[-1] = (first[0], max(end, first[1]), kept)
        else:
            out.append((start, end, code))
    return out


def cut(text: str, start: int, end: int, spans: Iterable[Span]) -> Words:
    """Return `text[start:end]` in segments; a span that reaches over an edge is cut as a whole."""
    out: list[Segment] = []
    at = start
    for first, last, code in spans:
        if last <= start or first >= end:
            continue
        if first > at:
            out.append(Segment(text[at:first]))
        if not (out and out[-1].withheld is code):
            out.append(Segment("", code))
        at = max(at, last)
    if at < end:
        out.append(Segment(text[at:end]))
    return tuple(out)
