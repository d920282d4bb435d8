"""Origins: the root from which the knowledge of each statement comes. Fifty papers that quote one report are one.

Each page gives its statements their roots (`roots.py`). Across pages one thing is added: a copied passage has the root
of the first one. Judgements join and split roots. No order of statements or judgements counts. Pure.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from overt.model import Document, Judgement, Origin, Statement, Verb
from overt.model.memory import Memory
from overt.model.sets import Sets
from overt.profile.schema import Profile
from overt.weigh.across import alike, copied, retelling, with_roots
from overt.weigh.copies import Page, Place, Told, first_of, page_of, retold
from overt.weigh.marks import Texts
from overt.weigh.naming import Naming
from overt.weigh.roots import Root
from overt.weigh.said import Said, said_of

REASONS = {
    "voice": "the innermost voice with knowledge of its own belongs to it",
    "office": "the innermost voice speaks for this office; no organisation is named",
    "speaker": "the innermost voice is a person whose organisation is not named",
    "outlet": "the page names no organisation for the voice: counted to the outlet that heard it",
    "work": "the page says that it relays this work",
    "copy": "near-duplicate passages: the root of the earliest one",
    "retold": "the page retells an earlier page passage by passage: the root of the earlier passage",
}


class Joins(msgspec.Struct, frozen=True):
    """Which origins judgements made one: id -> id after joins, where that is another, and the reasons by the latter."""

    of: dict[str, str]
    reasons: dict[str, frozenset[str]]


class Traced(msgspec.Struct, frozen=True, kw_only=True):
    """What tracing a whole case comes to, for what is made of it and for tracing a change of it later.

    `said` are its statements by id; `alike` groups the texts of each block; `pages`, `told` and `again` say which
    passages retell which, `signs` by what pages are found, by the key of their marks; `joins` are the origins that
    judgements made one.
    """

    said: dict[str, Said]
    alike: dict[str, dict[str, str]]
    pages: dict[str, Page]
    told: dict[str, Told]
    again: dict[str, dict[int, Place]]
    signs: dict[str, "array[int]"]
    joins: Joins
    origins: tuple[Origin, ...]


def origins(
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
    documents: Mapping[str, Document] | None = None,
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Return the origins by id, and statement id -> origin id. An implied statement has its parent's.

    Args:
        statements: all statements of a case, or all of whole near-duplicate groups.
        profile: its property types make value keys.
        naming: how names are compared.
        documents: by the id that statements carry; they give passages and bylines. Where one is missing, the quote
            with its surroundings stands for the passage.
        judgements: standing lines; `join` and `split` are read. `join A B` makes two origins one; `split A B` keeps
            them two against any chain of joins; `split A STATEMENT` takes a statement out of an origin: back to its
            own page's root where it came by copying, else to a root of its own.
        memory: what earlier builds made; only texts that are new are looked into.
    """
    every = list(statements)
    traced = trace(every, profile, naming, documents, judgements, memory)
    of = {name: origin_of(row, traced.joins.of) for name, row in traced.said.items()}
    of |= {s.id: of[s.parent] for s in every if s.implied and s.parent in of}
    return traced.origins, dict(sorted(of.items()))


def trace(
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
    documents: Mapping[str, Document] | None = None,
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
) -> Traced:
    """Return where each statement comes from, and by which steps. Arguments as in `origins`."""
    known = documents or {}
    texts = Texts(memory)
    parents = {s.id: s for s in statements if not s.implied}
    said = {name: said_of(s, known.get(s.document), profile, naming, texts) for name, s in sorted(parents.items())}
    blocks: dict[str, list[Said]] = defaultdict(list)
    by_page: dict[str, list[Said]] = defaultdict(list)
    for row in said.values():
        blocks[row.block].append(row)
        by_page[row.document].append(row)
    groups = {name: alike({row.text for row in rows}, texts) for name, rows in blocks.items()}
    copies: dict[str, Root] = {}
    for name, rows in blocks.items():
        group: dict[str, list[Said]] = defaultdict(list)
        for row in rows:
            group[groups[name][row.text]].append(row)
        for many in group.values():
            copies |= copied(many)
    said |= {name: with_roots(said[name], root, None) for name, root in copies.items()}
    by_page = {document: [said[row.id] for row in rows] for document, rows in by_page.items()}
    pages = {d: page for d, rows in by_page.items() if (page := page_of(d, rows)) is not None}
    told, signs = retold(pages.values(), texts)
    again: dict[str, dict[int, Place]] = {}
    for document, one in told.items():  # in the order of time
        again[document] = first_of(one, again)
        for name, root in retelling(by_page[document], again[document], by_page.__getitem__, naming).items():
            said[name] = with_roots(said[name], said[name].copied, root)
    splits = Splits(judgements)
    said = {name: splits.applied(row) for name, row in said.items()}
    joined = joins({final_of(row).id for row in said.values()}, judgements)
    members: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in said.values():
        root = final_of(row)
        members[joined.of.get(root.id, root.id)].add((root.id, root.rule, root.words))
    why = splits.reasons(said.get)
    made = tuple(made_origin(name, members[name], why, joined.reasons) for name in sorted(members))
    return Traced(said=said, alike=groups, pages=pages, told=told, again=again, signs=signs, joins=joined, origins=made)


