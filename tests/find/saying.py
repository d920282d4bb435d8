"""Short pages for tests of finding: one page out of some passages, and what its statements say in a few words."""

import functools

from overt.find import Finders, Found, find
from overt.model import Document, Passage, PassageKind, Reader, Sighting, Statement, sha256
from overt.profile import find_profile, load

OUTLET = "The Example Gazette"


@functools.cache
def finders() -> Finders:
    return Finders(load(find_profile("overseas-stations")))


def statements(
    *texts: str, language: str = "en", heading: str | None = None, published: str = "2022-11-10"
) -> list[Statement]:
    """Statements of a page with these paragraphs (and a heading before them)."""
    return list(page(*texts, language=language, heading=heading, published=published).statements)


def page(*texts: str, language: str = "en", heading: str | None = None, published: str = "2022-11-10") -> Found:
    """What is found in a page with these paragraphs (and a heading before them)."""
    passages = [Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts]
    if heading is not None:
        passages.insert(0, Passage(kind=PassageKind.HEADING, text=heading))
    capture = sha256("\n".join(texts).encode())
    document = Document(
        capture=capture, passages=tuple(passages), reader=Reader(name="test", version="1"), language=language
    )
    sighting = Sighting(
        capture=capture, address="https://example.org/page", outlet=OUTLET, published=published, language=language
    )
    return find(document, sighting, finders())


def only(found: list[Statement], prop: str, normal: str | None = None) -> list[Statement]:
    return [s for s in found if s.property == prop and normal in (None, s.value.normal)]


def the(found: list[Statement], prop: str, normal: str | None = None) -> Statement:
    """The one statement of a property (and value)."""
    own = only(found, prop, normal)
    assert len(own) == 1, [(s.property, s.value.text, s.value.normal, s.voice.words) for s in found]
    return own[0]


def chain(statement: Statement) -> list[str]:
    """The voices, innermost first, each by its shortest words; the outlet of the page as `page`."""
    words = [v.speaker or v.organisation or v.role or v.words for v in statement.attribution]
    assert words[-1] == OUTLET
    return [*words[:-1], "page"]


def told(statement: Statement) -> tuple[str, str | None, str, str]:
    """What laws compare: property, value, stance, innermost voice."""
    return (statement.property, statement.value.normal, str(statement.stance), statement.voice.words)
