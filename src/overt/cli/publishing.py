"""Commands that give something out: publish, export, serve, and the demonstration."""

import itertools
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from overt.build import renew
from overt.case import open_case
from overt.cli.screen import Bar, case_option, fail, opened, out, say
from overt.cli.weighing import WORDS, check_day
from overt.demo import HANDLES, make_demo
from overt.model import InputError, Question
from overt.profile import Profile
from overt.publish import Outlook, Release, check_case, draft_case, publish_case, serve
from overt.resolve.gloss import names_in_english
from overt.review import as_csv, jsonl, rows, tables
from overt.review.export import LINKS, NOT_PROTECTED, WHAT
from overt.store import write_tables
from overt.weigh import count

PORT = 8642


@click.command("publish")
@click.option("--as", "handle", help="The handle whose key signs the release.")
@click.option(
    "--draft", "folder_out", type=click.Path(path_type=Path), help="Write a local preview instead: no release."
)
@click.option("--as-of", help="Only what was publicly said by this day (EDTF).")
@click.option("--check", is_flag=True, help="Only list what would become public for the first time, and what blocks.")
@case_option
@click.pass_context
def publish_command(
    context: click.Context, handle: str | None, folder_out: Path | None, as_of: str | None, check: bool, folder: Path
) -> None:
    """Make the next numbered, signed release of what was accepted; or, with --draft, a watermarked local preview."""
    if folder_out is None and handle is None and not check:
        raise InputError("publish: say who signs (--as HANDLE), or write a local preview with --draft FOLDER")
    check_day(as_of)
    case = open_case(folder)
    with Bar() as tell:
        renew(case, tell)
    case, profile, registry = opened(folder)
    if check:
        show_outlook(check_case(case, registry, profile, as_of))
        return
    if folder_out is not None:
        made = draft_case(case, registry, profile, folder_out, as_of)
    else:
        made = publish_case(case, registry, profile, handle or "", as_of)
        if made.number is not None:
            renew(case)  # the release is a line of the ledger: from now on it owns the ids that it shows
    show_release(made)
    if made.number is not None:
        warn_of_no_publisher(profile)
    if made.folder is None and not made.statements:
        context.exit(2)


def show_outlook(made: Outlook) -> None:
    """What the next release would show that none has shown, names first, and what is held back and why."""
    counts = Counter(one.sort for one in made.first)
    new = ", ".join(f"{number} x {sort}" for sort, number in counts.items()) or "nothing"
    say(f"{made.statements} statements would be public; for the first time: {new}", style="bold")
    for one in made.first:
        say(f"  {one.sort}: {one.words}" + (f"  [{one.what[:12]}]" if one.what else ""))
    for held in made.withheld:
        say(f"  held back {held.what[:12]}: {held.why}")


def warn_of_no_publisher(profile: Profile) -> None:
    """Say what readers will miss: who publishes, and where to complain."""
    said = {"publisher": profile.publication.publisher, "contact": profile.publication.contact}
    missing = [name for name, words in said.items() if not words.strip()]
    if missing:
        fail(
            f"readers are not told the {' and the '.join(missing)}: set it under [publication] in profile/profile.toml"
        )


def show_release(made: Release) -> None:
    """What was made, where, the first numbers, and what was held back and why."""
    say(made.why, style="bold")
    if made.folder is not None:
        site = made.folder / "public" if (made.folder / "public").is_dir() else made.folder
        say(f"site: {site / 'index.html'}")
        rows_word = "row" if made.rows == 1 else "rows"
        counted = f"at least {made.low} (up to {made.high}) in {made.rows} {rows_word}"
        say(f"{counted}; {made.statements} statements, implied too")
    held = Counter(w.code for w in made.missing)
    for code, number in sorted(held.items(), key=lambda p: (-p[1], p[0])):
        example = next(w.why for w in made.missing if w.code == code)
        say(f"  held back: {number} x {code.replace('_', ' ')} (as in: {example})")


