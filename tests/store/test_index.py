"""The index: what goes in comes out, whole builds only, and nothing is lost where the file is."""

import sqlite3
from pathlib import Path

import pytest

from overt.model import CaseError, Document, Passage, PassageKind, Reader, Registry, Sighting
from overt.store import reading, writing
from overt.store.schema import NOUNS, VERSION


def registry(words: str = "Some words.") -> Registry:
    capture = "a" * 64
    document = Document(
        capture=capture,
        passages=(Passage(kind=PassageKind.PARAGRAPH, text=words),),
        reader=Reader(name="test", version="1", libraries={"b": "2", "a": "1"}),
    )
    sightings = tuple(Sighting(capture=capture, address=f"{n}.txt", seen="2022-10-14T00:00:00Z") for n in range(3))
    return Registry(sightings=sightings, documents=(document,), redirects={"b": "a"})


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


def test_what_goes_in_comes_out(index: Path) -> None:
    with writing(index) as store:
        store.replace(registry(), {"truth": "t"}, [])
    with reading(index) as store:
        assert store.load() == registry()
        assert store.meta("truth") == "t"
        assert store.meta("nothing") is None


def test_a_build_takes_the_place_of_the_last_one(index: Path) -> None:
    with writing(index) as store:
        store.replace(registry("First."), {"truth": "1", "old": "x"}, [])
        store.replace(registry("Second."), {"truth": "2"}, [])
        assert store.load() == registry("Second.")
        assert store.meta("old") is None


def test_finds_are_kept_at_once_and_those_of_no_build_are_forgotten(index: Path) -> None:
    with writing(index) as store:
        store.keep_found([("one", b"1"), ("two", b"2")])
        store.keep_found([("one", b"1")])
    with writing(index) as store:
        assert store.found("one") == b"1"
        store.replace(registry(), {"truth": "t"}, ["one"])
        assert store.found("one") == b"1"
        assert store.found("two") is None


def test_a_build_that_breaks_off_leaves_the_last_one_whole(index: Path) -> None:
    with writing(index) as store:
        store.replace(registry("First."), {"truth": "1"}, [])
        with pytest.raises(sqlite3.Error):
            store.replace(registry("Second."), {"truth": object()}, [])  # type: ignore[dict-item]
        assert store.load() == registry("First.")


def test_readers_see_the_last_whole_build_while_one_is_written(index: Path) -> None:
    with writing(index) as store:
        store.replace(registry("First."), {"truth": "1"}, [])
        store.keep_found([("one", b"1")])
        with reading(index) as other:
            assert other.load() == registry("First.")


def test_an_index_that_is_not_there_not_finished_or_of_another_version_says_what_to_do(index: Path) -> None:
    with pytest.raises(CaseError, match="nothing is built yet"), reading(index):
        pass
    with writing(index):
        pass
    with pytest.raises(CaseError, match="no build was finished"), reading(index):
        pass
    with sqlite3.connect(index) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    with pytest.raises(CaseError, match="another version"), reading(index):
        pass
    with writing(index) as store:  # and is made anew
        store.replace(registry(), {"truth": "t"}, [])
    with reading(index) as store:
        assert store.load() == registry()


@pytest.mark.parametrize(
    "junk", [b"no database at all, but long enough to be read as one" * 9, b"SQLite format 3\0" + b"\xff" * 900]
)
def test_a_damaged_index_is_made_anew(index: Path, junk: bytes) -> None:
    index.write_bytes(junk)
    with pytest.raises(CaseError, match="not an index"), reading(index):
        pass
    with writing(index) as store:
        store.replace(registry(), {"truth": "t"}, [])
        assert store.load() == registry()


def test_a_reader_writes_nothing(index: Path) -> None:
    with writing(index) as store:
        store.replace(registry(), {"truth": "t"}, [])
    with reading(index) as store, pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.keep_found([("one", b"1")])


def test_the_dump_holds_every_table_and_does_not_know_the_order_of_writing(index: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with writing(index) as store:
        store.keep_found([("a", b"1"), ("b", b"2")])
        store.replace(registry(), {"x": "1", "truth": "t"}, ["a", "b"])
        first = store.dump()
    with writing(other) as store:
        store.replace(registry("Another."), {"truth": "u"}, [])
        store.keep_found([("b", b"2"), ("a", b"1")])
        store.replace(registry(), {"truth": "t", "x": "1"}, ["b", "a"])
        assert store.dump() == first
    assert {row[0] for row in first} <= {"meta", "found", "statement", *NOUNS}
    assert {"meta", "found", "sighting", "document", "redirect"} <= {row[0] for row in first}
