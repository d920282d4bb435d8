"""The meaningful stretches of a name: phrases of the lexicon, joined pinyin and places, the longest at each place.

Comes in: the units of a name. Goes out: spans with what they mean, left to right. Pure.
"""

from collections.abc import Sequence

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from overt.resolve.morphemes import Meaning, Unit, morphemes
from overt.resolve.spots import Spot, spot_at

_LOOSE = frozenset({"around", "fillers", "offices", "topics", "levels", "legal", "branches"})


class Span(msgspec.Struct, frozen=True):
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    spot: Spot | None = None


def has(span: Span, *sections: str) -> bool:
    return any(m.section in sections for m in span.meanings)


def _may_stand_alone(row: Sequence[Unit], at: int, is_after: bool) -> bool:
    """Is one character (会, 社, 站) a word here: at the end of its run, or behind a part that is known?"""
    return is_after or at + 1 == len(row) or not row[at + 1].is_han


def _phrase_at(row: Sequence[Unit], at: int, is_after: bool) -> Span | None:
    here = morphemes()
    lengths = here.lengths.get(row[at].key, ())
    ends: list[int] = []  # where a phrase of one, two, ... words that begins here ends, small words between left out
    keys: list[str] = []
    for place in range(at, len(row)):
        if lengths and len(keys) < lengths[0] and (place == at or row[place].key not in here.fillers):
            keys.append(row[place].key)
            ends.append(place + 1)
        elif not lengths or len(keys) >= lengths[0]:
            break
    for length in lengths:
        found = here.phrases.get(tuple(keys[:length])) if length <= len(keys) else None
        if found and not (length == 1 and row[at].is_han and not _may_stand_alone(row, at, is_after)):
            return Span(at, ends[length - 1], found)
    key = ""
    best: Span | None = None
    for end in range(at, min(at + 6, len(row))):
        if row[end].is_han:
            break
        key += row[end].key
        if key in here.joined:
            best = Span(at, end + 1, here.joined[key])
    return best


def spans_of(row: Sequence[Unit], is_small: bool) -> list[Span]:
    """Return the meaningful stretches of a name, left to right, the longest at each place."""
    out: list[Span] = []
    at = 0
    while at < len(row):
        phrase = _phrase_at(row, at, bool(out) and out[-1].end == at)
        spot = spot_at(row, at, is_small)
        chosen: Span | None = phrase
        if spot is not None:
            placed = Span(spot.start, spot.end, (), spot)
            loose = phrase is None or all(m.section in _LOOSE for m in phrase.meanings)
            if phrase is not None and out and out[-1].spot and out[-1].end == at and has(phrase, "levels"):
                loose = False  # "Qingtian Xian": the word for a county, and not 西安
            if phrase is None or placed.end > phrase.end or (placed.end == phrase.end and loose):
                chosen = placed
            if phrase is not None and placed.end == phrase.end and loose and spot.is_people and is_chinese(phrase):
                chosen = placed
        if chosen is None:
            at += 1
            continue
        out.append(chosen)
        at = chosen.end
    return out


def is_chinese(span: Span) -> bool:
    return any(m.code == "chinese" for m in span.meanings)


def respelled(row: Sequence[Unit], spans: list[Span], is_small: bool) -> list[Span]:
    """Return the spans as they are when one word of a longer phrase is spelled right ("Pubic Security Bureau")."""
    free = set(range(len(row))) - {
        i for s in spans if not all(m.section in _LOOSE for m in s.meanings) for i in range(s.start, s.end)
    }
    for at in sorted(free):
        word = row[at]
        if word.is_han or len(word.key) < _LEAST_SLIP or word.key in morphemes().lengths:
            continue
        found = process.extractOne(word.key, morphemes().words, scorer=OSA.distance, score_cutoff=1)
        if found is None or found[0] == word.key:
            continue
        trial = [*row[:at], Unit(found[0], word.raw, False), *row[at + 1 :]]
        again = spans_of(trial, is_small)
        if any(has(s, "organs", "sites", "units") and s.end - s.start > 1 and s.start <= at < s.end for s in again):
            return again
    return spans


_LEAST_SLIP = 5
