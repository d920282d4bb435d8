"""What a document's sentences name: places, dates, numbers, and words of a profile's vocabulary, found once each."""

import re
from dataclasses import dataclass

import msgspec

from overt.find.sentence import Sentence
from overt.places import gazetteer
from overt.places.gazetteer import PlaceSpan
from overt.profile import Profile
from overt.words.dates import DateSpan, dates
from overt.words.numbers import NumberSpan, numbers
from overt.words.phrases import Hit, Phrases

_LINK = re.compile(r"https?://[^\s()（）]+|www\.[^\s()（）]+")


class Lookup:
    """A vocabulary of one language, compiled: what to look for in a sentence, keyed by what it means."""

    def __init__(self, profile: Profile, language: str) -> None:
        words = profile.vocabularies[language]
        self.things = Phrases(
            [
                *((f"one:{kind}", p) for kind, phrases in words.kinds.items() for p in phrases),
                *((f"many:{kind}", p) for kind, phrases in words.plural.items() for p in phrases),
            ]
        )
        self.elliptic = Phrases(
            [
                *((f"one:{kind}", p) for kind, phrases in words.elliptic.items() for p in phrases),
                *((f"many:{kind}", p) for kind, phrases in words.elliptic_many.items() for p in phrases),
            ]
        )
        self.names = Phrases((kind, p) for kind, phrases in words.names.items() for p in phrases)
        self.terms = Phrases(
            (f"{prop}:{code}", p)
            for prop, codes in words.terms.items()
            for code, phrases in codes.items()
            for p in phrases
        )
        self.texts = Phrases((prop, p) for prop, phrases in words.text.items() for p in phrases)
        self.events = Phrases((prop, p) for prop, phrases in words.events.items() for p in phrases)
        self.entities = Phrases(
            (f"{p[0]}{prop}", p[1:].strip())
            for prop, phrases in words.entities.items()
            for p in phrases
            if p[0] in "<>"
        )
        self.units = Phrases((unit, p) for unit, phrases in words.units.items() for p in phrases)
        self.operators = Phrases(("operator", p) for p in words.operators)
        self.groups = Phrases([*(("network", p) for p in words.networks), *(("batch", p) for p in words.batches)])
        self.not_counts = Phrases(("not", p) for p in words.not_counts)


class Lookups:
    """The vocabularies of a profile by language, each compiled when it is first asked for."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._made: dict[str, Lookup] = {}

    def of(self, language: str | None) -> Lookup | None:
        """Return the vocabulary of a BCP 47 language (its first subtag decides), or None where the profile has none."""
        base = (language or "").split("-")[0]
        if base not in self._profile.vocabularies:
            return None
        if base not in self._made:
            self._made[base] = Lookup(self._profile, base)
        return self._made[base]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one sentence names. All spans are offsets in the passage."""

    things: tuple[Hit, ...]
    names: tuple[Hit, ...]
    terms: tuple[Hit, ...]
    texts: tuple[Hit, ...]
    events: tuple[Hit, ...]
    entities: tuple[Hit, ...]
    units: tuple[Hit, ...]
    operators: tuple[Hit, ...]
    groups: tuple[Hit, ...]
    not_counts: tuple[Hit, ...]
    places: tuple[PlaceSpan, ...]
    dates: tuple[DateSpan, ...]
    numbers: tuple[NumberSpan, ...]


def recognise(
    sentence: Sentence, lookup: Lookup, language: str | None, published: str | None, prefer: tuple[str, ...]
) -> Recognised:
    """Return what a sentence names.

    Args:
        lookup: the vocabulary of the sentence's language.
        published: EDTF date of the page, for relative dates.
        prefer: countries that the document already named, for places of one name.
    """
    start, folded, text = sentence.start, sentence.folded, sentence.text

    # The words of an address are no words of the text.
    links = [m.span() for m in _LINK.finditer(text)]

    def hits(phrases: Phrases) -> tuple[Hit, ...]:
        return tuple(
            Hit(h.key, h.start + start, h.end + start)
            for h in phrases.find(folded)
            if not any(a < h.end and h.start < b for a, b in links)
        )

    things = hits(lookup.things)
    if things:
        things += tuple(h for h in hits(lookup.elliptic) if _follows(h, things))
    places = tuple(
        msgspec.structs.replace(p, start=p.start + start, end=p.end + start)
        for p in gazetteer.find(text, language, prefer)
        if not any(a < p.end and p.start < b for a, b in links)
    )
    return Recognised(
        things=_longest(things),
        names=hits(lookup.names),
        terms=hits(lookup.terms),
        texts=hits(lookup.texts),
        events=hits(lookup.events),
        entities=hits(lookup.entities),
        units=hits(lookup.units),
        operators=hits(lookup.operators),
        groups=hits(lookup.groups),
        not_counts=hits(lookup.not_counts),
        places=places,
        dates=tuple(
            msgspec.structs.replace(d, start=d.start + start, end=d.end + start)
            for d in dates(text, language, published)
        ),
        numbers=tuple(
            msgspec.structs.replace(
                n,
                start=n.start + start,
                end=n.end + start,
                qualifier_start=None if n.qualifier_start is None else n.qualifier_start + start,
            )
            for n in numbers(text, language)
            if not any(a < n.end and n.start < b for a, b in links)
        ),
    )


def _follows(hit: Hit, things: tuple[Hit, ...]) -> bool:
    """An elliptic "one in" speaks of a thing only after the noun of its kind."""
    return any(t.key.partition(":")[2] == hit.key.partition(":")[2] and t.end <= hit.start for t in things)


def _longest(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Of overlapping names of things the longest stays; of equal ones the plural, since "stations" holds "station"."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-(h.end - h.start), h.start, not h.key.startswith("many:"), h.key)):
        if not any(hit.start < o.end and o.start < hit.end for o in out):
            out.append(hit)
    return tuple(sorted(out, key=lambda h: h.start))


def base_language(language: str | None) -> str:
    return (language or "").split("-")[0]


__all__ = ["Lookup", "Lookups", "Recognised", "base_language", "recognise"]
