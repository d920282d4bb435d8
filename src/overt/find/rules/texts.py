"""Properties whose value is a clause in its own words, found by phrases of the vocabulary."""

from collections.abc import Iterator

from overt.find.actors import actor_at
from overt.find.context import Context, Find
from overt.model import Value


def texts(context: Context) -> Iterator[Find]:
    """Yield one find a property and clause; the value is the words of the phrase."""
    done: set[tuple[str, int]] = set()
    for hit in context.seen.texts:
        clause = context.sentence.clause_of(hit.start)
        if (hit.key, clause[0]) in done:
            continue
        at = (hit.start, hit.end)
        subject = context.subject_at(at)
        if subject is None:
            continue
        done.add((hit.key, clause[0]))
        rule = context.profile.properties[hit.key]
        yield Find(
            property=hit.key,
            value=Value(text=context.text[hit.start : hit.end], type=rule.type),
            at=at,
            subject=subject,
            stance=context.stance_at(at, rule.negatable, None),
            actor=actor_at(context, at) if rule.needs_actor else None,
            rule=f"text.{hit.key}",
        )
