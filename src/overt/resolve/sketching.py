"""Mentions with the names and operators that stand, and the keys by which they are compared. Pure in one document.

Comes in: mentions, what is said of their names and operators, and judgements on that. Goes out: for each mention what
stands of it, and its sketch. What a document says of one city decides how its own mentions are compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from overt.model import AFFIRMING, Judgement, Mention, Statement, Verb, fold_space, standing
from overt.places.levels import city_of
from overt.profile.schema import Profile
from overt.resolve import evidence
from overt.resolve.evidence import Sketch
from overt.resolve.names import fold_name

NAME = "name"
OPERATOR = "operator"
_SET_ASIDE = frozenset({Verb.REJECT, Verb.NOT_SAID, Verb.AMEND})


class Sketched(msgspec.Struct, frozen=True):
    """A mention with the names and operators that stand, and how it is compared."""

    mention: Mention
    sketch: Sketch


def sketched(
    mentions: Iterable[Mention], statements: Iterable[Statement], judgements: Iterable[Judgement], profile: Profile
) -> dict[str, Sketched]:
    """Return the mentions by id, in order, as they are compared.

    Args:
        mentions: all mentions of whole documents.
        statements: all statements of these documents, and all others about their mentions.
        judgements: the lines that stand; those on these statements are read.
        profile: its kinds say what is counted and what is a look-alike.
    """
    said = list(statements)
    known = _with_statements(mentions, said, judgements)
    several = _several(known.values(), said, profile)
    return {
        name: Sketched(m, evidence.sketch(m, profile, (m.document, m.kind, city_of(m.place) or "") in several))
        for name, m in known.items()
    }


def _with_statements(
    mentions: Iterable[Mention], statements: Iterable[Statement], judgements: Iterable[Judgement]
) -> dict[str, Mention]:
    """Return the mentions with the operators of standing statements, without names and operators of rejected ones."""
    on: dict[str, list[Judgement]] = defaultdict(list)
    for line in judgements:
        on[line.target].append(line)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    rejected: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement in statements:
        if statement.property in (NAME, OPERATOR):
            key = (statement.subject.mention, statement.property)
            is_aside = statement.id in on and standing(on[statement.id]).verb in _SET_ASIDE
            if is_aside:
                rejected[key].add(fold_name(statement.value.text))
            elif statement.property == OPERATOR and all(v.stance in AFFIRMING for v in statement.attribution):
                said[key].add(fold_space(statement.value.text))
    return {m.id: _amended(m, said, rejected) for m in sorted(mentions, key=lambda m: m.id)}


def _amended(
    mention: Mention, said: Mapping[tuple[str, str], set[str]], rejected: Mapping[tuple[str, str], set[str]]
) -> Mention:
    def words(prop: str, found: tuple[str, ...]) -> tuple[str, ...]:
        added = said.get((mention.id, prop), set())
        gone = rejected.get((mention.id, prop), set()) - {fold_name(w) for w in added}
        return tuple(sorted({w for w in (*found, *added) if fold_name(w) not in gone}))

    return msgspec.structs.replace(
        mention, names=words(NAME, mention.names), operators=words(OPERATOR, mention.operators)
    )


def _several(
    mentions: Iterable[Mention], statements: Iterable[Statement], profile: Profile
) -> frozenset[tuple[str, str, str]]:
    """Return (document, kind, city) where the document itself says that the city has several."""
    kinds = [kind for kind, rule in profile.kinds.items() if rule.counted or rule.look_alike]
    found: set[tuple[str, str, str]] = set()
    for mention in mentions:
        kind, _, place = (mention.group or "").partition(":")
        city = city_of(place if kind == "territory" else mention.place)
        if mention.group and city:
            found.add((mention.document, mention.kind, city))
    for statement in statements:
        number, city = statement.value.number, city_of(statement.scope.where)
        if statement.value.type == "count" and number is not None and number > 1 and city:
            found |= {(statement.document, kind, city) for kind in kinds}
    return frozenset(found)


__all__ = ["NAME", "OPERATOR", "Sketched", "sketched"]
