"""The labelled pages: statements found in them, scored by the scorer that lies beside them; skipped where absent."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from overt import capture
from overt.build import build
from overt.case import init, open_case, writing
from overt.model import Pipeline
from overt.profile import find_profile, load
from overt.read.parses import set_pipelines
from overt.resolve.gloss import names_in_english
from overt.review import jsonl, rows

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def score(pipeline: Pipeline | None = None) -> tuple[str, dict[str, float]] | None:
    """Return the scorer's table and the figures for all pages, or None where the labelled pages are not at hand.

    Args:
        pipeline: parses the English ones.
    """
    cases, scorer = SHARED / "cases", SHARED / "bench" / "score_statements.py"
    if not scorer.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        case = init(Path(folder) / "case", Path(str(find_profile("overseas-stations"))))
        if pipeline is not None:
            set_pipelines(case, {"en": pipeline})
            case = open_case(case.root)
        profile = load(find_profile("overseas-stations"))
        with writing(case):
            for receipt in capture.add(case, capture.load_sheet(cases / "sources.csv").inputs):
                assert receipt.reason is None, receipt
        registry = build(case)
        statements = Path(folder) / "statements.jsonl"
        statements.write_text(jsonl(rows(registry, "statements", known=names_in_english(profile))), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, scorer, cases / "dev.json", cases / "texts", statements],
            capture_output=True,
            text=True,
            check=True,
        )
    words = next(line for line in done.stdout.splitlines() if line.startswith("all ")).split()
    figures = dict(zip(("found", "stance", "voice", "whole", "rows", "precise"), map(float, words[2:8]), strict=True))
    ungrounded = re.search(r"ungrounded quotes: (\d+)", done.stdout)
    figures["ungrounded"] = float(ungrounded[1]) if ungrounded else -1.0
    return done.stdout, figures


def table() -> str:
    """The scorer's table."""
    made = score()
    return made[0] if made else "labelled pages: not checked, since they are not beside this checkout"


def digest_of_pages() -> str:
    """A hash of the labels, so that a floor is known to belong to them."""
    from overt.model import sha256

    return sha256((SHARED / "cases" / "dev.json").read_bytes())[:16]


__all__ = ["digest_of_pages", "score", "table"]
