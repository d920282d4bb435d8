"""Floors cannot be lowered in silence: the highest one is remembered, and each lowering needs its reason."""

import tomllib

from bench.gates import FLOORS, HIGHEST, forgotten, lowered

THEN = {"labelled": {"found": 0.84, "ungrounded": 0}}


def floors(found: float, ungrounded: int = 0, **more: str) -> dict[str, object]:
    return {"labelled": {"floors": {"found": found, "ungrounded": ungrounded}, **more}}


def test_the_floors_of_this_repository_stand() -> None:
    texts = (path.read_text(encoding="utf-8") for path in (FLOORS, HIGHEST))
    assert lowered(*map(tomllib.loads, texts)) == []


def test_a_lowered_floor_needs_a_reason() -> None:
    assert "no lowered_because" in lowered(floors(0.8), THEN)[0]
    assert lowered(floors(0.8, lowered_because="other labels"), THEN) == []


def test_a_count_of_faults_may_not_rise() -> None:
    assert "no lowered_because" in lowered(floors(0.84, 3), THEN)[0]


def test_a_floor_that_is_raised_or_new_is_remembered_and_none_may_go() -> None:
    assert "highest.toml too" in lowered(floors(0.9), THEN)[0]
    assert "gone" in lowered({"labelled": {"floors": {"found": 0.84}}}, THEN)[0]
    assert "gone" in lowered({}, THEN)[0]
    assert "highest.toml too" in lowered(floors(0.84), {"labelled": {"found": 0.84}})[0]


def test_a_floor_lowered_in_both_files_is_seen_in_what_was_committed() -> None:
    now, then = {"labelled": {"found": 0.8}}, "[labelled]\nfound = 0.84\nstance = 0.9\n[walls]\nwrong = 0\n"
    lines = forgotten(now, floors(0.8), [then])
    assert [line.split(":")[0] for line in lines] == ["labelled, found", "labelled, stance", "walls, wrong"]
    assert forgotten({"labelled": {"found": 0.9, "stance": 0.9}, "walls": {"wrong": 0}}, floors(0.9), [then]) == []
    given = forgotten(now, floors(0.8, lowered_because="other labels"), [then])
    assert [line.split(",")[0] for line in given] == ["walls"]
