"""The reader of Word files (.docx): paragraphs, headings, lists, tables, notes, in the order of the document.

In: bytes. Out: a document. Text under tracked changes is read as it stands after them; what they take away, and the
comments, are not read, and the concerns say so. The size of what is packed is added up before anything is unpacked.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document as Word
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from overt.model import Document, Locator, Passage, PassageKind, Reader, ReadError, sha256
from overt.read import marks
from overt.read.imprint import kind_of, relays
from overt.read.libraries import versions
from overt.read.text import SUBSCRIPT, SUPERSCRIPT, clean
from overt.words.language import language

READER = Reader(name="docx", version="3", libraries=versions("python-docx", "lxml", "py3langid"))
MAX_UNPACKED = 300_000_000
MAX_ENTRIES = 10_000
MAX_TEXT_PART = 60_000_000  # bytes of one XML part
MAX_PASSAGES = 200_000
_W_P, _W_TBL, _W_TR, _W_TC, _W_T = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "t"))
_BREAKS = frozenset({qn("w:tab"), qn("w:br"), qn("w:cr")})
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff")
_RAISED = {"superscript": SUPERSCRIPT, "subscript": SUBSCRIPT}
_TITLE_STYLES = ("title", "heading", "subtitle")


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read a Word file.

    Raises:
        ReadError: where it is damaged, encrypted, packed beyond the limits, or holds no text.
    """
    del charset, url
    _check(data)
    try:
        word = docx.Document(io.BytesIO(data))
        reading = _Reading(word)
        made = [p for p in reading.passages() if p.text]
    except (
        OpcError, zipfile.BadZipFile, zlib.error, etree.LxmlError, KeyError, ValueError, AttributeError, OSError,
        EOFError, RecursionError, NotImplementedError, TypeError, IndexError,
    ) as error:  # fmt: skip
        raise ReadError(f"the Word file is damaged: {' '.join(str(error).split())[:120]}") from error
    if not any(p.main for p in made):
        raise ReadError("the Word file holds no text")
    if len(made) > MAX_PASSAGES:
        raise ReadError(f"the Word file has more than {MAX_PASSAGES:,} passages")
    title, published = _head(word, made)
    printed = next(filter(None, (marks.published(p.text) for p in made[:8] if len(p.text) <= 120)), None)
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        title=title,
        published=printed or published,
        published_from="text" if printed else "guess" if published else None,
        language=language("\n".join(p.text for p in made if p.main)),
        relays=relays(made),
        concerns=tuple(reading.concerns()),
    )


