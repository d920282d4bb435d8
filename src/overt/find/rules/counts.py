"""Reported counts with their six parts: what is counted, whose, where, as of when, qualifier ("at least"), who says it.

A number counts only with a noun of the vocabulary behind it. Numbers beside a hotline, an article of law, a telephone
or an age count nothing. "54 stations in 30 countries" gives two counts about one group.
"""

import re
from collections.abc import Iterator

from overt.find.context import Context, Find
from overt.find.recognise import base_language
from overt.find.rules.parts import part_of, restriction
from overt.find.subjects import Spoken
from overt.model import Scope, Value
from overt.places.gazetteer import PlaceSpan
from overt.words.numbers import NumberSpan
from overt.words.phrases import Hit, has_cjk

# The noun that is counted follows its number within this many characters ("54 so-called 'overseas police service ...").
REACH = 48
REACH_HAN = 16
REACH_OF_PLACE = 40  # characters from what is counted to where it is
LEAST_NAME = 100  # smaller numbers stand in phrases of other things ("5 continents"), and are counted with
_MEASURES = ("个", "個", "处", "處", "座", "家", "所")
_OF_PERSONS = ("名", "位")  # measure words of persons
# An article right before a noun: what is counted stood before it, but for "54 of the stations".
_ARTICLE = re.compile(r"\b(?:the|las|los|les|gli|os|as|het|el|la|le|il|die|den)\s+$", re.I)
_NAMING = re.compile(
    r"(?:[\"'“‘«„]|\b(?:as|called|named|dubbed|appele[es]*|dits?|dites?|nomme[es]*|llamad[ao]s|conocid[ao]s como|"
    r"chiamat[eio]|dett[eio]|chamad[ao]s|conhecid[ao]s como|genannte?n?|namens|genaamd|genoemde?)\s+)$"
)
_PART = re.compile(r"\s*(?:of|de|di|da|do|von|van|der)\b", re.I)
_BREAKS = re.compile(
    r"[.,;:。，；：]|\b(?:and|but|that|which|who|over|about|at|by|in|on|with|from|against|into|y|et|und|en|e|"
    r"über|zu|wegen|gegen|met|voor|over|sobre|sur|contre|contra|por|pour|para|per|sulle|sulla|sui|contro|sobre)\b"
)


def counts(context: Context) -> Iterator[Find]:
    """Yield one find for each number that counts something of the profile."""
    for prop, rule in context.profile.properties.items():
        if rule.type != "count":
            continue
        found = [(n, u) for n in context.seen.numbers if (u := _unit(context, n)) is not None]
        yield from _without_noun(context, prop, [n for n in context.seen.numbers if not any(n is m for m, _ in found)])
        is_sites = any(u.key == _first_unit(context, prop) for _, u in found)
        for number, unit in found:
            at = (min(number.start, unit.start, number.qualifier_start or number.start), max(number.end, unit.end))
            if not _counts(context, number, unit, at, is_sites, prop):
                continue
            subject = _subject(context, number, unit)
            if subject is None or (unit.key != _first_unit(context, prop) and _is_of_calls(context, subject, at)):
                continue
            words = context.text[at[0] : at[1]]
            value = Value(text=words, type="count", number=number.value, unit=unit.key)
            yield Find(
                property=prop,
                value=value,
                at=at,
                subject=subject,
                stance=context.stance_at(at, False, None),
                qualifier=number.qualifier,
                scope=_scope(context, at, subject, number),
                rule=f"units.{unit.key}",
            )


