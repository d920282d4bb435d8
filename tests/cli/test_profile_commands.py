"""`overt profile`: a researcher starts a profile, is told each fault with its line, and tries the words on examples."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from overt.cli import overt

WORDS = """language = "en"

[kinds]
reported_site = ["weather post"]

[plural]
reported_site = ["weather posts"]

[terms.status]
closed = ["(has|have) closed"]
open = ["(is|are) open"]

[[examples]]
text = "The weather post in Vienna has closed, the ministry said."
finds = [{ property = "status", value = "closed", stance = "states", voice = "ministry" }]
never = ["status=open"]
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(overt, ["profile", *words])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A profile that was just started, with a few words in it."""
    folder = tmp_path / "weather-posts"
    assert run("new", str(folder), "--language", "en", "--language", "zh").exit_code == 0
    (folder / "vocabulary" / "en.toml").write_text(WORDS, encoding="utf-8")
    return folder


def test_a_new_profile_has_no_fault_and_finds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "blank"
    assert "blank/vocabulary/zh.toml" in run("new", str(folder), "--language", "en", "--language", "zh").stdout
    checked = run("check", str(folder))
    assert checked.exit_code == 0
    assert "blank: no fault" in checked.stdout
    assert "no noun and no name for reported_site" in checked.stdout
    page = tmp_path / "page.txt"
    page.write_text("The weather post in Vienna has closed.", encoding="utf-8")
    found = CliRunner().invoke(overt, ["find", str(page), "--profile", str(folder)])
    assert "0 statements" in found.stdout


def test_a_new_profile_never_writes_over_another(mine: Path) -> None:
    again = run("new", str(mine))
    assert again.exit_code != 0
    assert "is there already" in str(again.exception)
    assert (mine / "vocabulary" / "en.toml").read_text(encoding="utf-8") == WORDS


@pytest.mark.parametrize(
    ("name", "language", "words"), [("Weather Posts", "en", "lower-case"), ("x", "english", "code")]
)
def test_a_name_or_language_that_cannot_be_one_is_refused(tmp_path: Path, name: str, language: str, words: str) -> None:
    done = run("new", str(tmp_path / "p"), "--name", name, "--language", language)
    assert words in str(done.exception)
    assert not (tmp_path / "p").exists()


def test_every_fault_is_told_with_its_line(mine: Path) -> None:
    path = mine / "vocabulary" / "en.toml"
    path.write_text(WORDS.replace("closed = [", 'shut = ["x (y"]\nclosed = ['), encoding="utf-8")
    checked = run("check", str(mine))
    assert checked.exit_code == 2
    assert "en.toml, line 10: 'shut' is no code of property 'status'" in checked.stderr
    assert "en.toml, line 10:" in checked.stderr.splitlines()[0]
    assert len(checked.stderr.splitlines()) == 2


def test_a_file_that_is_no_toml_hides_no_fault_of_another(mine: Path) -> None:
    (mine / "vocabulary" / "zh.toml").write_text('language = "zh"\n[kinds\n', encoding="utf-8")
    (mine / "vocabulary" / "en.toml").write_text(WORDS.replace("reported_site", "post"), encoding="utf-8")
    lines = run("check", str(mine)).stderr.splitlines()
    assert [line for line in lines if "zh.toml" in line]
    assert [line for line in lines if "post names no kind of this profile" in line]


def test_a_vocabulary_in_the_wrong_file_is_told(mine: Path) -> None:
    (mine / "vocabulary" / "en.toml").rename(mine / "vocabulary" / "de.toml")
    assert "language = 'en', and the file is called de.toml" in run("check", str(mine)).stderr


def test_words_of_two_codes_are_noted(mine: Path) -> None:
    path = mine / "vocabulary" / "en.toml"
    path.write_text(WORDS.replace('"(is|are) open"', '"(is|are) open", "(has|have) closed"'), encoding="utf-8")
    assert "'(has|have) closed' means closed and open of status" in run("check", str(mine)).stdout


def test_examples_are_tried(mine: Path) -> None:
    done = run("test", str(mine), "--uncovered")
    assert done.exit_code == 0, done.output
    assert "1 example, none failed" in done.stdout
    assert "in no example: (is|are) open" in done.stdout
    assert "in no example: (has|have) closed" not in done.stdout


def test_an_example_that_fails_says_what_was_found_instead(mine: Path) -> None:
    path = mine / "vocabulary" / "en.toml"
    path.write_text(WORDS.replace('stance = "states"', 'stance = "denies"'), encoding="utf-8")
    done = run("test", str(mine))
    assert done.exit_code == 1
    assert "en.toml, line 14: The weather post in Vienna" in done.stderr
    assert "not found: status = closed (stance denies, voice ministry)" in done.stdout
    assert "what was found: status = closed" in done.stdout


def test_an_example_without_any_find_says_that_nothing_is_found(mine: Path) -> None:
    path = mine / "vocabulary" / "en.toml"
    path.write_text(WORDS.replace("finds = ", "# ").replace("never = ", "# "), encoding="utf-8")
    done = run("test", str(mine))
    assert done.exit_code == 1
    assert "found: status = closed" in done.stdout


def test_an_example_that_names_no_property_is_a_fault(mine: Path) -> None:
    path = mine / "vocabulary" / "en.toml"
    path.write_text(WORDS.replace('property = "status"', 'property = "state"'), encoding="utf-8")
    assert "line 14: an example names 'state', which is no property" in run("check", str(mine)).stderr


@pytest.mark.parametrize("name", ["overseas-stations"])
def test_what_ships_has_no_fault_and_its_examples_hold(name: str) -> None:
    assert run("check", name).exit_code == 0
    done = run("test", name)
    assert done.exit_code == 0, done.output


def test_without_a_name_it_is_the_profile_of_the_case_here(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "case"
    assert CliRunner().invoke(overt, ["init", str(case), "--profile", str(mine)]).exit_code == 0
    monkeypatch.chdir(case)
    assert "weather-posts: no fault" in run("check").stdout
    assert "1 example, none failed" in run("test").stdout


def test_explain_shows_what_was_seen_who_speaks_and_which_rule_fired(mine: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The weather post in Vienna has closed, the ministry said.\n\nRain is expected.", encoding="utf-8")
    done = CliRunner().invoke(overt, ["find", str(page), "--profile", str(mine), "--explain"])
    for words in (
        "thing     'weather post' = one:reported_site",
        "place     'Vienna' = geonames:2761369",
        "term      'has closed' = status:closed",
        "the ministry",
        "rule terms.status.closed, by 'has closed'",
        "Rain is expected.",
    ):
        assert words in done.stdout, done.stdout


def test_explain_says_why_nothing_is_looked_at(mine: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Rain is expected in Vienna.", encoding="utf-8")
    done = CliRunner().invoke(overt, ["find", str(page), "--profile", str(mine), "--explain"])
    assert "no noun of the profile's kinds" in done.stdout
