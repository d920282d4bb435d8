"""The network: entries, their operators, and the organisations they are said to be part of, as statements say.

In: a book and labels. Out: nodes in layers by kind, edges with the statements behind each, and where they are drawn.
Only accepted statements make an edge, and an edge says no more than that somebody said it. An organisation whose name
is withheld is a node of its own for each entry: that two entries have the same one is not told.
"""

from collections import defaultdict
from dataclasses import dataclass

from overt.model import Stance
from overt.protect import PublicStatement, Segment, Words
from overt.protect.match import fold_name
from overt.protect.public import is_whole, shown
from overt.publish.book import Book
from overt.publish.ids import SLUG, opaque
from overt.publish.labels import Labels
from overt.publish.positions import is_said_so

# The properties that make edges, and the layer in which the organisation stands that each names.
EDGES = {"operator": 1, "part_of": 2}
LAYERS = ("entries", "operators", "framework")


@dataclass(frozen=True, slots=True)
class Node:
    """An entry (`thing`) or an organisation as statements name it. `example` is the statement whose words it bears."""

    anchor: str
    layer: int
    thing: str | None
    words: Words
    example: PublicStatement
    is_group: bool = False

    @property
    def is_withheld(self) -> bool:
        """True where its name, or a part of it, is withheld."""
        return not is_whole(self.words)


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said of two nodes in one property. `state`: `denied` by somebody, only `alleged`, or `said`."""

    anchor: str
    property: str
    source: Node
    target: Node
    state: str
    statements: tuple[PublicStatement, ...]
    support: str | None


@dataclass(frozen=True, slots=True)
class Network:
    """All nodes, edges by what they join, and the counted entries of which no edge tells."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    without: tuple[str, ...]


def network(book: Book, labels: Labels) -> Network:
    """Return the network of a book, its organisations in the words nearest to the page's language."""
    said = [s for s in book.cleared.statements if s.property in EDGES and s.judged and not s.implied]
    said.sort(key=lambda s: (s.published or "9999", s.id))
    by_target: dict[str, list[PublicStatement]] = defaultdict(list)
    for statement in said:
        by_target[_target(book, statement)].append(statement)
    named = {_fold(s.value.words): key for key, many in sorted(by_target.items()) for s in many}
    keys = {thing: _source(book, thing, named) for thing in sorted({s.thing for s in said})}
    owners = {key: thing for thing, key in reversed(keys.items())}
    first: dict[str, PublicStatement] = {}
    for statement in said:
        first.setdefault(statement.thing, statement)
    nodes: dict[str, Node] = {}
    for key, many in sorted(by_target.items()):
        layer = max(EDGES[s.property] for s in many)
        example = min(many, key=lambda s: not _is_of(s, labels))
        nodes[key] = Node(_anchor("n", key), layer, owners.get(key), labels.value(example), example)
    for thing, key in keys.items():
        layer = 1 if book.things[thing].kind in _organisations(book) else 0
        made = Node(
            _anchor("n", key), layer, thing, (Segment(labels.thing(thing)),), first[thing], book.things[thing].is_group
        )
        nodes.setdefault(key, made)
    by_edge: dict[tuple[str, str, str], list[PublicStatement]] = defaultdict(list)
    for statement in said:
        by_edge[keys[statement.thing], statement.property, _target(book, statement)].append(statement)
    edges = tuple(
        Edge(
            anchor=_anchor("e", "\n".join((source, prop, target))),
            property=prop,
            source=nodes[source],
            target=nodes[target],
            state=_state(many),
            statements=tuple(many),
            support=_support(book, many),
        )
        for (source, prop, target), many in sorted(by_edge.items())
    )
    counted = {part.entity for count in book.counts for row in count.rows for part in row.parts}
    return Network(
        nodes=tuple(sorted(nodes.values(), key=lambda n: (n.layer, n.anchor))),
        edges=tuple(sorted(edges, key=lambda e: (_place(book, e.source), e.property, e.anchor))),
        without=tuple(sorted(counted - {s.thing for s in said}, key=lambda t: (book.things[t].country or "~", t))),
    )


def _place(book: Book, node: Node) -> tuple[int, bool, str, str]:
    """Return where a node stands in the table: entries by country, groups after them, organisations last."""
    country = book.things[node.thing].country if node.thing else None
    return node.layer, node.is_group, country or "~", node.anchor


def _organisations(book: Book) -> frozenset[str]:
    """Return the kinds that entries of organisations have: those neither counted nor look-alikes."""
    return frozenset(k for k, rule in book.profile.kinds.items() if not rule.counted and not rule.look_alike)


def _target(book: Book, statement: PublicStatement) -> str:
    """Return the key of the organisation that a statement names."""
    fact = book.fact(statement.fact or "")
    if not is_whole(statement.value.words):
        return f"withheld {statement.thing} {fact.id if fact else statement.id}"
    return f"body {fact.key}" if fact else f"words {_fold(statement.value.words)}"


def _source(book: Book, thing: str, named: dict[str, str]) -> str:
    """Return the key of an entry: that of the organisation whose name it bears, where statements name it too."""
    name = book.things[thing].name
    is_body = book.things[thing].kind in _organisations(book)
    return named.get(fold_name(name), f"thing {thing}") if name and is_body else f"thing {thing}"


def _fold(words: Words) -> str:
    return fold_name(shown(words)) if is_whole(words) else ""


def _anchor(sort: str, key: str) -> str:
    return f"{sort}-{opaque(key)[:SLUG]}"


def _is_of(statement: PublicStatement, labels: Labels) -> bool:
    """True where a statement is in the page's language."""
    return (statement.language or "").split("-")[0] == labels.words.language


def _state(many: list[PublicStatement]) -> str:
    if any(s.stance in (Stance.DENIES, Stance.RETRACTS) for s in many):
        return "denied"
    return "said" if any(is_said_so(s) and s.stance is not Stance.ALLEGES for s in many) else "alleged"


def _support(book: Book, many: list[PublicStatement]) -> str | None:
    """Return the support of the fact behind an edge as a code; None where no weighing gave one."""
    found = [fact.support for s in many if (fact := book.fact(s.fact or "")) is not None]
    return max(found).word if found else None
