"""What a single line says of itself: a caption, a syndication mark, a byline, a date line, a page's furniture.

In: one line of a page. Out: what it is, by the words of `marks.toml` at the places where printed pages put them. Used
by the readers of text and of HTML alike. Every pattern looks at a short line or at one end of it.
"""

import re
import tomllib
from functools import lru_cache
from importlib import resources

import msgspec

from overt.read.printed_dates import date_at

_CREDIT, _SOURCE_END = 120, 90  # code points
_LINE = 300  # code points; longer lines are prose, whatever they begin with


class Marks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of `marks.toml`."""

    caption_opens: tuple[str, ...]
    caption_starts: tuple[str, ...]
    caption_brackets: tuple[str, ...]
    caption_holds: tuple[str, ...]
    relay_labels: tuple[str, ...]
    relay_starts: tuple[str, ...]
    relay_with: tuple[str, ...]
    correction_starts: tuple[str, ...]
    agencies: tuple[str, ...]
    agencies_zh: tuple[str, ...]
    related_starts: tuple[str, ...]
    furniture: tuple[str, ...]
    furniture_starts: tuple[str, ...]
    byline_labels: tuple[str, ...]
    byline_labels_zh: tuple[str, ...]
    editor_labels: tuple[str, ...]
    published_labels: tuple[str, ...]
    updated_labels: tuple[str, ...]


@lru_cache(maxsize=1)
def marks() -> Marks:
    """Return the words, read once."""
    text = resources.files("overt.read").joinpath("marks.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Marks)


def any_of(words: tuple[str, ...]) -> str:
    """A pattern for any of some plain words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


_BRACKETS = frozenset("(（【")


