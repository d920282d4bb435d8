"""What a page about one entry is drawn from: a part of a book that can stand alone.

A `Book` is a part, too, the one that holds everything. What takes a `Part` sees nothing else, so that a page drawn from
the part of its entry is a function of that part.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from overt.model import Fact
from overt.profile.schema import Profile
from overt.protect import (
    PublicAsked,
    PublicNotSaid,
    PublicOrigin,
    PublicPicture,
    PublicSource,
    PublicStatement,
    PublicThing,
)
from overt.protect.pictures import ENDINGS
from overt.publish.notices import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Entries with what was cleared about them, and the profile's labels for it.

    `by_thing` are the statements about an entry, by id; `facts_of` its facts; `beside` the entries that share a row of
    a count with it; `pictures` are by the statement or entry that they belong to; `asked` and `not_said` by the entry;
    `slugs` the ids as they stand in addresses.
    """

    profile: Profile
    is_draft: bool = False
    is_demonstration: bool = False
    notices: tuple[Notice, ...] = ()
    statements: dict[str, PublicStatement] = field(default_factory=dict)
    things: dict[str, PublicThing] = field(default_factory=dict)
    sources: dict[str, PublicSource] = field(default_factory=dict)
    origins: dict[str, PublicOrigin] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    by_thing: dict[str, tuple[PublicStatement, ...]] = field(default_factory=dict)
    facts_of: dict[str, tuple[Fact, ...]] = field(default_factory=dict)
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: dict[str, tuple[PublicPicture, ...]] = field(default_factory=dict)
    asked: dict[str, tuple[PublicAsked, ...]] = field(default_factory=dict)
    not_said: dict[str, tuple[PublicNotSaid, ...]] = field(default_factory=dict)

    def about(self, thing: str) -> tuple[PublicStatement, ...]:
        """Return the statements about a thing, by id."""
        return self.by_thing.get(thing, ())

    def disputes(self, identifier: str) -> list[Notice]:
        """Return the notices that a statement or thing is disputed."""
        return [n for n in self.notices if n.sort == "disputed" and identifier in (*n.statements, *n.things)]

    def roots(self, fact: Fact) -> tuple[str, ...]:
        """Return the origins on which the support of a fact rests, as far as they may be shown."""
        return tuple(origin for origin in fact.origins or fact.alleging_origins if origin in self.origins)

    def picture(self, picture: PublicPicture) -> str:
        """Return the path of a picture. By the id in it, what withdraws its statement or entry takes it away."""
        return f"pictures/{self.slugs[picture.of]}-{picture.id[:12]}{ENDINGS[picture.media_type]}"

    def page(self, thing: str) -> str:
        """Return the name of an entry's page: opaque, so that no name stands in an address."""
        folder = "sites" if self.things[thing].is_counted else "others"
        return f"{folder}/{self.slugs[thing]}.html"


_T = TypeVar("_T")


def by(items: Iterable[_T], key: Callable[[_T], str]) -> dict[str, tuple[_T, ...]]:
    """Return items by a key, in their order."""
    out: dict[str, list[_T]] = {}
    for item in items:
        out.setdefault(key(item), []).append(item)
    return {name: tuple(members) for name, members in out.items()}
