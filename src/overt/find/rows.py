"""The rows of an address list as mentions and statements: each row is one mention of a thing, its issuer the voice.

Addresses and telephone numbers serve matching only: no quote and no value holds one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overt.find.recognise import Lookup
from overt.find.tables import PLACING, Cell, Listing, Row
from overt.model import Document, Mention, Stance, Value
from overt.model.canonical import digest
from overt.places import gazetteer
from overt.places.gazetteer import PlaceSpan
from overt.profile import Profile
from overt.words.dates import dates
from overt.words.phrases import matchable

_YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*年?\s*")
LONGEST_CELL = 200  # characters of a cell that can be a value


@dataclass(frozen=True, slots=True)
class RowFind:
    """One value of a row: the span lies in the passage `passage`."""

    mention: Mention
    property: str
    value: Value
    stance: Stance
    passage: int
    start: int
    end: int
    rule: str


def row_finds(
    listing: Listing,
    document: Document,
    address: str,
    language: str | None,
    published: str | None,
    lookup: Lookup,
    profile: Profile,
) -> Iterator[RowFind]:
    """Yield what each row of a list says of its thing.

    Args:
        listing: the list; its columns are properties, places or what serves matching.
        document: the reading. `address` is that of its sighting.
        language: the page's. `published` is its date, for relative dates.
        lookup: the vocabulary. `profile` gives kinds and value types.
    """
    kind = next((key for key, one in profile.kinds.items() if one.counted), None)
    starts = document.starts()
    if kind is None:
        return
    for row in listing.rows:
        places = _places(row, document, language, profile.home)
        mention = _mention(row, document, address, language, starts, kind, places, profile)
        if mention is None:
            continue
        for prop, rule in profile.properties.items():
            if rule.type == "place" and mention.place is not None and rule.implies is not None:
                span = next(((c, p) for c, p in places if p.place.id == mention.place), None)
                if span is not None:
                    value = Value(text=span[1].words, type="place", normal=mention.place)
                    yield RowFind(
                        mention, prop, value, Stance.STATES, span[0].passage, span[1].start, span[1].end, "rows"
                    )
        for cell in row.cells:
            if cell.column in profile.properties and profile.properties[cell.column].type != "place":
                yield from _values(cell, mention, document, language, published, lookup, profile)


def _places(row: Row, document: Document, language: str | None, home: str | None) -> list[tuple[Cell, PlaceSpan]]:
    """The places abroad that a row's placing cells name, finest first; its country tells places of one name apart."""
    prefer: tuple[str, ...] = ()
    found: list[tuple[Cell, PlaceSpan]] = []
    cells = sorted((c for c in row.cells if c.column in (*PLACING, "located_in", "name")), key=_order)
    for cell in cells:
        spans = gazetteer.find(document.passages[cell.passage].text, language, prefer)
        spans = [p for p in spans if p.place.country != home]
        if cell.column == "country" and spans:
            prefer = (spans[0].place.country,)
        if prefer:
            spans = [p for p in spans if p.place.country in prefer]
        found += [(cell, p) for p in spans]
    return sorted(found, key=lambda one: (one[1].place.kind != "city", _order(one[0]), one[1].start))


def _order(cell: Cell) -> int:
    return ("country", "city", "located_in", "address", "name").index(cell.column)


def _mention(
    row: Row,
    document: Document,
    address: str,
    language: str | None,
    starts: list[int],
    kind: str,
    places: list[tuple[Cell, PlaceSpan]],
    profile: Profile,
) -> Mention | None:
    """The row as one thing: placed at a city, or with a name of its own."""
    name = next((c for c in row.cells if c.column == "name"), None)
    street = next((c for c in row.cells if c.column == "address"), None)
    finest = places[0][1].place if places else None
    if finest is None or (finest.kind != "city" and name is None):
        return None
    cell = name or places[0][0]
    text = document.passages[cell.passage].text
    start = 0 if name else places[0][1].start
    end = len(text) if name else places[0][1].end
    at = starts[cell.passage]
    return Mention(
        id=digest(document.capture, address, start + at, end + at, kind, finest.id, None),
        capture=document.capture,
        address=address,
        document=document.id,
        passage=cell.passage,
        start=start + at,
        end=end + at,
        text=text[start:end][:LONGEST_CELL],
        kind=kind,
        language=language,
        place=finest.id,
        country=finest.country,
        names=(text[:LONGEST_CELL],) if name else (),
        street=document.passages[street.passage].text[:LONGEST_CELL] if street else None,
    )


def _values(
    cell: Cell,
    mention: Mention,
    document: Document,
    language: str | None,
    published: str | None,
    lookup: Lookup,
    profile: Profile,
) -> Iterator[RowFind]:
    text = document.passages[cell.passage].text
    prop, rule = cell.column, profile.properties[cell.column]
    whole = (cell.passage, 0, len(text))
    year = _YEAR.fullmatch(text) if rule.type == "date" else None
    if year is not None:
        # By itself four figures are no date; in a column of dates they are a year.
        value = Value(text=year[1], type="date", normal=year[1])
        yield RowFind(mention, prop, value, Stance.STATES, cell.passage, year.start(1), year.end(1), f"rows.{prop}")
    elif rule.type == "date":
        for date in dates(text, language, published)[:1]:
            value = Value(text=date.words, type="date", normal=date.edtf)
            yield RowFind(mention, prop, value, Stance.STATES, cell.passage, date.start, date.end, f"rows.{prop}")
    elif rule.type == "term":
        done: set[str] = set()
        for hit in lookup.find(matchable(text)).get("terms", ()):
            held, _, code = hit.key.partition(":")
            if held == prop and code.lstrip("-") not in done:
                done.add(code.lstrip("-"))
                stance = Stance.DENIES if code.startswith("-") else Stance.STATES
                value = Value(text=text[hit.start : hit.end], type="term", normal=code.lstrip("-"))
                yield RowFind(mention, prop, value, stance, cell.passage, hit.start, hit.end, f"rows.{prop}")
    elif rule.type in ("text", "entity") and 1 < len(text) <= LONGEST_CELL:
        value = Value(text=text, type=rule.type, normal=matchable(text))
        yield RowFind(mention, prop, value, Stance.STATES, *whole, f"rows.{prop}")
