"""Killed at any moment, nothing is lost: the next run goes on, and what it makes is what an undisturbed one makes."""

import random
import shutil
import sys
import time
from pathlib import Path

import pytest
from reading_cases import dump, untimed
from running import made_once, ok, run, spawn

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench.pages import page

PAGES = 150


@pytest.fixture(scope="session")
def many() -> Path:
    """A folder of generated pages, and beside it a case that was added and built without disturbance."""
    folder = made_once("many")
    if not (folder / "case").exists():
        (folder / "pages").mkdir()
        for number in range(PAGES):
            text = page(number, 8).split(b"<nav>")
            body = text[1].split(b"</nav>")[1].split(b"<aside>")[0]
            (folder / "pages" / f"{number:03}.html").write_bytes(text[0] + body + b"</body></html>")
        ok("init", folder / "case", "--profile", "overseas-stations")
        ok("add", "--case", folder / "case", folder / "pages")
        shutil.copytree(folder / "case", folder / "unbuilt")
        ok("build", "--case", folder / "case")
    return folder


def killed(*args: object, after: float) -> bool:
    """Start a command and kill it after some seconds; False where it had ended before."""
    process = spawn(*args)
    time.sleep(after)
    was_running = process.poll() is None
    process.kill()
    process.communicate()
    return was_running


def test_a_build_that_is_killed_again_and_again_ends_as_an_undisturbed_one(many: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(many / "unbuilt", case)
    rng = random.Random(20220912)
    kills = sum(killed("build", "--case", case, after=0.7 + rng.random()) for _ in range(4))
    assert kills >= 2
    ok("build", "--case", case)
    assert dump(case) == dump(many / "case")
    assert run("verify", "--case", case).code == 0


def test_an_add_that_is_killed_loses_nothing_and_the_next_goes_on(many: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    ok("init", case, "--profile", "overseas-stations")
    rng = random.Random(54)
    kills = sum(killed("add", "--case", case, many / "pages", after=0.55 + rng.random() / 3) for _ in range(3))
    assert kills >= 1
    ok("add", "--case", case, many / "pages")
    assert run("verify", "--case", case).code == 0
    assert f"{PAGES} already there" in ok("add", "--case", case, many / "pages")
    ok("build", "--case", case)
    assert untimed(case) == untimed(many / "case")


def test_a_judgement_that_is_killed_is_there_or_not_but_never_half(many: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copytree(many / "case", case)
    found = next(row for row in dump(case) if row[0] == "statement")[1]
    for after in (0.6, 0.9):
        killed("judge", "accept", found, "--as", "ann", "--why", "w", "--case", case, after=after)
    ok("judge", "accept", found, "--as", "ann", "--why", "w", "--case", case)
    assert run("verify", "--case", case).code == 0
