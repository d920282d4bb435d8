"""A case is a folder with one writer at a time; whatever else it is given, it says so in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from overt.case import Case, ensure_writing, init, open_case, writing
from overt.model import CaseError, InputError


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profiles" / "small-profile"
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "profile.toml").write_text('name = "small-profile"\nversion = "3"\n', encoding="utf-8")
    (folder / "vocabulary" / "en.toml").write_text('language = "en"\n', encoding="utf-8")
    (folder / "notes.md").write_text("not copied", encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, profile: Path) -> Case:
    return init(tmp_path / "case", profile, readers={"html": "1"}, permit=("127.0.0.1",))


def test_a_new_case_has_the_folder_of_the_design(case: Case) -> None:
    assert case.settings.schema == 1
    assert (case.settings.profile.name, case.settings.profile.version) == ("small-profile", "3")
    assert case.settings.readers == {"html": "1"}
    assert case.settings.net.permit == ("127.0.0.1",)
    assert case.settings.limits.max_bytes == 50_000_000
    assert sorted(p.relative_to(case.profile).as_posix() for p in case.profile.rglob("*.toml")) == [
        "profile.toml",
        "vocabulary/en.toml",
    ]
    assert not (case.profile / "notes.md").exists()
    ignored = (case.root / ".gitignore").read_text(encoding="utf-8")
    assert ".local/" in ignored
    assert "index.sqlite*" in ignored


def test_paths_carry_the_name_of_the_copy(case: Case) -> None:
    assert case.own_captures == case.root / "captures" / case.copy_id
    assert case.custody_log.name == f"{case.copy_id}.jsonl"
    assert case.decision_log("demo-1").name == f"demo-1@{case.copy_id}.jsonl"
    with pytest.raises(InputError, match="not a handle"):
        case.decision_log("../../etc")


def test_a_copy_keeps_its_name_and_a_copy_without_local_gets_a_new_one(case: Case) -> None:
    assert open_case(case.root).copy_id == case.copy_id
    (case.local / "copy-id").unlink()
    assert open_case(case.root).copy_id != case.copy_id


def test_a_damaged_copy_name_is_said_in_words(case: Case) -> None:
    (case.local / "copy-id").write_text("../..\n", encoding="utf-8")
    with pytest.raises(CaseError, match="16 hexadecimal digits"):
        open_case(case.root)


@pytest.mark.parametrize("what", ["missing", "empty", "file"])
def test_what_is_no_case_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x"
    if what == "empty":
        path.mkdir()
    elif what == "file":
        path.write_text("x", encoding="utf-8")
    with pytest.raises(CaseError, match="overt init") as caught:
        open_case(path)
    assert "\n" not in str(caught.value)


def test_a_newer_schema_is_refused_in_words(case: Case) -> None:
    settings = case.root / "overt.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("schema = 1", "schema = 2"), encoding="utf-8")
    with pytest.raises(CaseError, match="newer Overt"):
        open_case(case.root)


@pytest.mark.parametrize("text", ["schema = ", "schema = 1\n", 'schema = 1\nunknown = "x"\n', "schema = true\n"])
def test_broken_settings_name_the_file(case: Case, text: str) -> None:
    (case.root / "overt.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=r"overt\.toml"):
        open_case(case.root)


def test_an_unknown_profile_names_the_known_ones_and_leaves_nothing(tmp_path: Path, profile: Path) -> None:
    with pytest.raises(CaseError, match="no profile named other; known here: small-profile"):
        init(tmp_path / "new", profile.parent / "other")
    assert not (tmp_path / "new").exists()


def test_a_case_is_not_made_over_another_or_over_files(case: Case, profile: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="a case already"):
        init(case.root, profile)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CaseError, match="not an empty folder"):
        init(tmp_path / "full", profile)


def test_a_second_writer_is_told_who_holds_the_case(case: Case) -> None:
    script = (
        "import sys, pathlib; from overt.case import open_case, writing\n"
        "with writing(open_case(pathlib.Path(sys.argv[1]))):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(case.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(CaseError, match=f"is being written by process {other.pid}"), writing(case):
            pass
        assert open_case(case.root) == case  # readers are not kept out
        other.communicate("")
    with writing(case):
        assert (case.local / "lock.holder").read_text(encoding="utf-8").startswith(f"process {os.getpid()}: ")
    assert not (case.local / "lock.holder").exists()


def test_a_killed_writer_leaves_no_lock(case: Case) -> None:
    script = (
        "import sys, os, pathlib; from overt.case import open_case, writing\n"
        "with writing(open_case(pathlib.Path(sys.argv[1]))): os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(case.root)], check=False)
    with writing(case):
        pass


def test_one_process_takes_the_lock_once_and_stages_join_it(case: Case) -> None:
    with writing(case):
        with pytest.raises(CaseError, match="this very process"), writing(case):
            pass
        with ensure_writing(case):
            pass
        with pytest.raises(CaseError, match="this very process"), writing(case):
            pass
    with ensure_writing(case), ensure_writing(case):
        pass


def test_a_fault_within_the_lock_frees_it_and_keeps_its_own_words(case: Case) -> None:
    with pytest.raises(PermissionError, match="mine"), writing(case):
        raise PermissionError("mine")
    with writing(case):
        pass


def test_a_read_only_case_can_be_read_and_not_written(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    (case.local / "copy-id").unlink()

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", denied)
        read_only = open_case(case.root)
    assert read_only.copy_id == ""
    with pytest.raises(CaseError, match="cannot be written"), writing(read_only):
        pass


def test_a_folder_that_cannot_be_made_is_said_in_words(profile: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(CaseError):
        init(tmp_path / "file" / "case", profile)
