"""An HTML tree as blocks of text in the order of the page, each with what its tags say about it.

In: the tree. Out: every visible block of text, nothing thrown away: what is a heading, caption, list item, table cell,
quote or byline by its tags, and whether it stands in the page's furniture (menus, related links, notices). What belongs
to the main text is decided elsewhere.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import msgspec
from lxml.etree import iterwalk
from lxml.html import HtmlElement

from overt.model import PassageKind
from overt.read.text import clean


class Tags(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of `tags.toml`."""

    skipped: frozenset[str]
    blocks: frozenset[str]
    furniture_tags: frozenset[str]
    furniture_roles: frozenset[str]
    furniture_classes: tuple[str, ...]
    caption_classes: tuple[str, ...]
    byline_classes: tuple[str, ...]


def _class_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words)})(?:$|[\s_-])", re.IGNORECASE)


_TAGS = msgspec.convert(
    tomllib.loads(resources.files("overt.read").joinpath("tags.toml").read_text(encoding="utf-8")), Tags
)
_SKIPPED, _BLOCKS = _TAGS.skipped, _TAGS.blocks
_FURNITURE_CLASS = _class_word(_TAGS.furniture_classes)
_CAPTION_CLASS = _class_word(_TAGS.caption_classes)
_BYLINE_CLASS = _class_word(_TAGS.byline_classes)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), PassageKind.HEADING),
    **dict.fromkeys(("figcaption", "figure", "caption"), PassageKind.CAPTION),
    **dict.fromkeys(("li", "dd", "dt"), PassageKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), PassageKind.TABLE_CELL),
    "blockquote": PassageKind.QUOTE,
    "address": PassageKind.BYLINE,
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Some pages put a whole article under a class that names a box; a box proper is smaller than this.
_BOX, _META = 1200, 300
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\n(?=\s*\u3000)")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»」』)）\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of text. `linked` is the share of its letters that are links; `element` the block tag around it."""

    kind: PassageKind
    text: str
    is_furniture: bool
    linked: float
    element: HtmlElement

    @property
    def is_link(self) -> bool:
        """True where all of it is one or more links."""
        return self.linked == 1.0


@dataclass(slots=True)
class _Inside:
    """What the tags around the current place say."""

    kind: PassageKind
    is_furniture: bool
    element: HtmlElement


class _Buffer:
    """The text of the block that is being read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text.replace("\n", " ").replace("\r", " "))
            if self.links:
                self.linked += len("".join(text.split()))

    def take(self, inside: _Inside) -> Iterator[Block]:
        raw = "".join(self.parts)
        linked, self.parts, self.linked = self.linked, [], 0
        if not raw.strip():
            return
        size = len("".join(raw.split()))
        share = 1.0 if linked > 0 and linked >= size - 2 else linked / size
        for piece in _pieces(raw):
            text = clean(piece)
            if text:
                yield Block(inside.kind, text, inside.is_furniture, share, inside.element)


def _pieces(raw: str) -> list[str]:
    """Split at two line breaks; at single ones where each stands after a whole sentence."""
    out = []
    for piece in _PARAGRAPH_BREAK.split(raw):
        lines = [line for line in piece.split("\n") if line.strip()]
        if len(lines) > 1 and all(_ENDS.search(line) for line in lines[:-1]):
            out += lines
        else:
            out.append(" ".join(lines))
    return out


def blocks(root: HtmlElement) -> Iterator[Block]:
    """Yield the visible blocks of a page in the order of the page."""
    buffer = _Buffer()
    around = [_Inside(PassageKind.PARAGRAPH, False, root)]
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                buffer.add(element.tail)
            continue
        if event == "start":
            if tag in _SKIPPED or _is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "br":
                buffer.parts.append("\n")
            elif tag in _BLOCKS:
                yield from buffer.take(around[-1])
                around.append(_enter(element, tag, around[-1]))
            elif tag == "a":
                buffer.links += 1
            elif _is_inline_caption(element, tag):
                yield from buffer.take(around[-1])
                around.append(_Inside(PassageKind.CAPTION, around[-1].is_furniture, element))
            buffer.add(element.text)
            continue
        if tag in _SKIPPED or _is_hidden(element):
            buffer.add(element.tail)
            continue
        if tag in _BLOCKS or _is_inline_caption(element, tag):
            yield from buffer.take(around.pop())
        elif tag == "a":
            buffer.links -= 1
        buffer.add(element.tail)
    yield from buffer.take(around[-1])


def _is_hidden(element: HtmlElement) -> bool:
    if not element.attrib:
        return False
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN_STYLE.search(style))


def _is_inline_caption(element: HtmlElement, tag: str) -> bool:
    if tag not in ("span", "small", "em", "i", "cite"):
        return False
    name = element.get("class")
    return bool(name and _CAPTION_CLASS.search(name))


def _enter(element: HtmlElement, tag: str, outer: _Inside) -> _Inside:
    kind = _KINDS.get(tag, outer.kind)
    if outer.kind is PassageKind.CAPTION or (outer.kind is PassageKind.QUOTE and kind is PassageKind.PARAGRAPH):
        kind = outer.kind
    is_furniture = outer.is_furniture or _is_furniture_tag(element, tag)
    if not element.attrib:
        return _Inside(kind, is_furniture, element)
    if (role := element.get("role")) and role.lower() in _TAGS.furniture_roles:
        is_furniture = True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1 and tag not in ("html", "body", "main", "article"):
        if _CAPTION_CLASS.search(names) and _is_small(element, _BOX):
            kind = PassageKind.CAPTION
        elif kind is PassageKind.PARAGRAPH and _BYLINE_CLASS.search(names) and _is_small(element, _META):
            kind = PassageKind.BYLINE
        if not is_furniture and _FURNITURE_CLASS.search(names) and _is_box(element):
            is_furniture = True
    return _Inside(kind, is_furniture, element)


def _is_furniture_tag(element: HtmlElement, tag: str) -> bool:
    # Some servers wrap a whole page into one form, and some pages a whole article into an aside.
    if tag == "form" and next(element.iter("h1", "nav", "article", "main"), None) is not None:
        return False
    return tag in _TAGS.furniture_tags and (tag in ("nav", "footer") or _is_small(element, 4 * _BOX))


def _is_box(element: HtmlElement) -> bool:
    """True for what is small, and mostly links unless it is a line or two."""
    if not _is_small(element, _BOX):
        return False
    size = len("".join(element.itertext()))
    return size <= _META or 3 * sum(len("".join(a.itertext())) for a in element.iter("a")) >= size


def _is_small(element: HtmlElement, limit: int) -> bool:
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > limit:
            return False
    return True
