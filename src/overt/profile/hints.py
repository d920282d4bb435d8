"""What is no fault of a profile but worth knowing: words that two codes share, codes without words, labels that lack.

A folder and its profile go in; a line of words comes out for each, with file and line where it has one.
"""

from collections import defaultdict
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from overt.profile.faults import line_with
from overt.profile.schema import Profile, Vocabulary

PAGES = ("en", "zh")  # the languages in which pages are made


def hints(folder: Traversable, profile: Profile) -> Iterator[str]:
    """Yield the hints on a profile, labels first, then language by language."""
    path = folder / "profile.toml"
    for name, labels in (
        *((f"kinds.{k}", kind.label) for k, kind in profile.kinds.items()),
        *((f"properties.{p}", rule.label) for p, rule in profile.properties.items()),
        *((f"properties.{p}.{c}", words) for p, rule in profile.properties.items() for c, words in rule.codes.items()),
    ):
        for language in PAGES:
            if not labels.get(language):
                yield f"{path}: {name} has no label in {language}; pages in it show another one"
    for language, vocabulary in sorted(profile.vocabularies.items()):
        where = folder / "vocabulary" / f"{language}.toml"
        yield from _of(profile, vocabulary, where)


def _of(profile: Profile, vocabulary: Vocabulary, path: Traversable) -> Iterator[str]:
    for prop, codes in vocabulary.terms.items():
        means: dict[str, list[str]] = defaultdict(list)
        for code, phrases in codes.items():
            for phrase in phrases:
                means[phrase].append(code)
        for phrase, several in means.items():
            if len(set(several)) > 1:
                yield f"{path}, line {line_with(path, phrase)}: {phrase!r} means {' and '.join(several)} of {prop}"
            elif len(several) > 1:
                yield f"{path}, line {line_with(path, phrase)}: {phrase!r} stands twice under {several[0]} of {prop}"
    counted = [kind for kind, rule in profile.kinds.items() if rule.counted]
    for kind in counted:
        if not vocabulary.kinds.get(kind) and not vocabulary.names.get(kind):
            yield f"{path}: no noun and no name for {kind}: nothing is found in this language without one"
    silent = [
        f"{prop}.{code}"
        for prop, rule in profile.properties.items()
        for code in rule.codes
        if rule.type == "term" and not vocabulary.terms.get(prop, {}).get(code)
    ]
    if silent:
        yield f"{path}: no words for {', '.join(silent)}"
    if not vocabulary.examples:
        yield f"{path}: no examples; `overt profile test` has nothing to try"


__all__ = ["hints"]
