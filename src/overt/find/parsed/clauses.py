"""What is said as a clause: behind its verb, before it, on both sides, or around "as police have said".

Each function takes a passage, the verb, its core (the verb with its auxiliaries) and its source, as spans of words, and
returns the spans of what is said; none where the frame does not fit.
"""

from overt.find.parsed.passage import MARKS, STOPS, Passage
from overt.find.parsed.tree import Span, Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NEAR = 8  # words between a verb and the quotation that it opens ("said on Sunday in Zagreb: ...")


def _bounds(passage: Passage, verb: int, core: Span, source: Span | None) -> Span:
    """The words of "X said", with its source where that stands beside the verb."""
    tree = passage.tree
    low, high = core
    own = tree.of(verb, "nsubj")
    if own:
        a, b = tree.edges[own[-1]]
        low, high = min(low, a), max(high, b)
    elif source is not None and source[1] == low:
        low = source[0]
    return low, high


def clause(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "says that ...", "..., she says", "..., she says, ...": clauses on either side."""
    tree = passage.tree
    low, high = _bounds(passage, verb, core, source)
    edge = tree.edges[verb]
    if tree.heads[verb] == verb:
        edge = tree.sentence(verb)
    taken = tree.of(verb, "ccomp", "parataxis")
    left = [c for c in taken if c < low]
    right = [c for c in taken if c >= high]
    if not right:
        right = [c for c in tree.of(verb, "advcl", "xcomp", "dep") if c >= high and is_that(passage, c)]
    after = tree.words[high] if high < len(tree) else ""
    before = tree.words[low - 1] if low > edge[0] else ""
    is_quoted = any(passage.is_quoted(tree.starts[c]) for c in right)
    quoted = next((q for q in passage.quotes if edge[0] < q[1] == low and _says_something(tree, *q)), None)
    if quoted is not None and after != "," and not is_quoted and tree.of(verb, "nsubj"):
        right = []  # “It is over,” she said of the race, in which she was sure he would win.
    out: list[Span] = []
    if right:
        begin = max(high, min(tree.edges[c][0] for c in right))
        out.append((begin, _cut(passage, verb, begin, max(tree.edges[c][1] for c in right))))
    goes_on = after == "," and (
        before in MARKS or (before == "," and not (is_quoted and _is_aside(tree, edge[0], low)))
    )
    if low > edge[0] and (goes_on or (left and (not right or quoted is not None))) and (left or right):
        is_opened = quoted is not None and quoted[0] > edge[0] and tree.words[quoted[0] - 1] == ":"
        out.append((quoted[0] if is_opened and quoted is not None else edge[0], low))
    if out and before in MARKS and after == ",":
        out += [q for q in passage.quotes if q[0] == high + 1 and q not in out]
    return out or _put_in(passage, verb, low, high, source)


def _is_aside(tree: Tree, begin: int, end: int) -> bool:
    """ "Asked about X, she said, ...", "In one tweet, she said, ...": no part of what is said."""
    return tree.tags[begin] in ("VBN", "VBG") or not _says_something(tree, begin, end)


def _cut(passage: Passage, verb: int, begin: int, end: int) -> int:
    """End a content where another speaker is joined to it: "X said that ..., and Y warned that ..."."""
    tree = passage.tree
    for word in range(begin, end):
        if passage.is_quoted(tree.starts[word]):
            continue
        if tree.words[word] == ";":
            return max(begin, word)
        if tree.relations[word] == "advcl" and _begins_anew(passage, word):
            low = tree.edges[word][0]
            if low > begin + 1 and tree.words[low - 1] == ",":
                return low
        if tree.relations[word] != "conj" or tree.lemmas[word].lower() not in passage.verbs["clause"]:
            continue
        own = tree.of(word, "nsubj")
        joint = [c for c in tree.of(tree.heads[word], "cc") if c < word]
        if not joint:
            continue
        if own and tree.parts[own[0]] != "PRON":
            return max(begin, joint[-1])
        if not own and tree.tags[word] == tree.tags[verb] == "VBD" and tree.of(word, "ccomp", "dobj", "xcomp", "prep"):
            return max(begin, joint[-1])
    return end


def _begins_anew(passage: Passage, word: int) -> bool:
    """ ", although ..." and ", adding that ...": no more of what was said."""
    tree = passage.tree
    if tree.tags[word] == "VBG" and tree.lemmas[word].lower() in passage.verbs["clause"]:
        return True
    return any(tree.low[c] in passage.said["although"] for c in tree.of(word, "mark"))


def beside(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """Where the parser lost the way: what stands before "..., X said" and behind "X said, ..." in the same sentence."""
    tree = passage.tree
    low, high = _bounds(passage, verb, core, source)
    begin, end = tree.sentence(verb)
    before = tree.words[low - 1] if low > 0 else ""
    after = tree.words[high] if high < len(tree) else ""
    if source is None or not tree.of(verb, "nsubj"):
        return []
    quote = next((q for q in passage.quotes if high <= q[0] <= high + _NEAR and q[0] < end + 2), None)
    if quote is not None and before not in MARKS:
        return [quote]
    out: list[Span] = []
    if before in MARKS | {","} and low - begin > 2 and (_says_something(tree, begin, low) or before in MARKS):
        out.append((begin, low))
        if after == ",":
            out.append((high, end))
    elif before in MARKS:
        quote = next((q for q in passage.quotes if q[1] == low and tree.words[q[1] - 2] != "."), None)
        out += [quote] if quote else []
    return out


def _says_something(tree: Tree, begin: int, end: int) -> bool:
    """True where words hold a finite verb: a title, or "In one tweet, X said", says nothing yet."""
    return any(tag in _FINITE for tag in tree.tags[begin:end])


def is_that(passage: Passage, word: int) -> bool:
    """True of a clause that begins with "that"."""
    tree = passage.tree
    return any(tree.low[c] in passage.said["that"] for c in tree.of(word, "mark"))


def _put_in(passage: Passage, verb: int, low: int, high: int, source: Span | None) -> list[Span]:
    """ "The list, the ministry said, is wrong": the verb hangs on the clause that it is put into."""
    tree = passage.tree
    head = tree.heads[verb]
    if head == verb or tree.relations[verb] not in ("parataxis", "ccomp", "advcl", "dep", "conj"):
        return []
    a, b = tree.edges[verb]
    begin, end = tree.edges[head]
    if source is None or (source[1] > verb + 1 and source[0] < verb) or not begin <= source[0] < end:
        return []
    a, b = min(a, low), max(b, high)
    opens = a == begin or tree.words[a - 1] in STOPS or tree.words[a] in STOPS
    closes = b == len(tree) or tree.words[b] in STOPS or tree.words[b - 1] in STOPS
    return [(begin, a), (b, end)] if opens and closes else []


def as_said(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "as police have said": the clause that it belongs to."""
    tree = passage.tree
    if tree.relations[verb] != "advcl" or not any(
        tree.low[c] in passage.said["as"] for c in tree.of(verb, "mark", "advmod")
    ):
        return []
    if not tree.of(verb, "nsubj"):
        return []
    a, b = tree.edges[verb]
    begin, end = tree.edges[tree.heads[verb]]
    return [(begin, a), (b, end)]


__all__ = ["as_said", "beside", "clause", "is_that"]