def _export_tables(target: Path | None, made: Mapping[str, Sequence[Mapping[str, str | int | float]]]) -> None:
    """Write an SQLite file beside its place and rename it, so that it is there whole or not at all."""
    if target is None:
        raise InputError("export sqlite writes a file: name it with --out FILE.sqlite")
    if target.exists():
        raise InputError(f"--out {target}: is there already; name another file or delete it")
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.unlink(missing_ok=True)
        write_tables(beside, made, LINKS)
        beside.rename(target)
    except (OSError, sqlite3.Error) as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"--out {target}: {error}; name a file in a folder that is there") from None
    fail(f"this is a working export: {NOT_PROTECTED}")


@click.command("export")
@click.argument("what", type=click.Choice((*WHAT, "sqlite")))
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv"]),
    default="jsonl",
    show_default=True,
    help="JSON Lines or CSV.",
)
@click.option("--implied", "with_implied", is_flag=True, help="Implied statements too.")
@click.option("--out", "target", type=click.Path(path_type=Path), help="A file; without it, to the terminal.")
@case_option
def export_command(what: str, form: str, with_implied: bool, target: Path | None, folder: Path) -> None:
    """Export statements, entities, facts or counts, or all as an SQLite file. Not protected, no release."""
    _, profile, registry = opened(folder)
    counts = []
    if what in ("counts", "sqlite"):
        for kind in (k for k, rule in profile.kinds.items() if rule.counted):
            counts += [count(registry, profile, Question(kind=kind, support=s, by="country")) for s in WORDS.values()]
    if what == "sqlite":
        _export_tables(target, tables(registry, counts, names_in_english(profile)))
        return
    lines = rows(registry, what, counts, with_implied, names_in_english(profile))
    text = jsonl(lines) if form == "jsonl" else as_csv(lines)
    fail(f"this is a working export: {NOT_PROTECTED}")
    if target is None:
        out(text)
    else:
        try:
            target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise InputError(
                f"--out {target}: {error.strerror or error}; name a file in a folder that is there"
            ) from None


@click.command("serve")
@click.argument("site", required=False, type=click.Path(path_type=Path))
@click.option("--port", default=PORT, show_default=True, help="A port of this machine.")
@case_option
def serve_command(site: Path | None, port: int, folder: Path) -> None:
    """Look at a published site (or SITE, a folder) on 127.0.0.1, until stopped."""
    serve(site or newest(folder), port, say)


def newest(folder: Path) -> Path:
    """The site of the newest release of a case."""
    case = open_case(folder)
    made = sorted((int(p.name) for p in case.releases.iterdir() if p.name.isdecimal()), reverse=True)
    if not made:
        raise InputError(f"{case.root}: no release yet; make one with: overt publish --as HANDLE, or name a folder")
    return case.releases / str(made[0]) / "public"


def _clear(folder: Path) -> None:
    """Make room for a new demonstration: one in which somebody judged is put beside, and said to be."""
    own = {path.name.partition("@")[0] for path in (folder / "decisions").glob("*.jsonl")} - set(HANDLES)
    if not own:
        shutil.rmtree(folder)
        return
    number = next(n for n in itertools.count(1) if not folder.with_name(f"{folder.name}.old-{n}").exists())
    beside = folder.rename(folder.with_name(f"{folder.name}.old-{number}"))
    say(f"{', '.join(sorted(own))} judged in the demonstration that was there: it is kept as {beside}")


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo-case"))
@click.option("--port", default=PORT, show_default=True, help="A port of this machine.")
@click.option("--no-serve", is_flag=True, help="Build, print the first numbers, and end.")
@click.option("--again", is_flag=True, help="If FOLDER holds an older demonstration, make it anew.")
def demo_command(folder: Path, port: int, no_serve: bool, again: bool) -> None:
    """Make the demonstration case in FOLDER, publish it, and serve its site on 127.0.0.1 until stopped."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is not a folder: choose another place for the demonstration")
    if folder.exists() and any(folder.iterdir()):
        if not again:
            raise InputError(f"{folder} is not empty: choose another folder, or --again to make the demonstration anew")
        if not open_case(folder).settings.demonstration:
            raise InputError(
                f"{folder} holds a case that is no demonstration: nothing was touched; choose another folder"
            )
        _clear(folder)
    with Bar() as tell:
        made = make_demo(folder, tell)
    show_release(made)
    site = newest(folder)
    say(f"case: {folder}    ask it: overt count sites --by country --case {folder}")
    if not no_serve:
        serve(site, port, say)


COMMANDS = (publish_command, export_command, serve_command, demo_command)
