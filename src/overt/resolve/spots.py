"""Places in a name: where a body belongs (its seat, in the home state) and where it stands (its host, elsewhere).

Names are short, so neighbours decide little; instead each spelling keeps all places that it can mean, and those that
fit the name's other places and its word for the level (county, city) stay.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from overt.places import china, gazetteer
from overt.places.table import COUNTRY, REGION_WINS, place_at, table
from overt.resolve.morphemes import Unit, morphemes, units
from overt.words.romanise import letters
from overt.words.scripts import has_cjk

HOME = "CN"
# A place is meant by a name alone where it is this much better known than the next one of the name.
CLEAR = 4
# Rank from which a place abroad is believed: led by "in" and the like, otherwise, and for common words (Reading).
_LEAST_LED = 30_000
_LEAST = 80_000
_LEAST_COMMON = 1_500_000
_LEAST_CHIEF = 100_000
_COMMON = 4
_LONGEST = 4
_LEAST_PINYIN = 4
_LEAST_OTHER = 5
_SUFFIX = {"省": 1, "市": 2, "县": 3, "区": 3, "州": 2, "旗": 3}
_BEFORE_COMMON = tuple("公市县区省侨警人政府法检统委分")
_PEOPLES = ("en", "es", "fr", "it", "de", "nl", "pt", "cs")


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a name: all ids that the words can mean, the one that they mean if anything (None where no one is
    clearly the best known), and the words in bare letters and as printed."""

    ids: tuple[str, ...]
    best: str | None
    key: str
    words: str
    start: int
    end: int
    is_people: bool = False

    @property
    def is_sure(self) -> bool:
        """True where the words mean one place only."""
        return len(self.ids) == 1


def contains(outer: str, inner: str) -> bool:
    """True where `inner` is `outer` or lies in it."""
    return outer == inner or china.inside(inner, outer) or (":" in inner + outer and gazetteer.contains(outer, inner))


def country(place: str) -> str:
    """Return the country of a place."""
    return HOME if place.startswith("cn:") else gazetteer.country_of(place) or place


