"""What the blocks of a page add up to: how long each is, what is prose, and what the elements around them hold.

In: the blocks and the votes on them. Out: lists with a number for each block, and sums for each element. They are what
`signs.py` makes its rows from, and are reckoned once a page.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from overt.model import PassageKind
from overt.read.blocks import Around, Block

WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»」』)）\]]*$")
_TAIL = 12  # characters at the end of a block in which a sentence ends
_LONG = 14  # words from which a block that ends like a sentence is prose
_AROUND = 4  # a block's own element and three around it
_MASS = (1.0, 1.5, 2.5)  # what a block's prose is divided by for each of the three


def weight(text: str) -> int:
    """Words of a text; two characters of a script without spaces count as a word."""
    count = len(_WORD.findall(text))
    return count if text.isascii() else count + len(WIDE.findall(text)) // 2


def _size(text: str) -> int:
    """The same, counted by its spaces: near enough, in a hundredth of the time."""
    count = text.count(" ") + 1
    return count if text.isascii() else count + len(WIDE.findall(text)) // 2


class Sum:
    """What the blocks within an element add up to: words, those that are linked, voted for, and prose."""

    __slots__ = ("linked", "mass", "prose", "voted", "words")

    def __init__(self) -> None:
        self.words = self.linked = self.voted = self.prose = self.mass = 0.0


class Sums:
    """The sums of a page.

    For each block: `sizes` in words, `ends` (like a sentence), `prose`, `voted` (by how many), `chains` (its element
    and those around it), `above` (words voted for down to it), `to_come` (words of prose voted for from it on),
    `from_heading`, and `shapes` (tag and first class, with those of the element around it).

    For the page: `inside` holds the sums of elements, `alike` how many votes the blocks of a shape have, of how many;
    `first` and `last` are the first and last block of prose that `most` voters took.
    """

    def __init__(self, blocks: Sequence[Block], votes: Sequence[Sequence[bool]]) -> None:
        self.count, self.voters = len(blocks), len(votes)
        self.most = (self.voters + 1) // 2
        self.texts = [block.text for block in blocks]
        self.sizes = [_size(text) for text in self.texts]
        self.ends = [bool(_ENDS.search(text[-_TAIL:])) for text in self.texts]
        self.prose = [
            size >= _LONG and end and block.linked < 0.5
            for size, end, block in zip(self.sizes, self.ends, blocks, strict=True)
        ]
        self.voted = [sum(column) for column in zip(*votes, strict=True)]
        taken = [at for at in range(self.count) if self.voted[at] >= self.most and self.prose[at]]
        self.first, self.last = (taken[0], taken[-1]) if taken else (0, self.count)
        self.words = sum(self.sizes) or 1
        self._down(blocks)
        self._around(blocks)

    def _down(self, blocks: Sequence[Block]) -> None:
        """The sums that run down the page or up it."""
        self.above, self.from_heading = [], []
        above, heading = 0, -self.count
        for at, block in enumerate(blocks):
            self.from_heading.append(at - heading)
            if block.kind is PassageKind.HEADING:
                heading = at
            if self.voted[at] >= self.most:
                above += self.sizes[at]
            self.above.append(above)
        self.total = above or 1
        self.to_come = [0] * (self.count + 1)
        for at in range(self.count - 1, -1, -1):
            counts = self.prose[at] and self.voted[at] >= self.most
            self.to_come[at] = self.to_come[at + 1] + (self.sizes[at] if counts else 0)

    def _around(self, blocks: Sequence[Block]) -> None:
        """The sums of the elements around blocks, and of blocks of one shape."""
        self.inside: dict[Around, Sum] = defaultdict(Sum)
        self.alike: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        self.shapes, self.chains = [], []
        for at, block in enumerate(blocks):
            place, size, votes, is_prose = block.place, self.sizes[at], self.voted[at], self.prose[at]
            chain = place.chain(_AROUND)
            self.chains.append(chain)
            for share, around in zip(_MASS, chain[1:], strict=False):
                added = self.inside[around]
                added.words += size
                added.linked += size * block.linked
                added.voted += size * votes
                if is_prose:
                    added.prose += size
                    added.mass += size / share
            outer = chain[1].names.partition(" ")[0] if len(chain) > 1 else ""
            shape = (place.tag, place.names.partition(" ")[0], outer)
            self.shapes.append(shape)
            counted = self.alike[shape]
            counted[0] += votes
            counted[1] += self.voters
        self.heaviest = max((one.mass for one in self.inside.values()), default=0) or 1.0