def _without_noun(context: Context, prop: str, bare: list[NumberSpan]) -> Iterator[Find]:
    """Numbers whose noun stands earlier: "54 stations in 30 countries, nine of them in X", "another 48"."""
    spoken = [s for s in context.topic.spoken if s.sentence == context.number]
    for number in bare:
        if number.kind != "number" or number.value is None or number.value < 2 or number.value != int(number.value):
            continue
        things = [t for t in context.seen.things if t.end <= number.start]
        counted = [u for u in context.seen.units if u.end <= number.start and u.key == _first_unit(context, prop)]
        part = part_of(context, number)
        goes_on = part is not None and (
            part.points_back or ((part.where is not None or part.leads) and _goes_on(context))
        )
        if not things and not counted and not goes_on:
            continue
        if (
            part is None
            or (part.leads and not goes_on)
            or any(n.start < number.end and number.start < n.end for n in context.seen.not_counts)
        ):
            continue
        at = (number.qualifier_start if number.qualifier_start is not None else number.start, part.end)
        at = (min(at[0], number.start, part.start), max(at[1], number.end))
        groups = [s for s in spoken if s.mention.group is not None and s.start <= number.start]
        subject = groups[-1] if groups else context.subject_at(at)
        if subject is None or not context.profile.kinds[subject.mention.kind].counted:
            continue
        words = context.text[at[0] : at[1]].strip()
        yield Find(
            property=prop,
            value=Value(text=words, type="count", number=number.value, unit=_first_unit(context, prop)),
            at=at,
            subject=subject,
            stance=context.stance_at(at, False, None),
            qualifier=number.qualifier,
            scope=Scope(whose=part.whose, where=part.where),
            rule=f"units.{_first_unit(context, prop)}.elliptic",
        )


def _goes_on(context: Context) -> bool:
    """True where the sentence before speaks of several: "... nine stations. Three are in X, two in Y"."""
    return any(s.sentence == context.number - 1 and s.mention.group is not None for s in context.topic.spoken)


def _first_unit(context: Context, prop: str) -> str:
    return next(iter(context.profile.properties[prop].units), "")


def _unit(context: Context, number: NumberSpan) -> Hit | None:
    if number.kind != "number" or (
        number.value is not None and (number.value < 2 or number.value != int(number.value))
    ):
        return None
    reach = REACH_HAN if has_cjk(context.text[number.start : number.end + 4]) else REACH
    best: Hit | None = None
    for unit in context.seen.units:
        if not number.end <= unit.start + 1 <= number.end + reach:
            continue
        between = context.text[number.end : unit.start]
        if _is_of_others(context, number, unit, between):
            continue
        if _BREAKS.search(between) or any(n.start >= number.end and n.end <= unit.start for n in context.seen.numbers):
            continue
        if best is None or (unit.start, -unit.end) < (best.start, -best.end):
            best = unit
    if best is None and reach == REACH_HAN and context.text[number.end : number.end + 1] in _MEASURES:
        # The noun may stand before its number: 华助中心共有32个
        before = [
            u
            for u in context.seen.units
            if u.end <= number.start <= u.end + 6 and not _BREAKS.search(context.text[u.end : number.start])
        ]
        best = before[-1] if before else None
    return best


def _is_of_others(context: Context, number: NumberSpan, unit: Hit, between: str) -> bool:
    """True where a number counts something else than the noun: "two reporters visited the stations", 两名…男子.

    Nor is an adjective of a thing's name a unit of its own: the people in "police station of the people".
    """
    if unit.key != "people" and context.text[number.end : number.end + 1] in _OF_PERSONS:
        return True
    if _ARTICLE.search(between) and len(between.split()) > 1 and not _PART.match(between):
        return True
    firsts = {next(iter(rule.units), "") for rule in context.profile.properties.values() if rule.units}
    return unit.key not in firsts and any(t.start <= unit.start and unit.end <= t.end for t in context.seen.things)


def _counts(context: Context, number: NumberSpan, unit: Hit, at: tuple[int, int], is_sites: bool, prop: str) -> bool:
    near = (number.start - 14, number.end + 14)
    if any(
        n.start < near[1]
        and near[0] < n.end
        and ((n.start < number.end and number.start < n.end) or n.end <= number.start or n.start - number.end <= 8)
        for n in context.seen.not_counts
    ):
        return False
    first = _first_unit(context, prop)
    if _is_a_name(context, number, unit) and unit.key == first:
        return False
    if unit.key == first:
        return True
    if unit.key == "people":
        return any(t.key.startswith("activity:") for t in context.seen.terms)
    return is_sites or bool(context.seen.things)


