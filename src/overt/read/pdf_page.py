"""A page of a PDF through PDFium: its words with boxes, its rules, and whether it is a picture.

In: a page of pypdfium2. Out: plain values, with the origin at the top left of the page as it is shown. PDFium is the
engine of Chromium: hardened against hostile files, under a permissive licence, and it gives every letter's place.
"""

import ctypes
import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from overt.read.boxes import Box, Word, is_ideograph
from overt.read.grids import Rule
from overt.read.text import SUBSCRIPT, SUPERSCRIPT

MAX_GLYPHS = 200_000  # a page; a newspaper page has 40,000
_MAX_OBJECTS = 50_000
_WORD_GAP = 0.22  # ems: the narrowest space that typesetters set is a quarter of an em, kerning moves letters by less
_HAN_GAP = 0.45  # ems: justified Chinese is spread by up to a third
_BOLD = 600  # weights of fonts from here on are bold (OpenType: 600 is semi-bold)
_SMALL, _OFF_LINE = 0.85, 0.1  # ems of a word's largest letters: how small and how far off its line a raised digit is
_THIN = 3.0  # points: a filled box thinner than this is a rule
_BROKEN = "\x02"  # what PDFium gives for a hyphen at the end of a line
_SOFT = "\u00ad"
_LIGATURES = range(0xFB00, 0xFB07)
_UNKNOWN = frozenset({0, 0xFFFD, 0xFFFE, 0xFFFF})
# A page with fewer letters than this that a picture covers is a scan with a stamp or a page number over it.
_FEW, _COVERED = 40, 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page. `is_picture` says that its text, if there is any, is not in its text layer.

    `turned` holds words that do not stand as most do (watermarks, marks in the margin). `turn` is by how many degrees,
    clockwise, the page as it is shown is turned for most of its letters to stand upright; all places are those then.
    """

    width: float
    height: float
    words: list[Word]
    turned: list[Word]
    rules: list[Rule]
    is_picture: bool
    has_unknown_letters: bool
    turn: int = 0


@dataclass(slots=True)
class _Glyph:
    char: str
    box: Box
    base: float
    size: float
    is_bold: bool
    is_spaced: bool = False


class _View:
    """From the PDF's coordinates to those of the page as it is read: as it is shown, and then turned by `more`."""

    def __init__(self, page: pdfium.PdfPage, more: int = 0) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self.turn = (page.get_rotation() + more) % 360
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.turn in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        wide, high = self._right - self._left, self._top - self._bottom
        if self.turn == 90:
            return y, x
        if self.turn == 180:
            return wide - x, y
        if self.turn == 270:
            return high - y, wide - x
        return x, high - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        a, b = self.point(left, bottom), self.point(right, top)
        return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _turn(text: pdfium.PdfTextPage, number: int, view: _View) -> int:
    """By how many degrees, clockwise, a page has to be turned for most of its letters to stand upright."""
    seen: Counter[int] = Counter()
    for at in range(0, number, max(1, number // 500)):
        if not raw.FPDFText_IsGenerated(text, at) and raw.FPDFText_GetUnicode(text, at) > 32:
            # PDFium measures angles clockwise.
            shown = math.degrees(raw.FPDFText_GetCharAngle(text, at)) + view.turn
            seen[round(shown / 90) * 90 % 360] += 1
    if not seen or 2 * seen[0] >= seen.total():
        return 0
    return -max(seen, key=lambda turn: (seen[turn], -turn)) % 360


def look(page: pdfium.PdfPage) -> Page:
    """Return what stands on a page. Raises ValueError where it holds more than is read."""
    view = _View(page)
    if not (0 < view.width < 1e5 and 0 < view.height < 1e5):
        raise ValueError("its size is no size of a page")
    text = page.get_textpage()
    number = text.count_chars()
    if number > MAX_GLYPHS:
        raise ValueError(f"it holds more than {MAX_GLYPHS:,} letters")
    turn = _turn(text, number, view)
    view = _View(page, turn)
    runs, turned, unknown = _runs(text, number, view)
    words = _with_hyphens(list(_words(runs)))
    rules, covered, has_objects = _objects(page, view)
    letters = sum(len(word.text) for word in words)
    is_odd = unknown > 0.2 * max(1, number)
    is_bare = letters == 0 and has_objects
    return Page(
        width=view.width,
        height=view.height,
        words=words,
        turned=[word for run in turned for word in _word(run) if word.text],
        rules=rules,
        is_picture=is_odd or is_bare or (letters < _FEW and covered > _COVERED),
        has_unknown_letters=is_odd,
        turn=turn,
    )


def _runs(text: pdfium.PdfTextPage, number: int, view: _View) -> tuple[list[list[_Glyph]], list[list[_Glyph]], int]:
    """Return glyphs in the order of the file, parted where PDFium sees a space or a break; upright and turned ones."""
    upright: list[list[_Glyph]] = [[]]
    turned: list[list[_Glyph]] = [[]]
    unknown = 0
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    matrix = raw.FS_MATRIX()
    angle_of_page = math.radians(view.turn)
    high: int | None = None
    is_spaced = False
    for at in range(number):
        code = raw.FPDFText_GetUnicode(text, at)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if high is None:
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = None
        char = chr(code)
        if char in " \r\n\t\xa0\u3000" or raw.FPDFText_IsGenerated(text, at):
            upright.append([])
            turned.append([])
            is_spaced = is_spaced or not (char in "\r\n" or raw.FPDFText_IsGenerated(text, at))
            continue
        if code in _UNKNOWN or 0xE000 <= code < 0xF900:
            unknown += 1
            continue
        if char == _SOFT:
            char = _BROKEN
        if code < 32 and char != _BROKEN:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, at, rect):
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        angle = (raw.FPDFText_GetCharAngle(text, at) + angle_of_page) % (2 * math.pi)
        box = view.box(rect.left, rect.bottom, rect.right, rect.top)
        if box.right < 0 or box.bottom < 0 or box.left > view.width or box.top > view.height:
            continue
        is_upright = min(angle, 2 * math.pi - angle) < 0.1
        # A font may be set at size 1 and enlarged by the matrix: what is seen is both together.
        raw.FPDFText_GetMatrix(text, at, matrix)
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        if size < 1:
            size = max(1.0, box.height / 1.2)
        if code in _LIGATURES:
            char = unicodedata.normalize("NFKC", char)
        glyph = _Glyph(char, box, view.point(x.value, y.value)[1], size, raw.FPDFText_GetFontWeight(text, at) >= _BOLD)
        glyph.is_spaced, is_spaced = is_spaced, False
        (upright if is_upright else turned)[-1].append(glyph)
    return upright, turned, unknown


def _words(runs: list[list[_Glyph]]) -> Iterator[Word]:
    for run in runs:
        word: list[_Glyph] = []
        for glyph in run:
            if word and _is_apart(word[-1], glyph):
                yield from _word(word)
                word = []
            word.append(glyph)
        yield from _word(word)


def _is_apart(before: _Glyph, glyph: _Glyph) -> bool:
    if abs(glyph.box.left - before.box.left) < 0.01 and abs(glyph.box.right - before.box.right) < 0.01:
        return False  # letters of one ligature have one box
    em = min(before.size, glyph.size)
    gap = glyph.box.left - before.box.right
    is_han = is_ideograph(before.char[-1]) and is_ideograph(glyph.char[0])
    limit = _HAN_GAP if is_han else _WORD_GAP
    if not -0.6 * em < gap < limit * em:
        return True
    shared = min(before.box.bottom, glyph.box.bottom) - max(before.box.top, glyph.box.top)
    return shared < 0.5 * min(before.box.height, glyph.box.height)


def _word(glyphs: list[_Glyph]) -> Iterator[Word]:
    if not glyphs:
        return
    text = _with_raised(glyphs)
    is_broken = text.endswith(_BROKEN)
    text = unicodedata.normalize("NFC", text.rstrip(_BROKEN).replace(_BROKEN, "-"))
    box = glyphs[0].box
    for glyph in glyphs[1:]:
        box = box | glyph.box
    most = max(glyphs, key=lambda g: g.size)
    yield Word(
        text, box, most.size, 2 * sum(g.is_bold for g in glyphs) > len(glyphs), is_broken, is_spaced=glyphs[0].is_spaced
    )


def _with_raised(glyphs: list[_Glyph]) -> str:
    """The letters of a word, small digits above or below its line as such: a footnote's mark is no number's part."""
    body = max(glyphs, key=lambda g: g.size)
    text = ""
    for glyph in glyphs:
        above = (body.base - glyph.base) / body.size
        if glyph.size > _SMALL * body.size or abs(above) < _OFF_LINE:
            text += glyph.char
        else:
            text += glyph.char.translate(SUPERSCRIPT if above > 0 else SUBSCRIPT)
    return text


def _with_hyphens(words: list[Word]) -> list[Word]:
    """Put hyphens that stand alone in the file behind the words beside which they stand on the page."""
    alone = [word for word in words if not word.text]
    if not alone:
        return words
    whole = [word for word in words if word.text]
    by_edge: dict[int, list[int]] = {}
    for at, word in enumerate(whole):
        by_edge.setdefault(round(word.box.right), []).append(at)
    for hyphen in alone:
        reach = math.ceil(0.3 * hyphen.size)
        for at in (a for x in range(-reach, reach + 1) for a in by_edge.get(round(hyphen.box.left) + x, ())):
            word = whole[at]
            shared = min(word.box.bottom, hyphen.box.bottom) - max(word.box.top, hyphen.box.top)
            if shared > 0.5 * hyphen.box.height:
                whole[at] = replace(word, box=word.box | hyphen.box, is_broken=True)
                break
    return whole


_Matrix = tuple[float, float, float, float, float, float]


def _objects(page: pdfium.PdfPage, view: _View) -> tuple[list[Rule], float, bool]:
    """Return the rules of a page, the share of it that pictures cover, and whether anything is on it."""
    rules: list[Rule] = []
    covered = 0.0
    has_objects = False
    todo: list[tuple[object, _Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, at), (1, 0, 0, 1, 0, 0), 0)
        for at in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS))
    ]
    for thing, around, depth in todo:  # which grows where an object holds others, up to the limit
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            has_objects = True
            rules.extend(_rules(thing, _times(_matrix(thing), around), view))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            has_objects = True
            made = _times(_matrix(thing), around)
            corners = [_apply(made, x, y) for x in (0, 1) for y in (0, 1)]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            covered += (max(xs) - min(xs)) * (max(ys) - min(ys)) / (view.width * view.height)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 4:
            inner = _times(_matrix(thing), around)
            count = min(raw.FPDFFormObj_CountObjects(thing), _MAX_OBJECTS - len(todo))
            todo += [(raw.FPDFFormObj_GetObject(thing, at), inner, depth + 1) for at in range(max(0, count))]
    return rules, covered, has_objects


