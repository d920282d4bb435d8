"""The line under a headline: when and by whom a page was published, and whose text it is, in one line of labels.

In: one line of a page ("2022年1月10日 来源：福州晚报 作者：王小明"). Out: its parts. A line that holds anything else
than such parts is no imprint.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from overt.model import Passage, PassageKind
from overt.read import marks
from overt.read.printed_dates import date_at

# What is kept beside the main text and is no part of it.
ASIDE = frozenset(
    {
        PassageKind.CAPTION,
        PassageKind.BYLINE,
        PassageKind.RELAY,
        PassageKind.CORRECTION,
        PassageKind.RELATED,
        PassageKind.NOTE,
    }
)
_MARKED = frozenset({PassageKind.RELAY, PassageKind.BYLINE, PassageKind.NOTE})
_WRITER = 200  # code points
LONGEST = 160  # code points
_VALUE = re.compile(r"[^。？！?!]{1,40}")  # what stands behind a label
_CLOCK = re.compile(
    r"[\s,T|·-]*(?:um |at |à |a las |alle |om |às |kl\. )?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?)?\s*"
    r"(?:[AaPp]\.?[Mm]\.?|Uhr|UTC|GMT|Z)?"
)
_PARTS = re.compile(r"[\d:：/／]|記者|记者")  # a line without any of these has no parts
_BETWEEN = re.compile(r"[\s|·,，;；/／（）()【】\[\]—–-]*")
# 中央社 記者陳小華／台北報導: an agency and who writes for it, from where.
_REPORTER = re.compile(
    r"[(（]?(?:記者|记者)\s?([\u4e00-\u9fff·]{2,8}?)\s?[/／]?\s?[\u4e00-\u9fff]{0,8}(?:報導|报道|電|电)[)）]?"
)
_OWN = frozenset(
    {"本站", "本网", "本網", "本站原创", "原创", "原創", "网络", "網絡", "互联网", "綜合報導", "综合报道"}
)  # no outlet


@dataclass(frozen=True, slots=True)
class Imprint:
    """The parts of a line, as printed; dates are EDTF days. None where the line does not say."""

    published: str | None = None
    modified: str | None = None
    relay: str | None = None
    byline: str | None = None


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """One pattern for all labels, by group, and one for an agency that stands without a label."""
    m = marks.marks()
    groups = {
        "published": m.published_labels, "modified": m.updated_labels, "relay": (*m.relay_labels, "供稿"),
        "editor": m.editor_labels, "byline": m.byline_labels_zh,
    }  # fmt: skip
    ways = "|".join(
        f"(?P<{name}>{marks.any_of(words)}\\s*{'[:：/／]' if name not in ('published', 'modified') else '[:：]?'}\\s*)"
        for name, words in groups.items()
    )
    return re.compile(ways, re.IGNORECASE), re.compile(marks.any_of(m.agencies_zh))


@lru_cache(maxsize=4096)
def imprint(line: str) -> Imprint | None:
    """Return the parts of a line that is an imprint and nothing else; None for all other lines."""
    if len(line) > LONGEST or not _PARTS.search(line):
        return None
    labels, agencies = _labels()
    found: dict[str, str] = {}
    at, seen = _BETWEEN.match(line).end(), 0  # type: ignore[union-attr]
    while at < len(line):
        if day := date_at(line, at):
            found.setdefault("published", day[0])
            at = _CLOCK.match(line, day[1]).end()  # type: ignore[union-attr]
        elif label := labels.match(line, at):
            name = str(label.lastgroup)
            if name in ("published", "modified"):
                day = date_at(line, label.end())
                if day is None:
                    return None
                found.setdefault(name, day[0])
                at = _CLOCK.match(line, day[1]).end()  # type: ignore[union-attr]
            else:
                end = _end_of_value(line, label.end(), labels)
                value = line[label.end() : end].strip(" 　|·,，;；（）()")
                if not _VALUE.fullmatch(value):
                    return None  # "记者：请问有何评论？": a question
                if name == "relay" and value not in _OWN:
                    found.setdefault(name, line[label.start() : end].strip(" 　|·,，;；（）()"))
                elif name == "byline":
                    found.setdefault(name, value)
                at = end
            seen += 1
        elif writer := _REPORTER.match(line, at):
            found.setdefault("byline", writer[1])
            at, seen = writer.end(), seen + 1
        elif named := agencies.match(line, at):
            found.setdefault("relay", named[0])
            at = named.end()
        else:
            return None
        at = _BETWEEN.match(line, at).end()  # type: ignore[union-attr]
    return Imprint(**found) if seen else None


def _end_of_value(line: str, at: int, labels: re.Pattern[str]) -> int:
    """Where what stands behind a label ends: at the next label, at two blanks, at a bar, or before a date."""
    for end in range(at + 1, len(line)):
        if line[end] in "|丨　" or line[end : end + 2] == "  ":
            return end
        if line[end - 1] in " 　|·,，;；）)" and (labels.match(line, end) or date_at(line, end)):
            return end
    return len(line)


def kind_of(line: str, is_main: bool = False) -> PassageKind | None:
    """Return what a line is that is no body text, by its own words; None for all others.

    Args:
        line: one passage.
        is_main: whether it stands in the main text, where fewer words are believed.
    """
    if marks.is_caption(line):
        return PassageKind.CAPTION
    if marks.is_correction(line):
        return PassageKind.CORRECTION
    if part := imprint(line):
        return PassageKind.RELAY if part.relay and not part.byline else PassageKind.BYLINE
    if marks.relay(line) or marks.credit(line) is not None:
        return PassageKind.RELAY
    if marks.is_related(line):
        return PassageKind.RELATED
    if marks.is_furniture(line):
        return PassageKind.NOTE
    return PassageKind.BYLINE if marks.is_byline(line, is_main) else None


def printed(lines: Iterable[str]) -> tuple[str | None, str | None]:
    """Return when a text was published and changed by the lines around it, each from the first line that says it."""
    parts = [imprint(line) or Imprint(published=marks.published(line)) for line in lines]
    published = next((part.published for part in parts if part.published is not None), None)
    return published, next((part.modified for part in parts if part.modified is not None), None)


def writer(passages: Iterable[Passage]) -> str | None:
    """Return who wrote the text, by the first short passage that says so and is no mere date."""
    for one in passages:
        if one.kind is not PassageKind.BYLINE or len(one.text) > _WRITER:
            continue
        part = imprint(one.text)
        if part is not None and part.byline:
            return part.byline
        if part is None and not marks.published(one.text):
            return one.text
    return None


def relays(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the syndication marks of a text, as printed, in order, each once."""
    found: dict[str, None] = {}
    for passage in passages:
        if not passage.main and passage.kind not in _MARKED:
            continue  # a picture's agency says nothing of the text's
        mark = marks.agency(passage.text) if passage.main else _relay(passage.text)
        if mark:
            found.setdefault(mark)
    return tuple(found)


def _relay(line: str) -> str | None:
    part, by = imprint(line), marks.credit(line)
    if part is not None and part.relay:
        return part.relay
    return by if by is not None else marks.relay(line)


__all__ = ["ASIDE", "Imprint", "imprint", "kind_of", "printed", "relays", "writer"]
