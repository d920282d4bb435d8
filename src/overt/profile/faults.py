"""What can be wrong with a profile that decodes: names that name nothing, words that are no phrases.

The nouns of a profile and the files that they came from go in; one line of words comes out for each fault.
"""

import re
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any

import msgspec

from overt.model.edtf import is_edtf
from overt.model.statement import Stance, VoiceKind
from overt.profile.schema import Example, Profile, Vocabulary
from overt.words.phrases import pattern

VALUE_TYPES = ("place", "date", "entity", "count", "term", "text")
PRECISIONS = ("city", "region", "country")
CARDINALITIES = ("one", "one_at_a_time", "many")
ACCUSES = ("always", "alleged", "never")
CONFIRMERS = (*(str(kind) for kind in VoiceKind), "actor", "operator")

LIST_COLUMNS = ("country", "city", "address", "telephone", "number")  # columns of lists that are no property
_OF_KINDS = ("kinds", "plural", "weak", "weak_plural", "elliptic", "elliptic_many", "names")
_OF_PROPERTIES = ("terms", "text", "events", "entities")


def line_of(path: Traversable, keys: list[str]) -> int:
    """The line on which the last of `keys` stands: as good as TOML without positions allows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = 0
    for key in keys:
        for number in range(at, len(lines)):
            if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", lines[number].split("#")[0]):
                at = number
                break
    return at + 1


def of_profile(profile: Profile, path: Traversable, voices: Traversable) -> Iterator[str]:
    """Yield the faults of `profile.toml` and `voices.toml`."""

    def fault(keys: list[str], reason: str, where: Traversable = path) -> str:
        return f"{where}, line {line_of(where, keys)}: {reason}"

    for name, rule in profile.properties.items():
        at = [f"properties.{name}"]
        for field, given, allowed in (
            ("type", rule.type, VALUE_TYPES),
            ("cardinality", rule.cardinality, CARDINALITIES),
            ("accuses", rule.accuses, ACCUSES),
        ):
            if given not in allowed:
                yield fault([*at, field], f"{field} = {given!r} of property {name!r} is none of {', '.join(allowed)}")
        for who in rule.confirmed_by:
            if who not in CONFIRMERS:
                yield fault([*at, "confirmed_by", who], f"confirmed_by {who!r} is none of {', '.join(CONFIRMERS)}")
        if rule.implies is not None and rule.implies not in profile.properties:
            yield fault([*at, "implies"], f"implies = {rule.implies!r} names no property of this profile")
        if rule.beside is not None and (rule.beside not in profile.properties or rule.beside == name):
            yield fault([*at, "beside"], f"beside = {rule.beside!r} names no other property of this profile")
        for field, codes in (("over", rule.over), ("suspects", rule.suspects), ("implies_not", rule.implies_not)):
            for code in codes:
                if code not in rule.codes:
                    yield fault([*at, field], f"{field}: {code!r} is no code of property {name!r}")
        for kind in rule.subjects:
            if kind not in profile.kinds:
                yield fault([*at, "subjects"], f"subject {kind!r} names no kind of this profile")
    if not any(kind.counted for kind in profile.kinds.values()):
        yield fault(["kinds"], "no kind is counted: set counted = true on what this profile counts")
    for advice in profile.publication.advice:
        if not is_edtf(advice.date):
            yield fault(["publication", "advice", "date"], f"date = {advice.date!r} is no day (EDTF)")
        if advice.url and not advice.url.startswith(("https://", "http://")):
            yield fault(["publication", "advice", "url"], f"url = {advice.url!r} is no address")
    if profile.publication.precision not in PRECISIONS:
        given = profile.publication.precision
        yield fault(["publication", "precision"], f"precision = {given!r} is none of {', '.join(PRECISIONS)}")
    for name, voice in profile.voices.items():
        if voice.kind not in set(VoiceKind):
            yield fault([name, "kind"], f"kind = {voice.kind!r} is none of {', '.join(VoiceKind)}", voices)


def of_words(profile: Profile, vocabulary: Vocabulary, path: Traversable) -> Iterator[str]:
    """Yield what of a vocabulary names no kind, property, code or unit of the profile."""

    def fault(section: str, key: str, reason: str) -> str:
        return f"{path}, line {line_of(path, [section, key])}: {reason}"

    for section in _OF_KINDS:
        for key in getattr(vocabulary, section):
            if key not in profile.kinds:
                yield fault(section, key, f"[{section}] {key} names no kind of this profile")
    for section in _OF_PROPERTIES:
        for key in getattr(vocabulary, section):
            if key not in profile.properties:
                yield fault(section, key, f"[{section}] {key} names no property of this profile")
    for key in vocabulary.headings:
        if key not in profile.properties and key not in LIST_COLUMNS:
            yield fault("headings", key, f"[headings] {key} names no property, nor one of {', '.join(LIST_COLUMNS)}")
    for prop, codes in vocabulary.terms.items():
        for code in codes:
            if prop in profile.properties and code.lstrip("-") not in profile.properties[prop].codes:
                yield fault(f"terms.{prop}", code, f"{code!r} is no code of property {prop!r}")
    units = {unit for rule in profile.properties.values() for unit in rule.units}
    for unit in vocabulary.units:
        if unit not in units:
            yield fault("units", unit, f"{unit!r} is no unit of a property of this profile")
    for example in vocabulary.examples:
        yield from (f"{path}, line {line_of_example(path, example)}: {why}" for why in _of_example(profile, example))


def _of_example(profile: Profile, example: Example) -> Iterator[str]:
    if not example.text.strip():
        yield "an example without a text"
    for name in (*(one.property for one in example.finds), *(name.partition("=")[0] for name in example.never)):
        if name not in profile.properties:
            yield f"an example names {name!r}, which is no property of this profile"
    for one in example.finds:
        if one.stance is not None and one.stance not in set(Stance):
            yield f"an example's stance = {one.stance!r} is none of {', '.join(Stance)}"


def of_vocabulary(vocabulary: Vocabulary, path: Traversable) -> Iterator[str]:
    """Yield the phrases of a vocabulary that cannot be read, and those of a body that do not say where it stands."""
    for key, phrases in vocabulary.entities.items():
        for phrase in phrases:
            if phrase[:1] not in ("<", ">", "="):
                where = line_of(path, ["entities", key])
                yield (
                    f"{path}, line {where}: {phrase!r}: begin it with > (the body follows), < (it stands before) or "
                    "= (it stands within the phrase)"
                )
    for phrase in phrases_of(vocabulary):
        try:
            pattern(phrase.lstrip("<>= "))
        except ValueError as fault:
            yield f"{path}, line {line_with(path, phrase)}: {fault}"


def line_with(path: Traversable, words: str) -> int:
    """The line that holds some words as they stand in the file, 1 where none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if words in line), 1)


def line_of_example(path: Traversable, example: Example) -> int:
    """The line on which an example's text begins."""
    first = next((line for line in example.text.splitlines() if line.strip()), example.text)
    return line_with(path, first.strip()[:40])


def phrases_of(vocabulary: Vocabulary) -> list[str]:
    """Return all phrases of a vocabulary, in the order of its tables."""
    bare = msgspec.structs.replace(vocabulary, examples=())
    return _strings({key: value for key, value in msgspec.to_builtins(bare).items() if key != "language"})


def _strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    return [text for value in (data.values() if isinstance(data, dict) else data) for text in _strings(value)]