def _matrix(thing: object) -> _Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(thing, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _rules(path: object, matrix: _Matrix, view: _View) -> Iterator[Rule]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    shapes: list[list[tuple[float, float]]] = []
    for at in range(min(raw.FPDFPath_CountSegments(path), 2000)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = view.point(*_apply(matrix, x.value, y.value))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points = [point]
            shapes.append(points)
        elif kind == raw.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:  # a curve is no rule, and neither is what goes on from it
            points = [point]
            shapes.append(points)
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
            points.append(points[0])
    for shape in shapes:
        yield from _sides(shape)


def _sides(shape: list[tuple[float, float]]) -> Iterator[Rule]:
    xs, ys = [p[0] for p in shape], [p[1] for p in shape]
    if len(shape) > 2 and min(max(xs) - min(xs), max(ys) - min(ys)) < _THIN:  # a rule drawn as a thin box
        middle = (min(ys) + max(ys)) / 2, (min(xs) + max(xs)) / 2
        if max(xs) - min(xs) >= max(ys) - min(ys):
            yield Rule(True, middle[0], min(xs), max(xs))
        else:
            yield Rule(False, middle[1], min(ys), max(ys))
        return
    for (ax, ay), (bx, by) in itertools.pairwise(shape):
        if abs(ay - by) < 0.5 < abs(ax - bx):
            yield Rule(True, (ay + by) / 2, min(ax, bx), max(ax, bx))
        elif abs(ax - bx) < 0.5 < abs(ay - by):
            yield Rule(False, (ax + bx) / 2, min(ay, by), max(ay, by))
