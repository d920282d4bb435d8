"""One page more, one judgement more, nothing new: what a build follows of a change, and what that costs.

The statements of `bench/scale.py` go through resolving, weighing and storing as in a build, into an index on disk;
reading and finding, which keep their results by page, are left out. Seconds are those of the processor. Each step opens
the index anew, and leaves the same rows as a clean build.
"""

import gc
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.origins import demo
from bench.scale import peak, varied
from overt.build import with_contents
from overt.build.change import Pages
from overt.build.following import Truth, bring
from overt.find import Found
from overt.model import Document, Judgement, Mention, Statement, Verb
from overt.profile import Profile, find_profile, load
from overt.store import reading, writing

# (statements, mentions): a case of some three hundred pages, of a thousand, of ten thousand.
SIZES = ((3_000, 300), (10_000, 1_000), (100_000, 10_000))
Step = tuple[str, float, bool, int]


def pages(statements: int, mentions: int) -> list[tuple[Document, Found]]:
    """Return documents with what is found in them, the last published last."""
    made = varied(demo(), statements, mentions)
    names = {name: document.id for name, document in made.documents.items()}
    said: dict[str, list[Statement]] = defaultdict(list)
    named: dict[str, list[Mention]] = defaultdict(list)
    for statement in made.statements:
        said[statement.document].append(msgspec.structs.replace(statement, document=names[statement.document]))
    for mention in made.mentions:
        named[mention.document].append(msgspec.structs.replace(mention, document=names[mention.document]))
    dates = {name: max((s.published or "" for s in said[name]), default="") for name in names}
    # A page that is told by several outlets has one mention, which the pages of all of them are about.
    captures = {document.id: name for name, document in made.documents.items()}
    return [
        (
            made.documents[name],
            Found(
                mentions=tuple(named[name]),
                statements=tuple(msgspec.structs.replace(s, capture=captures[s.document]) for s in said[name]),
            ),
        )
        for name in sorted(names, key=lambda name: (dates[name], name))
    ]


def measure(statements: int, mentions: int) -> list[Step]:
    """Return (what was done, seconds, whether it was a whole build, rows written) for a clean build and changes."""
    profile = load(find_profile("overseas-stations"))
    every = [(document, with_contents(found, profile)) for document, found in pages(statements, mentions)]
    middle = every[len(every) // 2]
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite"
        without = [one for one in every if one is not middle]
        _step(steps, "clean build", index, profile, without[:-1])
        _step(steps, "nothing new", index, profile, without[:-1])
        _step(steps, "one page more, the latest", index, profile, without)
        _step(steps, "one page more, of a day between", index, profile, every)
        target = next(s for _, found in every for s in found.statements if s.property == "status")
        with reading(index) as store:
            seen = store.statement(target.id)
        assert seen is not None
        line = Judgement(verb=Verb.REJECT, target=seen.id, why="no", handle="ada", id="1", content=seen.content)
        _step(steps, "one judgement more", index, profile, every, [line])
        undo = Judgement(verb=Verb.UNDO, target="1", why="it was", handle="ada", id="2")
        _step(steps, "its undo", index, profile, every, [line, undo])
        _step(steps, "one page less", index, profile, without, [line, undo])
    return steps


def _step(
    steps: list[Step],
    name: str,
    index: Path,
    profile: Profile,
    some: Sequence[tuple[Document, Found]],
    lines: Sequence[Judgement] = (),
) -> None:
    documents = {d.capture: d for d, _ in some}
    found = {d.capture: f for d, f in some}
    hashes = {capture: capture for capture in documents}  # reading keeps them beside the readings
    captures = Pages(hashes, hashes, documents.__getitem__, found.__getitem__)
    truth = Truth(profile, "one profile and one version of the code", [], captures, [], lines, [], {"truth": name})
    gc.collect()
    gc.disable()  # as a build does
    start = time.process_time()
    with writing(index) as store:
        done = bring(store, truth)
    steps.append((name, time.process_time() - start, done.is_whole, done.written))
    print(*steps[-1], file=sys.stderr, flush=True)
    gc.enable()


def table() -> str:
    """The figures as Markdown tables, one a size."""
    out = []
    for statements, mentions in SIZES:
        steps = measure(statements, mentions)
        out += [
            f"{statements:,} statements, {mentions:,} mentions; peak so far {peak():.1f} GiB",
            "",
            "| what | seconds | whole build | rows written |",
            "|---|---|---|---|",
            *(f"| {name} | {sec:.2f} | {'yes' if whole else 'no'} | {rows:,} |" for name, sec, whole, rows in steps),
            "",
        ]
    return "\n".join(out)


__all__ = ["measure", "table"]
