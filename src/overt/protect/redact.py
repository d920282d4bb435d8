"""Cutting out of any text what may not be public: personal data, private names, and words that look like either.

In: a text. Out: segments. Known names are found however they are written; beside them stand patterns for names that
nobody has listed (a title or a role before a name, a name beside a verb of saying, an organisation by its last word).
They cut too much rather than too little.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from overt.protect import bodies
from overt.protect.match import Index, find, folded, glued
from overt.protect.names import Names, code_of, phrases_of
from overt.protect.people import people
from overt.protect.public import Code, Segment, Words
from overt.words import patterns
from overt.words.personal import personal
from overt.words.phrases import matchable
from overt.words.scripts import narrow, simplify

_PERSONAL = {
    "telephone": Code.TELEPHONE,
    "email": Code.EMAIL,
    "address": Code.ADDRESS,
    "url_handle": Code.ACCOUNT,
    "id_number": Code.NUMBER,
}
Span = tuple[int, int, Code]

SHORT, MOST_SHORT = 160, 50_000  # characters of texts that are kept once looked at, and how many of them
MOST_WORDS = 200_000
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_LARGE = r"\p{Lu}[\p{L}'’\-]+"
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
        self._known, self._open, self._private = Index(names.known), Index(names.open), Index(names.private)
        self._kind_words = phrases_of(names.kind_words)
        self._short: dict[str, list[Span]] = {}  # an outlet's name stands in thousands of statements
        self._long: Mapping[str, list[Span]] = {}
        self._words: dict[str, tuple[Span, ...]] = {}  # what is cut out of a word, which comes in many texts

    def know(self, spans: Mapping[str, list[Span]]) -> None:
        """Take what must be cut out of these texts as worked out: by a redactor of the same names."""
        self._long = spans

    def spans(self, text: str) -> list[Span]:
        """Return what must be cut out of `text`, in order, without overlaps."""
        if len(text) > SHORT:
            ahead = self._long.get(text)
            return self._spans(text) if ahead is None else ahead
        found = self._short.get(text)
        if found is None:
            if len(self._short) >= MOST_SHORT:
                self._short.clear()
            found = self._short[text] = self._spans(text)
        return found

    def _spans(self, text: str) -> list[Span]:
        found: list[Span] = [(p.start, p.end, _PERSONAL.get(p.kind, Code.WORDS)) for p in personal(text)]
        plain = folded(text)
        known = [(start, end) for start, end, _ in find(plain, self._known)]
        shield = known + [(start, end) for start, end, _ in find(plain, self._open)]
        for start, end, name in find(plain, self._private):
            # A voice that the profile knows is named whole, even where a part of it was taken for a name.
            span = (start, end, self.names.private[name])
            inside = any(a <= start and end <= b and (a, b) != (start, end) for a, b in known)
            if not inside or span[2] is Code.WORDS:  # what a person had redacted goes everywhere
                found.append(span)
        for start, end, name in glued(plain, self._private):
            if not any(a <= start and end <= b for a, b in shield):
                found.append((start, end, self.names.private[name]))
        found += [span for span in self._tokens(text) if not _inside(span, shield)]
        # A noun of the profile ("overseas service centre") is no organisation's name by itself.
        kinds = {hit.end: hit.start for hit in self._kind_words.find(matchable(text))}
        for start, end, code in self._patterns(text):
            if code is not Code.PERSON and end in kinds and not bodies.is_name_like(text[start : kinds[end]]):
                continue
            if not _inside((start, end, code), shield):
                found.append((start, end, code))
        return merged(found)

    def _tokens(self, text: str) -> Iterable[Span]:
        if not self.names.tokens:
            return
        for match in _WORD.finditer(text):
            word = match.group()
            found = self._words.get(word)
            if found is None:
                if len(self._words) >= MOST_WORDS:
                    self._words.clear()
                found = self._words[word] = tuple(self._in_word(word))
            for start, end, code in found:
                yield match.start() + start, match.start() + end, code

    def _in_word(self, whole: str) -> Iterable[Span]:
        for start, word in _parts(0, whole):
            code = self.names.tokens.get(word) or self.names.tokens.get(word.title() if word.isupper() else word)
            if code is not None:
                yield start, start + len(word), code
                continue
            # A name glued to others ("OllerbyHouse") goes with the whole word: half of it would tell the rest.
            inner = next(filter(None, (self.names.tokens.get(part) for part in _humps(word))), None)
            if inner is not None:
                yield start, start + len(word), inner

    def _patterns(self, text: str) -> Iterable[Span]:
        if not text.isascii():
            han = simplify(narrow(text))
            for hit in _compiled(_organisation_patterns()[1]).finditer(han):
                if not self.names.may_stand(hit.text) and not bodies.is_outlet(hit.text):
                    yield (*hit.spans[0], code_of(hit.text))
        for hit in _compiled(_organisation_patterns()[0]).finditer(text):
            if bodies.is_outlet(hit.text):
                continue
            if not self.names.may_stand(hit.text) and bodies.is_name_like(hit.text):
                yield (*hit.spans[0], code_of(hit.text))
        for person in people(text, None, self.names.may_stand):
            yield person.start, person.end, Code.PERSON

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


def _humps(word: str) -> list[str]:
    """Return the words of a word with large letters inside, none for any other."""
    found = re.findall(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[^\W\d_a-z]+", word)
    return found if len(found) > 1 else []


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
