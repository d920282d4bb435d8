"""A ledger tells on everybody who touches it, and loses nothing when it is killed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import Entry, Fault, append, check, make_key, read
from overt.model import CaseError, canonical, sha256

START = datetime(2022, 10, 13, 8, 0, tzinfo=UTC)


def written(path: Path, lines: int = 5) -> list[Entry]:
    return [append(path, {"what": f"line {n}"}, now=START + timedelta(minutes=n)) for n in range(lines)]


def faults(path: Path) -> list[tuple[int, Fault]]:
    return [(finding.line, finding.fault) for finding in check(path)]


def test_what_was_appended_is_read_again_in_order(tmp_path: Path) -> None:
    path = tmp_path / "custody" / "a.jsonl"
    made = written(path)
    assert read(path) == made
    assert [entry.seq for entry in made] == [1, 2, 3, 4, 5]
    assert check(path) == []


def test_a_hash_is_that_of_the_canonical_bytes_of_the_four_fields(tmp_path: Path) -> None:
    entry = written(tmp_path / "a.jsonl", 1)[0]
    assert entry.hash == sha256(canonical({"seq": 1, "prev": "0" * 64, "time": entry.time, "body": entry.body}))
    assert (tmp_path / "a.jsonl").read_bytes() == canonical(entry) + b"\n"


def test_a_missing_ledger_has_no_entries(tmp_path: Path) -> None:
    assert read(tmp_path / "none.jsonl") == []


def test_an_edited_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    path.write_bytes(path.read_bytes().replace(b"line 2", b"line X"))
    assert faults(path) == [(3, Fault.EDITED)]


def test_an_edited_line_with_its_hash_mended_breaks_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    made = written(path)
    lines = path.read_bytes().splitlines(keepends=True)
    body: dict[str, object] = {"what": "something else"}
    new = sha256(canonical({"seq": 2, "prev": made[1].prev, "time": made[1].time, "body": body}))
    lines[1] = canonical(Entry(seq=2, prev=made[1].prev, time=made[1].time, body=body, hash=new)) + b"\n"
    path.write_bytes(b"".join(lines))
    assert [line for line, _ in faults(path)] == [3]


def test_a_removed_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    assert faults(path) == [(3, Fault.REMOVED)]


def test_reordered_lines_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    lines = path.read_bytes().splitlines(keepends=True)
    lines[2], lines[3] = lines[3], lines[2]
    path.write_bytes(b"".join(lines))
    assert Fault.REORDERED in [fault for _, fault in faults(path)]


def test_a_clock_that_goes_back_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    append(path, {"what": "too early"}, now=START)
    assert faults(path) == [(6, Fault.CLOCK)]


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        append(tmp_path / "a.jsonl", {}, now=datetime(2022, 10, 13))  # noqa: DTZ001


@pytest.mark.parametrize("torn", [b'{"body":{"wha', b"\x00\x00\x00\n", b"{}\n"])
def test_a_torn_line_is_reported_then_moved_aside_and_never_lost(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "a.jsonl"
    made = written(path)
    with path.open("ab") as file:
        file.write(torn)
    assert read(path) == made
    assert faults(path) == [(6, Fault.TORN)]
    after = append(path, {"what": "after the kill"}, now=START + timedelta(hours=1))
    assert after.prev == made[-1].hash
    assert check(path) == []
    assert (tmp_path / "a.jsonl.torn").read_bytes().rstrip(b"\n") == torn.rstrip(b"\n")


def test_a_whole_line_without_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    made = written(path)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert read(path) == made
    append(path, {"what": "more"}, now=START + timedelta(hours=1))
    assert check(path) == []
    assert len(read(path)) == 6


def test_nothing_is_added_to_a_changed_last_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    path.write_bytes(path.read_bytes().replace(b"line 4", b"line X"))
    with pytest.raises(CaseError, match="last line was changed"):
        append(path, {"what": "more"})


def test_a_line_in_the_middle_that_is_no_line_is_an_error_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    written(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], b"nonsense\n", *lines[2:]]))
    with pytest.raises(CaseError, match="line 2"):
        read(path)
    assert (2, Fault.EDITED) in faults(path)


def test_long_lines_are_found_from_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    append(path, {"what": "x" * 200_000}, now=START)
    append(path, {"what": "y" * 300_000}, now=START)
    append(path, {"what": "z"}, now=START)
    assert check(path) == []


def test_a_signed_log_begins_with_handle_and_key_and_tells_a_foreign_signature(tmp_path: Path) -> None:
    key, other = make_key(tmp_path / "keys", "demo-1"), make_key(tmp_path / "keys", "demo-2")
    path = tmp_path / "demo-1.jsonl"
    append(path, {"what": "one"}, key, START)
    append(path, {"what": "two"}, key, START)
    assert read(path)[0].body == {"handle": "demo-1", "key": key.public, "schema": 1}
    assert check(path, {"demo-1": key.public}) == []
    append(path, {"what": "three"}, other, START)
    append(path, {"what": "four"}, None, START)
    assert faults(path) == [(4, Fault.BAD_SIGNATURE), (5, Fault.BAD_SIGNATURE)]
    assert (1, Fault.BAD_SIGNATURE) in [(f.line, f.fault) for f in check(path, {"demo-1": other.public})]


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_no_flipped_byte_goes_unseen(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("ledger") / "a.jsonl"
    written(path, 3)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 2))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != whole[at]))
    path.write_bytes(whole[:at] + bytes([byte]) + whole[at + 1 :])
    assert check(path) != []


@settings(max_examples=30, deadline=None)
@given(cut=st.integers(0, 2000))
def test_a_kill_at_any_byte_leaves_a_log_that_goes_on(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("ledger") / "a.jsonl"
    made = written(path, 3)
    path.write_bytes(path.read_bytes()[:cut])
    before = read(path)
    assert before == made[: len(before)]
    append(path, {"what": "after"}, now=START + timedelta(days=1))
    assert check(path) == []
    assert read(path)[: len(before)] == before
