"""Who says what in a parsed passage: source, cue and content by dependencies, nested ones too.

In: a `Tree`. Out: `Told`, spans of the passage. A cue is a verb or noun of the frames, or "according to". Its source is
its subject, wherever it stands; its content is what its frame takes, or the clause that it is put into. What is quoted
belongs to the content as a whole. What is found is no voice yet: see `overt.find.second`.
"""

from overt.find.parsed.clauses import as_said, beside, clause, is_that
from overt.find.parsed.frames import Frames
from overt.find.parsed.objects import about, infinitive, object_and_more
from overt.find.parsed.passage import SUBJECTS, Passage, Told
from overt.find.parsed.quoted import labelled, signed, with_quotations
from overt.find.parsed.tree import Span, Tree


def tell(tree: Tree, frames: Frames) -> list[Told]:
    """Return the attributions of a passage in order of their cues."""
    passage = Passage(tree, frames)
    found = []
    for word in range(len(tree)):
        one = _of_word(passage, word)
        if one is not None:
            found.append(one)
    found += [one for one in (labelled(passage), signed(passage)) if one is not None]
    return with_quotations(passage, found)


def _of_word(passage: Passage, word: int) -> Told | None:
    tree = passage.tree
    if tree.low[word] in passage.said["according"]:
        return _according(passage, word)
    if tree.parts[word] in ("VERB", "AUX"):
        return _verb(passage, word)
    if tree.parts[word] == "NOUN" and tree.lemmas[word].lower() in passage.nouns:
        return _noun(passage, word)
    return None


def _told(passage: Passage, source: Span | None, cue: Span, content: list[Span], rule: str, word: int) -> Told | None:
    tree = passage.tree
    spans = [s for s in (passage.trim(*c) for c in content if c[0] < c[1]) if s is not None]
    spans = [(a, b) for a, b in spans if any(w[0].isalnum() for w in tree.words[a:b])]
    if not spans:
        return None
    negated = bool(tree.of(word, "neg"))
    content_at = tuple(tree.at(s) for s in sorted(spans))
    return Told(tree.at(source) if source else None, tree.at(cue), content_at, rule, negated)


def _according(passage: Passage, word: int) -> Told | None:
    tree = passage.tree
    to = next((c for c in tree.children[word] if tree.low[c] in passage.said["to"]), None)
    noun = next(iter(tree.of(to, "pobj", "pcomp")), None) if to is not None else None
    if to is None or noun is None:
        return None
    a, b = tree.edges[word]
    low, high = tree.sentence(word)
    head = tree.heads[word]
    if tree.relations[head] == "ccomp" and tree.lemmas[tree.heads[head]].lower() in passage.verbs["clause"]:
        low, high = tree.edges[head]  # "X said that, according to Y, ..."
    return _told(passage, passage.noun(noun), (word, to + 1), [(low, a), (b, high)], "according", word)


def _verb(passage: Passage, verb: int) -> Told | None:
    tree = passage.tree
    lemma = tree.lemmas[verb].lower()
    particle = next(iter(tree.of(verb, "prt")), None)
    lemma = f"{lemma} {tree.low[particle]}" if particle is not None else lemma  # "point out"
    if tree.relations[verb] in ("amod", "compound", "aux", "auxpass"):
        return None
    core = passage.core(verb)
    source = passage.subject(verb) if tree.of(verb, *SUBJECTS) else _mistaken(passage, verb, core)
    source = source or passage.subject(verb)
    for rule, reader in _READERS:
        if rule in _FRAME_OF and lemma not in passage.verbs[_FRAME_OF[rule]]:
            continue
        content = reader(passage, verb, core, source)
        if content and rule in _WEAK and _is_only_meant(passage, verb):
            return None
        if content:
            return _told(passage, source, core, content, rule, verb)
    return None


def _mistaken(passage: Passage, verb: int, core: Span) -> Span | None:
    """ "To see him, Chief Justice N. said, ...": the subject was taken for an apposition of a noun."""
    tree = passage.tree
    noun = core[0] - 1
    if tree.relations[verb] not in ("parataxis", "ccomp") or noun < 1 or tree.relations[noun] not in ("appos", "conj"):
        return None
    low, high = tree.edges[noun]
    return (low, high) if high == core[0] and tree.words[low - 1] == "," else None


_WEAK = frozenset({"infinitive", "naming", "object", "about"})


def _is_only_meant(passage: Passage, verb: int) -> bool:
    """ "plans to announce", "asked to describe": nothing is said yet."""
    tree = passage.tree
    if not any(tree.low[c] in passage.said["to"] for c in tree.of(verb, "aux")) or tree.relations[verb] == "ROOT":
        return False
    return tree.lemmas[tree.heads[verb]].lower() not in passage.said["going_on"]


_READERS = (
    ("as", as_said),
    ("clause", clause),
    ("infinitive", infinitive),
    ("naming", object_and_more),
    ("object", object_and_more),
    ("about", about),
    ("beside", beside),
)
# The list of verbs that a rule is for; "about" looks for the verb with its preposition itself.
_FRAME_OF = {rule: rule for rule, _ in _READERS if rule != "about"} | {"as": "clause", "beside": "clause"}


def _noun(passage: Passage, noun: int) -> Told | None:
    """ "his claim that ...": the clause behind the noun, and whose it is."""
    tree = passage.tree
    taken = [c for c in tree.of(noun, "acl", "ccomp", "relcl") if c > noun and is_that(passage, c)]
    if not taken:
        return None
    owner = next(iter(tree.of(noun, "poss")), None)
    source = passage.noun(owner) if owner is not None else None
    if source is None:
        of = next((c for c in tree.of(noun, "prep") if tree.low[c] in passage.said["owners"]), None)
        whose = next(iter(tree.of(of, "pobj")), None) if of is not None else None
        source = passage.noun(whose) if whose is not None else None
    head = tree.heads[noun]
    if source is None and tree.relations[noun] == "dobj" and tree.parts[head] == "VERB":
        source = passage.subject(head)
    begin = min(tree.edges[c][0] for c in taken)
    return _told(passage, source, (noun, noun + 1), [(begin, max(tree.edges[c][1] for c in taken))], "noun", noun)


__all__ = ["tell"]
