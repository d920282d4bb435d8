"""Peoples and adjectives of countries: "the Dutch foreign minister" tells whose minister, and names no place."""

import re
from functools import lru_cache
from importlib import resources

import msgspec

from overt.words.scripts import has_cjk, simplify

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDING = 3  # letters that a star may stand for
# 官方 and the like end in 方 too, so the two-character words must not follow one of these.
_NOT_BEFORE_HAN = re.compile("[官地各对双警校院资军]$")


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    data = resources.files("overt.places").joinpath("data", "peoples.toml").read_bytes()
    return msgspec.toml.decode(data, type=dict[str, dict[str, list[str]]])


class _Words(msgspec.Struct, frozen=True):
    whole: dict[str, str]
    stems: dict[str, str]
    pairs: dict[str, dict[str, str]]


@lru_cache(maxsize=16)
def _words(base: str) -> _Words:
    """Return the words of a language; English ones where there are none for it."""
    whole: dict[str, str] = {}
    stems: dict[str, str] = {}
    pairs: dict[str, dict[str, str]] = {}
    for country, words in _tables().get(base, _tables()["en"]).items():
        for word in words:
            if word.endswith("*"):
                stems[word[:-1]] = country
            elif " " in word:
                first, second = word.split(" ")
                pairs.setdefault(first, {})[second] = country
            else:
                whole[word] = country
    return _Words(whole, stems, pairs)


@lru_cache(maxsize=1)
def _han() -> tuple[re.Pattern[str], dict[str, str]]:
    country = {word: code for code, words in _tables()["zh"].items() for word in words}
    longest = sorted(country, key=lambda word: (-len(word), word))
    return re.compile("|".join(longest)), country


def demonyms(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """Return spans of adjectives and names of peoples, with the alpha-2 code of the country.

    Args:
        text: any text; offsets are code points of it.
        language: its language tag, or None (then English, and Chinese where the characters are Han).
    """
    base = (language or "en").split("-")[0].lower()
    out: list[tuple[int, int, str]] = []
    if has_cjk(text):
        pattern, countries = _han()
        flat = simplify(text)
        for found in pattern.finditer(flat):
            if len(found[0]) > 2 or not _NOT_BEFORE_HAN.search(flat[: found.start()][-1:]):
                out.append((found.start(), found.end(), countries[found[0]]))
    table = _words("en" if base in ("zh", "ja") else base)
    words = list(_WORD.finditer(text))
    skip = -1
    for at, word in enumerate(words):
        if at == skip:
            continue
        following = words[at + 1] if at + 1 < len(words) else None
        pair = table.pairs.get(word[0])
        if pair and following and text[word.end() : following.start()] == " " and following[0] in pair:
            out.append((word.start(), following.end(), pair[following[0]]))
            skip = at + 1
            continue
        country = table.whole.get(word[0]) or _stem(table.stems, word[0])
        if country is not None:
            out.append((word.start(), word.end(), country))
    return sorted(out)


def _stem(stems: dict[str, str], word: str) -> str | None:
    for cut in range(_ENDING + 1 if stems else 0):
        country = stems.get(word[: len(word) - cut])
        if country is not None:
            return country
    return None
