"""A case of a million statements, made of the demonstration by variation: how long it takes to resolve, weigh, count.

Each variation is the whole demonstration with other cities and other words; several outlets tell it. Blocks, copies and
facts grow as they would in a case of that size. Slow: it runs only when asked for.
"""

import hashlib
import os
import re
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec

from bench.origins import demo
from overt.model import Document, Mention, Origin, Passage, Question, Registry, Statement, Support, digest
from overt.places import table as places
from overt.profile import find_profile, load
from overt.resolve import Naming, resolve
from overt.weigh import count, origins, reweigh

STATEMENTS = 1_000_000
MENTIONS = 100_000
T = TypeVar("T")
_WORD = re.compile(r"[^\W\d_]{5,}")


class Made(msgspec.Struct, frozen=True):
    """What the variations come to."""

    mentions: list[Mention]
    statements: list[Statement]
    documents: dict[str, Document]


def varied(registry: Registry, statements: int, mentions: int) -> Made:
    """Return so many statements about so many mentions, made of those of a built case."""
    said = [s for s in registry.statements if not s.implied]
    variations = max(1, round(mentions / len(registry.mentions)))
    outlets = max(1, round(statements / (len(said) * variations)))
    out = Made([], [], {})
    for variation in range(variations):
        place = _places(variation)
        out.mentions.extend(
            msgspec.structs.replace(
                m,
                id=_id(m.id, variation),
                document=_id(m.document, variation, 0),
                place=place(m.place),
                country=None,
                group=m.group and m.group.split(":")[0] + (f":{variation}" if ":" in m.group else ""),
                names=tuple(f"{name} {_code(variation)}" for name in m.names),
            )
            for m in registry.mentions
        )
        texts = {d.id: tuple(_text(p, variation) for p in d.passages) for d in registry.documents}
        for outlet in range(outlets):
            for d in registry.documents:
                name = _id(d.id, variation, outlet)
                out.documents[name] = msgspec.structs.replace(d, capture=name, passages=texts[d.id])
            out.statements.extend(_statement(s, variation, outlet, place) for s in said)
    return out


def _statement(s: Statement, variation: int, outlet: int, place: Callable[[str | None], str | None]) -> Statement:
    last = s.attribution[-1]
    name = f"{last.organisation or 'an outlet'} {_code(variation)} {outlet}"
    value = s.value
    if value.type == "place":
        value = msgspec.structs.replace(value, normal=place(value.normal))
    return msgspec.structs.replace(
        s,
        id=_id(s.id, variation, outlet),
        document=_id(s.document, variation, outlet),
        subject=msgspec.structs.replace(
            s.subject, mention=_id(s.subject.mention, variation) if s.subject.mention else None, entity=None
        ),
        value=value,
        attribution=(*s.attribution[:-1], msgspec.structs.replace(last, organisation=name, words=name)),
        judgement=None,
        origin=None,
        fact=None,
        parent=None,
    )


def _places(variation: int) -> Callable[[str | None], str | None]:
    cities = _cities()

    def other(place: str | None) -> str | None:
        if place is None or not place.startswith("geonames:"):
            return place
        number = int(hashlib.sha256(f"{place} {variation}".encode()).hexdigest()[:8], 16)
        return cities[number % len(cities)]

    return other


def _cities() -> list[str]:
    rows = places.table().rows
    return [row.split("\t", 1)[0] for row in rows if row.startswith("geonames:")]


def _id(name: str, *parts: int) -> str:
    return digest(name, *map(str, parts))


def _code(number: int) -> str:
    return "".join(chr(ord("a") + (number // 26**at) % 26) for at in range(3))


def _text(passage: Passage, variation: int) -> Passage:
    code = _code(variation)
    return msgspec.structs.replace(passage, text=_WORD.sub(lambda m: m[0] + code, passage.text))


def measure(statements: int = STATEMENTS, mentions: int = MENTIONS) -> list[tuple[str, float]]:
    """Return (step, seconds of the processor), and the peak of memory in GiB where the system tells it."""
    profile = load(find_profile("overseas-stations"))
    naming = Naming(profile)
    made = varied(demo(), statements, mentions)
    figures = [("statements", float(len(made.statements))), ("mentions", float(len(made.mentions)))]

    def timed(name: str, call: Callable[[], T]) -> T:
        start = time.process_time()
        value = call()
        figures.append((name, time.process_time() - start))
        print(name, round(figures[-1][1], 1), file=sys.stderr, flush=True)
        return value

    resolved = timed("resolve", lambda: resolve(made.mentions, made.statements, [], profile, frozenset()))
    for at, s in enumerate(made.statements):
        entity = resolved.of_mention.get(s.subject.mention or "")
        made.statements[at] = msgspec.structs.replace(s, subject=msgspec.structs.replace(s.subject, entity=entity))
    roots: tuple[tuple[Origin, ...], dict[str, str]] = timed(
        "origins", lambda: origins(made.statements, profile, naming, made.documents)
    )
    for at, s in enumerate(made.statements):
        made.statements[at] = msgspec.structs.replace(s, origin=roots[1][s.id])
    registry = Registry(
        statements=tuple(made.statements), mentions=tuple(made.mentions), entities=resolved.entities, origins=roots[0]
    )
    made.statements.clear()
    weighed = timed("weigh", lambda: reweigh(registry, profile, naming))
    answer = timed(
        "count",
        lambda: count(weighed, profile, Question(kind="reported_site", support=Support.REPORTED)),
    )
    figures += [("low", float(answer.low)), ("high", float(answer.high)), ("peak GiB", peak())]
    return figures


def peak() -> float:
    """The most memory that this process ever had, in GiB; 0 where the system does not tell it."""
    if os.name != "posix":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def table(statements: int = STATEMENTS, mentions: int = MENTIONS) -> str:
    """The figures, a line each."""
    return "\n".join(f"{name}: {value:,.1f}" for name, value in measure(statements, mentions))


__all__ = ["measure", "peak", "table", "varied"]