def _check(data: bytes) -> None:
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise ReadError("the Word file is encrypted or of the old kind: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            if len(entries) > MAX_ENTRIES:
                raise ReadError(f"the file packs more than {MAX_ENTRIES:,} files")
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise ReadError(f"the file unpacks to more than {MAX_UNPACKED:,} bytes")
            if any(e.file_size > MAX_TEXT_PART for e in entries if e.filename.endswith((".xml", ".rels"))):
                raise ReadError(f"a part of the file unpacks to more than {MAX_TEXT_PART:,} bytes")
            for entry in entries:  # a size that lies is found while unpacking, which stops at the size that was named
                with packed.open(entry) as part:
                    while part.read(1 << 20):
                        pass
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ReadError(f"the Word file is damaged, cut or encrypted: {' '.join(str(error).split())[:120]}") from error


@dataclass(slots=True)
class _Reading:
    word: Word
    tables: int = 0
    deleted: bool = False
    struck: bool = False
    names: dict[str, str] = field(default_factory=dict)

    def passages(self) -> Iterator[Passage]:
        self.names = {s.style_id: (s.name or "").lower() for s in self.word.styles if s.style_id}
        yield from self._body(self.word.element.body)
        for box in self.word.element.body.iter(qn("w:txbxContent")):
            if not any(a.tag.endswith("}Fallback") for a in box.iterancestors()):
                yield from self._body(box)
        yield from self._edges()
        for part in self.word.part.package.iter_parts():
            if str(part.partname).rpartition("/")[2] in ("footnotes.xml", "endnotes.xml"):
                for note in _parsed(part.blob):
                    if note.get(qn("w:type")) is None:
                        text = " ".join(filter(None, (self._text(p) for p in note.iter(_W_P))))
                        yield Passage(kind=PassageKind.NOTE, text=text, main=False)

    def concerns(self) -> Iterator[str]:
        names = {str(part.partname) for part in self.word.part.package.iter_parts()}
        if self.deleted:
            yield "the file tracks changes: words that they take away were not read"
        if self.struck:
            yield "words of the file are struck out: they were not read"
        if any(name.startswith("/word/comments") for name in names):
            yield "the file holds comments, which were not read"
        if any(name.startswith("/word/media/") and name.lower().endswith(_PICTURES) for name in names):
            yield "the file holds pictures, which were not read: save them and add them by themselves"

    def _body(self, parent: etree._Element) -> Iterator[Passage]:
        for element in parent:
            if element.tag == _W_P:
                yield self._paragraph(element)
            elif element.tag == _W_TBL:
                yield from self._table(element)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                yield from self._body(element)

    def _paragraph(self, element: etree._Element) -> Passage:
        text = self._text(element)
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = self.names.get(style.get(qn("w:val"), ""), "") if style is not None else ""
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if name.startswith(_TITLE_STYLES) or (outline is not None and outline.get(qn("w:val")) != "9"):
            return Passage(kind=PassageKind.HEADING, text=text)
        kind = PassageKind.CAPTION if name.startswith("caption") else kind_of(text)
        if kind is not None:
            return Passage(kind=kind, text=text, main=False)
        if name.startswith("list") or element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None:
            return Passage(kind=PassageKind.LIST_ITEM, text=text)
        if "quote" in name:
            return Passage(kind=PassageKind.QUOTE, text=text)
        return Passage(kind=PassageKind.PARAGRAPH, text=text)

    def _text(self, element: etree._Element) -> str:
        """The text of a paragraph as it stands after tracked changes."""
        parts: list[str] = []
        todo = list(reversed(element))
        while todo:
            part = todo.pop()
            if part.tag == _W_T:
                parts.append(self._run(part))
            elif part.tag in _BREAKS:
                parts.append(" ")
            elif part.tag in (qn("w:del"), qn("w:moveFrom")):
                self.deleted = True
            elif part.tag != qn("w:txbxContent") and not str(part.tag).endswith("}Fallback"):
                todo.extend(reversed(part))
        return clean("".join(parts))

    def _run(self, part: etree._Element) -> str:
        """The words of a run: a footnote's mark stays a raised digit, and what is struck out is left out."""
        text = part.text or ""
        run = part.getparent()
        style = run.find(qn("w:rPr")) if run is not None else None
        if style is None:
            return text
        if any(_is_on(style.find(qn(tag))) for tag in ("w:strike", "w:dstrike")):
            self.struck = True
            return ""
        raised = style.find(qn("w:vertAlign"))
        digits = _RAISED.get(raised.get(qn("w:val"), "")) if raised is not None else None
        return text.translate(digits) if digits else text

    def _table(self, element: etree._Element) -> Iterator[Passage]:
        self.tables += 1
        number = self.tables
        cells: list[list[tuple[int, int, int, bool, etree._Element]]] = []  # row, column, span, goes on, element
        rows = list(_within(element, _W_TR))
        heads = 0
        for at, row in enumerate(rows, 1):
            head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
            if _is_on(head) and heads == at - 1:
                heads = at
            column, own = 1, []
            skipped = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
            column += int(skipped.get(qn("w:val"), "0")) if skipped is not None else 0
            for cell in _within(row, _W_TC):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                width = int(span.get(qn("w:val"), "1")) if span is not None else 1
                merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
                own.append((at, column, width, goes_on, cell))
                column += width
            cells.append(own)
        heads = heads or (1 if _is_bold(rows) else 0)
        for own in cells:
            for at, column, width, goes_on, cell in own:
                if goes_on and at > 1:
                    continue
                height = 1
                while at - 1 + height < len(cells) and any(c[1] == column and c[3] for c in cells[at - 1 + height]):
                    height += 1
                text = clean(" ".join(self._text(p) for p in cell if p.tag == _W_P))
                yield Passage(
                    kind=PassageKind.TABLE_CELL,
                    text=text,
                    locator=Locator(
                        table=number, row=at, column=column, rows=height, columns=width, heading=at <= heads
                    ),
                )
                for inner in cell:
                    if inner.tag == _W_TBL:
                        yield from self._table(inner)

    def _edges(self) -> Iterator[Passage]:
        """Heads and feet of the pages, each once."""
        seen: set[str] = set()
        for section in self.word.sections:
            for edge in (section.header, section.footer, section.first_page_header, section.first_page_footer):
                if edge.is_linked_to_previous:
                    continue
                for element in edge._element.iter(_W_P):
                    text = self._text(element)
                    if text and text not in seen:
                        seen.add(text)
                        yield Passage(kind=PassageKind.NOTE, text=text, main=False)


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(qn("w:val")) not in ("0", "false", "off")


def _within(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells, also those inside content controls, but none of inner tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _within(child, tag)


def _is_bold(rows: list[etree._Element]) -> bool:
    """True where all words of the first row are bold, and those of the second are not."""
    if len(rows) < 2:
        return False

    def bold(row: etree._Element) -> bool:
        runs = [r for r in row.iter(qn("w:r")) if any(t.text for t in r.iter(_W_T))]
        return bool(runs) and all(r.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for r in runs)

    return bold(rows[0]) and not bold(rows[1])


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _head(word: Word, made: list[Passage]) -> tuple[str | None, str | None]:
    """The title that stands in the text, and as a guess the day on which the file says that it was made."""
    said = word.core_properties
    text = "".join("".join(p.text for p in made[:40]).split()).casefold()
    named = clean(said.title or "")
    title = named if named and "".join(named.split()).casefold() in text else None
    if title is None:
        title = next((p.text for p in made if p.kind is PassageKind.HEADING), None)
    made_on = said.created
    return title, made_on.date().isoformat() if made_on is not None and made_on.year >= 1990 else None
