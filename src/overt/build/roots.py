"""Origins that a change touches: copied passages, pages that retell others, splits and joins.

Comes in: the statements that may differ. Goes out: the origin of each of them, and of every other statement whose
origin is another one now. What reaches across pages is followed: a block's near-duplicates, pages in the order of time,
and the pages that retell a page whose roots changed.
"""

import json
from collections.abc import Iterable

import msgspec

from overt.build.change import Change, needed
from overt.build.kept import packed, said_row, unpacked
from overt.build.statements import Effective
from overt.build.tellings import follow_tellings, telling_in
from overt.model import Verb, plain_bytes
from overt.profile import Profile
from overt.resolve import Naming
from overt.store import Lasting, Steps
from overt.weigh.across import alike, copied, retelling, with_roots
from overt.weigh.marks import SORT, Texts
from overt.weigh.origins import Joins, Splits, final_of, joins, made_origin, named_in_joins
from overt.weigh.said import Said, said_of


class Rows:
    """What is said, as of the last build and changed one by one. Texts and roots are counted with it."""

    def __init__(self, steps: Steps) -> None:
        self.steps = steps
        self.before: dict[str, Said | None] = {}
        self.forgotten: set[str] = set()
        self._mention: dict[str, str] = {}

    def get(self, name: str) -> Said | None:
        row = self.steps.row("said", name, "body")
        return unpacked(row[0], Said) if row is not None else None

    def page(self, document: str) -> list[Said]:
        return [unpacked(body, Said) for (body,) in self.steps.rows("said", "document", document, "body")]

    def group(self, block: str, texts: Iterable[str]) -> list[Said]:
        rows = (self.steps.those("said", "body", block=block, text=text) for text in sorted(texts))
        return [unpacked(body, Said) for many in rows for (body,) in many]

    def put(self, row: Said, mention: str | None = None) -> None:
        """Write a statement. `mention`: what it is about, where that may have changed."""
        old = self.get(row.id)
        self.before.setdefault(row.id, old)
        if mention is None:
            known = needed(self.steps.row("said", row.id, "mention"))
            mention = str(known[0])
        self.steps.put("said", [said_row(row, mention)])
        self._count(old, row)

    def drop(self, name: str) -> None:
        old = self.get(name)
        self.before.setdefault(name, old)
        self.steps.drop("said", [name])
        self._count(old, None)

    def _count(self, old: Said | None, new: Said | None) -> None:
        for row, number in ((old, -1), (new, 1)):
            if row is not None:
                root = final_of(row)
                self.steps.add_root((root.id, root.rule, root.words), number)
                if not self.steps.add_text(row.text, number):
                    self.forgotten.add(row.text)
                else:
                    self.forgotten.discard(row.text)


def follow_origins(
    change: Change, effective: Effective, before: Joins, memory: Lasting, profile: Profile, naming: Naming
) -> tuple[dict[str, str], Joins]:
    """Bring origins, and all that they are traced by, up to date.

    Args:
        before: the joins of the last build.

    Returns:
        statement -> origin for all statements whose origin may differ, and the joins of today.
    """
    rows, texts, splits = Rows(change.steps), Texts(memory), Splits(change.stand)
    changed = _said(change, effective, rows, texts, profile, naming)
    _copies(rows, changed, texts)
    documents = {row.document for row in rows.before.values() if row is not None}
    documents |= {row.document for name in rows.before if (row := rows.get(name)) is not None}
    anew = follow_tellings(documents, rows.page, change.steps, texts)
    _retellings(change.steps, rows, anew, naming)
    others = {str(line.other) for line in change.changed_lines if line.verb is Verb.SPLIT}
    for name in sorted(rows.before.keys() | others):
        row = rows.get(name)
        if row is not None and (final := splits.applied(row)) is not row:
            rows.put(final)
    made, touched = _origins(change, rows, splits, before, others)
    for text in sorted(rows.forgotten):
        memory.forget(SORT, text)
    out = {}
    for name in sorted(touched | effective.statements.keys()):
        row = rows.get(name)
        if row is not None:
            root = final_of(row).id
            out[name] = made.of.get(root, root)
    return out, made


def _said(change: Change, effective: Effective, rows: Rows, texts: Texts, profile: Profile, naming: Naming) -> set[str]:
    """Write the statements that differ. What they copy or retell is as it was until it is found again."""
    changed = set()
    for name, statement in effective.statements.items():
        old = rows.get(name)
        if statement is None:
            if old is not None:
                rows.drop(name)
                changed.add(name)
            continue
        new = said_of(statement, change.document(statement.document), profile, naming, texts)
        if old is not None:
            new = msgspec.structs.replace(new, copied=old.copied, given=old.given, final=old.final)
        else:
            new = msgspec.structs.replace(new, final=new.own)
        mention = statement.subject.mention
        if new != old or rows.steps.row("said", name, "mention") != (mention,):
            rows.put(new, mention)
            changed.add(name)
    return changed


