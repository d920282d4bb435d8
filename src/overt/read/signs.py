"""What can be seen of each block of a page from outside: where it stands, what is around it, how it begins.

In: the blocks, the answers of the extractors, the page's title. Out: a row of numbers for each block, in the order of
`names()`. They are the only thing that the choice of the main text looks at; no word of a page and no site is named.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import msgspec
from lxml.html import HtmlElement

from overt.model import PassageKind
from overt.read import marks
from overt.read.blocks import Block

_WORD = re.compile(r"\w+")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_ENDS = re.compile(r"[.!?…。！？][\"'”’»」』)）\]]*$")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|(?:^|\s)@\w")
_NOT_WORD = re.compile(r"\W+")
_LONG = 15  # words from which a block that ends like a sentence is prose
_NEAR, _FAR = 2, 6  # elements around a block whose class names are looked at
_MOST = 300  # words above which length says nothing more
_KINDS = tuple(PassageKind)


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of `signs.toml`: regular expressions by what they tell."""

    classes: dict[str, str]
    texts: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    text = resources.files("overt.read").joinpath("signs.toml").read_text(encoding="utf-8")
    words = msgspec.convert(tomllib.loads(text), Words)
    both = (words.classes, words.texts)
    classes, texts = (tuple(re.compile(words, re.IGNORECASE) for words in table.values()) for table in both)
    return classes, texts


@lru_cache(maxsize=20_000)
def _class_signs(name: str) -> int:
    """The words of a class or id as bits."""
    return sum(1 << at for at, pattern in enumerate(_words()[0]) if pattern.search(name))


def plain(text: str) -> str:
    """Letters and digits alone, for comparing titles."""
    return _NOT_WORD.sub("", text).casefold()


class _Around:
    """The elements around blocks, each looked at once."""

    def __init__(self, root: HtmlElement) -> None:
        self._chains: dict[HtmlElement, tuple[HtmlElement, ...]] = {}
        self._bits: dict[HtmlElement, int] = {}
        self.pictures: dict[HtmlElement, int] = {}
        self.alternatives: set[str] = set()
        for picture in root.iter("img", "picture"):
            for name in ("alt", "title"):
                if len(words := plain(picture.get(name) or "")) >= 12:
                    self.alternatives.add(words)
            at = picture.getparent()
            for steps in (1, 2, 3):
                if at is None:
                    break
                self.pictures[at] = min(steps, self.pictures.get(at, steps))
                at = at.getparent()

    def chain(self, element: HtmlElement) -> tuple[HtmlElement, ...]:
        """The element and those around it, from within, at most 40."""
        if element not in self._chains:
            up = [element]
            while len(up) < 40 and (above := up[-1].getparent()) is not None:
                up.append(above)
            self._chains[element] = tuple(up)
        return self._chains[element]

    def bits(self, elements: Sequence[HtmlElement]) -> int:
        found = 0
        for element in elements:
            if element not in self._bits:
                name = f"{element.get('class') or ''} {element.get('id') or ''}"
                self._bits[element] = _class_signs(name[:300]) if len(name) > 1 else 0
            found |= self._bits[element]
        return found


def weight(text: str) -> int:
    """Words of a text; two characters of a script without spaces count as a word."""
    count = len(_WORD.findall(text))
    return count if text.isascii() else count + len(_WIDE.findall(text)) // 2


