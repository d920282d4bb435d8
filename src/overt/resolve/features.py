"""The parts of two names compared one by one: each gives a feature with its reason in words. Pure."""

from overt.resolve.core import likeness
from overt.resolve.morphemes import morphemes
from overt.resolve.outcome import CONFLICT, EQUAL, HOLDS, INSIDE, LIKELY, MISSING, OPEN, Feature, feature
from overt.resolve.parts import Parts
from overt.resolve.placing import compare_places
from overt.resolve.spots import HOME, Spot

# How far a word that only one name has leaves the rest alike: less where places and kinds say more than it.
_SHARED, _BARE = 0.5, 0.62


def features_of(left: Parts, right: Parts) -> list[Feature | None]:
    kind = _kind(left, right)
    organ = _organ(left, right) if kind is None or kind.outcome != CONFLICT else None
    core = _core(left, right)
    seat = _seat(left, right)
    if _are_of_two_states(left, right):
        seat = feature("place", CONFLICT, "public bodies of two states")
    return [
        seat,
        _host(left, right),
        organ,
        kind,
        _level(left, right, seat),
        core,
        _traits(left, right, core),
        _numbers(left, right),
        _legal(left, right),
    ]


def _are_of_two_states(left: Parts, right: Parts) -> bool:
    """True where one public body is said to be the home state's and the other another state's."""
    here = morphemes()
    public = (_public() - here.defaults.missions) | here.unique
    near = any(frozenset((a, b)) in here.defaults.near for a in left.organs & public for b in right.organs & public)
    if left.kind or right.kind or not (near or left.organs & right.organs & public):
        return False
    a, b = bool(left.seat or left.is_home_default), bool(right.seat or right.is_home_default)
    return (a and not left.host and bool(right.host) and not b) or (b and not right.host and bool(left.host) and not a)


def _kind(left: Parts, right: Parts) -> Feature | None:
    a, b = left.kind, right.kind
    if a is None and b is None:
        return None
    if a == b:
        if left.campaign != right.campaign and left.campaign and right.campaign:
            return feature("kind", CONFLICT, "two campaigns")
        return feature("kind", EQUAL, f"both a {_said(a)}")
    if a and b:
        return feature("kind", CONFLICT, f"a {_said(a)} and a {_said(b)}")
    other = right if a else left
    if other.organs:
        return feature("kind", CONFLICT, f"a {_said(a or b)} and a body: {_listed(other.organs)}")
    return feature("kind", OPEN, f"only one is said to be a {_said(a or b)}")


def _said(code: str | None) -> str:
    return (code or "").replace("_", " ")


def _listed(codes: frozenset[str]) -> str:
    return ", ".join(_said(code) for code in sorted(codes))


def _organ(left: Parts, right: Parts) -> Feature | None:
    a, b = left.organs, right.organs
    if left.kind and right.kind:
        # Two sites: by whom they are run tells only where both names say it.
        return feature("organ", OPEN, f"{_listed(a)} and {_listed(b)}") if a and b and a != b else None
    if not a and not b:
        return None
    if a == b:
        return feature("organ", EQUAL, f"the same kind of body: {_listed(a)}")
    if not a or not b:
        return feature("organ", MISSING, f"only one says what body it is: {_listed(a or b)}")
    if a & b:
        return feature("organ", OPEN, f"{_listed(a)} and {_listed(b)}")
    near = morphemes().defaults.near
    if all(frozenset((x, y)) in near for x in a for y in b):
        is_home = left.seat and right.seat and not any(s.ids == (HOME,) for s in (*left.seat, *right.seat))
        loose = frozenset(("association", "townsmen")), frozenset(("mutual_aid_society", "society"))
        if is_home and all(frozenset((x, y)) in loose for x in a for y in b):
            return feature("organ", LIKELY, f"{_listed(a)} and {_listed(b)}: two words for an association of one home")
        return feature("organ", OPEN, f"{_listed(a)} and {_listed(b)} may be one")
    return feature("organ", CONFLICT, f"two kinds of body: {_listed(a)} and {_listed(b)}")


