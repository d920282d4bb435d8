"""How alike are the words of two names that mean no place, organ or kind: letter by letter, sound by sound.

Words of one language that differ are different words; a Chinese and a Latin one that do not sound alike may still be a
translation, so that is left open.
"""

import msgspec
from rapidfuzz.distance import OSA, Indel

from overt.places import china, gazetteer
from overt.resolve.morphemes import morphemes
from overt.resolve.outcome import CONFLICT, EQUAL, LIKELY, OPEN
from overt.resolve.parts import Parts
from overt.resolve.spots import Spot
from overt.words.romanise import czech, letters, syllables, wade_giles
from overt.words.scripts import has_cjk

# Share of letters that agree. Set on the open half of bench/names.csv; see docs/benchmarks.md.
CLOSE = 0.86
FAR = 0.62
_LONG, _LONGER = 5, 9  # from how many letters one slip, or two, leave a word the same word
_LEAST_HAN = 4
_LEAST_ADJECTIVE = 4


class Likeness(msgspec.Struct, frozen=True):
    """How alike two rows of words are: the outcome, the reason, and a value from 0 to 1."""

    outcome: str
    reason: str
    value: float


def likeness(left: Parts, right: Parts) -> Likeness:
    """Return how alike the cores of two names are. Both must have one."""
    if left.han and right.han and not left.core and not right.core:
        return _han(left.han, right.han)
    if left.han or right.han:
        return _sounds(left, right)
    return _spaced(left.core, right.core)


def _han(a: str, b: str) -> Likeness:
    if a == b:
        return Likeness(EQUAL, f"the same words: {a}", 1.0)
    value = Indel.normalized_similarity(a, b)
    if a in b or b in a:
        return Likeness(OPEN, f"one name has more words: {a} and {b}", max(0.6, value))
    if value >= CLOSE and min(len(a), len(b)) >= _LEAST_HAN:
        return Likeness(OPEN, f"nearly the same words: {a} and {b}", value)
    return Likeness(CONFLICT, f"other words: {a} and {b}", value)


def _spellings(parts: Parts) -> set[str]:
    tail = "".join(parts.core)
    if not parts.han:
        return {tail}
    said = syllables(parts.han)
    return {"".join(said) + tail, "".join(map(wade_giles, said)) + tail, "".join(map(czech, said)) + tail}


def _sounds(left: Parts, right: Parts) -> Likeness:
    a, b = _spellings(left), _spellings(right)
    shown = f"{left.han or ' '.join(left.core)} and {right.han or ' '.join(right.core)}"
    if a & b:
        return Likeness(EQUAL, f"the same sound: {shown}", 1.0)
    value = max(Indel.normalized_similarity(x, y) for x in a for y in b)
    if value >= CLOSE and min(len(x) for x in a | b) >= _LONG:
        return Likeness(LIKELY, f"nearly the same sound: {shown}", value)
    return Likeness(OPEN, f"{shown} sound different, but one may be a translation of the other", min(0.5, value))


def is_slip(a: str, b: str) -> bool:
    """True where two words differ by so few letters that one is likely the other misspelled."""
    if a == b:
        return True
    shorter = min(len(a), len(b))
    if shorter < _LONG or a[0] != b[0] or a.isdigit() or b.isdigit():
        return False
    return OSA.distance(a, b, score_cutoff=2) <= (2 if shorter >= _LONGER else 1)


def _spaced(a: tuple[str, ...], b: tuple[str, ...]) -> Likeness:
    shown = f"{' '.join(a)} and {' '.join(b)}"
    if sorted(a) == sorted(b) or "".join(a) == "".join(b):
        return Likeness(EQUAL, f"the same words: {' '.join(a)}", 1.0)
    left, right = list(a), list(b)
    for word in a:
        if word in right:
            left.remove(word)
            right.remove(word)
    shared = sum(map(len, a)) - sum(map(len, left))
    x, y = "".join(left), "".join(right)
    total = sum(map(len, a)) + sum(map(len, b))
    alike = Indel.normalized_similarity(x, y) if x and y else 0.0
    value = (2 * shared + alike * (len(x) + len(y))) / total
    if not x or not y:
        return Likeness(OPEN, f"one name has more words: {shown}", 0.4 + 0.35 * (2 * shared / total))
    if len(left) == len(right) == 1 and is_slip(x, y):
        return Likeness(LIKELY if len(x) > _LONG else OPEN, f"the same words but for a slip: {shown}", max(value, 0.8))
    if is_slip(x, y):
        return Likeness(LIKELY, f"the same letters, otherwise divided: {shown}", max(value, 0.8))
    if alike >= CLOSE:
        return Likeness(OPEN, f"nearly the same words: {shown}", value)
    if alike < FAR or value < FAR:
        # What both share weighs little where each has words of its own: "Bowne Denmark" is not "Bowne Norge".
        return Likeness(CONFLICT, f"other words: {shown}", alike)
    return Likeness(OPEN, f"words that are partly alike: {shown}", value * 0.8)


def slip(core: tuple[str, ...], spot: Spot) -> tuple[int, int] | None:
    """Return which words of a core are a place but for a slip; None where none are."""
    spellings = {spot.key} - {""}
    for place in spot.ids:
        spellings.update(china.spellings().get(place, ()))
        known = gazetteer.get(place)
        spellings.update(letters(name) for name in (known.names.values() if known else ()) if not has_cjk(name))
    for length in (1, 2):
        for at in range(len(core) - length + 1):
            word = "".join(core[at : at + length])
            if len(word) >= _LONG and any(is_slip(word, s) or _is_adjective(word, s) for s in spellings):
                return at, at + length
    return None


def _is_adjective(word: str, place: str) -> bool:
    return len(place) >= _LEAST_ADJECTIVE and word.startswith(place) and word[len(place) :] in morphemes().small.endings
