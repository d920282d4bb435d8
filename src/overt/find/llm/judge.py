"""The gate: what a model proposes becomes a find only where the page bears it out; else the rule that stopped it.

The quote must stand in the text that the model was shown, letter by letter. The value must stand in the quote and be
what the property wants. What it is about must be named there. The voice must be named there, and must not take another
voice's words. The stance is the words', and never stronger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from overt.find.actors import actor_at
from overt.find.attribution import Attribution
from overt.find.context import Context, Find
from overt.find.llm.proposals import Proposal
from overt.find.llm.spans import bare, places_of, same_length, touch
from overt.find.llm.values import Read, read
from overt.find.llm.windows import Piece, Window
from overt.find.rules.terms import is_of_a_thing, is_wanted
from overt.find.sentence import Span
from overt.find.subjects import Spoken
from overt.find.voices import Voices
from overt.model import AFFIRMING, Scope, Stance, Voice
from overt.words.phrases import Hit, matchable

VoicesOf = Callable[[str | None], Voices | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A find with the sentence that it is in; its attributions hold the voice that the model named."""

    context: Context
    find: Find


@dataclass(frozen=True, slots=True)
class Page:
    """What the gate knows of a page: its sentences, its own voices, and who reads a language's voices."""

    contexts: Sequence[Context]
    outlet: tuple[Voice, ...]
    voices_of: VoicesOf


def judge(one: Proposal, window: Window, page: Page, rule: str) -> Kept | str:
    """Return the find that a proposal makes, or the name of the first rule that it breaks (`gate.toml`).

    Args:
        one: the model's word.
        window: the part of the page that it was shown.
        page: the whole page.
        rule: the name under which the find goes.
    """
    profile = page.contexts[0].profile
    prop, _, part = one.what.partition(":")
    known = profile.properties.get(prop)
    parts = (known.codes if known.type == "term" else known.units if known.type == "count" else {}) if known else {}
    if known is None or (part not in parts if parts else part != ""):
        return "what"
    where = _quoted(one.quote, window)
    if where is None:
        return "quote"
    piece, start, end = where
    found = _context_of(one.words, piece, start, end, window, page)
    if found is None:
        return "value"
    context, at = found
    voices = page.voices_of(context.language)
    value = read(prop, part, context, at, voices)
    if isinstance(value, str):
        return value
    at = value.at
    if context.is_unsaid(at) and not known.finding:
        return "stance"
    if known.type == "term" and is_of_a_thing(context, Hit(one.what, *at)):
        return "value"
    subject = _subject(one.about, context, at, window, page)
    if subject is None or not _fits(prop, value, subject, context):
        return "about"
    spoken = _spoken_by(one.voice, context, at, window, page, voices)
    if isinstance(spoken, str):
        return spoken
    stance = _stance(one.stance, prop, value, spoken)
    if stance is None:
        return "stance"
    find = Find(
        property=prop,
        value=value.value,
        at=at,
        subject=subject,
        stance=stance,
        qualifier=value.qualifier,
        scope=Scope(where=subject.mention.place) if known.type == "count" else Scope(),
        actor=actor_at(spoken, at) if known.needs_actor else None,
        rule=rule,
    )
    return Kept(spoken, find)


def _quoted(quote: str, window: Window) -> tuple[Piece, int, int] | None:
    """Where a quote stands in one passage of the window, letter by letter; only kinds of white space are one."""
    wanted = same_length(quote.strip())
    for piece in window.pieces if wanted else ():
        at = same_length(piece.text).find(wanted)
        if at >= 0:
            return piece, piece.start + at, piece.start + at + len(wanted)
    return None


def _context_of(
    words: str, piece: Piece, start: int, end: int, window: Window, page: Page
) -> tuple[Context, Span] | None:
    """The sentence inside a quote in which words stand, and where."""
    inside = [page.contexts[n] for n in window.contexts if page.contexts[n].sentence.passage == piece.passage]
    for context in inside:
        low, high = max(start, context.sentence.start), min(end, context.sentence.end)
        at = next(places_of(words, context.text, low, high), None) if low < high else None
        if at is not None:
            return context, at
    return None


