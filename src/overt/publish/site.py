"""The published pages: static, in English and Chinese, readable without a script, from a folder or any server.

In: a book and the list of changes. Out: path -> bytes. Every byte is a function of its inputs.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import Any

import overt
from overt.model import Count, VoiceKind
from overt.protect import PublicSource, PublicStatement, Words
from overt.protect.words import never_said
from overt.publish import chart, coverage, maps, rows, search
from overt.publish.book import Book
from overt.publish.changes import Change
from overt.publish.entry import entry_of, entry_pages, frame_of
from overt.publish.labels import Labels
from overt.publish.network import network
from overt.publish.page import draw
from overt.publish.sheet import sheet
from overt.publish.spans import spans
from overt.publish.words import LANGUAGES, Catalogue, catalogue
from overt.weigh import rules

CHANGES_PAGES = tuple(f"{language}/changes.html" for language in LANGUAGES)


class _Writer:
    """Writes the pages of one language into one dict."""

    def __init__(self, book: Book, labels: Labels, out: dict[str, bytes]) -> None:
        self.book = book
        self.labels = labels
        self.words: Catalogue = labels.words
        self.language = labels.words.language
        self.out = out

    def write(self, template: str, page: str, title: str, at: str | None = None, **context: Any) -> None:
        """Write one page. `page` is its name in the language's folder, `at` where it lies if not there."""
        path = at or f"{self.language}/{page}"
        self.out[path] = draw(self.book, self.labels, template, path, page, title, **context)

    def register(self, count: Count, title: str, lead: str) -> None:
        self.write(
            "register.html",
            rows.page_name(self.book, count),
            title,
            count=count,
            lead=lead,
            script="register.js",
            countries=rows.countries(self.book, self.labels, count),
        )

    def not_counted(self) -> list[tuple[str, Any]]:
        """Return (entry, reason) of everything that was looked at and not counted, by entry."""
        found: dict[str, str] = {}
        for count in self.book.counts:
            for item in count.not_counted:
                if item.entity in self.book.things:
                    found.setdefault(item.entity, item.reason)
        return [(key, rows.reason_words(self.book, self.labels, key, found[key])) for key in sorted(found)]


def entries(book: Book, labels: Mapping[str, Labels]) -> dict[str, bytes]:
    """Return the pages of all entries of a book, path -> bytes, drawn here."""
    frame = frame_of(book)
    out: dict[str, bytes] = {}
    for thing in book.things:
        out |= entry_pages(entry_of(book, thing, labels), frame)
    return out


def pages(
    book: Book,
    changes: Sequence[Change],
    files_of_data: Mapping[str, bytes],
    labels: Mapping[str, Labels] | None = None,
    drawn: Callable[[], dict[str, bytes]] | None = None,
) -> dict[str, bytes]:
    """Return the whole site, path -> bytes.

    Args:
        book: what is published.
        changes: the releases so far, newest first; empty for a draft.
        files_of_data: the data files by name, for the page that lists them.
        labels: language -> what the book's things are called; made here without it.
        drawn: gives the pages of all entries, when the others are made; drawn here without it.
    """
    labels = labels or {language: Labels(book, catalogue(language)) for language in LANGUAGES}
    out: dict[str, bytes] = {}
    for name in ("icon.svg", "overt.css", "register.js", "search.js"):
        text = files("overt.publish").joinpath("static", name).read_text(encoding="utf-8")
        out[f"static/{name}"] = text.replace("\r\n", "\n").encode("utf-8")
    named = {thing: book.page(thing) for thing in sorted(book.things)}
    out |= search.index(book, named.items())
    out[f"{search.FOLDER}/places.js"] = search.places(book, named)
    if book.is_draft or book.is_demonstration:
        out["robots.txt"] = b"User-agent: *\nDisallow: /\n"
    for language in LANGUAGES:
        _language(_Writer(book, labels[language], out), changes, files_of_data)
    out |= drawn() if drawn is not None else entries(book, labels)
    out |= {book.picture(one): book.cleared.files[one.id] for one in book.cleared.pictures}
    return dict(sorted(out.items()))


