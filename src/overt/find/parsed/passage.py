"""A parsed passage with its quotations: who does what, and which words belong together."""

import bisect
from dataclasses import dataclass

from overt.find.parsed.frames import Frames
from overt.find.parsed.tree import Span, Tree
from overt.find.sentence import quotations

SUBJECTS = ("nsubj", "csubj", "nsubjpass")
MARKS = frozenset("\"“”„«»'‘’") | {"''", "``"}
STOPS = MARKS | frozenset(",:;—–-.!?…()[]") | {"--", "...", "―"}
_DEEPEST = 4  # verbs that share a subject: "he wants to go on to say"


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as offsets of the passage. `source` is None where nobody is named.

    `negated` is true of "did not say".
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    rule: str
    negated: bool = False


def _with_marks(text: str, start: int, end: int) -> Span:
    """A quotation with its marks, doubled single ones too."""
    start -= 1
    while start > 0 and text[start - 1] in "'`" and text[start] in "'`":
        start -= 1
    end = min(end + 1, len(text))
    while end < len(text) and text[end] in "'’" and text[end - 1] in "'’":
        end += 1
    return max(0, start), end


class Passage:
    """A passage's tree with its quotations, while attributions are read from it."""

    def __init__(self, tree: Tree, frames: Frames) -> None:
        self.tree = tree
        self.verbs, self.nouns, self.said = frames.verbs, frames.nouns, frames.words
        text = tree.text
        self.spans = [_with_marks(text, a, b) for a, b in quotations(text)]
        self.quotes = [self._words(a, b) for a, b in self.spans]

    def _words(self, start: int, end: int) -> Span:
        """The words of a quotation with its marks."""
        starts = self.tree.starts
        return bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)

    def is_quoted(self, at: int) -> bool:
        """True where an offset stands inside a quotation or on its marks."""
        last = bisect.bisect_right(self.spans, (at, len(self.tree.text) + 1)) - 1
        return last >= 0 and at < self.spans[last][1]

    def subject(self, verb: int, depth: int = 0) -> Span | None:
        """The words of who does what a verb says, wherever the sentence names it."""
        tree = self.tree
        own = tree.of(verb, *SUBJECTS)
        passive = bool(tree.of(verb, "auxpass", "nsubjpass")) or (
            not own and tree.tags[verb] == "VBN" and tree.relations[verb] in ("acl", "advcl", "amod")
        )
        if passive:
            for agent in tree.of(verb, "agent", "prep"):
                if tree.low[agent] in self.said["by"]:
                    for noun in tree.of(agent, "pobj", "pcomp"):
                        return self.noun(noun)
            return None
        if own:
            subject = own[-1]
            if tree.tags[subject] in ("WDT", "WP") and tree.relations[verb] == "relcl":
                low, high = self.noun(tree.heads[verb])
                return (low, subject + 1) if high <= subject else (subject, subject + 1)
            return self.noun(subject)
        head = tree.heads[verb]
        if head == verb or depth > _DEEPEST:
            return None
        relation = tree.relations[verb]
        if relation in ("acl", "relcl"):
            return self.noun(head)
        if relation in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "prep", "parataxis"):
            while head != tree.heads[head] and tree.parts[head] not in ("VERB", "AUX"):
                head = tree.heads[head]
            head = self._speaker(verb, head)
            return self.subject(head, depth + 1) if tree.parts[head] in ("VERB", "AUX") else None
        return None

    def _speaker(self, verb: int, head: int) -> int:
        """ "The group said it had counted 54, adding that ...": the group adds, though the parse hangs it on "it"."""
        tree = self.tree
        if tree.tags[verb] == "VBG" and tree.relations[head] == "ccomp":
            own = tree.of(head, "nsubj")
            if own and tree.parts[own[-1]] == "PRON" and tree.of(tree.heads[head], "nsubj"):
                return tree.heads[head]
        return head

    def noun(self, noun: int) -> Span:
        """A noun with what belongs to its name; clauses that tell of it stay outside."""
        tree = self.tree
        low, high = noun, noun + 1
        for child in tree.children[noun]:
            if tree.relations[child] in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "cc"):
                continue
            a, b = tree.edges[child]
            low, high = min(low, a), max(high, b)
        while low < noun and tree.words[low] in STOPS:
            low += 1
        while high > noun + 1 and tree.words[high - 1] in STOPS:
            high -= 1
        return low, high

    def core(self, verb: int) -> Span:
        """A verb with its auxiliaries, negation, and adverbs beside it."""
        tree = self.tree
        low, high = verb, verb + 1
        near = {c for c in tree.children[verb] if tree.relations[c] in ("aux", "auxpass", "neg", "advmod", "prt")}
        while low - 1 in near:
            low -= 1
        while high in near:
            high += 1
        return low, high

    def trim(self, low: int, high: int) -> Span | None:
        """A span of words without commas and the like at its ends; quotation marks stay."""
        words = self.tree.words
        loose = STOPS - MARKS
        while low < high and (words[low] in loose or words[low].isspace()):
            low += 1
        while high > low and (words[high - 1] in loose - {"!", "?", "…"} or words[high - 1].isspace()):
            high -= 1
        return (low, high) if low < high else None


__all__ = ["MARKS", "STOPS", "SUBJECTS", "Passage", "Told"]
