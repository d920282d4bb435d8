"""Ledgers know of each other: what is cut off or gone is noticed, and a loss once noticed stays on record."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.ledger import append, check, missing, read

START = datetime(2022, 10, 13, 8, 0, tzinfo=UTC)
LEDGERS = ("custody/aa.jsonl", "decisions/ana@aa.jsonl", "decisions/ben@aa.jsonl", "custody/bb.jsonl")


def write(root: Path, name: str, at: int) -> None:
    append(root / name, {"what": f"line {at}"}, now=START + timedelta(minutes=at))


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.name, one.reason.partition(":")[0]) for one in missing(root)]


def cut(path: Path, lines: int) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:lines]))


def test_a_ledger_outside_a_case_notes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", 1)
    assert read(tmp_path / "a.jsonl")[0].body == {"what": "line 1"}
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_each_line_notes_the_last_lines_of_the_others(tmp_path: Path) -> None:
    write(tmp_path, LEDGERS[0], 1)
    write(tmp_path, LEDGERS[1], 2)
    write(tmp_path, LEDGERS[0], 3)
    first, third = read(tmp_path / LEDGERS[0])
    (second,) = read(tmp_path / LEDGERS[1])
    assert "heads" not in first.body
    assert second.body["heads"] == {LEDGERS[0]: f"1 {first.hash}"}
    assert third.body["heads"] == {LEDGERS[1]: f"1 {second.hash}"}
    heads = (tmp_path / "custody" / "aa.heads").read_text("utf-8")
    assert heads == f"2 {third.hash} {LEDGERS[0]}\n1 {second.hash} {LEDGERS[1]}\n"
    assert missing(tmp_path) == []


def test_what_is_gone_or_cut_is_noticed_and_stays_on_record(tmp_path: Path) -> None:
    for at, name in enumerate((*LEDGERS[:2], *LEDGERS[:2], LEDGERS[1])):
        write(tmp_path, name, at)
    kept = (tmp_path / LEDGERS[1]).read_bytes()
    cut(tmp_path / LEDGERS[1], 2)
    assert found(tmp_path) == [(LEDGERS[1], "cut off at its end")]
    (tmp_path / LEDGERS[1]).unlink()
    assert found(tmp_path) == [(LEDGERS[1], "the whole log is missing")]
    # Writing on, in another log and in the same, does not cover it up.
    write(tmp_path, LEDGERS[0], 10)
    assert found(tmp_path) == [(LEDGERS[1], "the whole log is missing")]
    for at in range(11, 16):
        write(tmp_path, LEDGERS[1], at)
    assert [one.is_rewritten for one in missing(tmp_path)] == [True]
    (tmp_path / "custody" / "aa.heads").unlink()
    assert [one.is_rewritten for one in missing(tmp_path)] == [True]
    # What was put back is whole again.
    (tmp_path / LEDGERS[1]).write_bytes(kept)
    (tmp_path / LEDGERS[0]).write_bytes(b"".join((tmp_path / LEDGERS[0]).read_bytes().splitlines(keepends=True)[:2]))
    assert missing(tmp_path) == []


def test_a_damaged_file_of_heads_harms_nothing(tmp_path: Path) -> None:
    write(tmp_path, LEDGERS[0], 1)
    for data in (b"", b"\xff\xfe", b"x y z\n", b"1 " + b"0" * 64 + b" ../../etc/passwd\n"):
        (tmp_path / "custody" / "aa.heads").write_bytes(data)
        assert missing(tmp_path) == []
        write(tmp_path, LEDGERS[0], 2)
        assert check(tmp_path / LEDGERS[0]) == []


@settings(deadline=None, max_examples=30)
@given(
    order=st.lists(st.sampled_from(LEDGERS), min_size=2, max_size=12),
    harmed=st.integers(0, 11),
    left=st.integers(0, 3),
)
def test_every_cut_of_one_ledger_is_noticed(
    tmp_path_factory,
    order: list[str],
    harmed: int,
    left: int,  # type: ignore[no-untyped-def]
) -> None:
    root = tmp_path_factory.mktemp("case")
    for at, name in enumerate(order):
        write(root, name, at)
    assert missing(root) == []
    name = order[harmed % len(order)]
    if left >= order.count(name):
        return
    cut(root / name, left)
    assert [one.name for one in missing(root)] == [name]
