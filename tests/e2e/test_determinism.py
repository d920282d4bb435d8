"""The same pages in any order, under any hash seed, locale and time zone: the same index and exports, to the byte."""

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_cases import dump, untimed
from running import made_once, ok, tree_of

import overt.demo

Order = Callable[[list[list[str]]], list[list[str]]]
DATA = Path(overt.demo.__file__).parent
ORDERS = [
    ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Shanghai"}, lambda rows: rows[::-1]),
    ({"PYTHONHASHSEED": "2", "LC_ALL": "zh_CN.UTF-8", "TZ": "UTC"}, lambda rows: rows[1::2] + rows[0::2]),
]
# Add, build and export in one process: a start of Python for each would take seconds.
STEPS = """
import sys
from running import ok
case, sheet, out = sys.argv[1:]
ok("add", "--case", case, "--manifest", sheet)
ok("build", "--case", case)
for what in ("statements", "entities", "facts", "counts"):
    for form in ("jsonl", "csv"):
        ok("export", what, "--format", form, "--case", case, "--out", f"{out}/{what}.{form}")
"""


def built(folder: Path, env: dict[str, str], order: Order) -> Path:
    """Add, build and export the demonstration's texts in another order, in a process of its own."""
    table = (DATA / "sheet.csv").read_text(encoding="utf-8")
    head, *rows = csv.reader(io.StringIO(table, newline=""))
    sheet = io.StringIO(newline="")
    csv.writer(sheet, lineterminator="\n").writerows([head, *order(rows)])
    shutil.copytree(DATA / "texts", folder / "texts")
    (folder / "sheet.csv").write_text(sheet.getvalue(), encoding="utf-8", newline="\n")
    (folder / "out").mkdir()
    ok("init", folder / "case", "--profile", "overseas-stations")
    subprocess.run(
        [sys.executable, "-c", STEPS, *(str(folder / name) for name in ("case", "sheet.csv", "out"))],
        check=True,
        cwd=Path(__file__).parent,
        env={**os.environ, **env},
    )
    return folder


@pytest.fixture(scope="session")
def plain_case() -> Path:
    folder = made_once("plain")
    return folder if (folder / "case").exists() else built(folder, {}, lambda rows: rows)


@pytest.mark.parametrize(("env", "order"), ORDERS, ids=["seed-1", "seed-2"])
def test_no_order_seed_locale_or_time_zone_changes_a_byte(
    plain_case: Path, tmp_path: Path, env: dict[str, str], order: Order
) -> None:
    other = built(tmp_path, env, order)
    assert untimed(other / "case") == untimed(plain_case / "case")
    results = tree_of(other / "out")
    assert len(results) == 8
    assert results == tree_of(plain_case / "out")


def test_a_second_build_of_the_same_truth_changes_nothing(plain_case: Path) -> None:
    before = dump(plain_case / "case")
    ok("build", "--case", plain_case / "case")
    assert dump(plain_case / "case") == before