def _seat(left: Parts, right: Parts) -> Feature | None:
    a, b = left.seat, right.seat
    home = (_country_spot(),)
    if left.is_home_default or right.is_home_default:
        a, b = a or home if left.is_home_default else a, b or home if right.is_home_default else b
        if left.is_home_default and right.is_home_default:
            return None
    is_site = bool(left.kind and right.kind)
    if is_site:
        # Sites are all of the home state: "Chinese" tells nothing.
        a = tuple(s for s in a if s.ids != (HOME,))
        b = tuple(s for s in b if s.ids != (HOME,))
    elif not (left.organs | right.organs) & _public():
        a, b = _without_people(a, b, right), _without_people(b, a, left)
    found = compare_places("place", a, b)
    if found is None or found.outcome not in (INSIDE, HOLDS):
        return found
    if left.is_place or right.is_place or left.organs & right.organs & morphemes().defaults.administrative:
        return found
    if is_site or any(s.ids == (HOME,) for s in (*a, *b)):
        return feature("place", OPEN, found.reason)
    return feature("place", CONFLICT, f"associations of two homes: {found.reason}")


def _public() -> frozenset[str]:
    defaults = morphemes().defaults
    return defaults.administrative | defaults.national | defaults.missions


def _without_people(mine: tuple[Spot, ...], theirs: tuple[Spot, ...], other: Parts) -> tuple[Spot, ...]:
    """Leave "Chinese" away where the other name has 华人 for it, or no word at all."""
    if (
        not theirs
        and all(s.ids == (HOME,) for s in mine)
        and ("chinese" in other.traits or all(s.is_people for s in mine))
    ):
        return ()
    return mine


def _country_spot() -> Spot:
    return Spot(ids=(HOME,), best=HOME, key="china", words="", start=0, end=0)


def _host(left: Parts, right: Parts) -> Feature | None:
    found = compare_places("host", left.host, right.host)
    if found is None or found.outcome not in (INSIDE, HOLDS):
        return found
    if left.is_place or right.is_place or (left.organs & right.organs & (_public() - morphemes().defaults.missions)):
        return found
    if left.organs & right.organs & morphemes().defaults.missions:
        return feature("host", CONFLICT, f"missions at two places: {found.reason}")
    return feature("host", OPEN, found.reason)


def _level(left: Parts, right: Parts, seat: Feature | None) -> Feature | None:
    """A section or branch of a body is a part of it."""
    if left.units != right.units:
        if left.units and right.units:
            return feature("level", CONFLICT, f"two sections: {_listed(left.units)} and {_listed(right.units)}")
        part = "a section of it: " + _listed(left.units or right.units)
        return feature("level", INSIDE if left.units else HOLDS, part)
    if left.is_branch != right.is_branch and (seat is None or seat.outcome in (EQUAL, LIKELY)):
        return feature("level", INSIDE if left.is_branch else HOLDS, "one is called a branch")
    return None


def _core(left: Parts, right: Parts) -> Feature | None:
    a, b = (left.han, left.core), (right.han, right.core)
    if not any(a) and not any(b):
        return None
    if not any(a) or not any(b):
        words = left.han + " ".join(left.core) + right.han + " ".join(right.core)
        return feature(
            "core",
            MISSING,
            f"only one has the words: {words}",
            _SHARED if any(p.organs or p.kind or p.seat for p in (left, right)) else _BARE,
        )
    found = likeness(left, right)
    return feature("core", found.outcome, found.reason, found.value)


def _traits(left: Parts, right: Parts, core: Feature | None) -> Feature | None:
    weak = {"chinese", "overseas"}
    if (left.organs | right.organs) & morphemes().defaults.national:
        weak.add("federal")
    a, b = left.traits - weak, right.traits - weak
    if a == b:
        return feature("traits", EQUAL, f"the same words of their own: {_listed(a)}") if a else None
    if a and b and not (a <= b or b <= a) and not {"general"} & (a ^ b):
        return feature("traits", CONFLICT, f"{_listed(a - b)} and {_listed(b - a)}")
    both_read = core is None or core.outcome in (EQUAL, LIKELY)
    return feature("traits", OPEN if both_read else MISSING, f"only one says: {_listed(a ^ b)}")


def _numbers(left: Parts, right: Parts) -> Feature | None:
    a, b = left.numbers, right.numbers
    if a == b:
        return feature("numbers", EQUAL, "the same numbers") if a else None
    if a and b:
        return feature("numbers", CONFLICT, f"two numbers: {_said_numbers(a)} and {_said_numbers(b)}")
    return feature("numbers", OPEN, f"only one has a number: {_said_numbers(a or b)}", 0.1)


def _said_numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


def _legal(left: Parts, right: Parts) -> Feature | None:
    a, b = left.legal - {"any"}, right.legal - {"any"}
    if a and b and not a & b:
        return feature("legal", OPEN, f"two forms of company: {_listed(a)} and {_listed(b)}", 0.0)
    return None
