"""One page more, one judgement more, nothing new: what of a build is recalled, and what it still costs.

The statements of `bench/scale.py` go through resolving, weighing and storing as in a build, into an index on disk;
reading and finding, which keep their results by page, are left out. Seconds are those of the processor.
"""

import gc
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.origins import demo
from bench.scale import peak, varied
from overt.build import assemble, with_contents
from overt.find import Found
from overt.model import Document, Judgement, Mention, Registry, Statement, Verb
from overt.profile import Profile, find_profile, load
from overt.store import writing

# (statements, mentions): a case of some three hundred pages, of a thousand, of ten thousand.
SIZES = ((3_000, 300), (10_000, 1_000), (100_000, 10_000))
Step = tuple[str, float, int, int]


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
    return [
        (made.documents[name], Found(mentions=tuple(named[name]), statements=tuple(said[name])))
        for name in sorted(names, key=lambda name: (dates[name], name))
    ]


def measure(statements: int, mentions: int) -> list[Step]:
    """Return (what was done, seconds, results made anew, rows written) for a clean build and four small changes."""
    profile = load(find_profile("overseas-stations"))
    every = [(document, with_contents(found, profile)) for document, found in pages(statements, mentions)]
    middle = every[len(every) // 2]
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite"
        without = [one for one in every if one is not middle]
        _step(steps, "clean build", index, profile, without[:-1])
        _step(steps, "nothing new", index, profile, without[:-1])
        registry = _step(steps, "one page more, the latest", index, profile, without)
        _step(steps, "one page more, of a day between", index, profile, every)
        target = next(s for s in registry.statements if s.property == "status" and not s.implied)
        line = Judgement(verb=Verb.REJECT, target=target.id, why="no", handle="ada", id="1", content=target.content)
        _step(steps, "one judgement more", index, profile, every, [line])
    return steps


def _step(
    steps: list[Step],
    name: str,
    index: Path,
    profile: Profile,
    some: Sequence[tuple[Document, Found]],
    lines: Sequence[Judgement] = (),
) -> Registry:
    gc.collect()
    gc.disable()  # as a build does
    start = time.process_time()
    with writing(index) as store:
        memory = store.memory("one profile and one version of the code")
        documents, found = [d for d, _ in some], [f for _, f in some]
        registry = assemble(profile, [], documents, [], found, lines, memory)
        written = store.replace(registry, {"truth": name}, [], memory)
    steps.append((name, time.process_time() - start, memory.made, written))
    gc.enable()
    return registry


def table() -> str:
    """The figures as Markdown tables, one a size."""
    out = []
    for statements, mentions in SIZES:
        steps = measure(statements, mentions)
        out += [
            f"{statements:,} statements, {mentions:,} mentions; peak so far {peak():.1f} GiB",
            "",
            "| what | seconds | results made anew | rows written |",
            "|---|---|---|---|",
            *(f"| {name} | {seconds:.2f} | {made:,} | {written:,} |" for name, seconds, made, written in steps),
            "",
        ]
    return "\n".join(out)


__all__ = ["measure", "table"]
