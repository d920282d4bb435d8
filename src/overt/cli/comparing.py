"""The command `compare`: what changed between two captures of one page."""

from pathlib import Path

import click
import msgspec

from overt import capture
from overt.case import Case, open_case, writing
from overt.cli.screen import case_option, out_json, say
from overt.model import CANNOT_PROVE, Document, InputError, Level, Sighting, Unread
from overt.read import reading
from overt.review.compare import Kind, as_text, compare

_LEAST = 6  # characters of an id


@click.command("compare")
@click.argument("before")
@click.argument("after", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@case_option
def compare_command(before: str, after: str | None, as_json: bool, folder: Path) -> None:
    """Show what changed between two captures: BEFORE and AFTER are ids of captures or addresses.

    An address alone compares the earliest and the latest capture of it.
    """
    case = open_case(folder)
    seen = [s for s in capture.sightings(case) if s.level is not Level.CONFIDENTIAL]
    first, second = sides(seen, before, after)
    made = compare(_document(case, first), _document(case, second))
    if as_json:
        row = {
            "before": _side(first),
            "after": _side(second),
            "same": made.same,
            "changes": msgspec.to_builtins(made.changes),
        }
        out_json(row)
        return
    for name, side in (("before", first), ("after", second)):
        how = f" ({side.how})" if side.how else ""
        say(
            f"{name}: {side.capture[:12]} {side.address}, obtained {side.saved_on or side.seen or '-'}{how}",
            style="bold",
        )
        if side.how in CANNOT_PROVE:
            say(f"  {CANNOT_PROVE[side.how]}")
    for change in made.changes:
        say(as_text(change))
    numbers = ", ".join(f"{made.count(k)} {k}" for k in (Kind.CHANGED, Kind.ADDED, Kind.REMOVED, Kind.MOVED))
    say(f"{made.same} passages the same, {numbers}")


def sides(seen: list[Sighting], before: str, after: str | None) -> tuple[Sighting, Sighting]:
    """Return the two sightings that are meant.

    Raises:
        InputError: where one names nothing, or several captures and no order is meant.
    """
    if after is None or after == before:
        found = named(seen, before)
        by_capture = {one.capture: one for one in reversed(found)}
        if len(by_capture) < 2:
            raise InputError(f"{before}: the case holds one capture of it; name a second one to compare with")
        rows = sorted(by_capture.values(), key=lambda s: (s.saved_on or s.seen, s.seen, s.capture))
        return rows[0], rows[-1]
    return one_of(named(seen, before), before), one_of(named(seen, after), after)


def named(seen: list[Sighting], given: str) -> list[Sighting]:
    """The sightings of an address, a file's name or a capture, earliest first. Raises InputError for none."""
    word = given.strip()
    found = [s for s in seen if word in (s.address, s.url, s.file, s.final_url)]
    if not found and len(word) >= _LEAST:
        found = [s for s in seen if s.capture.startswith(word.lower())]
    if not found:
        raise InputError(f"{given!r}: no capture of this case has this id (at least {_LEAST} characters) or address")
    return sorted(found, key=lambda s: (s.seen, s.capture))


def one_of(found: list[Sighting], given: str) -> Sighting:
    captures = list(dict.fromkeys(s.capture for s in found))
    if len(captures) > 1:
        some = ", ".join(f"{s.capture[:12]} of {s.seen}" for s in found[:6])
        raise InputError(f"{given}: {len(captures)} captures ({some}): name one by its id")
    return found[0]


def _document(case: Case, sighting: Sighting) -> Document:
    with writing(case):
        made = reading(case, sighting, lambda name: capture.payload(case, name))
    if isinstance(made, Unread):
        raise InputError(f"{sighting.address}: capture {sighting.capture[:12]} is unread: {made.reason}")
    return made


def _side(sighting: Sighting) -> dict[str, str | None]:
    return {
        "capture": sighting.capture,
        "address": sighting.address,
        "seen": sighting.seen,
        "saved_on": sighting.saved_on,
        "how": str(sighting.how),
        "cannot_prove": CANNOT_PROVE.get(sighting.how),
    }


COMMANDS = (compare_command,)
