"""What stands against an entry, in one cell: denials, findings of authorities, and what was said of its state.

In: a book, its labels and an entry. Out: lines of words, for exports in which an entry is one row or one point: none
may show support without what was said against it.
"""

from collections.abc import Iterable

from overt.model import Stance
from overt.protect import PublicStatement
from overt.publish import positions
from overt.publish.ids import SLUG, opaque
from overt.publish.labels import Labels
from overt.publish.part import Part

_AGAINST = (Stance.DENIES, Stance.RETRACTS)


def denials(part: Part, thing: str, labels: Labels) -> list[str]:
    """Return what is denied or taken back, by whom and when, each once, in order of the pages' dates."""
    said = (s for s in part.about(thing) if s.stance in _AGAINST and not s.implied)
    return _lines(
        ((s, f"{labels.property(s.property)}: {labels.plain(labels.value(s), s)}") for s in _by_day(said)), labels
    )


def findings(part: Part, thing: str, labels: Labels) -> list[str]:
    """Return what authorities found, each once, in order of the pages' dates."""
    rules = part.profile.properties
    said = (s for s in part.about(thing) if rules[s.property].finding and not s.implied and s.stance not in _AGAINST)
    made = []
    for s in _by_day(said):
        actor = f" ({labels.plain(s.actor, s)})" if s.actor else ""
        made.append((s, f"{labels.plain(labels.value(s), s)}{actor}"))
    return _lines(made, labels)


def states(part: Part, thing: str, labels: Labels) -> list[str]:
    """Return what was said of its state, each once, in order of the pages' dates."""
    said = (s for s in positions.states(part, thing) if s.stance not in _AGAINST)
    return _lines(((s, labels.plain(labels.value(s), s)) for s in said), labels)


def _by_day(said: Iterable[PublicStatement]) -> list[PublicStatement]:
    return sorted(said, key=lambda s: (s.published or "9999", s.id))


def _lines(made: Iterable[tuple[PublicStatement, str]], labels: Labels) -> list[str]:
    """Each with who says so, how and when, and the beginning of its id."""
    lines: dict[str, None] = {}
    for s, words in made:
        who = labels.plain(labels.voice(s.voice), s)
        # The id says which statement it is, and lets a withdrawal of that take it out of the cell.
        lines[f"{words} [{s.stance}; {who}; {s.published or 'no date'}; {opaque(s.id)[:SLUG]}]"] = None
    return list(lines)
