"""The table of places: loaded once from the file that ships, read lazily row by row.

GeoNames (CC BY 4.0) names, points and inhabitants; CLDR names of countries; a hand-made supplement. How it is made:
scripts/make_gazetteer.py. The index of names is a plain dictionary; a place becomes a noun when it is asked for.
"""

import lzma
import re
from functools import lru_cache
from importlib import resources

import msgspec

from overt.words.scripts import simplify


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A country, region or city.

    `id`: an ISO 3166 alpha-2 code for countries, `iso:XX-YYY` for regions (ISO 3166-2), `geonames:NNN` or
    `supplement:WORD` for cities and what is finer. `names`: language -> name. `radius_km`: the place lies within it
    around its point. `part_of`: the id of the next larger place, None for a country.
    """

    id: str
    kind: str
    names: dict[str, str]
    country: str
    lat: float
    lon: float
    radius_km: float
    part_of: str | None = None
    population: int = 0


class Named(msgspec.Struct, frozen=True, gc=False):
    """One place that a name can mean: the row, the language in which it means it ("" for any), and its rank."""

    row: int
    language: str
    rank: int


class Table(msgspec.Struct, frozen=True):
    """All rows as text, and the names: spaced ones by their exact letters, Han and kana ones in Simplified form."""

    rows: tuple[str, ...]
    at: dict[str, int]
    spaced: dict[str, list[Named]]
    heads: dict[str, tuple[int, ...]]
    han: dict[str, list[Named]]
    han_heads: dict[str, tuple[int, ...]]
    common: dict[str, frozenset[str]]


_FIRST_WORD = re.compile(r"[^\W\d_]+")

# A region that bears the name of its own chief city is hardly meant ("Madrid", "New York", "Utrecht"); in these it is.
REGION_WINS = frozenset({"iso:CA-QC", "iso:NL-LI"})
COUNTRY = 10**10  # the rank of countries in the file
_CITY_OF_REGION = 100_000


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table, loaded when it is first asked for."""
    folder = resources.files("overt.places").joinpath("data")
    text = lzma.decompress(folder.joinpath("places.tsv.xz").read_bytes()).decode("utf-8")
    rows = tuple(line for line in text.split("\n") if line and line[0] != "#")
    at: dict[str, int] = {}
    spaced: dict[str, list[Named]] = {}
    han: dict[str, list[Named]] = {}
    for number, row in enumerate(rows):
        place_id, _, _, _, _, _, _, rank, _, _, aliases = row.split("\t")
        at[place_id] = number
        for alias in aliases.split("|"):
            language, _, name = alias.partition(":")
            named = Named(number, language, int(rank))
            if name.isascii():
                spaced.setdefault(name, []).append(named)
            elif ord(name[0]) >= 0x2E80:
                key = simplify(name)
                kept = han.setdefault(key, [])
                if not any(other.row == number for other in kept):
                    kept.append(named)
            else:
                for form in {name, name.replace("’", "'")}:
                    spaced.setdefault(form, []).append(named)
    common = {}
    for line in folder.joinpath("common.tsv").read_text(encoding="utf-8").splitlines():
        if line and line[0] != "#":
            name, _, languages = line.partition("\t")
            common[simplify(name)] = frozenset(languages.split())
    _settle(rows, spaced)
    _settle(rows, han)
    return Table(rows, at, spaced, _heads(spaced), han, _han_heads(han), common)


def _settle(rows: tuple[str, ...], names: dict[str, list[Named]]) -> None:
    """Sort what each name can mean, the likeliest first; a chief city goes before the region of its name."""
    for name, kept in names.items():
        if len(kept) < 2:
            continue
        cities = {
            rows[n.row].split("\t", 3)[2] for n in kept if n.rank >= _CITY_OF_REGION and "\tcity\t" in rows[n.row]
        }
        for at, named in enumerate(kept):
            place_id, kind, country, _ = rows[named.row].split("\t", 3)
            if kind == "region" and country in cities and place_id not in REGION_WINS:
                kept[at] = Named(named.row, named.language, 1)
        names[name] = sorted(kept, key=lambda n: (-n.rank, n.row))


def _heads(names: dict[str, list[Named]]) -> dict[str, tuple[int, ...]]:
    """Return first word -> the lengths of the names that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        head = _FIRST_WORD.match(name)
        if head:
            found.setdefault(head[0], set()).add(len(name))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


def _han_heads(names: dict[str, list[Named]]) -> dict[str, tuple[int, ...]]:
    """Return first character -> the lengths of the names that begin with it, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        found.setdefault(name[0], set()).add(len(name))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in found.items()}


@lru_cache(maxsize=65536)
def place_at(number: int) -> Place:
    """Return the place of a row."""
    place_id, kind, country, lat, lon, radius_km, population, _, part_of, names, _ = table().rows[number].split("\t")
    return Place(
        id=place_id,
        kind=kind,
        names=dict(name.split("=", 1) for name in names.split("|")),
        country=country,
        lat=float(lat),
        lon=float(lon),
        radius_km=float(radius_km),
        part_of=part_of or None,
        population=int(population),
    )


def get(place_id: str) -> Place | None:
    """Return the place of an id, None where there is none."""
    number = table().at.get(place_id)
    return None if number is None else place_at(number)


def chain(place_id: str) -> tuple[str, ...]:
    """Return the id and the ids of all that it is part of, outwards; empty for an unknown id."""
    out: list[str] = []
    place = get(place_id)
    while place is not None and place.id not in out:
        out.append(place.id)
        place = get(place.part_of) if place.part_of else None
    return tuple(out)


def contains(outer: str, inner: str) -> bool:
    """True where `inner` is `outer` or lies in it."""
    return outer == inner or outer in chain(inner)


def country_of(place_id: str) -> str | None:
    """Return the alpha-2 code of the country of a place, None for an unknown id."""
    place = get(place_id)
    return None if place is None else place.country


def label(place_id: str, language: str) -> str:
    """Return the name of a place in a language, else its English name, else the id."""
    place = get(place_id)
    if place is None:
        return place_id
    if language == "zh":
        language = "zh-Hans"
    return place.names.get(language) or place.names.get(language.split("-")[0]) or place.names.get("en", place_id)


def radius(place_id: str) -> float:
    """Return within how many kilometres of its point the place lies, 0 for an unknown id."""
    place = get(place_id)
    return 0.0 if place is None else place.radius_km
