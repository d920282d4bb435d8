"""Which pages a changed page retells, and which later ones retell it: in the order of time, found by their signs.

Comes in: documents of which something that is said changed. Goes out: the documents whose retellings differ. A page can
touch a later one in two ways: as one that it may retell, and as one of the few earliest that a sign leads to, before
another one. Both need a sign that the two share.
"""

import heapq
from collections.abc import Callable, Collection

from overt.build.change import TooMuchError, needed
from overt.build.kept import Telling, packed, packed_signs, sources_of, telling_of, told_row, unpacked
from overt.store import Steps
from overt.weigh.copies import MOST_HOLDERS, Page, Place, first_of, likeliest, page_of, tell
from overt.weigh.marks import Marks, Part, Texts, marks_of, signs_of
from overt.weigh.said import Said

# Later pages that a page of a day between may touch: of more, a whole build is made.
_MOST_LATER = 400


def follow_tellings(
    documents: Collection[str], said_in: Callable[[str], list[Said]], steps: Steps, texts: Texts
) -> set[str]:
    """Find again which pages touched ones retell, and which later ones retell them.

    Args:
        documents: in which something that is said may differ.
        said_in: gives all that is said in one of them, now.
        steps: the last build; what pages retell is brought up to date.
        texts: the marks of texts.

    Returns:
        these documents and all others whose retellings differ.
    """
    waiting: list[tuple[int, int, str]] = []
    new: dict[str, Page] = {}
    anew = set(documents)
    for document in sorted(documents):
        page = page_of(document, said_in(document))
        old = telling_in(steps, document)
        if page is not None and old is not None and old[0] == (page.rank, page.number, page.key):
            continue
        if old is not None:
            (rank, number, key), telling = old
            _leave(steps, document, rank, number, key, telling, waiting)
        if page is not None:
            new[document] = page
            heapq.heappush(waiting, (page.rank, page.number, document))
    done: set[str] = set()
    while waiting:
        rank, number, document = heapq.heappop(waiting)
        kept = telling_in(steps, document)
        fresh = new.get(document)
        if document in done or (fresh is not None and fresh.order != (rank, number)):
            continue
        done.add(document)
        if len(done) > _MOST_LATER + len(documents):
            raise TooMuchError
        if fresh is None and kept is None:
            continue  # it left
        page = fresh if fresh is not None else Page(document, rank, number, _parts(steps, kept[0][2] if kept else ""))
        before = kept[1] if kept is not None else None
        telling, signs = _tell(steps, page, texts)
        if before == telling:
            continue
        anew.add(document)
        _enter(steps, page, telling, signs, before, waiting)
    return anew


Kept = tuple[tuple[int, int, str], Telling]


def telling_in(steps: Steps, document: str) -> Kept | None:
    """Return where a page stands, the key of its marks, and what it retells; None where there is no such page."""
    row = steps.row("told", document, "rank, number, marked, body")
    return ((row[0], row[1], row[2]), unpacked(row[3], Telling)) if row is not None else None


def _parts(steps: Steps, key: str) -> tuple[Part, ...]:
    row = needed(steps.row("marked", key, "parts"))
    return unpacked(row[0], tuple[Part, ...])


def _signs(steps: Steps, key: str) -> frozenset[int]:
    row = needed(steps.row("marked", key, "signs"))
    return frozenset(unpacked(row[0], list[int]))


def _marks(steps: Steps, document: str, texts: Texts) -> dict[int, Marks]:
    kept = needed(telling_in(steps, document))
    return marks_of(_parts(steps, kept[0][2]), texts)


def _tell(steps: Steps, page: Page, texts: Texts) -> tuple[Telling, frozenset[int]]:
    """Return what a page retells of the pages before it, as they are now, and its signs."""
    row = steps.row("marked", page.key, "signs")
    mine = marks_of(page.parts, texts)
    signs = frozenset(unpacked(row[0], list[int])) if row is not None else signs_of(mine)
    places = [place for sign in signs for place in steps.holders(sign, page.rank, page.number, MOST_HOLDERS)]
    names = {place: needed(steps.page_at(*place)) for place in set(places)}
    like = likeliest(names[place] for place in places)
    told = tell(page, mine, [(name, _marks(steps, name, texts)) for name in like])
    again: dict[str, dict[int, Place]] = {}
    for _, (source, _) in told.found:
        kept = telling_in(steps, source)
        again[source] = dict(kept[1].again) if kept is not None else {}
    return telling_of(told, first_of(told, again)), signs


def _enter(
    steps: Steps,
    page: Page,
    telling: Telling,
    signs: frozenset[int],
    before: Telling | None,
    waiting: list[tuple[int, int, str]],
) -> None:
    """Write a page and what it retells, and let those later pages wait that this may touch."""
    was = before.told.adds if before is not None else False
    if before is not None and before.again != telling.again:
        _wait_for(steps, page.document, waiting)
    if before is not None:
        _unlink(steps, page.document, before)
    steps.put("told", [told_row(page, telling)])
    steps.put("source", sorted((source, page.document) for source in sources_of(telling)))
    if not steps.row("marked", page.key, "key"):
        steps.put("marked", [(page.key, packed(page.parts), packed_signs(signs))])
    if telling.told.adds != was:
        if telling.told.adds:
            steps.put_signs(signs, page.rank, page.number)
        else:
            steps.drop_signs(signs, page.rank, page.number)
        _touch_later(steps, signs, page.rank, page.number, waiting)


def _leave(
    steps: Steps,
    document: str,
    rank: int,
    number: int,
    key: str,
    telling: Telling,
    waiting: list[tuple[int, int, str]],
) -> None:
    """Take a page away from its place, and let those later pages wait that this may touch."""
    signs = _signs(steps, key)
    _wait_for(steps, document, waiting)
    _unlink(steps, document, telling)
    steps.drop("told", [document])
    if telling.told.adds:
        steps.drop_signs(signs, rank, number)
        _touch_later(steps, signs, rank, number, waiting)
    if not steps.is_marked(key):
        steps.drop("marked", [key])


def _unlink(steps: Steps, document: str, telling: Telling) -> None:
    for source in sources_of(telling):
        steps.drop_pair(source, document)


def _wait_for(steps: Steps, source: str, waiting: list[tuple[int, int, str]]) -> None:
    """Let the pages wait that retell a page."""
    for (document,) in steps.rows("source", "source", source, "document"):
        row = steps.row("told", str(document), "rank, number")
        if row is not None:
            heapq.heappush(waiting, (row[0], row[1], str(document)))


def _touch_later(
    steps: Steps, signs: frozenset[int], rank: int, number: int, waiting: list[tuple[int, int, str]]
) -> None:
    """Let the later pages wait that have a sign by which a page at this place can be found, or hides another one."""
    telling = {s for s in signs if len(steps.holders(s, rank, number, MOST_HOLDERS)) < MOST_HOLDERS}
    if not telling:
        return
    found = 0
    for key in steps.marks_after(rank, number):
        if telling.isdisjoint(_signs(steps, key)):
            continue
        for document, later, at in steps.rows("told", "marked", key, "document, rank, number"):
            if (later, at) > (rank, number):
                found += 1
                heapq.heappush(waiting, (later, at, str(document)))
        if found > _MOST_LATER:
            raise TooMuchError


__all__ = ["follow_tellings", "telling_in"]
