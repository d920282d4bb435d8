"""A build: the only caller of the stages in order, and the only writer of the store."""

from overt.build.assembling import assemble, with_contents
from overt.build.building import build, truth
from overt.build.finding import Progress, differing_parses

__all__ = ["Progress", "assemble", "build", "differing_parses", "truth", "with_contents"]
