"""Which statements may be public, and which stretches of a document must stay hidden because of those that may not.

In: the registry, the profile, the judgements that stand. Out: the statements that pass with the number of their
reviewers, the hidden stretches, and why the others do not pass. Default deny: what no rule lets pass stays out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

import msgspec

from overt.model import Judgement, Level, Registry, Standing, Statement, Verb, count_reviewers
from overt.profile.schema import Profile
from overt.protect.public import Withheld

SET_ASIDE = frozenset({Verb.REJECT, Verb.NOT_SAID, Verb.AMEND})
RANK = {Level.PUBLIC: 0, Level.TEAM: 1, Level.CONFIDENTIAL: 2}

Stretch = tuple[int, int]


class Clearance(msgspec.Struct, frozen=True):
    """`passing`: id -> (distinct reviewers, was it judged). `hidden`: capture -> stretches of its text, sorted."""

    passing: dict[str, tuple[int, bool]]
    hidden: dict[str, tuple[Stretch, ...]]
    withheld: tuple[Withheld, ...]


def sighting_levels(registry: Registry, lines: Iterable[Judgement]) -> dict[tuple[str, str], Level]:
    """Return the level of each sighting, by (capture, address): a `level` line replaces that of the sighting.

    Of several lines, or several sightings at one address, the most restrictive wins.
    """
    said: dict[str, list[Level]] = defaultdict(list)
    for line in lines:
        if line.verb is Verb.LEVEL and line.detail.get("level") in set(Level):
            said[line.target].append(Level(line.detail["level"]))
    levels: dict[tuple[str, str], Level] = {}
    for sighting in registry.sightings:
        lined = said.get(sighting.address) or said.get(sighting.capture) or [sighting.level]
        key = (sighting.capture, sighting.address)
        levels[key] = max([*lined, levels.get(key, Level.PUBLIC)], key=RANK.__getitem__)
    return levels


def clearance(
    registry: Registry,
    profile: Profile,
    lines: Iterable[Judgement],
    accuses: Callable[[Statement], bool],
    draft: bool = False,
    known: Iterable[Judgement] = (),
) -> Clearance:
    """Say which statements pass.

    Args:
        registry: one built case.
        profile: its rules of publication say how many reviewers a statement needs.
        lines: judgements that stand.
        accuses: does this statement accuse somebody?
        draft: let what nobody judged pass too (for a local preview); what people set aside still stays out.
        known: all lines of the case, undone ones too: that two handles share a key may show in these alone.
    """
    # Of all lines only who wrote them with which key is needed, each pair once.
    lines, known = list(lines), list({(line.handle, line.key): line for line in known}.values())
    levels = sighting_levels(registry, lines)
    on: dict[str, list[Judgement]] = defaultdict(list)
    for line in lines:
        on[line.target].append(line)
    passing: dict[str, tuple[int, bool]] = {}
    withheld: list[Withheld] = []
    own = sorted((s for s in registry.statements if not s.implied), key=lambda s: s.id)
    for statement in own:
        level = levels.get((statement.capture, statement.address))
        if level is Level.CONFIDENTIAL:
            continue  # nothing about confidential material is said anywhere, not even that there is some
        reason = _reason(statement, level, profile, registry, accuses, draft)
        if reason is None:
            standing = registry.standings.get(statement.id, Standing())
            reviewers = standing.reviewers.get(statement.content, 0)
            passing[statement.id] = (reviewers, reviewers >= _needed(profile, accuses(statement)))
        else:
            withheld.append(Withheld(what=statement.id, code=reason[0], why=reason[1]))
    for statement in registry.statements:
        if statement.implied and statement.parent in passing:
            passing[statement.id] = passing[statement.parent]
    return Clearance(
        passing,
        _hidden(_judgeable(registry, own, passing, accuses), passing, profile, on, known, accuses),
        tuple(withheld),
    )


def _needed(profile: Profile, accusing: bool) -> int:
    rules = profile.publication
    return max(1, rules.reviewers_accusing if accusing else rules.reviewers_other)


def _reason(
    statement: Statement,
    level: Level | None,
    profile: Profile,
    registry: Registry,
    accuses: Callable[[Statement], bool],
    draft: bool,
) -> tuple[str, str] | None:
    """Return why a statement does not pass, None where it passes."""
    if level is None:
        return "no_sighting", "no sighting of its page is in the case; build again, or add the page"
    if level is not Level.PUBLIC:
        return "level", f"its page is for the {level}, not for the public"
    if statement.property not in profile.properties:
        return "property", f"the profile has no property {statement.property!r}; update the profile"
    if not statement.attribution:
        return "voice", "it has no voice; amend it"
    standing = registry.standings.get(statement.id, Standing())
    if standing.verb is not None and standing.verb is not Verb.ACCEPT:
        return str(standing.verb), f"a judgement stands against it: {standing.verb}"
    if draft:
        return None
    if not standing.accepts:
        return "unjudged", "nobody has judged it; `judge accept` it, if its words say this"
    needed = _needed(profile, accuses(statement))
    reviewers = standing.reviewers.get(statement.content, 0)
    if not reviewers:
        return "needs_look", "it was accepted with another content; look at it again"
    if reviewers < needed:
        kind = "it accuses" if accuses(statement) else "statements of its kind need more reviewers"
        return "needs_reviewers", f"{kind}: {reviewers} of {needed} reviewers accepted it"
    return None


def _judgeable(
    registry: Registry, own: list[Statement], passing: dict[str, tuple[int, bool]], accuses: Callable[[Statement], bool]
) -> list[Statement]:
    """Return the statements that may hide words: all, and of those judged in another version what is found today.

    Words that are read as an accusation today are hidden even where an earlier reading of them, as none, was accepted.
    """
    passed = {s.id for s in own if s.id in passing and accuses(s)}
    today = [s for s in registry.now if accuses(s) and s.id not in passed and not s.implied]
    return [*own, *(msgspec.structs.replace(s, id=f"now {s.id}") for s in sorted(today, key=lambda s: s.id))]


def _hidden(
    own: list[Statement],
    passing: dict[str, tuple[int, bool]],
    profile: Profile,
    on: dict[str, list[Judgement]],
    known: list[Judgement],
    accuses: Callable[[Statement], bool],
) -> dict[str, tuple[Stretch, ...]]:
    """Return the stretches of each capture's text that no page may show.

    A stretch is hidden by each accusing statement on it that does not pass, and by each one that a judgement
    withholds. Two ways lead out: the same statement passes at another address of the same bytes, or as many people
    as could accept it set it aside.
    """
    same = {_key(s) for s in own if s.id in passing}
    hidden: dict[str, set[Stretch]] = defaultdict(set)
    for statement in own:
        if statement.id in passing or statement.property not in profile.properties:
            continue
        lines = on[statement.id]
        if not any(line.verb is Verb.WITHHOLD for line in lines):
            if not accuses(statement) or _key(statement) in same:
                continue
            aside, needed = [line for line in lines if line.verb in SET_ASIDE], _needed(profile, True)
            if len(aside) >= needed and count_reviewers(aside, known) >= needed:
                continue
        hidden[statement.capture].add((statement.quote.start, statement.quote.end))
    return {capture: tuple(sorted(stretches)) for capture, stretches in sorted(hidden.items())}


def _key(statement: Statement) -> tuple[str, str, str, int, int, str]:
    """What makes two statements of one capture the same words, read in the same way."""
    quote = statement.quote
    return statement.capture, statement.property, statement.value.text, quote.start, quote.end, statement.content