def final_of(row: Said) -> Root:
    """Return the root of a statement after judgements."""
    assert row.final is not None
    return row.final


def origin_of(row: Said, joined: Mapping[str, str]) -> str:
    """Return the id of the origin of a statement."""
    root = final_of(row).id
    return joined.get(root, root)


class Splits:
    """The standing lines that take a statement out of an origin, by statement."""

    __slots__ = ("of",)

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.of: dict[str, list[Judgement]] = defaultdict(list)
        for line in sorted((line for line in judgements if line.verb is Verb.SPLIT), key=lambda line: line.id):
            self.of[str(line.other)].append(line)

    def line(self, row: Said) -> Judgement | None:
        """Return the line by which a statement is split from the origin that it would have."""
        lines = self.of.get(row.id)
        if not lines:
            return None
        root = (row.given if row.given is not None else row.own).id
        return next((line for line in lines if line.target == root), None)

    def applied(self, row: Said) -> Said:
        """Return a statement with its root after judgements."""
        final = row.given if row.given is not None else row.own
        if self.line(row) is not None:
            final = row.own if row.given is not None else Root(f"{row.own.key} {row.id}", row.own.words, row.own.rule)
        return row if row.final == final else msgspec.structs.replace(row, final=final)

    def reasons(self, said: Callable[[str], Said | None]) -> dict[str, set[str]]:
        """Return root id -> why statements that are now of this root were split off. `said`: gives them by id."""
        why: dict[str, set[str]] = defaultdict(set)
        for statement in self.of:
            row = said(statement)
            line = self.line(row) if row is not None else None
            if row is not None and line is not None:
                why[final_of(row).id].add(f"split by judgement: {line.why}")
        return why


def made_origin(
    name: str,
    members: Iterable[tuple[str, str, str]],
    why: Mapping[str, Collection[str]],
    joined: Mapping[str, Collection[str]],
) -> Origin:
    """Return an origin.

    Args:
        name: its id.
        members: (root id, rule, words) of the roots of its statements.
        why: root id -> reasons for which statements were split off.
        joined: origin id -> reasons for which people joined it.
    """
    roots = set(members)
    reasons = {REASONS[rule] for _, rule, _ in roots}.union(
        joined.get(name, ()), *(why.get(r, ()) for r, _, _ in roots)
    )
    words = min((root != name, words) for root, _, words in roots)[1]
    return Origin(id=name, root=words, reason="; ".join(sorted(reasons)))


def named_in_joins(judgements: Iterable[Judgement]) -> set[str]:
    """Return the ids that standing `join` lines name."""
    return {end for line in judgements if line.verb is Verb.JOIN for end in (line.target, str(line.other))}


def joins(ids: Collection[str], judgements: Iterable[Judgement]) -> Joins:
    """Return which origins are one by judgement.

    Args:
        ids: all roots that there are; those that no line names may be left out.
        judgements: standing lines.
    """
    lines = list(judgements)
    kept = {frozenset((line.target, line.other)) for line in lines if line.verb is Verb.SPLIT}
    pairs = sorted(
        (min(line.target, str(line.other)), max(line.target, str(line.other)), line.why)
        for line in lines
        if line.verb is Verb.JOIN and line.target in ids and line.other in ids
    )
    named = sorted({end for one, other, _ in pairs for end in (one, other)})
    sets = Sets()
    reasons: dict[str, set[str]] = defaultdict(set)
    done = []
    for one, other, why in pairs:
        mine = {i for i in named if sets.name(i) == sets.name(one)}
        theirs = {i for i in named if sets.name(i) == sets.name(other)}
        if any(frozenset((a, b)) in kept for a in mine for b in theirs):
            continue
        sets.unite(one, other)
        done.append((one, why))
    for one, why in done:
        reasons[sets.name(one)].add(f"joined by judgement: {why}")
    return Joins(
        {i: sets.name(i) for i in named if sets.name(i) != i},
        {name: frozenset(many) for name, many in sorted(reasons.items())},
    )


__all__ = [
    "REASONS",
    "Joins",
    "Splits",
    "Traced",
    "final_of",
    "joins",
    "made_origin",
    "named_in_joins",
    "origin_of",
    "origins",
    "trace",
]
