"""The reader of Markdown (CommonMark with tables): its blocks become passages, its marks go."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from overt.model import Document, Locator, Passage, PassageKind, Reader, ReadError, sha256
from overt.model.edtf import is_edtf
from overt.read import marks
from overt.read.imprint import kind_of, relays
from overt.read.libraries import versions
from overt.read.text import clean, decoded
from overt.words.language import language

READER = Reader(name="markdown", version="2", libraries=versions("markdown-it-py", "py3langid"))
MAX_PASSAGES = 200_000
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date)\s*:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^<>]{0,2000}>|<!--.*?-->", re.DOTALL)


def read(data: bytes, charset: str | None = None, url: str | None = None) -> Document:
    """Read Markdown.

    Raises:
        ReadError: where it is too large, empty or in no known encoding.
    """
    del url
    text = decoded(data, charset, "text").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head: dict[str, str] = {}
    made: list[Passage] = []
    if front := _FRONT.match(text):
        head = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])}
        made.append(Passage(kind=PassageKind.NOTE, text=clean(front[1]), main=False))
        text = text[front.end() :]
    try:
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
    except RecursionError as error:
        raise ReadError("the text is nested too deeply") from error
    made += [p for p in _passages(tokens) if p.text]
    if len(made) > MAX_PASSAGES:
        raise ReadError(f"the text has more than {MAX_PASSAGES:,} blocks")
    if not any(p.main for p in made):
        raise ReadError("the text is empty")
    dated = head.get("date", "")[:10]
    printed = next(filter(None, (marks.published(p.text) for p in made[:6] if not p.main)), None)
    published = dated if is_edtf(dated) else printed
    return Document(
        capture=sha256(data),
        passages=tuple(made),
        reader=READER,
        title=clean(head["title"])
        if head.get("title")
        else next((p.text for p in made if p.kind is PassageKind.HEADING), None),
        published=published,
        published_from=None if published is None else "meta" if published == dated else "text",
        language=language("\n".join(p.text for p in made if p.main)),
        relays=relays(made),
    )


def _passages(tokens: list[Token]) -> Iterator[Passage]:
    inside: list[str] = []
    table = row = column = 0
    for token in tokens:
        if token.nesting == 1:
            inside.append(token.type.removesuffix("_open"))
            if token.type == "table_open":
                table, row = table + 1, 0
            elif token.type == "tr_open":
                row, column = row + 1, 0
            elif token.type in ("td_open", "th_open"):
                column += 1
        elif token.nesting == -1:
            inside.pop()
        elif token.type == "inline":
            yield from _passage(_text(token.children or []), inside, (table, row, column))
        elif token.type in ("fence", "code_block"):
            yield Passage(kind=PassageKind.QUOTE, text=clean(token.content))
        elif token.type == "html_block":
            yield Passage(kind=PassageKind.PARAGRAPH, text=clean(_TAG.sub(" ", token.content)))


def _passage(text: str, inside: list[str], place: tuple[int, int, int]) -> Iterator[Passage]:
    text = clean(text)
    if inside and inside[-1] in ("td", "th"):
        locator = Locator(table=place[0], row=place[1], column=place[2], heading=inside[-1] == "th")
        yield Passage(kind=PassageKind.TABLE_CELL, text=text, locator=locator)
    elif "heading" in inside:
        yield Passage(kind=PassageKind.HEADING, text=text)
    elif (kind := kind_of(text)) is not None or (len(text) < 80 and marks.published(text)):
        yield Passage(kind=kind or PassageKind.BYLINE, text=text, main=False)
    elif "blockquote" in inside:
        yield Passage(kind=PassageKind.QUOTE, text=text)
    elif "list_item" in inside:
        yield Passage(kind=PassageKind.LIST_ITEM, text=text)
    else:
        yield Passage(kind=PassageKind.PARAGRAPH, text=text)


def _text(tokens: list[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_text(token.children or []))
    return "".join(parts)
