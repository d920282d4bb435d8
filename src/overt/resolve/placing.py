"""Two names' places compared: equal, likely equal, one inside the other, undecided, or two; and slips of the pen."""

import msgspec

from overt.places import china, gazetteer
from overt.resolve.core import slip
from overt.resolve.outcome import CONFLICT, EQUAL, HOLDS, INSIDE, LIKELY, MISSING, OPEN, Feature, feature
from overt.resolve.parts import Parts
from overt.resolve.spots import HOME, Spot, contains


def compare_places(name: str, a: tuple[Spot, ...], b: tuple[Spot, ...]) -> Feature | None:
    if not a and not b:
        return None
    if not a or not b:
        words = " and ".join(s.words for s in a or b) or "the home state"
        return feature(
            name, MISSING, f"only one names a place {'abroad' if name == 'host' else 'at home'}: {words}", 0.2
        )
    found = [[_relation(s, t) for t in b] for s in a]
    if len(a) == len(b) == 1:
        return feature(name, *found[0][0])
    mine = [min((r for r in row), key=lambda r: _ORDER.index(r[0])) for row in found]
    theirs = [min((row[at] for row in found), key=lambda r: _ORDER.index(r[0])) for at in range(len(b))]
    best = [*mine, *theirs]
    worst = max(best, key=lambda r: _ORDER.index(r[0]))
    if all(r[0] == CONFLICT for r in best):
        return feature(name, CONFLICT, best[0][1])
    if worst[0] in (EQUAL, LIKELY):
        return feature(name, *worst)
    return feature(name, OPEN, "the names name several places, not all the same", 0.3)


_ORDER = (EQUAL, LIKELY, INSIDE, HOLDS, OPEN, CONFLICT)


def place_label(place: str) -> str:
    if place.startswith("cn:"):
        one = china.divisions().by_id[place]
        return f"{one.name} ({' '.join(one.sound)})"
    return gazetteer.label(place, "en")


def _relation(one: Spot, other: Spot) -> tuple[str, str]:
    """Return how two places stand to each other, and the reason in words."""
    a, b = set(one.ids), set(other.ids)
    many = " or ".join(place_label(i) for i in (*one.ids[:3], *(i for i in other.ids[:3] if i not in a)))
    if a == b and len(a) == 1:
        return EQUAL, f"the same place: {place_label(one.ids[0])}"
    if a == b and one.key and one.key == other.key:
        return EQUAL, f"the same words for a place, which can be {many}"
    if a & b:
        if one.best is not None and one.best == other.best and one.best in a & b:
            return LIKELY, f"most likely the same place: {place_label(one.best)}, though the letters can mean {many}"
        return OPEN, f"the letters can mean several places: {many}"
    tops = one.best or (one.ids[0] if one.is_sure else None), other.best or (other.ids[0] if other.is_sure else None)
    related = any(contains(i, j) or contains(j, i) for i in a for j in b)
    if not related:
        return CONFLICT, f"two places: {place_label(one.ids[0])} and {place_label(other.ids[0])}"
    if tops[0] and tops[1]:
        if contains(tops[1], tops[0]):
            return INSIDE, f"{place_label(tops[0])} lies in {place_label(tops[1])}"
        if contains(tops[0], tops[1]):
            return HOLDS, f"{place_label(tops[1])} lies in {place_label(tops[0])}"
    if all(any(contains(j, i) for j in b) for i in a):
        return INSIDE, f"{one.words} lies in {place_label(other.ids[0])}"
    if all(any(contains(i, j) for i in a) for j in b):
        return HOLDS, f"{other.words} lies in {place_label(one.ids[0])}"
    return OPEN, f"the letters can mean several places, of which some lie in the other: {many}"


def with_slips(left: Parts, right: Parts) -> tuple[Parts, Parts, list[Feature]]:
    """Take a word that no lexicon knows for the place of the other name, where it is that place but for a letter."""
    out: list[Feature] = []
    left, found = _slip(left, right)
    out += found
    right, found = _slip(right, left)
    return left, right, out + found


def _slip(mine: Parts, theirs: Parts) -> tuple[Parts, list[Feature]]:
    if not mine.core:
        return mine, []
    for attribute in ("seat", "host"):
        have: tuple[Spot, ...] = getattr(mine, attribute)
        wanted: tuple[Spot, ...] = getattr(theirs, attribute)
        if len(wanted) != 1 or wanted[0].is_people or (have and have[0].ids != (HOME,)):
            continue
        at = slip(mine.core, wanted[0])
        if at is None:
            continue
        word = mine.core[at[0]] if at[1] == at[0] + 1 else " ".join(mine.core[at[0] : at[1]])
        spot = msgspec.structs.replace(wanted[0], words=word)
        rest = mine.core[: at[0]] + mine.core[at[1] :]
        other = bool(mine.organs or mine.kind or mine.traits or mine.han or mine.units)
        changed: dict[str, object] = {attribute: (spot,), "core": rest}
        if not rest and not other:
            changed["looks_personal"] = False
        made = msgspec.structs.replace(mine, **changed)
        return made, [feature("place", LIKELY, f"{word} is taken for a misspelling of {place_label(wanted[0].ids[0])}")]
    return mine, []
