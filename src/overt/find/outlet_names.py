"""Newspapers, broadcasters and agencies by the names that they print, whatever a case looks for."""

import re
import tomllib
from functools import cache
from importlib.resources import files

# What may stand before the name of an outlet and belongs to it.
ARTICLE = (
    r"(?:(?:[Tt]he|[Ll]e|[Ll]a|[Ee]l|[Ii]l|[Ll]o|[Dd]er|"
    r"[Dd]ie|[Dd]as|[Dd]em|[Dd]en|[Oo]|[Aa]|[Hh]et|[Dd]e)\s+|[Ll]['’])?"
)

_JOINED = re.compile(r"\s*(?:,|and|et|y|und|en|e|ed)\s")


@cache
def _named() -> re.Pattern[str]:
    text = (files("overt.find") / "outlet_names.toml").read_text(encoding="utf-8")
    names = sorted(tomllib.loads(text)["names"], key=lambda name: (-len(name), name))
    either = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return re.compile(rf"{ARTICLE}(?:{either})(?![\w-])")


def is_outlet_name(words: str) -> bool:
    """True where words are the name of an outlet and no more."""
    return _named().fullmatch(words) is not None


def first_outlet(words: str) -> str | None:
    """Return the first of several outlets that words name together ("Le Monde et l'AFP"), None where they name none."""
    end = outlet_name_at(words, 0)
    joined = _JOINED.match(words, end) if end is not None else None
    return words[:end] if joined is not None else None


def outlet_name_at(text: str, at: int) -> int | None:
    """Return where the name of an outlet that begins at an offset ends; None where none begins there."""
    found = _named().match(text, at)
    return found.end() if found else None


__all__ = ["is_outlet_name", "outlet_name_at"]