@lru_cache(maxsize=1)
def _abroad() -> tuple[dict[tuple[str, ...], tuple[tuple[str, int], ...]], dict[str, int]]:
    """Return places outside the home state, and the state itself, by the units of their spaced names."""
    here = table()
    out: dict[tuple[str, ...], dict[str, int]] = {}
    for name, kept in here.spaced.items():
        if len(name) < 2:
            continue
        best = {n.row: n.rank for n in kept if _is_abroad(n.row) and n.rank >= _LEAST_LED}
        if name in here.common:
            # A common word is a place only where it is a large one; the sign is kept in the rank.
            best = {row: rank // _COMMON for row, rank in best.items()}
        if not best:
            continue
        key = (letters(name),) if name.isalpha() else tuple(unit.key for unit in units(name))
        kept_here = out.setdefault(key, {})
        for row, rank in best.items():
            place = place_at(row).id
            kept_here[place] = max(rank, kept_here.get(place, 0))
    longest: dict[str, int] = {}
    for key in out:
        if key:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return {k: tuple(sorted(v.items(), key=lambda p: (-p[1], p[0]))) for k, v in out.items()}, longest


@lru_cache(maxsize=1 << 16)
def _is_abroad(row: int) -> bool:
    place_id, _, land, _ = table().rows[row].split("\t", 3)
    return land != HOME or place_id == HOME


def _ranked(candidates: Sequence[tuple[str, int]]) -> tuple[tuple[str, ...], str | None]:
    """Return the ids, best known first, and the one that is clearly the best known."""
    order = sorted(_chief(candidates), key=lambda c: (-c[1], c[0]))
    top = order[0]
    # 长沙县 lies in 长沙市: who says the one means the other or a part of it, so they are no rivals.
    rivals = [c for c in order[1:] if not contains(top[0], c[0])]
    if not rivals:
        return (top[0],), top[0]
    is_clear = top[1] >= CLEAR * rivals[0][1]
    return (top[0], *(r[0] for r in rivals)), top[0] if is_clear else None


def _chief(candidates: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """Leave the region away that bears the name of its own chief city (大阪)."""
    cities = {gazetteer.country_of(i) for i, rank in candidates if i.startswith("geonames:") and rank >= _LEAST_CHIEF}
    return [
        c
        for c in candidates
        if not c[0].startswith("iso:") or c[0] in REGION_WINS or gazetteer.country_of(c[0]) not in cities
    ]


def _home(ids: Sequence[str]) -> list[tuple[str, int]]:
    by_id = china.divisions().by_id
    return [(i, by_id[i].rank) for i in ids]


def _han(row: Sequence[Unit], at: int) -> Spot | None:
    """Return the longest place of Han characters that begins at a unit."""
    here = table()
    end = at
    while end < len(row) and row[end].is_han and end - at < 12:
        end += 1
    text = "".join(unit.key for unit in row[at:end])
    small = morphemes().small
    if text[0] in small.dwelling and text[1:2] in small.lands and (at + 1 == len(row) or _han(row, at + 1) is None):
        land = small.lands[text[1]]
        return Spot(ids=(land,), best=land, key="", words=row[at].raw + row[at + 1].raw, start=at, end=at + 2)
    for length in range(len(text), 1, -1):
        words = text[:length]
        home = china.divisions().han.get(words)
        abroad = [(place_at(n.row).id, n.rank) for n in here.han.get(words, ()) if _is_abroad(n.row)]
        if home is None and not abroad:
            continue
        after = text[length : length + 1]
        by_id = china.divisions().by_id
        if home:
            if after and words + after in {by_id[i].name for i in home}:
                length += 1
                home = tuple(i for i in home if by_id[i].name == words + after)
            elif after in _SUFFIX and length == len(words) and any(by_id[i].level == _SUFFIX[after] for i in home):
                home = tuple(i for i in home if by_id[i].level == _SUFFIX[after])
                length += 1
            elif all(by_id[i].level == 3 and by_id[i].short == words for i in home) and (
                words in here.common and not after.startswith(_BEFORE_COMMON)
            ):
                home = None
        if not home and words in here.common and max((r for _, r in abroad), default=0) < _LEAST_COMMON:
            continue
        candidates = _home(home or ())
        if not candidates or max((r for _, r in abroad), default=0) >= COUNTRY:
            candidates += abroad
        if not candidates:
            continue
        ids, best = _ranked(candidates)
        return Spot(
            ids=ids, best=best, key="", words="".join(u.raw for u in row[at : at + length]), start=at, end=at + length
        )
    return None


def _spaced(row: Sequence[Unit], at: int, is_small: bool) -> Spot | None:
    """Return the longest place of spaced words that begins at a unit. `is_small`: the name has no capitals at all."""
    spellings, longest = _abroad()
    most = longest.get(row[at].key, 0)
    for length in range(min(most, len(row) - at), 0, -1):
        key = tuple(unit.key for unit in row[at : at + length])
        candidates = spellings.get(key)
        led = at > 0 and row[at - 1].key in morphemes().small.leading
        if candidates and candidates[0][1] < (_LEAST_LED if led else _LEAST) and not row[at].raw.isupper():
            candidates = None
        if candidates and (is_small or row[at].raw[:1].isupper() or row[at].raw[:1].isdigit()):
            if length == 1 and len(key[0]) < 4 and not row[at].raw.isupper():
                continue
            mine = _division(row, at, is_small)
            if mine is not None and mine.end >= at + length and candidates[0][1] < COUNTRY:
                return mine
            ids, best = _ranked(candidates)
            return _spot(ids, best, row, at, length)
    return _division(row, at, is_small)


def _division(row: Sequence[Unit], at: int, is_small: bool) -> Spot | None:
    """Return the division of China whose name in letters begins at a unit, with its syllables written apart or not."""
    if not (is_small or row[at].raw[:1].isupper()):
        return None
    here = china.divisions()
    for length in range(min(_LONGEST, len(row) - at), 0, -1):
        if any(unit.is_han for unit in row[at : at + length]):
            continue
        key = "".join(unit.key for unit in row[at : at + length])
        ids = here.pinyin.get(key) if len(key) >= _LEAST_PINYIN else None
        if ids is None and len(key) >= _LEAST_OTHER - (length == 1):
            ids = here.other.get(key)
        if ids:
            return _spot(*_ranked(_home(ids)), row, at, length)
    return None


def _spot(ids: tuple[str, ...], best: str | None, row: Sequence[Unit], at: int, length: int) -> Spot:
    part = row[at : at + length]
    key = "".join(u.key for u in part)
    return Spot(ids=ids, best=best, key=key, words=" ".join(u.raw for u in part), start=at, end=at + length)


def _people(row: Sequence[Unit], at: int) -> Spot | None:
    """Return the country of an adjective or name of a people at a unit (two words at most)."""
    for length in (2, 1):
        if at + length > len(row):
            continue
        words = " ".join(unit.raw for unit in row[at : at + length])
        land = _land(words)
        if land is not None:
            return Spot(ids=(land,), best=land, key="", words=words, start=at, end=at + length, is_people=True)
    return None


@lru_cache(maxsize=1 << 14)
def _land(words: str) -> str | None:
    if has_cjk(words) or len(words) < 4:
        return None
    for form in (words, words.capitalize(), words.lower()):
        for language in _PEOPLES:
            found = gazetteer.demonyms(form, language)
            if len(found) == 1 and found[0][0] == 0 and found[0][1] == len(form):
                return found[0][2]
    return None


def spot_at(row: Sequence[Unit], at: int, is_small: bool) -> Spot | None:
    """Return the longest place, or people, that begins at a unit; None where there is none."""
    if row[at].is_han:
        return _han(row, at)
    place = _spaced(row, at, is_small)
    people = _people(row, at)
    if people is not None and (place is None or people.end > place.end):
        return people
    return place


def narrowed(spots: Sequence[Spot], level: int | None) -> list[Spot]:
    """Return the spots with those meanings that fit each other, and the name's word for a level."""
    out: list[Spot] = []
    by_id = china.divisions().by_id
    for spot in spots:
        ids = spot.ids
        if len(ids) > 1:
            others = [o for o in spots if o is not spot and not o.is_people and o.ids != ids]
            for other in others:
                fitting = tuple(i for i in ids if any(contains(i, j) or contains(j, i) for j in other.ids))
                ids = fitting or ids
            if level is not None and len(ids) > 1:
                fitting = tuple(i for i in ids if i in by_id and by_id[i].level == level)
                # A city may stand at the level of counties: then its full name says so (启东市).
                ids = fitting or tuple(i for i in ids if i in by_id and _SUFFIX.get(by_id[i].name[-1]) == level) or ids
        if ids != spot.ids:
            best = spot.best if spot.best in ids else None
            spot = msgspec.structs.replace(spot, ids=ids, best=ids[0] if len(ids) == 1 else best)
        out.append(spot)
    return out


def finest(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Return the spots that hold no other one: of "Fuzhou, Fujian" the city."""
    out: list[Spot] = []
    for spot in spots:
        if any(o is not spot and _holds(spot, o) for o in spots):
            continue
        if not any(set(spot.ids) == set(kept.ids) for kept in out):
            out.append(spot)
    return tuple(out)


def _holds(outer: Spot, inner: Spot) -> bool:
    if set(outer.ids) == set(inner.ids):
        return False
    return all(any(contains(o, i) and o != i for o in outer.ids) for i in inner.ids)
