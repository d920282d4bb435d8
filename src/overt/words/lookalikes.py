"""Letters that look like others: words of mixed alphabets, and Chinese characters that are taken for one another.

Either is a slip of the pen or of a scanner, or done on purpose. Overt warns of it and never joins by it.
"""

import unicodedata
from functools import lru_cache

import msgspec

from overt.words.tables import load


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    han: tuple[str, ...]


_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")


@lru_cache(maxsize=1)
def _first_of() -> dict[int, str]:
    return {ord(char): group[0] for group in load("lookalikes", _File).han for char in group}


def plain_han(text: str) -> str:
    """Return `text` with each Chinese character that is easily mistaken as the first of those it is mistaken for."""
    return text.translate(_first_of())


@lru_cache(maxsize=1 << 14)
def _alphabet(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((alphabet for alphabet in _ALPHABETS if name.startswith(alphabet)), "")


def mixed(text: str) -> tuple[str, ...]:
    """Return the words of `text` that mix Latin, Cyrillic, Greek or Armenian letters."""
    if text.isascii():
        return ()
    words = "".join(char if char.isalpha() else " " for char in text).split()
    return tuple(word for word in words if len({_alphabet(char) for char in word} - {""}) > 1)
