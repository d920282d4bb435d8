"""The reader of HTML: every visible block of a page becomes a passage, and what is not main text is marked.

In: bytes. Out: a document. The passages come from the page's own tree in the page's order; extractors only say which of
them are main text.
"""

import contextlib
import dataclasses
import re

import msgspec
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from overt.model import Document, Locator, Passage, PassageKind, Reader, ReadError, sha256
from overt.read import marks
from overt.read.blocks import STRUCK, Block, blocks, is_related
from overt.read.cells import cells
from overt.read.grade import grade
from overt.read.imprint import ASIDE, kind_of, printed, relays, writer
from overt.read.libraries import versions
from overt.read.main_text import main_text
from overt.read.metadata import guess_date, metadata
from overt.read.text import clean
from overt.words.encoding import decode
from overt.words.language import is_plainly, language, other_language, same_language
from overt.words.mojibake import is_garbled, mended, unread
from overt.words.phrases import has_cjk

READER = Reader(name="html", version="6", libraries=versions("lxml", "trafilatura", "htmldate", "py3langid", "ftfy"))
MAX_BYTES = 20_000_000
MAX_BLOCKS = 100_000
# Below this many letters a page's own `lang` is believed rather than the model, if both could be.
_SURE = 200
_DATED = (PassageKind.BYLINE, PassageKind.RELAY, PassageKind.NOTE)
_TOP = 4  # lines above and below the first one of the main text
# Texts of pictures, from so many letters and words: less is the name of a logo, more is no description.
LEAST_ALT, MOST_ALT, LEAST_WORDS, MOST_ALTS = 8, 2000, 4, 200
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_HEAD = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_NO_XML = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")  # what a tree cannot hold
# The parser looks at each attribute of a tag once for each other one; real tags have a few dozen.
MAX_ATTRIBUTES = 5_000
# A comment, a script or a tag to its end: what is quoted after `=` may hold any sign. Nothing is looked at twice, so
# that it takes linear time whatever the page.
_INSIDE = rb"""[^=>]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^=>]*+)*+"""
_TAG = re.compile(
    rb"<!--(?:>|[^-]*+(?:-(?!-!?>)[^-]*+)*+)"
    rb"|(<(script|style)\b" + _INSIDE + rb")(?:>[^<]*+(?:<(?!/\2)[^<]*+)*+)?+"
    rb"|(<[a-z]" + _INSIDE + rb")",
    re.IGNORECASE,
)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_IN_HEAD = frozenset(
    {"base", "link", "meta", "noscript", "script", "style", "template", "title", "bgsound", "basefont"}
)
_UNDONE = (
    "the page had been decoded wrongly before it was saved: what was UTF-8 and had been read as Latin-1 was mended"
)
_GARBLED = "the text is mostly accented letters: it was decoded wrongly before it was saved, or says a wrong encoding"
_RESOURCE_LIMIT = "ERR_RESOURCE_LIMIT"


def read(data: bytes, charset: str | None = None, url: str | None = None, way: str = "full") -> Document:
    """Read an HTML page.

    Raises:
        ReadError: where it is too large, nested too deeply, empty, or in no known encoding.
    """
    text, undone = _text(data, charset)
    root = _parsed(text)
    found = blocks(root)
    if not found:
        raise ReadError("the page holds no visible text")
    if len(found) > MAX_BLOCKS:
        raise ReadError(f"the page has more than {MAX_BLOCKS:,} blocks of text")
    head = metadata(root, url)
    concerns: tuple[str, ...] = (_UNDONE,) if undone else ()
    if (whole := mended([block.text for block in found])) is not None:
        count = sum(block.text != text for block, text in zip(found, whole, strict=True))
        found = [msgspec.structs.replace(block, text=clean(text)) for block, text in zip(found, whole, strict=True)]
        title = mended([head.title, *whole]) if head.title else None
        head = dataclasses.replace(head, title=clean(title[0]) if title else head.title)
        concerns += (f"{count} passages were garbled on the page (text decoded wrongly before) and were mended",)
    elif is_garbled("\n".join(block.text for block in found)):
        concerns += (_GARBLED,)
    if next(root.iter(*STRUCK), None) is not None:
        concerns += ("words are struck out on the page: they are kept as notes at its end and say nothing",)
    is_main = main_text(root, found, head.title, way)
    places = cells(found)
    passages = [_passage(*each) for each in zip(found, is_main, places, strict=True)]
    spoken = _language(passages, head.language)
    passages = [_spoken(passage, spoken) for passage in passages]
    printed_on, changed_on = printed(p.text for p in _edge(passages))
    published, where = head.published, head.published_from
    if published is None or len(published) < len("2022-10-13"):
        day = printed_on or next(filter(None, (marks.news_of(p.text) for p in passages if p.main)), None)
        if day and day.startswith(published or ""):
            published, where = day, "text"
    if published is None:
        published = guess_date(root)
        where = "guess" if published else None
    graded, by = grade(
        passages,
        head.title,
        head.is_free,
        window=clean(next((t.text for t in root.iter("title")), None) or "")[:300] or None,
        asks_password=any((field.get("type") or "").lower() == "password" for field in root.iter("input")),
    )
    return Document(
        capture=sha256(data),
        passages=(*passages, *_of_pictures(root, passages)),
        reader=READER,
        title=head.title,
        byline=head.byline or writer(passages),
        outlet=head.outlet,
        published=published,
        published_from=where,
        language=spoken,
        relays=(*relays(passages), *((head.source,) if head.source else ())),
        modified=head.modified or changed_on,
        modified_from=head.modified_from or ("text" if changed_on else None),
        url=head.url,
        grade=graded,
        graded_by=by,
        concerns=concerns,
    )


