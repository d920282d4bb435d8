"""The value of what a model proposes, read from the words of the page by the same tools as the patterns use.

A model only points at words. Which number, day or place they are is read here, so that it cannot say that "some" is 54.
"""

from dataclasses import dataclass

from overt.find.context import Context
from overt.find.function_words import FUNCTION_WORDS
from overt.find.llm.spans import touch
from overt.find.sentence import Span
from overt.find.voices import Voices
from overt.model import Stance, Value, Voice
from overt.places import gazetteer
from overt.words.dates import dates
from overt.words.numbers import numbers
from overt.words.phrases import Hit, has_cjk, matchable

LONGEST_VALUE = 160  # characters: what is longer is a sentence, and no value
LONGEST_TERM = 80  # of words that a code stands for
LEAST_WHOLE = 40  # from so many on, words that are their whole sentence point at nothing in it
LONGEST_BODY = 90  # characters of a body's name, as the patterns take it
LEAST_COUNT = 2


@dataclass(frozen=True, slots=True)
class Read:
    """A value with its place in the passage. `stance` is given where the vocabulary's words deny the code."""

    value: Value
    at: Span
    qualifier: str | None = None
    stance: Stance | None = None


def read(prop: str, part: str, context: Context, at: Span, voices: Voices | None) -> Read | str:
    """Return what the words at `at` give for a property, or the name of the rule that they break.

    Args:
        prop: a property of the profile; `part` its code or unit, where it has any.
        context: the sentence that holds the words; offsets are of its passage.
        voices: reads bodies in the sentence's language.
    """
    kind = context.profile.properties[prop].type
    if at[1] - at[0] > LONGEST_VALUE or not _says_something(context.text[at[0] : at[1]]):
        return "value"
    if kind == "term":
        return _term(prop, part, context, at)
    if kind == "count":
        return _count(part, context, at) or "value"
    if kind == "date":
        return _date(context, at) or "value"
    if kind == "place":
        return _place(context, at) or "value"
    if _only_names(context, at) and prop != "name":
        return "value"
    words = context.text[at[0] : at[1]]
    if kind == "entity":
        body = voices.read(words) if voices is not None and len(words) <= LONGEST_BODY else None
        if not (isinstance(body, Voice) and body.organisation):
            return "value"
        return Read(Value(text=words, type=kind, normal=matchable(words)), at)
    return Read(Value(text=words, type=kind, normal=matchable(words) if prop == "name" else None), at)


def _says_something(words: str) -> bool:
    """True where a word or number stands there that is not only grammar."""
    if has_cjk(words):
        return len(words) > 1
    return any(w.isdigit() or (len(w) > 1 and w not in FUNCTION_WORDS) for w in matchable(words).split())


def _only_names(context: Context, at: Span) -> bool:
    """True where words only name a thing or a place: that says nothing about it."""
    spoken = [(s.start, s.end) for s in context.topic.spoken if s.sentence == context.number]
    named = [*spoken, *((p.start, p.end) for p in context.seen.places)]
    return any(a <= at[0] and at[1] <= b for a, b in named)


def _term(prop: str, part: str, context: Context, at: Span) -> Read | str:
    """The code is the model's word; where the vocabulary knows the words, it must not know them as something else."""
    known = [h for h in context.seen.terms if touch((h.start, h.end), at)]
    own = [h for h in known if h.key.startswith(f"{prop}:")]
    same = [h for h in own if _code(h).lstrip("-") == part]
    # Of words that are mostly a term of another property nothing new is said.
    taken = any(2 * (min(h.end, at[1]) - max(h.start, at[0])) >= at[1] - at[0] for h in known)
    if not same and (own or taken):
        return "code"
    if same:
        # The words of the vocabulary are the value, as for the patterns: what both find is then one statement.
        best = max(same, key=lambda h: (h.end - h.start, -h.start))
        words = context.text[best.start : best.end].strip()
        stance = Stance.DENIES if _code(best).startswith("-") else None
        return Read(Value(text=words, type="term", normal=part), (best.start, best.end), stance=stance)
    length = at[1] - at[0]
    is_whole = length >= LEAST_WHOLE and 10 * length >= 9 * len(context.sentence.text)
    if length > LONGEST_TERM or is_whole or _only_names(context, at):
        return "value"
    return Read(Value(text=context.text[at[0] : at[1]], type="term", normal=part), at)


def _code(hit: Hit) -> str:
    return hit.key.partition(":")[2]


def _inside(at: Span, start: int, end: int, context: Context) -> bool:
    begin = context.sentence.start
    return at[0] <= start + begin and end + begin <= at[1]


def _count(unit: str, context: Context, at: Span) -> Read | str | None:
    found = [
        n
        for n in numbers(context.sentence.text, context.language)
        if n.kind == "number" and _inside(at, n.start, n.end, context)
    ]
    if len(found) != 1:
        return None
    number, begin = found[0], context.sentence.start
    if number.value is None or number.value < LEAST_COUNT or number.value != int(number.value) or number.odd:
        return None
    span = (number.start + begin, number.end + begin)
    if any(touch(span, (n.start, n.end)) for n in context.seen.not_counts):
        return None
    counted = {u.key for u in context.seen.units if touch((u.start, u.end), at)}
    if counted and unit not in counted:
        return "code"
    value = Value(text=context.text[at[0] : at[1]], type="count", number=number.value, unit=unit)
    return Read(value, at, qualifier=number.qualifier)


def _date(context: Context, at: Span) -> Read | None:
    begin = context.sentence.start
    for date in dates(context.sentence.text, context.language, context.published):
        span = (date.start + begin, date.end + begin)
        if touch(span, at):
            return Read(Value(text=date.words, type="date", normal=date.edtf), span)
    return None


def _place(context: Context, at: Span) -> Read | None:
    begin = context.sentence.start
    found = [p for p in gazetteer.find(context.sentence.text, context.language) if _inside(at, p.start, p.end, context)]
    abroad = [p for p in found if p.place.country != context.profile.home and not p.ambiguous]
    if not abroad:
        return None
    best = min(abroad, key=lambda p: (p.place.kind != "city", p.start))
    span = (best.start + begin, best.end + begin)
    return Read(Value(text=best.words, type="place", normal=best.place.id), span)
