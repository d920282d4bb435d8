"""A build: the only caller of the stages in order, and the only writer of the store."""

from overt.build.assembling import assemble, with_contents
from overt.build.building import Built, build, renew, truth
from overt.build.finding import Progress, differing_parses

__all__ = ["Built", "Progress", "assemble", "build", "differing_parses", "renew", "truth", "with_contents"]
