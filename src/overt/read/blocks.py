"""An HTML tree as blocks of text in the order of the page, each with what its tags say about it.

In: the tree. Out: every visible block of text, nothing thrown away: what is a heading, caption, list item, table cell,
quote or byline by its tags, and whether it stands in the page's furniture (menus, related links, notices). What belongs
to the main text is decided elsewhere.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec
from lxml.etree import iterwalk
from lxml.html import HtmlElement

from overt.model import PassageKind
from overt.read.text import SUBSCRIPT, SUPERSCRIPT, clean, unwrapped


class Tags(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of `tags.toml`."""

    skipped: frozenset[str]
    blocks: frozenset[str]
    furniture_tags: frozenset[str]
    furniture_roles: frozenset[str]
    furniture_classes: tuple[str, ...]
    caption_classes: tuple[str, ...]
    byline_classes: tuple[str, ...]
    correction_classes: tuple[str, ...]
    related_classes: tuple[str, ...]


def _class_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(words)})(?:$|[\s_-])", re.IGNORECASE)


_TAGS = msgspec.convert(
    tomllib.loads(resources.files("overt.read").joinpath("tags.toml").read_text(encoding="utf-8")), Tags
)
STRUCK = frozenset({"del", "s", "strike"})  # the page takes these words back
_SKIPPED, _BLOCKS, _FURNITURE_TAGS = _TAGS.skipped, _TAGS.blocks, _TAGS.furniture_tags
_FURNITURE_CLASS = _class_word(_TAGS.furniture_classes)
_CAPTION_CLASS = _class_word(_TAGS.caption_classes)
_BYLINE_CLASS = _class_word(_TAGS.byline_classes)
_RELATED_CLASS = _class_word(_TAGS.related_classes)
_CORRECTION_CLASS = _class_word(_TAGS.correction_classes)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), PassageKind.HEADING),
    **dict.fromkeys(("figcaption", "figure", "caption"), PassageKind.CAPTION),
    **dict.fromkeys(("li", "dd", "dt"), PassageKind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), PassageKind.TABLE_CELL),
    "blockquote": PassageKind.QUOTE,
    "address": PassageKind.BYLINE,
}
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A footnote's mark belongs to no number: "54<sup>1</sup> stations" are 54.
_RAISED = {"sup": SUPERSCRIPT, "sub": SUBSCRIPT}
_INLINE = frozenset({"span", "small", "em", "i", "cite"})  # inline tags that may hold a caption
_WHOLE = frozenset({"html", "body", "main", "article"})  # their names speak of the whole page
_CAPTION, _BYLINE, _FURNITURE, _CORRECTION = 1, 2, 4, 8
_FAR = 6  # places around a link in which it may be said to be related
_NAMES = 1000  # characters of a class and id that are looked at
_BREAK = "\0"  # a `br` in the text of a block: no tree holds this sign
# Tags that are asked for around a block, as bits.
UNDER = {
    "article": 1, "main": 2, "aside": 4, "footer": 4, "nav": 4, "table": 8, "li": 16, "td": 32, "th": 32,
}  # fmt: skip
# Some pages put a whole article under a class that names a box; a box proper is smaller than this.
_BOX, _META = 1200, 300
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\n(?=\s*\u3000)")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»」』)）\]]*\s*$")


@dataclass(slots=True, eq=False)
class Around:
    """An element that blocks stand in, and what its tags and those around it say.

    `names` are its class and id; `under` the bits of `UNDER` for it and all that is around it; `steps` how many places
    are around it.
    """

    kind: PassageKind
    is_furniture: bool
    element: HtmlElement
    outer: "Around | None" = None
    tag: str = ""
    names: str = ""
    under: int = 0
    steps: int = 0

    def chain(self, most: int) -> list["Around"]:
        """The place and those around it, from within, at most `most`."""
        found, at = [self], self.outer
        while at is not None and len(found) < most:
            found.append(at)
            at = at.outer
        return found


class Block(msgspec.Struct, frozen=True, eq=False):
    """A block of text. `linked` is the share of its letters that are links; `place` the block tag around it."""

    kind: PassageKind
    text: str
    is_furniture: bool
    linked: float
    place: Around

    @property
    def element(self) -> HtmlElement:
        """The element that it stands in."""
        return self.place.element

    @property
    def is_link(self) -> bool:
        """True where all of it is one or more links."""
        return self.linked == 1.0


