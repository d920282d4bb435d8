"""The pages of one entry: what they are drawn from, as one value that can be sent and hashed, and the drawing.

In: a book and a thing. Out: an `Entry`; from it and the frame of the release the pages in all languages. They depend on
these two alone: equal ones give the same bytes, whichever process draws them, and in whichever release.
"""

from collections.abc import Mapping

import msgspec

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
from overt.publish import coverage, positions
from overt.publish.book import Book
from overt.publish.checked import checks
from overt.publish.coverage import Coverage, First
from overt.publish.labels import Labels
from overt.publish.notices import Notice
from overt.publish.page import draw
from overt.publish.part import Part, by
from overt.publish.rooted import rooted
from overt.publish.words import LANGUAGES, catalogue

Firsts = tuple[tuple[str, str, int], ...]  # language, statement, days


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What all pages of a release share."""

    profile: Profile
    is_draft: bool
    is_demonstration: bool


class Entry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """All that the pages of an entry show. `things` holds it first, then those beside it in a row of a count.

    `names`: language -> what each thing is called in its book. `earliest`, `undated`, `silent` and `unseen` are its
    coverage, with ids in the place of statements.
    """

    things: tuple[PublicThing, ...]
    names: dict[str, tuple[str, ...]]
    statements: tuple[PublicStatement, ...]
    sources: tuple[PublicSource, ...]
    origins: tuple[PublicOrigin, ...]
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    slugs: dict[str, str]
    pictures: tuple[PublicPicture, ...]
    asked: tuple[PublicAsked, ...]
    not_said: tuple[PublicNotSaid, ...]
    earliest: Firsts
    undated: Firsts
    silent: tuple[str, ...]
    unseen: tuple[str, ...]


def frame_of(book: Book) -> Frame:
    """Return the frame of a book's pages."""
    return Frame(profile=book.profile, is_draft=book.is_draft, is_demonstration=book.is_demonstration)


def entry_of(book: Book, thing: str, labels: Mapping[str, Labels]) -> Entry:
    """Return what the pages of a thing show.

    Args:
        book: what is published.
        thing: the id of an entry.
        labels: language -> the labels of the book.
    """
    statements, facts = book.about(thing), book.facts_of.get(thing, ())
    things = (thing, *book.beside.get(thing, ()))
    sources = sorted({s.source for s in statements})
    origins = {s.origin for s in statements if s.origin} | {origin for fact in facts for origin in book.roots(fact)}
    shown = sorted(origin for origin in origins if origin in book.origins)
    told = coverage.of_thing(book, thing)
    ids = (*things, *(s.id for s in statements), *sources, *shown, *(fact.id for fact in facts))
    # Numbers are not unique: two copies of a case may each have given one.
    disputed = [n for i in (thing, *(s.id for s in statements)) for n in book.disputes(i)]
    return Entry(
        things=tuple(book.things[one] for one in things),
        names={language: tuple(one.thing(t) for t in things) for language, one in labels.items()},
        statements=statements,
        sources=tuple(book.sources[source] for source in sources),
        origins=tuple(book.origins[origin] for origin in shown),
        facts=facts,
        notices=tuple(n for n in book.notices if n in disputed),
        slugs={one: book.slugs[one] for one in ids},
        asked=book.asked.get(thing, ()),
        not_said=book.not_said.get(thing, ()),
        pictures=tuple(p for one in (thing, *(s.id for s in statements)) for p in book.pictures.get(one, ())),
        earliest=_flat(told.earliest),
        undated=_flat(told.undated),
        silent=told.silent,
        unseen=told.unseen,
    )


def _flat(firsts: tuple[First, ...]) -> Firsts:
    return tuple((first.language, first.statement.id, first.days) for first in firsts)


def entry_pages(entry: Entry, frame: Frame) -> dict[str, bytes]:
    """Return the pages of an entry, path -> bytes."""
    thing = entry.things[0].id
    part = _part(entry, frame)
    said = part.statements
    told = Coverage(
        of=thing,
        earliest=tuple(First(language, said[i], days) for language, i, days in entry.earliest),
        undated=tuple(First(language, said[i], days) for language, i, days in entry.undated),
        silent=entry.silent,
        unseen=entry.unseen,
    )
    shown = {
        "thing": part.things[thing],
        "is_weak": positions.is_weak(part, thing),
        "coverage": told,
        "rooted": rooted(part, thing),
        "checks": checks(part, thing),
        "findings_and_rest": positions.rows_of(part, thing),
    }
    page, out = part.page(thing), {}
    for language in LANGUAGES:
        names = dict(zip(part.things, entry.names[language], strict=True))
        labels = Labels(part, catalogue(language), names)
        path = f"{language}/{page}"
        out[path] = draw(part, labels, "thing.html", path, page, names[thing], **shown)
    return out


def _part(entry: Entry, frame: Frame) -> Part:
    thing = entry.things[0].id
    return Part(
        profile=frame.profile,
        is_draft=frame.is_draft,
        is_demonstration=frame.is_demonstration,
        notices=entry.notices,
        statements={s.id: s for s in entry.statements},
        things={one.id: one for one in entry.things},
        sources={source.id: source for source in entry.sources},
        origins={origin.id: origin for origin in entry.origins},
        slugs=entry.slugs,
        by_thing={thing: entry.statements},
        facts_of={thing: entry.facts},
        beside={thing: tuple(one.id for one in entry.things[1:])},
        asked={thing: entry.asked},
        not_said={thing: entry.not_said},
        pictures=by(entry.pictures, lambda picture: picture.of),
    )
