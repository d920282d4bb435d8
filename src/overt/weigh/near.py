"""Near-duplicate passages, by exact Jaccard of hashed 4-shingles: words in spaced scripts, characters in Chinese. Pure.

Method: w-shingling (Broder 1997). An index of shingles finds the pairs, so that passages that share nothing are never
compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from hashlib import blake2b
from itertools import chain

from overt.model.sets import Sets
from overt.weigh.rules import rules
from overt.words.scripts import CJK, fold

_HASH_BYTES = 8
_TOKEN = re.compile(f"[{CJK}]|[^\\W_{CJK}]+")


def _tokens(text: str) -> list[str]:
    """Words of spaced scripts, single characters of the others."""
    return _TOKEN.findall(fold(text))


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of tokens of `text`; a shorter text is one run."""
    size = rules().numbers.shingle
    tokens = _tokens(text)
    runs = {"\n".join(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1))}
    return frozenset(
        int.from_bytes(blake2b(run.encode("utf-8"), digest_size=_HASH_BYTES).digest(), "big") for run in runs
    )


def groups(texts: Mapping[str, str], words: Callable[[str], frozenset[int]] = shingles) -> dict[str, str]:
    """Return id -> name of its group of near-duplicates (the smallest id of the group).

    Args:
        texts: id -> passage.
        words: the shingles of a passage; another function may have them at hand.
    """
    sets = Sets()
    first: dict[str, str] = {}  # copies word for word need no comparing
    for name in sorted(texts):
        if first.setdefault(texts[name], name) != name:
            sets.unite(first[texts[name]], name)
    marks = {name: words(text) for text, name in first.items()}
    holders: dict[int, list[str]] = defaultdict(list)
    least = rules().numbers.near_duplicate
    for name, mark in marks.items():
        shared = Counter(chain.from_iterable(holders[word] for word in mark if word in holders))
        for other, common in shared.items():
            if common / (len(mark) + len(marks[other]) - common) >= least:
                sets.unite(name, other)
        for word in mark:
            holders[word].append(name)
    return {name: sets.name(name) for name in sorted(texts)}
