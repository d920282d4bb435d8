"""`overt add` and `overt build` on a case of many pages: what the commands take when one page comes.

The texts of the demonstration, varied as in `bench/scale.py`, are added as files and built, each by its command in a
process of its own. Seconds are those of the processor, the start of Python and the loading of tables included.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.origins import demo
from bench.scale import varied

PAGES = (300, 1_000)
_MORE = "The Chinese police service station in Dublin has closed, the foreign ministry said on {day} October 2022.\n"
Step = tuple[str, float]


def measure(pages: int) -> list[Step]:
    """Return (command, seconds of the processor) for a case of so many pages, to which one page is added."""
    with tempfile.TemporaryDirectory() as folder:
        root, case = Path(folder), str(Path(folder) / "case")
        sheet = _files(root / "pages", pages)
        _command("init", case, "--profile", "overseas-stations")
        steps = [("add all pages", _command("add", "--manifest", str(sheet), "--case", case))]
        steps.append(("build, the first", _command("build", "--case", case)))
        steps.append(("build, nothing new", _command("build", "--case", case)))
        more = root / "more.txt"
        more.write_text(_MORE.format(day=14), encoding="utf-8")
        steps.append(("add one page more", _command("add", str(more), "--case", case)))
        steps.append(("build, one page more", _command("build", "--case", case)))
    return steps


def _files(folder: Path, pages: int) -> Path:
    """Write the pages and a sheet of their outlets and dates."""
    folder.mkdir()
    made = varied(demo(), pages * 10, pages)
    published = {s.document: s.published for s in made.statements}
    sheet = folder / "sheet.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "outlet", "published"])
        for number, (_, document) in enumerate(sorted(made.documents.items())):
            name = f"{number:05d}.txt"
            text = f"{document.title or ''}\n\n{document.text}\n\nPage {number}.\n"
            (folder / name).write_text(text, encoding="utf-8")
            rows.writerow([name, f"Outlet {number % 97}", published.get(document.id) or ""])
    return sheet


def _command(*words: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-m", "overt.cli", *words], check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def table() -> str:
    """The figures as a Markdown table."""
    seen = {pages: dict(measure(pages)) for pages in PAGES}
    names = list(next(iter(seen.values())))
    head = " | ".join(f"{pages:,} pages" for pages in PAGES)
    rows = [f"| {name} | {' | '.join(f'{seen[pages][name]:.1f}' for pages in PAGES)} |" for name in names]
    return "\n".join([f"| command | {head} |", "|---" * (len(PAGES) + 1) + "|", *rows])


__all__ = ["measure", "table"]