def tree(data: bytes, charset: str | None = None) -> HtmlElement:
    """Parse a page, whatever encoding it is in.

    Raises:
        ReadError: as `read` does.
    """
    return _parsed(_text(data, charset)[0])


def _text(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The page as text, and whether it had been decoded wrongly before it was saved, and is undone here."""
    if len(data) > MAX_BYTES:
        raise ReadError(f"the page is larger than {MAX_BYTES:,} bytes")
    meta = _META_CHARSET.search(data[:4096])
    decoded = decode(data, charset or (meta[1].decode("ascii") if meta else None))
    if decoded is None:
        raise ReadError("the bytes are no text in an encoding known here")
    undone = unread(decoded[0])
    return (decoded[0], False) if undone is None else (undone, True)


def _parsed(text: str) -> HtmlElement:
    if head := _XML_HEAD.match(text):
        text = text[head.end() :]
    page = _encoded(text)
    if not page.strip():
        raise ReadError("the page is empty")
    if _has_wide_tag(page):
        raise ReadError(f"a tag of the page has more than {MAX_ATTRIBUTES:,} attributes")
    parser = HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    # One class for all elements, without asking for each: what sets forms and inputs apart is not used here.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = document_fromstring(page, parser=parser)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise ReadError(f"the page cannot be parsed: {' '.join(str(error).split())}") from error
    # The parser stops where a page is nested too deeply; what it has by then is not the page.
    if any(entry.type_name == _RESOURCE_LIMIT for entry in parser.error_log):
        raise ReadError("the page is nested too deeply to be read whole")
    _out_of_head(root)
    return root


def _out_of_head(root: HtmlElement) -> None:
    """Put what is no part of a head into the body, where the page leaves out `</head>` and `<body>`.

    The parser knows the tags of HTML 4 and takes `<main>` or `<article>` for more of the head. In HTML the first tag
    that is no head's begins the body (Living Standard, 13.2.6.4.4), and all that follows is the body's.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((at for at, child in enumerate(head) if child.tag not in _IN_HEAD), None)
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body[:0] = head[first:]


def _encoded(text: str) -> bytes:
    if not any(bad in text for bad in "\0\ufffe\uffff"):
        with contextlib.suppress(UnicodeEncodeError):  # surrogates
            return text.encode("utf-8")
    return _NO_XML.sub("", text).encode("utf-8")


def _has_wide_tag(page: bytes) -> bool:
    for found in _TAG.finditer(page):
        tag = found[1] or found[3]  # what stands in a script or a comment is no tag
        if tag and len(tag) > 2 * MAX_ATTRIBUTES and _attributes(tag) > MAX_ATTRIBUTES:
            return True
    return False


def _attributes(tag: bytes) -> int:
    bare = _QUOTED.sub(b" ", tag)
    return max(bare.count(b"="), len(bare.split()))


def _of_pictures(root: HtmlElement, passages: list[Passage]) -> list[Passage]:
    """What pictures are said to show to those who cannot see them, as notes; not where the page says it anyway."""
    texts = dict.fromkeys(clean(picture.get("alt") or "") for picture in root.iter("img"))
    found = [text for text in texts if LEAST_ALT <= len(text) <= MOST_ALT and _has_words(text)][:MOST_ALTS]
    if not found:
        return []
    said = "\n".join(passage.text for passage in passages)
    return [Passage(kind=PassageKind.NOTE, text=text, main=False) for text in found if text not in said]


def _has_words(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS or has_cjk(text)


def _edge(passages: list[Passage]) -> list[Passage]:
    """The passages where a page prints its date: bylines and notes, and the lines around the top of the main text."""
    named = [p for p in passages if p.kind in _DATED][:20]
    main = [at for at, p in enumerate(passages) if p.main]
    return named + (passages[max(0, main[0] - _TOP) : main[0] + _TOP] if main else [])


def _passage(block: Block, main: bool, place: Locator | None) -> Passage:
    kind, text = block.kind, block.text
    if kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL):
        kind = kind_of(text, main) or kind
    if kind is PassageKind.PARAGRAPH and marks.published(text):
        kind = PassageKind.BYLINE
    if not main and kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM) and is_related(block):
        kind = PassageKind.RELATED
    main = main and kind not in ASIDE
    return Passage(kind=kind, text=text, main=main, locator=place)


def _spoken(passage: Passage, language: str | None) -> Passage:
    """The passage with its language, where that surely is not the page's. Menus and the like are not looked at."""
    if not passage.main and passage.kind is not PassageKind.CAPTION:
        return passage
    other = other_language(passage.text, language)
    return msgspec.structs.replace(passage, language=other) if other else passage


def _language(passages: list[Passage], said: str | None) -> str | None:
    text = "\n".join(p.text for p in passages if p.main) or "\n".join(p.text for p in passages)
    if said is not None and is_plainly(text, said):
        return said
    found = language(text)
    if found is None or (said is not None and same_language(found, said) and not found.startswith("zh")):
        return said if said is None or not said.lower().startswith("zh") else (found or said)
    is_latin = not found.startswith(("zh", "ja", "ko"))
    if said is not None and is_latin and not same_language(said, "zh") and len(text) < _SURE:
        return said
    return found
