"""Where a thing is: the place that its words give, once for each thing, place and voice of a document."""

from collections.abc import Iterator

from overt.find.context import Context, Find
from overt.model import Stance, Value


def places(context: Context) -> Iterator[Find]:
    """Yield a find for each single thing that a voice places at city level or finer for the first time."""
    for prop, rule in context.profile.properties.items():
        if rule.type != "place":
            continue
        for one in context.topic.spoken:
            mention = one.mention
            if one.sentence != context.number or mention.group is not None or mention.place is None:
                continue
            span = next((p for p in context.seen.places if p.place.id == mention.place), None)
            if span is None:
                continue
            at = (min(one.start, span.start), max(one.end, span.end))
            if _is_denied(context, at):
                continue
            stance = context.implied_stance_at(prop, at)
            said = (mention.kind, mention.place, voice_at(context, at))
            # Once for each voice; what was only alleged is said once more where it is stated.
            if (*said, stance) in context.topic.placed or (*said, Stance.STATES) in context.topic.placed:
                continue
            context.topic.placed.add((*said, stance))
            yield Find(
                property=prop,
                value=Value(text=span.words, type="place", normal=mention.place),
                at=at,
                subject=one,
                stance=stance,
                rule=f"place.{prop}",
            )


def voice_at(context: Context, at: tuple[int, int]) -> str:
    """Who places it: a headline and the voice that the text names for it are two, and both are kept."""
    chain = context.chain(at)
    voice = chain[0].voice if chain else None
    return " ".join(filter(None, (voice.speaker, voice.role, voice.organisation))) if voice else ""


def _is_denied(context: Context, at: tuple[int, int]) -> bool:
    """Where the clause denies or doubts the thing, it places nothing: "does not believe that there is one in X"."""
    if context.is_doubted(at):
        return True
    clause = context.sentence.clause_of(at[0])
    if any(m.key in ("denies", "asks") and clause[0] <= m.start < at[1] for m in context.mood):
        return True
    implied = {rule.implies for rule in context.profile.properties.values() if rule.implies}
    # "There is no station in X": the words that deny the thing itself hold it.
    return any(
        t.key.partition(":-")[0] in implied and t.key != t.key.partition(":-")[0] and t.start < at[1] and at[0] < t.end
        for t in context.seen.terms
    )
