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
from overt.profile.faults import line_of, of_profile, of_vocabulary, of_words
from overt.profile.schema import KnownVoice, Profile, Vocabulary


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
    profile, wrong = checked(folder)
    if profile is None:
        raise ProfileError(wrong[0])
    return profile


def checked(folder: Traversable) -> tuple[Profile | None, list[str]]:
    """Return a folder's profile, or None and what is wrong with it: each fault with file, line and reason.

    What stands in a file that cannot be read is not looked at, nor what depends on it; all else is.
    """
    profile_file, voices_file, words = folder / "profile.toml", folder / "voices.toml", folder / "vocabulary"
    wrong: list[str] = []
    vocabularies: dict[str, Vocabulary] = {}
    if words.is_dir():
        for path in sorted((p for p in words.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
            try:
                vocabulary = _convert(_toml(path), Vocabulary, path)
            except ProfileError as fault:
                wrong.append(str(fault))
                continue
            wrong += of_vocabulary(vocabulary, path)
            if f"{vocabulary.language}.toml" != path.name:
                wrong.append(f"{path}, line 1: language = {vocabulary.language!r}, and the file is called {path.name}")
            vocabularies[vocabulary.language] = vocabulary
    try:
        data = _toml(profile_file)
        if voices_file.is_file():
            data["voices"] = _toml(voices_file)
        profile: Profile = _convert(data, Profile, profile_file, voices_file)
    except ProfileError as fault:
        return None, [*wrong, str(fault)]
    profile = msgspec.structs.replace(profile, vocabularies=vocabularies)
    wrong += of_profile(profile, profile_file, voices_file)
    for language, vocabulary in vocabularies.items():
        wrong += of_words(profile, vocabulary, words / f"{language}.toml")
    return (None if wrong else profile), wrong


def fingerprint(profile: Profile) -> str:
    """Return the SHA-256 of a profile's content: what every build depends on. Examples are none of it."""
    bare = {k: msgspec.structs.replace(v, examples=()) for k, v in profile.vocabularies.items()}
    return digest(msgspec.structs.replace(profile, vocabularies=bare))


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
        line = line_of(path, [*keys, *([unknown[1]] if unknown else [])])
        at = f" (at {'.'.join(keys)})" if keys else ""
        raise ProfileError(f"{path}, line {line}: {reason}{at}") from None


__all__ = ["KnownVoice", "checked", "find_profile", "fingerprint", "load", "shipped"]
