"""Dates of events: words of the vocabulary ("set up", 挂牌) with a date in the same clause."""

import re
from collections.abc import Iterator

from overt.find.context import Context, Find
from overt.model import Value
from overt.words.dates import DateSpan
from overt.words.phrases import Hit

# An event and its date stand within this many characters of each other.
REACH = 110
REACH_OF_PUBLISHED = 40
NEAR = 24  # characters between what was done and the word that says that it began
# "A report published in 2022 says that it was set up": the date of a paper is no date of the event.
_PUBLISHED = re.compile(
    r"\b(?:publish\w*|releas\w*|issued|publie\w*|paru\w*|publicad[oa]s?|difundid[oa]s?|divulgad[oa]s?|pubblicat[oaie]|diffus[oaie]|"
    r"veroffentlicht\w*|erschienen\w*|gepubliceerde?|verschenen|rapport|report|informe|bericht|rapporto|relatorio|study|estudio|etude|studie)"
    r"\s+(?:\w+\s+){0,2}$"
)


def events(context: Context) -> Iterator[Find]:
    """Yield a find for each event that has a date near it."""
    taken: set[tuple[str, str]] = set()
    for hit in sorted(context.seen.events, key=lambda h: (h.start, -(h.end - h.start))):
        rule = context.profile.properties[hit.key]
        if rule.type != "date":
            continue
        date = _date(context, hit)
        if (
            date is None
            or (hit.key, date.edtf) in taken
            or _is_of_an_action(context, hit)
            or _is_of_an_end(context, hit)
        ):
            continue
        at = (min(hit.start, date.start), max(hit.end, date.end))
        subjects = context.subjects_at((hit.start, hit.end))
        if subjects:
            taken.add((hit.key, date.edtf))
        for subject in subjects:
            yield Find(
                property=hit.key,
                value=Value(text=date.words, type="date", normal=date.edtf),
                at=at,
                subject=subject,
                stance=context.implied_stance_at(hit.key, at),
                rule=f"events.{hit.key}",
            )


def _is_of_an_action(context: Context, hit: Hit) -> bool:
    """ "The inquiry, launched in 2023": what an authority did begins, and no thing, where it stands right before."""
    before = [
        t.end
        for t in context.seen.terms
        if context.profile.properties[t.key.partition(":")[0]].needs_actor and hit.start - NEAR <= t.end <= hit.start
    ]
    things = [t.end for t in context.seen.things if hit.start - NEAR <= t.end <= hit.start]
    return bool(before) and max(before) > max(things, default=-1)


def _is_of_an_end(context: Context, hit: Hit) -> bool:
    """ "Stopped work in May": the last words of a state that ends a thing tell of no beginning."""
    return any(
        term.start <= hit.start and hit.end == term.end and code in context.profile.properties[prop].over
        for term in context.seen.terms
        for prop, _, code in [term.key.partition(":")]
    )


def _date(context: Context, hit: Hit) -> DateSpan | None:
    clause = context.sentence.clause_of(hit.start)
    said = context.chain((hit.start, hit.end))
    near = [
        d
        for d in context.seen.dates
        if not _PUBLISHED.search(context.folded[max(clause[0], d.start - REACH_OF_PUBLISHED) : d.start])
        and clause[0] <= d.start < clause[1]
        # "X said on 3 May that it was set up": the date of the saying is no date of the event.
        and (not said or said[0].holds(d.start))
        and min(abs(d.start - hit.end), abs(hit.start - d.end)) <= REACH
    ]
    if not near:
        return None
    return min(near, key=lambda d: (min(abs(d.start - hit.end), abs(hit.start - d.end)), d.start))
