"""Are two names names of one body? Compared part by part: each part gives a feature with its reason in words.

Joined automatically is only what no part opposes and no part leaves open. A misspelling, a name that sounds like two
places, letters that look like others, and persons are left to a person, with the reason. Pure in the two names.
"""

from collections.abc import Sequence

import msgspec

from overt.resolve.features import features_of
from overt.resolve.morphemes import morphemes
from overt.resolve.outcome import CONFLICT, EQUAL, HOLDS, INSIDE, LIKELY, MISSING, OPEN, Feature
from overt.resolve.parts import Parts
from overt.resolve.placing import with_slips
from overt.words.lookalikes import plain_han
from overt.words.scripts import has_cjk, simplify

HOTLINE = "hotline"
SAME, DIFFERENT, PART_OF, UNSURE = "same", "different", "part_of", "unsure"
# How much a part tells, and how far each outcome speaks for one body. The verdict follows from the outcomes alone; the
# score only orders what is left to a person, and lies at or above AUTOMATIC for `same` and for nothing else.
WEIGHTS = {
    "place": 3.0,
    "host": 3.0,
    "organ": 2.0,
    "kind": 2.0,
    "core": 4.0,
    "traits": 1.5,
    "numbers": 2.0,
    "level": 1.0,
    "legal": 2.5,
}
AUTOMATIC = 0.9
LONGEST = 300  # characters; what is longer is a sentence, or made to take long
_MOST_LEFT_OPEN = 0.89
_MOST_OPPOSED = 0.4
_INITIALS_FIT = 0.8


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What comparing two names gave. For `part_of`, `whole` says which of the two is the whole: "left" or "right"."""

    verdict: str
    score: float
    reasons: tuple[str, ...]
    features: tuple[Feature, ...] = ()
    whole: str | None = None


def compare(left: Parts, right: Parts, are_bodies: bool = False) -> Comparison:
    """Return whether two names are names of one body, with the reasons.

    Args:
        left, right: names taken apart by one `Reader`.
        are_bodies: the caller knows that neither is a person's name; otherwise names that could be persons' are not
            compared.
    """
    if max(len(left.text), len(right.text)) > LONGEST:
        return _plain(UNSURE, 0.5, f"longer than {LONGEST} characters: this is no name")
    if not left.key or not right.key:
        return _plain(UNSURE, 0.5, "one of the two holds no word")
    left, right, slips = with_slips(left, right)
    if not are_bodies and (left.looks_personal or right.looks_personal) and not (_is_body(left) or _is_body(right)):
        return _plain(UNSURE, 0.5, "Overt does not compare names of persons, and these could be such")
    if left.key == right.key and _is_read_exactly(left, right) and _says_more_than_kind(left):
        return _plain(SAME, 1.0, "the same words")
    features = [f for f in (*slips, *features_of(left, right)) if f is not None]
    warnings = _warnings(left, right)
    verdict, whole, more = _verdict(left, right, features, warnings)
    if verdict != SAME and (_are_initials(left, right) or _are_initials(right, left)):
        return _plain(UNSURE, _INITIALS_FIT, "the letters of one are the initials of the other")
    score = _score(features, verdict)
    reasons = (*more, *(f.reason for f in features if f.reason), *warnings)
    return Comparison(verdict=verdict, score=score, reasons=reasons, features=tuple(features), whole=whole)


def _plain(verdict: str, score: float, reason: str) -> Comparison:
    return Comparison(verdict=verdict, score=score, reasons=(reason,))


def _score(features: Sequence[Feature], verdict: str) -> float:
    total = sum(WEIGHTS[f.name] for f in features)
    mean = sum(WEIGHTS[f.name] * f.value for f in features) / total if total else 0.5
    if verdict == SAME:
        return round(max(mean, AUTOMATIC), 3)
    return round(min(mean, _MOST_OPPOSED if verdict == DIFFERENT else _MOST_LEFT_OPEN), 3)


def _is_body(name: Parts) -> bool:
    """True where more than a form of company says that this is no person."""
    return bool(name.organs or name.kind or name.units or name.voices or name.is_place or name.traits)


def _is_read_exactly(left: Parts, right: Parts) -> bool:
    """True where one key means one spelling: letters of other alphabets are only roughly transliterated."""
    if left.mixed or right.mixed:
        return False
    return left.folded == right.folded or all(has_cjk(p.folded) or p.folded.isascii() for p in (left, right))


def _are_initials(short: Parts, long: Parts) -> bool:
    """True where one name is written in capitals that are the first letters of the other's words: PLA."""
    letters = "".join(c for c in short.text if c.isalnum())
    words = long.folded.split()
    if not (_LEAST_INITIALS <= len(letters) <= _MOST_INITIALS and letters.isupper() and len(words) > 1):
        return False
    return letters.lower() in ("".join(w[0] for w in words), "".join(w[0] for w in words if len(w) > _SMALL_WORD))


_LEAST_INITIALS, _MOST_INITIALS, _SMALL_WORD = 3, 8, 3


def _says_more_than_kind(name: Parts) -> bool:
    if name.organs & morphemes().defaults.missions and not name.host:
        return False
    return not name.kind or bool(name.seat or name.host or name.core or name.han or name.campaign)


def _verdict(
    left: Parts, right: Parts, features: Sequence[Feature], warnings: Sequence[str]
) -> tuple[str, str | None, tuple[str, ...]]:
    outcomes = {f.outcome for f in features}
    if CONFLICT in outcomes:
        return DIFFERENT, None, ()
    if left.voices and right.voices and not left.voices & right.voices:
        return DIFFERENT, None, ("the profile lists them as names of two voices",)
    if left.voices & right.voices and not outcomes & {INSIDE, HOLDS}:
        return SAME, None, ("the profile lists both as names of one voice",)
    if warnings:
        return UNSURE, None, ()
    if outcomes & {OPEN, MISSING}:
        return UNSURE, None, ()
    if INSIDE in outcomes and HOLDS in outcomes:
        return UNSURE, None, ("each seems to be a part of the other",)
    if outcomes & {INSIDE, HOLDS}:
        return PART_OF, "right" if INSIDE in outcomes else "left", ()
    told = {f.name for f in features if f.outcome in (EQUAL, LIKELY)}
    if left.organs & right.organs & morphemes().defaults.missions and "host" not in told:
        return UNSURE, None, ("a state has many missions, and neither name says where this one stands",)
    if told & {"core", "place", "host"} or _is_one_of_its_kind(left, right):
        return SAME, None, ()
    if left.folded == right.folded and not left.kind:
        return SAME, None, ("the same words",)
    return UNSURE, None, ("both name only a kind of thing, which tells none of them from another",)


def _is_one_of_its_kind(left: Parts, right: Parts) -> bool:
    """True for bodies that a state has once, where both are the home state's, and for campaigns."""
    if left.campaign and left.campaign == right.campaign:
        return True
    if left.organs & right.organs & morphemes().unique or (left.kind == HOTLINE == right.kind and left.numbers):
        return True
    if len(left.traits & right.traits - {"chinese", "general", "overseas", "federal"}) > 1:
        return True
    return (left.is_home_default or right.is_home_default) and bool(left.organs & right.organs)


def _warnings(left: Parts, right: Parts) -> tuple[str, ...]:
    out = [f"letters of two alphabets in one word: {word}" for p in (left, right) for word in p.mixed]
    a, b = simplify(left.text), simplify(right.text)
    if left.key != right.key and plain_han(a) == plain_han(b):
        out.append("characters that look alike and are not the same")
    return tuple(dict.fromkeys(out))
