"""The steps of a whole build as rows, so that the next one can follow a change. Pure: all of it is derived.

Comes in: an assembled case and the pages that it is made of. Goes out: rows for the tables of steps of the store.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

import msgspec

from overt.build.assembling import Assembled
from overt.model import Judgement, Standing, Statement
from overt.profile import Profile
from overt.resolve import Naming, block_name
from overt.store import Row
from overt.weigh import fact_id, value_key
from overt.weigh.copies import Page, Place, Told
from overt.weigh.origins import final_of
from overt.weigh.said import Said
from overt.weigh.slim import signs_of

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Telling(msgspec.Struct, frozen=True):
    """Of one page: what it retells, and the passages that stand first."""

    told: Told
    again: tuple[tuple[int, Place], ...]


def telling_of(told: Told, again: Mapping[int, Place]) -> Telling:
    """Return what a page retells. `again`: passage -> the passage that stands first."""
    return Telling(told, tuple(sorted(again.items())))


def packed(value: object) -> bytes:
    """Return a value as it is kept: equal values have equal bytes."""
    return _encode(value)


def unpacked(data: bytes, kind: type[T]) -> T:
    """Return what was kept."""
    return cast(T, msgspec.msgpack.decode(data, type=cast(Any, kind)))


def said_row(row: Said, mention: str) -> Row:
    """Return the row of a statement as its origin is traced. `mention`: what it is about."""
    return row.id, row.document, mention, row.block, row.text, final_of(row).id, packed(row)


def told_row(page: Page, telling: Telling) -> Row:
    """Return the row of a page and what it retells."""
    return page.document, page.rank, page.number, page.key, packed(telling)


def sources_of(telling: Telling) -> set[str]:
    """Return the pages on which it depends what a page retells, and whose it is."""
    return {place[0] for _, place in telling.told.found} | {place[0] for _, place in telling.again}


def packed_signs(signs: Iterable[int]) -> bytes:
    """Return the signs of a page as it is kept."""
    return packed(sorted(signs))


def steps(
    made: Assembled,
    pages: Mapping[str, tuple[str, str]],
    readings: Mapping[str, str],
    lines: Iterable[Judgement],
) -> Iterator[tuple[str, Iterable[Row]]]:
    """Yield each table of steps with its rows.

    Args:
        made: the case.
        pages: key of a find -> its document and capture.
        readings: capture -> hash of the document.
        lines: all judgements.
    """
    traced = made.traced
    yield "page", [(key, *of) for key, of in sorted(pages.items())]
    yield "reading", sorted(readings.items())
    yield "minted", [(m,) for m in sorted({m for line in lines for m in line.mints})]
    entity_of = {m: entity.id for entity in made.registry.entities for m in entity.mentions}
    yield (
        "sketch",
        (
            (name, one.mention.document, block_name(one.sketch), entity_of.get(name), packed(one))
            for name, one in sorted(made.known.items())
        ),
    )
    yield "block", ((name, packed(block)) for name, block in sorted(made.blocks.items()))
    about = {s.id: s.subject.mention for s in made.registry.statements if not s.implied}
    yield "said", (said_row(row, about[name]) for name, row in sorted(traced.said.items()))
    yield "alike", ((block, packed(of)) for block, of in sorted(traced.alike.items()))
    yield "text", sorted(Counter(row.text for row in traced.said.values()).items())
    roots = Counter((root.id, root.rule, root.words) for row in traced.said.values() for root in (final_of(row),))
    yield "root", ((*root, number) for root, number in sorted(roots.items()))
    tellings = {d: telling_of(traced.told[d], traced.again[d]) for d in sorted(traced.pages)}
    yield "told", (told_row(traced.pages[d], telling) for d, telling in tellings.items())
    yield "source", sorted((s, d) for d, telling in tellings.items() for s in sources_of(telling))
    marked: dict[str, Page] = {}
    adding: dict[str, list[Page]] = {}
    for document, page in sorted(traced.pages.items()):
        marked.setdefault(page.key, page)
        if traced.told[document].adds:
            adding.setdefault(page.key, []).append(page)
    signs = traced.signs
    yield "marked", ((key, packed(marked[key].parts), packed_signs(signs[key])) for key in sorted(marked))
    # In the order of the table, which makes writing them several times faster.
    yield "sign", sorted((s, page.rank, page.number) for key in adding for s in signs[key] for page in adding[key])


class Keyed:
    """Gives the fact to which a statement belongs, and its signs for weighing it."""

    __slots__ = ("naming", "profile", "standings")

    def __init__(self, profile: Profile, naming: Naming, standings: Mapping[str, Standing]) -> None:
        self.profile = profile
        self.naming = naming
        self.standings = standings

    def fact(self, statement: Statement) -> str | None:
        """Return the id of the fact to which a statement belongs, if anybody says it; None where it can be of none."""
        entity = statement.subject.entity
        if entity is None or statement.property not in self.profile.properties:
            return None
        return fact_id(entity, statement.property, value_key(statement, self.profile, self.naming))

    def __call__(self, statement: Statement) -> tuple[str | None, int]:
        key = statement.fact or self.fact(statement)
        if key is None:
            return None, 0
        return key, signs_of(statement, self.profile.properties[statement.property], self.standings, self.naming)


__all__ = [
    "Keyed",
    "Telling",
    "packed",
    "packed_signs",
    "said_row",
    "sources_of",
    "steps",
    "telling_of",
    "told_row",
    "unpacked",
]
