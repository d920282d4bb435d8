"""Working exports: statements, entities, facts, counts as JSON Lines or CSV. They are no release and say so."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from overt.model import Count, Fact, Registry, Statement
from overt.resolve.gloss import gloss

# A spreadsheet would run a cell that begins so; the mark before it makes it text. Source: OWASP, CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

NOT_PROTECTED = "names and addresses are not withheld; do not publish it"
WHAT = ("statements", "entities", "facts", "counts")


def rows(
    registry: Registry,
    what: str,
    counts: Iterable[Count] = (),
    with_implied: bool = False,
    known: Mapping[str, str] | None = None,
) -> Iterator[Mapping[str, Any]]:
    """Yield plain rows in order of id.

    Args:
        registry: a build.
        what: one of `WHAT`.
        counts: what `counts` exports.
        with_implied: give implied statements too.
        known: English names of voices (`names_in_english`); with them, Chinese roles and bodies get their reading.
    """
    nouns: Iterable[msgspec.Struct]
    if what == "statements":
        nouns = (s for s in registry.statements if with_implied or not s.implied)
    elif what == "entities":
        nouns = registry.entities
    elif what == "facts":
        nouns = registry.facts
    else:
        nouns = counts
    for noun in nouns:
        row: dict[str, Any] = as_words(noun) if isinstance(noun, Count) else msgspec.to_builtins(noun)
        if isinstance(noun, Fact):
            row["support"] = noun.support.word
        if isinstance(noun, Statement) and known is not None:
            row = with_readings(row, known)
        yield row


def with_readings(row: dict[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """Return a statement's row with an English reading in square brackets behind Chinese roles and bodies.

    `words` of each voice stay as the page has them.
    """
    for voice in row["attribution"]:
        for part in ("role", "organisation"):
            read = gloss(voice[part], known) if voice[part] else None
            if read is not None:
                voice[part] = f"{voice[part]} [{read}]"
    return row


def as_words(count: Count) -> dict[str, Any]:
    """Return a count as plain data with support in words."""
    plain: dict[str, Any] = msgspec.to_builtins(count)
    plain["question"]["support"] = count.question.support.word
    for row, own in zip(plain["rows"], count.rows, strict=True):
        for part, one in zip(row["parts"], own.parts, strict=True):
            part["support"] = one.support.word
    return plain


def jsonl(lines: Iterable[Mapping[str, Any]]) -> str:
    """One object a line, keys sorted, UTF-8 as it is."""
    return "".join(msgspec.json.encode(line, order="sorted").decode() + "\n" for line in lines)


def as_csv(lines: Iterable[Mapping[str, Any]]) -> str:
    """The same rows flat: nested values as `outer.inner`, lists as JSON. An escaped view; JSON Lines is the whole."""
    flat = [{name: "" if value is None else str(value) for name, value in _flat(line, ".")} for line in lines]
    columns = sorted({key for line in flat for key in line})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for line in flat:
        writer.writerow([safe_cell(line.get(c, "")) for c in columns])
    return out.getvalue()


Flat = dict[str, str | int | float]
# Columns that hold the id of a row of another table.
LINKS = {
    ("statements", "subject_entity"): "entities",
    ("statements", "fact"): "facts",
    ("statements", "parent"): "statements",
    ("facts", "entity"): "entities",
    ("fact_statements", "fact"): "facts",
    ("fact_statements", "statement"): "statements",
    ("count_rows", "count"): "counts",
    ("count_rows", "entity"): "entities",
    ("count_rows", "fact"): "facts",
}


def tables(
    registry: Registry, counts: Iterable[Count] = (), known: Mapping[str, str] | None = None
) -> dict[str, list[Flat]]:
    """Return the case as flat rows by the name of their table; numbers stay numbers, lists are JSON.

    A first table, `about`, says what the file is. Implied statements are in it, since facts rest on them. Two tables
    of pairs walk from a number to words: `count_rows` (counts to entities and facts) and `fact_statements`.
    """
    told = f"a working export of Overt: {NOT_PROTECTED}"
    asked = list(counts)
    out: dict[str, list[Flat]] = {"about": [{"id": "what", "value": told}]}
    for what in ("statements", "entities", "facts"):
        out[what] = [_numbers(row) for row in rows(registry, what, with_implied=True, known=known)]
    out["fact_statements"] = [pair for fact in registry.facts for pair in _sides(fact)]
    out["counts"] = [
        {
            "id": count.id,
            "kind": count.question.kind,
            "support": count.question.support.word,
            "low": count.low,
            "high": count.high,
            "exact": count.exact,
        }
        for count in asked
    ]
    out["count_rows"] = [
        {
            "id": f"{count.id}/{number}/{part.entity}",
            "count": count.id,
            "row": number,
            "label": part.label,
            "country": row.country or "",
            "open": row.open,
            "entity": part.entity,
            "fact": part.fact,
            "support": part.support.word,
        }
        for count in asked
        for number, row in enumerate(count.rows, 1)
        for part in row.parts
    ]
    return out


def _sides(fact: Fact) -> list[Flat]:
    """The statements of a fact, each with its side: affirms, finding, or the kind of challenge."""
    pairs = [(i, "affirms") for i in fact.affirming] + [(c.statement, c.kind) for c in fact.against]
    pairs += [(i, "finding") for i in fact.findings]
    return [
        {"id": f"{fact.id}/{side}/{statement}", "fact": fact.id, "statement": statement, "side": side}
        for statement, side in sorted(set(pairs))
    ]


def _numbers(row: Mapping[str, Any]) -> Flat:
    return {name: value for name, value in _flat(row, "_") if value is not None}


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + value if value.lstrip(" \u00a0\n").startswith(_FORMULA) else value


def _flat(row: Mapping[str, Any], joint: str, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (name, value) of a row's plain values, the names of what is inside joined by `joint`; lists are JSON."""
    for key, value in row.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, joint, f"{name}{joint}")
        elif isinstance(value, list | tuple):
            yield name, msgspec.json.encode(value, order="sorted").decode()
        else:
            yield name, value
