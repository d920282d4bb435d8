"""`overt report`: a release as a PDF."""

from pathlib import Path

import click

from overt.case import open_case
from overt.cli.screen import case_option, say
from overt.model import InputError
from overt.places import gazetteer
from overt.profile import load
from overt.publish.release import numbers
from overt.publish.report import report
from overt.publish.words import LANGUAGES


@click.command("report")
@click.argument("number", type=click.IntRange(1), required=False)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language of the report."
)
@click.option(
    "--font",
    "fonts",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A TrueType or OpenType file, for what the own fonts lack. May be given again.",
)
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="A file; without it, report-N-LANGUAGE.pdf here."
)
@case_option
def report_command(
    number: int | None, language: str, fonts: tuple[Path, ...], target: Path | None, folder: Path
) -> None:
    """Set a release (the newest, or NUMBER) as a PDF, from its published data alone."""
    case = open_case(folder)
    known = numbers(case.releases)
    chosen = number if number is not None else max(known, default=None)
    if chosen is None or chosen not in known:
        raise InputError("there is no such release: `overt publish` makes one")
    made = report(case.releases / str(chosen), load(case.profile), language, fonts, _names)
    path = target or Path(f"report-{chosen}-{language}.pdf")
    try:
        path.write_bytes(made)
    except OSError as error:
        raise InputError(f"--out {path}: {error.strerror or error}; name a file in a folder that is there") from None
    say(f"release {chosen} as {path} ({len(made):,} bytes)")


def _names(identifier: str) -> dict[str, str] | None:
    place = gazetteer.get(identifier)
    return dict(place.names) if place is not None else None


COMMANDS = (report_command,)
