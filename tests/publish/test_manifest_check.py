"""MANIFEST is read back as it was written; a check finds what is broken, and never takes silence for intact."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model import InputError, sha256
from overt.publish.manifest import Check, Manifest, Outcome, check, listing, make, parse

NAMES = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,8}", fullmatch=True)


@given(
    files=st.dictionaries(NAMES, st.binary(max_size=20), max_size=6),
    number=st.integers(1, 10**6),
    as_of=st.none() | st.dates().map(str),
)
def test_what_is_written_is_read_back(files: dict[str, bytes], number: int, as_of: str | None) -> None:
    manifest = Manifest(
        number=number, as_of=as_of, previous="a" * 64 if number > 1 else None, overt="0.1.0", profile="p 1",
        files=listing(files),
    )  # fmt: skip
    assert parse(make(manifest)) == manifest


@pytest.mark.parametrize("path", ["../up", "/etc/passwd", "a b", "a//b", ".hidden", "ü", "a/../b", "a\\b"])
def test_odd_paths_are_refused(path: str) -> None:
    with pytest.raises(InputError, match="cannot hold"):
        listing({path: b""})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"overt-manifest 1", b"overt-manifest 2"),
        (b"number 1", b"number one"),
        (b"as-of 2022", b"as_of 2022"),
        (b"public/a", b"public/../a"),
        (b" 3 ", b" 03 "),
        (b"\n\n", b"\n"),
        (b"overt 0", b"overt \xff"),
    ],
)
def test_a_manifest_of_another_form_is_refused_with_its_line(old: bytes, new: bytes) -> None:
    manifest = Manifest(
        number=1, as_of="2022", previous=None, overt="0.1.0", profile="p 1", files=listing({"a": b"abc"})
    )
    data = make(manifest)
    assert old in data
    with pytest.raises(InputError, match="MANIFEST"):
        parse(data.replace(old, new))


@pytest.fixture
def release(tmp_path: Path) -> Path:
    folder = tmp_path / "releases" / "1"
    (folder / "public" / "en").mkdir(parents=True)
    files = {"index.html": b"start", "en/a.html": b"page"}
    for path, data in files.items():
        (folder / "public" / path).write_bytes(data)
    manifest = Manifest(number=1, as_of=None, previous=None, overt="0", profile="p 1", files=listing(files))
    (folder / "MANIFEST").write_bytes(make(manifest))
    (folder / "MANIFEST.minisig").write_bytes(b"signature")
    return folder


def broken(release: Path) -> list[tuple[str, str]]:
    return [(c.what, c.reason) for c in check(release, lambda data, sig: True) if c.outcome is Outcome.BROKEN]


def outcome(checks: list[Check], what: str) -> Outcome:
    return next(c.outcome for c in checks if c.what == what)


def test_an_untouched_release_has_nothing_broken(release: Path) -> None:
    assert broken(release) == []
    assert outcome(check(release, lambda data, sig: True), "MANIFEST.minisig") is Outcome.INTACT
    assert outcome(check(release, lambda data, sig: False), "MANIFEST.minisig") is Outcome.BROKEN
    assert outcome(check(release), "MANIFEST.minisig") is Outcome.NOT_CHECKED
    assert outcome(check(release), "MANIFEST.tsr") is Outcome.NOT_CHECKED


def test_each_kind_of_damage_is_named(release: Path) -> None:
    public = release / "public"
    (public / "index.html").write_bytes(b"stars")
    assert broken(release) == [("public/index.html", "has another content")]
    (public / "index.html").write_bytes(b"longer")
    assert broken(release) == [("public/index.html", "has 6 bytes instead of 5")]
    (public / "index.html").unlink()
    assert broken(release) == [("public/index.html", "is missing")]
    (public / "index.html").write_bytes(b"start")
    (public / "more.html").write_bytes(b"x")
    assert broken(release) == [("public/more.html", "is in the folder but not in MANIFEST")]
    (public / "more.html").unlink()
    (release / "MANIFEST.minisig").unlink()
    assert [what for what, _ in broken(release)] == ["MANIFEST.minisig"]
    (release / "MANIFEST").unlink()
    assert [what for what, _ in broken(release)] == ["MANIFEST"]


def test_a_link_is_no_file_of_a_release(release: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"start")
    (release / "public" / "index.html").unlink()
    try:
        (release / "public" / "index.html").symlink_to(tmp_path / "outside")
    except OSError:
        pytest.skip("this file system makes no links")
    assert broken(release) == [("public/index.html", "is a link, not a file")]


def test_the_release_before_is_compared_where_it_is_there(release: Path) -> None:
    second = release.parent / "2"
    second.mkdir()
    (second / "MANIFEST.minisig").write_bytes(b"s")

    def with_previous(previous: str) -> Outcome:
        manifest = Manifest(number=2, as_of=None, previous=previous, overt="0", profile="p 1", files={})
        (second / "MANIFEST").write_bytes(make(manifest))
        return outcome(check(second), "previous release")

    assert with_previous(sha256((release / "MANIFEST").read_bytes())) is Outcome.INTACT
    assert with_previous("0" * 64) is Outcome.BROKEN
    (release / "MANIFEST").unlink()
    assert with_previous("0" * 64) is Outcome.NOT_CHECKED
