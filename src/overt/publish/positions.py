"""A thing's page before it is drawn: positions grouped by property and value, denials first.

In: a part of a book and a thing. Out: rows of groups of blocks of statements; findings, states over time, and names in
use. Words that were shown once on the page, by the same voices, are not shown again: what else they say links to them.
"""

from dataclasses import dataclass, replace

from overt.model import AFFIRMING, Fact, Stance
from overt.protect import PublicStatement
from overt.protect.public import shown
from overt.publish.part import Part


@dataclass(frozen=True, slots=True)
class Block:
    """One value of one property. `against` stand first; `implied` are statements that follow from others.

    `repeats` are (statement, the one on this page whose card shows the same words, voices and page).
    """

    fact: Fact | None
    example: PublicStatement
    against: tuple[tuple[str, PublicStatement], ...]
    affirming: tuple[PublicStatement, ...]
    implied: tuple[PublicStatement, ...]
    roots: tuple[str, ...]
    repeats: tuple[tuple[PublicStatement, PublicStatement], ...] = ()

    @property
    def cards(self) -> tuple[PublicStatement, ...]:
        """All statements that are drawn as cards, those against first."""
        return (*(s for _, s in self.against), *self.affirming)


@dataclass(frozen=True, slots=True)
class Group:
    """All blocks of one property; none where its side of a pair is empty."""

    property: str
    blocks: tuple[Block, ...]


def _when(statement: PublicStatement) -> tuple[str, str]:
    return statement.published or "9999", statement.id


def blocks(part: Part, thing: str, prop: str) -> tuple[Block, ...]:
    """Return the blocks of a property, those that are denied first, then by how many roots they have."""
    mine = {s.id: s for s in part.about(thing) if s.property == prop}
    out: list[Block] = []
    taken: set[str] = set()
    for fact in part.facts_of.get(thing, ()):
        if fact.property != prop:
            continue
        against = [
            (c.kind, mine[c.statement]) for c in fact.against if c.statement in mine and c.kind != "contradicted"
        ]
        members = [mine[i] for i in fact.affirming if i in mine] + [s for _, s in against]
        # A statement that neither affirms nor denies (a question) belongs to the fact that it names.
        known = {member.id for member in members}
        members += [s for s in mine.values() if s.id not in known and _of(part, s, fact)]
        if members:
            taken |= {member.id for member in members}
            out.append(_block(fact, members, against, part.roots(fact)))
    rest: dict[tuple[str | None, str, str], list[PublicStatement]] = {}
    for statement in mine.values():
        if statement.id not in taken:
            value = statement.value
            key = (value.normal, value.place.id if value.place else "", shown(value.words))
            rest.setdefault(key, []).append(statement)
    out += [_block(None, members, [], ()) for members in rest.values()]
    return tuple(sorted(out, key=lambda b: (not b.against, -len(b.roots), _when(b.example))))


def _of(part: Part, statement: PublicStatement, fact: Fact) -> bool:
    return statement.fact == fact.id and statement.id not in fact.affirming


def _block(
    fact: Fact | None,
    members: list[PublicStatement],
    against: list[tuple[str, PublicStatement]],
    roots: tuple[str, ...],
) -> Block:
    said_against = {s.id: (kind, s) for kind, s in against if not s.implied}
    for member in members:
        if member.stance in (Stance.DENIES, Stance.RETRACTS) and not member.implied:
            said_against.setdefault(member.id, ("denied" if member.stance is Stance.DENIES else "retracted", member))
    own = [m for m in members if not m.implied and m.id not in said_against]
    implied = [m for m in members if m.implied]
    first = min(own or [s for _, s in said_against.values()] or implied, key=_when)
    return Block(
        fact=fact,
        example=first,
        against=tuple(sorted(said_against.values(), key=lambda pair: _when(pair[1]))),
        affirming=tuple(sorted(own, key=_when)),
        implied=tuple(sorted(implied, key=_when)),
        roots=roots,
    )


def groups(part: Part, thing: str, findings: bool) -> tuple[Group, ...]:
    """Return the properties of which something is said, in the profile's order; findings of authorities or the rest."""
    spoken = {s.property for s in part.about(thing)}
    rules = part.profile.properties
    order = sorted(spoken, key=lambda name: (rules[name].order, name))
    return tuple(Group(name, blocks(part, thing, name)) for name in order if rules[name].finding is findings)


