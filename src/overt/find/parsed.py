"""Who says what in a parsed passage: source, cue and content by dependencies, nested ones too.

In: a `Tree`. Out: `Told`, spans of the passage. A cue is a verb or noun of `frames/en.toml`, or "according to". Its source
is its subject, wherever it stands; its content is what its frame takes, or the clause that it is put into. What is
quoted belongs to the content as a whole. What is found is no voice yet: see `overt.find.second`.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import msgspec

from overt.find.sentence import quotations
from overt.find.tree import Span, Tree


PARSED = ("en",)  # languages whose parses are read: each has a file in frames/


class Frames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it stands."""

    language: str
    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]


@cache
def frames(language: str) -> Frames | None:
    path = files("overt.find") / "frames" / f"{language}.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Frames) if path.is_file() else None


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


_SUBJECTS = ("nsubj", "csubj", "nsubjpass")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MARKS = frozenset("\"“”„«»'‘’") | {"''", "``"}
_STOPS = _MARKS | frozenset(",:;—–-.!?…()[]") | {"--", "...", "―"}


def _with_marks(text: str, start: int, end: int) -> Span:
    """A quotation with its marks, doubled single ones too."""
    start -= 1
    while start > 0 and text[start - 1] in "'`" and text[start] in "'`":
        start -= 1
    end = min(end + 1, len(text))
    while end < len(text) and text[end] in "'’" and text[end - 1] in "'’":
        end += 1
    return max(0, start), end


class _Passage:
    """A passage's tree with its quotations, while attributions are read from it."""

    def __init__(self, tree: Tree, frames: Frames) -> None:
        self.tree = tree
        self.verbs = {kind: frozenset(words) for kind, words in frames.verbs.items()}
        self.nouns = frozenset(frames.nouns["words"])
        text = tree.text
        self.spans = [_with_marks(text, a, b) for a, b in quotations(text)]
        self.quotes = [self._words(a, b) for a, b in self.spans]

    def _words(self, start: int, end: int) -> Span:
        """The words of a quotation with its marks."""
        inside = [i for i in range(len(self.tree)) if start <= self.tree.starts[i] < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def is_quoted(self, at: int) -> bool:
        return any(a <= at < b for a, b in self.spans)

    def subject(self, verb: int, depth: int = 0) -> Span | None:
        """The words of who does what a verb says, wherever the sentence names it."""
        tree = self.tree
        own = tree.of(verb, *_SUBJECTS)
        passive = bool(tree.of(verb, "auxpass", "nsubjpass")) or (
            tree.tags[verb] == "VBN" and tree.relations[verb] in ("acl", "advcl", "amod")
        )
        if passive:
            for agent in tree.of(verb, "agent", "prep"):
                if tree.low[agent] == "by":
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
        if head == verb or depth > 4:
            return None
        relation = tree.relations[verb]
        if relation in ("acl", "relcl"):
            return self.noun(head)
        if relation in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "prep", "parataxis"):
            while head != tree.heads[head] and tree.parts[head] not in ("VERB", "AUX"):
                head = tree.heads[head]
            return self.subject(head, depth + 1) if tree.parts[head] in ("VERB", "AUX") else None
        return None

    def noun(self, noun: int) -> Span:
        """A noun with what belongs to its name; clauses that tell of it stay outside."""
        tree = self.tree
        low, high = noun, noun + 1
        for child in tree.children[noun]:
            if tree.relations[child] in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "cc"):
                continue
            a, b = tree.edges[child]
            low, high = min(low, a), max(high, b)
        while low < noun and tree.words[low] in _STOPS:
            low += 1
        while high > noun + 1 and tree.words[high - 1] in _STOPS:
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
        loose = _STOPS - _MARKS
        while low < high and (words[low] in loose or words[low].isspace()):
            low += 1
        while high > low and (words[high - 1] in loose - {"!", "?", "…"} or words[high - 1].isspace()):
            high -= 1
        return (low, high) if low < high else None


def tell(tree: Tree, frames: Frames) -> list[Told]:
    """Return the attributions of a passage in order of their cues."""
    passage = _Passage(tree, frames)
    found = []
    for word in range(len(tree)):
        one = _of_word(passage, word)
        if one is not None:
            found.append(one)
    signed = _signed(passage)
    if signed is not None:
        found.append(signed)
    return _with_quotations(passage, found)


_SIGNED = re.compile(r"[”\"’»]\s*(―|—|–|--|-)\s*([A-Z][^”\"“]{2,80})$")


