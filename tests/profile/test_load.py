"""A profile is data with a schema: every fault names file, line and reason."""

import shutil
from pathlib import Path

import pytest

from overt.model import ProfileError
from overt.profile import find_profile, fingerprint, load, shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped profile that a test may break."""
    shutil.copytree(Path(str(find_profile("overseas-stations"))), tmp_path / "p")
    return tmp_path / "p"


def test_the_shipped_profile_is_sound() -> None:
    profile = load(find_profile("overseas-stations"))
    assert profile.kinds["reported_site"].counted
    assert not profile.kinds["service_center"].counted
    assert profile.kinds["service_center"].look_alike
    assert {"en", "zh"} <= set(profile.vocabularies)


def test_it_has_every_property_of_the_subject() -> None:
    names = (
        "reported_count name operator located_in premises part_of opened status service technology purpose activity "
        "permission nature existence staff harm host_action host_finding"
    )
    assert set(names.split()) == set(load(find_profile("overseas-stations")).properties)


def test_what_accuses_is_said_in_the_profile() -> None:
    profile = load(find_profile("overseas-stations"))
    accusing = {p for p in profile.properties if profile.accuses(p, "states")}
    assert accusing == {"activity", "harm", "operator", "part_of", "nature"}
    assert profile.accuses("purpose", "alleges")
    assert not profile.accuses("purpose", "states")


def test_an_unknown_profile_names_those_that_ship() -> None:
    with pytest.raises(ProfileError, match="overseas-stations"):
        find_profile("no-such")


def _swap(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_wrong_type_names_the_line(folder: Path) -> None:
    _swap(folder / "profile.toml", 'type = "count"', 'type = "number"')
    with pytest.raises(ProfileError, match=r"profile\.toml, line \d+: type = 'number' of property 'reported_count'"):
        load(folder)


@pytest.mark.parametrize("other", ["servicee", "activity"])
def test_a_property_stands_beside_another_one_that_is_there(folder: Path, other: str) -> None:
    _swap(folder / "profile.toml", 'beside = "service"', f'beside = "{other}"')
    with pytest.raises(ProfileError, match=rf"profile\.toml, line \d+: beside = '{other}' names no other property"):
        load(folder)


def test_an_unknown_key_is_refused(folder: Path) -> None:
    _swap(folder / "profile.toml", "counted = true", "counted = true\ncolour = 3")
    with pytest.raises(ProfileError, match=r"line \d+.*colour"):
        load(folder)


def test_a_code_that_no_property_has_is_refused(folder: Path) -> None:
    _swap(folder / "vocabulary" / "en.toml", "licence_renewal = [", "licence_renewall = [")
    with pytest.raises(ProfileError, match=r"en\.toml, line \d+: 'licence_renewall' is no code"):
        load(folder)


def test_a_broken_phrase_names_its_line(folder: Path) -> None:
    _swap(folder / "vocabulary" / "en.toml", '"passport*"', '"(passport*"')
    with pytest.raises(ProfileError, match=r"en\.toml, line \d+: phrase"):
        load(folder)


def test_broken_toml_names_the_file(folder: Path) -> None:
    _swap(folder / "voices.toml", "[safeguard_defenders]", "[safeguard_defenders")
    with pytest.raises(ProfileError, match=r"voices\.toml"):
        load(folder)


def test_the_same_data_have_the_same_fingerprint(folder: Path) -> None:
    assert fingerprint(load(folder)) == fingerprint(load(find_profile("overseas-stations")))
    _swap(folder / "vocabulary" / "en.toml", '"passport*"', '"passports"')
    assert fingerprint(load(folder)) != fingerprint(load(find_profile("overseas-stations")))


def test_every_shipped_profile_loads() -> None:
    for name in shipped():
        assert load(find_profile(name)).name == name
