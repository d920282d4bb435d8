"""What was checked of an entry, and what could not be: three outcomes, so that silence is never a pass.

In: a part of a book and a thing. Out: checks, each with what it found, and the statements or entries for which it could
not be done.
"""

from dataclasses import dataclass

from overt.model import Basis, VoiceKind
from overt.protect import PublicStatement
from overt.publish.part import Part


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `outcome`: `all` (done for each), `but` (for all but those listed), `only` (for those alone), `none`.

    `statements`, `sources` and `things` are those listed.
    """

    code: str
    outcome: str
    statements: tuple[PublicStatement, ...] = ()
    sources: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


def checks(part: Part, thing: str) -> tuple[Check, ...]:
    """Return the checks of an entry's own statements, in the order of a page."""
    own = sorted((s for s in part.about(thing) if not s.implied), key=lambda s: (s.published or "9999", s.id))
    by_us = tuple(s for s in own if s.voice.kind is VoiceKind.OWN_CHECK)
    told = tuple(s for s in own if s.basis is not Basis.NOT_STATED)
    untraced = tuple(s for s in own if s.origin not in part.origins)
    pages = tuple(dict.fromkeys(s.source for s in own))
    undated = tuple(page for page in pages if not part.sources[page].published)
    hidden = tuple(page for page in pages if not part.sources[page].url or part.sources[page].is_host_only)
    others = part.beside.get(thing, ())
    return (
        Check("own", "only" if by_us else "none", by_us),
        Check("basis", "all" if len(told) == len(own) else "only" if told else "none", told),
        Check("root", _outcome(len(own), len(untraced)), untraced),
        Check("date", _outcome(len(pages), len(undated)), sources=undated),
        Check("address", _outcome(len(pages), len(hidden)), sources=hidden),
        *((Check("same", "but", things=others),) if others else ()),
    )


def _outcome(many: int, missing: int) -> str:
    return "all" if not missing else "none" if missing == many else "but"
