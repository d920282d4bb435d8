"""Commands for what cannot wait for a release: withdraw and dispute."""

from pathlib import Path

import click

from overt.build import renew
from overt.cli.publishing import show_release
from overt.cli.screen import Bar, case_option, fail, opened, say
from overt.publish import REASONS, give_notice, publish_case
from overt.publish.case import PICTURE
from overt.publish.notices import DISPUTED, WITHDRAWN
from overt.review.lookup import find_id, find_picture

_why = click.option("--why", required=True, help="The reason, for the case alone: it is never published.")
_handle = click.option("--as", "handle", required=True, help="Your handle; its key signs the notice.")


@click.command("withdraw")
@click.argument("target")
@_why
@click.option(
    "--reason",
    type=click.Choice([r for r in REASONS if r != "dispute"]),
    required=True,
    help="The kind of reason, which the notice shows.",
)
@_handle
@click.option("--no-publish", is_flag=True, help="Only put up the notice; the next release is made later.")
@case_option
def withdraw_command(target: str, why: str, reason: str, handle: str, no_publish: bool, folder: Path) -> None:
    """Take TARGET (a statement, entity or picture) out of every offered release, and out of all that follow."""
    _notice(WITHDRAWN, target, why, reason, handle, folder)
    if no_publish:
        say("pages that held it show the notice until the next release; make it with: overt publish --as HANDLE")
        return
    case, profile, registry = opened(folder)
    made = publish_case(case, registry, profile, handle)
    if made.number is not None:
        renew(case)
    show_release(made)


@click.command("dispute")
@click.argument("target")
@_why
@_handle
@case_option
def dispute_command(target: str, why: str, handle: str, folder: Path) -> None:
    """Put "disputed, being checked" on TARGET (an id of a statement or entity) in every offered release, at once."""
    _notice(DISPUTED, target, why, "dispute", handle, folder)


def _notice(sort: str, target: str, why: str, reason: str, handle: str, folder: Path) -> None:
    case, _, registry = opened(folder)
    picture = find_picture(registry, target)
    kind, whole = (PICTURE, picture) if picture is not None else find_id(registry, target)
    notice, changed = give_notice(case, registry, sort, kind, whole, why, reason, handle)
    with Bar() as tell:
        renew(case, tell)
    say(f"notice {notice.number}, {notice.day}: {sort}, {notice.reason}", style="bold")
    for number, paths in sorted(changed.items()):
        say(f"release {number}: the notice stands in {len(paths)} files")
        for path in paths:
            say(f"  {path}")
    if not changed:
        say("no file of a release held it, or the notice stands there already")
    fail("copies of a release elsewhere are not reached: put these files there too, with WITHDRAWN and its signature")


COMMANDS = (withdraw_command, dispute_command)
