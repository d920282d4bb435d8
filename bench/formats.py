"""PDF and pictures: reading order, cells of tables, and the letters that OCR gets right, on generated files.

Peers stand in the same run where they are installed; PDFium's own order of the text always does.
"""

import hashlib
import re
import time
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from rapidfuzz.distance import Levenshtein

from bench import papers
from overt.model import Document, ReadError
from overt.read import ocr, pdf, picture

SEEDS = (5, 6)
_SCRIPTS = ("english", "simplified", "traditional")
_HARDER: tuple[tuple[str, dict[str, float]], ...] = (
    ("30 px", {"size": 30}),
    ("20 px", {"size": 20}),
    ("14 px", {"size": 14}),
    ("blurred", {"size": 30, "blur": 1.5}),
    ("noisy", {"size": 30, "noise": 60}),
    ("turned by 3 degrees", {"size": 30, "turn": 3.0}),
    ("10 px", {"size": 10}),
    ("faint, noisy", {"size": 20, "noise": 120, "ink": 150}),
    ("JPEG of quality 8", {"size": 20, "quality": 8}),
)


def not_checked() -> str | None:
    """Why these figures cannot be made here, or None."""
    if not ocr.is_there():
        return ocr.INSTALL
    return None if papers.has_han_font() and papers.font_file() else papers.NO_FONT


@cache
def _papers() -> tuple[tuple[str, papers.Paper, bytes], ...]:
    """Every paper twice: as it is set, and with its text written across the columns."""
    made = []
    for columns in (1, 2, 3):
        for seed in SEEDS:
            for indented in (False, True):
                for han in (False, True):
                    paper = papers.paper(columns, seed, indented=indented, han=han)
                    name = "one column" if columns == 1 else f"{columns} columns"
                    made.append((name, paper, paper.data))
                    made.append((f"{name}, interleaved", paper, papers.interleaved(paper.data)))
    return tuple(made)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\-\u00ad\x02\ufffe]+", "", text)


def in_order(read: Callable[[bytes], str]) -> dict[str, float]:
    """The share of headings and paragraphs that come out uncut and after the one before, by kind of paper.

    Spaces and hyphens do not count; what a running head or a page number cuts in two is cut.
    """
    good: dict[str, list[int]] = {}
    for name, paper, data in _papers():
        text = _squeezed(read(data))
        found, at = 0, 0
        for wanted in paper.texts:
            place = text.find(_squeezed(wanted), at)
            if place >= 0:
                found, at = found + 1, place + 1
        sums = good.setdefault(name, [0, 0])
        sums[0] += found
        sums[1] += len(paper.texts)
    return {name: sums[0] / sums[1] for name, sums in good.items()}


def whole_passages() -> float:
    """The share of headings and paragraphs that are one passage to the letter, spaces and hyphens included."""
    found = wanted = 0
    for _, paper, data in _papers():
        own = set(_read(data))
        found += sum(text in own for text in paper.texts)
        wanted += len(paper.texts)
    return found / wanted


def cells(style: str) -> float:
    """The share of cells of a list that stand in their row and column, of one table."""
    if style == "picture":
        data, rows = papers.picture_of_table()
        document = picture.read(data)
    else:
        grid = papers.list_of_offices(style)
        rows, document = grid.rows, pdf.read(grid.data)
    found = {
        (p.locator.row, p.locator.column): p.text
        for p in document.passages
        if p.main and p.locator is not None and p.locator.table == 1
    }
    wanted = {(r, c): text for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    return sum(found.get(place) == text for place, text in wanted.items()) / len(wanted)


def ocr_accuracy(script: str) -> dict[str, float]:
    """One minus the character error rate (edits a letter), by how hard the picture is."""
    made = {}
    for name, how in _HARDER:
        sample = papers.picture(script, **how)  # type: ignore[arg-type]
        made[name] = max(0.0, 1 - Levenshtein.normalized_distance(_text(sample.data), "\n".join(sample.lines)))
    return made


def _text(data: bytes) -> str:
    try:
        document: Document = picture.read(data)
    except ReadError:
        return ""
    return "\n".join(p.text for p in document.passages)


def score() -> dict[str, float] | None:
    """The figures that have floors, or None where they cannot be made."""
    if not_checked():
        return None
    out = {"order": min(in_order(_own).values()), "passages": whole_passages()}
    out |= {f"cells_{style}": cells(style) for style in ("ruled", "level", "bare", "picture")}
    for script in _SCRIPTS:
        figures = ocr_accuracy(script)
        out[f"ocr_{script}"] = sum(figures.values()) / len(figures)
    return out


def digest_of_samples() -> str:
    """A hash of what the figures are measured on: texts and settings, not the bytes that a font makes of them."""
    texts = [*(paper.texts for _, paper, _ in _papers()), papers.list_of_offices().rows, _HARDER, _SCRIPTS]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


@cache
def _read(data: bytes) -> tuple[str, ...]:
    return tuple(p.text for p in pdf.read(data).passages if p.main)


def _own(data: bytes) -> str:
    return "\n".join(_read(data))


def _pdfium(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _pdfminer(data: bytes) -> str:
    import io

    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(data)))


def _pypdf(data: bytes) -> str:
    import io

    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def _pdfplumber(data: bytes) -> str:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def _pdf_oxide(data: bytes) -> str:
    import pdf_oxide

    document = pdf_oxide.PdfDocument.from_bytes(data)
    return "\n".join(document.extract_text(number) for number in range(document.page_count()))


_PEERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "Overt": ("overt", _own),
    "PDFium's order": ("pypdfium2", _pdfium),
    "pdfminer.six": ("pdfminer", _pdfminer),
    "pypdf": ("pypdf", _pypdf),
    "pdfplumber": ("pdfplumber", _pdfplumber),
    "pdf_oxide": ("pdf_oxide", _pdf_oxide),
}


def table() -> str:
    """The figures as Markdown tables."""
    reason = not_checked()
    if reason:
        return f"formats: not checked: {reason}"
    lines = [f"{len(_papers())} generated PDF files, share of headings and paragraphs uncut and in order", ""]
    rows = {}
    for name, (module, read) in _PEERS.items():
        if find_spec(module) is None:
            lines[0] += f"; {name} is not installed"
            continue
        _read.cache_clear()
        start = time.perf_counter()
        figures = in_order(read)
        rows[name] = (figures, time.perf_counter() - start)
    kinds = list(rows["Overt"][0])
    lines += [f"| reader | {' | '.join(kinds)} | files/s |", "|---" * (len(kinds) + 2) + "|"]
    for name, (figures, seconds) in rows.items():
        shares = " | ".join(f"{figures[kind]:.3f}" for kind in kinds)
        lines.append(f"| {name} | {shares} | {len(_papers()) / seconds:.1f} |")
    lines += ["", f"One passage to the letter (Overt): {whole_passages():.3f}", ""]
    lines += ["| table | cells in their row and column |", "|---|---|"]
    lines += [f"| {style} | {cells(style):.3f} |" for style in ("ruled", "level", "bare", "picture")]
    names = [name for name, _ in _HARDER]
    lines += ["", f"| OCR: letters right | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    start, pictures = time.perf_counter(), 0
    for script in _SCRIPTS:
        figures = ocr_accuracy(script)
        pictures += len(figures)
        lines.append(f"| {script} | {' | '.join(f'{figures[name]:.3f}' for name in names)} |")
    lines += ["", f"{(time.perf_counter() - start) / pictures:.2f} s a picture, one thread"]
    return "\n".join(lines)
