"""Chinese in Latin letters: the sound of characters, and what other spellings make of a sound.

Pinyin is what maps and passports write; older texts spell by Wade-Giles, Czech ones by the Czech transcription. Tones,
apostrophes and accents are left away in practice, so all forms here are bare letters.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from overt.words.scripts import has_cjk, simplify

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcsyw")
_WADE = {
    "b": "p", "d": "t", "g": "k", "j": "ch", "q": "ch", "x": "hs", "zh": "ch", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_WADE_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "yi": "i",
    "you": "yu", "yan": "yen", "ye": "yeh", "yong": "yung", "er": "erh", "ge": "ko", "ke": "ko", "he": "ho", "e": "o",
    "guo": "kuo", "kuo": "kuo", "huo": "huo", "shuo": "shuo", "gui": "kuei", "kui": "kuei", "yue": "yueh",
}  # fmt: skip
_WADE_FINALS = (("iong", "iung"), ("ong", "ung"), ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"), ("uo", "o"))
_CZECH = {
    "zh": "c", "ch": "cch", "q": "cch", "j": "t", "x": "s", "z": "c", "c": "cch", "sh": "s", "r": "z",
    "b": "p", "p": "pch", "d": "t", "t": "tch", "g": "k", "k": "kch", "h": "ch",
}  # fmt: skip
_CZECH_WHOLE = {
    "yi": "i", "you": "jou", "yan": "jen", "ye": "jie", "yong": "jung", "ying": "jing", "yin": "jin", "yang": "jang",
    "yao": "jao", "ya": "ja", "yu": "ju", "yue": "jue", "yuan": "juan", "yun": "jun", "wei": "wej", "wai": "waj",
    "zhi": "c", "chi": "cch", "shi": "s", "ri": "z", "zi": "c", "ci": "cch", "si": "s", "er": "er",
}  # fmt: skip
_CZECH_FINALS = (
    ("iong", "iung"),
    ("ong", "ung"),
    ("ian", "ien"),
    ("iu", "iou"),
    ("ui", "uej"),
    ("ai", "aj"),
    ("ei", "ej"),
)


def _parts(syllable: str) -> tuple[str, str]:
    initial = next((i for i in _INITIALS if syllable.startswith(i)), "")
    return initial, syllable[len(initial) :]


def _final(final: str, table: tuple[tuple[str, str], ...]) -> str:
    return next((final[: -len(old)] + new for old, new in table if final.endswith(old)), final)


def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable (bare letters) in Wade-Giles, without its apostrophes and accents."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    initial, final = _parts(syllable)
    return _WADE.get(initial, initial) + _final(final, _WADE_FINALS)


def czech(syllable: str) -> str:
    """Return a pinyin syllable (bare letters) in the Czech transcription, without its hooks and rings."""
    if syllable in _CZECH_WHOLE:
        return _CZECH_WHOLE[syllable]
    initial, final = _parts(syllable)
    return _CZECH.get(initial, initial) + _final(final, _CZECH_FINALS)


@lru_cache(maxsize=1 << 15)
def syllables(han: str) -> tuple[str, ...]:
    """Return the pinyin of each character, in bare letters; what is no Chinese character gives its own letters."""
    from pypinyin import lazy_pinyin  # half a second to import, and most commands never need it

    return tuple(letters(s.replace("ü", "u")) for s in lazy_pinyin(simplify(han)))


def letters(text: str) -> str:
    """Return the bare ASCII letters and digits of `text`, small, nothing between them."""
    return _NO_LETTER.sub("", anyascii(text).lower())


_NO_LETTER = re.compile(r"[^a-z0-9]+")


def sound(text: str) -> str:
    """Return how `text` sounds, in bare letters: pinyin for Chinese characters, a transliteration for the rest."""
    return "".join(syllables(text)) if has_cjk(text) else letters(text)
