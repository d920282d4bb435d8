"""The root of one statement by its own page alone. Pure.

A root is the resolved organisation of the innermost voice that has knowledge of its own, else the outlet that heard it
and its byline.
"""

from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from overt.model import Basis, Statement, Voice, VoiceKind, digest, fold_space
from overt.weigh.naming import Naming

# Voices that speak for an office: their role says enough to be one root, although no organisation is named.
_OFFICES = frozenset({VoiceKind.HOST_GOVERNMENT, VoiceKind.HOME_GOVERNMENT, VoiceKind.MISSION, VoiceKind.COURT})


class Root(msgspec.Struct, frozen=True):
    """A root before judgements: its key, its printable words, and by which rule it was found."""

    key: str
    words: str
    rule: str

    @property
    def id(self) -> str:
        return own_origin(self.key)


@lru_cache(maxsize=100_000)  # a case asks for few of them, for each statement
def own_origin(key: str) -> str:
    """Return the id of the origin of a voice's own knowledge, by the voice's key (`Naming.voice`)."""
    return digest("origin", key)


def root(statement: Statement, naming: Naming, byline: str | None = None) -> Root:
    """Return the root of one statement by its own page alone.

    Args:
        statement: its chain has the innermost voice first and the page's outlet last.
        naming: how names are compared.
        byline: the document's byline, which tells two authors of an unnamed outlet apart.
    """
    if statement.basis is Basis.RELAYS and statement.works:
        work = Voice(organisation=statement.works[0])
        return Root(naming.voice(work), naming.shown(naming.voice(work)) or fold_space(statement.works[0]), "work")
    for voice in statement.attribution:
        found = _own(voice, naming)
        if found is not None:
            is_inner = voice is statement.attribution[0]
            return found if is_inner else msgspec.structs.replace(found, rule="outlet")
    place = _host(statement)
    author = naming.fold(byline) if byline else ""
    return Root(f"page:{place} {author}", place, "outlet")


def _own(voice: Voice, naming: Naming) -> Root | None:
    key = naming.voice(voice)
    if not key:
        return None
    if key.startswith("role:"):
        if voice.kind not in _OFFICES:
            return None
        return Root(f"{key} {voice.kind}", fold_space(voice.role or ""), "office")
    if key.startswith("speaker:"):
        # The name itself is never printed: who a person is stands on the page, not in the name of a root.
        return Root(key, "a named person without a named organisation", "speaker")
    words = naming.shown(key) or voice.organisation or voice.role or voice.speaker or ""
    return Root(key, fold_space(words), "voice")


def _host(statement: Statement) -> str:
    if statement.url:
        try:
            return urlsplit(statement.url).hostname or statement.url
        except ValueError:  # a hostile address; it still tells pages apart
            return statement.url
    return statement.file or statement.address


def root_of_page(statement: Statement, naming: Naming) -> Root:
    """Return the root of what the statement's page says in its own voice."""
    return root(msgspec.structs.replace(statement, attribution=statement.attribution[-1:], works=()), naming)


__all__ = ["Root", "own_origin", "root", "root_of_page"]
