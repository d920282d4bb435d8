"""Blocks: mentions that may be one, and what is found in each block by itself. Pure in one block.

Comes in: mentions with their sketches. Goes out, for each block: its sketches with the keys of their names, what ties
them, and the same in words.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping

import msgspec

from overt.model import Edge
from overt.resolve import evidence
from overt.resolve.evidence import Sketch, Tie
from overt.resolve.naming import same_names
from overt.resolve.parts import Reader
from overt.resolve.sketching import Sketched


class Block(msgspec.Struct, frozen=True):
    """What one block comes to: its sketches, by id, its ties and its edges."""

    sketches: tuple[Sketch, ...]
    ties: tuple[Tie, ...]
    edges: tuple[Edge, ...]


def block_name(one: Sketch) -> str:
    """Return the name of the block in which a mention is compared."""
    return " ".join(evidence.block_key(one))


def blocks(known: Mapping[str, Sketched], reader: Callable[[], Reader]) -> dict[str, Block]:
    """Return the blocks of mentions, by name, in order.

    Args:
        known: all mentions of these blocks.
        reader: gives the reader of names.
    """
    found: dict[str, list[Sketch]] = defaultdict(list)
    for name in sorted(known):
        found[block_name(known[name].sketch)].append(known[name].sketch)
    mentions = {name: one.mention for name, one in known.items()}
    made = {}
    for at in sorted(found):
        named, compared = same_names(found[at], mentions, reader())
        made[at] = Block(tuple(named), tuple(evidence.ties(named)), (*evidence.edges(named), *compared))
    return made


__all__ = ["Block", "block_name", "blocks"]
