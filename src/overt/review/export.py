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
    flat = [_flat(line) for line in lines]
    columns = sorted({key for line in flat for key in line})
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for line in flat:
        writer.writerow([safe_cell(line.get(c, "")) for c in columns])
    return out.getvalue()


def tables(registry: Registry, known: Mapping[str, str] | None = None) -> dict[str, list[dict[str, str | int | float]]]:
    """Return statements, entities and facts as flat rows by the name of their table; numbers stay numbers.

    A first table, `about`, says what the file is.
    """
    told = "a working export of Overt: names and addresses are not withheld; do not publish it"
    out: dict[str, list[dict[str, str | int | float]]] = {"about": [{"id": "what", "value": told}]}
    for what in ("statements", "entities", "facts"):
        out[what] = [_numbers(row) for row in rows(registry, what, known=known)]
    return out


def _numbers(row: Mapping[str, Any], before: str = "") -> dict[str, str | int | float]:
    out: dict[str, str | int | float] = {}
    for key, value in row.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            out.update(_numbers(value, f"{name}_"))
        elif isinstance(value, list | tuple):
            out[name] = msgspec.json.encode(value, order="sorted").decode()
        elif value is not None:
            out[name] = value
    return out


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + value if value.lstrip(" \u00a0\n").startswith(_FORMULA) else value


def _flat(row: Mapping[str, Any], before: str = "") -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in row.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            out.update(_flat(value, f"{name}."))
        elif isinstance(value, list | tuple):
            out[name] = msgspec.json.encode(value, order="sorted").decode()
        else:
            out[name] = "" if value is None else str(value)
    return out
