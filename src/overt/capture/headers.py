"""The names that people give to the columns of a sheet, by what they mean: the table `headers.toml`."""

import tomllib
from functools import lru_cache
from importlib import resources

import msgspec


@lru_cache(maxsize=1)
def guesses() -> dict[str, tuple[str, ...]]:
    """Role -> the headers that mean it, in lower case."""
    text = resources.files("overt.capture").joinpath("headers.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """All headers that mean something here."""
    return frozenset(name for names in guesses().values() for name in names)
