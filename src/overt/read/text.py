"""The reader of plain text: lines become passages, and what a page left around the text is kept but marked.

In: bytes. Out: a document. Saved texts have a line a paragraph, with captions between them that say the sentence above
again; letters and mails are wrapped by hand and are joined again.
"""

import itertools
import re
import unicodedata

from overt.model import Document, Passage, PassageKind, Reader, ReadError, sha256
from overt.read import marks
from overt.read.imprint import kind_of, printed, relays, writer
from overt.words.encoding import decode
from overt.words.language import language

READER = Reader(name="text", version="3")
MAX_BYTES = 20_000_000
MAX_PASSAGES = 200_000
# Digits that stand above or below the line: as such they are no part of the number before them.
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# A heading is a short line without a final stop; the longest headline of the labelled pages has 110 characters.
_TITLE, _HEADING, _HAN_WEIGHT = 160, 80, 2.5
_STOP = re.compile(r"[.!?…。！？；;:：,，][\"'”’»」』)）\]]*$")
_ORIGINAL = re.compile(r"(?:原标题|原標題|原题)\s*[:：]\s*")
_ITEM = re.compile(r"(?:[-*•◦▪·–]\s+|\(?\d{1,3}[.)、]\s+)\S")
# Characters without a width that pages strew into words: soft hyphen, zero-width space, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_WRAP_MIN, _WRAP_MAX = 40, 100


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read plain text.

    Raises:
        ReadError: where it is too large, empty or in no known encoding.
    """
    del url
    lines = _lines(decoded(data, charset, "text"))
    if not any(lines):
        raise ReadError("the text is empty")
    lines = unwrapped(lines)
    passages = _passages(lines)
    if len(passages) > MAX_PASSAGES:
        raise ReadError(f"the text has more than {MAX_PASSAGES:,} lines")
    first = passages[0]
    printed_on, changed_on = printed(p.text for p in _edges(passages))
    day = printed_on or next(filter(None, (marks.news_of(p.text) for p in _edges(passages))), None)
    return Document(
        capture=sha256(data),
        passages=tuple(passages),
        reader=READER,
        title=_ORIGINAL.sub("", first.text) if first.kind is PassageKind.HEADING else None,
        byline=writer(passages),
        published=day,
        published_from="text" if day else None,
        modified=changed_on,
        modified_from="text" if changed_on else None,
        language=language("\n".join(p.text for p in passages if p.main)),
        relays=relays(passages),
    )


def decoded(data: bytes, charset: str | None, what: str) -> str:
    """Return bytes as text.

    Raises:
        ReadError: where `what` they are is too large, or they are in no known encoding.
    """
    if len(data) > MAX_BYTES:
        raise ReadError(f"the {what} is larger than {MAX_BYTES:,} bytes")
    found = decode(data, charset)
    if found is None:
        raise ReadError("the bytes are no text in an encoding known here")
    return found[0]


def clean(text: str) -> str:
    """Return `text` in NFC with white space folded and characters without a width left out."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def _lines(text: str) -> list[str]:
    return [clean(line) for line in _BREAKS.sub("\n", text).split("\n")]


def _width(line: str) -> float:
    """Length in Latin letters: a Han character says as much as two or three of them."""
    return sum(_HAN_WEIGHT if char >= "\u2e80" else 1 for char in line)


def _is_short(line: str, limit: int) -> bool:
    return len(line) <= limit and _width(line) <= limit and not _STOP.search(line)


def unwrapped(lines: list[str]) -> list[str]:
    """Join lines that were wrapped by hand: of nearly one length, mostly ending in the middle of a sentence."""
    inner = [line for line, after in itertools.pairwise(lines) if line and after]
    longest = max(map(len, inner), default=0)
    if len(inner) < 3 or not _WRAP_MIN <= longest <= _WRAP_MAX:
        return lines
    open_ended = sum(not _STOP.search(line) for line in inner)
    full = sum(len(line) >= 0.7 * longest for line in inner)
    if open_ended < 0.6 * len(inner) or full < 0.8 * len(inner):
        return lines
    joined: list[list[str]] = [[]]
    for line in lines:
        if not line or (_ITEM.match(line) and joined[-1]):
            joined.append([])
        if line:
            is_tight = bool(joined[-1]) and joined[-1][-1][-1] >= "\u2e80" and line[0] >= "\u2e80"
            joined[-1] += ["" if is_tight or not joined[-1] else " ", line]
    return ["".join(parts) for parts in joined]


def _edges(passages: list[Passage]) -> list[Passage]:
    return passages if len(passages) <= 9 else passages[:6] + passages[-3:]


def _passages(lines: list[str]) -> list[Passage]:
    rows = [line for line in lines if line]
    captions = _captions(rows)
    made: list[Passage] = []
    for at, line in enumerate(rows):
        is_edge = at < 6 or at >= len(rows) - 3
        if at in captions:
            made.append(Passage(kind=PassageKind.CAPTION, text=line, main=False))
        elif (kind := kind_of(line, is_main=not is_edge)) is not None or (is_edge and marks.published(line)):
            made.append(Passage(kind=kind or PassageKind.BYLINE, text=line, main=False))
        elif at == 0 and len(rows) > 1 and _is_short(line, _TITLE):
            made.append(Passage(kind=PassageKind.HEADING, text=line))
        elif _ITEM.match(line):
            made.append(Passage(kind=PassageKind.LIST_ITEM, text=line))
        elif _is_heading(rows, at):
            made.append(Passage(kind=PassageKind.HEADING, text=line))
        else:
            made.append(Passage(kind=PassageKind.PARAGRAPH, text=line))
    return made


def _is_heading(rows: list[str], at: int) -> bool:
    if at == 0 or at + 1 >= len(rows) or not _is_short(rows[at], _HEADING):
        return False
    # What stands over a longer paragraph; short lines in a row are something else (a poem, a table, an address).
    return _width(rows[at + 1]) > 2 * _width(rows[at]) and _width(rows[at + 1]) > _HEADING


def _captions(rows: list[str]) -> set[int]:
    """Return the lines that are captions, with those beside them that are printed twice for one picture."""
    found = {at for at, line in enumerate(rows) if marks.is_caption(line)}
    for at in sorted(found):
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(rows) and len(rows[beside]) >= 20 and rows[at].startswith(rows[beside]):
                found.add(beside)
    return found
