"""Why a text gives the statements that it gives: each sentence with what was recognised in it and the rules that fired.

A document goes in as it does to `find`; sentences come out, with spans as offsets in their passage. For those who write
a vocabulary: a word that is not in the list was not seen.
"""

from collections.abc import Iterator, Sequence

import msgspec

from overt.find.context import Context, Find
from overt.find.find import find
from overt.find.prepared import Finders, Found
from overt.model import Document, Sighting, Statement


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A span of a passage that something was recognised in. `means` is a kind, a code, a place, a date, a number."""

    what: str
    words: str
    start: int
    end: int
    means: str = ""


class Speaking(msgspec.Struct, frozen=True, kw_only=True):
    """An attribution: whose words a part of the sentence is, by which cue and rule."""

    voice: str
    stance: str
    cue: str
    content: tuple[str, ...]
    rule: str


class Fired(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that a rule made: `at` are the words that fired it."""

    rule: str
    property: str
    value: str
    stance: str
    at: str
    subject: str


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: its passage, its words, and what was seen in it. No `said`: the outlet speaks."""

    passage: int
    text: str
    seen: tuple[Seen, ...]
    said: tuple[Speaking, ...]
    fired: tuple[Fired, ...]


def explain(document: Document, sighting: Sighting, finders: Finders) -> tuple[Found, list[Explained]]:
    """Return what `find` finds, and each sentence that it looked at. Takes the same, and raises the same."""
    sentences: list[Explained] = []
    found = find(document, sighting, finders, watch=lambda context, finds: sentences.append(_explained(context, finds)))
    return found, sentences


def _explained(context: Context, finds: Sequence[tuple[Find, Statement]]) -> Explained:
    text = context.text
    said = tuple(
        Speaking(
            voice=", ".join(p for p in (a.voice.speaker, a.voice.role, a.voice.organisation) if p) or a.voice.words,
            stance=str(a.stance),
            cue=text[slice(*a.cue)],
            content=tuple(text[slice(*span)] for span in a.content),
            rule=a.rule,
        )
        for a in context.attributions
    )
    fired = tuple(
        Fired(
            rule=one.rule,
            property=one.property,
            value=one.value.normal or one.value.text,
            stance=str(statement.stance),
            at=text[slice(*one.at)],
            subject=one.subject.mention.text,
        )
        for one, statement in finds
    )
    seen = tuple(sorted(_seen(context), key=lambda s: (s.start, s.end, s.what, s.means)))
    return Explained(passage=context.sentence.passage, text=context.sentence.text, seen=seen, said=said, fired=fired)


def _seen(context: Context) -> Iterator[Seen]:
    text, seen = context.text, context.seen
    for place in seen.places:
        name = f"{place.place.id}{' (more than one has this name)' if place.ambiguous else ''}"
        yield Seen(what="place", words=text[place.start : place.end], start=place.start, end=place.end, means=name)
    for date in seen.dates:
        yield Seen(what="date", words=text[date.start : date.end], start=date.start, end=date.end, means=date.edtf)
    for number in seen.numbers:
        means = f"{number.value:g}" if number.value is not None else ""
        means = means if number.kind == "number" else f"{number.kind}: no count"
        yield Seen(
            what="number", words=text[number.start : number.end], start=number.start, end=number.end, means=means
        )
    for what, hits in (
        ("thing", seen.things),
        ("name", seen.names),
        ("term", seen.terms),
        ("text", seen.texts),
        ("event", seen.events),
        ("body", seen.entities),
        ("unit", seen.units),
        ("operator", seen.operators),
        ("mood", context.mood),
    ):
        for hit in hits:
            yield Seen(what=what, words=text[hit.start : hit.end], start=hit.start, end=hit.end, means=hit.key)


__all__ = ["Explained", "Fired", "Seen", "Speaking", "explain"]