def names(voters: Sequence[str]) -> list[str]:
    """What the numbers of a row mean."""
    classes, texts = (list(table) for table in _tables())
    return [
        *(f"{when} {voter}" for voter in voters for when in ("this", "before", "after")),
        "votes", "votes around",
        *(f"kind {kind}" for kind in _KINDS),
        "furniture", "linked", "words", "prose", "ends", "colon",
        "words before", "words after", "linked before", "linked after", "prose before", "prose after",
        "above first", "below last", "from first", "from last", "share above", "prose to come",
        "title", "starts title", "repeated", "alternative", "picture inside", "picture beside",
        "dated", "addressed", "mark furniture", "mark caption", "mark byline", "mark relay", "h1",
        *(f"text {name}" for name in texts),
        *(f"near {name}" for name in classes), *(f"far {name}" for name in classes),
        "mass", "parent", "grandparent", "great-grandparent", "alike", "alikes",
        "p", "in article", "in main", "in aside", "in table", "in li", "emphasised", "capitals", "depth",
        "blocks", "page votes",
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    text = resources.files("overt.read").joinpath("signs.toml").read_text(encoding="utf-8")
    words = msgspec.convert(tomllib.loads(text), Words)
    return words.classes, words.texts


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
    around = _Around(root)
    count, voters = len(blocks), len(votes)
    sizes = [weight(block.text) for block in blocks]
    prose = [n >= _LONG and b.linked < 0.5 and bool(_ENDS.search(b.text)) for n, b in zip(sizes, blocks, strict=True)]
    sums = [sum(vote[at] for vote in votes) for at in range(count)]
    most = (voters + 1) // 2
    taken = [at for at in range(count) if sums[at] >= most and prose[at]]
    first, last = (taken[0], taken[-1]) if taken else (0, count)
    total = sum(n for n, s in zip(sizes, sums, strict=True) if s >= most) or 1
    chains = [around.chain(block.element) for block in blocks]
    mass: dict[HtmlElement, float] = defaultdict(float)
    shares: dict[HtmlElement, list[int]] = defaultdict(lambda: [0, 0])
    alike: dict[tuple[object, ...], list[int]] = defaultdict(lambda: [0, 0])
    shapes = []
    for at, chain in enumerate(chains):
        for steps, element in enumerate(chain[1:4]):
            if prose[at]:
                mass[element] += sizes[at] / (1, 1.5, 2.5)[steps]
            share = shares[element]
            share[0] += sizes[at] * sums[at]
            share[1] += sizes[at] * voters
        shape = (chain[0].tag, chain[0].get("class"), chain[1].get("class") if len(chain) > 1 else None)
        shapes.append(shape)
        alike[shape][0] += sums[at]
        alike[shape][1] += voters
    heaviest = max(mass.values(), default=1.0)
    plains = [plain(block.text) for block in blocks]
    seen = Counter(plains)
    heads = [plain(words) for words in (title, *("".join(t.itertext()) for t in root.iter("title")))[:2] if words]
    page = round(total / (sum(sizes) or 1), 3)
    to_come = [0] * (count + 1)
    for at in range(count - 1, -1, -1):
        to_come[at] = to_come[at + 1] + (sizes[at] if prose[at] and sums[at] >= most else 0)
    above = 0
    rows: list[list[float] | None] = []
    for at, block in enumerate(blocks):
        chain, words = chains[at], plains[at]
        before, after = max(at - 1, 0), min(at + 1, count - 1)
        if sums[at] >= most:
            above += sizes[at]
        if block.is_furniture or not (prose[at] or any(sums[max(0, at - 3) : at + 4])):
            rows.append(None)
            continue
        row: list[float] = []
        for vote in votes:
            row += vote[at], at > 0 and vote[before], at < count - 1 and vote[after]
        row += sums[at], sum(sums[max(0, at - 3) : at + 4])
        row += [block.kind is kind for kind in _KINDS]
        text = block.text
        row += block.is_furniture, round(block.linked, 3), min(sizes[at], _MOST), prose[at]
        row += bool(_ENDS.search(text)), text.endswith((":", "："))
        row += min(sizes[before], _MOST), min(sizes[after], _MOST)
        row += round(blocks[before].linked, 3), round(blocks[after].linked, 3)
        row += sum(prose[max(0, at - 3) : at]), sum(prose[at + 1 : at + 4])
        row += at < first, at > last, min(max(first - at, -9), 20), min(max(at - last, -9), 20)
        row += round(above / total, 3), min(to_come[at + 1], 1000)
        row += bool(words) and words in heads, len(words) > 20 and any(h.startswith(words) for h in heads)
        row += min(seen[words], 9), words in around.alternatives
        row += around.pictures.get(chain[0], 4), around.pictures.get(chain[1], 4) if len(chain) > 1 else 4
        is_short = len(text) <= 300
        row += is_short and bool(_CLOCK.search(text)), is_short and bool(_ADDRESS.search(text))
        row += marks.is_furniture(text), marks.is_caption(text), marks.is_byline(text), marks.relay(text) is not None
        row += [any(e.tag == "h1" for e in chain[:2])]
        row += [bool(p.search(text[:400])) for p in _words()[1]]
        near, far = around.bits(chain[:_NEAR]), around.bits(chain[_NEAR:_FAR])
        row += [near >> bit & 1 for bit in range(len(_words()[0]))]
        row += [far >> bit & 1 for bit in range(len(_words()[0]))]
        row += [round(max((mass[e] for e in chain[1:4] if e in mass), default=0) / heaviest, 3)]
        for steps in (1, 2, 3):
            share = shares[chain[steps]] if len(chain) > steps else [0, 1]
            row.append(round(share[0] / (share[1] or 1), 3))
        row += round(alike[shapes[at]][0] / alike[shapes[at]][1], 3), min(alike[shapes[at]][1] // voters, 50)
        tags = {e.tag for e in chain}
        row += chain[0].tag == "p", "article" in tags, "main" in tags, not tags.isdisjoint(("aside", "footer", "nav"))
        row += "table" in tags, "li" in tags, _is_emphasised(chain[0], sizes[at]), _is_capitals(text), len(chain)
        row += min(count, 2000), page
        rows.append([float(number) for number in row])
    return rows


def _is_emphasised(element: HtmlElement, size: int) -> bool:
    """True where nearly all of a block is in one emphasis, as notes of the desk are."""
    if size > 200 or len(element) == 0 or element[0].tag not in ("em", "i", "strong", "b"):
        return False
    return 5 * len("".join(element[0].itertext())) > 4 * len("".join(element.itertext()))


def _is_capitals(text: str) -> bool:
    head = text[:200]
    return sum(map(str.isupper, head)) * 5 > 3 * sum(map(str.isalpha, head)) > 0
