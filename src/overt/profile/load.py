"""Loads a profile from its folder: `profile.toml`, `voices.toml`, `vocabulary/*.toml`. A fault names file and line."""

import re
import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec

from overt.model.canonical import digest
from overt.model.errors import ProfileError
from overt.model.statement import VoiceKind
from overt.profile.schema import KnownVoice, Profile, Vocabulary
from overt.words.phrases import pattern

VALUE_TYPES = ("place", "date", "entity", "count", "term", "text")
PRECISIONS = ("city", "region", "country")
CARDINALITIES = ("one", "one_at_a_time", "many")
ACCUSES = ("always", "alleged", "never")
CONFIRMERS = (*(str(kind) for kind in VoiceKind), "actor", "operator")


def shipped() -> dict[str, Traversable]:
    """Return the profiles that ship with Overt: name -> folder."""
    folder = files("overt") / "profiles"
    return {p.name.replace("_", "-"): p for p in folder.iterdir() if p.is_dir() and (p / "profile.toml").is_file()}


def find_profile(name: str) -> Traversable:
    """Return the folder of a shipped profile, or of a folder on disk that holds a `profile.toml`.

    Raises:
        ProfileError: where there is none; the message lists those that ship.
    """
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name)
    if (path / "profile.toml").is_file():
        return path
    raise ProfileError(
        f"unknown profile {name!r}: choose one of {', '.join(sorted(known))}, or give a profile's folder"
    )


