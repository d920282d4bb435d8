"""The command `parse`: which pipeline parses a language of the case, on, off, or shown."""

from pathlib import Path

import click

from overt.case import open_case, writing
from overt.cli.screen import case_option, say
from overt.find import PARSED
from overt.model import CaseError, InputError, Pipeline
from overt.read.parse import check, installed, language_of, load
from overt.read.parses import set_pipelines


@click.command("parse")
@click.argument("pipeline", required=False)
@click.option("--off", is_flag=True, help="No passage is parsed any more; parses that are there stay.")
@case_option
def parse_command(pipeline: str | None, off: bool, folder: Path) -> None:
    """Have a second reader of attributions on, by the spaCy PIPELINE of that package; without it, show what is on."""
    case = open_case(folder)
    if pipeline is not None and off:
        raise InputError("either a pipeline or --off")
    if off:
        with writing(case):
            set_pipelines(case, {})
        say("no language is parsed. Next: overt build")
        return
    if pipeline is None:
        for language, one in sorted(case.settings.parse.items()):
            say(f"{language}: {one.short}: {_here(one)}")
        if not case.settings.parse:
            say("no language is parsed")
        return
    found, language = installed(pipeline), language_of(pipeline)
    if language not in PARSED:
        raise InputError(f"{pipeline} parses {language}, and Overt reads parses of: {', '.join(PARSED)}")
    load(found)
    with writing(case):
        set_pipelines(case, {**case.settings.parse, language: found})
    say(f"{language} is parsed by {found.short}. Next: overt build")


def _here(one: Pipeline) -> str:
    try:
        check(one)
    except CaseError as error:
        return str(error)
    return "installed here"


COMMANDS = (parse_command,)
