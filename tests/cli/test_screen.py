"""The manners of the command line: help for every command, words in one line, nothing that drives a terminal."""

import re
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import ok, run

from overt import __version__
from overt.cli import overt
from overt.cli.screen import plain

COMMANDS = {
    *("init", "add", "build", "status", "verify", "read", "find", "count", "why", "judge", "publish", "export"),
    *("serve", "demo"),
}


def test_every_command_is_there_with_its_help() -> None:
    assert overt.commands.keys() >= COMMANDS
    for name, command in overt.commands.items():
        assert command.help, name
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (name, param.name)
        assert name in ok(name, "--help") or "Usage" in ok(name, "--help")


def test_version_and_help(tmp_path: Path) -> None:
    assert __version__ in ok("--version")
    assert "A case is a folder" in ok("--help")
    assert ok("-h") == ok("--help")


def test_no_command_at_all_shows_the_help_and_is_no_success() -> None:
    ran = run()
    assert ran.code == 2
    assert "A case is a folder" in ran.err + ran.out


@pytest.mark.parametrize("args", [("count", "--colour"), ("dance",), ("judge", "accept"), ("export", "shoes")])
def test_a_mistake_is_one_line_that_says_where_help_is(args: tuple[str, ...]) -> None:
    ran = run(*args)
    assert ran.code == 2
    assert re.search(r"See: overt( \w+)? --help$", ran.complaint)


@given(st.text())
def test_plain_words_hold_no_control_or_direction_character(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    for char in shown:
        assert char in "\t\n" or not (ord(char) < 32 or 0x7F <= ord(char) <= 0x9F)
        assert char not in "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    assert plain(shown) == shown


def test_nothing_is_coloured_in_a_pipe(tmp_path: Path) -> None:
    ok("init", tmp_path / "case", "--profile", "overseas-stations")
    assert "\x1b" not in run("status", "--case", tmp_path / "case").out
    assert "\x1b" not in run("verify", "--case", tmp_path / "case").out


def test_an_error_of_the_disk_is_one_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("init", tmp_path / "case", "--profile", "overseas-stations")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "index.sqlite")

    monkeypatch.setattr("overt.cli.case.renew", full)
    ran = run("build", "--case", tmp_path / "case")
    assert ran.code == 2
    assert "No space left on device" in ran.complaint


def test_who_stops_it_by_hand_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("init", tmp_path / "case", "--profile", "overseas-stations")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("overt.cli.case.renew", stopped)
    ran = run("build", "--case", tmp_path / "case")
    assert ran.code == 130
    assert "run the same command again" in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
