"""From how many pages and how many roots the statements about an entry come, as two lists and a drawing between them.

In: a part of a book and a thing. Out: its pages by date, the roots of their statements, and which page rests on which
root. Many pages that repeat one report are many lines to one root.
"""

from collections import defaultdict
from dataclasses import dataclass

from overt.publish.lettering import letter
from overt.publish.part import Part

WIDTH, STEP = 240, 16  # units: from the pages on the left to the roots on the right, and between two pages
_SIDE = 8
_DRAWN = 60  # pages or roots whose lines can be told apart


@dataclass(frozen=True, slots=True)
class Page:
    """A source, and the letters of the roots on which its statements about the entry rest."""

    source: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """An origin, its letter, and the height at which it stands in the drawing."""

    origin: str
    letter: str
    y: int


@dataclass(frozen=True, slots=True)
class Rooted:
    """Pages and roots; `lines` and `dots` are the `d` of paths, empty where there are too many to be drawn."""

    pages: tuple[Page, ...]
    roots: tuple[Root, ...]
    lines: str
    dots: str
    height: int


def rooted(part: Part, thing: str) -> Rooted | None:
    """Return the pages and roots of an entry's own statements; None where it has none."""
    of_page: dict[str, set[str]] = defaultdict(set)
    for statement in part.about(thing):
        if not statement.implied:
            known = {statement.origin} if statement.origin in part.origins else set()
            of_page[statement.source] |= {origin for origin in known if origin}
    pages = sorted(of_page, key=lambda source: (part.sources[source].published or "9999", source))
    found: dict[str, list[int]] = defaultdict(list)
    for at, source in enumerate(pages):
        for origin in sorted(of_page[source]):
            found[origin].append(at)
    if not pages:
        return None
    # A root stands at the middle of its pages, so that few lines cross; then they are spread evenly.
    roots = sorted(found, key=lambda origin: (sum(found[origin]) / len(found[origin]), found[origin], origin))
    height = max(len(pages), len(roots)) * STEP
    below = {origin: _place(at, len(roots), height) for at, origin in enumerate(roots)}
    heights = [_place(at, len(pages), height) for at in range(len(pages))]
    letters = {origin: letter(at) for at, origin in enumerate(roots)}
    is_drawn = bool(roots) and max(len(pages), len(roots)) <= _DRAWN
    lines = "".join(f"M{_SIDE} {heights[at]}L{WIDTH - _SIDE} {below[o]}" for o in roots for at in found[o])
    dots = "".join(f"M{_SIDE} {y}h0" for y in heights) + "".join(f"M{WIDTH - _SIDE} {y}h0" for y in below.values())
    return Rooted(
        pages=tuple(Page(source, tuple(sorted(letters[origin] for origin in of_page[source]))) for source in pages),
        roots=tuple(Root(origin, letters[origin], below[origin]) for origin in roots),
        lines=lines if is_drawn else "",
        dots=dots if is_drawn else "",
        height=height,
    )


def _place(at: int, many: int, height: int) -> int:
    return height * (2 * at + 1) // (2 * many)
