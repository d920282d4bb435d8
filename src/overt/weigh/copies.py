"""Passages that retell a passage of an earlier page: word for word, edited, reordered, or in another language. Pure.

Two signs. *Words*: shared shingles (w-shingling, Broder 1997), exact. *Anchors*: what survives every rewriting and
translation, the numbers and places of a passage, and what its statements say by which known voice. A
passage may well repeat another one's numbers by chance, so signs of single passages count only between two pages of
which one retells the other as a whole. Pages go in the order of time, and nothing depends on the order of input.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

import msgspec

from overt.model import Document, PassageKind, Statement
from overt.places import finding
from overt.profile.schema import Profile
from overt.weigh.keys import WORDS, value_key
from overt.weigh.naming import Naming
from overt.weigh.near import shingles
from overt.weigh.rules import rules
from overt.words.numbers import numbers

Place = tuple[str, int]  # the id of a document and the number of a passage in it
_MOST_ANCHORS = 12  # of a passage, for finding candidates: a list of fifty cities would make a thousand pairs
_MOST_CANDIDATES = 20


class Marks(msgspec.Struct, frozen=True):
    """What a passage is compared by."""

    words: frozenset[int]
    anchors: frozenset[str]


def retold(
    order: Sequence[str],
    pages: Mapping[str, Document],
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
) -> dict[Place, Place]:
    """Return passage -> the passage of an earlier page that it retells.

    Args:
        order: ids of documents in order of (published, capture); each is compared with those before it.
        pages: the documents by id.
        statements: what is said in which passage; only passages in which something is said are compared.
        profile: its property types make value keys.
        naming: how names are compared.
    """
    marked = _marked(order, pages, statements, profile, naming)
    by_word: dict[int, list[str]] = defaultdict(list)
    by_pair: dict[tuple[str, str], list[str]] = defaultdict(list)
    out: dict[Place, Place] = {}
    for page in order:
        mine = marked.get(page)
        if not mine:
            continue
        found: dict[int, Place] = {}
        sources = [(page, _retells(mine, marked[page])) for page in _candidates(mine, by_word, by_pair)]
        for earlier, passages in sorted(sources, key=lambda pair: -sum(1 + s for _, s in pair[1].values())):
            for passage, (other, _) in passages.items():
                found.setdefault(passage, (earlier, other))
        if found:
            # A heading has no source of its own: it says in short what the page says.
            source = next(iter(found.values()))
            for passage in mine:
                if pages[page].passages[passage].kind is PassageKind.HEADING:
                    found.setdefault(passage, source)
        out |= {(page, passage): _first(out, place) for passage, place in found.items()}
        if len(found) == len(mine):
            continue  # adds nothing of its own: whoever copies it copies the first one too
        for word in {word for marks in mine.values() for word in marks.words}:
            by_word[word].append(page)
        for pair in {pair for marks in mine.values() for pair in _pairs(marks)}:
            by_pair[pair].append(page)
    return out


def _first(out: Mapping[Place, Place], place: Place) -> Place:
    """The passage that stands first: of a copy's copy that of the first page."""
    return out.get(place, place)


def _marked(
    order: Sequence[str],
    pages: Mapping[str, Document],
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
) -> dict[str, dict[int, Marks]]:
    said: dict[Place, set[str]] = defaultdict(set)
    for one in statements:
        if one.document in pages and 0 <= one.passage < len(pages[one.document].passages):
            said[one.document, one.passage].update(_said(one, profile, naming))
    wanted = set(order)
    marked: dict[str, dict[int, Marks]] = defaultdict(dict)
    for (page, passage), anchors in sorted(said.items()):
        if page in wanted:
            document = pages[page]
            text = document.passages[passage].text
            language = document.passages[passage].language or document.language
            marked[page][passage] = Marks(shingles(text), frozenset(anchors | _printed(text, language)))
    return {page: _telling(many) for page, many in marked.items()}


