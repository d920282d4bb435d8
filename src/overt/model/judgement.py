"""A person's lines in a ledger, and the algebra of what standing lines make together.

Pure: no order of lines matters, only `undo` takes a line away, and undoing an undo brings it back. Among lines that
stand, the most restrictive wins. `accept` means "these words say this, by this voice, in this stance", never "true".
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from overt.model.sets import Sets
from overt.model.statement import Statement

MEANS = "these words say this, by this voice, in this stance; accepting never means that it is so"


class Verb(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    AMEND = "amend"
    ADD = "add"
    WITHHOLD = "withhold"
    NOT_SAID = "not_said"
    SAME = "same"
    DIFFERENT = "different"
    PART_OF = "part_of"
    UNSURE = "unsure"
    JOIN = "join"
    SPLIT = "split"
    ROLE = "role"
    GROUND = "ground"
    ASKED = "asked"
    REDACT = "redact"
    SHOWS = "shows"
    TRANSLATE = "translate"
    LEVEL = "level"
    UNDO = "undo"
    RELEASE = "release"
    DISPUTE = "dispute"


ON_STATEMENTS = frozenset({Verb.ACCEPT, Verb.REJECT, Verb.AMEND, Verb.ADD, Verb.WITHHOLD, Verb.NOT_SAID})
ON_ENTITIES = frozenset({Verb.SAME, Verb.DIFFERENT, Verb.PART_OF, Verb.UNSURE})

# Most restrictive first: what a release must not show goes before what it may.
RESTRICTION = (Verb.WITHHOLD, Verb.NOT_SAID, Verb.REJECT, Verb.AMEND, Verb.ACCEPT)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One line. `id` is the hash of the ledger line; `key` the public key that signed it.

    `target` is a statement, entity, origin, picture, voice name, words to redact or ledger line; `other` the second one
    where there are two. `saw` and `content` are the statement as the reviewer saw it; `made` what `add` and `amend` put
    in its place. `detail` holds the words of a role or ground, the new level, a translation, what a picture shows, or
    who was asked.
    """

    verb: Verb
    target: str
    why: str
    handle: str
    id: str = ""
    key: str = ""
    other: str | None = None
    saw: Statement | None = None
    content: str | None = None
    made: Statement | None = None
    detail: dict[str, str] = {}
    mints: tuple[str, ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the standing lines on one statement make together.

    `verb` is the winning one or None. `accepts` maps content hash -> ids of accepting lines. `reviewers` maps content
    hash -> number of distinct reviewers. `seen` are the contents of all lines.
    """

    verb: Verb | None = None
    lines: tuple[str, ...] = ()
    accepts: dict[str, tuple[str, ...]] = {}
    reviewers: dict[str, int] = {}
    seen: frozenset[str] = frozenset()


def standing_lines(lines: Iterable[Judgement]) -> list[Judgement]:
    """Return the lines that stand, by id: a line stands unless a standing `undo` names it."""
    by_id = {line.id: line for line in lines}
    undone_by: dict[str, list[str]] = defaultdict(list)
    for line_id in sorted(by_id):  # sorted, so that even a forged circle of undos comes out the same in any order
        if by_id[line_id].verb is Verb.UNDO:
            undone_by[by_id[line_id].target].append(line_id)

    known: dict[str, bool] = {}

    def stands(line_id: str) -> bool:
        stack = [line_id]
        while stack:
            at = stack[-1]
            if at in known:
                stack.pop()
                continue
            waiting = [u for u in undone_by[at] if u not in known and u not in stack]
            if waiting:
                stack.extend(waiting)
                continue
            known[at] = not any(known.get(u, False) for u in undone_by[at])
            stack.pop()
        return known[line_id]

    return [by_id[i] for i in sorted(by_id) if by_id[i].verb is not Verb.UNDO and stands(i)]


def count_reviewers(lines: Iterable[Judgement], known: Iterable[Judgement] = ()) -> int:
    """Return the number of distinct reviewers: one handle on two copies is one, two handles with one key are one.

    Args:
        lines: the lines whose reviewers are counted.
        known: any other lines of the case, undone ones too: that two handles share a key may show in these alone.
    """
    many = list(lines)
    sets = Sets()
    for line in (*many, *known):
        sets.unite(f"handle {line.handle}", f"key {line.key}" if line.key else f"handle {line.handle}")
    return len({sets.name(f"handle {line.handle}") for line in many})


def standing(lines: Iterable[Judgement], known: Iterable[Judgement] = ()) -> Standing:
    """Return what lines on one statement make together. `lines` holds the undo lines on them too; undone ones fall out.

    `known` as in `count_reviewers`. `amend` names the statement it sets aside as target; the statement that it makes
    is judged by its own id.
    """
    given = list(lines)
    others = [*given, *known]
    stand = [line for line in standing_lines(given) if line.verb in ON_STATEMENTS]
    verb = next((v for v in RESTRICTION if any(line.verb is v for line in stand)), None)
    accepts: dict[str, list[Judgement]] = defaultdict(list)
    for line in stand:
        if line.verb is Verb.ACCEPT and line.content is not None:
            accepts[line.content].append(line)
    return Standing(
        verb=verb,
        lines=tuple(line.id for line in stand),
        accepts={c: tuple(line.id for line in ls) for c, ls in sorted(accepts.items())},
        reviewers={c: count_reviewers(ls, others) for c, ls in sorted(accepts.items())},
        seen=frozenset(line.content for line in stand if line.content is not None),
    )