def blocks(root: HtmlElement) -> list[Block]:
    """Return the visible blocks of a page in the order of the page; then, as notes, the words struck out in it."""
    out: list[Block] = []
    place = Around(PassageKind.PARAGRAPH, False, root)
    hidden: set[HtmlElement] = set()
    parts: list[str] = []  # the text of the block that is being read
    linked = links = 0
    raised: list[HtmlElement] = []
    struck: list[Block] = []
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _SKIPPED:
                if tag in STRUCK and (words := clean("".join(element.itertext()))):
                    struck.append(Block(PassageKind.NOTE, words, False, 0.0, place))
                walk.skip_subtree()
                continue
            if element.get("hidden") is not None or ((style := element.get("style")) and _HIDDEN_STYLE.search(style)):
                hidden.add(element)
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                if parts:
                    out += _taken(parts, linked, place)
                    parts, linked = [], 0
                place = _enter(element, tag, place)
            elif tag == "br":
                parts.append(_BREAK)
            elif tag == "a":
                links += 1
            elif tag in _RAISED:
                raised.append(element)
            elif tag in _INLINE and (name := element.get("class")) and _says(name) & _CAPTION:
                out += _taken(parts, linked, place)
                parts, linked = [], 0
                place = Around(
                    PassageKind.CAPTION, place.is_furniture, element, place, tag, name, place.under, place.steps + 1
                )
            text = element.text
        else:
            if raised and element is raised[-1]:
                raised.pop()
            if tag not in _SKIPPED and element not in hidden:
                if element is place.element and place.outer is not None:
                    if parts:
                        out += _taken(parts, linked, place)
                        parts, linked = [], 0
                    place = place.outer
                elif tag == "a":
                    links -= 1
            text = element.tail
        if text and (parts or not text.isspace()):
            parts.append(text.translate(_RAISED[raised[-1].tag]) if raised else text)
            if links:
                linked += len("".join(text.split()))
    return out + _taken(parts, linked, place) + struck


def _taken(parts: list[str], linked: int, place: Around) -> list[Block]:
    """The blocks that the text of a place makes: one, or more where it is broken into paragraphs."""
    raw = "".join(parts)
    if not raw or raw.isspace():
        return []
    share = 0.0
    if linked:
        size = len("".join(raw.replace(_BREAK, " ").split()))
        share = 1.0 if linked >= size - 2 else linked / size
    pieces = _pieces(raw) if _BREAK in raw else (raw,)
    if place.tag == "pre":
        pieces = unwrapped([clean(line) for line in raw.replace(_BREAK, "\n").splitlines()])
    return [Block(place.kind, text, place.is_furniture, share, place) for piece in pieces if (text := clean(piece))]


def _pieces(raw: str) -> list[str]:
    """Split at two line breaks; at single ones where each stands after a whole sentence."""
    out = []
    for piece in _PARAGRAPH_BREAK.split(raw.replace("\n", " ").replace("\r", " ").replace(_BREAK, "\n")):
        lines = [line for line in piece.split("\n") if line.strip()]
        if len(lines) > 1 and all(_ENDS.search(line) for line in lines[:-1]):
            out += lines
        else:
            out.append(" ".join(lines))
    return out


def is_related(block: Block) -> bool:
    """True for a link to another page, by the names of what it stands in."""
    return block.is_link and any(_related(one.names) for one in block.place.chain(_FAR) if one.names)


@lru_cache(maxsize=20_000)
def _related(names: str) -> bool:
    return _RELATED_CLASS.search(names) is not None


@lru_cache(maxsize=20_000)
def _says(names: str) -> int:
    """What a class and an id say, as bits: pages use the same few again and again."""
    return (
        (_CAPTION if _CAPTION_CLASS.search(names) else 0)
        | (_BYLINE if _BYLINE_CLASS.search(names) else 0)
        | (_FURNITURE if _FURNITURE_CLASS.search(names) else 0)
        | (_CORRECTION if _CORRECTION_CLASS.search(names) else 0)
    )


def _enter(element: HtmlElement, tag: str, outer: Around) -> Around:
    kind = _KINDS.get(tag, outer.kind)
    if outer.kind is PassageKind.CAPTION or (outer.kind is PassageKind.QUOTE and kind is PassageKind.PARAGRAPH):
        kind = outer.kind
    is_furniture = outer.is_furniture or (tag in _FURNITURE_TAGS and _is_furniture_tag(element, tag))
    if (role := element.get("role")) and role.lower() in _TAGS.furniture_roles:
        is_furniture = True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1 and tag not in _WHOLE and (said := _says(names[:_NAMES])):
        if said & _CAPTION and _is_small(element, _BOX):
            kind = PassageKind.CAPTION
        elif said & _BYLINE and kind is PassageKind.PARAGRAPH and _is_small(element, _META):
            kind = PassageKind.BYLINE
        elif said & _CORRECTION and kind is PassageKind.PARAGRAPH and _is_small(element, _BOX):
            kind = PassageKind.CORRECTION
        if said & _FURNITURE and not is_furniture and _is_box(element):
            is_furniture = True
    return Around(
        kind, is_furniture, element, outer, tag, names[:_NAMES], outer.under | UNDER.get(tag, 0), outer.steps + 1
    )


def _is_furniture_tag(element: HtmlElement, tag: str) -> bool:
    # Some servers wrap a whole page into one form, and some pages a whole article into an aside.
    if tag == "form" and next(element.iter("h1", "nav", "article", "main"), None) is not None:
        return False
    return tag in ("nav", "footer") or _is_small(element, 4 * _BOX)


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
