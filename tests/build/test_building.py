"""A build: pure in captures, readings, profile and judgements, and it reads only what has no reading."""

import random
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import copy_of, demo

from overt import capture, read
from overt.build import assemble, build
from overt.case import Case, open_case, writing
from overt.find import Finders, find
from overt.ledger import read_judgements
from overt.model import Registry
from overt.profile import load
from overt.store import reading


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return open_case(copy_of(demo(), tmp_path / "case"))


def dump(case: Case) -> list[tuple[str, ...]]:
    with reading(case.index) as store:
        return store.dump()


def test_what_a_build_returns_is_what_the_index_holds(case: Case) -> None:
    made = build(case)
    with reading(case.index) as store:
        assert store.load() == made


def test_assembling_knows_no_order_of_anything() -> None:
    case = open_case(demo())
    with reading(case.index) as store:
        known = store.load()
    profile = load(case.profile)
    finders = Finders(profile)
    documents = {d.capture: d for d in known.documents}
    found = [find(documents[s.capture], s, finders) for s in known.sightings]
    lines = read_judgements(case.decision_logs())

    def made(seed: int) -> Registry:
        parts = [list(known.sightings), list(known.documents), list(known.unread), list(found), list(lines)]
        for part in parts:
            random.Random(seed).shuffle(part)
        sightings, docs, unread, finds, judged = parts
        return assemble(profile, sightings, docs, unread, finds, judged)  # type: ignore[arg-type]

    assert made(1) == made(2) == known


def test_a_capture_that_was_read_is_not_read_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(case)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(read.readings, "read", never)
    build(case)
    assert dump(case) == before


def test_readings_that_are_gone_are_made_again_and_are_the_same(case: Case) -> None:
    before = dump(case)
    shutil.rmtree(case.readings)
    case.readings.mkdir()
    build(case)
    assert dump(case) == before


def test_progress_is_told_for_each_step_up_to_its_end(case: Case) -> None:
    told: list[tuple[str, int, int]] = []
    build(case, lambda *step: told.append(step))
    assert [step for step, done, of in told if done == of] == ["read", "find", "weigh"]
    assert all(0 <= done <= of for _, done, of in told)


def test_a_build_joins_a_lock_that_its_caller_holds(case: Case) -> None:
    with writing(case):
        build(case)


def test_one_text_at_two_addresses_is_one_document_with_two_chains(case: Case, tmp_path: Path) -> None:
    text = "The Chinese police service station in Dublin has closed, the foreign ministry said.\n"
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,outlet,published\none.txt,First,2022-10-14\ntwo.txt,Second,2022-10-15\n", encoding="utf-8")
    with writing(case):
        receipts = list(capture.add(case, capture.load_sheet(sheet).inputs))
    assert len({r.capture for r in receipts}) == 1
    made = build(case)
    own = [s for s in made.statements if s.capture == receipts[0].capture and s.property == "status"]
    assert {s.attribution[-1].organisation for s in own} == {"First", "Second"}
    assert len({s.id for s in own}) == len(own) == 2
    assert len({s.origin for s in own}) == 1  # one ministry


def test_no_time_of_capture_and_no_record_id_is_in_anything_but_sightings() -> None:
    case = open_case(demo())
    seen = {s.seen for s in capture.sightings(case)}
    assert seen
    with reading(case.index) as store:
        rows = store.dump()
    for row in rows:
        if row[0] not in ("sighting", "judgement"):
            assert not any(time in cell for time in seen for cell in row), row[:2]


def test_an_implied_statement_stands_and_falls_with_its_parent() -> None:
    with reading(demo() / "index.sqlite") as store:
        registry = store.load()
    by_id = {s.id: s for s in registry.statements}
    implied = [s for s in registry.statements if s.implied]
    assert implied
    for s in implied:
        parent = by_id[s.parent or ""]
        assert (s.quote, s.stance, s.attribution, s.origin) == (
            parent.quote,
            parent.stance,
            parent.attribution,
            parent.origin,
        )
        assert s.judgement == parent.judgement
        assert all(v.stance not in ("denies", "asks", "retracts") for v in s.attribution)
