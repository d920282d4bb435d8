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


@cache
def _named() -> re.Pattern[str]:
    text = (files("overt.find") / "outlet_names.toml").read_text(encoding="utf-8")
    names = sorted(tomllib.loads(text)["names"], key=lambda name: (-len(name), name))
    either = "|".join(re.escape(name).replace("'", "['’]") for name in names)
    return re.compile(rf"{ARTICLE}(?:{either})(?![\w-])")


def is_outlet_name(words: str) -> bool:
    """True where words are the name of an outlet and no more."""
    return _named().fullmatch(words) is not None


def outlet_name_at(text: str, at: int) -> int | None:
    """Return where the name of an outlet that begins at an offset ends; None where none begins there."""
    found = _named().match(text, at)
    return found.end() if found else None


__all__ = ["is_outlet_name", "outlet_name_at"]
