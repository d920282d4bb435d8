"""What tracing a statement's origin needs to know of it, small enough to be kept beside it. Pure.

Comes in: a statement with the page on which it stands. Goes out: its place in time, its value key, the text of its
passage by hash, and its root by its own page alone. All that goes across pages is made of these.
"""

import builtins
from collections.abc import Iterator
from datetime import date

import msgspec

from overt.model import Document, PassageKind, Statement
from overt.model.edtf import is_edtf, span
from overt.model.memory import key_of
from overt.profile.schema import Profile
from overt.weigh.keys import WORDS, value_key
from overt.weigh.marks import Texts
from overt.weigh.naming import Naming
from overt.weigh.roots import Root, root, root_of_page


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, as origins are traced.

    `at` orders pages in time: first and last day that the page may be of (the last there is, where it has no date),
    capture, id. `passage` is -1 where the page is not at hand. `text` is the key of the passage's marks. `anchors` are
    what is said by which known voices. `own` is its root by its own page, `page` the root of what its page says in its
    own voice. `copied` is the root of the earliest of near-duplicate passages, where it has no other voice than its
    outlet; `given` the root that it gets from another page, `final` the one after judgements.
    """

    id: str
    document: str
    at: tuple[str, str, str, str]
    property: str
    key: str
    depth: int
    passage: int
    is_heading: bool
    text: str
    anchors: tuple[str, ...]
    own: Root
    page: Root
    copied: Root | None = None
    given: Root | None = None
    final: Root | None = None

    @builtins.property
    def root(self) -> Root:
        """The root by its page and by what it copies word for word."""
        return self.copied if self.copied is not None else self.own

    @builtins.property
    def block(self) -> str:
        """The name of the statements with which it can share a copied passage: all that say the same."""
        return key_of(self.property, self.key)


def said_of(statement: Statement, page: Document | None, profile: Profile, naming: Naming, texts: Texts) -> Said:
    """Return what tracing needs to know of a statement. `texts` is told the text of its passage."""
    first, last, capture, name = in_time(statement)
    key = value_key(statement, profile, naming)
    at, is_heading = -1, False
    text, language = statement.quote.prefix + statement.quote.exact + statement.quote.suffix, statement.language
    if page is not None and 0 <= statement.passage < len(page.passages):
        passage = page.passages[statement.passage]
        at, is_heading = statement.passage, passage.kind is PassageKind.HEADING
        text, language = passage.text, passage.language or page.language
    own = root(statement, naming, page.byline if page is not None else None)
    return Said(
        id=statement.id,
        document=statement.document,
        at=(first.isoformat(), last.isoformat(), capture, name),
        property=statement.property,
        key=key,
        depth=statement.depth,
        passage=at,
        is_heading=is_heading,
        text=texts.key(text, language),
        anchors=tuple(sorted({*_anchors(statement, key, profile, naming)})),
        own=own,
        page=own if not statement.depth else root_of_page(statement, naming),
    )


def in_time(statement: Statement) -> tuple[date, date, str, str]:
    """Return the order of pages: (published, capture), what has no date last."""
    if statement.published is not None and is_edtf(statement.published):
        first, last = span(statement.published)
        return first, last, statement.capture, statement.id
    return date.max, date.max, statement.capture, statement.id


def _anchors(statement: Statement, key: str, profile: Profile, naming: Naming) -> Iterator[str]:
    """What is said, by which known voices. Places and figures are printed, and count once."""
    rule = profile.properties.get(statement.property)
    if rule is not None and rule.type not in ("place", "count") and not key.startswith(WORDS):
        yield f"said {statement.property} {key}"
    for voice in statement.attribution[:-1]:
        known = naming.voice(voice)
        if known and naming.shown(known) is not None:
            yield f"by {known}"


__all__ = ["Said", "in_time", "said_of"]
