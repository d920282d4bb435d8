"""The reader of PDF: the text layer with each letter's place, and OCR for pages that are pictures.

In: bytes. Out: a document whose passages say on which page and where on it they stand. A passage that goes on in the
next column or on the next page is one passage; its locator is that of its beginning.
"""

import contextlib
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from overt.model import Document, Passage, PassageKind, Reader, ReadError, sha256
from overt.read import marks, ocr, pulse
from overt.read.boxes import Line, Word, is_ideograph
from overt.read.grids import Table, between_levels, ruled
from overt.read.imprint import relays
from overt.read.laid_out import Sheet, passages, running, title
from overt.read.layout import Block, blocks, columns, lines_of, pieces
from overt.read.libraries import versions
from overt.read.pdf_page import Page, look
from overt.read.read import NotInstalledError
from overt.read.text import clean
from overt.words.language import language

READER = Reader(name="pdf", version="3", libraries=versions("pypdfium2", "py3langid") | ocr.libraries())
MAX_PAGES = 3000
MAX_OCR_PAGES = 300
MAX_PASSAGES = 200_000
_DOTS = 200 / 72  # pixels a point for OCR: 200 dots an inch
_MAX_PIXELS = 12_000_000
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
# Titles that programs write by themselves: file names, and the names of the programs.
_NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|pptx?|xlsx?|odt|rtf|tmp)\b|^(?:microsoft|untitled|document|无标题)", re.I
)


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read a PDF.

    Raises:
        NotInstalledError: where it is all pictures, and OCR is not installed.
        ReadError: where it is encrypted, damaged, too large, or holds no text.
    """
    del charset, url
    with contextlib.closing(_open(data)) as pdf:
        if len(pdf) > MAX_PAGES:
            raise ReadError(f"the PDF has {len(pdf):,} pages; at most {MAX_PAGES:,} are read")
        reading = _Reading()
        pages = [reading.page(pdf, number) for number in range(1, len(pdf) + 1)]
        said = pdf.get_metadata_dict()
    sheets = list(_sheets([page for page in pages if page is not None]))
    made = passages(sheets)
    made += reading.turned
    if not any(p.main for p in made):
        if reading.missing:
            raise NotInstalledError(f"the PDF holds pictures of pages and no text, and {ocr.INSTALL}")
        raise ReadError("; ".join(["the PDF holds no text", *reading.concerns[:3]]))
    if len(made) > MAX_PASSAGES:
        raise ReadError(f"the PDF has more than {MAX_PASSAGES:,} passages")
    published, where = _published(made, said)
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        title=_title(made, said) or title(sheets),
        byline=_byline(made, said),
        published=published,
        published_from=where,
        language=language("\n".join(p.text for p in made if p.main)),
        relays=relays(made),
        concerns=tuple(reading.concerns),
    )


def _open(data: bytes) -> pdfium.PdfDocument:
    # PDFium keeps the last error of a file before this one, and does not always set one: this sets "no PDF".
    raw.FPDF_LoadMemDocument(b"none", 4, None)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReadError("the PDF is encrypted: save a copy without a password and add that") from error
        raise ReadError("the PDF is damaged: its pages cannot be found (is it cut?)") from error


class _Reading:
    """What is noted while pages are read."""

    def __init__(self) -> None:
        self.concerns: list[str] = []
        self.turned: list[Passage] = []
        self.missing: list[int] = []
        self._pictures = 0

    def page(self, pdf: pdfium.PdfDocument, number: int) -> tuple[int, Page] | None:
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError:
            self.concerns.append(f"page {number} is damaged and was not read")
            return None
        with contextlib.closing(page):
            try:
                found = look(page)
            except (pdfium.PdfiumError, ValueError) as error:
                self.concerns.append(f"page {number} was not read: {error}")
                return None
            if found.is_picture:
                found = self._by_ocr(page, number, found)
        if found.turned:
            self._note_turned(number, found)
        return number, found

    def _by_ocr(self, page: pdfium.PdfPage, number: int, found: Page) -> Page:
        what = "has letters without meaning" if found.has_unknown_letters else "is a picture"
        if not ocr.is_there():
            self.missing.append(number)
            self.concerns.append(f"page {number} {what}, and {ocr.INSTALL}; then: overt reread")
            return found
        if self._pictures >= MAX_OCR_PAGES:
            self.concerns.append(f"page {number} {what}; OCR reads at most {MAX_OCR_PAGES} pages of a PDF")
            return found
        self._pictures += 1
        scale = min(_DOTS, (_MAX_PIXELS / (found.width * found.height)) ** 0.5)
        picture = page.render(scale=scale).to_pil()
        words = [_scaled(word, 1 / scale) for word in ocr.words(picture)]
        pulse.beat()
        unsure = [word.text for word in words if word.sure < ocr.UNSURE]
        if words:
            self.concerns.append(f"page {number} {what}: its text was read by OCR")
        self.concerns += [f"page {number}: OCR is not sure of “{text}”; look at the page" for text in unsure[:20]]
        return Page(found.width, found.height, words or found.words, found.turned, [], True, False)

    def _note_turned(self, number: int, page: Page) -> None:
        text = clean(" ".join(word.text for word in page.turned))[:500]
        if len(text) > 1:
            sheet = Sheet(number, page.width, page.height, [Block([Line((word,), word.box)]) for word in page.turned])
            sheet.turn = page.turn
            place = passages([sheet])
            if place:
                self.turned.append(Passage(kind=PassageKind.NOTE, text=text, main=False, locator=place[0].locator))


def _scaled(word: Word, by: float) -> Word:
    box = type(word.box)(word.box.left * by, word.box.top * by, word.box.right * by, word.box.bottom * by)
    return Word(word.text, box, word.size * by, word.is_bold, word.is_broken, word.sure)


def _sheets(pages: list[tuple[int, Page]]) -> Iterator[Sheet]:
    parted: list[tuple[list[Table], list[Line]]] = []
    for _, page in pages:
        tables, rest = ruled(page.rules, page.words, page.height)
        more, rest = between_levels(page.rules, rest, page.height)
        tables += more
        parted.append((tables, lines_of(rest)))
    flags = running([(page.height, lines) for (_, page), (_, lines) in zip(pages, parted, strict=True)])
    for (number, page), (tables, lines), runs in zip(pages, parted, flags, strict=True):
        words = [word for line, run in zip(lines, runs, strict=True) if not run for word in line.words]
        found: list[Block | Table] = []
        for column in columns([*pieces(words), *tables]):
            found.extend(blocks(column))
        edges = [line for line, run in zip(lines, runs, strict=True) if run]
        yield Sheet(number, page.width, page.height, found, edges, page.turn)


def _first_page(made: list[Passage]) -> list[Passage]:
    return [p for p in made if p.locator is not None and p.locator.page in (None, 1)]


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _title(made: list[Passage], said: dict[str, str]) -> str | None:
    """The title that the file names, if it stands on the first page."""
    named = clean(said.get("Title", ""))
    first = _first_page(made)
    if named and not _NO_TITLE.search(named) and _folded(named) in _folded("".join(p.text for p in first)):
        return named
    return None


def _byline(made: list[Passage], said: dict[str, str]) -> str | None:
    """The author that the file names, only if the first page says so too: it is often whose machine it was."""
    named = clean(said.get("Author", ""))
    is_name = " " in named or (len(named) > 1 and all(map(is_ideograph, named)))
    if is_name and _folded(named) in _folded("".join(p.text for p in _first_page(made))):
        return named
    return None


def _published(made: list[Passage], said: dict[str, str]) -> tuple[str | None, str | None]:
    """The date that the first page prints on its own line; else when the file says that it was made, as a guess."""
    lines = [p for p in _first_page(made) if len(p.text) <= 120]
    printed = next(filter(None, (marks.published(p.text) for p in lines[:12] + lines[-3:])), None)
    if printed:
        return printed, "text"
    made_on = _DATE.match(said.get("CreationDate", ""))
    if made_on and "1990" <= made_on[1] <= "2100":
        return "-".join(part for part in made_on.groups() if part), "guess"
    return None, None
