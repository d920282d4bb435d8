"""Origins: the root from which the knowledge of each statement comes. Fifty papers that quote one report are one.

Each page gives its statements their roots (`roots.py`). Across pages one thing is added: a copied passage has the root
of the first one. Judgements join and split roots. No order of statements or judgements counts. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from overt.model import Document, Judgement, Origin, Statement, Verb
from overt.model.edtf import is_edtf, span
from overt.model.memory import Fresh, Memory, key_of, remembered
from overt.model.sets import Sets
from overt.profile.schema import Profile
from overt.weigh.copies import Place, retold
from overt.weigh.keys import value_key
from overt.weigh.marks import Pages, Texts
from overt.weigh.naming import Naming
from overt.weigh.near import groups
from overt.weigh.roots import Root, root, root_of_page
from overt.weigh.rules import rules

REASONS = {
    "voice": "the innermost voice with knowledge of its own belongs to it",
    "office": "the innermost voice speaks for this office; no organisation is named",
    "speaker": "the innermost voice is a person whose organisation is not named",
    "outlet": "the page names no organisation for the voice: counted to the outlet that heard it",
    "work": "the page says that it relays this work",
    "copy": "near-duplicate passages: the root of the earliest one",
    "retold": "the page retells an earlier page passage by passage: the root of the earlier passage",
}


def origins(
    statements: Iterable[Statement],
    profile: Profile,
    naming: Naming,
    documents: Mapping[str, Document] | None = None,
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Return the origins by id, and statement id -> origin id. An implied statement has its parent's.

    Args:
        statements: all statements of a case, or all of whole near-duplicate groups.
        profile: its property types make value keys.
        naming: how names are compared.
        documents: by the id that statements carry; they give passages and bylines. Where one is missing, the quote
            with its surroundings stands for the passage.
        judgements: standing lines; `join` and `split` are read. `join A B` makes two origins one; `split A B` keeps
            them two against any chain of joins; `split A STATEMENT` takes a statement out of an origin: back to its
            own page's root where it came by copying, else to a root of its own.
        memory: what earlier builds made; only groups and pages that changed are compared anew.
    """
    pages = documents or {}
    kept = memory if memory is not None else Fresh()
    every = list(statements)
    parents = {s.id: s for s in every if not s.implied}
    implied = [s for s in every if s.implied]
    roots = {s.id: root(s, naming, _byline(s, pages)) for s in parents.values()}
    keys = {s.id: value_key(s, profile, naming) for s in parents.values()}
    texts = Texts(kept)
    ordered = sorted(parents.values(), key=in_time)
    copied = _copied(ordered, roots, keys, pages, texts, kept)
    given = {s: msgspec.structs.replace(r, rule="copy") for s, r in copied.items()}
    marked = Pages(ordered, keys, pages, profile, naming, texts)
    retelling = _retelling(ordered, {**roots, **copied}, keys, naming, pages, marked, kept)
    given |= {s: msgspec.structs.replace(r, rule="retold") for s, r in retelling.items()}
    split = [line for line in judgements if line.verb is Verb.SPLIT]
    why: dict[str, set[str]] = defaultdict(set)
    final: dict[str, Root] = {}
    for statement in sorted(parents):
        at = given.get(statement, roots[statement])
        line = next((x for x in sorted(split, key=lambda x: x.id) if x.other == statement and x.target == at.id), None)
        if line is not None:
            at = roots[statement] if statement in given else Root(f"{at.key} {statement}", at.words, at.rule)
            why[at.id].add(f"split by judgement: {line.why}")
        final[statement] = at
    names, joined = _joined({r.id for r in final.values()}, judgements, split)
    members: dict[str, list[Root]] = defaultdict(list)
    for found in final.values():
        members[names[found.id]].append(found)
    made = []
    for name in sorted(members):
        reasons = {REASONS[found.rule] for found in members[name]} | joined.get(name, set())
        reasons |= {text for found in members[name] for text in why.get(found.id, ())}
        words = sorted({(found.id != name, found.words) for found in members[name]})
        made.append(Origin(id=name, root=words[0][1], reason="; ".join(sorted(reasons))))
    of = {statement: names[found.id] for statement, found in final.items()}
    of |= {s.id: of[s.parent] for s in implied if s.parent in of}
    return tuple(made), dict(sorted(of.items()))


def _byline(statement: Statement, pages: Mapping[str, Document]) -> str | None:
    page = pages.get(statement.document)
    return page.byline if page is not None else None


def passage_of(statement: Statement, pages: Mapping[str, Document]) -> str:
    """Return the passage in which a statement stands; its quote with surroundings where the document is not at hand."""
    page = pages.get(statement.document)
    if page is not None and 0 <= statement.passage < len(page.passages):
        return page.passages[statement.passage].text
    return statement.quote.prefix + statement.quote.exact + statement.quote.suffix


def _language(statement: Statement, pages: Mapping[str, Document]) -> str | None:
    """The language in which the passage of a statement is read."""
    page = pages.get(statement.document)
    if page is None or not 0 <= statement.passage < len(page.passages):
        return statement.language
    return page.passages[statement.passage].language or page.language


