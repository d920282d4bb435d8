"""Publishing a large case: the demonstration varied to 5,000 sites and 100,000 statements.

Each variation has its own ids, pages and cities, so nothing is published twice. Slow, so it runs only when asked for.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import pypdfium2

from overt.case import open_case
from overt.demo import make_demo
from overt.model import InputError, Passage, PassageKind, Registry, digest
from overt.places import gazetteer
from overt.places.table import place_at
from overt.places.table import table as places
from overt.profile import Profile, load
from overt.protect import clear
from overt.publish.book import make_book
from overt.publish.case import weighing
from overt.publish.release import Release, publish
from overt.publish.report import report
from overt.store import reading

SITES, STATEMENTS = 5_000, 100_000
REPORT_SITES = 45  # about a hundred pages
T = TypeVar("T")
_ID = re.compile(r"\b[0-9a-f]{64}\b")
_CITY = re.compile(r"geonames:\d+")


def demonstration(folder: Path) -> tuple[Profile, Registry]:
    """Return the demonstration, built."""
    make_demo(folder / "demo")
    case = open_case(folder / "demo")
    with reading(case.index) as index:
        return load(case.profile), index.load()


def varied(registry: Registry, sites: int = SITES, statements: int = STATEMENTS) -> Registry:
    """Return a registry of so many sites and about so many statements, made from a small one by variation."""
    cities = [place.id for n in range(len(places().rows)) if (place := place_at(n)).kind == "city"]
    about = [s for s in registry.statements if s.subject.group is None]
    counted = {s.subject.entity for s in about if s.subject.kind == "reported_site"}
    rounds = -(-sites // len(counted))
    groups = [s for s in registry.statements if s.subject.group is not None]
    each = max(0, statements // rounds - len(about))
    judged = registry.judgements
    base = msgspec.structs.replace(
        registry, statements=tuple(about + groups[:each]), facts=(), judgements=(), redirects={}, now=()
    )
    text = msgspec.json.encode(base).decode()
    parts = []
    for number in range(rounds):

        def place(match: re.Match[str], at: int = number) -> str:
            return cities[int(digest("city", match.group(), str(at)), 16) % len(cities)] if at else match.group()

        def named(match: re.Match[str], at: int = number) -> str:
            return digest("bench", match.group(), str(at)) if at else match.group()

        made = _ID.sub(named, _CITY.sub(place, text)).replace(".example/", f".example/{number}/")
        part = msgspec.json.decode(made.encode(), type=Registry)
        last = Passage(kind=PassageKind.PARAGRAPH, text=f"Edition {number} of {number * 7 + 3} pages.")
        marked = [msgspec.structs.replace(d, passages=(*d.passages, last)) for d in part.documents]
        parts.append(msgspec.structs.replace(part, documents=tuple(marked)))
    return Registry(
        sightings=_all(parts, "sightings"),
        documents=_all(parts, "documents"),
        mentions=_all(parts, "mentions"),
        statements=_all(parts, "statements"),
        entities=_all(parts, "entities"),
        edges=_all(parts, "edges"),
        origins=_all(parts, "origins"),
        standings={key: standing for part in parts for key, standing in part.standings.items()},
        judgements=judged,
    )


def _all(parts, name: str):  # type: ignore[no-untyped-def]
    found = [item for part in parts for item in getattr(part, name)]
    return tuple(sorted(found, key=lambda item: getattr(item, "id", "")))


def undone(registry: Registry, public: set[str]) -> Registry:
    """Return the registry without what was judged of one public statement: one judgement more, an undo."""
    one = min(s.id for s in registry.statements if s.id in public and s.property == "service" and not s.implied)
    return msgspec.structs.replace(registry, standings={k: v for k, v in registry.standings.items() if k != one})


def _spent() -> float:
    """Seconds of all processors so far, those of children that ended included."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _timed(step: Callable[[], T]) -> tuple[T, float, float]:
    start, clock = _spent(), time.perf_counter()
    made = step()
    return made, _spent() - start, time.perf_counter() - clock


def measure(registry: Registry, profile: Profile) -> tuple[dict[str, tuple[float, float]], dict[str, int]]:
    """Return what each step takes, in seconds of processors and of the clock; and what was made.

    Protection (`clear`) and `book` (weighing and counting) are those of one process, without anything kept. Then come
    the first `release`, one `again` with nothing new, and one after a judgement `more`.
    """
    took: dict[str, tuple[float, float]] = {}

    def timed(name: str, step: Callable[[], T]) -> T:
        made, *took[name] = _timed(step)  # type: ignore[assignment]
        return made

    cleared = timed("clear", lambda: clear(registry, profile))
    timed("book", lambda: make_book(cleared, profile, weighing(profile)))
    other = undone(registry, {s.id for s in cleared.statements})
    sizes = {"statements": len(cleared.statements), "entries": len(cleared.things)}
    with tempfile.TemporaryDirectory() as name:
        releases, kept = Path(name, "releases"), Path(name, "kept")

        def release(of: Registry) -> Release:
            return publish(releases, of, profile, weighing(profile), lambda _data: b"not signed\n", kept=kept)

        sizes["rows"] = timed("release", lambda: release(registry)).rows
        timed("again", lambda: release(registry))
        timed("more", lambda: release(other))
        new = [path for path in (releases / "2").rglob("*") if path.is_file() and path.stat().st_nlink == 1]
        sizes["files"] = sum(path.is_file() for path in (releases / "2").rglob("*"))
        sizes["written"] = len(new)
        sizes["pages written"] = sum(path.parent.name in ("sites", "others") for path in new)
    return took, sizes


def paper(registry: Registry, profile: Profile) -> str:
    """Return what setting the report of a release takes, and how long it is; or why it was not set."""
    with tempfile.TemporaryDirectory() as name:
        publish(Path(name), registry, profile, weighing(profile), lambda _data: b"not signed\n")
        try:
            pdf, spent, clock = _timed(lambda: report(Path(name, "1"), profile, "en", (), _names))
        except InputError as error:
            return f"The report was not set: {error}"
    pages = len(re.findall(rb"/Type ?/Page\b", pdf)) or len(pypdfium2.PdfDocument(pdf))
    return f"A report of {pages} pages: {spent:.1f} s of processors, {clock:.1f} s of the clock."


def _names(identifier: str) -> dict[str, str] | None:
    place = gazetteer.get(identifier)
    return dict(place.names) if place is not None else None


WORDS = {
    "clear": "protection, in one process",
    "book": "weighing and counting",
    "release": "a first release (all of it, in two languages)",
    "again": "once more, with nothing new",
    "more": "a second release after one judgement",
}


def table(sites: int = SITES, statements: int = STATEMENTS, report_sites: int = REPORT_SITES) -> str:
    """The figures as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        profile, small = demonstration(Path(folder))
        registry = varied(small, sites, statements)
        took, sizes = measure(registry, profile)
        told = paper(varied(small, report_sites, report_sites * statements // sites), profile)
    size = (
        f"{sites} sites, {len(registry.statements)} statements, of these {sizes['statements']} public; "
        f"{sizes['entries']} entries"
    )
    written = (
        f"Of {sizes['files']} files of the second release {sizes['written']} were written, {sizes['pages written']} of "
        "them pages of entries."
    )
    lines = [
        size,
        "",
        "| what | seconds of processors | seconds of the clock |",
        "|---|---|---|",
        *(f"| {WORDS[key]} | {spent:.1f} | {clock:.1f} |" for key, (spent, clock) in took.items()),
        "",
        written,
        told,
    ]
    return "\n".join(lines)
