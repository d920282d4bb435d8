"""The words of `morphemes.toml` and `organs.toml` as one index over units, decoded strictly and folded once.

A unit is a word of a spaced script in bare letters, or one Han or kana character: names of all languages become rows
of units, and a phrase is found by looking a few of them up.
"""

import re
from functools import lru_cache
from importlib import resources

import msgspec

from overt.resolve.lexicon import lexicon
from overt.words.romanise import letters, sound
from overt.words.scripts import has_cjk, is_cjk, narrow, simplify


class Unit(msgspec.Struct, frozen=True):
    """One unit: its folded form, the words as printed, and whether it is a Han or kana character."""

    key: str
    raw: str
    is_han: bool


class Meaning(msgspec.Struct, frozen=True, order=True):
    """What a phrase stands for: a section of the file (organs, units, ...) and a code in it."""

    section: str
    code: str


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: int
    organs: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    traits: dict[str, tuple[str, ...]]
    sites: dict[str, tuple[str, ...]]
    campaigns: dict[str, tuple[str, ...]]
    levels: dict[str, tuple[str, ...]]
    branches: dict[str, tuple[str, ...]]
    offices: dict[str, tuple[str, ...]]
    around: dict[str, tuple[str, ...]]
    fillers: dict[str, tuple[str, ...]]
    legal: dict[str, tuple[str, ...]]
    defaults: "Defaults"
    small: "Small"


class Defaults(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What kinds of bodies are like, as the file explains."""

    home: frozenset[str]
    administrative: frozenset[str]
    national: frozenset[str]
    missions: frozenset[str]
    near: frozenset[frozenset[str]]


class Small(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Small words, as the file explains them."""

    elided: frozenset[str]
    leading: frozenset[str]
    where: frozenset[str]
    endings: frozenset[str]
    broad: frozenset[str]
    fine: frozenset[str]
    surnames: str
    numbers: dict[str, int]


class Morphemes(msgspec.Struct, frozen=True, kw_only=True):
    """The index. `joined`: Chinese words in pinyin letters. `words`: words of phrases, for slips of the pen."""

    phrases: dict[tuple[str, ...], tuple[Meaning, ...]]
    lengths: dict[str, tuple[int, ...]]
    joined: dict[str, tuple[Meaning, ...]]
    words: tuple[str, ...]
    defaults: Defaults
    small: Small


_SECTIONS = (
    "organs",
    "units",
    "traits",
    "sites",
    "campaigns",
    "levels",
    "branches",
    "offices",
    "around",
    "fillers",
    "legal",
)
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*", re.UNICODE)
_LEAST_JOINED = 6  # shorter runs of pinyin are words of other languages too often
_LEAST_SLIP = 5


def units(text: str) -> tuple[Unit, ...]:
    """Return the units of a text."""
    out: list[Unit] = []
    for found in _WORD.finditer(simplify(narrow(text))):
        raw = text[found.start() : found.end()] if len(text) == len(narrow(text)) else found[0]
        if has_cjk(found[0]):
            out += _mixed(found[0], raw)
            continue
        for word in _apostrophes(found[0]):
            key = letters(word)
            if key:
                out.append(Unit(key, word, False))
    return tuple(out)


def _mixed(word: str, raw: str) -> list[Unit]:
    """Return the units of a run that holds Han or kana: each such character one, letters and digits between whole."""
    out: list[Unit] = []
    run = ""
    for char, as_printed in zip(word, raw if len(raw) == len(word) else word, strict=True):
        if is_cjk(char):
            if letters(run):
                out.append(Unit(letters(run), run, False))
            run = ""
            out.append(Unit(char, as_printed, True))
        else:
            run += char
    if letters(run):
        out.append(Unit(letters(run), run, False))
    return out


def _apostrophes(word: str) -> list[str]:
    parts = re.split("['’ʼ`´]", word)
    elided = _file().small.elided
    out = [parts[0]]
    for part in parts[1:]:
        if letters(out[-1]) in elided or letters(part) == "s":
            out.append(part)
        else:
            out[-1] += part  # Xi'an, Ch'ing
    return out


@lru_cache(maxsize=1)
def _file() -> _File:
    data = resources.files("overt.resolve").joinpath("morphemes.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File)


@lru_cache(maxsize=1)
def morphemes() -> Morphemes:
    """Return the index.

    Raises:
        msgspec.ValidationError: where the shipped file breaks its schema (a fault of the package, not of a user).
    """
    file = _file()
    found: dict[tuple[str, ...], set[Meaning]] = {}
    joined: dict[str, set[Meaning]] = {}

    def put(words: str, meaning: Meaning) -> None:
        key = tuple(unit.key for unit in units(words))
        found.setdefault(key, set()).add(meaning)
        if has_cjk(words) and len(words) > 1 and len(sound(words)) >= _LEAST_JOINED:
            joined.setdefault(sound(words), set()).add(meaning)

    for words, organ in lexicon().organs:
        put(words, Meaning("organs", organ))
    for section in _SECTIONS:
        table: dict[str, tuple[str, ...]] = getattr(file, section)
        for code, many in table.items():
            for words in many:
                put(words, Meaning(section, code))
    found.pop((), None)
    lengths: dict[str, set[int]] = {}
    for key in found:
        lengths.setdefault(key[0], set()).add(len(key))
    plain = {w for key in found for w in key if len(w) >= _LEAST_SLIP and w.isascii() and w.isalpha()}
    return Morphemes(
        phrases={key: tuple(sorted(many)) for key, many in found.items()},
        lengths={head: tuple(sorted(many, reverse=True)) for head, many in lengths.items()},
        joined={key: tuple(sorted(many)) for key, many in joined.items()},
        words=tuple(sorted(plain)),
        defaults=file.defaults,
        small=file.small,
    )
