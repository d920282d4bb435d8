"""What can be seen of each block of a page from outside: where it stands, what is around it, how it begins.

In: the blocks, the votes on them, the page's title. Out: a row of numbers for each block, in the order of `names()`.
They are the only thing that the choice of the main text looks at; no word of a page and no site is named.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import msgspec
from lxml.html import HtmlElement

from overt.model import PassageKind
from overt.read.blocks import UNDER, Block
from overt.read.sums import Sum, Sums
from overt.words.patterns import PatternSet

_NOT_WORD = re.compile(r"\W+")
_NEAR, _FAR = 2, 6  # elements around a block whose class names are looked at
_MOST, _MOST_COMMAS, _MOST_BLOCKS = 300, 20, 2000  # above which length says nothing more
_BESIDE = 3  # blocks before and after a block that are looked at
_EDGE, _FAR_OFF = -9, 20  # blocks from an edge of the text, or from a heading, beyond which it does not matter how many
_TITLE = 300  # characters of the longest title
_FIRST = 400  # characters of a block whose words are looked at
# The kinds that tags give; the trees know no others, and take what tags call a correction for a paragraph.
_KINDS = (
    PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.CAPTION, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL,
    PassageKind.QUOTE, PassageKind.BYLINE, PassageKind.NOTE,
)  # fmt: skip
_PLAIN = tuple(int(one is PassageKind.PARAGRAPH) for one in _KINDS)
_ONE_KIND = {kind: tuple(int(kind is one) for one in _KINDS) if kind in _KINDS else _PLAIN for kind in PassageKind}
_UNDER = tuple(UNDER[tag] for tag in ("article", "main", "aside", "table", "li"))
_NOTHING = Sum()


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of `signs.toml`: regular expressions by what they tell."""

    classes: dict[str, str]
    texts: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> Words:
    text = resources.files("overt.read").joinpath("signs.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


@lru_cache(maxsize=1)
def _sets() -> tuple[PatternSet, PatternSet]:
    words = _words()
    return PatternSet(words.classes.values(), ignore_case=True), PatternSet(words.texts.values(), ignore_case=True)


@lru_cache(maxsize=20_000)
def _class_signs(name: str) -> int:
    """The words of a class or id as bits."""
    return sum(1 << number for number in _sets()[0].matches(name))


@lru_cache(maxsize=20_000)
def _apart(bits: int, count: int) -> tuple[int, ...]:
    """Bits as numbers 0 and 1, the lowest first."""
    return tuple(bits >> at & 1 for at in range(count))


def plain(text: str) -> str:
    """Letters and digits alone, for comparing titles."""
    return _NOT_WORD.sub("", text).casefold()


def names(voters: Sequence[str]) -> list[str]:
    """What the numbers of a row mean."""
    classes, texts = _words().classes, _words().texts
    elements = ("parent", "grandparent", "great-grandparent")
    return [
        *(f"{when} {voter}" for voter in voters for when in ("this", "before", "after")),
        "votes", "votes around",
        *(f"kind {kind}" for kind in _KINDS),
        "linked", "words", "commas", "prose", "ends", "colon",
        "words before", "words after", "linked before", "linked after", "prose before", "prose after",
        "above first", "below last", "from first", "from last", "share above", "prose to come", "place on page",
        "title", "repeated", "picture inside", "picture beside",
        *(f"text {name}" for name in texts), "from heading",
        *(f"near {name}" for name in classes), *(f"far {name}" for name in classes),
        "mass",
        *(f"{what} {who}" for who in elements for what in ("voted", "links", "prose", "share")),
        "alike", "alikes",
        "p", "in article", "in main", "in aside", "in table", "in li", "emphasised", "depth",
        "blocks", "page votes",
    ]  # fmt: skip


def signs(
    root: HtmlElement, blocks: Sequence[Block], votes: Sequence[Sequence[bool]], title: str | None
) -> list[list[float] | None]:
    """Return a row of numbers for each block that may be main text, None for the others.

    What no extractor took, nor anything beside it, may be main text only where it is prose; furniture never.

    Args:
        root: the tree.
        blocks: its blocks.
        votes: for each extractor, whether it took the block along.
        title: the page's title, which is no part of the body.
    """
    page = Sums(blocks, votes)
    seen = Counter(page.texts)
    heads = [plain(words) for words in (title, *("".join(t.itertext()) for t in root.iter("title")))[:2] if words]
    pictures = _pictures(root)
    return [
        [*_votes(page, at, votes), *_own(page, at, blocks, seen, heads), *_near(page, at, block, pictures)]
        if not block.is_furniture and (page.prose[at] or any(page.voted[max(0, at - _BESIDE) : at + _BESIDE + 1]))
        else None
        for at, block in enumerate(blocks)
    ]


def _votes(page: Sums, at: int, votes: Sequence[Sequence[bool]]) -> list[float]:
    row: list[float] = []
    before, after, last = max(at - 1, 0), min(at + 1, page.count - 1), page.count - 1
    for vote in votes:
        row += vote[at], at > 0 and vote[before], at < last and vote[after]
    row += page.voted[at], sum(page.voted[max(0, at - _BESIDE) : at + _BESIDE + 1])
    return row


def _own(page: Sums, at: int, blocks: Sequence[Block], seen: Counter[str], heads: list[str]) -> list[float]:
    """What a block says of itself, and where it stands among the others."""
    block, text, sizes, prose = blocks[at], page.texts[at], page.sizes, page.prose
    before, after = max(at - 1, 0), min(at + 1, page.count - 1)
    first, last = page.first, page.last
    row: list[float] = [*_ONE_KIND[block.kind]]
    row += round(block.linked, 3), min(sizes[at], _MOST), min(text.count(",") + text.count("，"), _MOST_COMMAS)
    row += prose[at], page.ends[at], text.endswith((":", "："))
    row += min(sizes[before], _MOST), min(sizes[after], _MOST)
    row += round(blocks[before].linked, 3), round(blocks[after].linked, 3)
    row += sum(prose[max(0, at - _BESIDE) : at]), sum(prose[at + 1 : at + _BESIDE + 1])
    row += at < first, at > last, min(max(first - at, _EDGE), _FAR_OFF), min(max(at - last, _EDGE), _FAR_OFF)
    row += round(page.above[at] / page.total, 3), min(page.to_come[at + 1], 1000), round(at / page.count, 2)
    row += len(text) <= _TITLE and plain(text) in heads, min(seen[text], 9)
    return row


def _near(page: Sums, at: int, block: Block, pictures: dict[HtmlElement, int]) -> list[float]:
    """What is around a block: pictures, headings, class names, and what the elements hold that it stands in."""
    place, chain, words = block.place, page.chains[at], _words()
    row: list[float] = [
        pictures.get(place.element, 4),
        pictures.get(chain[1].element, 4) if len(chain) > 1 else 4,
        *_apart(sum(1 << number for number in _sets()[1].matches(page.texts[at][:_FIRST])), len(words.texts)),
        min(page.from_heading[at], _FAR_OFF),
    ]
    near = far = 0
    for step, one in enumerate(place.chain(_FAR)):
        if step < _NEAR:
            near |= _class_signs(one.names)
        else:
            far |= _class_signs(one.names)
    row += _apart(near, len(words.classes))
    row += _apart(far, len(words.classes))
    row.append(round(max((page.inside[one].mass for one in chain[1:]), default=0) / page.heaviest, 3))
    for step in (1, 2, 3):
        held = page.inside[chain[step]] if len(chain) > step else _NOTHING
        size = held.words or 1
        row += round(held.voted / (size * page.voters), 3), round(held.linked / size, 3)
        row += round(held.prose / size, 3), round(held.words / page.words, 3)
    voted, of = page.alike[page.shapes[at]]
    row += round(voted / of, 3), min(of // page.voters, 50), place.tag == "p"
    row += [place.under & bit for bit in _UNDER]
    row += _is_emphasised(place.element, page.sizes[at]), place.steps, min(page.count, _MOST_BLOCKS)
    row.append(round(page.total / page.words, 3))
    return row


def _pictures(root: HtmlElement) -> dict[HtmlElement, int]:
    """How many steps the next picture is inside of an element, at most three."""
    pictures: dict[HtmlElement, int] = {}
    for picture in root.iter("img", "picture"):
        at = picture.getparent()
        for steps in (1, 2, 3):
            if at is None:
                break
            pictures[at] = min(steps, pictures.get(at, steps))
            at = at.getparent()
    return pictures


def _is_emphasised(element: HtmlElement, size: int) -> bool:
    """True where nearly all of a block is in one emphasis, as notes of the desk are."""
    if size > 200 or len(element) == 0 or element[0].tag not in ("em", "i", "strong", "b"):
        return False
    return 5 * len("".join(element[0].itertext())) > 4 * len("".join(element.itertext()))
