"""A parsed passage as a tree: children, subtrees and sentences by index of a word. No library is needed for it.

In: a `Parsed` of the model and the passage's text. Out: what rules over dependencies ask for.
"""

from collections.abc import Iterator
from functools import cached_property

from overt.model import Parsed

Span = tuple[int, int]


class Tree:
    """One passage. Words are known by their index; a span of words is half open."""

    def __init__(self, parsed: Parsed, text: str) -> None:
        self.text = text
        self.starts, self.ends, self.heads = parsed.starts, parsed.ends, parsed.heads
        self.parts = parsed.parts.split(" ") if parsed.starts else []
        self.tags = parsed.tags.split(" ") if parsed.starts else []
        self.relations = parsed.relations.split(" ") if parsed.starts else []
        self.lemmas = parsed.lemmas.split(" ") if parsed.starts else []
        self.words = [text[a:b] for a, b in zip(self.starts, self.ends, strict=True)]
        self.low = [word.lower() for word in self.words]

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def children(self) -> list[list[int]]:
        out: list[list[int]] = [[] for _ in self.starts]
        for word, head in enumerate(self.heads):
            if head != word:
                out[head].append(word)
        return out

    @cached_property
    def edges(self) -> list[Span]:
        """For each word the span of its subtree (first word, one past the last)."""
        out = [(i, i + 1) for i in range(len(self))]
        done = [False] * len(self)
        for root in range(len(self)):
            if self.heads[root] != root:
                continue
            stack = [root]
            order = []
            while stack:
                word = stack.pop()
                order.append(word)
                stack += self.children[word]
            for word in reversed(order):
                done[word] = True
                low = min([word, *(out[c][0] for c in self.children[word])])
                high = max([word + 1, *(out[c][1] for c in self.children[word])])
                out[word] = (low, high)
        return out

    def of(self, word: int, *relations: str) -> list[int]:
        """The children of a word in one of these relations, in order."""
        return [c for c in self.children[word] if self.relations[c] in relations]

    def root(self, word: int) -> int:
        while self.heads[word] != word:
            word = self.heads[word]
        return word

    def sentence(self, word: int) -> Span:
        """The words of the sentence that a word stands in."""
        return self.edges[self.root(word)]

    def above(self, word: int) -> Iterator[int]:
        """The words that a word hangs on, from its head up to the root."""
        while self.heads[word] != word:
            word = self.heads[word]
            yield word

    def is_below(self, word: int, top: int) -> bool:
        return word == top or top in self.above(word)

    def at(self, words: Span) -> Span:
        """The offsets of a span of words."""
        return self.starts[words[0]], self.ends[words[1] - 1]
