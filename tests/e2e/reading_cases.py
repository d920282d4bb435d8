"""Looks into built cases: statements by what they say, and the tree that `overt why` prints."""

import json
import re
from pathlib import Path

from running import ok

from overt.model import Document, Statement
from overt.store import reading


def statements(case: Path, **want: str) -> list[Statement]:
    """Found statements with these properties: `prop`, `normal`, `stance`, `file`, `number`, `passage`."""
    with reading(case / "index.sqlite") as store:
        registry = store.load()
    out = [s for s in registry.statements if not s.implied]
    for name, value in want.items():
        out = [s for s in out if _of(s, name) == value]
    return out


def _of(s: Statement, name: str) -> str | None:
    return {
        "prop": s.property,
        "normal": s.value.normal,
        "stance": str(s.stance),
        "file": s.file,
        "passage": str(s.passage) if s.file == "harbour.html" else None,
        "number": f"{s.value.number:g}" if s.value.number is not None else None,
    }[name]


def one(case: Path, **want: str) -> Statement:
    found = statements(case, **want)
    assert len(found) == 1, (want, found)
    return found[0]


def documents(case: Path) -> dict[str, Document]:
    with reading(case / "index.sqlite") as store:
        return {d.capture: d for d in store.load().documents}


def dump(case: Path) -> list[tuple[str, ...]]:
    with reading(case / "index.sqlite") as store:
        return store.dump()


def untimed(case: Path) -> list[tuple[str, ...]]:
    """The dump without the times at which captures were obtained: these are truth, and differ from run to run."""
    rows = [row if row[0] != "sighting" else ("sighting", re.sub(r'"seen":"[^"]*"', "", row[2])) for row in dump(case)]
    return sorted(rows)


def exports(case: Path) -> dict[str, str]:
    """All working exports of a case."""
    return {
        f"{what}.{form}": ok("export", what, "--format", form, "--case", case)
        for what in ("statements", "entities", "facts", "counts")
        for form in ("jsonl", "csv")
    }


def counted(case: Path, *more: str) -> dict:
    return json.loads(ok("count", "sites", "--json", "--case", case, *more))


LEAF = re.compile(r"words: “(.*?)”\n.*?page: .*?characters (\d+)-(\d+)\n.*?sealed: sha256:([0-9a-f]{64})", re.S)


def leaves(tree: str) -> list[tuple[str, int, int, str]]:
    """(words, start, end, capture) of each statement in a printed tree."""
    return [(m[1], int(m[2]), int(m[3]), m[4]) for m in LEAF.finditer(tree)]
