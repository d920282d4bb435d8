"""Blocks: mentions that may be one, and what is found in each block by itself. Pure in one block.

Comes in: all mentions of a case with their sketches. Goes out, for each block: its sketches with the keys of their
names, what ties them, and the same in words. A block whose mentions did not change is recalled.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec

from overt.model import Edge, Mention
from overt.model.memory import Memory, key_of, remembered
from overt.resolve import evidence
from overt.resolve.evidence import Sketch, Tie
from overt.resolve.naming import same_names
from overt.resolve.parts import Reader


class Block(msgspec.Struct, frozen=True):
    """What one block comes to: its sketches, by id, its ties and its edges."""

    sketches: tuple[Sketch, ...]
    ties: tuple[Tie, ...]
    edges: tuple[Edge, ...]


def blocks(
    sketches: Mapping[str, Sketch], mentions: Mapping[str, Mention], reader: Callable[[], Reader], memory: Memory
) -> list[Block]:
    """Return the blocks of a case by their keys.

    Args:
        sketches: by id of the mention.
        mentions: by id, with the names and operators that stand.
        reader: gives the reader of names; asked only where a block changed.
        memory: what earlier builds made.
    """
    found: dict[tuple[str, str], list[Sketch]] = defaultdict(list)
    for name in sorted(sketches):
        found[evidence.block_key(sketches[name])].append(sketches[name])
    made = []
    for at in sorted(found):
        block = found[at]
        said = [(one, mentions[one.id].names, mentions[one.id].operators) for one in block]

        def make(block: Sequence[Sketch] = block) -> Block:
            return _block(block, mentions, reader())

        made.append(remembered(memory, "block", key_of(*said), Block, make))
    return made


def _block(block: Sequence[Sketch], mentions: Mapping[str, Mention], reader: Reader) -> Block:
    named, compared = same_names(block, mentions, reader)
    return Block(sketches=tuple(named), ties=tuple(evidence.ties(named)), edges=(*evidence.edges(named), *compared))


__all__ = ["Block", "blocks"]
