"""Codes of `term` properties by the words of the vocabulary: "renew licences" and 换证 are one code.

A code written with a minus in the vocabulary ("-yes") denies it.
"""

import re
from collections.abc import Iterator

from overt.find.actors import actor_at, is_of_a_mission
from overt.find.context import Context, Find
from overt.find.rules.entities import is_action
from overt.model import Scope, Stance, Value
from overt.words.phrases import Hit, has_cjk

NEAR_UNIT = 16  # characters between a number and the noun of people that it counts
REACH_OF_OBJECT = 4  # characters between a verb and what it is done to
NAME_IN_QUOTES = 3  # characters beside a thing in quotation marks that call it so
SHORT_NAME, SHORT_NAME_HAN = 5, 8  # words and characters of a name: what is longer may hold a clause
_WANTED = re.compile(
    r"\b(?:to|must|should|shall|will|would|could|might|needs? to|ha(?:s|ve) to)(?: be| immediately| also)*\s+$|"
    r"\b(?:doit|doivent|devait|devaient|devra|devront|devrait|devraient|deve|devono|doveva|dovevano|dovra|dovranno|"
    r"debe|deben|debia|debian|debera|deberan|devem|devia|deviam|tinha que|tinha de|tinham de|"
    r"devera|deverao|tem de|tem que|ter de|muss|mussen|mussten|moet|moeten|musi|musej[ií])(?: \w+){0,3}?"
    r"(?: etre| essere| ser| serem)?\s+$|"
    r"(?:应|应该|應|應該|必须|必須|要求|下令|责令|命令|勒令|将|將)(?:立即|尽快|盡快)?$"
)
# A deed with an object that is presupposed.
_DEED = re.compile(r"\b\w+ing (?:up )?(?:the|these|those|its|their)\b(?! existence)")
# 已下令关闭: the order lies within the words of the state.
_ORDERED = re.compile("下令|责令|勒令|命令|要求|敦促|呼吁")
# A state and the date since when it holds stand so near, with no stop between.
REACH_OF_DATE, REACH_OF_DATE_HAN = 24, 6
_NO_PART = re.compile(r"[,.;:。，；：(]|\b(?:and|und|et|y|e|en)\b")


def terms(context: Context) -> Iterator[Find]:
    """Yield one find for each code in each clause of a sentence."""
    done: dict[tuple[str, str, int], tuple[int, int]] = {}
    for hit in sorted(context.seen.terms, key=lambda h: (h.start, -(h.end - h.start))):
        prop, _, code = hit.key.partition(":")
        clause = context.sentence.clause_of(hit.start)
        bare = code.lstrip("-")
        key = (prop, bare, clause[0])
        if key in done:
            continue
        rule = context.profile.properties[prop]
        if _is_inside_denial(context, prop, code, hit.start, hit.end) or _is_part_of_negative(context, prop, hit):
            continue
        if code.startswith("-") and (_ends_in_a_clause(context, hit) or _is_of_a_deed(context, prop, hit)):
            continue
        if rule.accuses != "never" and _is_done_to_it(context, hit):
            continue
        if is_of_a_thing(context, hit) or _is_of_a_name(context, hit) or _is_of_an_action(context, prop, hit):
            continue
        if rule.cardinality == "many" and not rule.needs_actor and _holds_a_count(context, hit):
            continue
        if rule.accuses == "always" and _is_of_people(context, hit):
            continue
        says_it_exists = prop in _implied(context) and not code.startswith("-")
        if says_it_exists and (context.is_doubted((hit.start, hit.end)) or is_action(context, hit.start, hit.end)):
            continue
        if rule.cardinality == "one_at_a_time" and is_wanted(context, hit.start, hit.end):
            continue
        at = (hit.start, hit.end)
        if rule.finding and is_of_a_mission(context, at):
            continue
        done[key] = at
        given = Stance.DENIES if code.startswith("-") else None
        words = context.text[hit.start : hit.end].strip()
        scope = Scope(as_of=_since(context, hit) if rule.cardinality == "one_at_a_time" else None)
        for subject in context.subjects_at(at):
            yield Find(
                property=prop,
                value=Value(text=words, type="term", normal=bare),
                at=at,
                subject=subject,
                stance=given or context.implied_stance_at(prop, at),
                scope=scope,
                actor=actor_at(context, at) if rule.needs_actor else None,
                rule=f"terms.{prop}.{code}",
            )


def _holds_a_count(context: Context, hit: Hit) -> bool:
    """ "There are 36 such police stations" counts stations; it does not say what something is."""
    between = [n for n in context.seen.numbers if hit.start <= n.start and n.end <= hit.end]
    units = [u for u in context.seen.units if hit.start <= u.start < hit.end]
    return bool(units) and any(n.kind == "number" and (n.value or 0) > 1 for n in between)


def _is_of_people(context: Context, hit: Hit) -> bool:
    """ "230,000 people were persuaded to return", with no thing in the sentence, is said of people, and of no thing."""
    clause = context.sentence.clause_of(hit.start)
    if context.seen.things or not clause[0] <= hit.start < clause[1]:
        return False
    people = [u.start for u in context.seen.units if u.key == "people" and clause[0] <= u.start < hit.start]
    return any(0 <= u - n.end <= NEAR_UNIT for n in context.seen.numbers for u in people)


def _implied(context: Context) -> frozenset[str]:
    """The properties that others imply: that a thing exists is not said by an inquiry into it."""
    return frozenset(rule.implies for rule in context.profile.properties.values() if rule.implies)


