"""Which blocks of a page are its main text.

In: the tree and its blocks. Out: a yes or no for each block. An extractor (trafilatura) says which words are main text;
the blocks themselves come from the page, so that words are never taken from an extractor's output.
"""

import logging
import re
from collections.abc import Sequence

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from overt.model import PassageKind
from overt.read.blocks import Block

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page in which it finds nothing

# A block of fewer characters must be a line of its own in the extractor's text: "Share" stands within many words.
_OWN_LINE = 25
# Extractors drop a link or an image within a paragraph; this share of its windows must be there all the same.
_SHARE, _WINDOW, _STEP, _WINDOWS = 0.7, 12, 8, 24
# In a text of more characters than a long book only whole lines are compared, or reading would take hours.
_LARGE = 2_000_000
# Below this many characters an extractor has found a notice or a menu rather than a text.
_TOO_LITTLE = 60
_ITEM = re.compile(r"\s*[-*]\s+")  # how the extractor begins list items
_NEVER = frozenset({PassageKind.CAPTION, PassageKind.BYLINE, PassageKind.NOTE})


def main_text(root: HtmlElement, blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it belongs to the main text. `root` is not changed."""
    lines = _extract(root)
    could = [block.kind not in _NEVER and not block.is_furniture for block in blocks]
    own = {cell for line in lines for cell in (line, *line.split("|")) if cell}  # rows of tables: "one | two"
    whole = "".join(lines)
    texts = [_squash(block.text) for block in blocks]
    chosen = [c and _is_in(at, texts, own, whole) for at, c in enumerate(could)]
    # A list of links only is a menu or a box of related pages, also where the extractor took it along.
    chosen = [
        c and not (block.is_link and block.kind is PassageKind.LIST_ITEM)
        for c, block in zip(chosen, blocks, strict=True)
    ]
    if sum(len(block.text) for block, c in zip(blocks, chosen, strict=True) if c) >= _TOO_LITTLE:
        return chosen
    # The extractor found nothing worth the name, as on very short pages: take what stands outside the furniture.
    return [c and not block.is_link for c, block in zip(could, blocks, strict=True)]


def _extract(root: HtmlElement) -> list[str]:
    try:
        found = bare_extraction(root, fast=True, include_comments=False, include_tables=True)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, LxmlError):
        return []  # made for real pages; some hostile ones trip it
    text = getattr(found, "text", None)
    return [_squash(_ITEM.sub("", line)) for line in text.split("\n")] if text else []


def _squash(text: str) -> str:
    return "".join(text.split())


def _is_in(at: int, texts: Sequence[str], own: set[str], whole: str) -> bool:
    text = texts[at]
    if text in own:
        return True
    if len(text) < _OWN_LINE:
        # Where the extractor ran lines together, a short one counts if it stands beside its neighbour on the page.
        before, after = texts[at - 1][-_OWN_LINE:] if at else "", "".join(texts[at + 1 : at + 2])[:_OWN_LINE]
        return bool(before and before + text in whole) or bool(after and text + after in whole)
    if len(whole) > _LARGE:
        return False
    if text in whole:
        return True
    starts = range(0, len(text) - _WINDOW + 1, max(_STEP, len(text) // _WINDOWS))
    there = sum(text[start : start + _WINDOW] in whole for start in starts)
    return there >= _SHARE * len(starts)
