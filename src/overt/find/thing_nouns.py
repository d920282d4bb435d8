"""The nouns of the things that a profile counts: what is spoken of, and never who speaks."""

from overt.profile import Profile
from overt.words.phrases import Phrases, has_cjk

LEAST_OWN, LEAST_OWN_HAN = 3, 4  # words and characters of a thing's noun that names no body too


def is_own(words: str) -> bool:
    """True where the noun of a thing is long enough to name no body too (but not "police unit")."""
    return len(words) >= LEAST_OWN_HAN if has_cjk(words) else len(words.split()) >= LEAST_OWN


def nouns_of_things(language: str, profile: Profile) -> Phrases:
    """What a profile counts, by its nouns in a language: `own`, or `weak` where the noun names other things too."""
    words = profile.vocabularies.get(language)
    if words is None:
        return Phrases(())
    tables = [("own", words.kinds), ("own", words.plural), ("weak", words.weak), ("weak", words.weak_plural)]
    return Phrases(
        (key, phrase)
        for key, table in tables
        for kind, phrases in table.items()
        if profile.kinds[kind].counted
        for phrase in phrases
    )


__all__ = ["is_own", "nouns_of_things"]
