"""What `overt add` takes from elsewhere: feeds and site maps as lists of sources, and archived copies of a page."""

from pathlib import Path

from overt import capture
from overt.capture import copies, feeds
from overt.case import Case, writing
from overt.cli.screen import fail, say, table
from overt.model import InputError, Outcome, Receipt
from overt.net import fetch

MOST_MAPS = 50  # site maps of one index that are followed
SHOWN = 200  # rows of a list that are shown


def _bytes(case: Case, source: str) -> bytes:
    given = capture.input_of(source)
    limit = case.settings.limits.max_bytes
    if given.url:
        return fetch(given.url, case.settings.net.permit, limit, seconds=case.settings.limits.seconds).body
    path = Path(source)
    try:
        if path.stat().st_size > limit:
            raise InputError(f"{path}: larger than {limit:,} bytes (max_bytes under [limits] in overt.toml)")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def show_feed(case: Case, source: str, most: int) -> None:
    """List what a feed or site map names; nothing is added."""
    made = feeds.listed(_bytes(case, source), source if capture.input_of(source).url else "")
    rows: list[list[object]] = [[one.day or "-", one.title or "-", one.url] for one in made.named[: min(most, SHOWN)]]
    table(["date", "title", "address"], rows, title=made.title or None)
    for one in made.maps[:SHOWN]:
        say(f"site map: {one}")
    say(f"{len(made.named)} named, {len(made.maps)} site maps, {made.passed_over} without an address that can be used")


def from_feed(case: Case, source: str, most: int) -> tuple[list[capture.Input], list[Receipt]]:
    """Seal a feed or site map (and the site maps of an index) and return what they name, at most `most` inputs."""
    waiting, done = [source], 0
    found: list[capture.Input] = []
    receipts: list[Receipt] = []
    while waiting and len(found) < most:
        at = waiting.pop(0)
        given = capture.input_of(at)
        with writing(case):
            (receipt,) = capture.add(case, [capture.as_list(given)])
        receipts.append(receipt)
        if receipt.capture is None:
            continue
        try:
            made = feeds.listed(capture.payload(case, receipt.capture), given.url or "")
        except InputError as error:  # it is sealed, and names nothing that can be read
            receipts.append(Receipt(input=given.shown, outcome=Outcome.REFUSED, reason=str(error)))
            continue
        found += feeds.inputs_of(made, given.address)
        done += 1
        waiting += made.maps[: max(0, MOST_MAPS - done - len(waiting))]
        say(f"{at}: {len(made.named)} named, {len(made.maps)} site maps, {made.passed_over} passed over")
        if len(made.maps) > MOST_MAPS:
            fail(f"note {at}: {len(made.maps) - MOST_MAPS} of its site maps are not followed: add them with --feed")
    if len(found) > most:
        fail(f"note {source}: only the first {most} of {len(found)} named are taken; --most takes more")
    return found[:most], receipts


def archived(case: Case, url: str, earliest: bool, near: str | None, only_list: bool) -> list[capture.Input]:
    """Ask the archive services for copies of a page, show them, and return the chosen ones as inputs.

    Raises:
        InputError: where the address is none, no service is configured, or there is no copy.
    """
    net = case.settings.net
    copies.check(url, net.archives)
    say(f"asking {', '.join(copies.hosts(net.archives))}")
    found, problems = copies.copies_of(url, net.archives, net.permit, case.settings.limits.seconds)
    for problem in problems:
        fail(problem)
    if not found:
        raise InputError(f"{url}: no archived copy is known to {', '.join(a.name for a in net.archives)}")
    chosen = [copies.earliest(found)] if earliest else []
    if near is not None:
        chosen.append(copies.nearest(found, near))
    shown = found if only_list else list(dict.fromkeys([copies.earliest(found), *chosen, found[-1]]))
    marks = dict.fromkeys(chosen, "taken") if not only_list else {}
    rows: list[list[object]] = [
        [one.seen, one.status or "-", one.media_type or "-", one.service, marks.get(one, "")] for one in shown[:SHOWN]
    ]
    table(["date", "status", "type", "service", ""], rows, title=f"{len(found)} copies of {url}")
    if len(shown) > SHOWN:
        say(f"... and {len(shown) - SHOWN} more")
    if not chosen and not only_list:
        say("choose with --earliest or --nearest DATE; --list shows all")
    return [] if only_list else [one.as_input() for one in dict.fromkeys(chosen)]
