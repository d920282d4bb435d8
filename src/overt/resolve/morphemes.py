"""The words of `morphemes.toml` and `organs.toml` as one index over units, decoded strictly and folded once.

A unit is a word of a spaced script in bare letters, or one Han or kana character: names of all languages become rows
of units, and a phrase is found by looking a few of them up.
"""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

import msgspec

from overt.places.china import named
from overt.resolve.lexicon import lexicon
from overt.words.romanise import letters, sound
from overt.words.scripts import from_japanese, has_cjk, is_cjk, narrow, simplify


class Unit(msgspec.Struct, frozen=True):
    """One unit: its folded form, the words as printed, whether it is a Han or kana character, and where it stands."""

    key: str
    raw: str
    is_han: bool
    start: int = 0
    end: int = 0


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
    topics: dict[str, tuple[str, ...]]
    around: dict[str, tuple[str, ...]]
    fillers: dict[str, tuple[str, ...]]
    legal: dict[str, tuple[str, ...]]
    defaults: "Defaults"
    small: "Small"


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    organ: str
    words: tuple[str, ...]
    land: str | None = None
    near: str | None = None


class _Bodies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: int
    body: tuple[_Body, ...]


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
    dwelling: str
    lands: dict[str, str]
    numbers: dict[str, int]


class Morphemes(msgspec.Struct, frozen=True, kw_only=True):
    """The index. `joined`: Chinese words in pinyin letters. `words`: words of phrases, for slips of the pen. `unique`:
    organs of which there is one, whatever place is said."""

    phrases: dict[tuple[str, ...], tuple[Meaning, ...]]
    lengths: dict[str, tuple[int, ...]]
    joined: dict[str, tuple[Meaning, ...]]
    words: tuple[str, ...]
    defaults: Defaults
    small: Small
    fillers: frozenset[str]
    unique: frozenset[str]


_SECTIONS = (
    "organs",
    "units",
    "traits",
    "sites",
    "campaigns",
    "levels",
    "branches",
    "offices",
    "topics",
    "around",
    "fillers",
    "legal",
)
_APOSTROPHES = "'’ʼ`´"
_WORD = re.compile(r"[^\W_]+(?:['`][^\W_]+)*")
_INITIALS = re.compile(r"(?:\w\.)+\w")
_LEAST_JOINED = 6  # shorter runs of pinyin are words of other languages too often
_LEAST_SLIP = 5


def units(text: str) -> tuple[Unit, ...]:
    """Return the units of a text."""
    plain = simplify(from_japanese(narrow(text)))
    out: list[Unit] = []
    for first, last in _words(plain):
        for start, end in _parted(plain[first:last], first):
            key = plain[start] if is_cjk(plain[start]) else letters(plain[start:end])
            if key:
                out.append(Unit(key, text[start:end], is_cjk(plain[start]), start, end))
    return tuple(out)


