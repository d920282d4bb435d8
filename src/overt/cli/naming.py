"""The command that tries the matcher of names by itself: names."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from overt.cli.screen import out
from overt.model import InputError
from overt.profile import find_profile, load
from overt.resolve import Reader, compare
from overt.words.encoding import decode

LEFT, RIGHT = "left", "right"
MADE = ("verdict", "score", "reasons")
_MOST_BYTES = 256 * 1024 * 1024
_AT_ONCE = 2000  # lines written together


@click.command("names")
@click.argument("pairs", type=click.Path(path_type=Path))
@click.option("--profile", default="overseas-stations", show_default=True, help="Whose words for kinds and voices.")
@click.option("--bodies", is_flag=True, help="None of the names is a person's: compare those that look like it too.")
def names_command(pairs: Path, profile: str, bodies: bool) -> None:
    """Compare the two names of each line of PAIRS, a CSV with the columns left and right. Needs no case.

    Prints CSV: left, right, verdict (same, different, part_of, unsure), score, reasons, then the other columns.
    """
    head, rows = _read(pairs)
    reader = Reader(load(find_profile(profile)))
    others = [name for name in head if name not in (LEFT, RIGHT)]
    shown = [f"given_{name}" if name in MADE else name for name in others]
    lines = [[LEFT, RIGHT, *MADE, *shown]]
    for row in rows:
        found = compare(reader.read(row[LEFT]), reader.read(row[RIGHT]), are_bodies=bodies)
        reasons = "; ".join(found.reasons)
        lines.append(
            [row[LEFT], row[RIGHT], found.verdict, f"{found.score:.3f}", reasons, *(row[name] for name in others)]
        )
        if len(lines) >= _AT_ONCE:
            _write(lines)
            lines = []
    _write(lines)


def _write(lines: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    out(text.getvalue())


def _read(path: Path) -> tuple[list[str], Iterator[dict[str, str]]]:
    """Return the columns of a sheet, and its rows.

    Raises:
        InputError: where the file cannot be read as text, or lacks a column.
    """
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if str(path) == "-" else _bytes(path)
    except OSError as fault:
        raise InputError(
            f"{path}: {fault.strerror or fault}; give the path of a CSV file, or - for standard input"
        ) from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path}: larger than {_MOST_BYTES // 1024**2} MiB; cut it into several files")
    text = decode(data)
    if text is None:
        raise InputError(f"{path}: no text in an encoding known here; save it as CSV in UTF-8")
    lines = csv.reader(io.StringIO(text[0], newline=""), strict=False)
    try:
        head = [name.strip() for name in next(lines, [])]
    except csv.Error as fault:
        raise InputError(f"{path}, line 1: {fault}; save it as CSV in UTF-8") from None
    for name in (LEFT, RIGHT):
        if head.count(name) != 1:
            raise InputError(
                f"{path}: its first line must have one column {name!r}; it has: {', '.join(head) or 'nothing'}"
            )
    return head, _rows(path, head, lines)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _rows(path: Path, head: list[str], lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    """Give the rows as column -> cell; a short row has empty cells, and what stands beyond the columns is left out."""
    number = 1
    while True:
        number += 1
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as fault:
            raise InputError(
                f"{path}, row {number}: {fault}; correct the row, the rows before it were compared"
            ) from None
        if any(cells):
            yield dict(zip(head, [*cells, *[""] * len(head)][: len(head)], strict=True))


COMMANDS = [names_command]
