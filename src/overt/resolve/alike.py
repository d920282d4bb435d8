"""Which of many names may be names of one body: candidates by place and by letters, compared, and put into classes.

Comes in: names, of one block of mentions. Goes out: the class of each name, and every pair that a person should see.
Pure in the names; no name is compared with all others, and no set of candidates is dropped for its size: it is split.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations

import msgspec

from overt.model.sets import Sets
from overt.places import china
from overt.resolve.comparing import DIFFERENT, SAME, Comparison, compare
from overt.resolve.parts import Parts, Reader, sounds

# Names that share a key are all compared up to this many; above it they are split by what else they hold.
MOST_TOGETHER = 200
# Pairs below this score are hardly one body; a person is not asked about them.
ASKED = 0.6
_LETTERS = 4  # of a word of its own, that two names must share to be compared for it
_OF_PLACE = 3  # of a place, so that its misspellings meet it

Key = tuple[str, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two names compared, in the order of their letters."""

    left: str
    right: str
    found: Comparison


class Alike(msgspec.Struct, frozen=True):
    """The class of each name: its smallest member; a name that is like no other is its own. And the pairs compared."""

    classes: dict[str, str]
    pairs: tuple[Pair, ...]


def keys(parts: Parts) -> set[Key]:
    """Return the keys of a name; two names are compared where they share one."""
    kinds = sorted(parts.organs | ({parts.kind} if parts.kind else set())) or [""]
    out: set[Key] = {("voice", voice) for voice in parts.voices}
    out |= {("words", word[:_LETTERS]) for word in (*parts.core, sounds(parts)) if word}
    out |= {("words", trait) for trait in parts.traits}
    by_id = china.divisions().by_id
    for kind in kinds:
        for spot in (*parts.seat, *parts.host):
            out |= {("place", place, kind) for place in spot.ids}
            spelled = {"".join(by_id[place].sound) for place in spot.ids if place in by_id} | {spot.key} - {""}
            out |= {("place letters", word[:_OF_PLACE], kind) for word in spelled}
        out |= {("place letters", word[:_OF_PLACE], kind) for word in parts.core}
        if parts.is_home_default or not (parts.seat or parts.host):
            out.add(("kind", kind, parts.campaign or ""))
    return out


def _splits(parts: Parts) -> Key:
    """Return by what a large set of candidates is split: all places, and the first letters of the words of its own."""
    places = sorted({place for spot in (*parts.seat, *parts.host) for place in spot.ids[:1]})
    return (*places, sounds(parts)[:_LETTERS])


def signature(parts: Parts) -> Hashable:
    """Return what comparing looks at: names that agree in it are compared once."""
    spots = tuple(tuple((spot.ids, spot.key) for spot in side) for side in (parts.seat, parts.host))
    bare = msgspec.structs.replace(parts, text="", key="", folded="", seat=(), host=())
    return spots, bare


def candidates(named: Iterable[Parts]) -> Iterator[tuple[Parts, Parts]]:
    """Give each pair of names that share a key once, in the order of their letters."""
    blocks: dict[Key, list[Parts]] = defaultdict(list)
    for parts in sorted(named, key=lambda p: p.text):
        for key in keys(parts):
            blocks[key].append(parts)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for block in _parted(blocks[key]):
            for left, right in combinations(block, 2):
                if (left.text, right.text) not in seen:
                    seen.add((left.text, right.text))
                    yield left, right


def _parted(block: list[Parts]) -> list[list[Parts]]:
    if len(block) <= MOST_TOGETHER:
        return [block]
    finer: dict[Key, list[Parts]] = defaultdict(list)
    for parts in block:
        finer[_splits(parts)].append(parts)
    # What is still too large says the same of place and words: neighbours in the order of letters are compared.
    return [
        finer[key][at : at + MOST_TOGETHER]
        for key in sorted(finer)
        for at in range(0, len(finer[key]), MOST_TOGETHER // 2)
    ]


def alike(names: Iterable[str], reader: Reader) -> Alike:
    """Return the classes of names, and the pairs that explain them or wait for a person.

    A class holds together only where no two of its names are different: a chain that joins opposites joins nothing.
    """
    groups: dict[Hashable, list[Parts]] = defaultdict(list)
    for name in sorted(set(names)):
        parts = reader.read(name)
        if parts.key:
            groups[signature(parts)].append(parts)
    same: list[tuple[str, str]] = []
    pairs: list[Pair] = []
    first: list[Parts] = []
    for many in groups.values():
        first.append(many[0])
        for other in many[1:]:
            found = compare(many[0], other)
            pairs.append(Pair(many[0].text, other.text, found))
            if found.verdict == SAME:
                same.append((many[0].text, other.text))
    opposed: set[tuple[str, str]] = set()
    for left, right in candidates(first):
        found = compare(left, right)
        if found.verdict == SAME:
            same.append((left.text, right.text))
        if found.verdict == DIFFERENT:
            opposed.add((left.text, right.text))
        elif found.score >= ASKED or found.verdict != "unsure":
            pairs.append(Pair(left.text, right.text, found))
    return Alike(_classes(same, opposed), tuple(sorted(pairs, key=lambda p: (p.left, p.right))))


def _classes(same: list[tuple[str, str]], opposed: set[tuple[str, str]]) -> dict[str, str]:
    sets = Sets()
    for left, right in same:
        sets.unite(left, right)
    broken = {sets.name(left) for left, right in opposed if sets.name(left) == sets.name(right)}
    return {name: sets.name(name) for pair in same for name in pair if sets.name(name) not in broken}
