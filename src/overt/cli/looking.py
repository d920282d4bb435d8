"""Commands that work on files without a case: read and find."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from overt import capture
from overt.cli.screen import fail, out, out_json, say
from overt.find import Finders, explain, find
from overt.model import Document, Grade, InputError, OvertError, Passage, Sighting
from overt.model.edtf import is_edtf
from overt.profile import find_profile, load
from overt.read import read
from overt.resolve.gloss import names_in_english
from overt.review import jsonl, with_readings

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as pages use it

files = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))


def _each(paths: tuple[Path, ...]) -> Iterator[Path]:
    """Yield files in sorted order; folders give the files in them."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise InputError(f"{path}: {fault.strerror or fault}; is the path right?") from None


def _documents(paths: tuple[Path, ...], failed: list[str]) -> Iterator[tuple[Path, Document]]:
    """Yield what could be read; what could not is said in one line, noted in `failed`, and stops nothing else."""
    for path in _each(paths):
        try:
            data = _bytes(path)
            kind = capture.look(data, path.name)
            if kind.other:
                raise InputError(f"{path}: {kind.note}")
            yield path, read(data, kind.media_type, kind.charset)
        except OvertError as fault:
            failed.append(str(path))
            words = str(fault)
            fail(words if str(path) in words else f"{path}: {words}")


def name_of(path: Path, several: bool) -> str:
    """What a file is called in the output: its name, or of several the path as given, since names may repeat."""
    return capture.printable(path.as_posix() if several else path.name)


def plain_document(document: Document) -> dict[str, Any]:
    """The public form of `overt read --json`."""
    return {
        "title": document.title,
        "byline": document.byline,
        "outlet": document.outlet,
        "published": document.published,
        "published_from": document.published_from,
        "modified": document.modified,
        "modified_from": document.modified_from,
        "language": document.language,
        "url": document.url,
        "relays": list(document.relays),
        "grade": str(document.grade),
        "graded_by": document.graded_by,
        "concerns": list(document.concerns),
        "passages": [_plain_passage(p) for p in document.passages],
    }


def _plain_passage(passage: Passage) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": str(passage.kind), "text": passage.text, "main": passage.main}
    if passage.language is not None:
        row["language"] = passage.language
    if passage.locator is not None:
        row["locator"] = msgspec.to_builtins(passage.locator)
    return row


def _place(passage: Passage) -> str:
    """Where a passage stands, as people say it: "p. 3, table 1, row 2, column 4"."""
    at = passage.locator
    if at is None:
        return ""
    parts = [f"p. {at.page}"] if at.page is not None else []
    if at.table is not None:
        parts.append(f"table {at.table}, row {at.row}, column {at.column}")
    return f" ({', '.join(parts)})" if parts else ""


@click.command("read")
@files
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object; for several files JSON Lines with `file` in each."
)
@click.pass_context
def read_command(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Read files (or all files of a folder) and show title, date, language and passages. Needs no case."""
    failed: list[str] = []
    several = len(paths) > 1 or paths[0].is_dir()
    for path, document in _documents(paths, failed):
        if as_json:
            row = plain_document(document)
            if several:
                out(jsonl([{"file": capture.printable(str(path)), **row}]))
            else:
                out_json(row)
            continue
        say(f"{path}: {document.title or 'no title'}", style="bold")
        dated = f"{document.published or 'no date'} ({document.published_from or '-'})"
        say(f"{document.byline or 'no byline'} | {dated} | {document.language or 'language not known'}")
        if document.relays:
            say(f"the text is {', '.join(document.relays)}")
        if document.grade is not Grade.WHOLE:
            say(f"graded {document.grade}: {document.graded_by}", style="yellow")
        for passage in document.passages:
            say(f"  {'' if passage.main else '(not main) '}{passage.kind}{_place(passage)}: {passage.text}")
        for concern in document.concerns:
            say(f"  ! {concern}", style="yellow")
    if failed:
        context.exit(2)


@click.command("find")
@files
@click.option("--json", "as_json", is_flag=True, help="A JSON list; for several files JSON Lines with `file` in each.")
@click.option("--profile", "name", default="overseas-stations", show_default=True, help="What to look for.")
@click.option("--outlet", help="Who publishes the page, where the page does not say so.")
@click.option("--published", help="Its date (EDTF), where the page does not say so.")
@click.option("--language", help="Its language (BCP 47), where the page does not show it.")
@click.option(
    "--explain", "explained", is_flag=True, help="Each sentence: what was seen in it, who speaks, which rule fired."
)
@click.pass_context
def find_command(
    context: click.Context,
    paths: tuple[Path, ...],
    as_json: bool,
    name: str,
    outlet: str | None,
    published: str | None,
    language: str | None,
    explained: bool,
) -> None:
    """Find statements in files (or all files of a folder). A working export, no release. Needs no case."""
    if published is not None and not is_edtf(published):
        raise InputError(f"--published {published!r}: not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise InputError(f"--language {language!r}: not a language tag; write it as en, zh-Hans or pt-BR")
    profile = load(find_profile(name))
    finders, known = Finders(profile), names_in_english(profile)
    failed: list[str] = []
    several = len(paths) > 1 or paths[0].is_dir()
    for path, document in _documents(paths, failed):
        sighting = Sighting(
            capture=document.capture,
            address=name_of(path, several),
            file=name_of(path, several),
            outlet=outlet,
            published=published,
            language=language,
        )
        if explained:
            _explain(path, document, sighting, finders, as_json)
            continue
        found = find(document, sighting, finders)
        rows = [with_readings(msgspec.to_builtins(s), known) for s in found.statements]
        if as_json and several:
            out(jsonl(rows))
        elif as_json:
            out_json(rows)
        else:
            say(f"{path}: {len(found.statements)} statements", style="bold")
            for s in found.statements:
                voice = s.attribution[0]
                who = ", ".join(p for p in (voice.speaker, voice.role, voice.organisation) if p)
                say(f"  {s.property} = {s.value.text} | {who} {s.stance} | “{s.quote.exact}”")
    if failed:
        context.exit(2)


def _explain(path: Path, document: Document, sighting: Sighting, finders: Finders, as_json: bool) -> None:
    found, sentences = explain(document, sighting, finders)
    if as_json:
        out(jsonl([{"file": path.name, **msgspec.to_builtins(one)} for one in sentences]))
        return
    say(f"{path}: {len(found.statements)} statements in {len(sentences)} sentences", style="bold")
    if found.off_subject:
        say("  it names things of the profile's kinds, but seems to be about others: nothing is found in it")
    elif not sentences:
        say("  no sentence is looked at: no noun of the profile's kinds in a language that it has words for")
    for one in sentences:
        say(f"\n[{one.passage}] {one.text}")
        for seen in one.seen:
            say(f"    {seen.what:9} {seen.words!r}{f' = {seen.means}' if seen.means else ''}")
        for said in one.said:
            say(f"    voice     {said.voice} {said.stance} ({said.cue!r}, {said.rule or 'by its words'})")
            for content in said.content:
                say(f"              says: “{content}”")
        for fired in one.fired:
            what = f"{fired.property} = {fired.value} | {fired.stance} | {fired.subject!r}"
            say(f"  > {what} | rule {fired.rule}, by {fired.at!r}")


COMMANDS = (read_command, find_command)
