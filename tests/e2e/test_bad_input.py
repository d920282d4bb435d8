"""What cannot be used: one clear line, exit code 2, no traceback, nothing lost, and the rest of the batch goes on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import Ran, alone, copy_of, ok, run, spawn, tree_of


def refused(ran: Ran, *words: str) -> str:
    assert ran.code == 2, ran
    line = ran.complaint
    for word in words:
        assert word in line, line
    return line


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A folder with one good page, to which tests put a bad one."""
    (tmp_path / "batch").mkdir()
    (tmp_path / "batch" / "good.txt").write_text("The station in Dublin has closed.\n", encoding="utf-8")
    return tmp_path / "batch"


def test_a_file_in_which_nothing_is_is_refused_and_the_rest_goes_in(empty: Path, batch: Path) -> None:
    (batch / "empty.html").write_bytes(b"")
    ran = run("add", "--case", empty, batch)
    line = refused(ran, "empty.html", "empty")
    assert line.startswith("overt: refused ")
    assert "1 added, 0 seen again, 0 already there, 1 refused" in ran.out
    assert "1 documents" in ok("build", "--case", empty)
    assert run("verify", "--case", empty).code == 0


BAD = {
    "blank.txt": b" \n\t\n",
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "program.html": b"\x7fELF" + bytes(range(256)) * 40,
    "noise.txt": bytes((i * 89 + 7) % 256 for i in range(4000)),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_page_is_sealed_and_listed_as_unread(empty: Path, batch: Path, name: str) -> None:
    (batch / name).write_bytes(BAD[name])
    ran = run("add", "--case", empty, batch)
    assert ran.code == 0
    assert ran.complaint.startswith(f"overt: note {name}: ")
    assert "2 added, 0 seen again, 0 already there, 0 refused" in ran.out
    assert "1 documents" in ok("build", "--case", empty)
    assert name in ok("status", "--list", "unread", "--case", empty)
    assert run("verify", "--case", empty).code == 0


def test_missing_huge_and_good_files_in_one_batch(empty: Path, batch: Path) -> None:
    settings = empty / "overt.toml"
    settings.write_text(settings.read_text("utf-8").replace("max_bytes = 50000000", "max_bytes = 1000"), "utf-8")
    (batch / "huge.txt").write_text("word " * 1000, encoding="utf-8")
    ran = run("add", "--case", empty, batch / "none.txt", batch / "huge.txt", batch / "good.txt")
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert "none.txt" in lines[0]
    assert "no such file" in lines[0]
    assert "max_bytes" in lines[1]
    assert "1 added, 0 seen again, 0 already there, 2 refused" in ran.out


def test_a_wrong_row_of_a_sheet_is_named_by_file_line_column_and_reason(empty: Path, batch: Path) -> None:
    sheet = batch / "sheet.csv"
    sheet.write_text(
        "file,url,title,outlet,published\ngood.txt,,Good,Sheet,2022-10-14\n"
        "good.txt,,Bad,Sheet,14 Oct 2022\n,,None,Sheet,2022\n",
        encoding="utf-8",
    )
    ran = run("add", "--case", empty, "--manifest", sheet)
    assert ran.code == 2
    lines = ran.err.splitlines()
    assert len(lines) == 2
    assert "sheet.csv" in lines[0]
    assert "line 3" in lines[0]
    assert "published" in lines[0]
    assert "14 Oct 2022" in lines[0]
    assert "line 4" in lines[1]
    assert "1 added, 0 seen again, 0 already there, 2 refused" in ran.out


def test_a_sheet_without_a_header_that_can_be_used(empty: Path, batch: Path) -> None:
    (batch / "sheet.csv").write_text("colour,size\nblue,1\n", encoding="utf-8")
    refused(run("add", "--case", empty, "--manifest", batch / "sheet.csv"), "sheet.csv")
    refused(run("add", "--case", empty, "--manifest", batch / "none.csv"), "none.csv")
    refused(run("add", "--case", empty, "--manifest", batch), str(batch))
    refused(run("add", "--case", empty), "nothing to add")


def test_an_unknown_profile_lists_those_that_ship(tmp_path: Path) -> None:
    refused(run("init", tmp_path / "case", "--profile", "nothing"), "nothing", "overseas-stations")
    assert not (tmp_path / "case").exists()


def test_a_folder_that_is_no_case_is_named_by_every_command(tmp_path: Path) -> None:
    for args in (
        ("status",),
        ("build",),
        ("add", "x.txt"),
        ("count",),
        ("why", "abcdef12"),
        ("verify",),
        ("export", "facts"),
        ("publish", "--as", "ann"),
        ("judge", "accept", "abcdef12", "--as", "ann", "--why", "w"),
        ("serve",),
    ):
        refused(run(*args, "--case", tmp_path), "is not a case", "overt init")
    refused(run("status", "--case", tmp_path / "none"), "is not a folder")
    assert not list(tmp_path.iterdir())


def test_a_case_that_a_newer_overt_made_is_left_alone(empty: Path) -> None:
    settings = empty / "overt.toml"
    settings.write_text(settings.read_text("utf-8").replace("schema = 1", "schema = 2"), "utf-8")
    before = tree_of(empty)
    refused(run("build", "--case", empty), "newer Overt", "schema 2")
    assert tree_of(empty) == before


@pytest.mark.parametrize("text", ["schema = ", "schema = 1", "\x00", "[profile]\nname = 1"])
def test_settings_that_cannot_be_read_name_their_file(empty: Path, text: str) -> None:
    (empty / "overt.toml").write_text(text, "utf-8")
    refused(run("status", "--case", empty), "overt.toml")


def test_a_profile_with_a_fault_is_named_by_file_line_and_reason(case: Path) -> None:
    path = case / "profile" / "vocabulary" / "en.toml"
    broken = path.read_text("utf-8").replace("reported_site = [", 'reported_site = ["(office building", ', 1)
    path.write_text(broken, "utf-8")
    refused(run("build", "--case", case), "en.toml", "line ")
    path.write_text("not toml at all [", "utf-8")
    refused(run("build", "--case", case), "en.toml")


def test_what_is_not_built_says_so(empty: Path) -> None:
    for args in (("count",), ("why", "abcdef12"), ("export", "facts")):
        refused(run(*args, "--case", empty), "nothing is built yet", "overt build")


def test_an_index_that_is_damaged_says_so_and_is_built_again(case: Path) -> None:
    before = ok("export", "facts", "--case", case)
    (case / "index.sqlite").write_bytes(b"this is no database" * 100)
    refused(run("count", "--case", case), "index.sqlite", "overt build")
    ok("build", "--case", case)
    assert ok("export", "facts", "--case", case) == before


def test_two_writers_one_is_told_who_holds_the_case_and_readers_go_on(case: Path, tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from overt.case import open_case, writing\n"
        "with writing(open_case(pathlib.Path(sys.argv[1]))):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    (tmp_path / "new.txt").write_text("The station in Dublin has closed again.\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(case)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        for args in (
            ("build",),
            ("add", tmp_path / "new.txt"),
            ("judge", "reject", "0" * 12, "--as", "ann", "--why", "w"),
        ):
            ran = run(*args, "--case", case)
            assert ran.code == 2
            if args[0] != "judge":  # that one is refused for its id first
                assert f"process {other.pid}" in ran.complaint
        ok("count", "--case", case)
        ok("status", "--case", case)
        assert run("verify", "--case", case).code == 0
        other.communicate("")
    ok("add", tmp_path / "new.txt", "--case", case)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_case_can_be_read_and_says_why_it_cannot_be_written(case: Path) -> None:
    folders = [case, *(p for p in case.rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        ok("count", "--case", case)
        refused(run("build", "--case", case), str(case), "written")
    finally:
        for folder in folders:
            folder.chmod(0o755)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare on this machine")
def test_a_case_on_a_read_only_disk_can_be_read_and_says_why_it_cannot_be_written(case: Path) -> None:
    def mounted(*args: str) -> Ran:
        words = " ".join(args)
        script = (
            f'mount --bind "{case}" "{case}" && mount -o remount,ro,bind "{case}" && '
            f'exec "{sys.executable}" -m overt.cli {words} --case "{case}"'
        )
        done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
        if "mount:" in done.stderr or "unshare:" in done.stderr:
            pytest.skip("no right to mount a disk read-only here")
        return Ran(done.returncode, done.stdout, done.stderr)

    refused(mounted("build"), "written")
    assert mounted("status").code == 0
    assert mounted("verify").code == 0
    counted = mounted("count")
    assert counted.code == 0
    assert "reported_site" in counted.out
    refused(mounted("judge", "accept", "abcdef12", "--as", "ann", "--why", "w"))


UNKNOWN = [
    ("count", "--colour"),
    ("count", "shops"),
    ("count", "--support", "proven"),
    ("count", "--by", "street"),
    ("count", "--as-of", "tomorrow"),
    ("count", "--as-of", "2022-13-45"),
    ("export", "people"),
    ("export", "facts", "--format", "xlsx"),
    ("publish", "--as", "ann", "--as-of", "soon"),
    ("dance",),
    ("why",),
    ("judge", "accept"),
]


@pytest.mark.parametrize("args", UNKNOWN, ids=" ".join)
def test_an_unknown_word_is_refused_in_one_line(small: Path, args: tuple[str, ...]) -> None:
    more = () if args == ("dance",) else ("--case", small)
    refused(run(*args, *more))


@pytest.mark.parametrize("given", ["abcdefabcdef", "abc", "", "\x1b[31mred", "' OR 1=1 --", "ä" * 64, "%", "*"])
def test_an_unknown_id_is_refused_in_one_line(small: Path, given: str) -> None:
    line = refused(run("why", given, "--case", small))
    assert "\x1b" not in line


def test_the_process_itself_ends_with_the_code_and_no_traceback(tmp_path: Path) -> None:
    ran = alone("status", "--case", tmp_path)
    refused(ran, "is not a case")


def test_a_reader_that_goes_away_is_no_error(small: Path) -> None:
    process = spawn("count", "--explain", "--case", small)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) in (0, 1)
    assert "Traceback" not in errors


def test_a_case_copied_by_hand_under_one_name_is_still_readable(small: Path, tmp_path: Path) -> None:
    other = copy_of(small, tmp_path / "a case with blanks 中文")
    ok("status", "--case", other)
    assert run("verify", "--case", other).code == 0
