"""Maps of the counted rows: one of the world, and one of each part of it where several cities lie.

In: a count's rows as views, and a book. Out: sheets with outlines and marks, for a template to draw as SVG. A city is
drawn as the area in which the site lies, never as a pin; a row without a city has no mark and colours its country
alone. What a map shows stands as a table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from overt.protect import PublicPlace
from overt.publish import shapes
from overt.publish.book import Book
from overt.publish.positions import is_said_so, states
from overt.publish.rows import CountryView, RowView

_WIDTH = 960.0
_LEAST = 5.0  # units: the smallest mark that can be seen and touched
_NEAR = {"110m": 0.5, "50m": 0.9}
_MARGIN = 0.02

# Parts of the world that get a map of their own: west, south, east, north in degrees.
PARTS = {
    "europe": (-11.0, 35.0, 32.0, 61.0),
    "north_america": (-128.0, 14.0, -60.0, 53.0),
    "south_america": (-82.0, -56.0, -34.0, 13.0),
    "africa": (-19.0, -35.5, 52.0, 37.5),
    "asia": (40.0, -11.0, 146.0, 50.0),
    "oceania": (112.0, -47.0, 180.0, -9.0),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: its code, the `d` of its path, how many rows lie in it, and whether pages tell of anything there."""

    code: str
    d: str
    rows: int
    is_told: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A city: where, how wide (units), its rows, and its state: `denied`, `closed` or `said`."""

    x: float
    y: float
    r: float
    place: PublicPlace
    rows: tuple[RowView, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One map: its part of the world (or `world`), size in units, countries, and marks, the widest first."""

    part: str
    width: int
    height: int
    outlines: tuple[Outline, ...]
    marks: tuple[Mark, ...]


def sheets(book: Book, countries: Sequence[CountryView]) -> tuple[Sheet, ...]:
    """Return the map of the world, and those of the parts of it in which at least two cities with rows lie."""
    cities = _cities(book, countries)
    rows = {country.code: len(country.rows) for country in countries if country.code}
    out = [_sheet(book, "world", (-168.0, -56.0, 190.0, 78.0), "110m", cities, rows)]
    for part, (west, south, east, north) in PARTS.items():
        inside = {
            key: (place, many)
            for key, (place, many) in cities.items()
            if south <= (place.lat or 0) <= north and west <= (place.lon or 0) <= east
        }
        if len(inside) >= 2:
            out.append(_sheet(book, part, (west, south, east, north), "50m", inside, rows))
    return tuple(out)


def _cities(book: Book, countries: Sequence[CountryView]) -> dict[str, tuple[PublicPlace, tuple[RowView, ...]]]:
    found: dict[str, tuple[PublicPlace, tuple[RowView, ...]]] = {}
    for country in countries:
        for row in country.rows:
            places = (book.things[part.thing].place for part in row.parts)
            place = next((p for p in places if p is not None and p.precision == "city" and p.lat is not None), None)
            if place is not None:
                found[place.id] = (place, (*found.get(place.id, (place, ()))[1], row))
    return dict(sorted(found.items()))


def _sheet(
    book: Book,
    part: str,
    box: tuple[float, float, float, float],
    detail: str,
    cities: dict[str, tuple[PublicPlace, tuple[RowView, ...]]],
    rows: dict[str, int],
) -> Sheet:
    left, top, right, bottom = _frame(box)
    scale = _WIDTH / (right - left)
    drawn, told = [], {thing.country for thing in book.things.values()}
    for code, rings in shapes.outlines(detail).items():
        inside = [ring for ring in rings if _touches(ring, left, top, right, bottom)]
        d = shapes.path(inside, scale, left, top, _NEAR[detail])
        if d:
            drawn.append(Outline(code, d, rows.get(code, 0), code in told))
    marks = [_mark(book, place, many, scale, left, top) for place, many in cities.values()]
    marks.sort(key=lambda mark: (-mark.r, mark.place.id))
    return Sheet(part, round(_WIDTH), round((bottom - top) * scale), tuple(drawn), tuple(marks))


def _frame(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    edge = [
        shapes.project(lon, lat)
        for lon in (west, (west + east) / 2, east)
        for lat in (south, (south + north) / 2, north)
    ]
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    return min(xs) - _MARGIN, min(ys) - _MARGIN, max(xs) + _MARGIN, max(ys) + _MARGIN


def _touches(ring: tuple[shapes.Point, ...], left: float, top: float, right: float, bottom: float) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs) < right and max(xs) > left and min(ys) < bottom and max(ys) > top


def _mark(book: Book, place: PublicPlace, rows: tuple[RowView, ...], scale: float, left: float, top: float) -> Mark:
    x, y = shapes.project(shapes.on_sheet(place.lon or 0), place.lat or 0)
    _, above = shapes.project(shapes.on_sheet(place.lon or 0), (place.lat or 0) + (place.radius_km or 0) / 111.2)
    radius = max(_LEAST, abs(y - above) * scale)
    states_of = {_state(book, row) for row in rows}
    state = "said" if "said" in states_of else "closed" if "closed" in states_of else "denied"
    return Mark(round((x - left) * scale, 1), round((y - top) * scale, 1), round(radius, 1), place, rows, state)


def _state(book: Book, row: RowView) -> str:
    """Return what is said of a row: `denied` by somebody, said to be `closed` at last, or `said` to be there."""
    if any(kind == "denied" for part in row.parts for kind, _ in part.notes):
        return "denied"
    last = [said[-1] for part in row.parts if (said := [s for s in states(book, part.thing) if is_said_so(s)])]
    over = book.profile.properties["status"].over if "status" in book.profile.properties else ()
    return "closed" if last and all(s.value.normal in over for s in last) else "said"
