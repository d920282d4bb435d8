"""The second reader of attributions: rules over a dependency parse. It needs no parser: a parse is a reading."""

from overt.find.parsed.frames import PARSED, frames
from overt.find.parsed.passage import Told
from overt.find.parsed.telling import tell
from overt.find.parsed.tree import Tree

__all__ = ["PARSED", "Told", "Tree", "frames", "tell"]
