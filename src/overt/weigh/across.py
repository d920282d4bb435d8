"""Roots that come from other pages: copied passages, and passages that retell one of an earlier page. Pure.

Comes in: what is said, as `Said`, of whole near-duplicate groups or whole pages. Goes out: statement id -> its root.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from overt.weigh.copies import Place
from overt.weigh.marks import Texts
from overt.weigh.naming import Naming
from overt.weigh.near import groups
from overt.weigh.roots import Root
from overt.weigh.said import Said


def alike(texts: Collection[str], marks: Texts) -> dict[str, str]:
    """Return text -> name of its group of near-duplicates.

    Args:
        texts: the keys of all passages in which one thing is said.
        marks: gives their marks.
    """
    if len(texts) < 2:
        return {text: text for text in texts}
    return groups({text: text for text in texts}, lambda text: marks.of(text).words)


def copied(rows: Iterable[Said]) -> dict[str, Root]:
    """Return the roots that statements of one near-duplicate group copy: that of the earliest one.

    Only a statement whose only voice is its own outlet has its root from what it copies.
    """
    first: Said | None = None
    found = {}
    for one in sorted(rows, key=lambda row: row.at):
        if first is None:
            first = one
        elif one.depth == 0 and one.own.key != first.own.key:
            found[one.id] = first.own
    return found


def retelling(
    page: Iterable[Said], again: Mapping[int, Place], source: Callable[[str], Sequence[Said]], naming: Naming
) -> dict[str, Root]:
    """Return the roots of statements in passages that retell one of an earlier page, where they would add a root.

    A known voice stays its own root: whoever retells a page may have asked a body that everybody knows. All others
    (an outlet, an office or a source that a translation calls otherwise) have the root of the same thing said there.

    Args:
        page: all statements of a page, with what they copy.
        again: passage -> the passage that it retells, and its page.
        source: gives all statements of such a page, with what they copy.
        naming: says which voices everybody knows.
    """
    by_passage: dict[int, list[Said]] = defaultdict(list)
    for one in sorted(page, key=lambda row: row.id):
        by_passage[one.passage].append(one)
    out: dict[str, Root] = {}
    known: dict[str, tuple[frozenset[str], Root, Sequence[Said]]] = {}
    for passage, (earlier, place) in sorted(again.items()):
        if earlier not in known:
            there = sorted(source(earlier), key=lambda row: row.at)
            root = next((row.root for row in there if not row.depth), there[0].page)
            known[earlier] = frozenset(row.root.key for row in there), root, there
        keys, own, rows = known[earlier]
        first = sorted((row for row in rows if row.passage == place), key=lambda row: row.id)
        for one in by_passage[passage]:
            mine = one.root
            is_known = one.depth and mine.rule == "voice" and naming.shown(mine.key) is not None
            if mine.key in keys or is_known:
                continue
            same = [row for row in first if row.property == one.property]
            exact = [row for row in same if row.key == one.key]
            best = next(iter([*exact, *same, *(r for r in first if r.depth)] if one.depth else exact), None)
            out[one.id] = best.root if best is not None else own
    return out


def with_roots(row: Said, copy: Root | None, told: Root | None) -> Said:
    """Return a statement with what it copies and the root that it gets from another page."""
    given = None
    if told is not None:
        given = msgspec.structs.replace(told, rule="retold")
    elif copy is not None:
        given = msgspec.structs.replace(copy, rule="copy")
    if (row.copied, row.given) == (copy, given):
        return row
    return msgspec.structs.replace(row, copied=copy, given=given)


__all__ = ["alike", "copied", "retelling", "with_roots"]
