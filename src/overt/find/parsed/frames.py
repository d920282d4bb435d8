"""The verbs and nouns of speech of a language, by what they take: data, one file a language."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

PARSED = ("en",)  # languages whose parses are read: each has a file beside this one


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands: lemmas by frame. What a frame is stands beside it in the file."""

    language: str
    verbs: dict[str, frozenset[str]]
    nouns: frozenset[str]
    words: dict[str, frozenset[str]]


@cache
def frames(language: str) -> Frames | None:
    """Return the frames of a language (its first subtag), or None where there are none."""
    if language not in PARSED:
        return None
    path = files("overt.find.parsed") / f"{language}.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Frames)


__all__ = ["PARSED", "Frames", "frames"]
