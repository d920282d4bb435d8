"""Levels of places: which city a place is or lies in."""

from overt.places import gazetteer

_WIDER = frozenset({"country", "region"})


def city_of(place: str | None) -> str | None:
    """Return the id of the city that a place is or lies in; None for what is wider than a city, or unknown."""
    at = gazetteer.get(place) if place else None
    city = None
    seen: set[str] = set()
    while at is not None and at.kind not in _WIDER and at.id not in seen:
        seen.add(at.id)
        city = at.id
        at = gazetteer.get(at.part_of) if at.part_of else None
    return city


def nested(one: str, other: str) -> bool:
    """True where one of two places lies in the other, or is it."""
    return gazetteer.contains(one, other) or gazetteer.contains(other, one)
