"""The finders' rules, one file each: a context goes in, finds come out. A new rule is a file and a line in `RULES`."""

from collections.abc import Callable, Iterator

from overt.find.context import Context, Find
from overt.find.rules.counts import counts
from overt.find.rules.entities import entities
from overt.find.rules.events import events
from overt.find.rules.names import names
from overt.find.rules.places import places
from overt.find.rules.terms import terms
from overt.find.rules.texts import texts

RULES: tuple[Callable[[Context], Iterator[Find]], ...] = (counts, places, names, entities, events, terms, texts)

__all__ = ["RULES"]
