"""What is said without a clause: "promised to ...", "called it a farce", "warned against ..."

The functions take and return what those of `overt.find.parsed.clauses` do.
"""

from overt.find.parsed.passage import Passage
from overt.find.parsed.tree import Span


def infinitive(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "promised to ...", "urged them to ...": the object and the infinitive."""
    tree = passage.tree
    right = [
        c
        for c in tree.of(verb, "xcomp", "ccomp", "advcl")
        if c > verb and any(tree.low[x] in passage.said["to"] for x in tree.of(c, "aux"))
    ]
    if not right:
        return []
    objects = [c for c in tree.of(verb, "dobj", "dative") if core[1] <= c < right[0]]
    begin = min([tree.edges[c][0] for c in (*right, *objects)])
    return [(max(begin, core[1]), max(tree.edges[c][1] for c in right))]


def object_and_more(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "called the plan a farce": the object and all that is said of it."""
    tree = passage.tree
    if tree.relations[verb] == "acl" and tree.tags[verb] == "VBN" and source is None:
        return []
    parts = [
        c
        for c in tree.children[verb]
        if c >= core[1] and tree.relations[c] in ("dobj", "oprd", "xcomp", "prep", "ccomp", "acomp", "attr", "dative")
    ]
    commas = [c for c in tree.of(verb, "punct") if tree.words[c] == "," and parts and c > parts[0]]
    parts = [c for c in parts if not commas or c < commas[0]]
    kinds = [tree.relations[c] for c in parts]
    if not any(k in ("dobj", "oprd", "ccomp", "xcomp", "acomp", "attr") for k in kinds):
        return []
    lemma = tree.lemmas[verb].lower()
    if lemma in passage.verbs["naming"] and not (
        {"oprd", "xcomp", "ccomp", "acomp", "attr"} & set(kinds)
        or any(tree.low[c] in passage.said["naming"] for c in parts)
        or kinds.count("dobj") > 1
    ):
        return []  # "called a meeting"
    return [(max(core[1], min(tree.edges[c][0] for c in parts)), max(tree.edges[c][1] for c in parts))]


def about(passage: Passage, verb: int, core: Span, source: Span | None) -> list[Span]:
    """ "warned against ...": what stands behind the preposition."""
    tree = passage.tree
    for prep in tree.of(verb, "prep", "prt"):
        if prep >= verb and f"{tree.lemmas[verb].lower()} {tree.low[prep]}" in passage.verbs["about"]:
            taken = tree.of(prep, "pobj", "pcomp") or tree.of(verb, "dobj")
            if taken:
                begin = min(tree.edges[c][0] for c in taken)
                return [(begin, max(tree.edges[prep][1], *(tree.edges[c][1] for c in taken)))]
    return []


__all__ = ["about", "infinitive", "object_and_more"]
