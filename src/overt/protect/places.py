"""Places as they may be published: a city at most, and a point only for a city, never for a country or region."""

from collections.abc import Callable

import msgspec

from overt.places.gazetteer import Place
from overt.protect.public import PublicPlace

Lookup = Callable[[str], Place | None]
_COARSE = ("city", "region", "country")


def at_most(lookup: Lookup, precision: str) -> Lookup:
    """Return a lookup by which no place is finer than `precision` (city, region or country): a finer one is a part."""
    finer = _COARSE[: _COARSE.index(precision)] if precision in _COARSE else ()

    def coarse(place_id: str) -> Place | None:
        place = lookup(place_id)
        return msgspec.structs.replace(place, kind="part") if place is not None and place.kind in finer else place

    return coarse if finer else lookup


def city_level(place_id: str | None, lookup: Lookup) -> PublicPlace | None:
    """Return the finest place at or above `place_id` that may be public; None where the id is unknown."""
    seen: set[str] = set()
    place = lookup(place_id) if place_id else None
    while place is not None and place.kind not in _COARSE and place.id not in seen:
        seen.add(place.id)
        place = lookup(place.part_of) if place.part_of else lookup(place.country)
    if place is None or place.kind not in _COARSE:
        return None
    is_city = place.kind == "city"
    return PublicPlace(
        id=place.id,
        precision=place.kind,
        names=dict(sorted(place.names.items())),
        country=place.country,
        lat=place.lat if is_city else None,
        lon=place.lon if is_city else None,
        radius_km=place.radius_km if is_city else None,
    )
