"""The command `picture`: a part of a sealed picture or page, cut out to be looked at before it may be public."""

from pathlib import Path

import click

from overt.cli.screen import case_option, opened, say, several
from overt.ledger import read_judgements
from overt.model import InputError
from overt.protect.cutting import Box
from overt.review.picture import prepare

_SIDES = 4


@click.command("picture")
@click.argument("target")
@click.option("--box", metavar="L,T,R,B", help="What to show, in thousandths of the page: left, top, right, bottom.")
@click.option("--cover", "covers", multiple=True, metavar="L,T,R,B", help="What to paint over beside that.")
@click.option("--page", type=click.IntRange(1), help="The page, for a capture of several.")
@case_option
def picture_command(target: str, box: str | None, covers: tuple[str, ...], page: int | None, folder: Path) -> None:
    """Cut a picture out of a capture, to be looked at: TARGET is a statement (its words are shown) or a capture.

    Faces are painted over, and so is what OCR or the text of a PDF says that a release would withhold.
    """
    case, profile, registry = opened(folder)
    lines = read_judgements(case.decision_logs())
    made = prepare(
        case,
        registry,
        profile,
        lines,
        target,
        box=_box("--box", box) if box else None,
        covers=[_box("--cover", one) for one in covers],
        page=page,
    )
    say(f"{made.path}: {made.recipe.width} x {made.recipe.height} pixels", style="bold")
    say(f"painted over: {several(made.faces, 'face')}, {several(made.words, 'line')} with words that are withheld")
    if made.plates:
        say(f"may be number plates: {', '.join(made.plates)}")
    say("look at it: faces that were missed, number plates, screens, name plates, addresses; --cover paints them over")
    about = "STATEMENT-OR-ENTITY" if made.recipe.capture.startswith(target.lower()) else target
    say(f'then: overt judge shows {made.id[:12]} {about} --words "what it shows" --why "..." --as HANDLE')


def _box(option: str, text: str) -> Box:
    sides = text.split(",")
    if len(sides) != _SIDES or not all(side.strip().isdecimal() for side in sides):
        raise InputError(f"{option} {text}: write left,top,right,bottom in thousandths of the page, as: 100,0,500,250")
    left, top, right, bottom = (int(side) for side in sides)
    if not (left < right <= 1000 and top < bottom <= 1000):
        raise InputError(f"{option} {text}: left and top come before right and bottom, and none is more than 1000")
    return left, top, right, bottom


COMMANDS = (picture_command,)
