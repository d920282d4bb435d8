"""Codes of `term` properties by the words of the vocabulary: "renew licences" and 换证 are one code.

A code written with a minus in the vocabulary ("-yes") denies it.
"""

import re
from collections.abc import Iterator

from overt.find.actors import actor_at
from overt.find.context import Context, Find
from overt.find.rules.entities import is_action
from overt.model import Stance, Value
from overt.words.phrases import Hit

_WANTED = re.compile(
    r"\b(?:to|must|should|shall|will|would|could|might|needs? to|ha(?:s|ve) to)(?: be| immediately| also)*\s+$|"
    r"\b(?:doit|doivent|devra|devront|devrait|devraient|deve|devono|dovra|dovranno|debe|deben|debera|deberan|deve|devem|"
    r"devera|deverao|tem de|tem que|têm de|ter de|muss|mussen|mussten|moet|moeten|musi|musej[ií])(?: \w+){0,3}?"
    r"(?: etre| essere| ser| serem)?\s+$|"
    r"(?:应|应该|應|應該|必须|必須|要求|下令|责令|命令|将|將)(?:立即|尽快|盡快)?$"
)


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
        if _is_inside_denial(context, prop, code, hit.start, hit.end) or _is_part_of_negative(context, prop, hit):
            continue
        actor = context.profile.properties[prop].needs_actor
        if rule_of(context, prop) == "many" and not actor and _holds_a_count(context, hit):
            continue
        says_it_exists = prop in _implied(context) and not code.startswith("-")
        if says_it_exists and (context.is_doubted((hit.start, hit.end)) or is_action(context, hit.start, hit.end)):
            continue
        if context.profile.properties[prop].cardinality == "one_at_a_time" and is_wanted(context, hit.start):
            continue
        done[key] = (hit.start, hit.end)
        at = (hit.start, hit.end)
        subject = context.subject_at(at)
        if subject is None:
            continue
        rule = context.profile.properties[prop]
        given = Stance.DENIES if code.startswith("-") else None
        words = context.text[hit.start : hit.end].strip()
        yield Find(
            property=prop,
            value=Value(text=words, type="term", normal=bare),
            at=at,
            subject=subject,
            stance=given or context.implied_stance_at(prop, at),
            actor=actor_at(context, at) if rule.needs_actor else None,
            rule=f"terms.{prop}.{code}",
        )


def rule_of(context: Context, prop: str) -> str:
    return context.profile.properties[prop].cardinality


def _holds_a_count(context: Context, hit: Hit) -> bool:
    """ "There are 36 such police stations" counts stations; it does not say what something is."""
    between = [n for n in context.seen.numbers if hit.start <= n.start and n.end <= hit.end]
    units = [u for u in context.seen.units if hit.start <= u.start < hit.end]
    return bool(units) and any(n.kind == "number" and (n.value or 0) > 1 for n in between)


def _implied(context: Context) -> frozenset[str]:
    """The properties that others imply: that a thing exists is not said by an inquiry into it."""
    return frozenset(rule.implies for rule in context.profile.properties.values() if rule.implies)


def is_wanted(context: Context, start: int) -> bool:
    """A state that is ordered, wanted or expected is not one that somebody says it is in ("told to shut down")."""
    return bool(_WANTED.search(context.folded[context.sentence.start : start]))


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
