"""A model as a second finder on the labelled pages: what it proposed, what the gate dropped by which rule, what stays.

Without more, the small model on this machine is asked for some minutes. `OVERT_MODEL` and `OVERT_MODEL_AT` name another
one, `OVERT_MODEL_CASE` a folder in which its answers stay, so that the next run goes on, `OVERT_MODEL_MINUTES` the
time, `OVERT_MODEL_KEY` the variable that holds a key.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import local_model, made_models
from bench.labelled import SHARED
from overt import capture
from overt.asking import Pending, ask, pages, pending
from overt.build import build
from overt.case import Case, init, open_case, set_rows, writing
from overt.find import Finders, Model, find
from overt.find.llm import NAME, VERSION, answers, words
from overt.model import FetchError, Registry, Statement
from overt.net import Endpoint
from overt.profile import find_profile, load
from overt.resolve.gloss import names_in_english
from overt.review import jsonl, rows
from overt.toml_rows import Plain

MINUTES = 15.0
MOST_OF_A_SMALL_ONE = 2  # statements a part: it says the last one again until it may say no more
ABSENT = "labelled pages: not checked, since they are not beside this checkout"


@dataclass(frozen=True)
class Figures:
    """What a run came to. `became` counts by the keys of `gate.toml`; `ungrounded` is counted apart from the gate."""

    model: str
    answered: int
    asked: int
    waiting: int
    failed: int
    seconds: float
    became: Counter[str]
    kept: int
    ungrounded: int
    pages: int
    scores: dict[str, dict[str, float]]
    made_up: list[str]


def run(minutes: float = MINUTES) -> Figures | str:
    """Ask as long as there is time, build, and score; or say why that cannot be."""
    cases = SHARED / "cases"
    if not (SHARED / "bench" / "score_statements.py").is_file():
        return ABSENT
    with contextlib.ExitStack() as stack:
        endpoint = _endpoint(stack)
        if endpoint is None:
            return local_model.ABSENT
        folder = os.environ.get("OVERT_MODEL_CASE") or stack.enter_context(tempfile.TemporaryDirectory())
        case = _case(Path(folder) / "case", cases, endpoint)
        with writing(case):
            asked = pages(case, endpoint, _quiet)
        profile = load(case.profile)
        todo = pending(case, asked, profile, endpoint, _quiet)
        begin = time.monotonic()
        done, failed = _ask(case, todo, endpoint, begin + 60 * minutes)
        seconds = time.monotonic() - begin
        waiting = {one.capture for one in pending(case, asked, profile, endpoint, _quiet)}
        finders, became, answered = Finders(profile), Counter[str](), 0
        for page in asked:
            held = answers(case, page.document.capture, endpoint)
            found = find(page.document, page.sightings[0], finders, Model(endpoint, held))
            if found.llm is not None:
                became.update(found.llm.became)
                answered += found.llm.answered
        registry = build(case)
        own = [s for s in registry.statements if s.finder.name == NAME and not s.implied]
        whole = {p.sightings[0].address for p in asked if p.document.capture not in waiting}
        files = {s.file for s in registry.sightings if s.address in whole and s.file}
        return Figures(
            model=endpoint.name,
            answered=answered,
            asked=done,
            waiting=len(todo) - done,
            failed=failed,
            seconds=seconds,
            became=became,
            kept=len(own),
            ungrounded=ungrounded(registry, own),
            pages=len(files),
            scores=_scores(case, registry, {Path(f).name for f in files}),
            made_up=made_models.table(asked, finders),
        )


def _ask(case: Case, todo: Sequence[Pending], endpoint: Endpoint, until: float) -> tuple[int, int]:
    """Ask until the time is over or the server is gone; return how many were asked, and how many of them failed."""
    done = failed = 0
    try:
        for problem in ask(case, todo, endpoint, endpoint.key()):
            done += 1
            failed += problem is not None
            if sys.stderr.isatty():
                print(f"\r{done} of {len(todo)}", end="", file=sys.stderr, flush=True)
            if time.monotonic() > until:
                break
    except FetchError as error:
        print(error, file=sys.stderr)
    return done, failed


def _quiet(step: str, done: int, of: int) -> None:
    """Progress that nobody looks at."""


def _endpoint(stack: contextlib.ExitStack) -> Endpoint | None:
    named = os.environ.get("OVERT_MODEL")
    if named:
        at = os.environ.get("OVERT_MODEL_AT", Endpoint(name=named).at)
        here = Endpoint(name=named, at=at)
        return Endpoint(name=named, at=at, local=here.is_this_machine, key_from=os.environ.get("OVERT_MODEL_KEY", ""))
    if not local_model.is_here():
        return None
    at = stack.enter_context(local_model.running())
    return Endpoint(name=local_model.NAME, at=at, local=True, most=MOST_OF_A_SMALL_ONE)


def _case(folder: Path, cases: Path, endpoint: Endpoint) -> Case:
    if not folder.exists():
        case = init(folder, Path(str(find_profile("overseas-stations"))))
        with writing(case):
            for receipt in capture.add(case, capture.load_sheet(cases / "sources.csv").inputs):
                assert receipt.reason is None, receipt
    case = open_case(folder)
    table: dict[str, Plain] = {"name": endpoint.name, "at": endpoint.at, "local": endpoint.local, "most": endpoint.most}
    set_rows(case, {"finders": {NAME: VERSION}, "model": table})
    return open_case(folder)


def ungrounded(registry: Registry, own: Iterable[Statement]) -> int:
    """How many of these have a quote, a value or a voice that does not stand in the page: looked at anew."""
    texts = {d.capture: d.text for d in registry.documents}
    bad = 0
    for s in own:
        text = texts[s.capture]
        voices = [v.words for v in s.attribution if v.words]
        held = text[s.quote.start : s.quote.end] == s.quote.exact and s.value.text in s.quote.exact
        bad += not (held and all(words in text for words in voices))
    return bad


def _scores(case: Case, registry: Registry, files: set[str]) -> dict[str, dict[str, float]]:
    """The scorer's figures on the pages that were asked about whole: the patterns', the model's, and both."""
    own = {s.id for s in registry.statements if s.finder.name == NAME}
    export = jsonl(rows(registry, "statements", known=names_in_english(load(case.profile))))
    lines = [(json.loads(line), line) for line in export.splitlines()]
    labels = [page for page in json.loads((SHARED / "cases" / "dev.json").read_text("utf-8")) if page["file"] in files]
    if not labels:
        return {}
    parts = {
        "patterns": [line for row, line in lines if row["id"] not in own],
        "model alone": [line for row, line in lines if row["id"] in own or row["finder"]["also"]],
        "both": [line for _, line in lines],
    }
    return {name: _score(labels, part) for name, part in parts.items()}


