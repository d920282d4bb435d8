"""A part of what is counted: where or whose a number without a noun is ("nine of them in X", "another 48")."""

import re
from dataclasses import dataclass

from overt.find.context import Context
from overt.words.numbers import NumberSpan
from overt.words.phrases import Hit, has_cjk

# A place that restricts a number follows within this many characters; what leads to it is words of the lexicon alone.
REACH = 48
FAR = 120  # characters: "the number of stations that the report knows of has risen to 102"
WORDS_TO_THING = 3  # "the number of | secret stations"
MOST_BRACKETED = 200  # a greater number in brackets behind a place is a year or a postal code
_MEASURES = "个個处處座家所"
_HAN_PLACED = re.compile(r"[个個处處座家所](?:[,，、]?(?:位于|设在|設在|分布在|在|于))?")
_HAN_LEAD = re.compile(r"(?:其中|有|各有|各|另外|另有|共有|增加|新增)(?:至少|约|約)?$")


@dataclass(frozen=True, slots=True)
class Part:
    """Where or whose the number is meant; `start` and `end` are the words that say so, with the number between.

    `points_back` where a word stands for the noun of a sentence before ("la France en compterait quatre"); `leads`
    where the number alone is the subject of its sentence ("Nine are in use").
    """

    start: int
    end: int
    where: str | None = None
    whose: str | None = None
    points_back: bool = False
    leads: bool = False


def part_of(context: Context, number: NumberSpan) -> Part | None:
    """Return how a number without a noun is restricted, None where nothing says that it counts a part."""
    if has_cjk(context.text[number.start : number.end + 2]):
        return _han(context, number)
    if context.speech is None:
        return None
    hits = _hits(context, number)
    before = [h for h in hits if h.key == "of" and h.end <= number.start and _joins(context, h.end, number.start)]
    begins = before[-1].start if before else number.start
    end, place, region = _after(context, number, hits)
    behind = _bracketed(context, number)
    if behind is not None:
        return behind
    back = [h for h in hits if h.key == "anaphor" and h.end <= number.start and _joins(context, h.end, number.start)]
    if back and place is None and region is None:
        return Part(back[-1].start, number.end, points_back=True)
    far = [h for h in _hits(context, number, FAR) if h.key == "number_of" and _is_of_things(context, h)]
    far = [h for h in far if h.end <= number.start and _joins(context, h.end, number.start)]
    if far:
        return Part(far[-1].start, number.end)  # "the number of stations has risen to 102"
    own = [h for h in hits if h.key == "of" and number.end <= h.start <= end]
    if place is not None or region is not None:
        return Part(begins, end, where=place if place is not None else region)
    if own:
        return Part(begins, max(h.end for h in own))
    more = [h for h in hits if h.key == "more" and h.end <= number.start + 1 and _joins(context, h.end, number.start)]
    if more and re.match(r"\s*(?:[,.;:)]|$)", context.text[number.end : context.sentence.end]):
        return Part(more[-1].start, number.end, whose=context.text[more[-1].start : number.end])
    if before and _ends(context, number.end):
        return Part(begins, number.end)
    return Part(begins, number.end, leads=True) if _leads(context, number) else None


def _leads(context: Context, number: NumberSpan) -> bool:
    """ "... the stations. Some fifty are open on five continents.": the number begins its sentence as its subject."""
    begins = min(number.start, number.qualifier_start if number.qualifier_start is not None else number.start)
    if context.speech is None or context.text[context.sentence.start : begins].strip():
        return False
    verb = re.match(r"\s+([^\W\d_]+)", context.text[number.end : context.sentence.end])
    if verb is None:
        return False
    is_english = context.speech.language == "en" and verb[1] in ("are", "were", "have", "operate")
    return is_english or bool(context.speech.has_finite and context.speech.finite_in(verb[1]))


def _bracketed(context: Context, number: NumberSpan) -> Part | None:
    """ "Madrid (3), Valencia (2)": a number in brackets behind its place."""
    text = context.text
    opens = text[number.start - 1 : number.start] in ("(", "（") and text[number.end : number.end + 1] in (")", "）")
    if not opens or (number.value or 0) > MOST_BRACKETED:
        return None
    place = next((p for p in context.seen.places if 0 <= number.start - 1 - p.end <= 1), None)
    return Part(place.start, number.end + 1, where=place.place.id) if place is not None else None


