"""Releases from the command line: the first, none where nothing changed, the next; and what `verify` says of damage."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_cases import statements
from running import alone, copy_of, ok, run, tree_of


@pytest.fixture
def judged(case: Path) -> Path:
    """The small case in which ann accepted everything but what accuses."""
    for s in statements(case, file="canal.txt"):
        ok("judge", "accept", s.id, "--as", "ann", "--why", "w", "--no-build", "--case", case)
    ok("build", "--case", case)
    return case


def test_the_first_release_then_none_while_nothing_changed_then_the_next(judged: Path) -> None:
    assert "release 1" in ok("publish", "--as", "ann", "--case", judged)
    first = tree_of(judged / "releases")
    assert "1/MANIFEST.minisig" in first
    ran = run("publish", "--as", "ann", "--case", judged)
    assert ran.code in (0, 2)
    assert "release 2" not in ran.out
    assert tree_of(judged / "releases") == first
    assert run("verify", "--case", judged).code == 0

    s = statements(judged, file="tide.txt", prop="located_in")[0]
    ok("judge", "accept", s.id, "--as", "ann", "--why", "w", "--case", judged)
    assert "release 2" in ok("publish", "--as", "ann", "--case", judged)
    assert {n: b for n, b in tree_of(judged / "releases").items() if n.startswith("1/")} == first
    manifest = (judged / "releases" / "2" / "MANIFEST").read_text("utf-8")
    previous = (judged / "releases" / "1" / "MANIFEST").read_bytes()
    assert hashlib.sha256(previous).hexdigest() in manifest
    assert run("verify", "--case", judged).code == 0


def test_a_release_names_no_clock_and_no_signer(judged: Path, tmp_path: Path) -> None:
    other = copy_of(judged, tmp_path / "other")
    ok("publish", "--as", "ann", "--case", judged)
    ok("publish", "--as", "zoe", "--case", other)
    skip = ("1/MANIFEST.minisig", "1/PUBLIC-KEY", "1/MANIFEST.tsr")
    mine, others = tree_of(judged / "releases", skip), tree_of(other / "releases", skip)
    assert mine.keys() == others.keys()
    assert mine == others
    for name, data in mine.items():
        assert b"zoe" not in data, name


def test_the_same_truth_gives_the_same_release_on_every_machine(judged: Path, tmp_path: Path) -> None:
    env = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "America/St_Johns", "PYTHONIOENCODING": "cp1252"}
    other = copy_of(judged, tmp_path / "other")
    (other / "index.sqlite").unlink()
    shutil.rmtree(other / "readings")
    (other / "readings").mkdir()
    ok("publish", "--as", "ann", "--case", judged)
    ran = alone("publish", "--as", "ann", "--case", other, env=env)
    assert ran.code == 0, ran
    skip = ("1/MANIFEST.tsr",)
    assert tree_of(judged / "releases", skip) == tree_of(other / "releases", skip)


def broken(case: Path) -> list[str]:
    ran = run("verify", "--case", case)
    assert ran.code == 1, ran
    return [line for line in ran.out.splitlines() if line.startswith("broken: ")]


def a_capture(case: Path) -> Path:
    return sorted(case.glob("captures/*/*.warc.gz"))[1]


def flip(path: Path, at: int = -1) -> None:
    data = bytearray(path.read_bytes())
    data[at if at >= 0 else len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def test_a_bit_that_flips_in_a_sealed_file_is_named(judged: Path) -> None:
    path = a_capture(judged)
    flip(path)
    assert any(path.relative_to(judged).as_posix() in line for line in broken(judged))


def test_a_sealed_file_that_was_packed_anew_with_other_words_is_named(judged: Path) -> None:
    path = next(p for p in sorted(judged.glob("captures/*/*.warc.gz")) if b"Dublin" in gzip.decompress(p.read_bytes()))
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"Dublin", b"London")))
    assert any(path.relative_to(judged).as_posix() in line for line in broken(judged))


def test_a_sealed_file_that_is_gone_is_named(judged: Path) -> None:
    path = a_capture(judged)
    path.unlink()
    assert any("missing" in line and path.name in line for line in broken(judged))


def test_a_sealed_file_that_nobody_logged_is_named(judged: Path) -> None:
    path = a_capture(judged)
    (path.parent.parent / "ffffffffffffffff").mkdir()
    shutil.copyfile(path, path.parent.parent / "ffffffffffffffff" / path.name)
    assert any("ffffffffffffffff" in line for line in broken(judged))


def edit_word(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace('"why":"w"', '"why":"x"').replace('"size":', '"size":1'), *lines[2:]]


def lose_one(lines: list[str]) -> list[str]:
    return [lines[0], *lines[2:]]


def swap_two(lines: list[str]) -> list[str]:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def tear_last(lines: list[str]) -> list[str]:
    return [*lines[:-1], lines[-1][: len(lines[-1]) // 2]]


@pytest.mark.parametrize("harm", [edit_word, lose_one, swap_two])
@pytest.mark.parametrize("log", ["decisions/ann@*.jsonl", "custody/*.jsonl"])
def test_a_log_that_was_changed_is_named(judged: Path, harm: Callable[[list[str]], list[str]], log: str) -> None:
    path = next(judged.glob(log))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    changed = harm(lines)
    assert changed != lines
    path.write_text("".join(changed), encoding="utf-8", newline="\n")
    assert any(path.relative_to(judged).as_posix() in line for line in broken(judged))


def test_a_published_page_that_was_changed_is_named(judged: Path) -> None:
    ok("publish", "--as", "ann", "--case", judged)
    flip(judged / "releases/1/public/index.html")
    assert any("releases/1" in line and "index.html" in line for line in broken(judged))


def test_a_manifest_that_was_changed_with_its_page_still_fails_by_its_signature(judged: Path) -> None:
    ok("publish", "--as", "ann", "--case", judged)
    manifest = judged / "releases/1/MANIFEST"
    data = manifest.read_bytes()
    manifest.write_bytes(data.replace(b"overt", b"0vert", 1) if b"overt" in data else data[:-2] + b"x\n")
    assert any("releases/1" in line for line in broken(judged))


def test_a_page_that_was_put_into_a_release_is_named(judged: Path) -> None:
    ok("publish", "--as", "ann", "--case", judged)
    (judged / "releases/1/public/extra.html").write_text("x", encoding="utf-8")
    assert any("extra.html" in line for line in broken(judged))


def test_a_torn_last_line_is_no_silent_loss(judged: Path) -> None:
    path = next(judged.glob("decisions/ann@*.jsonl"))
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(tear_last(lines)), encoding="utf-8", newline="\n")
    ran = run("verify", "--case", judged)
    assert ran.code == 1
    assert "ann@" in ran.out


def test_what_was_not_checked_is_said_with_the_reason(judged: Path) -> None:
    ok("publish", "--as", "ann", "--case", judged)
    said = ok("verify", "--case", judged)
    assert "not checked" in said
    assert all(json.dumps(line) for line in said.splitlines())


def test_without_a_handle_nothing_is_published(judged: Path, tmp_path: Path) -> None:
    ran = run("publish", "--case", judged)
    assert ran.code == 2
    assert "--as" in ran.complaint
    ran = run("publish", "--draft", judged / "releases" / "9", "--case", judged)
    assert ran.code == 2
    assert ran.complaint


def test_a_draft_is_not_written_over_a_folder_with_other_things(judged: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    ran = run("publish", "--draft", tmp_path / "mine", "--case", judged)
    assert ran.code == 2
    assert ran.complaint
    assert (tmp_path / "mine" / "letter.txt").read_text("utf-8") == "mine"
    ok("publish", "--draft", tmp_path / "draft", "--case", judged)
    ok("publish", "--draft", tmp_path / "draft", "--case", judged)  # its own draft it writes again