def _words(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words of a text; letters with points between (A.B.C.) are one word."""
    out: list[tuple[int, int]] = []
    for start, end in _runs(text):
        is_letter = end - start == 1 and not is_cjk(text[start])
        if is_letter and out and _INITIALS.fullmatch(text[out[-1][0] : end]):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _runs(text: str) -> list[tuple[int, int]]:
    if text.isascii():
        return [(found.start(), found.end()) for found in _WORD.finditer(text)]
    # Python's words break at the vowel signs of Indic and Khmer script, which are marks.
    out: list[tuple[int, int]] = []
    for at, char in enumerate(text):
        is_inside = unicodedata.category(char)[0] in "LNM"
        is_joint = char in _APOSTROPHES and at + 1 < len(text) and text[at + 1].isalnum()
        if is_inside and out and out[-1][1] == at:
            out[-1] = (out[-1][0], at + 1)
        elif is_inside:
            out.append((at, at + 1))
        elif is_joint and out and out[-1][1] == at:
            out[-1] = (out[-1][0], at + 1)
    return out


def _parted(word: str, at: int) -> list[tuple[int, int]]:
    """Return the spans of the units in a word that begins at `at`: characters one by one, runs of letters whole."""
    if not has_cjk(word):
        return _apostrophes(word, at)
    out: list[tuple[int, int]] = []
    is_open = False
    for place, char in enumerate(word, at):
        if is_cjk(char):
            out.append((place, place + 1))
            is_open = False
        elif is_open:
            out[-1] = (out[-1][0], place + 1)
        else:
            out.append((place, place + 1))
            is_open = True
    return out


def _apostrophes(word: str, at: int) -> list[tuple[int, int]]:
    """Part l'Interno and China's at the apostrophe, but not Xi'an and Ch'ing."""
    elided = _file().small.elided
    out: list[tuple[int, int]] = []
    for found in re.finditer("[^'’ʼ`´]+", word):
        before = letters(word[out[-1][0] - at : out[-1][1] - at]) if out else ""
        if out and before not in elided and letters(found[0]) != "s":
            out[-1] = (out[-1][0], at + found.end())
        else:
            out.append((at + found.start(), at + found.end()))
    return out


@lru_cache(maxsize=1)
def _file() -> _File:
    data = resources.files("overt.resolve").joinpath("morphemes.toml").read_bytes()
    return msgspec.toml.decode(data, type=_File)


@lru_cache(maxsize=1)
def _bodies() -> _Bodies:
    data = resources.files("overt.resolve").joinpath("bodies.toml").read_bytes()
    return msgspec.toml.decode(data, type=_Bodies)


@lru_cache(maxsize=1)
def morphemes() -> Morphemes:
    """Return the index.

    Raises:
        msgspec.ValidationError: where the shipped file breaks its schema (a fault of the package, not of a user).
    """
    file = _file()
    small = frozenset(letters(w) for w in file.fillers["small"] if w.isascii())
    found: dict[tuple[str, ...], set[Meaning]] = {}
    joined: dict[str, set[Meaning]] = {}

    def put(words: str, meaning: Meaning) -> None:
        key = tuple(unit.key for unit in units(words))
        # Small words inside a phrase are left out on both sides: "amt (für) öffentliche sicherheit".
        key = tuple(k for k in key if k not in small) or key
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
    bodies = _bodies().body
    for body in bodies:
        for words in body.words:
            put(words, Meaning("organs", body.organ))
            if body.land:
                put(words, Meaning("lands", body.land))
    for key, meanings in found.items():
        # A body of its own name goes before what else the words could say of a body.
        own = {m for m in meanings if m.section == "lands"}
        if own and len({m.code for m in meanings if m.section == "organs"}) > 1:
            known = {b.organ for b in bodies if any(tuple(u.key for u in units(w)) == key for w in b.words)}
            found[key] = {m for m in meanings if m.section != "organs" or m.code in known}
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
        defaults=msgspec.structs.replace(
            file.defaults,
            near=file.defaults.near | {frozenset((b.organ, b.near)) for b in bodies if b.near},
        ),
        small=file.small,
        fillers=small,
        unique=frozenset(b.organ for b in bodies) - set(file.organs),
    )


_LEVELS = ("sheng", "xian", "shi", "zhen", "qu")  # as pinyin writes a division's level behind its name
_LEAST_PLACE = 4  # letters of a place's name before a level or body that is written as one word with it


def unjoined(row: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return units in which pinyin that was written as one word is taken apart: Fuzhoushi, Qingtianxian."""
    out: list[Unit] = []
    for unit in row:
        pieces = () if unit.is_han or len(unit.raw) != len(unit.key) else _pinyin_pieces(unit.key)
        at = 0
        for size in pieces:
            piece = slice(at, at + size)
            out.append(Unit(unit.key[piece], unit.raw[piece], False, unit.start + at, unit.start + at + size))
            at += size
        if not pieces:
            out.append(unit)
    return tuple(out)


@lru_cache(maxsize=1 << 14)
def _pinyin_pieces(key: str) -> tuple[int, ...]:
    """The lengths of place, level and body in one word of pinyin; nothing where it is no such word, or a known one."""
    here = morphemes()
    if not key.isascii() or not key.isalpha() or named(key) or (key,) in here.phrases or key in here.joined:
        return ()
    body = max((word for word in here.joined if key.endswith(word) and word != key), key=len, default="")
    place = key[: len(key) - len(body)]
    level = next((end for end in _LEVELS if place.endswith(end) and named(place[: -len(end)])), "")
    place = place[: len(place) - len(level)]
    if len(place) < _LEAST_PLACE or not named(place) or not (level or body):
        return ()
    return tuple(size for size in (len(place), len(level), len(body)) if size)
