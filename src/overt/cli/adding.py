"""The command `add`: files, folders, pages, archives, sheets and lists of sources become sealed captures."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from overt import capture
from overt.case import Case, open_case, writing
from overt.cli import lists as lists_of
from overt.cli.screen import Bar, case_option, fail, say
from overt.ledger import check_handle
from overt.model import InputError, Outcome, Receipt
from overt.model.edtf import is_edtf
from overt.profile import shipped
from overt.read import reading

_SHOWN = 3  # examples that a line on what was left out names


@click.command("add")
@click.argument("inputs", nargs=-1)
@click.option(
    "--manifest", "sheets", multiple=True, type=click.Path(path_type=Path), help="A sheet of sources (CSV, XLSX, ODS)."
)
@click.option(
    "--sources", is_flag=True, help="The list of public pages that ships with the case's profile (fetches them)."
)
@click.option(
    "--verdicts",
    "verdicts",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the sheet of --manifest with a verdict in each row (.csv or .xlsx).",
)
@click.option("--saved-by", metavar="HANDLE", help="INPUTS are files that this person saved by hand.")
@click.option("--url", help="With --saved-by: the page's address, where the file does not say it.")
@click.option("--saved-on", metavar="DATE", help="With --saved-by: the day on which it was saved (EDTF).")
@click.option(
    "--feed", "feeds", multiple=True, metavar="FILE|URL", help="A feed (RSS, Atom) or site map: add what it names."
)
@click.option("--archived", multiple=True, metavar="URL", help="Look for archived copies of a page.")
@click.option("--earliest", is_flag=True, help="With --archived: add the earliest copy.")
@click.option("--nearest", metavar="DATE", help="With --archived: add the copy nearest to this day (EDTF).")
@click.option("--list", "only_list", is_flag=True, help="With --feed or --archived: show, and add nothing.")
@click.option("--most", default=500, show_default=True, type=click.IntRange(1), help="With --feed: at most so many.")
@click.option("--browser", is_flag=True, help="Draw pages in a headless Chromium (needs overt[browser]).")
@click.option("--all-types", is_flag=True, help="Of web archives: pictures, scripts and the like too.")
@case_option
@click.pass_context
def add_command(
    context: click.Context,
    inputs: tuple[str, ...],
    sheets: tuple[Path, ...],
    sources: bool,
    verdicts: Path | None,
    saved_by: str | None,
    url: str | None,
    saved_on: str | None,
    feeds: tuple[str, ...],
    archived: tuple[str, ...],
    earliest: bool,
    nearest: str | None,
    only_list: bool,
    most: int,
    browser: bool,
    all_types: bool,
    folder: Path,
) -> None:
    """Seal files, folders, pages or web archives (INPUTS: paths and http(s) addresses) as captures."""
    case = open_case(folder)
    check_lists(bool(feeds), bool(archived), earliest, nearest, only_list)
    given = [capture.input_of(one) for one in inputs]
    if saved_by is not None or url is not None or saved_on is not None:
        given = by_hand(given, saved_by, url, saved_on)
    refused: list[Receipt] = []
    lists = list(sheets)
    if sources:
        lists.append(_shipped_sources(case.settings.profile.name))
    if verdicts is not None:
        check_verdicts(verdicts, lists, given)
    loaded = []
    for path in lists:
        sheet = capture.load_sheet(path)
        loaded.append(sheet)
        say(f"{path}: {', '.join(f'{column} = {meaning}' for column, meaning in sheet.mapping.items())}")
        if sheet.note:
            fail(f"note {path.name}: {sheet.note}")
        given += sheet.inputs
        refused += [problem.receipt() for problem in sheet.problems]
    before: list[Receipt] = []
    for source in feeds:
        if only_list:
            lists_of.show_feed(case, source, most)
            continue
        named, receipts = lists_of.from_feed(case, source, most)
        given += named
        before += receipts
    for page in archived:
        try:
            given += lists_of.archived(case, page, earliest, nearest, only_list)
        except InputError as error:
            before.append(Receipt(input=page, outcome=Outcome.REFUSED, reason=str(error).removeprefix(f"{page}: ")))
    if browser:
        given = in_browser(given)
    if (feeds or archived) and not given and not refused and not before:
        return  # shown, and nothing was to be added
    if not given and not refused and not before:
        raise InputError("nothing to add: name files, folders, addresses, or a sheet with --manifest")
    receipts = take(case, given, [*refused, *before], all_types)
    if verdicts is not None:
        write_verdicts(case, loaded[0], lists[0], receipts, verdicts, browser)
    if summary(receipts)[Outcome.REFUSED]:
        context.exit(2)


def check_lists(feeds: bool, archived: bool, earliest: bool, nearest: str | None, only_list: bool) -> None:
    """Raise InputError where an option stands without the one that it belongs to, or a date is none."""
    if nearest is not None and not is_edtf(nearest):
        raise InputError(f"--nearest {nearest!r}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    if (earliest or nearest is not None) and not archived:
        raise InputError("--earliest and --nearest belong to --archived URL")
    if only_list and not (feeds or archived):
        raise InputError("--list belongs to --feed or --archived")


def in_browser(given: list[capture.Input]) -> list[capture.Input]:
    """The inputs as pages that a browser draws. Raises InputError for files and archived copies."""
    for one in given:
        if one.url is None or one.path is not None or one.copy is not None:
            raise InputError(f"{one.shown}: --browser takes addresses of pages")
    return [msgspec.structs.replace(one, in_browser=True) for one in given]


def check_verdicts(target: Path, lists: list[Path], given: list[capture.Input]) -> None:
    """Raise InputError where --verdicts cannot be: told before anything is fetched."""
    if len(lists) != 1 or given:
        raise InputError("--verdicts goes with one sheet (--manifest or --sources) and no further inputs")
    if target.suffix.lower() not in capture.KINDS:
        raise InputError(f"--verdicts {target}: name a file that ends in {' or '.join(capture.KINDS)}")
    if target.exists() and target.resolve() == lists[0].resolve():
        raise InputError(f"--verdicts {target} is the sheet itself: name another file, so that yours stays as it is")


def write_verdicts(
    case: Case, sheet: capture.Sheet, source: Path, receipts: list[Receipt], target: Path, in_browser: bool = False
) -> None:
    """Read what was captured (the readings are kept for `build`) and write the sheet with its verdicts.

    Raises:
        InputError: where the file cannot be written.
    """
    seen = {s.capture: s for s in reversed(capture.sightings(case))}
    with Bar() as tell, writing(case):
        wanted = [r.capture for r in receipts if r.capture is not None]
        made = {}
        for done, name in enumerate(dict.fromkeys(wanted), 1):
            made[name] = reading(case, seen[name], lambda name: capture.payload(case, name))
            tell("read", done, len(set(wanted)))
    judged = capture.judged_rows(sheet, receipts, lambda name: made[name], capture.how_came(case))
    rows = {line: one.cells(in_browser) for line, one in judged}
    try:
        data, note = capture.returned(sheet, source, rows, target.suffix.lower())
        target.write_bytes(data)
    except OSError as error:
        why = error.strerror or error
        raise InputError(f"--verdicts {target}: {why}; name a file in a folder that is there") from None
    if note:
        fail(f"note {target}: {note}")
    say(f"verdicts: {target}")


def by_hand(
    given: list[capture.Input], saved_by: str | None, url: str | None, saved_on: str | None
) -> list[capture.Input]:
    """The inputs as files that a person saved.

    Raises:
        InputError: where the options do not fit the inputs or each other.
    """
    if saved_by is None:
        raise InputError("--url and --saved-on belong to --saved-by HANDLE: say who saved the file")
    check_handle(saved_by)
    if saved_on is not None and not is_edtf(saved_on):
        raise InputError(f"--saved-on {saved_on!r}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    if url is not None and not url.lower().startswith(("http://", "https://")):
        raise InputError(f"--url {url!r}: not an http or https address")
    if url is not None and (len(given) != 1 or (given[0].path is not None and given[0].path.is_dir())):
        raise InputError("--url is the address of one file: add files of other pages one by one")
    for one in given:
        if one.path is None:
            raise InputError(f"{one.url}: --saved-by takes files that a person saved, not addresses")
    return [msgspec.structs.replace(one, saved_by=saved_by, saved_on=saved_on, url=url) for one in given]


def take(case: Case, given: list[capture.Input], refused: list[Receipt], all_types: bool = False) -> list[Receipt]:
    """Add inputs, say what is to be said of each at once, and return all receipts."""
    receipts = list(refused)
    for receipt in refused:
        _tell(receipt)
    with writing(case), Bar() as tell:
        for done, receipt in enumerate(capture.add(case, given, all_types=all_types), 1):
            tell("add", done, max(done, len(given)))
            receipts.append(receipt)
            _tell(receipt)
    return receipts


def _tell(receipt: Receipt) -> None:
    if receipt.outcome is Outcome.REFUSED:
        fail(f"refused {receipt.input}: {receipt.reason}")
    for warning in receipt.warnings:
        fail(f"note {receipt.input}: {warning}")


def summary(receipts: list[Receipt]) -> Counter[Outcome]:
    """Say how many inputs became what, and what was left out of archives and why."""
    counts = Counter(receipt.outcome for receipt in receipts)
    for line in left_out(receipts):
        say(line)
    more = f", {counts[Outcome.LEFT_OUT]} left out" if counts[Outcome.LEFT_OUT] else ""
    say(
        f"{counts[Outcome.ADDED]} added, {counts[Outcome.SEEN_AGAIN]} seen again, "
        f"{counts[Outcome.ALREADY_THERE]} already there, {counts[Outcome.REFUSED]} refused{more}"
    )
    return counts


def left_out(receipts: list[Receipt]) -> Iterator[str]:
    """A line for each reason for which something was left out, the most frequent first."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for receipt in receipts:
        if receipt.outcome is Outcome.LEFT_OUT:
            by_reason[receipt.reason or "no reason given"].append(receipt.input)
    for reason, inputs in sorted(by_reason.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        more = f", and {len(inputs) - _SHOWN} more" if len(inputs) > _SHOWN else ""
        yield f"left out {len(inputs)} x {reason}: {', '.join(inputs[:_SHOWN])}{more}"


def _shipped_sources(profile: str) -> Path:
    known = shipped()
    path = known[profile] / "sources.csv" if profile in known else None
    if path is None or not path.is_file():
        raise InputError(f"--sources: the profile {profile} ships no list of public pages")
    return Path(str(path))


COMMANDS = (add_command,)
