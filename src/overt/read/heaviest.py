"""Where a page holds most of its prose: a vote on its blocks that needs nothing but the blocks.

In: the blocks. Out: a yes or no for each. Prose gives points to the elements around it, links take them away, and the
heaviest element is the text, with those beside it that weigh enough. The idea is that of Arc90's Readability; the
numbers are its numbers, as readability-lxml has them.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from overt.read.blocks import Around, Block

_SHORT, _PER_POINT, _MOST_POINTS = 25, 100, 3
_WIDE, _MORE = re.compile("[\u2e80-\uffff]"), 1.5  # a character of East Asian scripts counts for 2.5 letters
_SHARES = (1.0, 0.5, 1 / 3)  # what the elements around a block get of its points, from within
_BESIDE, _BESIDE_LEAST = 0.2, 10.0
_LONE, _LONE_LINKED = 80, 0.25


def heaviest(blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether it stands in the heaviest part of the page."""
    points: dict[Around, float] = defaultdict(float)
    letters: dict[Around, float] = defaultdict(float)
    linked: dict[Around, float] = defaultdict(float)
    for block in blocks:
        if block.is_furniture:
            continue
        text = block.text
        size = len(text) if text.isascii() else len(text) + _MORE * len(_WIDE.findall(text))
        worth = 0.0
        if size >= _SHORT and block.linked < 0.5:
            worth = 1 + text.count(",") + text.count("，") + min(size / _PER_POINT, _MOST_POINTS)
        around = block.place.chain(4)
        for share, place in zip(_SHARES, around[1:] if block.place.tag == "p" else around, strict=False):
            letters[place] += size
            linked[place] += size * block.linked
            if worth:
                points[place] += worth * share
    weighed = {place: sum_ * (1 - linked[place] / letters[place]) for place, sum_ in points.items()}
    best = max(weighed, key=lambda place: weighed[place], default=None)
    if best is None:
        return [False] * len(blocks)
    least = max(_BESIDE_LEAST, _BESIDE * weighed[best])
    taken = {place for place, sum_ in weighed.items() if place.outer is best.outer and sum_ >= least} | {best}
    inside: dict[Around, bool] = {}
    out = []
    for block in blocks:
        place = block.place
        if place not in inside:
            at: Around | None = place
            while at is not None and at.steps > best.steps:
                at = at.outer
            is_beside = place.outer is best.outer and place.tag == "p"
            inside[place] = at in taken or (is_beside and len(block.text) > _LONE and block.linked < _LONE_LINKED)
        out.append(inside[place] and not block.is_furniture and block.linked < 0.5)
    return out
