"""Bytes to text: which encoding a page or text file is in, whatever it says of itself.

In: bytes, and the encoding that a header or tag names. Out: the text and the encoding it was in. Order of belief: a
byte order mark; UTF-8 that decodes without a fault, since other encodings hardly ever do so by chance; Chinese that
reads as prose; what was declared, where it fits; what charset-normalizer makes of the bytes.
"""

import codecs
import logging
import re
from functools import lru_cache

import charset_normalizer

from overt.words.mojibake import is_garbled

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
# Syllables that printed Korean uses most: two in three of any text. Chinese read as Korean has one in ten.
_KOREAN = frozenset(
    "이다는의에가을하고지로기사은한리도자나어시인대아서스해일를정들보수부장그있제전원으주라국상과구소동조선비여만성경마드르관"
    "신계치미것방공위회민무우트야요유안게개연세습니문오적화내러면까물발말했된되할때데및중생외체통당결최출설식님반더진산품합용"
    "불입실현직재집약급별처음속건축준즉확변력접타영업번호점표김박강찰목록명길층월년분초같없않많만두모본남북역학교단울"
)
_KANA, _PLAIN_HAN, _LEAST_HAN = 0.2, 0.8, 2
_PROSE, _MIN_WIDE, _WIDE_PROBE = 0.12, 12, 5000  # share of common characters; characters that are looked at
_PROBE = 1 << 16  # bytes that are looked at where the encoding must be guessed
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes([*range(9), 11, *range(14, 32), 127])
_LATE = dict.fromkeys(range(0x7F, 0xA0))
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
        # Mojibake of Latin-1 is full of the controls behind 127, and is still the text that the page holds.
        if found and not (_has_controls(data) and _is_odd(found[0].translate(_LATE))):
            return found
    if b"\0" not in data and (found := _chinese(data, said)):
        return found
    if said and (found := _strict(data, said)) and not _is_odd(found[0]) and not is_garbled(found[0]):
        return found
    if found := _wide(data):
        return found
    if b"\0" in data:
        return None
    return _few_chinese(data) or _guess(data, said)


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


@lru_cache(maxsize=1)
def _plain_han() -> dict[str, frozenset[str]]:
    """The characters that the standards call plain: level 1 of GB 2312 and of Big5, and the marks of print of each."""
    rows = {"gb18030": ((0xB0, 0xD7), (0xA1, 0xA3)), "big5hkscs": ((0xA4, 0xC6), (0xA1, 0xA3))}
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    return {
        name: frozenset(
            bytes((lead, trail)).decode(name, "ignore")
            for first, last in spans
            for lead in range(first, last + 1)
            for trail in trails
            if name != "gb18030" or trail >= 0xA1
        )
        for name, spans in rows.items()
    }


def _few_chinese(data: bytes) -> tuple[str, str] | None:
    """A few Chinese words in one of its encodings, as in a list: too few to tell them by how common they are.

    They are plain characters there, and make no Korean and no Japanese: rare syllables, and hardly any kana.
    """
    best: tuple[float, tuple[str, str]] | None = None
    for name, plain in _plain_han().items():
        found = _strict(data, name)
        wide = [char for char in found[0] if char > "\x7f"][:_WIDE_PROBE] if found else []
        han = [char for char in wide if "\u4e00" <= char <= "\u9fff"]
        if found is None or len(han) < _LEAST_HAN or _is_odd(found[0]):
            continue
        share = sum(char in plain for char in wide) / len(wide)
        if share >= _PLAIN_HAN and (best is None or share > best[0]):
            best = share, found
    korean = _korean(data)
    return korean if korean else None if best is None or _is_japanese(data) else best[1]


def _korean(data: bytes) -> tuple[str, str] | None:
    """A few Korean words: syllables alone, without Chinese characters between them, and common ones."""
    found = _strict(data, "cp949")
    wide = [char for char in found[0] if char > "\x7f"] if found else []
    syllables = [char for char in wide if "\uac00" <= char <= "\ud7a3"]
    is_korean = 2 * sum(char in _KOREAN for char in syllables) >= len(syllables) > 0.8 * len(wide)
    return found if is_korean else None


def _is_japanese(data: bytes) -> bool:
    for name in ("euc_jp", "cp932"):
        found = _strict(data, name)
        wide = [char for char in found[0] if char > "\x7f"] if found else []
        kana = sum("\u3041" <= char <= "\u30fe" for char in wide)
        if wide and kana >= _KANA * len(wide):
            return True
    return False


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