def _signed(passage: _Passage) -> Told | None:
    """ "... of our time.” - Laura N.": the name under a quotation."""
    text = passage.tree.text.rstrip()
    match = _SIGNED.search(text)
    if match is None or not passage.quotes or text[:1] not in _MARKS:
        return None
    return Told(match.span(2), match.span(1), ((0, match.start() + 1),), "signed")


def _with_quotations(passage: _Passage, found: list[Told]) -> list[Told]:
    """Give each quotation as a whole to whom a part of it was given; one that stands by itself goes on with the last."""
    text = passage.tree.text
    spans = passage.spans
    owned = [False] * len(spans)
    out = []
    for one in found:
        inside = next((q for q in spans if q[0] <= one.cue[0] < q[1]), None)
        content = list(one.content)
        if inside is not None:
            content = [(max(a, inside[0]), min(b, inside[1])) for a, b in content if a < inside[1] and inside[0] < b]
        else:
            for number, (a, b) in enumerate(spans):
                if any(x < b and a < y for x, y in content):
                    owned[number] = True
                    content.append((a, b))
        if content:
            out.append(replace(one, content=_joined(content, text)))
    for number, (a, b) in enumerate(spans):
        if owned[number] or not _stands_alone(text, a, b):
            continue
        before = [
            k
            for k, one in enumerate(out)
            if one.cue[0] < a
            and not passage.is_quoted(one.cue[0])
            and any(owned[n] and x < q[1] and q[0] < y for x, y in one.content for n, q in enumerate(spans) if q[0] < a)
        ]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=_joined([*last.content, (a, b)], text))
            owned[number] = True
    return out


def _stands_alone(text: str, start: int, end: int) -> bool:
    """True where a quotation is a sentence of its own: it begins behind one that ended."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?”\"’'…:" and end - start > 12


def _joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that touch as one."""
    out: list[Span] = []
    for a, b in sorted(spans):
        if out and not text[out[-1][1] : a].strip():
            out[-1] = (out[-1][0], max(out[-1][1], b))
        elif out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return tuple(out)


def _of_word(passage: _Passage, word: int) -> Told | None:
    tree = passage.tree
    if tree.low[word] in ("according",):
        return _according(passage, word)
    if tree.parts[word] in ("VERB", "AUX"):
        return _verb(passage, word)
    if tree.parts[word] == "NOUN" and tree.lemmas[word].lower() in passage.nouns:
        return _noun(passage, word)
    return None


def _told(passage: _Passage, source: Span | None, cue: Span, content: list[Span], rule: str, word: int) -> Told | None:
    tree = passage.tree
    spans = [s for s in (passage.trim(*c) for c in content if c[0] < c[1]) if s is not None]
    spans = [(a, b) for a, b in spans if any(w[0].isalnum() for w in tree.words[a:b])]
    if not spans:
        return None
    negated = bool(tree.of(word, "neg"))
    content_at = tuple(tree.at(s) for s in sorted(spans))
    return Told(tree.at(source) if source else None, tree.at(cue), content_at, rule, negated)


def _according(passage: _Passage, word: int) -> Told | None:
    tree = passage.tree
    to = next((c for c in tree.children[word] if tree.low[c] == "to"), None)
    noun = next(iter(tree.of(to, "pobj", "pcomp")), None) if to is not None else None
    if to is None or noun is None:
        return None
    a, b = tree.edges[word]
    low, high = tree.sentence(word)
    head = tree.heads[word]
    if tree.relations[head] in ("conj", "ccomp", "advcl", "relcl") and tree.heads[head] != head:
        low, high = tree.edges[head]
    return _told(passage, passage.noun(noun), (word, to + 1), [(low, a), (b, high)], "according", word)


def _verb(passage: _Passage, verb: int) -> Told | None:
    tree = passage.tree
    lemma = tree.lemmas[verb].lower()
    frames = passage.verbs
    if not any(lemma in words for kind, words in frames.items() if kind != "about") and lemma not in _leading(frames):
        return None
    if tree.relations[verb] in ("amod", "compound", "aux", "auxpass"):
        return None
    core = passage.core(verb)
    source = passage.subject(verb) if tree.of(verb, *_SUBJECTS) else _mistaken(passage, verb, core)
    source = source or passage.subject(verb)
    for rule, reader in _READERS:
        if rule != "about" and lemma not in frames[_FRAME_OF[rule]]:
            continue
        content = reader(passage, verb, core, source)
        if content and rule in _WEAK and _is_only_meant(tree, verb):
            return None
        if content:
            return _told(passage, source, core, content, rule, verb)
    return None