def _language(writer: _Writer, changes: Sequence[Change], files_of_data: Mapping[str, bytes]) -> None:
    book, words, write = writer.book, writer.words, writer.write
    left_out = writer.not_counted()

    def title(page: str) -> str:
        return words(f"{page}.title")

    name = words.pick(book.profile.title, book.profile.name)
    start: dict[str, Any] = {
        "main": [(count, rows.countries(book, writer.labels, count)) for count in book.counts],
        "left_out": left_out,
        "page_name": lambda count: rows.page_name(book, count),
        "told": rows.told_once(rows.reported(book, writer.labels)),
    }
    main = book.counts[0] if book.counts else None
    rows_of = rows.countries(book, writer.labels, main) if main else ()
    drawn = maps.sheets(book, rows_of)
    shown = {mark.place.id for mark in drawn[0].marks}
    start |= {
        "world": drawn[0] if shown else None,
        "rows_page": rows.page_name(book, main) if main else "register.html",
    }
    write("start.html", "index.html", name, **start)
    if writer.language == LANGUAGES[0]:
        write("start.html", "index.html", name, at="index.html", **start)
    unplaced = [row for country in rows_of for row in country.rows if row.city not in shown]
    write("map.html", "map.html", title("map"), sheets=drawn, rows_page=start["rows_page"], unplaced=unplaced)
    net = network(book, writer.labels)
    write("network.html", "network.html", title("network"), net=net, sheet=sheet(net, writer.labels))
    for count in book.counts:
        writer.register(count, title("register"), words("register.lead"))
    for count in book.stronger:
        support = words(f"support.{count.question.support.word}")
        writer.register(count, words("register.title_support", support=support), words("register.lead"))
    for day, count in book.recounts.items():
        writer.register(count, words("register.title_as_of", date=day), words("register.lead_as_of", date=day))
    reported = rows.reported(book, writer.labels)
    drawings = chart.charts(book, writer.labels, reported)
    letters = {item.statement.id: point.letter for one in drawings for point in one.points for item in point.items}
    recounted: dict[str, Any] = {"charts": drawings, "letters": letters, "bars": chart.bars(reported)}
    write("reported.html", "reported.html", title("reported"), reported=reported, **recounted)
    write("not_counted.html", "not-counted.html", title("not_counted"), left_out=left_out)
    found = coverage.of_countries(book)
    write("gaps.html", "gaps.html", title("gaps"), found=found, spans=spans(found), elsewhere=coverage.elsewhere(book))
    write("origins.html", "origins.html", title("origins"), pages_of=_pages_of(book))
    write("sources.html", "sources.html", title("sources"))
    write("voices.html", "voices.html", title("voices"), voices=_voices(writer))
    write(
        "methods.html", "methods.html", title("methods"), version=overt.__version__, never=_never(writer), rules=rules()
    )
    write("changes.html", "changes.html", title("changes"), changes=changes)
    asked: dict[str, Any] = {"script": "search.js", "missions": _missions(book), "lists": lambda t: _lists(book, t)}
    asked["number"] = 1 + LANGUAGES.index(writer.language)  # of its label in what the script is given of a page
    write("search.html", "search.html", title("search"), kind="search", **asked)
    write("search.html", "check.html", title("check"), kind="check", **asked)
    write("withdrawn.html", "withdrawn.html", title("withdrawn"))
    write("verify.html", "verify.html", title("verify"))
    write("data.html", "data.html", title("data"), data=sorted(files_of_data))


def _missions(book: Book) -> list[str]:
    """Return the entries that are missions and were placed: what the case recorded of them from lists of states."""
    return sorted(key for key, thing in book.things.items() if thing.kind == "mission" and thing.place is not None)


def _lists(book: Book, thing: str) -> list[PublicSource]:
    """Return the pages on which an entry stands, by date."""
    sources = {s.source: book.sources[s.source] for s in book.about(thing)}
    return sorted(sources.values(), key=lambda source: (source.published or "9999", source.id))


_PUBLIC = frozenset({VoiceKind.HOST_GOVERNMENT, VoiceKind.HOME_GOVERNMENT, VoiceKind.MISSION, VoiceKind.COURT})


def _voices(writer: _Writer) -> list[tuple[str, Words, list[PublicStatement]]]:
    """Return (kind, who, statements by date) of the voices that speak for a public body, by kind and words."""
    found: dict[tuple[str, str], list[PublicStatement]] = {}
    for statement in writer.book.cleared.statements:
        voice = statement.voice
        if voice.kind in _PUBLIC and not statement.implied:
            key = (str(voice.kind), writer.words.plain(writer.labels.voice(voice)))
            found.setdefault(key, []).append(statement)
    out = []
    for (kind, _), said in sorted(found.items()):
        said.sort(key=lambda s: (s.published or "9999", s.id))
        out.append((kind, writer.labels.voice(said[0].voice), said))
    return out


def _never(writer: _Writer) -> list[str]:
    own = writer.book.profile.publication.never_say.get(writer.language, ())
    return [word.rstrip("*") for word in (*own, *never_said(writer.language))]


def _pages_of(book: Book) -> dict[str, list[str]]:
    """Return origin -> the sources of the statements that rest on it."""
    found: dict[str, set[str]] = {origin: set() for origin in book.origins}
    for statement in book.cleared.statements:
        if statement.origin in found:
            found[statement.origin].add(statement.source)
    return {origin: sorted(sources) for origin, sources in found.items()}