def _subject(about: str, context: Context, at: Span, window: Window, page: Page) -> Spoken | None:
    """What it is about: what the model's words name up to there, else what the sentence is about anyway.

    None where the words do not stand in the text, or name a site in another city than the sentence does.
    """
    if not bare(about):
        return context.subject_at(at)
    if not _stands(about, window):
        return None
    named = [
        s
        for s in context.topic.spoken
        if s.sentence in window.contexts
        and s.sentence <= context.number
        and any(touch(span, (s.start, s.end)) for span in places_of(about, page.contexts[s.sentence].text))
    ]
    here = [s for s in named if s.sentence == context.number]
    if here:
        return min(here, key=lambda s: (abs(s.start - at[0]), s.start))
    if not named:
        return context.subject_at(at)
    home = context.profile.home
    cities = {p.place.id for p in context.seen.places if p.place.kind == "city" and p.place.country != home}
    last = named[-1]
    return None if cities and last.mention.group is None and last.mention.place not in cities else last


def _fits(prop: str, value: Read, subject: Spoken, context: Context) -> bool:
    """Can the subject have such a value: is it of a kind that may, and placed where the value places it?"""
    rule = context.profile.properties[prop]
    if rule.subjects and subject.mention.kind not in rule.subjects:
        return False
    if rule.type == "place":
        return subject.mention.group is None and subject.mention.place in (None, value.value.normal)
    return True


def _stands(words: str, window: Window) -> bool:
    return any(next(places_of(words, piece.text), None) is not None for piece in window.pieces)


def _spoken_by(
    voice: str, context: Context, at: Span, window: Window, page: Page, voices: Voices | None
) -> Context | str:
    """The sentence with who says it, or the rule that the model's voice breaks.

    Where the words name a voice, it is theirs: a model may name it too, but can neither put another in its place nor
    give the words to the outlet. Where they name none, the model may name one that it was shown.
    """
    said = bare(voice)
    chain = context.chain(at)
    own = (chain[0].voice,) if chain else page.outlet
    if not said or any(_is_named(said, one) for one in own):
        return context
    piece = next((p for p in window.pieces if next(places_of(said, p.text), None) is not None), None)
    if piece is None:
        return "voice"
    if chain:
        return "other_voice"
    begin, stop = next(places_of(said, piece.text))
    found = voices.read(piece.text[begin:stop]) if voices is not None else None
    if not isinstance(found, Voice):
        return "voice"
    whole = (context.sentence.start, context.sentence.end)
    told = Attribution(found, Stance.STATES, None, (at[0], at[0]), (whole,), rule="llm")
    return replace(context, attributions=[*context.attributions, told])


def _is_named(said: str, voice: Voice) -> bool:
    """True where words and a voice name each other, as a whole or by a part."""
    wanted = matchable(said)
    names = [matchable(n) for n in (voice.words, voice.organisation, voice.speaker, voice.role) if n]
    return any(next(places_of(wanted, n), None) or next(places_of(n, wanted), None) for n in names)


def _stance(given: str, prop: str, value: Read, context: Context) -> Stance | None:
    """The stance of the words; the model can only take it down to alleged. None where the two contradict each other."""
    if given not in set(Stance):
        return None
    own, rule = context.implied_stance_at(prop, value.at, value.stance), context.profile.properties[prop]
    if own in AFFIRMING and rule.cardinality == "one_at_a_time" and is_wanted(context, *value.at):
        return None
    theirs = Stance(given)
    if own in AFFIRMING and theirs in AFFIRMING:
        return Stance.ALLEGES if theirs is Stance.ALLEGES else own
    return own if own is theirs else None
