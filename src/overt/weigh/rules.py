"""The rules of weighing as data: loads `rules.toml` strictly and gives its words in English and Chinese."""

from functools import lru_cache
from importlib import resources

import msgspec

from overt.model import Support

Words = dict[str, str]


class Numbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Thresholds, each with its reason in the file."""

    near_duplicate: float
    shingle: int
    exact_keys: int
    retold_passages: int
    retold_share: float
    retold_shingles: float
    retold_alike: float
    retold_rest: float
    retold_anchors: int
    retold_words: int


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rules`: rule id -> language -> words. The others: language -> code -> words."""

    version: str
    numbers: Numbers
    units: Words
    rules: dict[str, Words]
    sentences: dict[str, Words]
    support: dict[str, Words]
    reasons: dict[str, Words]
    not_comparable: dict[str, Words]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """Return the rules that this version of Overt weighs by.

    Raises:
        msgspec.ValidationError: where the shipped file breaks its schema (a fault of the package, not of a user).
    """
    data = resources.files("overt.weigh").joinpath("rules.toml").read_bytes()
    return msgspec.toml.decode(data, type=Rules)


def rule_text(rule: str, language: str = "en") -> str:
    """Return a rule of weighing in words, by the id that a fact names.

    Raises:
        KeyError: where there is no such rule.
    """
    return rules().rules[rule][told_in(language)]


def support_word(support: Support, language: str = "en") -> str:
    """Return the word for a support in a language."""
    return rules().support[told_in(language)][support.word]


def reason(code: str, language: str = "en", **words: str) -> str:
    """Return why something is not counted, in words."""
    return rules().reasons[told_in(language)][code].format(**words)


def not_comparable(code: str, language: str = "en", what: str = "") -> str:
    """Return why a reported count does not stand beside a recount, in words. `what`: whose sites it counts or where."""
    return rules().not_comparable[told_in(language)][code].format(what=what)


def sentence_part(code: str, language: str = "en", **words: str | int) -> str:
    """Return one sentence of the paragraph that prints a count."""
    return rules().sentences[told_in(language)][code].format(**words)


def told_in(language: str) -> str:
    """Return which of the languages of the rules stands for a language: `zh` for any Chinese, else `en`."""
    return "zh" if language.split("-")[0] == "zh" else "en"
