"""Patterns in linear time: a typed face for RE2, for everything that a profile or a page can hold.

Python's own `re` can be made to run for hours by one line of a hostile page; RE2 cannot. It has no look-around and
no back-references, and that is the price.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec
import re2

from overt.model.errors import InputError

# RE2's own default (8 MB a pattern) is too small for alternations of some thousand names.
_MEMORY = 64 << 20


class Hit(msgspec.Struct, frozen=True):
    """One match: offsets in code points, the words, and the groups (None for a group that took no part)."""

    start: int
    end: int
    text: str
    groups: tuple[str | None, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    named: dict[str, int] = {}

    def group(self, name: str) -> str | None:
        """Return the words of a named group, None where it took no part."""
        return self.groups[self.named[name] - 1]

    def span(self, name: str) -> tuple[int, int]:
        """Return the offsets of a named group, (-1, -1) where it took no part."""
        return self.spans[self.named[name] - 1]


class Pattern:
    """A compiled pattern. Make it with `compile`."""

    __slots__ = ("_names", "_re", "source")

    def __init__(self, source: str, compiled: Any) -> None:
        self.source = source
        self._re = compiled
        self._names: dict[str, int] = dict(compiled.groupindex)

    def finditer(self, text: str, start: int = 0) -> Iterator[Hit]:
        """Yield the matches from left to right that do not overlap. Empty matches are left out.

        Offsets are code points of `text`: RE2 counts bytes of UTF-8, and its Python face turns them back.
        """
        for found in self._re.finditer(text, start):
            if found.end() > found.start():
                yield self._hit(found)

    def search(self, text: str, start: int = 0) -> Hit | None:
        """Return the leftmost match at or after `start`, None where there is none."""
        found = self._re.search(text, start)
        return self._hit(found) if found else None

    def match(self, text: str, start: int = 0) -> Hit | None:
        """Return the match that begins exactly at `start`, None where there is none."""
        found = self._re.match(text, start)
        return self._hit(found) if found else None

    def fullmatch(self, text: str) -> Hit | None:
        """Return the match of the whole of `text`, None where there is none."""
        found = self._re.fullmatch(text)
        return self._hit(found) if found else None

    def _hit(self, found: Any) -> Hit:
        count = len(found.groups())
        spans = tuple((int(found.start(n)), int(found.end(n))) for n in range(1, count + 1))
        return Hit(found.start(), found.end(), found.group(0), found.groups(), spans, self._names)


def _options(longest: bool, ignore_case: bool) -> Any:
    options = re2.Options()
    options.longest_match = longest
    options.case_sensitive = not ignore_case
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


@lru_cache(maxsize=4096)
def compile(pattern: str, longest: bool = False, ignore_case: bool = False) -> Pattern:
    """Compile a pattern in RE2's syntax.

    Args:
        pattern: the pattern. Look-around and back-references are refused.
        longest: take the longest of the matches at a place, not the first alternative.
        ignore_case: Unicode simple case folding.

    Raises:
        InputError: where RE2 cannot compile it.
    """
    try:
        return Pattern(pattern, re2.compile(pattern, _options(longest, ignore_case)))
    except re2.error as error:
        reason = error.args[0].decode("utf-8", "replace") if isinstance(error.args[0], bytes) else str(error)
        raise InputError(f"pattern {pattern!r} cannot be used: {reason}; write it in RE2 syntax") from error


def escape(words: str) -> str:
    """Return a pattern that matches exactly these words."""
    return str(re2.escape(words))


class PatternSet:
    """Many patterns asked at once: which of them are somewhere in a text? A cheap filter before the real ones."""

    __slots__ = ("_set", "size")

    def __init__(self, patterns: Iterable[str], ignore_case: bool = False) -> None:
        """Compile all `patterns`.

        Raises:
            InputError: naming the first pattern that RE2 cannot compile.
        """
        self.size = 0
        self._set = re2.Set.SearchSet(_options(False, ignore_case))
        for pattern in patterns:
            compile(pattern, ignore_case=ignore_case)  # for its clear error: the set itself only says "bad"
            self._set.Add(pattern)
            self.size += 1
        if self.size:
            self._set.Compile()

    def matches(self, text: str) -> list[int]:
        """Return the sorted indexes of the patterns that match somewhere in `text`."""
        return sorted(self._set.Match(text) or ()) if self.size and text else []


def literals(words: Iterable[str], ignore_case: bool = False) -> PatternSet:
    """Return a set that tells which of these words, taken literally, stand somewhere in a text."""
    return PatternSet((escape(word) for word in words), ignore_case=ignore_case)
