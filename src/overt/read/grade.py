"""Was the content really there? A cookie wall, bot check or error page is told from the article it stands for.

In: the passages of a page, its title, and whether the page itself says that it is not free. Out: a grade and by which
words it was seen. The signs are those of `grade.toml`. An article with a cookie banner is whole: a sign counts only
where little prose stands beside it.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

import msgspec

from overt.model import Grade, Passage, PassageKind
from overt.read.sums import weight
from overt.words.patterns import PatternSet

_SIGN = 60  # words of a passage up to which it can be a sign; what is longer is prose that speaks of such signs
_PROSE = 8  # words from which a passage counts as prose
_WHOLE_LINE = 0.6  # the share of a line that a sign is from which it is all that the line says
_TEASER = 12  # words of prose from which there is something of the text before a paywall
_CUT = 60  # a text of fewer words on a page that calls itself not free is a teaser
_SHELLS = ("bot_check", "error", "login", "cookie_wall")
_TITLE_ONLY = ("error",)  # the signs of these count in titles and headings alone, unless there is next to no prose
_KINDS = (PassageKind.PARAGRAPH, PassageKind.QUOTE, PassageKind.LIST_ITEM, PassageKind.TABLE_CELL)


class Signs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of `grade.toml`."""

    most: int
    signs: tuple[str, ...]


@lru_cache(maxsize=1)
def _tables() -> dict[str, Signs]:
    text = resources.files("overt.read").joinpath("grade.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Signs])


@lru_cache(maxsize=1)
def _signs() -> dict[str, tuple[int, re.Pattern[str]]]:
    return {name: (t.most, re.compile("|".join(t.signs), re.IGNORECASE)) for name, t in _tables().items()}


@lru_cache(maxsize=1)
def _any_sign() -> PatternSet:
    """All signs at once, for prose, where they are asked for most and found least."""
    return PatternSet([sign for table in _tables().values() for sign in table.signs], ignore_case=True)


def grade(
    passages: Sequence[Passage],
    title: str | None = None,
    is_free: bool = True,
    *,
    window: str | None = None,
    asks_password: bool = False,
) -> tuple[Grade, str | None]:
    """Return the grade of a page, and for all but `whole` the words by which it was seen.

    Args:
        passages: the page's passages, main text or not.
        title: its title.
        is_free: false where the page's own data says that it is not (JSON-LD `isAccessibleForFree`).
        window: what a browser writes on the window: checks and errors often stand there alone.
        asks_password: true where the page holds a field for a password.
    """
    signs = _signs()
    _, walls = signs["paywall"]
    enough = max(_CUT, *(most for most, _ in signs.values()))
    prose, brief = 0, []
    for p in passages:
        if p.main and p.kind in _KINDS:
            words = weight(p.text)
            if words > _SIGN:
                prose += words
            elif words >= _PROSE:
                brief.append((words, p.text))
        if prose > enough:
            return Grade.WHOLE, None  # no sign is believed beside so much
    for words, text in brief:
        if not _any_sign().matches(text):
            prose += words
        if prose > enough:
            return Grade.WHOLE, None
    short = [(p.text, p.kind) for p in passages if weight(p.text) <= _SIGN]
    short[:0] = [(text, PassageKind.HEADING) for text in dict.fromkeys((title, window)) if text]
    for name in _SHELLS:
        most, pattern = signs[name]
        if prose > most:
            continue
        for text, kind in short:
            found = pattern.search(text)
            is_line = found is not None and len(found[0]) >= _WHOLE_LINE * len(text)
            if name in _TITLE_ONLY and kind is not PassageKind.HEADING and prose > _TEASER and not is_line:
                continue
            if found is not None:
                return (Grade.ERROR if name == "error" else Grade.SHELL), f"{name}: {found[0]}"
    if asks_password and prose == 0:
        return Grade.SHELL, "login: a field for a password"
    if prose <= signs["paywall"][0]:
        for text, _kind in short:
            if found := walls.search(text):
                return (Grade.PARTIAL if prose >= _TEASER else Grade.SHELL), f"paywall: {found[0]}"
    if not is_free and prose <= _CUT:
        return Grade.PARTIAL, "paywall: isAccessibleForFree is false"
    return Grade.WHOLE, None
