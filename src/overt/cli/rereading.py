"""The command `reread`: newer readers read the captures again, and what moves is shown."""

from collections import Counter
from pathlib import Path

import click

from overt import capture
from overt.case import Case, open_case, set_readers, writing
from overt.cli.screen import Bar, case_option, fail, say, table
from overt.model import Document, Level, Statement, Unread
from overt.read import shipped
from overt.read.anchoring import anchor
from overt.read.reread import Reread, reread
from overt.store import reading


@click.command("reread")
@click.option("--dry-run", is_flag=True, help="Show what would move, and write nothing.")
@case_option
@click.pass_context
def reread_command(context: click.Context, dry_run: bool, folder: Path) -> None:
    """Read again what older readers read, or what a limit or a missing extra kept from being read."""
    case = open_case(folder)
    with writing(case):
        sightings = [s for s in capture.sightings(case) if s.level is not Level.CONFIDENTIAL]
        first = {s.capture: s for s in reversed(sightings)}
        statements = _statements(case)
        counts: Counter[str] = Counter()
        rows: list[list[object]] = []
        with Bar() as tell:
            made = reread(case, first.values(), lambda name: capture.payload(case, name), write=not dry_run)
            for done, one in enumerate(made, 1):
                tell("read", done, len(first))
                words = _row(one, statements.get(one.capture, []), counts)
                if words is not None:
                    rows.append([one.capture[:12], first[one.capture].address, words])
        changed = {name: version for name, version in shipped().items() if case.settings.readers.get(name) != version}
        if not dry_run and case.settings.readers:
            set_readers(case, shipped())
    if rows:
        table(["capture", "address", "what moves"], rows)
    for name, version in sorted(changed.items() if case.settings.readers else ()):
        old = case.settings.readers.get(name)
        say(f"reader {name}: {old or 'off'} -> {version}")
    say(
        f"{counts['unchanged']} documents unchanged, {counts['changed']} changed, {counts['failed']} not read again; "
        f"{counts['stay']} quotes stay, {counts['moved']} anchored anew, {counts['gone']} gone"
    )
    say("nothing was written" if dry_run else "Next: overt build")
    if counts["failed"]:
        context.exit(2)


def _statements(case: Case) -> dict[str, list[Statement]]:
    """The statements of the last build, by capture; none where nothing is built yet."""
    out: dict[str, list[Statement]] = {}
    if case.index.is_file():
        with reading(case.index) as store:
            for statement in store.load().statements:
                if not statement.implied:
                    out.setdefault(statement.capture, []).append(statement)
    return out


def _row(one: Reread, statements: list[Statement], counts: Counter[str]) -> str | None:
    """Count what becomes of a document and its quotes; return it in words where something does."""
    if one.now is None:
        counts["failed"] += 1
        fail(f"{one.capture[:12]} was not read again: {one.failed}")
        return None
    if one.is_same:
        counts["unchanged"] += 1
        counts["stay"] += len(statements)
        return None
    counts["changed"] += 1
    if isinstance(one.now, Unread):
        counts["gone"] += len(statements)
        return f"now unread: {one.now.reason}"
    words = ["now read"] if isinstance(one.before, Unread) else []
    own = _quotes(one.now, statements)
    counts.update({key: number for key, number in own.items() if number})
    words += [f"{own['moved']} quotes anchored anew"] * bool(own["moved"])
    words += [f"{own['gone']} quotes gone"] * bool(own["gone"])
    if isinstance(one.before, Document) and one.before.text == one.now.text:
        words.append("the text is the same, what is said of it changed")
    return ", ".join(words) or "the text changed, no quote moves"


def _quotes(now: Document, statements: list[Statement]) -> Counter[str]:
    out: Counter[str] = Counter()
    text = now.text
    for statement in statements:
        quote = statement.quote
        at = anchor(text, quote.exact, quote.prefix, quote.suffix, quote.start)
        out["gone" if at is None else "stay" if at == quote.start else "moved"] += 1
        if at is None:
            fail(f"gone: {statement.id[:16]} {statement.property} = {statement.value.text} “{quote.exact[:120]}”")
    return out


COMMANDS = (reread_command,)