def load(folder: Traversable) -> Profile:
    """Return the checked profile of a folder.

    Raises:
        ProfileError: file, line and reason of the first fault.
    """
    profile_file = folder / "profile.toml"
    data = _toml(profile_file)
    voices_file = folder / "voices.toml"
    if voices_file.is_file():
        data["voices"] = _toml(voices_file)
    vocabularies = {}
    words = folder / "vocabulary"
    if words.is_dir():
        for path in sorted((p for p in words.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
            vocabulary = _convert(_toml(path), Vocabulary, path)
            _check_phrases(vocabulary, path)
            vocabularies[vocabulary.language] = vocabulary
    profile: Profile = _convert(data, Profile, profile_file, voices_file)
    profile = msgspec.structs.replace(profile, vocabularies=vocabularies)
    _check(profile, profile_file, voices_file)
    for language, vocabulary in vocabularies.items():
        _check_names(profile, vocabulary, words / f"{language}.toml")
    return profile


def fingerprint(profile: Profile) -> str:
    """Return the SHA-256 of a profile's content: what every build depends on."""
    return digest(profile)


def _toml(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProfileError(f"{path}: not found; a profile needs this file") from None
    except UnicodeDecodeError as fault:
        raise ProfileError(f"{path}: not UTF-8 (byte {fault.start}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise ProfileError(f"{path}: {fault}") from None


def _convert(data: dict[str, Any], kind: type, *paths: Traversable) -> Any:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as fault:
        reason, _, where = str(fault).partition(" - at `")
        keys = re.findall(r"[^.$`\[\]]+", where)
        unknown = re.search(r"unknown field `([^`]+)`", reason)
        path = paths[1] if len(paths) > 1 and keys[:1] == ["voices"] else paths[0]
        line = _line(path, [*keys, *([unknown[1]] if unknown else [])])
        at = f" (at {'.'.join(keys)})" if keys else ""
        raise ProfileError(f"{path}, line {line}: {reason}{at}") from None


def _line(path: Traversable, keys: list[str]) -> int:
    """The line on which the last of `keys` stands: as good as TOML without positions allows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = 0
    for key in keys:
        for number in range(at, len(lines)):
            if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", lines[number].split("#")[0]):
                at = number
                break
    return at + 1


def _check(profile: Profile, path: Traversable, voices: Traversable) -> None:
    def fail(keys: list[str], reason: str, where: Traversable = path) -> None:
        raise ProfileError(f"{where}, line {_line(where, keys)}: {reason}")

    for name, rule in profile.properties.items():
        at = [f"properties.{name}"]
        for field, given, allowed in (
            ("type", rule.type, VALUE_TYPES),
            ("cardinality", rule.cardinality, CARDINALITIES),
            ("accuses", rule.accuses, ACCUSES),
        ):
            if given not in allowed:
                fail([*at, field], f"{field} = {given!r} of property {name!r} is none of {', '.join(allowed)}")
        for who in rule.confirmed_by:
            if who not in CONFIRMERS:
                fail([*at, "confirmed_by", who], f"confirmed_by {who!r} is none of {', '.join(CONFIRMERS)}")
        if rule.implies is not None and rule.implies not in profile.properties:
            fail([*at, "implies"], f"implies = {rule.implies!r} names no property of this profile")
        if rule.beside is not None and (rule.beside not in profile.properties or rule.beside == name):
            fail([*at, "beside"], f"beside = {rule.beside!r} names no other property of this profile")
        for field, codes in (("over", rule.over), ("suspects", rule.suspects), ("implies_not", rule.implies_not)):
            for code in codes:
                if code not in rule.codes:
                    fail([*at, field], f"{field}: {code!r} is no code of property {name!r}")
        for kind in rule.subjects:
            if kind not in profile.kinds:
                fail([*at, "subjects"], f"subject {kind!r} names no kind of this profile")
    if not any(kind.counted for kind in profile.kinds.values()):
        fail(["kinds"], "no kind is counted: set counted = true on what this profile counts")
    if profile.publication.precision not in PRECISIONS:
        given = profile.publication.precision
        fail(["publication", "precision"], f"precision = {given!r} is none of {', '.join(PRECISIONS)}")
    for name, voice in profile.voices.items():
        if voice.kind not in set(VoiceKind):
            fail([name, "kind"], f"kind = {voice.kind!r} is none of {', '.join(VoiceKind)}", voices)


# Columns of lists that are no property.
LIST_COLUMNS = ("country", "city", "address", "telephone", "number")


def _check_names(profile: Profile, vocabulary: Vocabulary, path: Traversable) -> None:
    def fail(section: str, key: str, reason: str) -> None:
        raise ProfileError(f"{path}, line {_line(path, [section, key])}: {reason}")

    for section in ("kinds", "plural", "weak", "weak_plural", "elliptic", "elliptic_many", "names"):
        for key in getattr(vocabulary, section):
            if key not in profile.kinds:
                fail(section, key, f"[{section}] {key} names no kind of this profile")
    for section in ("terms", "text", "events", "entities"):
        for key in getattr(vocabulary, section):
            if key not in profile.properties:
                fail(section, key, f"[{section}] {key} names no property of this profile")
    for key in vocabulary.headings:
        if key not in profile.properties and key not in LIST_COLUMNS:
            fail("headings", key, f"[headings] {key} names no property, nor one of {', '.join(LIST_COLUMNS)}")
    for prop, codes in vocabulary.terms.items():
        for code in codes:
            if code.lstrip("-") not in profile.properties[prop].codes:
                fail(f"terms.{prop}", code, f"{code!r} is no code of property {prop!r}")
    for key, phrases in vocabulary.entities.items():
        for phrase in phrases:
            if phrase[:1] not in ("<", ">"):
                fail("entities", key, f"{phrase!r}: begin it with > (the body follows) or < (it stands before)")
    units = {unit for rule in profile.properties.values() for unit in rule.units}
    for unit in vocabulary.units:
        if unit not in units:
            fail("units", unit, f"{unit!r} is no unit of a property of this profile")


def _check_phrases(vocabulary: Vocabulary, path: Traversable) -> None:
    for phrase in _phrases(msgspec.to_builtins(vocabulary)):
        try:
            pattern(phrase.lstrip("<> "))
        except ValueError as fault:
            lines = path.read_text(encoding="utf-8").splitlines()
            line = next((n for n, text in enumerate(lines, 1) if phrase in text), 1)
            raise ProfileError(f"{path}, line {line}: {fault}") from None


def _phrases(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    if isinstance(data, dict):
        return [p for key, value in data.items() if key != "language" for p in _phrases(value)]
    return [p for value in data for p in _phrases(value)]


__all__ = ["KnownVoice", "find_profile", "fingerprint", "load", "shipped"]
