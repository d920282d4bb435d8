"""Is a name that of a public body, of an association or business, or is it no name at all?

The words stand in `bodies.toml`; the profile adds the voices it knows. In doubt a name is nobody's public name.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from overt.places import gazetteer
from overt.profile.schema import Profile
from overt.protect.match import fold_name
from overt.words.scripts import has_cjk, is_cjk, simplify

_CJK_LEAST = 2  # one character tells nothing apart


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """Return the lists of `bodies.toml`."""
    text = files("overt.protect").joinpath("bodies.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, tuple[str, ...]])


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon()["common"])


@cache
def _pattern(which: str) -> re.Pattern[str]:
    """Return the words of a list as one pattern over folded text; `*` stands for the rest of a word."""
    words = sorted((_fold_stars(word) for word in lexicon()[which]), key=lambda word: (-len(word), word))
    latin = "|".join(word.replace("*", "[a-z0-9]*") for word in words if not has_cjk(word))
    return re.compile("|".join([rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])", *(w for w in words if has_cjk(w))]))


def _fold_stars(word: str) -> str:
    return "*".join(fold_name(part) for part in word.split("*"))


@cache
def _holds(name: str, which: str) -> bool:
    return _pattern(which).search(fold_name(name)) is not None


@cache
def is_association(name: str) -> bool:
    """True where the words say that it is an association."""
    return _holds(name, "association")


@cache
def is_business(name: str) -> bool:
    """True where the words say that it is a business, and no association."""
    return not is_association(name) and _holds(name, "business")


@cache
def has_public_words(name: str) -> bool:
    """True where the words say that it is a public body and nothing says that it is an association or business."""
    if re.sub(r"^(?:the|el|la|il|le|l) ", "", fold_name(name)) in lexicon()["public_alone"]:
        return True
    return _holds(name, "public") and not _holds(name, "association") and not _holds(name, "business")


@cache
def is_outlet(name: str) -> bool:
    """True where the words say that it is a newspaper, broadcaster or news agency: these are named as voices."""
    return _holds(name, "outlet")


def known_names(profile: Profile, public_bodies_only: bool) -> frozenset[str]:
    """Return the folded names of the voices that the profile knows as public."""
    kinds = set(lexicon()["public_kinds"])
    return frozenset(
        fold_name(name)
        for voice in profile.voices.values()
        if voice.public and (not public_bodies_only or voice.kind in kinds)
        for name in (*voice.names, *voice.name.values())
    )


@cache
def is_common(word: str) -> bool:
    """True for a capitalised word that names nobody: a role, a month, a people, a country."""
    key = fold_name(word)
    if key in _common() or len(key) < 2:
        return True
    if any((start, end) == (0, len(word)) for start, end, _ in gazetteer.demonyms(word, "en")):
        return True
    return any(
        (span.start, span.end) == (0, len(word)) and span.place.kind == "country" for span in gazetteer.find(word, "en")
    )


def is_name_like(words: str) -> bool:
    """True where words look like a proper name: a capitalised word that names somebody, or a Chinese name.

    "a restaurant", "Chinese volunteers" and "当地侨胞" are no names.
    """
    if has_cjk(words):
        return bool(cjk_names(words))
    tokens = [token.strip("'’\"“”(),.;:") for token in words.replace("-", " ").split()]
    return any(token[:1].isupper() and not is_common(token) for token in tokens)


# What ends a name in Chinese: signs, and words of grammar ("和" but not "和平", which associations are called after).
_CJK_ENDS = re.compile(
    r"[、,，;；:：。()（）「」『』“”\"'‘’《》【】\s]|和(?!平)|[与及由的是了在并将对向被把从于有没都为该这那些个]"
)


@cache
def cjk_names(words: str) -> tuple[str, ...]:
    """Return the parts of Chinese words that may be names: a place with the kind of an association, or words that are
    neither general nor grammar."""
    return tuple(part for part in _CJK_ENDS.split(simplify(words)) if len(part) >= _CJK_LEAST and _is_cjk_name(part))


def _is_cjk_name(part: str) -> bool:
    if not has_cjk(part):
        return is_name_like(part)
    if len(cjk_core(part)) >= _CJK_LEAST:
        return True
    return (is_association(part) or is_business(part)) and bool(gazetteer.find(part, "zh"))


def cjk_core(name: str) -> str:
    """Return what tells a Chinese name from others: without its kind, places and general words. May be empty."""
    rest = simplify(name)
    for span in sorted(gazetteer.find(rest, "zh"), key=lambda span: -span.start):
        rest = rest[: span.start] + rest[span.end :]
    lists = lexicon()
    for word in sorted(
        (*lists["association"], *lists["business"], *lists["public"], *lists["generic_cjk"]), key=len, reverse=True
    ):
        if not word.isascii():
            rest = rest.replace(word, "")
    return "".join(char for char in rest if is_cjk(char))


def is_place(words: str) -> bool:
    """True where the words name places and nothing else ("Fuzhou", "Fuzhou and Qingtian")."""
    if is_association(words) or is_business(words):
        return False
    rest, spans = list(words), gazetteer.find(words, None)
    for span in spans:
        rest[span.start : span.end] = " " * (span.end - span.start)
    left = "".join(rest)
    return bool(spans) and not has_cjk(left) and not is_name_like(left)
