"""The release in the formats of others: W3C Web Annotations, FollowTheMoney entities, a citation file.

In: a book and its data in our own rows. Out: file name -> bytes, sorted, the same bytes for the same book. Each line
holds the opaque ids of what it is about, so that a withdrawal can take it out of a release that is offered.

Sources: Web Annotation Data Model, W3C Recommendation 2017 (TextQuoteSelector, TextPositionSelector in code points);
FollowTheMoney 3.8 schemata Organization, Article, Note and Documentation; Citation File Format 1.2.0.
"""

import json
from collections.abc import Iterable
from typing import Any

from overt.model import canonical
from overt.protect import PublicSource, PublicStatement, PublicThing
from overt.protect.public import is_whole
from overt.publish.book import Book
from overt.publish.ids import opaque
from overt.publish.labels import Labels
from overt.publish.replies import denials, findings
from overt.publish.words import catalogue

# ISO 639-3, as FollowTheMoney writes languages.
_THREE = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fi": "fin", "fr": "fra",
    "hu": "hun", "it": "ita", "ja": "jpn", "ko": "kor", "nb": "nob", "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron",
    "ru": "rus", "sk": "slk", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "vi": "vie", "zh": "zho",
}  # fmt: skip
ANNOTATIONS, ENTITIES, CITATION = "annotations.jsonl", "entities.ftm.jsonl", "CITATION.cff"


def exchange(book: Book, rows: Iterable[dict[str, Any]]) -> dict[str, bytes]:
    """Return the files by name.

    Args:
        book: what is published.
        rows: its statements as `dataset` writes them, in the order of `book.cleared.statements`.
    """
    made = [(s, row, _who(row)) for s, row in zip(book.cleared.statements, rows, strict=True)]
    return {
        ANNOTATIONS: b"".join(canonical(_annotation(s, row, who)) + b"\n" for s, row, who in made),
        ENTITIES: b"".join(canonical(one) + b"\n" for one in _entities(book, made)),
        CITATION: _citation(book),
    }


def _annotation(statement: PublicStatement, row: dict[str, Any], who: str) -> dict[str, Any]:
    """One statement as an annotation of the sealed text.

    A quote that is shown whole has a TextQuoteSelector. Of one in which something is withheld only the place is given:
    words in brackets stand in no page.
    """
    quote, kept = statement.quote, row["quote"]
    position = {"type": "TextPositionSelector", "start": quote.start, "end": quote.end}
    selectors: list[dict[str, Any]] = [position]
    if is_whole(quote.exact):
        whole = {"type": "TextQuoteSelector", "exact": kept["exact"]}
        whole |= {"prefix": kept["prefix"]} if is_whole(quote.before) else {}
        whole |= {"suffix": kept["suffix"]} if is_whole(quote.after) else {}
        selectors.insert(0, whole)
    said = f"{statement.property} = {row['value']['text']} ({statement.stance}; {who})"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:overt:statement:{row['id']}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": said,
        },
        "target": {
            "source": f"urn:sha256:{statement.capture}",
            "scope": row["url"] or f"urn:sha256:{statement.capture}",
            "selector": selectors,
        },
    }


def _who(row: dict[str, Any]) -> str:
    chain = []
    for voice in row["attribution"]:
        words = ", ".join(voice[part] for part in ("speaker", "role", "organisation") if voice[part])
        chain.append(words or voice["kind"])
    return " < ".join(chain)


def _entities(book: Book, made: list[tuple[PublicStatement, dict[str, Any], str]]) -> list[dict[str, Any]]:
    """Entries, pages, statements and what binds them, as FollowTheMoney entities, sorted by id."""
    labels = Labels(book, catalogue("en"))
    out = [_entry(book, thing, labels) for thing in book.things.values()]
    bound: dict[str, dict[str, Any]] = {}
    sources: dict[str, PublicSource] = {}
    for statement, row, who in made:
        source = book.sources[statement.source]
        sources[source.id] = source
        entry = row["subject"]["entity"]
        note = {
            "name": [f"{statement.property} = {row['value']['text']} ({statement.stance})"],
            "entity": [entry],
            "description": [row["quote"]["exact"]],
            "summary": [f"{statement.stance}: {who}"],
        }
        out.append(_entity(row["id"], "Note", note | _origin(row)))
        key = f"{entry}-{opaque(source.id)}"
        bound[key] = _entity(key, "Documentation", {"document": [opaque(source.id)], "entity": [entry]})
    out += [_article(book, source) for source in sources.values()]
    return sorted([*out, *bound.values()], key=lambda one: one["id"])


def _entity(identifier: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    kept = {name: values for name, values in properties.items() if any(values)}
    return {"id": identifier, "schema": schema, "properties": kept}


def _origin(row: dict[str, Any]) -> dict[str, list[str]]:
    return {"publisher": [row["outlet"] or ""], "sourceUrl": [row["url"] or ""]}


def _entry(book: Book, thing: PublicThing, labels: Labels) -> dict[str, Any]:
    """An entry. That it is an Organization says no more than that things are said about it."""
    against = [f"denied: {words}" for words in denials(book, thing.id, labels)]
    against += [f"found: {words}" for words in findings(book, thing.id, labels)]
    existence = next((f for f in book.facts_of.get(thing.id, ()) if f.property == "existence"), None)
    return _entity(
        opaque(thing.id),
        "Organization",
        {
            "name": [labels.thing(thing.id)],
            "country": [thing.country.lower() if thing.country else ""],
            "notes": [catalogue("en")("site.notice"), *against],
            "summary": [f"support of its existence: {existence.support.word}" if existence else ""],
        },
    )


def _article(book: Book, source: PublicSource) -> dict[str, Any]:
    words = catalogue("en")
    language = _THREE.get((source.language or "").split("-")[0], "")
    day = source.published if source.published and source.published.replace("-", "").isdigit() else ""
    return _entity(
        opaque(source.id),
        "Article",
        {
            "title": [words.plain(source.title)],
            "publisher": [words.plain(source.outlet)],
            "sourceUrl": [source.url or ""],
            "publishedAt": [day],
            "language": [language],
        },
    )


def _citation(book: Book) -> bytes:
    """How to cite the data. A JSON string is a YAML string, so that no title can break out of its line."""
    words = catalogue("en")
    said = book.profile.publication
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"title: {json.dumps(words.pick(book.profile.title, book.profile.name), ensure_ascii=False)}",
        f"message: {json.dumps(words('data.cite'), ensure_ascii=False)}",
        "authors:",
        f"  - name: {json.dumps(said.publisher or words('about.unnamed'), ensure_ascii=False)}",
    ]
    if said.licence:
        lines.append(f"license: {json.dumps(said.licence, ensure_ascii=False)}")
    if book.as_of and len(book.as_of) == len("YYYY-MM-DD"):
        lines.append(f"date-released: {book.as_of}")
    return ("\n".join(lines) + "\n").encode("utf-8")


__all__ = ["ANNOTATIONS", "CITATION", "ENTITIES", "exchange"]