def _telling(passages: Mapping[int, Marks]) -> dict[int, Marks]:
    """Without the anchors that half of a page's passages have: what a page is about tells none of them apart."""
    if len(passages) < rules().numbers.retold_passages:
        return dict(passages)
    number = Counter(anchor for marks in passages.values() for anchor in marks.anchors)
    common = frozenset(anchor for anchor, times in number.items() if times * 2 > len(passages))
    return {at: msgspec.structs.replace(marks, anchors=marks.anchors - common) for at, marks in passages.items()}


def _said(statement: Statement, profile: Profile, naming: Naming) -> Iterator[str]:
    """What is said, by which known voices. Places and figures are printed, and count once."""
    rule = profile.properties.get(statement.property)
    key = value_key(statement, profile, naming)
    if rule is not None and rule.type not in ("place", "count") and not key.startswith(WORDS):
        yield f"said {statement.property} {key}"
    for voice in statement.attribution[:-1]:
        known = naming.voice(voice)
        if known and naming.shown(known) is not None:
            yield f"by {known}"


@lru_cache(maxsize=10_000)
def _printed(text: str, language: str | None) -> frozenset[str]:
    out = {f"place {span.place.id}" for span in finding.find(text, language)}
    for span in numbers(text, language):
        if span.value is not None and span.kind in ("number", "year_like"):
            out.add(f"number {span.value:g}")
    return frozenset(out)


def _pairs(marks: Marks) -> Iterator[tuple[str, str]]:
    yield from combinations(sorted(marks.anchors)[:_MOST_ANCHORS], 2)


def _candidates(
    mine: Mapping[int, Marks],
    by_word: Mapping[int, list[str]],
    by_pair: Mapping[tuple[str, str], list[str]],
) -> list[str]:
    """Earlier pages that may be retold, the likeliest first."""
    shared: Counter[str] = Counter()
    for word in {word for marks in mine.values() for word in marks.words}:
        shared.update(by_word.get(word, ()))
    for pair in {pair for marks in mine.values() for pair in _pairs(marks)}:
        shared.update(by_pair.get(pair, ()))
    return sorted(shared, key=lambda page: (-shared[page], page))[:_MOST_CANDIDATES]


def _retells(mine: Mapping[int, Marks], theirs: Mapping[int, Marks]) -> dict[int, tuple[int, float]]:
    """Return passage -> its passage there and their likeness; empty where the page does not retell that one as a whole.

    No two passages retell one: many passages about one site have its place and its name in common.
    """
    limits = rules().numbers
    pairs = sorted(
        (-_alike(marks, against), passage, other)
        for passage, marks in mine.items()
        for other, against in theirs.items()
        if marks.anchors & against.anchors or marks.words & against.words
    )
    found = _one_to_one(pairs, limits.retold_alike)
    if len(found) < limits.retold_passages or len(found) < limits.retold_share * len(mine):
        return {}
    common = {a for p, (o, _) in found.items() for a in mine[p].anchors & theirs[o].anchors}
    words = sum(len(mine[p].words & theirs[o].words) for p, (o, _) in found.items())
    if len(common) < limits.retold_anchors and words < limits.retold_words:
        return {}
    # In a page that is a copy less will do for the passages that are left, and two may come from one.
    for negative, passage, other in pairs:
        if -negative >= limits.retold_rest:
            found.setdefault(passage, (other, -negative))
    return found


def _one_to_one(pairs: Sequence[tuple[float, int, int]], least: float) -> dict[int, tuple[int, float]]:
    out: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for negative, passage, other in pairs:
        if -negative >= least and passage not in out and other not in taken:
            out[passage] = other, -negative
            taken.add(other)
    return out


def _alike(one: Marks, other: Marks) -> float:
    """How far two passages are alike, by words (then above 1) or by anchors."""
    words = _contained(one.words, other.words)
    if words >= rules().numbers.retold_shingles:
        return 1 + words
    return len(one.anchors & other.anchors) / max(1, len(one.anchors | other.anchors))


def _contained(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


__all__ = ["Place", "retold"]
