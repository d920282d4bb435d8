"""Names of one block of mentions brought under one key each, where they are names of one body; and why, as edges.

Comes in: the sketches of a block with their mentions. Goes out: the sketches with the keys of their classes, and an
edge for each pair of names that is one, is a part of another, or waits for a person. Pure in the block.
"""

from collections.abc import Mapping, Sequence

import msgspec

from overt.model import Edge, Mention
from overt.resolve.alike import Pair, alike
from overt.resolve.evidence import Sketch
from overt.resolve.names import fold_name, operator_key
from overt.resolve.parts import Reader

RULE = "names"


def same_names(
    block: Sequence[Sketch], mentions: Mapping[str, Mention], reader: Reader
) -> tuple[list[Sketch], list[Edge]]:
    """Return the sketches of a block with names of one body under one key, and the edges that say why.

    Names and operators are compared apart: a site that bears its operator's name is still not the operator.
    """
    names: dict[str, str] = {}
    operators: dict[str, str] = {}
    bearers: dict[str, str] = {}
    for one in sorted(block, key=lambda one: one.id):
        mention = mentions[one.id]
        for words in mention.names:
            bearers.setdefault(words, one.id)
            names[words] = fold_name(words)
        for words in mention.operators:
            bearers.setdefault(words, one.id)
            operators[words] = operator_key(words) or fold_name(words)
    name_key, name_pairs = _keys(names, reader)
    operator_key_of, operator_pairs = _keys(operators, reader)
    made = [
        msgspec.structs.replace(
            one,
            names=frozenset(filter(None, (name_key[w] for w in mentions[one.id].names))),
            operators=frozenset(filter(None, (operator_key_of[w] for w in mentions[one.id].operators))),
        )
        for one in block
    ]
    edges = [edge for pair in (*name_pairs, *operator_pairs) if (edge := _edge(pair, bearers)) is not None]
    return made, edges


def _keys(folded: Mapping[str, str], reader: Reader) -> tuple[dict[str, str], list[Pair]]:
    """Return the key of each name: its own, else the best one of its class. And the pairs whose keys differ."""
    if len(set(folded.values())) < 2:
        return dict(folded), []
    # One spelling of each key stands for it, so that the classes do not depend on how often a name is printed.
    chosen: dict[str, str] = {}
    for words in sorted(folded):
        chosen.setdefault(folded[words], words)
    found = alike(chosen.values(), reader)
    members: dict[str, set[str]] = {}
    for words, name in found.classes.items():
        members.setdefault(name, set()).add(folded[words])
    # A key that names organ and place goes before folded words.
    best = {name: min(keys, key=lambda key: ("@" not in key, key)) for name, keys in members.items()}
    # Two bodies with keys of their own are two, whatever the words: their class is broken up.
    broken = {name for name, keys in members.items() if sum("@" in key for key in keys) > 1}
    out: dict[str, str] = {}
    for words, key in folded.items():
        group = found.classes.get(chosen[key])
        out[words] = key if group is None or group in broken else best[group]
    return out, [pair for pair in found.pairs if folded[pair.left] != folded[pair.right]]


def _edge(pair: Pair, bearers: Mapping[str, str]) -> Edge | None:
    """Return the edge between the first mentions that bear two names, None where one mention bears both first."""
    left, right = bearers[pair.left], bearers[pair.right]
    if left == right:
        return None
    if pair.found.whole == "left":  # the part stands on the left, as in a judgement
        left, right = right, left
    elif pair.found.whole is None:
        left, right = sorted((left, right))
    reason = f"{pair.left} and {pair.right}: " + "; ".join(pair.found.reasons)
    return Edge(left=left, right=right, verdict=pair.found.verdict, rule=RULE, reason=reason)


__all__ = ["RULE", "same_names"]
