"""Which blocks of a page are its main text.

In: the tree, its blocks and its title. Out: a yes or no for each block. Voters (trafilatura, readability, and where the
page holds most of its prose) take blocks or leave them, and a small set of decision trees weighs their votes with what
can be seen of each block; in the fast way the last of the three votes alone. The trees were learned from labelled pages
by `bench/learning.py`, and lie in `main_text.json` with what they were learned from. The words always come from the
page itself, never from an extractor's output.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources

import msgspec
from lxml.html import HtmlElement

from overt.model import PassageKind
from overt.read.blocks import Block
from overt.read.cells import cells
from overt.read.imprint import ASIDE
from overt.read.signs import names, plain, signs
from overt.read.trees import Trees, ask
from overt.read.votes import votes

# Below this many characters what was chosen is a notice or a menu rather than a text.
_TOO_LITTLE = 60
_PART = 3  # one in how many characters of a table must be taken for the whole of it to be
_NEVER = ASIDE


class Learned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file: what was learned, from what, for each way of reading."""

    from_: str = msgspec.field(name="from")
    ways: dict[str, Trees]


@lru_cache(maxsize=1)
def _learned() -> Learned:
    data = resources.files("overt.read").joinpath("main_text.json").read_bytes()
    learned = msgspec.json.decode(data, type=Learned)
    for name, trees in learned.ways.items():
        if list(trees.signs) != names(trees.voters):
            raise AssertionError(f"main_text.json: {name} was learned from other signs than those of signs.py")
    return learned


@lru_cache(maxsize=4)
def _asked(way: str) -> tuple[tuple[str, ...], Callable[[Sequence[float]], int]]:
    trees = _learned().ways[way]
    return trees.voters, ask(trees)


def ways() -> tuple[str, ...]:
    """The ways of telling main text: `full`, and `fast` without other extractors."""
    return tuple(_learned().ways)


def main_text(root: HtmlElement, blocks: Sequence[Block], title: str | None = None, way: str = "full") -> list[bool]:
    """Return for each block whether it belongs to the main text. `root` is not changed.

    Args:
        root: the tree of the page.
        blocks: its blocks.
        title: the page's title. A first heading that says it is main text; the same words further down are not.
        way: `full`, or `fast`: a third of the time, and a few more mistakes.
    """
    voters, value = _asked(way)
    rows = signs(root, blocks, votes(root, blocks, voters), title)
    chosen = [row is not None and value(row) > 0 for row in rows]
    chosen = _with_title(blocks, _with_tables(blocks, chosen), title)
    if sum(len(block.text) for block, c in zip(blocks, chosen, strict=True) if c) >= _TOO_LITTLE:
        return chosen
    # Nothing worth the name was found, as on very short pages: take what stands outside the furniture.
    return [block.kind not in _NEVER and not block.is_furniture and not block.is_link for block in blocks]


def _with_tables(blocks: Sequence[Block], chosen: list[bool]) -> list[bool]:
    """Take a table of data as a whole, or leave it: a cell alone says little, to the trees and to a reader."""
    places = cells(blocks)
    sizes: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for block, place, is_main in zip(blocks, places, chosen, strict=True):
        if place is not None and place.table is not None:
            held = sizes[place.table]
            held[is_main] += len(block.text)
    return [
        is_main if place is None or place.table is None else sizes[place.table][1] * _PART >= sum(sizes[place.table])
        for place, is_main in zip(places, chosen, strict=True)
    ]


def _with_title(blocks: Sequence[Block], chosen: list[bool], title: str | None) -> list[bool]:
    """Take the title's own heading in, where it stands above the text."""
    words = plain(title or "")
    first = next((at for at, c in enumerate(chosen) if c), 0)
    for at in range(first - 1, max(-1, first - 30), -1):
        block = blocks[at]
        if block.kind is PassageKind.HEADING and not block.is_furniture and words and plain(block.text) == words:
            chosen[at] = True
            break
    return chosen