def in_time(statement: Statement) -> tuple[date, date, str, str]:
    """Return the order of pages: (published, capture), what has no date last."""
    if statement.published is not None and is_edtf(statement.published):
        first, last = span(statement.published)
        return first, last, statement.capture, statement.id
    return date.max, date.max, statement.capture, statement.id


def _copied(
    statements: Sequence[Statement],
    roots: Mapping[str, Root],
    keys: Mapping[str, str],
    pages: Mapping[str, Document],
    texts: Texts,
    memory: Memory,
) -> dict[str, Root]:
    """Return the roots of statements whose only voice is their own outlet and whose passage copies an earlier one.

    Statements come in the order of time.
    """
    blocks: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        blocks[statement.property, keys[statement.id]].append(statement)
    found: dict[str, Root] = {}
    for block in blocks.values():
        if len(block) < 2 or all(s.depth for s in block):
            continue
        named = _near(block, pages, texts, memory)
        group: dict[str, list[Statement]] = defaultdict(list)
        for statement in block:
            group[named[statement.id]].append(statement)
        for many in group.values():
            first = roots[many[0].id]
            found |= {s.id: first for s in many[1:] if s.depth == 0 and roots[s.id].key != first.key}
    return found


def _near(block: Sequence[Statement], pages: Mapping[str, Document], texts: Texts, memory: Memory) -> Mapping[str, str]:
    """Return statement id -> name of its group of near-duplicate passages."""
    passages = {s.id: passage_of(s, pages) for s in block}
    languages = {passages[s.id]: _language(s, pages) for s in sorted(block, key=lambda s: s.id)}
    limits = rules().numbers
    for statement in block:
        if statement.document not in pages:  # those of pages are held with their page
            texts.hold(passages[statement.id], languages[passages[statement.id]])
    key = key_of(limits.near_duplicate, limits.shingle, *sorted(passages.items()))
    return remembered(
        memory,
        "near",
        key,
        dict[str, str],
        lambda: groups(passages, lambda text: texts.of(text, languages[text]).words),
    )


def _retelling(
    statements: Sequence[Statement],
    roots: Mapping[str, Root],
    keys: Mapping[str, str],
    naming: Naming,
    pages: Mapping[str, Document],
    marked: Pages,
    memory: Memory,
) -> dict[str, Root]:
    """Return the roots of statements in passages that retell one of an earlier page, where they would add a root.

    A known voice stays its own root: whoever retells a page may have asked a body that everybody knows. All others
    (an outlet, an office or a source that a translation calls otherwise) have the root of the same thing said there.
    Statements come in the order of time.
    """
    order = list(dict.fromkeys(s.document for s in statements if s.document in pages))
    again = retold(order, pages, marked, memory)
    involved = {page for page, _ in again} | {page for page, _ in again.values()}
    by_page: dict[str, list[Statement]] = defaultdict(list)
    there: dict[Place, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.document in involved:
            by_page[statement.document].append(statement)
            there[statement.document, statement.passage].append(statement)
    for many in there.values():
        many.sort(key=lambda s: s.id)
    out: dict[str, Root] = {}
    of_page: dict[str, tuple[frozenset[str], Root]] = {}
    for (page, passage), (earlier, place) in again.items():
        if earlier not in of_page:
            of_page[earlier] = _roots_of(by_page[earlier], roots, naming)
        known, own = of_page[earlier]
        first = there[earlier, place]
        for statement in there[page, passage]:
            mine = roots[statement.id]
            is_known = statement.depth and mine.rule == "voice" and naming.shown(mine.key) is not None
            if mine.key in known or is_known:
                continue
            same = [s for s in first if s.property == statement.property]
            exact = [s for s in same if keys[s.id] == keys[statement.id]]
            best = next(iter([*exact, *same, *(s for s in first if s.depth)] if statement.depth else exact), None)
            out[statement.id] = roots[best.id] if best is not None else own
    return out


def _roots_of(page: Sequence[Statement], roots: Mapping[str, Root], naming: Naming) -> tuple[frozenset[str], Root]:
    """Return the keys of all roots of a page, and the root of what it says in its own voice."""
    own = next((roots[s.id] for s in page if not s.depth), None)
    return frozenset(roots[s.id].key for s in page), own if own is not None else root_of_page(page[0], naming)


def _joined(
    ids: set[str], judgements: Iterable[Judgement], split: Iterable[Judgement]
) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return origin id -> id after joins, and for each joined origin the reasons of those who joined it."""
    kept = {frozenset((line.target, line.other)) for line in split}
    pairs = sorted(
        (min(line.target, str(line.other)), max(line.target, str(line.other)), line.why)
        for line in judgements
        if line.verb is Verb.JOIN and line.target in ids and line.other in ids
    )
    sets = Sets()
    done = []
    for one, other, why in pairs:
        mine = {i for i in ids if sets.name(i) == sets.name(one)}
        theirs = {i for i in ids if sets.name(i) == sets.name(other)}
        if any(frozenset((a, b)) in kept for a in mine for b in theirs):
            continue
        sets.unite(one, other)
        done.append((one, why))
    reasons: dict[str, set[str]] = defaultdict(set)
    for one, why in done:
        reasons[sets.name(one)].add(f"joined by judgement: {why}")
    return {i: sets.name(i) for i in ids}, reasons