def _score(labels: list[object], lines: list[str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold.json", Path(folder) / "statements.jsonl"
        gold.write_text(json.dumps(labels), encoding="utf-8")
        found.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        scorer = SHARED / "bench" / "score_statements.py"
        done = subprocess.run(
            [sys.executable, scorer, gold, SHARED / "cases" / "texts", found],
            capture_output=True,
            text=True,
            check=True,
        )
    cells = next(line for line in done.stdout.splitlines() if line.startswith("all ")).split()
    names = ("labelled", "found", "stance", "voice", "whole", "rows", "precise")
    return {n: float(c) if c != "-" else 0.0 for n, c in zip(names, cells[1:], strict=True)}


def table() -> str:
    """Three tables: what became of the proposals, the scores with and without the model, and the made-up models."""
    made = run(float(os.environ.get("OVERT_MODEL_MINUTES", MINUTES)))
    if isinstance(made, str):
        return made
    proposed = sum(made.became.values())
    each = made.seconds / made.asked if made.asked else 0.0
    told = f"{made.asked} asked now, in {made.seconds:.0f} s ({each:.1f} s each), {made.failed} failed"
    lines = [
        f"{made.model}: {made.answered} parts answered; {told}, {made.waiting} not asked for want of time",
        "",
        "| what became of a proposal | number |",
        "|---|---|",
        f"| proposed | {proposed} |",
        *(f"| {label} | {made.became[key]} |" for key, label in words().items()),
        f"| kept, and not grounded (counted apart) | {made.ungrounded} |",
        "",
        f"| {made.pages} pages asked about whole | labelled | found | stance | voice | whole | rows | precise |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, row in made.scores.items():
        cells = [
            f"{row['labelled']:.0f}",
            *(f"{row[k]:.3f}" for k in ("found", "stance", "voice", "whole")),
            f"{row['rows']:.0f}",
            f"{row['precise']:.3f}",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", *made.made_up])
