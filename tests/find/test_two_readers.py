"""Both readers of attributions in one page: what both found marks a statement, and changes nothing else of it."""

import msgspec
from parsing import PINNED, recorded
from saying import finders

from overt.find import find, to_parse
from overt.model import Document, Parse, Parsed, Passage, PassageKind, Reader, Sighting, Statement, sha256, texts_hash

COUNT = "Safeguard Defenders said that at least 54 overseas police stations exist in 30 countries."


def a_page(text: str) -> tuple[Document, Sighting]:
    document = Document(
        capture=sha256(text.encode()),
        passages=(Passage(kind=PassageKind.PARAGRAPH, text=text),),
        reader=Reader(name="test", version="1"),
        language="en",
    )
    return document, Sighting(capture=document.capture, address="https://example.org/page", outlet="The Gazette")


def statements(text: str, texts: tuple[str, ...] = (), parsed: tuple[Parsed, ...] = ()) -> list[Statement]:
    """What is found in a page of one paragraph; with a parse of some texts, by both readers."""
    document, sighting = a_page(text)
    parse = Parse(texts=texts_hash(texts), pipeline=PINNED, passages=parsed)
    return list(find(document, sighting, finders(), parses={"en": parse} if texts else {}).statements)


def test_a_statement_is_agreed_where_both_readers_found_who_says_it() -> None:
    document, sighting = a_page(COUNT)
    texts = to_parse(document, sighting, finders(), "en")
    alone, both = statements(COUNT), statements(COUNT, texts, (recorded()[COUNT],))
    assert alone
    assert not any(s.finder.agreed for s in alone)
    assert all(s.finder.agreed for s in both)
    without = [msgspec.structs.replace(s, finder=msgspec.structs.replace(s.finder, agreed=False)) for s in both]
    assert without == alone  # nothing else of the statements changes, their ids least of all


def test_a_parse_of_other_passages_is_no_parse() -> None:
    other = "The list, the ministry said, is wrong."
    assert statements(COUNT, (other,), (recorded()[other],)) == statements(COUNT)


def test_pages_about_something_else_are_not_parsed() -> None:
    document, sighting = a_page("It was a quiet street with two shops and a school.")
    assert to_parse(document, sighting, finders(), "en") == ()
