"""What a release would bring into public for the first time, and what stays out and why. Nothing is written.

In: a registry, a profile, judgements, the releases so far. Out: lines for the people of the case to read before they
publish: names first, since these harm most.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from overt.model import Judgement, Registry
from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.protect import Cleared, PublicStatement, Withheld, clear
from overt.protect.places import Lookup
from overt.protect.public import is_whole, shown
from overt.publish.ids import opaque
from overt.publish.release import numbers


class First(msgspec.Struct, frozen=True, order=True):
    """Something that no release has shown yet: `person`, `organisation`, `picture`, `translation`, `asked`, `entry`,
    `statement`; its words."""

    sort: str
    words: str
    what: str


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What the next release would bring and what it would not."""

    first: tuple[First, ...]
    withheld: tuple[Withheld, ...]
    statements: int


ORDER = ("person", "organisation", "picture", "translation", "asked", "entry", "statement")


def outlook(
    releases: Path,
    registry: Registry,
    profile: Profile,
    judgements: Iterable[Judgement] | None = None,
    lookup: Lookup = gazetteer.get,
    pictures: Mapping[str, bytes] = MappingProxyType({}),
    as_of: str | None = None,
) -> Outlook:
    """Return what would become public for the first time, and what blocks the rest.

    Args:
        releases: the folder of the releases so far; what any of them shows is not new.
        registry, profile, judgements, lookup, pictures, as_of: as for a release.
    """
    cleared = clear(registry, profile, judgements, lookup=lookup, pictures=pictures, as_of=as_of)
    known = _shown_before(releases)
    first = {one for one in _all(cleared, profile) if (one.what or one.words) not in known}
    return Outlook(
        first=tuple(sorted(first, key=lambda one: (ORDER.index(one.sort), one.words, one.what))),
        withheld=cleared.withheld,
        statements=len(cleared.statements),
    )


def _shown_before(releases: Path) -> set[str]:
    """Return all strings that the data of earlier releases hold: ids, names, words."""
    known: set[str] = set()
    for number in numbers(releases):
        for name in ("statements.jsonl", "facts.jsonl", "pictures.jsonl"):
            try:
                text = (releases / str(number) / "public" / "data" / name).read_text(encoding="utf-8")
            except OSError:
                continue
            for line in text.splitlines():
                try:
                    known.update(_strings(json.loads(line)))
                except ValueError:
                    continue
    return known


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _all(cleared: Cleared, profile: Profile) -> Iterable[First]:
    for statement in cleared.statements:
        for voice in statement.attribution:
            if voice.speaker:
                yield First("person", voice.speaker, "")
            if voice.organisation and is_whole(voice.organisation):
                yield First("organisation", shown(voice.organisation), "")
        for translation in statement.translations:
            yield First("translation", shown(translation.words), "")
        if not statement.implied:
            yield First("statement", _words(statement, profile), opaque(statement.id))
    for picture in cleared.pictures:
        yield First("picture", shown(picture.shows), picture.id)
    for asked in cleared.asked:
        yield First("asked", f"{asked.on or 'nobody'}: {shown(asked.who) or shown(asked.why_not) or 'not named'}", "")
    for thing in cleared.things:
        place = thing.place.names.get("en", thing.place.id) if thing.place else thing.country or "no place"
        yield First("entry", f"{profile.kinds[thing.kind].label.get('en', thing.kind)}: {place}", opaque(thing.id))
        if thing.name:
            yield First("organisation", thing.name, "")


def _words(statement: PublicStatement, profile: Profile) -> str:
    label = profile.properties[statement.property].label.get("en", statement.property)
    mark = " [accuses]" if statement.accuses else ""
    return f"{label} ({statement.stance}){mark}: “{shown(statement.quote.exact)}”"
