"""Commands on the folder of a case: init, build, status, verify."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from overt import capture
from overt.build import differing_parses, renew
from overt.case import Case, init, open_case
from overt.cli.screen import Bar, case_option, fail, opened, say, table
from overt.find import NAME, VERSION
from overt.find.llm import damaged
from overt.ledger import read_judgements
from overt.model import CANNOT_PROVE, Level, OvertError, Registry, Verb, standing_lines
from overt.profile import find_profile, load, shipped
from overt.protect.pictures import ENDINGS
from overt.protect.pictures import load as load_pictures
from overt.publish import check_releases
from overt.read import differing
from overt.read import shipped as readers
from overt.review.pairs import contradictions, open_pairs
from overt.review.rules import tally
from overt.review.waiting import SECOND, WHAT, waiting
from overt.store import reading


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--profile", "name", required=True, help="A profile that ships with Overt, or a profile's folder.")
def init_command(folder: Path, name: str) -> None:
    """Make a new case in FOLDER."""
    profile_folder = find_profile(name)
    load(profile_folder)
    case = init(folder, Path(str(profile_folder)), finders={NAME: VERSION}, readers=readers())
    say(f"A new case in {case.root} with the profile {name}.")
    if name in shipped() and (profile_folder / "sources.csv").is_file():
        say(f"Next: overt add --case {folder} --sources   (the profile's list of public pages; needs a network)")
    say(f"Next: overt add --case {folder} PAGE.html   then: overt build --case {folder}")


PAGES = ("unread", "remarks")
PAIRS = {"pairs": open_pairs, "conflicts": contradictions}
SORTS = (
    ("grade", "not wholly there"),
    ("off_subject", "about something else"),
    ("reading", "doubtful to read"),
    ("finding", "doubtful in what was found"),
    ("llm", "asked of a model"),
)


@click.command("build")
@case_option
def build_command(folder: Path) -> None:
    """Read what has no reading, find statements, resolve, weigh."""
    case = open_case(folder)
    with Bar() as tell:
        built = renew(case, tell)
    say(
        f"{built.documents} documents, {len(built.unread)} unread, {built.statements} statements, "
        f"{built.entities} entities, {built.facts} facts, {built.origins} origins"
    )
    for one in built.unread:
        fail(f"unread {one.capture[:12]}: {one.reason}")


@click.command("status")
@click.option(
    "--list",
    "what",
    type=click.Choice([*WHAT, *PAGES, *PAIRS]),
    help="List what waits: statements, pages (unread, and what to know of those read), or pairs of entities.",
)
@click.option("--rules", "by_rule", is_flag=True, help="How people judged what each rule of finding found.")
@case_option
def status_command(folder: Path, what: str | None, by_rule: bool) -> None:
    """What the case holds and what needs a person."""
    case = open_case(folder)
    if by_rule:
        _, _, registry = opened(folder)
        told = tally(registry)
        table(["rule", "found", "accepted", "amended", "rejected", "not judged"], [list(row) for row in told])
        return
    if what is not None:
        _, profile, registry = opened(folder)
        if what in PAGES:
            _list_pages(registry, what)
            return
        if what in PAIRS:
            for left, right, words in PAIRS[what](registry):
                say(f"{left[:16]}  {right[:16]}  {words}")
            return
        for s in waiting(registry, profile, what):
            both = "  [both readers]" if s.finder.agreed else ""
            where = s.file or s.address
            say(f"{s.id[:16]}  {where}  {s.property} = {s.value.text} ({s.stance}){both}  “{s.quote.exact}”")
        return
    seen = capture.sightings(case)
    say(f"case {case.root}: profile {case.settings.profile.name} {case.settings.profile.version}")
    say(f"{len({s.capture for s in seen})} captures, {len(seen)} sightings")
    for how, number in sorted(Counter(s.how for s in seen).items()):
        if how in CANNOT_PROVE:
            say(f"  {number} {how}: {CANNOT_PROVE[how]}")
    if not case.index.is_file():
        say("nothing is built yet; run: overt build")
        return
    _, profile, registry = opened(folder)
    with reading(case.index) as store:
        built = (store.meta("sightings"), store.meta("lines"))
    open_to_build = sum(s.level is not Level.CONFIDENTIAL for s in seen)
    fresh = built == (str(open_to_build), str(len(read_judgements(case.decision_logs()))))
    own = [s for s in registry.statements if not s.implied]
    judged = Counter(str(registry.standings[s.id].verb) for s in own if s.id in registry.standings)
    rows: list[list[object]] = [
        ["documents", len(registry.documents), ""],
        ["unread", len(registry.unread), "sealed and listed; see the reasons with: overt status --list unread"],
        ["statements", len(own), f"{len(own) - sum(judged.values())} not judged yet"],
        *([f"  {verb}", n, ""] for verb, n in sorted(judged.items())),
        [
            "entities",
            len(registry.entities),
            f"{sum(e.group is None for e in registry.entities)} single, the rest groups",
        ],
        ["facts", len(registry.facts), ""],
        ["origins", len(registry.origins), "separate roots as far as traced"],
        ["open pairs", len(open_pairs(registry)), "perhaps one, perhaps two; see: overt status --list pairs"],
        ["conflicts", len(registry.conflicts), "same and different at once; see: overt status --list conflicts"],
        ["need another look", len(registry.needs_look), "judged, and the content changed since"],
    ]
    sorts = Counter(remark.sort for remark in registry.remarks)
    rows += [
        [f"pages: {words}", sorts[sort], "see: overt status --list remarks"] for sort, words in SORTS if sorts[sort]
    ]
    lone = len(waiting(registry, profile, SECOND))
    rows.append(["wait for a second reviewer", lone, "accusing statements with a single accept"])
    table(["what", "number", ""], rows)
    if not fresh:
        say("captures or judgements were added since the last build; run: overt build")


def _list_pages(registry: Registry, what: str) -> None:
    if what == "remarks":
        for remark in registry.remarks:
            say(f"{remark.address}  {remark.sort.replace('_', ' ')}: {remark.words}")
        return
    address = {s.capture: s.address for s in reversed(registry.sightings)}
    for one in registry.unread:
        say(f"{one.capture[:16]}  {address.get(one.capture, '')}  {one.reason}")


def _readings(case: Case) -> Iterator[tuple[str, str]]:
    try:
        sightings = capture.sightings(case)
    except OvertError as error:  # a damaged seal or log: told by its own check
        return iter([("readings", f"not checked: {error}")])
    return differing(case, sightings, lambda name: capture.payload(case, name))


def _parses(case: Case) -> Iterator[tuple[str, str]]:
    try:
        yield from differing_parses(case)
    except OvertError as error:
        yield "parses", f"not checked: {error}"


def _reading_check(path: str, reason: str) -> tuple[str, str, str]:
    verdict = "intact" if not reason else "not_checked" if reason.startswith("not checked") else "broken"
    return verdict, f"{path}: the reading", reason.removeprefix("not checked: ")


def _answer_checks(case: Case) -> Iterator[tuple[str, str, str]]:
    number, bad = damaged(case)
    for path in bad:
        yield "broken", f"{path.relative_to(case.root).as_posix()}: the answer", "damaged: overt ask-model asks anew"
    if number > len(bad):
        why = "a model need not answer the same again; none of them counts for more than the gate lets pass"
        yield "not_checked", f"{number - len(bad)} answers of models", why


def _picture_checks(case: Case) -> Iterator[tuple[str, str, str]]:
    known = load_pictures(case.pictures)
    for path in sorted(path for ending in ENDINGS.values() for path in case.pictures.glob(f"*{ending}")):
        broken = "the file is not what its name says: make it again with `overt picture`"
        yield ("intact", path.name, "") if path.stem in known else ("broken", f"pictures/{path.name}", broken)
    try:
        lines = standing_lines(read_judgements(case.decision_logs()))
    except OvertError:
        return  # a damaged log is named by its own check
    there = {path.stem for path in case.pictures.glob("*")}
    for name in sorted({line.target for line in lines if line.verb is Verb.SHOWS} - there):
        yield "broken", f"pictures/{name}", "a judgement says what it shows, and its file is gone"


@click.command("verify")
@case_option
@click.pass_context
def verify_command(context: click.Context, folder: Path) -> None:
    """Check each capture and its reading, the chains of the logs, the releases: intact, broken, or not checked."""
    case = open_case(folder)
    checks = [(str(i.verdict), f"{i.path}: {i.what}", i.reason) for i in capture.verify(case).items]
    checks += [_reading_check(*found) for found in _readings(case)]
    checks += _answer_checks(case)
    checks += [_reading_check(*found) for found in _parses(case)]
    checks += _picture_checks(case)
    checks += [(str(c.outcome), c.what, c.reason) for c in check_releases(case)]
    counts = Counter(verdict.replace("_", " ") for verdict, _, _ in checks)
    for verdict, what, reason in checks:
        if verdict != "intact":
            colour = "red" if verdict == "broken" else "yellow"
            say(f"{verdict.replace('_', ' ')}: {what}: {reason}", style=colour)
    say(f"{counts['intact']} intact, {counts['broken']} broken, {counts['not checked']} not checked")
    if counts["broken"]:
        context.exit(1)
    if not counts["intact"]:
        fail("nothing was checked: this is no success")
        context.exit(2)


COMMANDS = (init_command, build_command, status_command, verify_command)
