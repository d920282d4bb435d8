"""Names of persons in a text that nobody has listed: by what stands beside them, or by how they look.

In: a text. Out: spans, and whether the name is certain enough to be looked for, word by word, in the whole case. The
words beside names stand in `people.toml`. It says yes too often rather than too seldom.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

import msgspec

from overt.places import gazetteer
from overt.protect import bodies
from overt.protect.match import fold_name
from overt.words import patterns
from overt.words.scripts import has_cjk, is_cjk, narrow, simplify

_LARGE = r"\p{Lu}[\p{L}'’\-]+"
_SPACE = r"[ \x{A0}]"
_PARTICLE = r"(?:van der|van den|von der|van|von|de|del|della|di|da|dos|du|la|le|al|el|bin|ibn)"
_MORE = rf"(?:{_SPACE}(?:{_PARTICLE}{_SPACE})*{_LARGE})"
_NAME = rf"{_LARGE}{_MORE}{{0,3}}"
_NAMES = rf"{_LARGE}{_MORE}{{1,3}}"
# A syllable of Pinyin, loosely: what is one is Pinyin, and few English words are all such syllables.
_SYLLABLE = r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?[aeiouü]{1,3}(?:ng?|r)?"
_PINYIN = re.compile(rf"(?:{_SYLLABLE}'?){{1,3}}")
# Where so many of the longer words are written large, large letters tell nothing (a headline).
_HEADLINE = 0.6
# A role so many characters before a name makes it certain ("the minister of the interior, ...").
_NEAR = 40

Span = tuple[int, int]


class Person(msgspec.Struct, frozen=True):
    """A span that is, or may be, a person's name."""

    start: int
    end: int
    is_certain: bool


