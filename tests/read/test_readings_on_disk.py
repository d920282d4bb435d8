"""A reading is made once, kept under the hash and the version, and made again only where it is damaged."""

import logging
from pathlib import Path

import msgspec
import pytest

from overt.case import Case, init, open_case
from overt.model import CaseError, Document, Sighting, Unread, sha256
from overt.read import differing, path_of, reading, shipped

PAGE = b"<html><body><p>The office in the city was told to close by the department in October.</p></body></html>"


class Loads:
    """Gives bytes and counts how often it was asked."""

    def __init__(self, data: bytes = PAGE) -> None:
        self.data, self.times = data, 0

    def __call__(self, capture: str) -> bytes:
        self.times += 1
        return self.data


@pytest.fixture
def case(tmp_path: Path) -> Case:
    profile = tmp_path / "small"
    profile.mkdir()
    (profile / "profile.toml").write_text('name = "small"\nversion = "1"\n', encoding="utf-8")
    return init(tmp_path / "case", profile, readers=shipped())


def sighting(data: bytes = PAGE, media_type: str = "text/html") -> Sighting:
    return Sighting(capture=sha256(data), address="a.html", media_type=media_type, charset="utf-8")


def test_a_capture_is_read_once(case: Case) -> None:
    load = Loads()
    first = reading(case, sighting(), load)
    assert isinstance(first, Document)
    assert reading(case, sighting(), load) == first
    assert load.times == 1
    assert set(first.reader.libraries) == {"ftfy", "htmldate", "lxml", "py3langid", "trafilatura"}
    path = path_of(case, first.capture, "html", shipped()["html"])
    assert path.parent.name == first.capture[:2]
    assert list(path.parent.iterdir()) == [path]


def test_how_long_a_reader_may_be_silent_is_a_setting_of_the_case(case: Case) -> None:
    path = case.root / "overt.toml"
    text = path.read_text(encoding="utf-8")
    assert "read_seconds = 60.0" in text
    path.write_text(text.replace("read_seconds = 60.0", "read_seconds = 0.000001"), encoding="utf-8", newline="\n")
    data = PAGE * 5_000  # long enough that the clock is always first
    made = reading(open_case(case.root), sighting(data), Loads(data))
    assert isinstance(made, Unread)
    assert made.reason.startswith("the reader took more than 1e-06 s")
    path.write_text(text.replace("read_seconds = 60.0", "read_seconds = 0"), encoding="utf-8", newline="\n")
    with pytest.raises(CaseError, match="read_seconds"):
        open_case(case.root)


def test_a_reading_is_the_same_bytes_whenever_it_is_made(case: Case) -> None:
    reading(case, sighting(), Loads())
    path = path_of(case, sha256(PAGE), "html", shipped()["html"])
    before = path.read_bytes()
    path.unlink()
    reading(case, sighting(), Loads())
    assert path.read_bytes() == before


def test_what_cannot_be_read_is_kept_with_its_reason(case: Case) -> None:
    data = b"<div>" * 3000 + b"deep"
    load = Loads(data)
    first = reading(case, sighting(data), load)
    assert isinstance(first, Unread)
    assert "nested too deeply" in first.reason
    assert reading(case, sighting(data), load) == first
    assert load.times == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"{}", b'{"document":null,"unread":null}', b"[" * 100000, b"\xff"])
def test_a_damaged_reading_is_made_again_and_logged(
    case: Case, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    first = reading(case, sighting(), Loads())
    path = path_of(case, sha256(PAGE), "html", shipped()["html"])
    path.write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert reading(case, sighting(), Loads()) == first
    assert "damaged" in caplog.text


def test_a_reading_of_another_capture_is_not_believed(case: Case) -> None:
    reading(case, sighting(), Loads())
    other = PAGE.replace(b"October", b"August")
    path = path_of(case, sha256(other), "html", shipped()["html"])
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(path_of(case, sha256(PAGE), "html", shipped()["html"]).read_bytes())
    got = reading(case, sighting(other), Loads(other))
    assert isinstance(got, Document)
    assert "August" in got.text


def test_a_kind_without_a_reader_is_unread_and_nothing_is_written(case: Case) -> None:
    got = reading(case, sighting(media_type="image/x-unknown"), Loads())
    assert isinstance(got, Unread)
    assert list(case.readings.iterdir()) == []


def test_the_case_says_which_readers_are_on_and_in_which_version(case: Case) -> None:
    settings = msgspec.structs.replace(case.settings, readers={"text": "1"})
    off = reading(Case(case.root, settings, case.copy_id), sighting(), Loads())
    assert isinstance(off, Unread)
    assert "off in this case" in off.reason
    settings = msgspec.structs.replace(case.settings, readers={"html": "0"})
    with pytest.raises(CaseError, match="this case reads with html 0"):
        reading(Case(case.root, settings, case.copy_id), sighting(), Loads())
    assert open_case(case.root).settings.readers == shipped()


def test_an_altered_reading_is_told_when_the_capture_is_read_again(case: Case) -> None:
    reading(case, sighting(), Loads())
    assert [how for _, how in differing(case, [sighting()], Loads())] == [""]
    path = path_of(case, sha256(PAGE), "html", shipped()["html"])
    path.write_bytes(path.read_bytes().replace(b"October", b"August"))
    ((name, how),) = differing(case, [sighting()], Loads())
    assert name == path.relative_to(case.root).as_posix()
    assert "not what the sealed bytes read as" in how