class _Patterns:
    """The patterns that the words make, compiled once."""

    def __init__(self) -> None:
        m = marks()
        agency = any_of(m.agencies)
        agency_zh = any_of(m.agencies_zh)
        self.caption = re.compile(
            rf"[(（\[【]?\s*{any_of(m.caption_opens)}\s*[:：]|{any_of(m.caption_starts)}", re.IGNORECASE
        )
        self.caption_end = re.compile(
            rf"[(（]\s*{any_of(m.caption_brackets)}\b[^()（）]{{0,200}}[)）]\s*$", re.IGNORECASE
        )
        self.credit_end = re.compile(r"(?:图片|圖片|照片)由.{1,40}提供\S{0,3}$|\b(?:Photo|Foto|Image)\s*:\s*\S.{0,60}$")
        self.relay_label = re.compile(rf"{any_of(m.relay_labels)}\s*[:：]\s*\S.{{0,120}}$", re.IGNORECASE)
        self.relay_start = re.compile(any_of(m.relay_starts), re.IGNORECASE)
        self.agency_line = re.compile(rf"[(（]?(?:{agency}|{agency_zh})(?:/[\w-]{{2,12}})*[)）]?\.?$")
        self.dateline = re.compile(
            rf"[(（]([A-Za-z]{{2,12}}(?:/[A-Za-z]{{2,12}})?)[)）]\s*[-–—]"
            rf"|[^.()（）]{{2,50}}[(（]({agency})[)）]\s*[-–—.:]"
            rf"|({agency_zh}[^，。,；;]{{0,20}}?[电電讯訊])[ （(　]"
        )
        names = rf"(?:{agency})(?:\s*(?:,|/|and|und|et|y|e|en|with)\s*(?:{agency}))*"
        self.credit = re.compile(
            rf"(?:{any_of(m.byline_labels)}:?\s+|(?:\S.{{0,80}}?[\s,])?(?:{any_of(m.relay_with)}|provided by)\s+)"
            rf"({names})[.)]?$"
            rf"|\S.{{0,60}}?,\s*({agency})$|({agency}) contributed to this (?:report|story|article)\.?$",
            re.IGNORECASE,
        )
        self.source_end = re.compile(
            rf"[(（【]\s*((?:{any_of(m.relay_labels)}\s*[:：]?|{any_of(m.relay_starts)}\s*[:：]?)\s*[^()（）【】]{{1,60}}?)\s*[)）】]\s*$",
            re.IGNORECASE,
        )
        self.correction = re.compile(
            rf"[(（\[*]*\s*{any_of(m.correction_starts)}(?:\b|[:：\s]|(?<=[\u4e00-\u9fff]))", re.IGNORECASE
        )
        self.related = re.compile(rf"{any_of(m.related_starts)}\s*[:：]\s*\S", re.IGNORECASE)
        self.signed = re.compile(r"[.!?”\"»’']\s+[(（]?([a-z]{2,5}(?:/[a-z]{2,5}){0,3}|" + agency + r")[)）]?$")
        self.caption_holds = m.caption_holds
        self.furniture = re.compile(
            rf"(?:{any_of(m.furniture)}\s*[:：]?\s*(?:\d{{0,6}}\s*条?)?)$|{any_of(m.furniture_starts)}|©\s*\d{{4}}",
            re.IGNORECASE,
        )
        self.byline = re.compile(rf"{any_of(m.byline_labels)}\s*:?\s+[^.!?]{{2,80}}$")
        name = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
        self.byline_names = re.compile(
            rf"{any_of(m.byline_labels)}\s*:?\s+{name}(?:\s+(?:{name}|de|da|di|van|von|der|den|del|la))*"
            rf"(?:(?:,|\s+(?:and|und|et|y|e|en))\s+{name}(?:\s+(?:{name}|de|da|di|van|von|der|den|del|la))*)*$"
        )
        self.byline_zh = re.compile(
            rf"{any_of(m.byline_labels_zh)}\s*[:：/／ ]?[^，。？！：:]{{2,20}}$"
            rf"|[(（]\s*{any_of(m.byline_labels_zh)}[^()（）。]{{2,60}}[)）]$"
        )
        self.published = re.compile(rf"{any_of(m.published_labels)}\s*[:：]?\s*(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()


def is_caption(line: str) -> bool:
    """True where a line names itself a picture's caption or carries a picture's credit."""
    p = _patterns()
    if p.caption.match(line):
        return True
    for words in p.caption_holds:  # no generator: this is asked of every line of a page
        if words in line:
            return True
    tail = line[-260:].rstrip()
    if tail.endswith((")", "）")) and p.caption_end.search(tail):
        return True
    return (":" in tail or "提供" in tail) and p.credit_end.search(tail) is not None


def relay(line: str) -> str | None:
    """Return a line that says from whom the text was taken ("Source: X", 来源, an agency alone), or None."""
    p = _patterns()
    if len(line) > _LINE:
        return None
    rest = line[_date_at_start(line) :].lstrip(" 　|·-")
    if p.relay_label.match(rest) or p.relay_start.match(rest) or p.agency_line.match(rest):
        return line
    whole = p.source_end.match(rest) if rest[:1] in _BRACKETS else None
    return whole[1] if whole else None


def credit(line: str) -> str | None:
    """Return of a short line that tells an agency's part ("By N. with AFP") whose the text is; None for all others.

    Empty where an agency only contributed to it.
    """
    if len(line) > _CREDIT or not (line.rstrip(".)").endswith(marks().agencies) or "contributed to this" in line):
        return None
    found = _patterns().credit.match(line)
    return (found[1] or found[2] or "") if found else None


def is_correction(line: str) -> bool:
    """True where a line says what was wrong in the text before."""
    return bool(_patterns().correction.match(line))


def agency(line: str) -> str | None:
    """Return the mark of an agency in a paragraph's dateline or after its last stop, as printed, or None."""
    p = _patterns()
    found = p.dateline.match(line[:120])
    if found:
        return next(group for group in found.groups() if group)
    found = p.source_end.search(line[-_SOURCE_END:]) or p.signed.search(line[-40:])
    return found[1] if found else None


def is_furniture(line: str) -> bool:
    """True where a line belongs to the page and not to the text: buttons, forum controls, rights."""
    return len(line) <= _LINE and bool(_patterns().furniture.match(line))


def is_related(line: str) -> bool:
    """True where a line names another page to read."""
    return len(line) <= _LINE and bool(_patterns().related.match(line))


def is_byline(line: str, is_main: bool = False) -> bool:
    """True where a short line names who wrote the text. In the text itself it is a name and no more."""
    p = _patterns()
    if is_main:
        return len(line) <= _CREDIT and bool(p.byline_names.match(line))
    return len(line) <= 120 and bool(p.byline.match(line) or p.byline_zh.match(line))


_CLOCK = re.compile(
    r"[\s,T|·-]*(?:um |at |à |kl\. )?(?:\d{1,2}[:.]\d{2}(?::\d{2})?)?\s*(?:[AaPp]\.?[Mm]\.?|Uhr|UTC|GMT|Z)?[\s|·.-]*$"
)


@lru_cache(maxsize=4096)
def _date_at_start(line: str) -> int:
    found = date_at(line)
    return found[1] if found else 0


def published(line: str) -> str | None:
    """Return the day on which a line says that the page was published: a label before a date, or a date line."""
    if len(line) > 120:
        return None
    label = _patterns().published.match(line)
    found = date_at(line, label.end() if label else 0)
    if not found:
        return None
    rest = line[found[1] :]
    if label or _CLOCK.match(rest) or relay(line):
        return found[0]
    return None


_NEWS_OF = re.compile(r"[(（【\[][^\d()（）【】。，]{0,20}(?=\d{4}年)")
_NEWS_END = re.compile(r"[^\d，。]{0,6}[訊讯电電]")


def news_of(paragraph: str) -> str | None:
    """Return the day in the dateline that opens a Chinese report (【…2022年10月28日訊】), or None."""
    opened = _NEWS_OF.match(paragraph)
    found = date_at(paragraph, opened.end()) if opened else None
    return found[0] if found and _NEWS_END.match(paragraph, found[1]) else None
