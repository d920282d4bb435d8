"""A count as a table: rows of our own labels, countries, parts with their roots; and reported counts beside recounts.

In: a book and labels. Out: rows whose numbers are the lengths of what stands on the page.
"""

import re
from dataclasses import dataclass

from overt.model import Count, ReportedCount, Support
from overt.protect import PublicStatement, Words
from overt.publish.book import Book, recount_day
from overt.publish.labels import Labels


@dataclass(frozen=True, slots=True)
class PartView:
    """One entry behind a row, with the support of its existence and the roots that this rests on."""

    thing: str
    support: Support
    fact: str
    roots: tuple[str, ...]
    notes: tuple[Words, ...]
    is_unjudged: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One unit of the headline."""

    country: str
    place: str
    parts: tuple[PartView, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class CountryView:
    """The rows of one country; `code` is empty where none was said."""

    code: str
    name: str
    rows: tuple[RowView, ...]


def countries(book: Book, labels: Labels, count: Count) -> tuple[CountryView, ...]:
    """Return a count's rows by country, in order of the countries' codes, so that both languages agree."""
    by: dict[str, list[RowView]] = {}
    for row in count.rows:
        thing = book.things[row.parts[0].entity]
        parts = []
        for part in row.parts:
            fact = book.fact(part.fact)
            parts.append(
                PartView(
                    thing=part.entity,
                    support=part.support,
                    fact=part.fact,
                    roots=book.roots(fact) if fact else (),
                    notes=tuple(book.cleared.show(note) for note in part.notes),
                    is_unjudged=part.unjudged,
                )
            )
        parts.sort(key=lambda p: p.thing)
        country = thing.country or ""
        by.setdefault(country, []).append(RowView(country, labels.city(thing), tuple(parts), row.open))
    return tuple(
        CountryView(
            code,
            labels.words.country(code or None),
            tuple(sorted(by[code], key=lambda row: row.parts[0].thing)),
        )
        for code in sorted(by, key=lambda code: (code == "", code))
    )


def page_name(book: Book, count: Count) -> str:
    """Return the name of the page that lists a count's rows."""
    question = count.question
    kinds = [kind for kind, rule in book.profile.kinds.items() if rule.counted]
    parts = ["register"]
    if question.kind != kinds[0]:
        parts.append(re.sub(r"[^a-z0-9]+", "-", question.kind.lower()))
    if question.support is not Support.REPORTED:
        parts.append(question.support.word)
    if count in book.recounts.values():
        parts.append(re.sub(r"[^0-9]+", "-", question.as_of or ""))
    return "-".join(parts) + ".html"


@dataclass(frozen=True, slots=True)
class Recount:
    """Our number of the same day, with the page and the list on it that has exactly this length."""

    number: int
    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ReportedView:
    """A quoted number, its statement, and the recount or why there is none."""

    statement: PublicStatement
    number: float
    recount: Recount | None
    why_not: Words
    conflation: Words


def reported(book: Book, labels: Labels) -> tuple[ReportedView, ...]:
    """Return the quoted numbers in order of their day, each with the recount where its list can be shown."""
    return tuple(
        ReportedView(
            statement=book.statements[item.statement],
            number=item.number,
            recount=_recount(book, labels, item),
            why_not=book.cleared.show(item.why_not or ""),
            conflation=book.cleared.show(item.conflation or ""),
        )
        for item in book.reported
    )


def _recount(book: Book, labels: Labels, item: ReportedCount) -> Recount | None:
    statement = book.statements[item.statement]
    count = book.recounts.get(recount_day(item, statement) or "")
    if item.recount is None or count is None:
        return None
    by = countries(book, labels, count)
    lists = {"rows": count.low, "countries": sum(bool(c.code) for c in by)}
    lists |= {f"c-{c.code}": len(c.rows) for c in by if c.code}
    where = statement.where.country if statement.where is not None else None
    anchor = "countries" if item.unit == "countries" else f"c-{where}" if where else "rows"
    # A number whose list is not of its length is not shown: the rule has no exception.
    if lists.get(anchor, 0) != item.recount or not item.recount:
        return None
    return Recount(item.recount, page_name(book, count), anchor)
