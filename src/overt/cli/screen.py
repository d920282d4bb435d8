"""What the terminal shows: the same words everywhere, no colour when piped, no control character from any page."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.tree import Tree

from overt.case import Case, open_case
from overt.model import Registry
from overt.profile import Profile, load
from overt.review import Branch
from overt.store import reading

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

PIPED = 1_000_000  # columns: more than any quote has

case_option = click.option(
    "--case",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The folder of the case.",
)


def speak_utf8() -> None:
    """Make the streams take every word of every script: UTF-8 in a pipe, and marks for what a console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def plain(words: object) -> str:
    """Return words without control and direction characters: a hostile title cannot drive the terminal."""
    return _CONTROL.sub("\ufffd", str(words))


def console(error: bool = False) -> Console:
    """A console for people. Without an end when piped, so that no line is broken or cut for another program."""
    stream = sys.stderr if error else sys.stdout
    width = None if stream.isatty() else PIPED
    return Console(file=stream, width=width, soft_wrap=not stream.isatty(), highlight=False)


def several(number: int, one: str, many: str | None = None) -> str:
    """ "1 row", "2 rows", "2 properties"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say(words: object = "", style: str | None = None) -> None:
    console().print(escape(plain(words)), style=style, markup=True)


def fail(words: object) -> None:
    """One line on standard error."""
    click.echo(f"overt: {plain(' '.join(str(words).split()))}", err=True)


def out(text: str) -> None:
    """Machine output: as it is, UTF-8, line feeds only."""
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8"))
    stream.flush()


def out_json(value: object) -> None:
    """A value of the nouns as JSON for programs, indented."""
    out(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def table(columns: list[str], rows: list[list[object]], title: str | None = None) -> None:
    made = Table(*columns, title=title, show_edge=False, pad_edge=False, header_style="bold")
    for row in rows:
        made.add_row(*(escape(plain(cell)) for cell in row))
    console().print(made)


def tree(branch: Branch) -> None:
    top = Tree(escape(plain(branch.words)))
    _grow(top, branch)
    console().print(top, soft_wrap=False)  # soft wrapping would cut what is wider than the terminal: quotes are whole


def _grow(node: Tree, branch: Branch) -> None:
    for below in branch.below:
        _grow(node.add(escape(plain(below.words))), below)


def opened(folder: Path) -> tuple[Case, Profile, Registry]:
    """Open a case with its profile and its last build."""
    case = open_case(folder)
    with reading(case.index) as store:
        registry = store.load()
    return case, load(case.profile), registry


class Bar:
    """Progress of long work on standard error; silent when nobody watches."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:>6}"), BarColumn(), MofNCompleteColumn(), console=console(error=True)
        )
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        if sys.stderr.isatty():
            self._progress.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if sys.stderr.isatty():
            self._progress.stop()

    def _tell(self, step: str, done: int, of: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._progress.add_task(step, total=of)
        self._progress.update(self._tasks[step], completed=done, total=of)