def is_wanted(context: Context, start: int, end: int) -> bool:
    """A state that is ordered, wanted or expected is not one that somebody says it is in ("told to shut down")."""
    before = context.folded[context.sentence.start : start]
    return bool(_WANTED.search(before) or _ORDERED.search(context.folded, start, end))


def _since(context: Context, hit: Hit) -> str | None:
    """Since when a state holds: the date right beside its words ("was shut down on 4 May 2022", 已于9月13日关闭)."""
    folded, best = context.folded, (REACH_OF_DATE + 1, "")
    is_han = has_cjk(context.text[hit.start : hit.end])
    for date in context.seen.dates:
        if date.start < hit.end and hit.start < date.end:
            gap = (date.end, hit.end)
        elif date.start >= hit.end:
            gap = (hit.end, date.start)
        elif is_han and hit.start - date.end <= REACH_OF_DATE_HAN:
            gap = (date.end, hit.start)
        else:
            continue
        if not _NO_PART.search(folded, *gap):
            best = min(best, (max(0, gap[1] - gap[0]), date.edtf))
    return best[1] or None


def _is_done_to_it(context: Context, hit: Hit) -> bool:
    """警方监视警察站: where an authority stands before the verb and the thing behind it, the thing does nothing."""
    if not has_cjk(context.text[hit.start : hit.end]) or context.speech is None:
        return False
    clause, start = context.sentence.clause_of(hit.start), context.sentence.start
    things = [t.start for t in context.seen.things if clause[0] <= t.start < clause[1]]
    if min(things, default=-1) < hit.start or not any(t <= hit.end + REACH_OF_OBJECT for t in things if t >= hit.end):
        return False
    states = (h for h in context.speech.heads.find(context.sentence.folded) if h.key == "state")
    return any(clause[0] <= h.start + start and h.end + start <= hit.start for h in states)


def is_of_a_thing(context: Context, hit: Hit) -> bool:
    """Words that are a part of a thing's name say nothing of it: the police in "police service station".

    An epithet with its noun does ("an illegal station"), but not where quotation marks keep both at a distance.
    """
    for thing in context.seen.things:
        if hit.start < thing.start < hit.end < thing.end and has_cjk(context.text[hit.start : hit.end]):
            return True  # 不是警察|站: words that end in the middle of its noun
        if not (thing.start <= hit.start and hit.end <= thing.end):
            continue
        if hit.end < thing.end:
            return True
        # A quotation that opens its sentence is what somebody says.
        within = (q for q in context.sentence.quotations if q[0] > context.sentence.start + NAME_IN_QUOTES)
        quoted = (q for q in within if q[0] - 1 <= thing.start and thing.end <= q[1] + 1)
        if any(b - a <= thing.end - thing.start + NAME_IN_QUOTES for a, b in quoted):
            return True
    return False


def _is_of_a_name(context: Context, hit: Hit) -> bool:
    """Words within a source name who speaks: the charge in "the charge sheet says" is no charge."""
    sources = (a.source for a in context.attributions if a.source is not None)
    return any(a <= hit.start and hit.end <= b and _is_short(context.text[a:b]) for a, b in sources)


def _is_short(words: str) -> bool:
    return len(words) <= SHORT_NAME_HAN if has_cjk(words) else len(words.split()) <= SHORT_NAME


def _is_of_an_action(context: Context, prop: str, hit: Hit) -> bool:
    """Words within those of what an authority did or found are theirs.

    "No illegal activity was found" says nothing of what a thing is, "closed the inquiry into it" nothing of its state.
    """
    rules, own = context.profile.properties, context.profile.properties[prop]
    if own.needs_actor:
        return False
    may_be_of_a_finding = own.cardinality != "one_at_a_time"
    may_be_of_a_suspicion = hit.key.partition(":")[2] in own.over
    for other in context.seen.terms:
        name, _, code = other.key.partition(":")
        holds = other.start <= hit.start and hit.end <= other.end and other[1:] != hit[1:]
        if may_be_of_a_finding and rules[name].finding and holds:
            return True
        overlaps = other.start < hit.end and hit.start < other.end
        if may_be_of_a_suspicion and code in rules[name].suspects and overlaps:
            return True
    return False


def _ends_in_a_clause(context: Context, hit: Hit) -> bool:
    """ "There is no proof that the station | was used for ..." denies the use, and presupposes the station."""
    if context.speech is None or not any(t.start < hit.end <= t.end for t in context.seen.things):
        return False
    start = context.sentence.start
    inside = [m for m in context.speech.marks.find(context.sentence.folded) if m.key == "that"]
    said = [c for c in context.speech.cues.find(context.sentence.folded) if hit.start <= c.start + start < hit.end]
    return not said and any(hit.start < m.start + start < hit.end for m in inside)


def _is_of_a_deed(context: Context, prop: str, hit: Hit) -> bool:
    """ "Denied running the stations" denies the deed, and presupposes the stations; "running any stations" does not."""
    return prop in _implied(context) and bool(_DEED.search(context.folded, hit.start, hit.end))


def _is_part_of_negative(context: Context, prop: str, hit: Hit) -> bool:
    """ "No charges" is one code; the "charges" in it are none."""
    wider = (
        other
        for other in context.seen.terms
        if other.key.startswith(f"{prop}:") and other.key != hit.key and other.start < hit.start < other.end
    )
    return any(m.key == "denies" and o.start <= m.start < hit.start for o in wider for m in context.mood)


def _is_inside_denial(context: Context, prop: str, code: str, start: int, end: int) -> bool:
    """An affirming phrase inside a denying one of the same property is part of the denial."""
    if code.startswith("-"):
        return False
    return any(
        other.key.startswith(f"{prop}:-") and other.start <= end and start <= other.end for other in context.seen.terms
    )