Row = tuple[Group, ...]


def rows_of(part: Part, thing: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows of a page: of findings, then of all other properties. Each holds a group, or two side by side.

    Two stand side by side where the profile says so of one of them (`beside`) and anything is said of either.
    """
    findings = tuple((group,) for group in groups(part, thing, True))
    said = {group.property: group for group in groups(part, thing, False)}
    pairs = {name: (rule.beside, name) for name, rule in part.profile.properties.items() if rule.beside}
    pairs |= {left: (left, right) for left, right in list(pairs.values())}
    rest: dict[tuple[str, ...], Row] = {}
    for name in said:
        members = pairs.get(name, (name,))
        rest[members] = tuple(said.get(member, Group(member, ())) for member in members)
    shown: dict[object, PublicStatement] = {}
    every = [block for row in (*findings, *rest.values()) for group in row for block in group.blocks]
    # Findings have cards, and where somebody speaks against a value both sides have cards there, of one size. Other
    # blocks refer to these.
    for block in sorted(every, key=lambda block: not block.against):
        for statement in block.cards:
            shown.setdefault(_passage(statement), statement)
    return findings, _once(tuple(rest.values()), shown)


def _once(rows: tuple[Row, ...], shown: dict[object, PublicStatement]) -> tuple[Row, ...]:
    """Return rows in which each passage has one card: what it says elsewhere on the page refers to that."""
    return tuple(
        tuple(Group(group.property, tuple(_referring(block, shown) for block in group.blocks)) for group in row)
        for row in rows
    )


def _referring(block: Block, shown: dict[object, PublicStatement]) -> Block:
    if block.against:
        return block
    first = {s.id: shown[_passage(s)] for s in block.affirming}
    return replace(
        block,
        affirming=tuple(s for s in block.affirming if first[s.id] is s),
        repeats=tuple((s, first[s.id]) for s in block.affirming if first[s.id] is not s),
    )


def _passage(statement: PublicStatement) -> object:
    quote = statement.quote
    return statement.source, quote.exact, quote.before, quote.after, statement.attribution


def rests_on(part: Part, block: Block) -> list[str]:
    """Return the properties from which the implied statements of a block follow, in the profile's order."""
    parents = {part.statements[s.parent].property for s in block.implied if s.parent in part.statements}
    rules = part.profile.properties
    return sorted(parents, key=lambda name: (rules[name].order, name))


def states(part: Part, thing: str) -> list[PublicStatement]:
    """Return what was said about the state of a thing, in order of the pages' dates."""
    mine = [s for s in part.about(thing) if s.property == "status" and not s.implied]
    return sorted(mine, key=_when)


def is_said_so(statement: PublicStatement) -> bool:
    """True where the statement says that its value is so."""
    return statement.stance in AFFIRMING


def names_in_use(part: Part, thing: str) -> list[tuple[PublicStatement, list[PublicStatement]]]:
    """Return names with all statements that use them: (one that gives it, all that give it), by name."""
    found: dict[tuple[str, str], list[PublicStatement]] = {}
    for statement in part.about(thing):
        if statement.property == "name" and is_said_so(statement):
            found.setdefault((shown(statement.value.words), statement.language or ""), []).append(statement)
    return [(sorted(v, key=_when)[0], sorted(v, key=_when)) for _, v in sorted(found.items())]


def is_weak(part: Part, thing: str) -> bool:
    """True where search engines are asked to leave a page out: its existence rests on one root, or on none, or an
    authority looked into it and found something. A search for a name should not lead to what one voice once said."""
    roots = {root for fact in part.facts_of.get(thing, ()) if fact.property == "existence" for root in part.roots(fact)}
    rules = part.profile.properties
    return len(roots) < 2 or any(rules[s.property].finding for s in part.about(thing))


def unsaid(part: Part, thing: str) -> list[str]:
    """Return the properties of which no accepted statement says anything, in the profile's order."""
    spoken = {s.property for s in part.about(thing)}
    kind = part.things[thing].kind
    rules = part.profile.properties
    mine = [name for name, rule in rules.items() if not rule.subjects or kind in rule.subjects]
    return sorted((name for name in mine if name not in spoken), key=lambda name: (rules[name].order, name))
