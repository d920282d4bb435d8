"""A build: the only caller of the stages in order, and the only writer of the store."""

from overt.build.assembling import assemble, with_contents
from overt.build.building import Progress, build, truth

__all__ = ["Progress", "assemble", "build", "truth", "with_contents"]
