"""Before a release: what would become public for the first time is listed, names first; what was public is not new."""

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import copy_of, demo, ok, tree_of


def test_after_a_release_nothing_is_new_and_nothing_is_written(tmp_path: Path) -> None:
    case = copy_of(demo(), tmp_path / "case")
    before = tree_of(case / "releases")
    told = ok("publish", "--check", "--case", case)
    assert "for the first time: nothing" in told
    assert "held back" in told
    assert tree_of(case / "releases") == before


def test_without_a_release_all_is_new_and_names_stand_first(tmp_path: Path) -> None:
    case = copy_of(demo(), tmp_path / "case")
    shutil.rmtree(case / "releases" / "1")
    lines = [x.strip() for x in ok("publish", "--check", "--case", case).splitlines()[1:]]
    sorts = [x.partition(":")[0] for x in lines if not x.startswith("held back")]
    assert "organisation" in sorts
    assert sorts.index("statement") > sorts.index("organisation")
    assert any("[accuses]" in x for x in lines)
