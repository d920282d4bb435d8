"""How long publishing takes: the demonstration case many times over, each time in other cities and on other pages.

A draft is made, which holds every statement after the same protection as a release. Slow, so it runs only when asked.
"""

import tempfile
import time
from pathlib import Path

import msgspec

from overt.build import build
from overt.case import open_case
from overt.demo import make_demo
from overt.model import Document, Entity, Mention, Origin, Registry, Sighting, Statement, digest
from overt.places.table import table as places_table
from overt.profile import Profile, find_profile, load
from overt.protect import clear
from overt.publish.book import make_book
from overt.publish.case import weighing
from overt.publish.release import draft

COPIES = 285  # of the demonstration's some 350 statements, implied ones too


def many(registry: Registry, copies: int) -> Registry:
    """Return a registry with everything in it `copies` times, each copy with ids, pages and cities of its own."""
    cities = _cities()
    made: dict[str, list[object]] = {
        noun: [] for noun in ("sightings", "documents", "mentions", "statements", "entities", "origins")
    }
    for n in range(copies):
        places = {p: cities[(n * 31 + i * 7) % len(cities)] for i, p in enumerate(_places(registry))}

        def own(identifier: str | None, n: int = n) -> str | None:
            return digest("copy", n, identifier) if identifier else None

        def there(place: str | None, places: dict[str, tuple[str, str]] = places) -> str | None:
            return places[place][0] if place in places else place

        made["sightings"] += [_change(s, capture=own(s.capture)) for s in registry.sightings]
        made["documents"] += [_copied(d, n, own) for d in registry.documents]
        made["mentions"] += [
            _change(m, id=own(m.id), capture=own(m.capture), place=there(m.place)) for m in registry.mentions
        ]
        made["origins"] += [_change(o, id=own(o.id)) for o in registry.origins]
        for e in registry.entities:
            country = places[e.place][1] if e.place in places else e.country
            mentions = tuple(str(own(m)) for m in e.mentions)
            made["entities"].append(_change(e, id=own(e.id), mentions=mentions, place=there(e.place), country=country))
        for s in registry.statements:
            normal = there(s.value.normal) if s.value.type == "place" else s.value.normal
            made["statements"].append(
                _change(
                    s,
                    id=own(s.id),
                    capture=own(s.capture),
                    origin=own(s.origin),
                    parent=own(s.parent),
                    fact=own(s.fact),
                    value=_change(s.value, normal=normal),
                    subject=_change(s.subject, entity=own(s.subject.entity), mention=own(s.subject.mention)),
                )
            )
    return Registry(
        sightings=_sorted(made["sightings"], Sighting),
        documents=_sorted(made["documents"], Document),
        mentions=_sorted(made["mentions"], Mention),
        statements=_sorted(made["statements"], Statement),
        entities=_sorted(made["entities"], Entity),
        origins=_sorted(made["origins"], Origin),
    )


def _cities() -> list[tuple[str, str]]:
    """All cities of the gazetteer as (id, country)."""
    rows = (row.split("\t", 3) for row in places_table().rows)
    return sorted((row[0], row[2]) for row in rows if row[1] == "city")


def _change(noun: msgspec.Struct, **new: object) -> msgspec.Struct:
    return msgspec.structs.replace(noun, **new)


def _copied(document: Document, n: int, own: object) -> msgspec.Struct:
    """The same page with a last passage of its own, so that no two texts are equal and all offsets hold."""
    last = document.passages[-1]
    passages = (*document.passages, msgspec.structs.replace(last, text=f"Page {n}."))
    return msgspec.structs.replace(document, capture=own(document.capture), passages=passages)  # type: ignore[operator]


def _places(registry: Registry) -> list[str]:
    return sorted({e.place for e in registry.entities if e.place and ":" in e.place and not e.place.startswith("iso:")})


def _sorted(found: list[object], kind: type) -> tuple[object, ...]:
    key = {Sighting: "address", Document: "capture"}.get(kind, "id")
    return tuple(sorted(found, key=lambda noun: getattr(noun, key)))


def measure(copies: int = COPIES) -> dict[str, float]:
    """Return counts and seconds: `statements`, `entries`; `clear`, `book`, `all` (with clearing and writing)."""
    profile: Profile = load(find_profile("overseas-stations"))
    with tempfile.TemporaryDirectory() as folder:
        make_demo(Path(folder) / "demo")
        case = open_case(Path(folder) / "demo")
        registry = many(build(case), copies)
        out = {"statements": float(len(registry.statements)), "entries": float(len(registry.entities))}
        start = time.perf_counter()
        cleared = clear(registry, profile, draft=True)
        out["clear"] = time.perf_counter() - start
        start = time.perf_counter()
        make_book(cleared, profile, weighing(profile), is_draft=True)
        out["book"] = time.perf_counter() - start
        start = time.perf_counter()
        draft(case.root, Path(folder) / "out", registry, profile, weighing(profile))
        out["all"] = time.perf_counter() - start
    return out


def table(copies: int = COPIES) -> str:
    """The figures in one line."""
    got = measure(copies)
    return (
        f"{got['entries']:.0f} entries, {got['statements']:.0f} statements: protection {got['clear']:.1f} s, "
        f"weighing and counting {got['book']:.1f} s, all with pages and data written {got['all']:.1f} s"
    )


__all__ = ["many", "measure", "table"]
