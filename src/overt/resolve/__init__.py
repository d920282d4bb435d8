"""Names across scripts, candidates, clusters: which mentions name one thing, and which voices are one."""

from overt.resolve.comparing import AUTOMATIC, Comparison, compare
from overt.resolve.evidence import Sketch, Tie, edges, sketch, ties
from overt.resolve.names import fold_name, operator_key
from overt.resolve.outcome import Feature
from overt.resolve.parts import Parts, Reader
from overt.resolve.resolve import Component, Resolution, cluster, resolve
from overt.resolve.voices import Naming, known_voice, voice_key

__all__ = [
    "AUTOMATIC",
    "Comparison",
    "Component",
    "Feature",
    "Naming",
    "Parts",
    "Reader",
    "Resolution",
    "Sketch",
    "Tie",
    "cluster",
    "compare",
    "edges",
    "fold_name",
    "known_voice",
    "operator_key",
    "resolve",
    "sketch",
    "ties",
    "voice_key",
]
