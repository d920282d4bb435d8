"""Value keys: when do two statements say the same of one entity? Keys are positive; who says it is in none. Pure."""

import json

from overt.model import Statement, digest
from overt.model.edtf import is_edtf
from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.weigh.naming import Naming

EXISTENCE = "existence"
YES = "yes"
_NO = "no"
# What stands before a key that is words and no code, place, date or known body: it equals only the same words.
WORDS = "words:"


def value_key(statement: Statement, profile: Profile, naming: Naming) -> str:
    """Return the key of what a statement says, equal for all words and languages in which it can be said.

    place: its id; date: EDTF; term: its code; entity: the body's key; count: see `count_key`; text and whatever has no
    normal form: the folded words. "Does not exist" is the key `yes` (with `is_negated`).
    """
    value = statement.value
    rule = profile.properties.get(statement.property)
    sort = rule.type if rule is not None else value.type
    if statement.property == EXISTENCE:
        return YES
    if sort == "count":
        return count_key(statement, naming)
    if sort == "entity":
        return naming.organisation(value.text)
    if sort == "place" and value.normal and gazetteer.get(value.normal) is not None:
        return value.normal
    if sort == "date" and value.normal and is_edtf(value.normal):
        return value.normal
    if sort == "term" and value.normal:
        return value.normal
    return WORDS + naming.fold(value.text)


def is_negated(statement: Statement) -> bool:
    """True where the value itself says no to the positive key ("it does not exist" as a value)."""
    return statement.property == EXISTENCE and statement.value.normal == _NO


def question_parts(statement: Statement, naming: Naming) -> tuple[str, str, str, str, str]:
    """Return the question that a reported count answers: what, unit, whose, where, as of."""
    scope = statement.scope
    return (
        statement.subject.kind,
        statement.value.unit or "",
        naming.organisation(scope.whose) if scope.whose else "",
        scope.where or "",
        scope.as_of or "",
    )


def count_key(statement: Statement, naming: Naming) -> str:
    """Return [what, unit, whose, where, as of, qualifier, number] as canonical JSON."""
    number = statement.value.number
    if number is None:
        figure = statement.value.text
    else:
        figure = str(int(number)) if float(number).is_integer() else repr(float(number))
    parts = [*question_parts(statement, naming), statement.qualifier or "", figure]
    return json.dumps(parts, ensure_ascii=False)


def shown_value(statement: Statement, profile: Profile, key: str) -> str:
    """Return the value as a fact prints it: the label of a code, the name of a place, a date, else the words."""
    rule = profile.properties.get(statement.property)
    if rule is not None and key in rule.codes:
        return rule.codes[key].get("en", key)
    if rule is not None and rule.type == "place" and not key.startswith(WORDS):
        return gazetteer.label(key, "en")
    if rule is not None and rule.type == "date" and not key.startswith(WORDS):
        return key
    if statement.property == EXISTENCE:
        return YES
    return statement.value.text


def fact_id(entity: str, prop: str, key: str) -> str:
    """Return the id of a fact: entity, property and value key, nothing else."""
    return digest("fact", entity, prop, key)
