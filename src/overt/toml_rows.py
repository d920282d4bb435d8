"""Rows of one table of a TOML file, changed in place: whatever else stands in it, comments too, stays as it is."""

import re
from collections.abc import Mapping

import msgspec

Plain = str | int | float | bool
_ROW = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def literal(value: Plain) -> str:
    """Return a value as TOML writes it."""
    # What JSON writes of these four, TOML reads, but for one character.
    return msgspec.json.encode(value).decode().replace("\x7f", "\\u007f")


def with_rows(text: str, table: str, rows: Mapping[str, Plain]) -> str:
    """Return the text with these rows in its table, which is added at the end where there is none.

    Args:
        text: a TOML file; each row of the table stands on one line.
        table: its name, as between the brackets.
        rows: key -> value; keys are letters, digits, `_` and `-`.
    """
    out: list[str] = []
    missing = dict(rows)
    inside = was_there = False
    for line in [*text.removesuffix("\n").split("\n"), "["]:
        if line.lstrip().startswith("["):
            if inside:
                at = len(out) - next((n for n, row in enumerate(reversed(out)) if row.strip()), 0)
                out[at:at] = _lines(missing)
                missing = {}
            inside = line.strip().startswith(f"[{table}]")
            was_there = was_there or inside
        row = _ROW.match(line) if inside else None
        name = row[1] if row else ""
        out.append(f"{name} = {literal(missing.pop(name))}" if name in missing else line)
    out = out[:-1]
    if not was_there:
        out += ["", f"[{table}]", *_lines(missing)]
    return "\n".join(out) + "\n"


def _lines(rows: Mapping[str, Plain]) -> list[str]:
    return [f"{name} = {literal(value)}" for name, value in sorted(rows.items())]