def restriction(context: Context, number: NumberSpan, end: int) -> Part:
    """How a number with its noun is restricted: "30 stations in Europe" (where), "another 48 stations" (whose).

    Args:
        number: the number; `end` is where its noun ends.
    """
    hits = _hits(context, number)
    leads = [h for h in hits if h.key == "in" and h.start >= end and not context.text[end : h.start].strip()]
    for lead in leads:
        after = lead.end + len(context.text[lead.end :]) - len(context.text[lead.end :].lstrip())
        region = next((h for h in hits if h.key == "region" and h.start == after), None)
        if region is not None:
            return Part(number.start, region.end, where=context.text[region.start : region.end])
    more = [h for h in hits if h.key == "more" and h.end <= number.start and _joins(context, h.end, number.start)]
    whose = context.text[more[-1].start : number.end] if more else None
    return Part(number.start, end, whose=whose)


def _is_of_things(context: Context, hit: Hit) -> bool:
    """True where what is numbered are the things: "the number of stations", and not of officers at the stations."""
    inside = [t.start for t in context.seen.things if hit.start < t.start < hit.end]
    return bool(inside) and len(context.text[hit.start : inside[0]].split()) <= WORDS_TO_THING


def _hits(context: Context, number: NumberSpan, reach: int = REACH) -> list[Hit]:
    if context.speech is None:
        return []
    low, high = max(context.sentence.start, number.start - reach), min(context.sentence.end, number.end + 2 * REACH)
    found = context.speech.elliptic.find(context.folded[low:high])
    return [Hit(h.key, h.start + low, h.end + low) for h in found]


def _joins(context: Context, start: int, end: int) -> bool:
    """True where only a qualifier stands between ("di cui ben 11", "including at least nine")."""
    between = context.text[start:end].strip()
    return start <= end and len(between.split()) <= 2 and not re.search(r"[,.;:]", between)


def _ends(context: Context, at: int) -> bool:
    return bool(re.match(r"\s*(?:[,.;:)]|$|and\b|y\b|et\b|e\b|und\b|en\b)", context.text[at : context.sentence.end]))


def _after(context: Context, number: NumberSpan, hits: list[Hit]) -> tuple[int, str | None, str | None]:
    """Walk from the number over words of the lexicon to a place or region: where the walk ended, and which it was."""
    at, led = number.end, False
    while at < min(context.sentence.end, number.end + REACH):
        rest = re.match(r"[\s,]*", context.text[at:])
        here = at + (rest.end() if rest else 0)
        place = next((p for p in context.seen.places if p.start == here), None)
        if place is not None and led:
            return place.end, place.place.id, None
        region = next((h for h in hits if h.key == "region" and h.start == here), None)
        if region is not None and led:
            return region.end, None, context.text[region.start : region.end]
        word = max((h for h in hits if h.key in ("of", "in", "between") and h.start == here), key=_length, default=None)
        if word is None or (word.key == "of" and "," in context.text[at:here]):
            break  # "a hundred in the world, of which four in X": the part that follows is the next number's
        led = led or word.key == "in"
        at = word.end
    return at, None, None


def _length(hit: Hit) -> int:
    return hit.end - hit.start


def _han(context: Context, number: NumberSpan) -> Part | None:
    text = context.text
    placed = _HAN_PLACED.match(text, number.end)
    if placed is None:
        return None
    lead = _HAN_LEAD.search(text[max(context.sentence.start, number.start - 8) : number.start])
    place = next((p for p in context.seen.places if p.start == placed.end()), None)
    if place is not None and placed.end() - placed.start() > 1 and (lead or text[placed.end() - 1] in "于在"):
        return Part(number.start, place.end, where=place.place.id)
    begins = number.start - len(lead[0]) if lead else number.start
    before = next((p for p in context.seen.places if p.end == begins), None)
    listed = before is not None and not lead and before.start in context.parts  # 其中意大利11个
    if (
        before is not None
        and (lead or listed)
        and re.match(r"\s*[,，。;；、)）]|$", text[placed.end() : context.sentence.end])
    ):
        return Part(before.start, placed.end(), where=before.place.id)
    return None
