"""What other extractors take for the main text of a page: their votes on its blocks.

In: the tree and its blocks. Out: for each extractor a yes or no for each block. They work on copies of one tree: to
copy it costs a tenth of parsing it again. Words are never taken from an extractor's output. One voter is our own and
looks at the blocks alone.
"""

import copy
import logging
import re
from collections.abc import Callable, Sequence

from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.readability_lxml import Document as Readability

from overt.read.blocks import Block
from overt.read.blocks import blocks as blocks_of
from overt.read.heaviest import heaviest

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs each page in which it finds nothing

# A block of fewer characters must be a line of its own in the extractor's text: "Share" stands within many words.
_OWN_LINE = 25
# Extractors drop a link or an image within a paragraph; this share of its windows must be there all the same.
_SHARE, _WINDOW, _STEP, _WINDOWS = 0.7, 12, 8, 24
# In a text of more characters than a long book only whole lines are compared, or reading would take hours.
_LARGE = 2_000_000
_ITEM = re.compile(r"\s*[-*]\s+")  # how the extractor begins list items
_TRIPS = (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError, LxmlError)


def _fast(root: HtmlElement) -> list[str]:
    found = bare_extraction(copy.deepcopy(root), fast=True, include_comments=False, include_tables=True)
    return _lines(getattr(found, "text", None))


def _precise(root: HtmlElement) -> list[str]:
    found = bare_extraction(copy.deepcopy(root), favor_precision=True, include_comments=False, include_tables=True)
    return _lines(getattr(found, "text", None))


def _readability(root: HtmlElement) -> list[str]:
    page = Readability(copy.deepcopy(root))
    for element in list(page.doc.iter("script", "style", "fencedframe")):
        element.drop_tree()
    page.remove_unlikely_candidates()
    page.transform_misused_divs_into_paragraphs()
    candidates = page.score_paragraphs()
    best = page.select_best_candidate(candidates)
    return [] if best is None else [squash(b.text) for b in blocks_of(page.get_article(candidates, best))]


OWN = "own"  # the vote of `heaviest.py`, which needs no other extractor
VOTERS: dict[str, Callable[[HtmlElement], list[str]]] = {
    "fast": _fast,
    "precise": _precise,
    "readability": _readability,
}


def votes(root: HtmlElement, blocks: Sequence[Block], voters: Sequence[str]) -> list[list[bool]]:
    """Return for each of `voters` whether it takes each block for main text. `root` is not changed."""
    out = []
    texts: list[str] = []
    for name in voters:
        if name == OWN:
            out.append(heaviest(blocks))
            continue
        texts = texts or [squash(block.text) for block in blocks]
        try:
            lines = VOTERS[name](root)
        except _TRIPS:
            lines = []  # made for real pages; some hostile ones trip them
        own = {cell for line in lines for cell in (line, *line.split("|")) if cell}  # rows of tables: "one | two"
        whole = "".join(lines)
        out.append([_is_in(at, texts, own, whole) for at in range(len(texts))])
    return out


def squash(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())


def _lines(text: str | None) -> list[str]:
    return [squash(_ITEM.sub("", line)) for line in text.split("\n")] if text else []


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
