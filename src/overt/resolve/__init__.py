"""Names across scripts, candidates, clusters: which mentions name one thing, and which voices are one."""

from overt.resolve.blocks import Block, block_name, blocks
from overt.resolve.comparing import AUTOMATIC, Comparison, compare
from overt.resolve.evidence import Sketch, Tie, edges, sketch, ties
from overt.resolve.names import fold_name, operator_key
from overt.resolve.outcome import Feature
from overt.resolve.parts import Parts, Reader
from overt.resolve.resolve import (
    Component,
    Resolution,
    cluster,
    conflicts,
    entities_of,
    entity_lines,
    judged_edges,
    resolution,
    resolve,
    wholes,
)
from overt.resolve.sketching import NAME, OPERATOR, Sketched, sketched
from overt.resolve.voices import Naming, known_voice, voice_key

__all__ = [
    "AUTOMATIC",
    "NAME",
    "OPERATOR",
    "Block",
    "Comparison",
    "Component",
    "Feature",
    "Naming",
    "Parts",
    "Reader",
    "Resolution",
    "Sketch",
    "Sketched",
    "Tie",
    "block_name",
    "blocks",
    "cluster",
    "compare",
    "conflicts",
    "edges",
    "entities_of",
    "entity_lines",
    "fold_name",
    "judged_edges",
    "known_voice",
    "operator_key",
    "resolution",
    "resolve",
    "sketch",
    "sketched",
    "ties",
    "voice_key",
    "wholes",
]
