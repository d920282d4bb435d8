"""Bytes to text: which encoding a page or text file is in, whatever it says of itself.

In: bytes, and the encoding that a header or tag names. Out: the text and the encoding it was in. Order of belief: a
byte order mark; UTF-8 that decodes without a fault, since other encodings hardly ever do so by chance; Chinese that
reads as prose; what was declared, where it fits; what charset-normalizer makes of the bytes.
"""

import codecs
import logging
import re
from collections.abc import Sequence

import charset_normalizer
from ftfy import fix_encoding
from ftfy.badness import badness

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Pages that say the first mean the second (source: WHATWG Encoding Standard, "names and labels").
_MEANS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_CANDIDATES = [
    "gb18030",
    "big5",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "koi8_r",
    "cp874",
    "iso8859_2",
    "iso8859_15",
]
# The 60 characters that printed Chinese uses most, in both scripts (source: Jun Da, Modern Chinese Character Frequency
# List, ranks 1-60, and their Traditional forms). Bytes of one Chinese encoding read as another give rare ones.
_COMMON = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年过過发發后後作里裡用"
    "道行所然家种種事成方多经經么去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實"
)
_PROSE, _MIN_WIDE, _WIDE_PROBE = 0.12, 12, 5000  # share of common characters; characters that are looked at
_PROBE = 1 << 16  # bytes that are looked at where the encoding must be guessed
# Impossible sequences on a page below which they are left alone: a name or a quotation may hold a few.
_MOJIBAKE, _MOJIBAKE_PROBE = 4, 50_000
# Signs of print that make no impossible sequence among themselves and ASCII: each such sequence has another one in it.
HARMLESS = "‘’“”–—…\xa0"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes([*range(9), 11, *range(14, 32), 127])
_LATE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")  # the others in UTF-8
# A text with more controls than this is no text; printed pages have none, some exports have a stray form feed.
_MAX_CONTROLS = 0.002

logging.getLogger("charset_normalizer").setLevel(logging.WARNING)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str] | None:
    """Return the text and the name of its encoding, or None where the bytes are no text in an encoding known here."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    said = _codec(declared)
    if said == "iso2022_jp" and b"\x1b$" in data:
        return _strict(data, said)
    if data.isascii() or not (said and said.startswith("utf_16")):
        found = _strict(data, "utf-8")
        # Mojibake of Latin-1 is full of controls, and is still the text that the page holds.
        is_odd = found and _has_controls(data) and _is_odd(found[0])
        if found and not (is_odd and _is_odd(fix_encoding(found[0][:_MOJIBAKE_PROBE]))):
            return found
    if b"\0" not in data and (found := _chinese(data, said)):
        return found
    if said and (found := _strict(data, said)) and not _is_odd(found[0]):
        return found
    if found := _wide(data):
        return found
    if b"\0" in data:
        return None
    return _guess(data, said)


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


def _codec(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip(" \t\r\n\"';")).name
        "".encode(name)  # not one of Python's bytes-to-bytes codecs
    except (LookupError, ValueError):
        return None
    return _MEANS.get(name, name).replace("-", "_") if name not in ("utf-8", "utf-16") else name.replace("-", "_")


def _strict(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        return data.decode(name), name.replace("_", "-")
    except (UnicodeDecodeError, LookupError):
        return None


def _has_controls(data: bytes) -> bool:
    """False where UTF-8 holds no control character: most texts, told without looking at each character twice."""
    return len(data.translate(None, _CONTROL_BYTES)) < len(data) or bool(_LATE_CONTROLS.search(data))


def _is_odd(text: str) -> bool:
    """True where a text holds more control characters than a text does: it was decoded wrongly, or is no text."""
    return len(_CONTROLS.findall(text)) > max(1, len(text) * _MAX_CONTROLS)


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: every other byte of its ASCII (line feeds and spaces at least) is a zero."""
    if len(data) < 4 or len(data) % 2:
        return None
    probe = data[:4096]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    if max(even, odd) * 50 < len(probe) or min(even, odd) * 10 > max(even, odd):
        return None
    found = _strict(data, "utf-16-le" if odd > even else "utf-16-be")
    return found if found and not _is_odd(found[0]) else None


def _chinese(data: bytes, said: str | None) -> tuple[str, str] | None:
    """Bytes that make Chinese prose in one of its encodings, whatever they are declared as.

    Prose has about one common character in three; bytes of another encoding read so have next to none.
    """
    shares: dict[str, float] = {}
    texts: dict[str, tuple[str, str]] = {}
    for name in ("gb18030", "big5hkscs"):
        found = _strict(data, name)
        if found is None or _is_odd(found[0]):
            continue
        wide = [char for char in found[0] if char > "\x7f"][:_WIDE_PROBE]
        if len(wide) >= _MIN_WIDE:
            shares[name] = sum(char in _COMMON for char in wide) / len(wide)
            texts[name] = found
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is None or shares[best] < _PROSE:
        return None
    return texts[said if said in shares and 2 * shares[said] >= shares[best] else best]


def _guess(data: bytes, said: str | None) -> tuple[str, str] | None:
    matches = charset_normalizer.from_bytes(data[:_PROBE], cp_isolation=_CANDIDATES, enable_fallback=False)
    names = [match.encoding for match in matches]
    for name in names:
        found = _strict(data, name)
        if found and not _is_odd(found[0]):
            western = _strict(data, "cp1252")  # where two names give one text, the usual name
            return western if western and western[0] == found[0] else found
    # A page with a few broken bytes is still a page: take what it says of itself, with the faults marked.
    name = said or "utf-8"
    text = data.decode(name, errors="replace")
    if text and text.count("\ufffd") <= max(1, len(text) // 200) and not _is_odd(text):
        return text, name.replace("_", "-")
    return None
