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


_WORK = re.compile(
    r"(?:\b(?:titled|entitled|headlined|titulado|intitulé|intitolato|intitulado|rapport|report)\s*|题为|題為)"
    r"([\"'‘“«„「][^\"”»’“」\n]{4,120}[\"”»’“」]|《[^》\n]{2,60}》)"
)


# The key of what is none of a profile's kinds though it holds the noun of one.
UNLIKE = "unlike"


# A noun of fewer words ("police station") names other states' things too.
LEAST_OWN = 3


class Lookup:
    """A vocabulary of one language, compiled: what to look for in a sentence, keyed by what it means."""

    def __init__(self, profile: Profile, language: str) -> None:
        words = profile.vocabularies[language]
        by_kind = {
            "things": [*_each("one", words.kinds), *_each("many", words.plural)],
            "weak": [*_each("one", words.weak), *_each("many", words.weak_plural)],
            "unlike": [(UNLIKE, p) for p in words.unlike],
            "elliptic": [*_each("one", words.elliptic), *_each("many", words.elliptic_many)],
            "names": _all(words.names),
            "terms": [(f"{prop}:{c}", p) for prop, codes in words.terms.items() for c, ps in codes.items() for p in ps],
            "texts": _all(words.text),
            "events": _all(words.events),
            "entities": [(f"{p[0]}{key}", p[1:].strip()) for key, p in _all(words.entities) if p[0] in "<>="],
            "units": _all(words.units),
            "operators": [("operator", p) for p in words.operators],
            "groups": [*(("network", p) for p in words.networks), *(("batch", p) for p in words.batches)],
            "not_counts": [("not", p) for p in words.not_counts],
        }
        # One set for all, so that a sentence is scanned once.
        self.heads = Phrases(_all(words.headings))
        self._things = Phrases((g, p) for g in ("things", "weak") for _, p in by_kind[g])
        self._phrases = Phrases((f"{group} {key}", p) for group, pairs in by_kind.items() for key, p in pairs)

    def may_name_a_thing(self, folded: str) -> bool:
        """False where a text holds no noun of any kind: then nothing is said in it, whatever else it holds."""
        return bool(self._things.find(folded))

    def issuer(self, text: str, folded: str) -> str | None:
        """The operator of the vocabulary that a heading names, with the words before it that are part of its name."""
        hits = self.find(folded).get("operators", ())
        if not hits:
            return None
        lead = re.search(r"(?:[A-Z][\w'’-]*\s+)*$|[\u4e00-\u9fff]{0,8}$", text[: hits[0].start])
        return text[lead.start() if lead else hits[0].start : hits[0].end].strip()

    def names_its_own(self, folded: str) -> bool:
        """True where a text holds a name or operator of the profile, or a noun with an epithet, of no other thing."""
        found = self.find(folded)
        if found.get("names") or found.get("operators"):
            return True
        own = _longest((*found.get("things", ()), *found.get("unlike", ())))
        return any(h.key != UNLIKE and len(folded[h.start : h.end].split()) >= LEAST_OWN for h in own)

    def names_a_thing(self, folded: str) -> bool:
        """True where a text holds a noun, name or operator that speaks of nothing else: its weak nouns count too."""
        found = self.find(folded)
        own = _longest((*found.get("things", ()), *found.get("weak", ()), *found.get("unlike", ())))
        sure = found.get("names") or found.get("operators")
        return bool(sure) or any(hit in found.get("things", ()) for hit in own)

    def find(self, folded: str) -> dict[str, list[Hit]]:
        """Return the hits of a folded sentence by what they are: things, terms, units, ..."""
        out: dict[str, list[Hit]] = {}
        for hit in self._phrases.find(folded):
            group, _, key = hit.key.partition(" ")
            out.setdefault(group, []).append(Hit(key, hit.start, hit.end))
        return out


def _all(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(key, phrase) for key, phrases in table.items() for phrase in phrases]


def _each(number: str, table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(f"{number}:{key}", phrase) for key, phrase in _all(table)]


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
    unlike: tuple[Hit, ...]
    places: tuple[PlaceSpan, ...]
    dates: tuple[DateSpan, ...]
    numbers: tuple[NumberSpan, ...]


def recognise(
    sentence: Sentence,
    lookup: Lookup,
    language: str | None,
    published: str | None,
    prefer: tuple[str, ...],
    weak: bool = True,
) -> Recognised:
    """Return what a sentence names.

    Args:
        lookup: the vocabulary of the sentence's language.
        published: EDTF date of the page, for relative dates.
        prefer: countries that the document already named, for places of one name.
        weak: do weak nouns count? Not on a page that has no other noun of a kind.
    """
    start, folded, text = sentence.start, sentence.folded, sentence.text

    # The words of an address or of a work's title are no words of the text: nothing is said in them.
    links = [m.span() for m in _LINK.finditer(text)] + [m.span(1) for m in _WORK.finditer(text)]

    found = lookup.find(folded)

    def hits(group: str) -> tuple[Hit, ...]:
        return tuple(
            Hit(h.key, h.start + start, h.end + start)
            for h in found.get(group, ())
            if not any(a < h.end and h.start < b for a, b in links)
        )

    others = hits("unlike")
    generic = tuple(h for h in hits("weak") if not any(o.start < h.end and h.start < o.end for o in others))
    things = _longest((*hits("things"), *(generic if weak else ()), *others))
    things = tuple(h for h in things if h.key != UNLIKE)
    if things:
        things += tuple(h for h in hits("elliptic") if _follows(h, things))
    units, events, terms = hits("units"), hits("events"), hits("terms")
    places = tuple(
        msgspec.structs.replace(p, start=p.start + start, end=p.end + start)
        for p in gazetteer.find(text, language, prefer)
        if not any(a < p.end and p.start < b for a, b in links)
    )
    return Recognised(
        things=_longest(things),
        names=hits("names"),
        terms=terms,
        texts=hits("texts"),
        events=events,
        entities=hits("entities"),
        units=units,
        operators=hits("operators"),
        groups=hits("groups"),
        not_counts=hits("not_counts"),
        unlike=others,
        places=places,
        dates=tuple(
            msgspec.structs.replace(d, start=d.start + start, end=d.end + start)
            for d in (dates(text, language, published) if events or units or terms else ())
        ),
        numbers=tuple(
            msgspec.structs.replace(
                n,
                start=n.start + start,
                end=n.end + start,
                qualifier_start=None if n.qualifier_start is None else n.qualifier_start + start,
            )
            for n in (numbers(text, language) if units or places else ())
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
