"""Places of a part of what is counted: "102 stations in 53 countries, including nine in Spain" is no 102 in Spain.

The words that open a part lie in the lexicon's table `elliptic` (`of`; `holds`, where a number follows).
"""

import itertools
import re
from dataclasses import dataclass

from overt.find.lexicon import Speech
from overt.find.sentence import Sentence
from overt.places.gazetteer import PlaceSpan
from overt.words.numbers import NumberSpan
from overt.words.phrases import Hit

_OF_THE = re.compile(
    r"\s(?:(?:out )?of (?:the|its|these|those|all)|"
    r"des|de (?:las|los|la|estas|estos)|der|von den|dei|delle|degli|van de|das|dos)\s"
)
BESIDE = 14  # characters between the words that open a part and its number: "of which at least", "of them"
BEHIND_PLACE = 2  # 意大利 | 11个


@dataclass(frozen=True, slots=True)
class Parted:
    """A place that belongs to a part. `opens` is where the words of the part begin, `single` where it is of one."""

    opens: int
    single: bool


def parted(
    sentence: Sentence, places: tuple[PlaceSpan, ...], numbers: tuple[NumberSpan, ...], speech: Speech | None
) -> dict[int, Parted]:
    """Return the places of parts, by where they begin in the passage.

    A part has a number beside the words that open it ("four of them in X"); else its countries alone are examples
    ("in 21 countries, including X"), and its cities name single things.
    """
    hits = speech.elliptic.find(sentence.folded) if speech is not None and places else []
    counted = [n for n in numbers if n.kind == "number"]
    out: dict[int, Parted] = _of_a_whole(sentence, places, counted)
    for hit in sorted(hits):
        if hit.key not in ("of", "holds"):
            continue
        begin, end = hit.start + sentence.start, hit.end + sentence.start
        first = _number_beside(Hit(hit.key, begin, end), counted, sentence)
        if first is None and (hit.key == "holds" or not any(n.end <= begin for n in counted)):
            continue
        opens = begin if first is None else min(begin, _begins(first))
        for place in places:
            if place.start >= end and (first is not None or place.place.kind == "country"):
                number = _number_of(place, [n for n in counted if n.start >= opens])
                out.setdefault(place.start, Parted(opens, number is not None and number.value == 1))
    return out


def _of_a_whole(sentence: Sentence, places: tuple[PlaceSpan, ...], counted: list[NumberSpan]) -> dict[int, Parted]:
    """ "Three of the 54 stations are in X", "Of the 54 stations, three are in X": the place is that of the three."""
    for one, other in itertools.pairwise(counted):
        between = sentence.folded[one.end - sentence.start : other.start - sentence.start]
        before = sentence.folded[: _begins(one) - sentence.start]
        if _OF_THE.fullmatch(between):
            single = one.value == 1
            return {p.start: Parted(p.start, single) for p in places if p.start >= other.end}
        if _OF_THE.fullmatch(f" {before.lstrip()}") and "," in between:
            return {p.start: Parted(_begins(other), other.value == 1) for p in places if p.start >= other.end}
    return {}


def _begins(number: NumberSpan) -> int:
    return number.start if number.qualifier_start is None else min(number.start, number.qualifier_start)


def _number_beside(hit: Hit, numbers: list[NumberSpan], sentence: Sentence) -> NumberSpan | None:
    """The number right behind the words that open a part, or, but for those that hold it, right before them."""
    for number in numbers:
        if hit.end <= number.start <= hit.end + BESIDE and not _parts(sentence, hit.end, number.start):
            return number
        if hit.key == "of" and number.end <= hit.start <= number.end + 2:
            return number
    return None


def _parts(sentence: Sentence, start: int, end: int) -> bool:
    return bool(re.search("[,，.。;；:：]", sentence.text[start - sentence.start : end - sentence.start]))


def _number_of(place: PlaceSpan, numbers: list[NumberSpan]) -> NumberSpan | None:
    behind = [n for n in numbers if 0 <= n.start - place.end < BEHIND_PLACE]
    before = [n for n in numbers if n.end <= place.start]
    return next(iter(behind), before[-1] if before else None)


__all__ = ["Parted", "parted"]