def _copies(rows: Rows, changed: set[str], texts: Texts) -> None:
    """Group the texts of touched blocks again, and find what the statements of touched groups copy."""
    touched: dict[str, set[str]] = {}
    for name in sorted(changed):
        for row in (rows.before[name], rows.get(name)):
            if row is not None:
                touched.setdefault(row.block, set()).add(row.text)
    for block, some in sorted(touched.items()):
        kept = rows.steps.row("alike", block, "body")
        old: dict[str, str] = unpacked(kept[0], dict[str, str]) if kept is not None else {}
        there = sorted(rows.steps.texts(block))
        new = old
        if there != sorted(old):
            new = alike(there, texts)
            if new:
                rows.steps.put("alike", [(block, packed(new))])
            else:
                rows.steps.drop("alike", [block])
        moved = {text for text in old.keys() | new.keys() if old.get(text) != new.get(text)}
        left = {old[text] for text in moved if text in old}
        groups = {new[text] for text in some | moved if text in new}
        groups |= {group for text, group in new.items() if old.get(text) in left}
        members: dict[str, list[str]] = {}
        for text, group in new.items():
            if group in groups:
                members.setdefault(group, []).append(text)
        for many in members.values():
            found = rows.group(block, many)
            roots = copied(found)
            for row in found:
                if row.copied != roots.get(row.id):
                    rows.put(msgspec.structs.replace(row, copied=roots.get(row.id)))


def _retellings(steps: Steps, rows: Rows, anew: set[str], naming: Naming) -> None:
    """Give statements of pages that retell others their roots again, where either page changed."""
    documents = set(anew)
    for document in anew:
        documents |= {str(name) for (name,) in steps.rows("source", "source", document, "document")}
    for document in sorted(documents):
        kept = telling_in(steps, document)
        page = rows.page(document)
        given = retelling(page, dict(kept[1].again), rows.page, naming) if kept is not None else {}
        for row in page:
            placed = with_roots(row, row.copied, given.get(row.id))
            if placed is not row:
                rows.put(placed)


def _origins(change: Change, rows: Rows, splits: Splits, before: Joins, others: set[str]) -> tuple[Joins, set[str]]:
    """Write the origins that differ. Return the joins, and the statements whose origin may be another one."""
    steps = rows.steps
    ids = {root for root in named_in_joins(change.stand) if steps.has_root(root)}
    now = joins(ids, change.stand)
    roots: set[str] = set()
    touched = set(rows.before)
    for name, old in rows.before.items():
        for row in (old, rows.get(name)):
            if row is not None:
                roots.add(final_of(row).id)
    moved = {root for root in before.of.keys() | now.of.keys() if before.of.get(root) != now.of.get(root)}
    for root in sorted(moved):
        touched |= {str(name) for (name,) in steps.rows("said", "root", root, "id")}
    for name in sorted(splits.of.keys() | others):
        row = rows.get(name)
        if row is not None:
            roots.add(final_of(row).id)
    names = {of.of.get(root, root) for root in roots | moved for of in (before, now)} | moved
    names |= {n for n in before.reasons.keys() | now.reasons.keys() if before.reasons.get(n) != now.reasons.get(n)}
    why = splits.reasons(rows.get)
    inside: dict[str, list[str]] = {}
    for root, name in now.of.items():
        inside.setdefault(name, []).append(root)
    for name in sorted(names):
        own = [] if name in now.of else [name, *inside.get(name, ())]
        members = [
            (str(i), str(rule), str(words))
            for r in own
            for i, rule, words in steps.rows("root", "id", r, "id, rule, words")
        ]
        kept = steps.row("origin", name, "body")
        if not members:
            if kept is not None:
                steps.drop("origin", [name])
            continue
        body = plain_bytes(made_origin(name, members, why, now.reasons))
        if kept is None or kept[0] != body:
            steps.put("origin", [(name, body)])
    return now, touched


def joins_as_text(made: Joins) -> str:
    """Return joins as they are kept beside the build."""
    return json.dumps([sorted(made.of.items()), [[name, sorted(why)] for name, why in sorted(made.reasons.items())]])


def joins_of_text(text: str) -> Joins:
    """Return the joins that were kept."""
    of, reasons = json.loads(text)
    return Joins(dict(of), {name: frozenset(why) for name, why in reasons})


__all__ = ["follow_origins", "joins_as_text", "joins_of_text"]
