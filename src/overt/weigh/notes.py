"""What is said beside a counted row: denials, states said by somebody on a day, findings and actions. Neutral words."""

from collections.abc import Iterable, Sequence

from overt.model import Statement
from overt.profile.schema import Profile
from overt.weigh.agreement import latest_first
from overt.weigh.keys import EXISTENCE
from overt.weigh.stance import affirms, denies, retracts


def notes(statements: Iterable[Statement], profile: Profile) -> tuple[str, ...]:
    """Return the notes of a row's part, without repetition: denials first, then findings and actions, then states.

    Args:
        statements: those about one site that a count takes, of all properties.
        profile: tells findings, actions of authorities and states by their properties.
    """
    many = sorted(statements, key=lambda s: s.id)
    existence = [s for s in many if s.property == EXISTENCE]
    found: list[str] = []
    if any(denies(s) for s in existence):
        found.append(_dated("denied", [s for s in existence if denies(s)]))
    if any(retracts(s) for s in existence):
        found.append(_dated("retracted in part", [s for s in existence if retracts(s)]))
    for name, rule in sorted(
        profile.properties.items(), key=lambda item: (not item[1].finding, item[1].order, item[0])
    ):
        mine = [s for s in many if s.property == name and affirms(s) and not s.implied]
        if rule.finding or rule.needs_actor:
            found += _latest(mine, profile, "{value}: “{words}”, said on {day} by {voice}")
        elif rule.cardinality == "one_at_a_time":
            found += _latest(mine, profile, "said on {day} by {voice} to be {value}")
    return tuple(dict.fromkeys(found))


def _dated(words: str, statements: Sequence[Statement]) -> str:
    days = sorted(s.published for s in statements if s.published)
    return f"{words}, first on {days[0]} in this case" if days else words


def _latest(statements: Sequence[Statement], profile: Profile, form: str) -> list[str]:
    """One note a value: its latest statement."""
    first: dict[str, Statement] = {}
    for statement in latest_first(statements):
        first.setdefault(statement.value.normal or statement.value.text, statement)
    return [
        form.format(
            value=_value(statement, profile),
            words=statement.value.text,
            day=statement.published or "a day not given",
            voice=_voice(statement),
        )
        for statement in first.values()
    ]


def _value(statement: Statement, profile: Profile) -> str:
    rule = profile.properties[statement.property]
    code = statement.value.normal
    if code in rule.codes:
        return rule.codes[code].get("en", code)
    return rule.label.get("en", statement.property)


def _voice(statement: Statement) -> str:
    voice = statement.voice
    return voice.organisation or voice.role or "a voice without a name"
