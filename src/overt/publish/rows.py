"""A count as a table: rows of our own labels, countries, parts with their roots; and reported counts beside recounts.

In: a book and labels. Out: rows whose numbers are the lengths of what stands on the page.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from overt.model import Count, ReportedCount, Support
from overt.protect import PublicStatement, Words
from overt.publish.book import Book, recount_day
from overt.publish.labels import Labels
from overt.publish.positions import is_said_so, states
from overt.weigh import not_comparable, rules, support_word


@dataclass(frozen=True, slots=True)
class PartView:
    """One entry behind a row: the support of its existence, the roots that this rests on, and what must be said beside
    it (`denied`, `finding` or `state`, each with its statement)."""

    thing: str
    support: Support
    fact: str
    roots: tuple[str, ...]
    notes: tuple[tuple[str, PublicStatement], ...]
    is_unjudged: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """One unit of the headline. `opens_city`: of the rows in its city, it is the first on the page."""

    country: str
    place: str
    city: str | None
    parts: tuple[PartView, ...]
    is_open: bool
    operators: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    opens_city: bool = False

    @property
    def support(self) -> str:
        """The strongest support of a part, as a code."""
        return max(part.support for part in self.parts).word

    @property
    def root_count(self) -> int:
        """The most roots that a part has."""
        return max(len(part.roots) for part in self.parts)


@dataclass(frozen=True, slots=True)
class CountryView:
    """The rows of one country; `code` is empty where none was said."""

    code: str
    name: str
    rows: tuple[RowView, ...]


def countries(book: Book, labels: Labels, count: Count) -> tuple[CountryView, ...]:
    """Return a count's rows by country, in order of the countries' codes, so that both languages agree."""
    # The counts live as long as the book of these labels does, so their identities are not given to others.
    return labels.kept(("countries", id(count)), partial(_countries, book, labels, count))


def _countries(book: Book, labels: Labels, count: Count) -> tuple[CountryView, ...]:
    by: dict[str, list[RowView]] = {}
    for row in count.rows:
        things = [book.things[part.entity] for part in row.parts]
        thing = next((t for t in things if t.place and t.place.precision == "city"), things[0])
        city = thing.place.id if thing.place and thing.place.precision == "city" else None
        parts = []
        for part in row.parts:
            fact = book.fact(part.fact)
            parts.append(
                PartView(
                    thing=part.entity,
                    support=part.support,
                    fact=part.fact,
                    roots=book.roots(fact) if fact else (),
                    notes=labels.kept(("notes", part.entity), partial(notes, book, part.entity)),
                    is_unjudged=part.unjudged,
                )
            )
        parts.sort(key=lambda p: p.thing)
        country = thing.country or ""
        entities = tuple(part.thing for part in parts)
        said = labels.kept(("said of", "\n".join(entities)), partial(_said_of, book, labels, entities))
        view = RowView(country, labels.city(thing), city, tuple(parts), row.open, *said)
        by.setdefault(country, []).append(view)
    seen: set[str] = set()
    return tuple(
        CountryView(
            code,
            labels.words.country(code or None),
            tuple(_opening(sorted(by[code], key=lambda row: row.parts[0].thing), seen)),
        )
        for code in sorted(by, key=lambda code: (code == "", code))
    )


def _opening(rows: Iterable[RowView], seen: set[str]) -> Iterator[RowView]:
    for row in rows:
        yield replace(row, opens_city=True) if row.city and row.city not in seen else row
        seen.add(row.city or "")


def _said_of(book: Book, labels: Labels, things: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (operators, states) as some accepted statement says they are, by which the rows can be filtered."""
    operators: set[str] = set()
    said: set[str] = set()
    for thing in things:
        for statement in book.about(thing):
            if statement.implied or not is_said_so(statement):
                continue
            if statement.property == "operator":
                operators.add(labels.words.plain(labels.value(statement)))
            elif statement.property == "status":
                said.add(labels.words.plain(labels.value(statement)))
    return tuple(sorted(operators)), tuple(sorted(said))


def notes(book: Book, thing: str) -> tuple[tuple[str, PublicStatement], ...]:
    """Return what is said beside a counted entry: the first denial, findings, and the last state by each value."""
    out: list[tuple[str, PublicStatement]] = []
    about = sorted(book.about(thing), key=lambda s: (s.published or "9999", s.id))
    denials = [s for s in about if s.property == "existence" and not s.implied and not is_said_so(s)]
    out += [("denied", s) for s in denials[:1]]
    rules_of = book.profile.properties
    out += [("finding", s) for s in about if rules_of[s.property].finding and is_said_so(s) and not s.implied]
    last = {(s.value.normal or str(s.value.words)): s for s in states(book, thing)}
    return (*out, *(("state", s) for s in last.values()))


