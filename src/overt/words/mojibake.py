"""Text that was decoded wrongly before it was saved ("mojibake"): what of it can be told and undone without guessing.

In: text as it stands. Out: the text that it was, or None where nothing is clearly wrong. `is_garbled` says what is
wrong and stays so, so that a reading can tell it.
"""

import re
from collections.abc import Sequence

from ftfy import fix_encoding
from ftfy.badness import badness

# Impossible sequences on a page below which they are left alone: a name or a quotation may hold a few.
_MOJIBAKE, _MOJIBAKE_PROBE = 4, 50_000
# Signs of print that make no impossible sequence among themselves and ASCII: each such sequence has another one in it.
HARMLESS = "‘’“”–—…\xa0"
_LATE_CONTROLS = re.compile("[\x80-\x9f]")
_RUN = re.compile("[\x80-\xff]{2,}")
_MANY_CONTROLS = 8
_LETTER = re.compile(r"[^\W\d_]")
_ACCENTED = re.compile("[\xc0-\xff]")
# Of the letters of a text that are accented ones: in Vietnamese and Czech a quarter, in bytes read wrongly nearly all.
_GARBLED, _GARBLED_LETTERS = 0.5, 20


def unread(text: str) -> str | None:
    """Return a page that was UTF-8 and was read as Latin-1, as it was; None where it holds no such bytes.

    They show in controls that no text has. Each run of them is undone by itself, and only where it makes whole signs.
    """
    before = len(_LATE_CONTROLS.findall(text[:_MOJIBAKE_PROBE]))
    if before < _MANY_CONTROLS:
        return None
    made = _RUN.sub(_as_utf8, text)
    return made if 5 * len(_LATE_CONTROLS.findall(made[:_MOJIBAKE_PROBE])) <= before else None


def _as_utf8(run: re.Match[str]) -> str:
    try:
        return run[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return run[0]


def is_garbled(text: str) -> bool:
    """True where a text is mostly accented Latin letters, as no language is: bytes of another script, read wrongly."""
    probe = text[:_MOJIBAKE_PROBE]
    accented = len(_ACCENTED.findall(probe))
    return accented >= _GARBLED_LETTERS and accented > _GARBLED * len(_LETTER.findall(probe))


def mended(texts: Sequence[str]) -> list[str] | None:
    """Return texts of one page without mojibake (UTF-8 that was once read as another encoding); None where it has none.

    Only clear cases: many impossible sequences over the whole page, and far fewer afterwards. The method is ftfy's.
    """
    whole = "\n".join(texts)[:_MOJIBAKE_PROBE]
    enough = max(_MOJIBAKE, len(whole) // 200)
    telling = len(whole) - len(whole.encode("ascii", "ignore")) - sum(map(whole.count, HARMLESS))
    if telling < enough or (before := badness(whole)) < enough:
        return None
    made = [text if text.isascii() else fix_encoding(text) for text in texts]
    after = badness("\n".join(made)[:_MOJIBAKE_PROBE])
    return made if after * 5 <= before and made != list(texts) else None


__all__ = ["HARMLESS", "is_garbled", "mended", "unread"]