def _mistaken(passage: _Passage, verb: int, core: Span) -> Span | None:
    """ "To see him, Chief Justice N. said, ...": the parser takes the subject for an apposition of the noun before it."""
    tree = passage.tree
    noun = core[0] - 1
    if tree.relations[verb] not in ("parataxis", "ccomp") or noun < 1 or tree.relations[noun] not in ("appos", "conj"):
        return None
    low, high = tree.edges[noun]
    return (low, high) if high == core[0] and tree.words[low - 1] == "," else None


_WEAK = frozenset({"infinitive", "naming", "object", "about"})


def _is_only_meant(tree: Tree, verb: int) -> bool:
    """ "plans to announce", "asked to describe": nothing is said yet."""
    if not any(tree.low[c] == "to" for c in tree.of(verb, "aux")) or tree.relations[verb] == "ROOT":
        return False
    return tree.lemmas[tree.heads[verb]].lower() not in ("continue", "begin", "go", "start", "take", "seem", "appear")


@cache
def _leading_of(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(w.split()[0] for w in words)


def _leading(frames: dict[str, frozenset[str]]) -> frozenset[str]:
    return _leading_of(tuple(sorted(frames["about"])))


def _bounds(passage: _Passage, verb: int, core: Span, source: Span | None) -> Span:
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


def _clause(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
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
        right = [c for c in tree.of(verb, "advcl", "xcomp", "dep") if c >= high and _is_that(tree, c)]
    after = tree.words[high] if high < len(tree) else ""
    before = tree.words[low - 1] if low > edge[0] else ""
    out: list[Span] = []
    if left and not (right and after != "," and before not in _MARKS):
        out.append((edge[0], low))
    if right:
        begin = min(tree.edges[c][0] for c in right)
        end = _cut(passage, verb, max(begin, high), max(tree.edges[c][1] for c in right))
        out.append((max(begin, high), end))
        if not left and edge[0] < low and before in _MARKS | {","} and after in (",", "''"):
            out.append((edge[0], low))
    if out and before in _MARKS and after == ",":
        out += [q for q in passage.quotes if q[0] == high + 1 and q not in out]
    return out or _put_in(passage, verb, low, high, source)


def _cut(passage: _Passage, verb: int, begin: int, end: int) -> int:
    """End a content where another speaker is joined to it: "X said that ..., and Y warned that ..."."""
    tree = passage.tree
    for word in range(begin, end):
        if passage.is_quoted(tree.starts[word]):
            continue
        if tree.words[word] == ";":
            return max(begin, word)
        if tree.relations[word] == "advcl" and any(tree.low[c] in _ALTHOUGH for c in tree.of(word, "mark")):
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
        if not own and tree.tags[word] == tree.tags[verb] == "VBD" and tree.of(word, "ccomp", "dobj", "xcomp"):
            return max(begin, joint[-1])
    return end


_ALTHOUGH = frozenset({"although", "though", "while", "whereas"})


def _beside(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """Where the parser lost the way: what stands before "..., X said" and behind "X said, ..." in the same sentence."""
    tree = passage.tree
    low, high = _bounds(passage, verb, core, source)
    begin, end = tree.sentence(verb)
    before = tree.words[low - 1] if low > 0 else ""
    after = tree.words[high] if high < len(tree) else ""
    if source is None or not tree.of(verb, "nsubj"):
        return []
    quote = next((q for q in passage.quotes if high <= q[0] <= high + 8 and q[0] < end + 2), None)
    if quote is not None and before not in _MARKS:
        return [quote]
    out: list[Span] = []
    if before in _MARKS | {","} and low - begin > 2 and _says_something(tree, begin, low):
        out.append((begin, low))
        if after == ",":
            out.append((high, end))
    elif before in _MARKS:
        quote = next((q for q in passage.quotes if q[1] == low and tree.words[q[1] - 2] != "."), None)
        out += [quote] if quote else []
    return out


def _says_something(tree: Tree, begin: int, end: int) -> bool:
    """True where words hold a finite verb or a quotation: "In one tweet, X said" says nothing yet."""
    return any(t in _FINITE for t in tree.tags[begin:end]) or any(w in _MARKS for w in tree.words[begin:end])


def _is_that(tree: Tree, word: int) -> bool:
    return any(tree.low[c] in ("that", "whether") for c in tree.of(word, "mark"))


def _put_in(passage: _Passage, verb: int, low: int, high: int, source: Span | None) -> list[Span]:
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
    opens = a == begin or tree.words[a - 1] in _STOPS or tree.words[a] in _STOPS
    closes = b == len(tree) or tree.words[b] in _STOPS or tree.words[b - 1] in _STOPS
    return [(begin, a), (b, end)] if opens and closes else []


def _as(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "as police have said": the clause that it belongs to."""
    tree = passage.tree
    if tree.relations[verb] != "advcl" or not any(tree.low[c] == "as" for c in tree.of(verb, "mark", "advmod")):
        return []
    if not tree.of(verb, "nsubj"):
        return []
    a, b = tree.edges[verb]
    begin, end = tree.edges[tree.heads[verb]]
    return [(begin, a), (b, end)]


def _infinitive(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "promised to ...", "urged them to ...": the object and the infinitive."""
    tree = passage.tree
    right = [
        c
        for c in tree.of(verb, "xcomp", "ccomp", "advcl")
        if c > verb and "to" in [tree.low[x] for x in tree.of(c, "aux")]
    ]
    if not right:
        return []
    objects = [c for c in tree.of(verb, "dobj", "dative") if core[1] <= c < right[0]]
    begin = min([tree.edges[c][0] for c in (*right, *objects)])
    return [(max(begin, core[1]), max(tree.edges[c][1] for c in right))]


def _object(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "called the plan a farce": the object and all that is said of it."""
    tree = passage.tree
    if tree.relations[verb] == "acl" and tree.tags[verb] == "VBN" and source is None:
        return []
    parts = [
        c
        for c in tree.children[verb]
        if c >= core[1]
        and tree.relations[c] in ("dobj", "oprd", "xcomp", "prep", "ccomp", "acomp", "attr", "dative", "advcl")
    ]
    commas = [c for c in tree.of(verb, "punct") if tree.words[c] == "," and parts and c > parts[0]]
    parts = [c for c in parts if not commas or c < commas[0]]
    kinds = [tree.relations[c] for c in parts]
    if not any(k in ("dobj", "oprd", "ccomp", "xcomp", "acomp", "attr") for k in kinds):
        return []
    lemma = tree.lemmas[verb].lower()
    if lemma in passage.verbs["naming"] and not (
        {"oprd", "xcomp", "ccomp", "acomp", "attr"} & set(kinds)
        or any(tree.low[c] in ("as", "to") for c in parts)
        or kinds.count("dobj") > 1
    ):
        return []  # "called a meeting"
    return [(max(core[1], min(tree.edges[c][0] for c in parts)), max(tree.edges[c][1] for c in parts))]


def _about(passage: _Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "warned against ...": what stands behind the preposition."""
    tree = passage.tree
    for prep in tree.of(verb, "prep", "prt"):
        if prep >= verb and f"{tree.lemmas[verb].lower()} {tree.low[prep]}" in passage.verbs["about"]:
            taken = tree.of(prep, "pobj", "pcomp") or tree.of(verb, "dobj")
            if taken:
                begin = min(tree.edges[c][0] for c in taken)
                return [(begin, max(tree.edges[prep][1], *(tree.edges[c][1] for c in taken)))]
    return []


_READERS = (
    ("as", _as),
    ("clause", _clause),
    ("infinitive", _infinitive),
    ("naming", _object),
    ("object", _object),
    ("about", _about),
    ("beside", _beside),
)
_FRAME_OF = {rule: rule for rule, _ in _READERS} | {"as": "clause", "beside": "clause"}


def _noun(passage: _Passage, noun: int) -> Told | None:
    """ "his claim that ...": the clause behind the noun, and whose it is."""
    tree = passage.tree
    taken = [c for c in tree.of(noun, "acl", "ccomp", "relcl") if c > noun and _is_that(tree, c)]
    if not taken:
        return None
    owner = next(iter(tree.of(noun, "poss")), None)
    source = passage.noun(owner) if owner is not None else None
    if source is None:
        of = next((c for c in tree.of(noun, "prep") if tree.low[c] in ("by", "from", "of")), None)
        whose = next(iter(tree.of(of, "pobj")), None) if of is not None else None
        source = passage.noun(whose) if whose is not None else None
    head = tree.heads[noun]
    if source is None and tree.relations[noun] == "dobj" and tree.parts[head] == "VERB":
        source = passage.subject(head)
    begin = min(tree.edges[c][0] for c in taken)
    return _told(passage, source, (noun, noun + 1), [(begin, max(tree.edges[c][1] for c in taken))], "noun", noun)


__all__ = ["PARSED", "Frames", "Told", "frames", "tell"]
