"""Publishing a large case: the demonstration varied to 5,000 sites and 100,000 statements.

Each variation has its own ids, pages and cities, so nothing is published twice; what is measured is one process. Slow,
so it runs only when asked for.
"""

import re
import tempfile
import time
from pathlib import Path

import msgspec

from overt.case import open_case
from overt.demo import make_demo
from overt.model import Passage, PassageKind, Registry, digest
from overt.places.table import place_at
from overt.places.table import table as places
from overt.profile import Profile, load
from overt.protect import clear
from overt.publish.book import make_book
from overt.publish.case import weighing
from overt.publish.release import publish
from overt.store import reading

SITES, STATEMENTS = 5_000, 100_000
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


def measure(registry: Registry, profile: Profile) -> dict[str, float]:
    """Return processor seconds: `clear` alone, `book` (weighing and counting), the whole `release`, and one `again`."""
    out: dict[str, float] = {}
    start = time.process_time()
    cleared = clear(registry, profile)
    out["clear"] = time.process_time() - start
    out["statements"] = len(cleared.statements)
    start = time.process_time()
    make_book(cleared, profile, weighing(profile))
    out["book"] = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        for step in ("release", "again"):
            start = time.process_time()
            made = publish(Path(folder), registry, profile, weighing(profile), lambda _data: b"not signed\n")
            out[step] = time.process_time() - start
            out.setdefault("rows", made.rows)
    return out


def table(sites: int = SITES, statements: int = STATEMENTS) -> str:
    """The figures as a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        profile, small = demonstration(Path(folder))
        registry = varied(small, sites, statements)
        seen = measure(registry, profile)
    words = {
        "clear": "protection",
        "book": "weighing and counting",
        "release": "a whole release (all of it)",
        "again": "once more, with nothing new",
    }
    lines = [
        f"{sites} sites, {len(registry.statements)} statements, {seen['statements']:.0f} public",
        "",
        "| what | processor seconds |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(f"| {words[key]} | {seen[key]:.1f} |" for key in words)])
