"""Coverage: the earliest page in this case per language, of an entry or of a country, and the languages without one.

In: a book. Out: for each language one of four things, never a blank: a date, pages without a date, looked at and none
found, not looked at. "Earliest" is always "in this case".
"""

from collections import defaultdict
from dataclasses import dataclass

from overt.model import Statement
from overt.protect import PublicStatement
from overt.publish.book import Book
from overt.weigh import earliest_of


@dataclass(frozen=True, slots=True)
class First:
    """The earliest statement in one language, and how many days at least after the earliest of all."""

    language: str
    statement: PublicStatement
    days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of an entry's id or a country's code (`of`): dated languages in order of time, and the others by what is missing.

    `undated`: told only by pages without a date. `silent`: looked at, none found. `unseen`: not looked at.
    """

    of: str
    earliest: tuple[First, ...]
    undated: tuple[First, ...]
    silent: tuple[str, ...]
    unseen: tuple[str, ...]

    @property
    def days(self) -> int:
        """Days between the earliest page and the earliest one of the language that came last, at least."""
        return max((one.days for one in self.earliest), default=0)


def of_thing(book: Book, thing: str) -> Coverage:
    """Return the coverage of one entry, of any kind."""
    return _coverage(book, thing, list(book.basis_of.get(thing, ())))


def of_countries(book: Book) -> tuple[Coverage, ...]:
    """Return the coverage of each country in which a single entry of a counted kind lies, by the country's code."""
    within: dict[str, list[Statement]] = defaultdict(list)
    for key, thing in book.things.items():
        if thing.is_counted and thing.country:
            within[thing.country] += book.basis_of.get(key, ())
    return tuple(_coverage(book, country, within[country]) for country in sorted(within))


def elsewhere(book: Book) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (country, entries) of the countries of which something is said, but of no single entry that counts."""
    found: dict[str, list[str]] = defaultdict(list)
    counted = {thing.country for thing in book.things.values() if thing.is_counted}
    for key, thing in sorted(book.things.items()):
        if thing.country and thing.country not in counted:
            found[thing.country].append(key)
    return tuple((country, tuple(found[country])) for country in sorted(found))


def _coverage(book: Book, of: str, many: list[Statement]) -> Coverage:
    dated = tuple(
        First(one.language, book.statements[one.statement], one.days)
        for one in earliest_of(many)
        if one.statement in book.statements
    )
    spoken = {one.language for one in dated}
    undated: dict[str, First] = {}
    for statement in sorted(many, key=lambda s: s.id):
        language = (statement.language or "").split("-")[0].lower()
        shown = book.statements.get(statement.parent or statement.id)
        if language in book.languages - spoken and shown is not None:
            undated.setdefault(language, First(language, shown, 0))
    return Coverage(
        of=of,
        earliest=dated,
        undated=tuple(undated[language] for language in sorted(undated)),
        silent=tuple(sorted(book.languages - spoken - set(undated))),
        unseen=book.unseen,
    )