@lru_cache(maxsize=65536)
def place_anchor(row_place: str) -> str:
    """Return the anchor of a city's rows."""
    return "p-" + re.sub(r"[^A-Za-z0-9]+", "-", row_place)


def reason_words(book: Book, labels: Labels, thing: str, reason: str) -> Words:
    """Return in the page's language why an entry is in no row; a reason of no rule is shown as it came."""
    chinese, words = labels.words.language == "zh", reason
    look_alike = book.profile.kinds[book.things[thing].kind].look_alike
    if look_alike and not book.things[thing].is_group:
        words = labels.words.pick(look_alike)
    elif chinese:
        told = rules()
        for code, text in told.reasons["en"].items():
            for support in Support:
                if reason == text.format(support=support_word(support, "en")):
                    words = told.reasons["zh"][code].format(support=support_word(support, "zh"))
    return book.cleared.show(words)


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
    day: str | None
    recount: Recount | None
    why_not: Words
    conflation: Words


def reported(book: Book, labels: Labels) -> tuple[ReportedView, ...]:
    """Return the quoted numbers in order of their day, each with the recount where its list can be shown."""
    return tuple(
        ReportedView(
            statement=book.statements[item.statement],
            number=item.number,
            day=recount_day(item, book.statements[item.statement]),
            recount=_recount(book, labels, item),
            why_not=book.cleared.show(_in_words(item, labels)),
            conflation=book.cleared.show(item.conflation or ""),
        )
        for item in book.reported
    )


def told_once(reported: Iterable[ReportedView]) -> tuple[tuple[ReportedView, ...], ...]:
    """Return quoted numbers in groups: one number of one root, of one unit and place, however many pages give it.

    The order is that of the numbers given, within a group too, so that the first of each is its earliest.
    """
    found: dict[tuple[object, ...], list[ReportedView]] = {}
    for item in reported:
        statement = item.statement
        root = statement.origin or (statement.voice.organisation, statement.voice.role)
        where = statement.where.id if statement.where else None
        key = (root, item.number, statement.qualifier, statement.value.unit, where, statement.whose)
        found.setdefault(key, []).append(item)
    return tuple(map(tuple, found.values()))


def _in_words(item: ReportedCount, labels: Labels) -> str:
    """Return in the page's language why a number does not stand beside a recount; what no rule says, as it came."""
    if item.why_not is None or labels.words.language != "zh":
        return item.why_not or ""
    for code in rules().not_comparable["en"]:
        for what in (item.whose or "", item.where or ""):
            if not_comparable(code, "en", what) == item.why_not:
                return not_comparable(code, "zh", what)
    return item.why_not


def _recount(book: Book, labels: Labels, item: ReportedCount) -> Recount | None:
    statement = book.statements[item.statement]
    count = book.recounts.get(recount_day(item, statement) or "")
    if item.recount is None or count is None:
        return None
    lists = lengths(book, labels, count)
    where = statement.where
    if where is None:
        anchor = {"countries": "countries", "places": "places"}.get(rules().units.get(item.unit, ""), "rows")
    else:
        anchor = place_anchor(where.id) if where.precision == "city" else f"c-{where.country}"
    # A number whose list is not of its length is not shown: the rule has no exception.
    if lists.get(anchor, 0) != item.recount:
        return None
    return Recount(item.recount, page_name(book, count), anchor)


def lengths(book: Book, labels: Labels, count: Count) -> dict[str, int]:
    """Return how long each list of a count's page is, by its anchor."""
    return labels.kept(("lengths", id(count)), partial(_lengths, book, labels, count))


def _lengths(book: Book, labels: Labels, count: Count) -> dict[str, int]:
    by = countries(book, labels, count)
    lists = {"rows": count.low, "countries": sum(bool(c.code) for c in by)}
    lists |= {f"c-{c.code}": len(c.rows) for c in by if c.code}
    for row in (row for country in by for row in country.rows if row.city):
        anchor = place_anchor(row.city or "")
        lists[anchor] = lists.get(anchor, 0) + 1
    lists["places"] = len({row.city for country in by for row in country.rows if row.city})
    return lists
