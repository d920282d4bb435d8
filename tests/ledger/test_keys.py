"""A handle is a key: kept for its owner alone, good for lines and for files."""

import os
import stat
from pathlib import Path

import pytest

from overt.ledger import check, is_file_signed, key_of, load_key, make_key, read_judgements, sign_file, write_judgement
from overt.model import CaseError, InputError, Judgement, Verb


@pytest.mark.parametrize("handle", ["", "a", "A-b", "x" * 41, "-ab", "ab-", "a b", "../ab", "ab\n", "名字", "a_b"])
def test_a_bad_handle_is_refused_in_words(tmp_path: Path, handle: str) -> None:
    with pytest.raises(InputError, match="not a handle"):
        make_key(tmp_path, handle)


def test_a_key_is_made_once_and_read_again(tmp_path: Path) -> None:
    assert load_key(tmp_path, "demo-1") is None
    key = key_of(tmp_path, "demo-1")
    assert key_of(tmp_path, "demo-1") == key
    assert len(bytes.fromhex(key.public)) == 32
    with pytest.raises(CaseError, match="has a key already"):
        make_key(tmp_path, "demo-1")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_key_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    make_key(tmp_path / "keys", "demo-1")
    assert stat.S_IMODE((tmp_path / "keys" / "demo-1.key").stat().st_mode) == 0o600


def test_a_key_never_shows_its_secret(tmp_path: Path) -> None:
    assert "secret" not in repr(make_key(tmp_path, "demo-1")).lower()


def test_a_broken_key_file_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "demo-1.key").write_text("nonsense", encoding="utf-8")
    with pytest.raises(CaseError, match=r"demo-1\.key"):
        load_key(tmp_path, "demo-1")


def test_a_file_is_signed_in_minisign_format_and_a_changed_one_is_told(tmp_path: Path) -> None:
    key, other = make_key(tmp_path, "demo-1"), make_key(tmp_path, "demo-2")
    manifest = tmp_path / "MANIFEST"
    manifest.write_bytes(b"release 1\n")
    with pytest.raises(CaseError, match="nothing was checked"):
        is_file_signed(manifest, key.minisign_public)
    signature = sign_file(manifest, key, "overt release 1").read_bytes()
    assert signature.splitlines()[2] == b"trusted comment: overt release 1"
    assert is_file_signed(manifest, key.minisign_public)
    assert not is_file_signed(manifest, other.minisign_public)
    assert sign_file(manifest, key, "overt release 1").read_bytes() == signature
    manifest.write_bytes(b"release 2\n")
    assert not is_file_signed(manifest, key.minisign_public)


def test_judgements_come_back_with_the_id_of_their_line_and_the_key_that_signed(tmp_path: Path) -> None:
    key, other = make_key(tmp_path, "demo-1"), make_key(tmp_path, "demo-2")
    path = tmp_path / "demo-1@c.jsonl"
    line = Judgement(verb=Verb.ACCEPT, target="s1", why="the words say so", handle="demo-1", content="c")
    made = write_judgement(path, line, key)
    undo = write_judgement(path, Judgement(verb=Verb.UNDO, target=made.id, why="wrong one", handle="demo-1"), key)
    assert read_judgements([path]) == [made, undo]
    assert made.key == key.public
    assert check(path) == []
    with pytest.raises(CaseError, match="cannot be signed"):
        write_judgement(path, line, other)
