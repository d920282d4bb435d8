"""What things, values and voices are called on a page: kinds of the profile, cities and neutral words, never a claim.

In: a book and a catalogue. Out: words in one language.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from markupsafe import Markup

from overt.protect import PublicPlace, PublicStatement, PublicThing, PublicValue, PublicVoice
from overt.protect.public import Code, Segment, Words, is_whole
from overt.publish.part import Part
from overt.publish.words import Catalogue

T = TypeVar("T")
_SEPARATE = 4


class Labels:
    """Labels of one book, or of a part of one, in one language.

    `names` are what the entries of a part are called in its whole book, where two alike are told apart.
    """

    def __init__(self, part: Part, words: Catalogue, names: Mapping[str, str] | None = None) -> None:
        self.book = part
        self.words = words
        self._kept: dict[tuple[str, str | int], Any] = {}
        self._things = self._names() if names is None else names

    def _names(self) -> dict[str, str]:
        plain = {key: self._plain(thing) for key, thing in self.book.things.items()}
        seen = Counter(plain.values())
        return {
            key: self.words("label.split", label=label, mark=self.book.slugs[key][:_SEPARATE])
            if seen[label] > 1
            else label
            for key, label in plain.items()
        }

    def kept(self, key: tuple[str, str | int], make: Callable[[], T]) -> T:
        """Return what `make` gives, made once: tables that several pages of this language show."""
        if key not in self._kept:
            self._kept[key] = make()
        made: T = self._kept[key]
        return made

    def drawn(self, sort: str, key: str, macro: Callable[[T], Markup], about: T) -> Markup:
        """Return what a macro draws, drawn once: what several pages in one folder show alike."""
        return self.kept((f"drawn {sort}", key), partial(macro, about))

    def thing(self, key: str) -> str:
        """Return what an entry is called: kind and place; of two alike, with the first digits of its id."""
        return self._things[key]

    def kind(self, kind: str, plural: bool = False) -> str:
        """Return the profile's label of a kind."""
        rule = self.book.profile.kinds[kind]
        return self.words.pick((rule.plural if plural else {}) or rule.label, kind)

    def property(self, name: str) -> str:
        """Return the profile's label of a property."""
        return self.words.pick(self.book.profile.properties[name].label, name)

    def place(self, place: PublicPlace | None, country: str | None = None) -> str:
        """Return a place: "Madrid, Spain", or the country alone."""
        if place is None or place.precision == "country":
            return self.words.country(place.country if place else country) if place or country else ""
        city = self.words.pick(place.names, place.id)
        return self.words("label.place", city=city, country=self.words.country(place.country))

    def city(self, thing: PublicThing) -> str:
        """Return the city or region of an entry, or that none was said."""
        if thing.place is None or thing.place.precision == "country":
            return self.words("register.no_place")
        return self.words.pick(thing.place.names, thing.place.id)

    def _plain(self, thing: PublicThing) -> str:
        words, kind = self.words, self.kind(thing.kind)
        if thing.is_group:
            plural = self.kind(thing.kind, plural=True)
            where = thing.name or self.place(thing.place, thing.country)
            if where:
                return words("label.group_in", plural=plural, place=where)
            return words("label.group_network" if thing.group == "network" else "label.group_of", plural=plural)
        if thing.name:
            return words("label.named", name=thing.name)
        if thing.place is not None and thing.place.precision != "country":
            city = words.pick(thing.place.names, thing.place.id)
            return words("label.in_city", kind=kind, city=city, country=words.country(thing.place.country))
        if thing.country:
            return words("label.in_country", kind=kind, country=words.country(thing.country))
        return words("label.nowhere", kind=kind)

    def value(self, statement: PublicStatement) -> Words:
        """Return what is said, in segments: a code's label, a date, a number with its unit, a city, or the words."""
        value: PublicValue = statement.value
        rule = self.book.profile.properties[statement.property]
        if value.place is not None:
            return (Segment(self.place(value.place)),)
        if value.normal is not None:
            label = rule.codes.get(value.normal)
            return (Segment(self.words.pick(label, value.normal) if label else value.normal),)
        if value.number is not None and value.type == "count":
            return (Segment(self.number(statement)),)
        return value.words

    def number(self, statement: PublicStatement) -> str:
        """Return a quoted number with its qualifier and unit."""
        value = statement.value
        number = value.number if value.number is not None else 0
        plain = f"{number:,.0f}" if number == int(number) else f"{number:,}"
        units = self.book.profile.properties[statement.property].units
        unit = self.words.pick(units.get(value.unit, {}), value.unit.replace("_", " ")) if value.unit else ""
        qualifier = self.words.either("qualifier", statement.qualifier) if statement.qualifier else ""
        return " ".join(part for part in (qualifier, plain, unit) if part)

    def withheld(self, segment: Segment, statement: PublicStatement | None = None) -> str:
        """Return the words that stand for what is withheld: for an organisation "an association in CITY"."""
        code = segment.withheld
        thing = self.book.things.get(statement.thing) if statement else None
        if code in (Code.ASSOCIATION, Code.ORGANISATION) and thing and thing.place and not thing.is_group:
            place = self.words.pick(thing.place.names, thing.place.id)
            return (
                self.words("withheld.open")
                + self.words(f"withheld.{code}_in", place=place)
                + self.words("withheld.close")
            )
        return self.words.withheld(str(code))

    def plain(self, words: Words, statement: PublicStatement | None = None) -> str:
        """Return words as one string, with what stands for those that are withheld: where no markup can be."""
        return "".join(s.text if s.withheld is None else self.withheld(s, statement) for s in words)

    def voice(self, voice: PublicVoice) -> Words:
        """Return who speaks, in segments: speaker, role, organisation, as far as each may be shown; else the kind."""
        parts: list[Words] = []
        if voice.speaker:
            parts.append((Segment(voice.speaker),))
        parts += [part for part in (voice.role, voice.organisation) if part]
        if not parts:
            return (Segment(self.words.either("voice", str(voice.kind))),)
        out: list[Segment] = []
        for part in parts:
            for at, segment in enumerate(part):
                comma = self.words("label.comma") if out and at == 0 else ""
                if segment.withheld is not None:
                    out += [Segment(comma), segment] if comma else [segment]
                elif out and out[-1].withheld is None:
                    out[-1] = Segment(out[-1].text + comma + segment.text)
                else:
                    out.append(Segment(comma + segment.text))
        return tuple(out)

    @staticmethod
    def is_whole(words: Words) -> bool:
        """True where nothing of the words is withheld."""
        return is_whole(words)
