"""The release as data: JSON Lines, sheets and GeoJSON, with a description of the columns.

In: a book. Out: file name -> bytes: sorted, UTF-8, line feeds, the same bytes for the same book. What is withheld
stands as words in brackets, in Chinese in Chinese text and in English elsewhere.
"""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from overt.model import Fact, Support, canonical
from overt.protect import PublicAsked, PublicPicture, PublicPlace, PublicStatement, PublicThing, PublicVoice, Words
from overt.publish.book import Book
from overt.publish.columns import COUNTS, PICTURES, SITES, STATEMENTS
from overt.publish.exchange import ANNOTATIONS, CITATION, ENTITIES, exchange
from overt.publish.ids import opaque
from overt.publish.labels import Labels
from overt.publish.notices import BETWEEN
from overt.publish.replies import denials, findings, states
from overt.publish.words import Catalogue, catalogue

SCHEMA = 1
# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection).
# Full-width signs are formulas too in East Asian versions of these programs.
_FORMULA = frozenset("=+-@|%＝＋－＠")


def cell(value: object) -> str:
    """Return a cell that no spreadsheet program takes for a formula: an apostrophe goes before what could be one."""
    if value is None:
        return ""
    if type(value) is str and value[:1].isalnum() and "\r" not in value and "\x00" not in value:
        return value  # as most are
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if text[:1] in ("\t", "\r"):
        return f"'{text}"
    # Programs skip what nobody sees before they look for a sign.
    first = next((c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")), "")
    return f"'{text}" if first and first in _FORMULA else text


def _sheet(columns: Iterable[str], rows: Iterable[dict[str, object]]) -> bytes:
    out = io.StringIO(newline="")
    names = list(columns)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
    return out.getvalue().encode("utf-8")


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(canonical(row) + b"\n" for row in rows)


class _Maker:
    def __init__(self, book: Book) -> None:
        self.book = book
        self.english = catalogue("en")
        self.labels = Labels(book, self.english)

    def plain(self, words: Words, language: str | None) -> str:
        chinese = (language or "").split("-")[0] == "zh"
        words_of: Catalogue = catalogue("zh") if chinese else self.english
        return words_of.plain(words)

    def voice(self, voice: PublicVoice, language: str | None) -> dict[str, Any]:
        return {
            "speaker": voice.speaker,
            "role": self.plain(voice.role, language) or None,
            "organisation": self.plain(voice.organisation, language) or None,
            "kind": str(voice.kind),
            "stance": str(voice.stance),
        }

    def who(self, voice: PublicVoice, language: str | None) -> str:
        parts = (voice.speaker or "", self.plain(voice.role, language), self.plain(voice.organisation, language))
        return ", ".join(part for part in parts if part) or str(voice.kind)

    def value(self, statement: PublicStatement) -> str:
        value = statement.value
        if value.words:
            return self.plain(value.words, statement.language)
        return self.plain(self.labels.value(statement), "en")

    def statement(self, s: PublicStatement) -> dict[str, Any]:
        value, source, language = s.value, self.book.sources[s.source], s.language
        return {
            "id": opaque(s.id),
            "schema": SCHEMA,
            "subject": {"entity": opaque(s.thing), "kind": self.book.things[s.thing].kind},
            "property": s.property,
            "value": {
                "type": value.type,
                "text": self.value(s),
                "normal": value.normal or (value.place.id if value.place else None),
                "number": value.number,
                "unit": value.unit,
            },
            "qualifier": s.qualifier,
            "scope": {
                "whose": self.plain(s.whose, language) or None,
                "where": s.where.id if s.where else None,
                "as_of": s.as_of,
            },
            "actor": self.plain(s.actor, language) or None,
            "works": [self.plain(work, language) for work in s.works],
            "stance": str(s.stance),
            "basis": str(s.basis),
            "attribution": [self.voice(voice, language) for voice in s.attribution],
            "quote": {
                "exact": self.plain(s.quote.exact, language),
                "prefix": self.plain(s.quote.before, language),
                "suffix": self.plain(s.quote.after, language),
                "start": s.quote.start,
                "end": s.quote.end,
            },
            "translations": [
                {
                    "language": t.language,
                    "text": self.plain(t.words, t.language),
                    "machine": t.machine,
                    "reviewed": t.reviewers > 0,
                }
                for t in s.translations
            ],
            "capture": s.capture,
            "url": source.url,
            "is_host_only": source.is_host_only,
            "outlet": self.plain(source.outlet, source.language) or None,
            "title": self.plain(source.title, source.language) or None,
            "published": s.published,
            "language": language,
            "origin": opaque(s.origin) if s.origin else None,
            "implied": s.implied,
            "parent": opaque(s.parent) if s.parent else None,
            "accuses": s.accuses,
            "disputed": bool(self.book.disputes(s.id) or self.book.disputes(s.thing)),
            "accepted": s.judged,
        }

    def statement_row(self, s: PublicStatement) -> dict[str, object]:
        value, source = s.value, self.book.sources[s.source]
        return {
            "id": opaque(s.id),
            "entity": opaque(s.thing),
            "property": s.property,
            "value": self.value(s),
            "normal": value.normal or (value.place.id if value.place else None),
            "number": value.number,
            "unit": value.unit,
            "qualifier": s.qualifier,
            "stance": str(s.stance),
            "basis": str(s.basis),
            "voice": self.who(s.voice, s.language),
            "voice_kind": str(s.voice.kind),
            "chain": " > ".join(self.who(voice, s.language) for voice in s.attribution),
            "quote": self.plain(s.quote.exact, s.language),
            "published": s.published,
            "outlet": self.plain(source.outlet, source.language),
            "url": source.url,
            "capture": s.capture,
            "origin": opaque(s.origin) if s.origin else None,
            "implied": s.implied,
            "accepted": s.judged,
        }

    def fact(self, fact: Fact) -> dict[str, Any] | None:
        known = self.book.statements
        affirming = [i for i in fact.affirming if i in known]
        against = [challenge for challenge in fact.against if challenge.statement in known]
        example = next((known[i] for i in (*affirming, *(c.statement for c in against))), None)
        if example is None:
            return None
        return {
            "id": opaque(fact.id),
            "schema": SCHEMA,
            "entity": opaque(fact.entity),
            "property": fact.property,
            "value": self.value(example),
            "normal": example.value.normal or (example.value.place.id if example.value.place else None),
            "support": fact.support.word,
            "rule": fact.rule,
            "affirming": [opaque(i) for i in affirming],
            "against": [{"kind": c.kind, "statement": opaque(c.statement)} for c in against],
            "findings": [opaque(i) for i in fact.findings if i in known],
            "confirmed_by": opaque(fact.confirmed_by) if fact.confirmed_by in known else None,
            "origins": [
                {"id": opaque(o), "root": self.english.plain(self.book.origins[o].root)} for o in self.book.roots(fact)
            ],
        }

    def asked(self, one: PublicAsked) -> str:
        words = self.english
        if one.on is None:
            return words("asked.nobody") + words.plain(one.why_not)
        answer = words("asked.answered", date=one.answered) if one.answered else words("asked.no_answer")
        return words("asked.on", date=one.on) + words.plain(one.who) + words("label.comma") + answer

    def picture(self, one: PublicPicture) -> dict[str, Any]:
        return {
            "id": one.id,
            "schema": SCHEMA,
            "file": self.book.picture(one),
            "of": opaque(one.of),
            "shows": self.english.plain(one.shows),
            "capture": one.capture,
            "covered": one.covered,
            "width": one.width,
            "height": one.height,
        }

    def counts(self) -> list[dict[str, Any]]:
        """The rows of each count: as many of one kind and support as its number says."""
        made = [
            {
                "id": opaque("\n".join([count.question.support.word, *sorted(part.fact for part in row.parts)])),
                "schema": SCHEMA,
                "kind": count.question.kind,
                "support": count.question.support.word,
                "country": self.book.things[row.parts[0].entity].country,
                "entries": sorted(opaque(part.entity) for part in row.parts),
                "open": row.open,
            }
            for count in (*self.book.counts, *self.book.stronger)
            for row in count.rows
        ]
        return sorted(made, key=lambda row: (row["kind"], row["support"], row["country"] or "", row["id"]))

    def existence(self) -> dict[str, Fact]:
        return {f.entity: f for f in self.book.facts if f.property == "existence" and f.support is not Support.NONE}

    def site_row(self, thing: PublicThing, existence: dict[str, Fact], counted: set[str]) -> dict[str, object]:
        fact = existence.get(thing.id)
        return {
            "id": opaque(thing.id),
            "kind": thing.kind,
            "is_group": thing.is_group,
            "counted": thing.id in counted,
            "label": self.labels.thing(thing.id),
            "city": _city(thing.place, self.english),
            "country": thing.country,
            "support": fact.support.word if fact else "",
            "origins": len(self.book.roots(fact)) if fact else 0,
            "statements": len(self.book.about(thing.id)),
            "denied": BETWEEN.join(denials(self.book, thing.id, self.labels)),
            "findings": BETWEEN.join(findings(self.book, thing.id, self.labels)),
            "asked": BETWEEN.join(self.asked(one) for one in self.book.asked.get(thing.id, ())),
            "disputed": bool(self.book.disputes(thing.id)),
            "states": BETWEEN.join(states(self.book, thing.id, self.labels)),
        }

    def feature(self, thing: PublicThing, properties: dict[str, object]) -> dict[str, Any]:
        place = thing.place
        is_point = place is not None and place.precision == "city" and place.lat is not None
        drawn = {"type": "Point", "coordinates": [place.lon, place.lat]} if is_point and place is not None else None
        more = {
            "precision": place.precision if place else ("country" if thing.country else None),
            "radius_km": place.radius_km if place else None,
        }
        return {"type": "Feature", "id": opaque(thing.id), "geometry": drawn, "properties": properties | more}


def _city(place: PublicPlace | None, words: Catalogue) -> str:
    return "" if place is None or place.precision == "country" else words.pick(place.names, place.id)


def dataset(book: Book) -> dict[str, bytes]:
    """Return the data files of a book by name."""
    make = _Maker(book)
    existence = make.existence()
    counted = {part.entity for count in book.counts for row in count.rows for part in row.parts}
    sites = [make.site_row(thing, existence, counted) for thing in sorted(book.things.values(), key=lambda t: t.id)]
    features = [
        make.feature(thing, row)
        for thing, row in zip(sorted(book.things.values(), key=lambda t: t.id), sites, strict=True)
        if thing.is_counted
    ]
    facts = [row for fact in book.facts if (row := make.fact(fact)) is not None]
    collection = {"type": "FeatureCollection", "name": "sites", "features": features}
    said = [make.statement(s) for s in book.cleared.statements]
    pictures = [make.picture(one) for one in book.cleared.pictures]
    with_pictures = {"pictures.jsonl": _lines(pictures)} if pictures else {}
    return (
        exchange(book, said)
        | with_pictures
        | {
            "README.txt": _readme(book),
            "counts.jsonl": _lines(make.counts()),
            "datapackage.json": _package(book),
            "facts.jsonl": _lines(facts),
            "sites.csv": _sheet(SITES, sites),
            "sites.geojson": _json(collection),
            "statements.csv": _sheet(STATEMENTS, (make.statement_row(s) for s in book.cleared.statements)),
            "statements.jsonl": _lines(said),
        }
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")


def _mark(book: Book) -> str:
    marks = [catalogue("en")("site.draft")] if book.is_draft else []
    return "\n".join(marks + ([catalogue("en")("site.demonstration")] if book.is_demonstration else []))


def _package(book: Book) -> bytes:
    """Describe the columns as a Frictionless data package. `headline` is an addition of ours."""
    words = catalogue("en")
    types = {"number": "number", "origins": "integer", "statements": "integer"}
    types |= dict.fromkeys(("is_group", "counted", "disputed", "implied", "accepted"), "boolean")

    def resource(name: str, columns: dict[str, str]) -> dict[str, Any]:
        fields = [{"name": c, "type": types.get(c, "string"), "description": text} for c, text in columns.items()]
        return {
            "name": name,
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": {"fields": fields, "primaryKey": "id"},
        }

    low = sum(count.low for count in book.counts)
    return _json(
        {
            "name": book.profile.name,
            "title": words.pick(book.profile.title, book.profile.name),
            "profile": "tabular-data-package",
            "description": "\n".join(text for text in (_mark(book), words("site.notice")) if text),
            "version": book.profile.version,
            **({"licenses": [{"name": book.profile.publication.licence}]} if book.profile.publication.licence else {}),
            "headline": {"low": low, "high": sum(c.high for c in book.counts), "as_of": book.as_of},
            "resources": [resource("sites", SITES), resource("statements", STATEMENTS)],
        }
    )


def _readme(book: Book) -> bytes:
    words = catalogue("en")
    lines = [words.pick(book.profile.title, book.profile.name), "", *([_mark(book), ""] if _mark(book) else [])]
    lines += [f"{words('site.notice_head')}. {words('site.notice')}", "", words("data.lead"), words("data.cells"), ""]
    for name, columns in (("sites.csv", SITES), ("statements.csv", STATEMENTS)):
        lines += [name, *(f"  {column}: {text}" for column, text in columns.items()), ""]
    lines += [
        "statements.jsonl",
        "  the same statements, with chain, scope, works, translations and the context of the quote",
        "counts.jsonl",
        *(f"  {column}: {text}" for column, text in COUNTS.items()),
        *(["pictures.jsonl", *(f"  {column}: {text}" for column, text in PICTURES.items())] if book.pictures else []),
        "facts.jsonl",
        "  entry, property and value with support, the statements for and against, and the roots",
        ANNOTATIONS,
        "  each statement as a W3C Web Annotation, with selectors (code points) into the text of the sealed page",
        ENTITIES,
        "  FollowTheMoney: entries (Organization), pages (Article), statements (Note), what binds them (Documentation)",
        CITATION,
        "  how to cite the data",
        "sites.geojson",
        "  counted kinds only; the point is the city's, the site lies within radius_km of it; no point without a city",
        "",
    ]
    return "\n".join(lines).encode("utf-8")
