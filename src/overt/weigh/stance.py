"""What a whole chain says: it weighs as its weakest link. And which statements judgements set aside or accept. Pure."""

from collections.abc import Mapping

from overt.model import AFFIRMING, Stance, Standing, Statement, Verb

_SET_ASIDE = frozenset({Verb.REJECT, Verb.NOT_SAID, Verb.AMEND})


def _outer(statement: Statement) -> list[Stance]:
    return [voice.stance for voice in statement.attribution[1:]]


def effective(statement: Statement) -> Stance | None:
    """Return the stance in which the chain as a whole affirms; None where it affirms nothing.

    "The group alleges that the ministry confirmed" alleges; "the ministry denies that the group said" affirms nothing.
    """
    stances = [statement.stance, *_outer(statement)]
    if any(stance not in AFFIRMING for stance in stances):
        return None
    return Stance.ALLEGES if Stance.ALLEGES in stances else statement.stance


def affirms(statement: Statement) -> bool:
    """True where the chain affirms, be it as an allegation."""
    return effective(statement) is not None


def denies(statement: Statement) -> bool:
    """True where the innermost voice denies and every outer voice tells it as so."""
    return statement.stance is Stance.DENIES and all(stance in AFFIRMING for stance in _outer(statement))


def retracts(statement: Statement) -> bool:
    """True where the innermost voice retracts and every outer voice tells it as so."""
    return statement.stance is Stance.RETRACTS and all(stance in AFFIRMING for stance in _outer(statement))


def _standing(statement: Statement, standings: Mapping[str, Standing]) -> Standing | None:
    """An implied statement stands and falls with its parent."""
    return standings.get(statement.parent if statement.implied and statement.parent else statement.id)


def is_set_aside(statement: Statement, standings: Mapping[str, Standing]) -> bool:
    """True where standing judgements reject the statement, find it not said, or put another in its place.

    A withheld statement still weighs inside the case: withholding says what is published, not what was said.
    """
    standing = _standing(statement, standings)
    return standing is not None and standing.verb in _SET_ASIDE


def is_accepted(statement: Statement, standings: Mapping[str, Standing]) -> bool:
    """True where the winning judgement accepts the statement with the content that it has."""
    standing = _standing(statement, standings)
    if standing is None or standing.verb is not Verb.ACCEPT:
        return False
    return not statement.content or statement.content in standing.accepts