@cache
def _lists() -> dict[str, list[str] | str]:
    text = files("overt.protect").joinpath("people.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, list[str] | str])


def _any(name: str) -> str:
    return "(?:" + "|".join(_lists()[name]) + ")"


@cache
def _latin() -> tuple[tuple[patterns.Pattern, bool], ...]:
    """Patterns whose group 1 is the name, and whether what matches is certain."""
    title, role, say = _any("titles"), _any("roles"), _any("says")
    sources = (
        (rf"\b{title}\.?{_SPACE}+({_NAME})", True),
        (rf"\b(?i:{role}),?{_SPACE}+({_NAMES})", True),
        (rf"\b(?:said|says|according to|told by){_SPACE}+({_NAMES})", True),
        (rf"\b({_NAMES}){_SPACE}{say}\b", True),
        (rf"\b({_NAMES}),? (?:who|whose|aged|also known as|alias|\(?\d\d\)?,)", True),
        (rf"\b({_NAMES}), (?:an?|the|its|his|her) ", False),
        (rf", ({_NAMES})(?:,|\))", False),
    )
    return tuple((patterns.compile(source), certain) for source, certain in sources)


@cache
def _chinese() -> tuple[patterns.Pattern, ...]:
    surname, no = f"[{_lists()['cjk_surnames']}]", _lists()["cjk_not_second"]
    given = r"(?:\p{Han}{1,2})"
    first = rf"[^{no}\P{{Han}}]"
    sources = (
        rf"({surname}\p{{Han}}{{0,2}}?){_any('cjk_titles')}",
        rf"({surname}某\p{{Han}}?)",
        rf"{_any('cjk_roles')}({surname}{first}\p{{Han}}?)",
        rf"(?:名叫|叫做|化名)({given}\p{{Han}}?)",
        r"(\p{Han}{1,6}[·・‧]\p{Han}{1,6}(?:[·・‧]\p{Han}{1,6})?)",
    )
    return tuple(patterns.compile(source) for source in sources)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(_lists()["pinyin_surnames"])


@cache
def is_personal_title(name: str) -> bool:
    """True where what an outlet is called may be the name of a person who writes there.

    Two or three large words of which none is a place, an article or a word of titles ("Jane Public"); in Chinese two
    to four characters with a surname first and no such word. One word alone is taken for a title.
    """
    bare = re.sub(r"\s*[(（].*$", "", name).strip()
    if any(
        test(bare) for test in (bodies.is_outlet, bodies.has_public_words, bodies.is_association, bodies.is_business)
    ):
        return False
    titles = set(bodies.lexicon()["title_words"])
    if has_cjk(bare):
        is_short = 2 <= len(bare) <= 4 and all(is_cjk(char) for char in bare)
        return (
            is_short
            and simplify(bare)[0] in str(_lists()["cjk_surnames"])
            and not any(w in bare for w in titles if not w.isascii())
        )
    words = bare.split()
    if not 2 <= len(words) <= 3 or not all(word[:1].isupper() for word in words):
        return False
    if any(fold_name(word) in titles or bodies.is_common(word) for word in words):
        return False
    return not gazetteer.find(bare, None)


def people(text: str, language: str | None, may_stand: Callable[[str], bool]) -> Iterator[Person]:
    """Yield what looks like a person's name.

    Args:
        text: any text.
        language: its language, where known; places are told by it.
        may_stand: is this the name of a public body, or of an organisation that may be named?
    """
    if has_cjk(text):
        han = simplify(narrow(text))
        for pattern in _chinese():
            for hit in pattern.finditer(han):
                yield Person(*hit.spans[0], True)
    for at, (pattern, is_certain) in enumerate(_latin()):
        for hit in pattern.finditer(text):
            start, end = hit.spans[0]
            name = text[start:end]
            # After a title any name is a person's; elsewhere bodies and places stand in such positions too.
            if at and (may_stand(name) or bodies.is_place(name)):
                continue
            for run in _runs(text, start, end, 1 if not at else 2):
                yield Person(*run, is_certain)
    if not _is_headline(text):
        yield from _large_words(text, language, may_stand)


def _is_headline(text: str) -> bool:
    if text.rstrip().endswith((".", "!", "?")):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > _HEADLINE * len(words)


def _large_words(text: str, language: str | None, may_stand: Callable[[str], bool]) -> Iterator[Person]:
    """Two or more words written large, side by side, that name no place, body or people, may name a person."""
    found = list(patterns.compile(rf"({_NAMES})").finditer(text))
    if not found:
        return
    taken = [(span.start, span.end) for span in gazetteer.find(text, language) if not span.ambiguous]
    taken += [(start, end) for start, end, _ in gazetteer.demonyms(text, language)]
    role = patterns.compile(rf"\b(?i:{_any('roles')})\b")
    for hit in found:
        start, end = hit.spans[0]
        if may_stand(text[start:end]):
            continue
        for run in _runs(text, start, end, 2, taken):
            if not may_stand(text[slice(*run)]):
                before = text[max(0, run[0] - _NEAR) : run[0]].rpartition(". ")[2]
                has_role = role.search(before) is not None
                yield Person(*run, has_role or _is_pinyin(text[slice(*run)]))


def _is_pinyin(name: str) -> bool:
    """True for a Chinese name in Latin letters, the surname first."""
    words = name.split()
    return (
        len(words) <= 3
        and words[0] in _surnames()
        and all(_PINYIN.fullmatch(word.lower().replace("-", "")) for word in words[1:])
    )


def _runs(text: str, start: int, end: int, least: int, taken: list[Span] | None = None) -> Iterator[Span]:
    """Yield the longest stretches of `text[start:end]` without common words and places, of at least `least` words."""
    run: list[Span] = []
    for match in re.finditer(r"[^\s]+", text[start:end]):
        first, last = start + match.start(), start + match.end()
        word = match.group()
        is_small = not word[:1].isupper()
        stops = (
            bodies.is_common(word)
            or bodies.has_public_words(word)
            or any(a < last and first < b for a, b in taken or ())
        )
        if is_small and run:
            continue  # a particle inside a name
        if not stops and not is_small:
            run.append((first, last))
            continue
        if len(run) >= least:
            yield run[0][0], run[-1][1]
        run = []
    if len(run) >= least:
        yield run[0][0], run[-1][1]