def _is_a_name(context: Context, number: NumberSpan, unit: Hit) -> bool:
    """True where a number that the vocabulary knows to count nothing ("number 110") is read as a name.

    Without a measure word in Chinese; behind an article, a quotation mark or a word of naming in other languages. Not
    with a qualifier, nor where another unit is counted in the same sentence.
    """
    digits = context.text[number.start : number.end]
    vocabulary = context.profile.vocabularies.get(base_language(context.language))
    known = vocabulary.not_counts if vocabulary is not None else ()
    if not digits.isdigit() or int(digits) < LEAST_NAME or number.qualifier is not None:
        return False
    if not any(digits in re.findall(r"\d+", phrase) for phrase in known):
        return False
    if has_cjk(context.text[number.end : number.end + 1]):
        return context.text[number.end : number.end + 1] not in _MEASURES
    others = [u for u in context.seen.units if u.key not in (unit.key, "people")]
    counted = [n for n in context.seen.numbers if n is not number and n.kind == "number"]
    if any(0 <= u.start - n.end <= REACH_HAN for u in others for n in counted):
        return False
    before = context.folded[context.sentence.start : number.start]
    return bool(_ARTICLE.search(before) or _NAMING.search(before))


def _subject(context: Context, number: NumberSpan, unit: Hit) -> Spoken | None:
    here = [s for s in context.topic.spoken if s.sentence == context.number]
    over = [s for s in here if s.plural and s.start < unit.end and number.start < s.end]
    if over:
        return over[0]
    groups = [s for s in here if s.mention.group is not None]
    if groups:
        return min(groups, key=lambda s: (abs(s.start - number.start), s.start))
    return context.subject_at((number.start, unit.end))


def _is_of_calls(context: Context, subject: Spoken, at: tuple[int, int]) -> bool:
    """Countries from which a hotline was called are no countries of sites."""
    kind = context.profile.kinds[subject.mention.kind]
    clause = context.sentence.clause_of(at[0])
    return not kind.counted and any(clause[0] <= n.start < clause[1] for n in context.seen.not_counts)


def _scope(context: Context, at: tuple[int, int], subject: Spoken, number: NumberSpan) -> Scope:
    group = subject.mention.group or ""
    clause = context.sentence.clause_of(at[0])
    whose = group.partition(":")[2] if group.startswith(("batch:", "operator:")) else None
    part = restriction(context, number, at[1])
    whose = whose or _batch(context, clause, at) or part.whose
    where = subject.mention.place
    if where is None:
        home = context.profile.home
        places = [p for p in context.seen.places if clause[0] <= p.start < clause[1] and p.place.country != home]
        after = [p for p in places if at[1] <= p.start <= at[1] + REACH_OF_PLACE and not _is_of_a_part(context, at, p)]
        where = after[0].place.id if len(after) == 1 and part.where is None else part.where
    dated = [d for d in context.seen.dates if clause[0] <= d.start < clause[1]]
    return Scope(whose=whose, where=where, as_of=dated[0].edtf if len(dated) == 1 else None)


def _is_of_a_part(context: Context, at: tuple[int, int], place: PlaceSpan) -> bool:
    """ "In 21 countries, including Canada" counts no countries in Canada, "54, four of them in X" no 54 in X."""
    part = context.parts.get(place.start)
    return part is not None and at[1] <= part.opens


def _batch(context: Context, clause: tuple[int, int], at: tuple[int, int]) -> str | None:
    """Whose batch is counted, where the group is named for another reason: "a first batch of 30 stations in Spain"."""
    seen = context.seen
    if not any(g.key == "batch" and clause[0] <= g.start < clause[1] for g in seen.groups):
        return None
    home = context.profile.home
    cities = [p for p in seen.places if p.place.kind == "city" and p.place.country == home and p.end <= at[1]]
    inside = [p.words for p in cities if clause[0] <= p.start]
    operators = [context.text[o.start : o.end] for o in seen.operators if clause[0] <= o.start < clause[1]]
    return next(iter([*inside[-1:], *operators]), None)
