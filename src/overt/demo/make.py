"""Makes the demonstration case: adds the texts, builds, replays the judgements, publishes the first release."""

import csv
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from overt import capture
from overt.build import Progress, build
from overt.case import Case, init, writing
from overt.find import NAME, VERSION
from overt.model import CaseError, InputError, Outcome, Registry, Statement, Verb
from overt.places import gazetteer
from overt.profile import Profile, find_profile, load
from overt.publish import Release, publish_case
from overt.read import shipped as readers
from overt.review import judge
from overt.words.phrases import matchable

PROFILE = "overseas-stations"
HANDLES = ("demo-1", "demo-2")


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """One row of `judgements.csv`: quote -> verb, reason, handles.

    On statements: `file`, words of the `quote`, `property`, and where several statements share them the normal value
    (`normal`) or the stance. On things: `quote` is a place of which `file` speaks, `other` one of the file in
    `property`. For `role` and `ground`
    the `quote` is the name and `normal` what is recorded. `handles` are separated by a blank.
    """

    verb: str
    handles: str
    why: str
    file: str = ""
    quote: str = ""
    property: str = ""
    normal: str = ""
    stance: str = ""
    other: str = ""
    set: str = ""


def make_demo(folder: Path, tell: Progress | None = None) -> Release:
    """Make the demonstration case in a new folder and publish it.

    Raises:
        CaseError, InputError: where the folder cannot be used, or a judgement kept as data fits no statement any more.
    """
    profile_folder = Path(str(find_profile(PROFILE)))
    case = init(folder, profile_folder, finders={NAME: VERSION}, readers=readers(), demonstration=True)
    with as_file(files("overt") / "demo") as data:
        sheet = capture.load_sheet(data / "sheet.csv")
        with writing(case):
            for receipt in capture.add(case, sheet.inputs):
                if receipt.outcome is Outcome.REFUSED:
                    raise CaseError(f"the demonstration cannot be made: {receipt.input}: {receipt.reason}")
        rows = judgements(data / "judgements.csv")
    profile = load(case.profile)
    registry = build(case, tell)
    replay(case, registry, profile, [r for r in rows if r.verb in _ENTITIES])
    registry = build(case, tell)
    replay(case, registry, profile, [r for r in rows if r.verb not in _ENTITIES])
    registry = build(case, tell)
    made = publish_case(case, registry, profile, HANDLES[0])
    build(case, tell)  # the release is a line of the ledger too
    return made


_ENTITIES = ("same", "different", "part_of", "unsure")


def judgements(path: Path) -> list[Replayed]:
    """Read the judgements of the demonstration."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [msgspec.convert({k: v for k, v in row.items() if v}, Replayed) for row in csv.DictReader(stream)]


def replay(case: Case, registry: Registry, profile: Profile, rows: list[Replayed]) -> None:
    """Write each row as the judgement of its handles.

    Raises:
        InputError: where a row fits nothing: the texts or the finders changed, and the row has to be looked at.
    """
    with writing(case):
        for number, row in enumerate(rows, 2):
            for target, other in _targets(registry, row, number):
                if target == other:
                    continue  # the build brought both together by their names: nobody needs to say so
                for handle in row.handles.split():
                    judge(
                        case,
                        registry,
                        profile,
                        Verb(row.verb),
                        target,
                        row.why,
                        handle,
                        other=other,
                        changes=dict(pair.split("=", 1) for pair in row.set.split("; ") if pair),
                        detail={row.verb: row.normal} if row.verb in ("role", "ground") else None,
                    )


def _targets(registry: Registry, row: Replayed, number: int) -> list[tuple[str, str | None]]:
    if row.verb in ("role", "ground"):
        return [(row.quote, None)]
    if row.verb in _ENTITIES:
        return [(_mention(registry, row.file, row.quote, number), _mention(registry, row.property, row.other, number))]
    found = [s for s in registry.statements if fits(s, row)]
    if not found:
        raise InputError(
            f"judgements.csv, row {number}: no statement of {row.file} has {row.property} {row.normal} with the words "
            f"{row.quote[:60]!r}"
        )
    return [(s.id, None) for s in found]


def fits(statement: Statement, row: Replayed) -> bool:
    """True where a statement is what a row judges."""
    if statement.implied or statement.file != row.file or statement.property != row.property:
        return False
    words, quote = matchable(row.quote), matchable(statement.quote.exact)
    if words not in quote and quote not in words:
        return False
    if row.normal and row.normal not in (statement.value.normal, _number(statement)):
        return False
    return not row.stance or row.stance == str(statement.stance)


def _number(statement: Statement) -> str:
    number = statement.value.number
    return "" if number is None else f"{number:g} {statement.value.unit}"


def _mention(registry: Registry, file: str, words: str, number: int) -> str:
    """The single counted thing that a file speaks of at a place (its English name)."""
    addresses = {s.address for s in registry.sightings if s.file == file}
    spoken = {m.id for m in registry.mentions if m.address in addresses}
    for entity in registry.entities:
        if entity.group is None and entity.place and spoken & set(entity.mentions):
            place = gazetteer.get(entity.place)
            if place is not None and place.names.get("en") == words:
                return entity.id
    raise InputError(f"judgements.csv, row {number}: {file} speaks of no single thing in {words!r}")
