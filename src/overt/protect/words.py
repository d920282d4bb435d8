"""Neutral words: what templates and labels never say (DESIGN section 7). Quotes, names, search terms and the page of
methods may.

In: a text of our own and its language. Out: each word that must not stand there, with its place.
"""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from overt.profile.schema import Profile
from overt.words.phrases import Phrases, matchable


class Said(msgspec.Struct, frozen=True, order=True):
    """A word that must not be said, where it stands."""

    start: int
    end: int
    word: str


@cache
def _never_say() -> dict[str, dict[str, tuple[str, ...]]]:
    text = files("overt.protect").joinpath("never_say.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, dict[str, tuple[str, ...]]])


def never_said(language: str) -> tuple[str, ...]:
    """Return the phrases of a language, as the page of methods lists them."""
    return _never_say().get(language, {}).get("words", ())


@cache
def _phrases(language: str, more: tuple[str, ...]) -> Phrases:
    return Phrases((word, word) for word in sorted({*never_said(language), *more}))


def said(text: str, language: str, more: tuple[str, ...] = ()) -> list[Said]:
    """Return the words in `text` that a page of ours never says.

    Args:
        text: words of our own, no quote.
        language: en or zh.
        more: further phrases, as the profile lists them.
    """
    hits = _phrases(language, more).find(matchable(text)) if text.strip() else []
    return [Said(hit.start, hit.end, text[hit.start : hit.end]) for hit in hits]


def said_by_profile(profile: Profile) -> list[tuple[str, str, str]]:
    """Return (where, language, word) for each label of kinds, properties and units that is not neutral.

    Codes of terms are what somebody says, in few words, and are shown as such: they are not checked.
    """
    labels = [(f"kinds.{k}", v.label) for k, v in profile.kinds.items()]
    labels += [(f"kinds.{k}.plural", v.plural) for k, v in profile.kinds.items()]
    labels += [(f"properties.{k}", v.label) for k, v in profile.properties.items()]
    labels += [(f"properties.{k}.units.{u}", w) for k, v in profile.properties.items() for u, w in v.units.items()]
    return [
        (where, language, hit.word)
        for where, words in sorted(labels, key=lambda pair: pair[0])
        for language, text in sorted(words.items())
        for hit in said(text, language, profile.publication.never_say.get(language, ()))
    ]
