"""Writing systems: which characters are Han, and forms of a text that are compared.

`simplify` and `narrow` keep the length, so that offsets into what they return are offsets into the page.
"""

import re
import unicodedata
from functools import lru_cache

import opencc

# Blocks of the Unicode Character Database that hold Chinese and Japanese writing. Hangul is left out: it has spaces.
_CJK = (
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # iteration mark, closing mark, zero
    (0x3040, 0x30FF),  # kana
    (0x31F0, 0x31FF),  # kana extensions
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFF66, 0xFF9F),  # half-width kana
    (0x20000, 0x323AF),  # extensions B to H
)
# The same blocks as they stand in the brackets of a pattern.
CJK = "".join(f"{chr(first)}-{chr(last)}" for first, last in _CJK)
_ANY_CJK = re.compile(f"[{CJK}]")
_HAN = tuple(block for block in _CJK if block[0] in (0x3400, 0x4E00, 0xF900, 0x20000))
# Full-width forms of ASCII (FF01 to FF5E), the ideographic space, and the full-width signs for money and the like.
_NARROW = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_NARROW |= {0xFFE0: "¢", 0xFFE1: "£", 0xFFE2: "¬", 0xFFE3: "¯", 0xFFE4: "¦", 0xFFE5: "¥", 0xFFE6: "₩"}


def is_cjk(char: str) -> bool:
    """True where one character is written without spaces between words: Han, kana, and their marks."""
    return char >= "\u2e80" and _ANY_CJK.match(char) is not None


def has_cjk(text: str) -> bool:
    """True where any character of `text` is Han or kana."""
    return not text.isascii() and _ANY_CJK.search(text) is not None


@lru_cache(maxsize=1)
def _simpler() -> dict[int, str]:
    """Return the table of Traditional characters, made once from OpenCC's, one character at a time.

    OpenCC converts whole phrases too, and some of those change the length; character by character none can.
    """
    convert = opencc.OpenCC("t2s").convert
    points = [point for first, last in _HAN for point in range(first, last + 1)]
    table = {}
    # Many characters in one call would be read as phrases; a line feed between them keeps each alone.
    for char, simple in zip(map(chr, points), convert("\n".join(map(chr, points))).split("\n"), strict=True):
        if simple != char and len(simple) == 1:
            table[ord(char)] = simple
    # 藴 becomes 蘊, which itself has a simpler form: follow to the end, so that simplifying twice changes nothing.
    return {point: table.get(ord(simple), simple) for point, simple in table.items()}


@lru_cache(maxsize=1)
def _japanese() -> dict[int, str]:
    """Return the table of Japanese short forms (総, 県, 庁) that Chinese does not have, with the Simplified ones."""
    convert = opencc.OpenCC("jp2t").convert
    chars = [chr(point) for point in range(0x4E00, 0xA000)]
    table = {}
    for char, full in zip(chars, convert("\n".join(chars)).split("\n"), strict=True):
        # 芸 and 弁 are Chinese characters of their own (they stand in GB 2312): these are left alone.
        if full != char and len(full) == 1 and simplify(char) == char and not _is_gb2312(char):
            table[ord(char)] = simplify(full)
    return table


def _is_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def from_japanese(text: str) -> str:
    """Return `text` with Japanese short forms (総領事館, 県) as Simplified characters. The length never changes."""
    return text if text.isascii() else text.translate(_japanese())


def simplified_pairs() -> str:
    """Return each Traditional character followed by its Simplified form, in order: for programs in other languages."""
    return "".join(chr(point) + simple for point, simple in sorted(_simpler().items()))


@lru_cache(maxsize=1)
def _traditional_only() -> frozenset[str]:
    """Characters that only a Traditional text has: they have a simpler form and are no simpler form themselves."""
    table = _simpler()
    simple = set(table.values())
    return frozenset(chr(point) for point in table if chr(point) not in simple)


@lru_cache(maxsize=1)
def _simplified_only() -> frozenset[str]:
    """Characters that only a Simplified text has: OpenCC turns them into another one, and they came out of one."""
    back = opencc.OpenCC("s2t").convert
    simple = sorted(set(_simpler().values()))
    # OpenCC's s2t leaves characters that both scripts use (for example those that are also old forms) as they are.
    return frozenset(c for c, t in zip(simple, back("\n".join(simple)).split("\n"), strict=True) if c != t)


def simplify(text: str) -> str:
    """Return `text` with each Traditional character in its Simplified form. The length never changes."""
    return text if text.isascii() else text.translate(_simpler())


def narrow(text: str) -> str:
    """Return `text` with full-width forms of ASCII (ＡＢＣ１２３（），) as ASCII. The length never changes.

    Curly quotation marks, 。 and 、 stay as they are: they are no wide forms of anything.
    """
    return text if text.isascii() else text.translate(_NARROW)


def fold(text: str) -> str:
    """Return a key for comparing: narrow, Simplified, without accents and case, with single spaces.

    The length may change, so never use it for offsets.
    """
    # Twice decomposed: the compatibility forms first (𝕊), and what folding the case brings forth (İ).
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(simplify(unicodedata.normalize("NFC", bare)).split())


def han_variant(text: str) -> str | None:
    """Return `zh-Hans` or `zh-Hant` by the characters that only one of them has; None where nothing tells."""
    traditional = sum(char in _traditional_only() for char in text)
    simplified = sum(char in _simplified_only() for char in text)
    if traditional == simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"
