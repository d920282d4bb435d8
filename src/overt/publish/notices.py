"""Notices: what cannot wait for a release. Something is withdrawn, or disputed and being checked.

In: judgements that stand. Out: notices, and for an offered release the files that a notice replaces or is put on. A
notice holds number, date and kind of reason: no name, no allegation. Nothing here writes; `releases.py` does.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from markupsafe import Markup, escape

from overt.model import InputError, Judgement, Verb, canonical, standing_lines
from overt.publish.ids import SLUG, opaque
from overt.publish.words import HTML_LANG, LANGUAGES, catalogue

WITHDRAWN, DISPUTED = "withdrawn", "disputed"
# The kinds of reason; their words stand in the catalogues.
REASONS = ("error", "harm", "private", "source", "asked", "law", "dispute")
_QUOTE = 24  # characters of a quote that tell it apart from chance
_INDEX = "public/static/search/"
_OVERVIEWS = frozenset(
    {"public/index.html"}
    | {
        f"public/{language}/{name}.html"
        for language in LANGUAGES
        for name in ("index", "map", "reported", "gaps", "network")
    }
)
_ENTITIES = "entities.ftm.jsonl"
BETWEEN = " | "  # of things in one cell
_PACKAGE = "public/data/datapackage.json"
_MAIN = b'<main id="main" class="wrap" tabindex="-1">\n'


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the place of something. `statements` and `things` are ids; `quotes` words that must be gone."""

    number: int
    day: str
    sort: str
    reason: str
    statements: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[bytes, ...]:
        """What tells that a file is concerned: ids as pages and data write them and, where withdrawn, the words."""
        found: set[str] = set()
        for identifier in (*self.statements, *self.things):
            found |= {opaque(identifier), opaque(identifier)[:SLUG]}
        if self.sort == WITHDRAWN:
            for quote in self.quotes:
                if len(quote) >= _QUOTE:
                    found |= {quote, str(escape(quote)), json.dumps(quote, ensure_ascii=False)[1:-1]}
        return tuple(sorted(word.encode("utf-8") for word in found))


def detail(number: int, day: str, sort: str, reason: str, thing: str | None) -> dict[str, str]:
    """Return what a judgement line records of a notice.

    Raises:
        InputError: for a kind of reason that is not known.
    """
    if reason not in REASONS:
        raise InputError(f"reason {reason!r}: choose one of {', '.join(REASONS)}")
    made = {"notice": sort, "number": str(number), "day": day, "reason": reason}
    return made | ({"thing": thing} if thing else {})


def notices(lines: Iterable[Judgement]) -> list[Notice]:
    """Return the notices of the judgements that stand, by number."""
    by_number: dict[tuple[int, str, str, str], list[Judgement]] = defaultdict(list)
    for line in standing_lines(lines):
        told = line.detail
        if line.verb in (Verb.WITHHOLD, Verb.DISPUTE) and told.get("notice") in (WITHDRAWN, DISPUTED):
            number = int(told["number"]) if told.get("number", "").isdecimal() else 0
            by_number[number, told.get("day", ""), told["notice"], told.get("reason", "")].append(line)
    made = []
    for (number, day, sort, reason), many in sorted(by_number.items()):
        things = {line.detail["thing"] for line in many if line.detail.get("thing")}
        made.append(
            Notice(
                number=number,
                day=day,
                sort=sort,
                reason=reason if reason in REASONS else "error",
                statements=tuple(sorted({line.target for line in many} - things)),
                things=tuple(sorted(things)),
                quotes=tuple(sorted({line.saw.quote.exact for line in many if line.saw is not None})),
            )
        )
    return made


def put_on(files: Mapping[str, bytes], notice: Notice) -> dict[str, bytes]:
    """Return the files of one release that a notice changes, path -> what stands there from now on.

    A page that holds something withdrawn is replaced whole: what else stands on it comes again with the next release.
    From sheets and lines only the rows are taken. The search index holds folded words in which no id stands, so that
    all of it goes: the register lists everything. Overviews say places and numbers without ids: where an entry is
    withdrawn they are replaced, too; where a statement is, the notice stands above them. A dispute is put on pages
    above their text and takes nothing away.
    """
    marks = notice.marks
    if notice.sort == WITHDRAWN:
        marks = (*marks, *_pictures_of(files, marks))
    out: dict[str, bytes] = {}
    for path, data in sorted(files.items()):
        if not any(mark in data or mark.decode() in path for mark in marks):
            continue
        if notice.sort == DISPUTED:
            if path.endswith(".html"):
                out[path] = _under(notice, data)
            continue
        out[path] = _without(path, data, marks, notice)
    if out and notice.sort == WITHDRAWN:
        for path in _OVERVIEWS & files.keys() - out.keys():
            out[path] = page(notice) if notice.things else _under(notice, files[path])
        if _PACKAGE in files:
            out[_PACKAGE] = _without_headline(files[_PACKAGE])
        out |= dict.fromkeys((path for path in files if path.startswith(_INDEX)), b"// withdrawn with a notice\n")
    return {path: data for path, data in out.items() if data != files[path]}


def _pictures_of(files: Mapping[str, bytes], marks: tuple[bytes, ...]) -> list[bytes]:
    """What tells of the pictures that were cut out of the captures of what is withdrawn: they may show its words."""
    said = files.get("public/data/statements.jsonl", b"").splitlines()
    captures = {json.loads(row).get("capture") for row in said if any(mark in row for mark in marks)}
    shown = (json.loads(row) for row in files.get("public/data/pictures.jsonl", b"").splitlines() if row[:1] == b"{")
    ids = [str(row.get("id", "")) for row in shown if row.get("capture") in captures]
    return [word.encode() for name in ids if len(name) > SLUG for word in (name, name[:SLUG])]


def _under(notice: Notice, data: bytes) -> bytes:
    """A page with a notice above its text."""
    return data if _aside(notice) in data else data.replace(_MAIN, _MAIN + _aside(notice), 1)


def _without_headline(data: bytes) -> bytes:
    made = {key: value for key, value in json.loads(data).items() if key != "headline"}
    return (json.dumps(made, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")


def _without(path: str, data: bytes, marks: tuple[bytes, ...], notice: Notice) -> bytes:
    if path.endswith(".html"):
        return page(notice)
    rest = b""
    if path.endswith(_ENTITIES):
        rest = b"".join(_lines_of_entities(data, marks))
    elif path.endswith(".jsonl"):
        rest = b"".join(row for row in data.splitlines(keepends=True) if not any(mark in row for mark in marks))
    elif path.endswith(".csv"):
        rest = _rows(data, marks, path.endswith("/sites.csv"))
    elif path.endswith(".geojson"):
        rest = _features(data, marks)
    is_clean = bool(rest) and not any(mark in rest for mark in marks)
    return rest if is_clean else "".join(f"{_line(notice, code)}\n" for code in LANGUAGES).encode()


def _rows(data: bytes, marks: tuple[bytes, ...], are_entries: bool) -> bytes:
    """A sheet without the rows that hold a mark; the row of an entry loses only what is said in its cells."""
    words = [mark.decode("utf-8") for mark in marks]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
        kept = [row[0], *(_cell(cell, words) for cell in row[1:])] if are_entries and row else row
        if not any(word in cell for word in words for cell in kept):
            writer.writerow(kept)
    return out.getvalue().encode("utf-8")


def _cell(text: str, words: list[str]) -> str:
    """What is left of a cell with several things in it."""
    return BETWEEN.join(part for part in text.split(BETWEEN) if not any(word in part for word in words))


def _features(data: bytes, marks: tuple[bytes, ...]) -> bytes:
    made = json.loads(data)
    words = [mark.decode("utf-8") for mark in marks]
    kept = []
    for one in made["features"]:
        said = {k: _cell(v, words) if isinstance(v, str) and k != "id" else v for k, v in one["properties"].items()}
        feature = one | {"properties": said}
        if not any(mark in json.dumps(feature, ensure_ascii=False).encode("utf-8") for mark in marks):
            kept.append(feature)
    return (json.dumps(made | {"features": kept}, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")


def _lines_of_entities(data: bytes, marks: tuple[bytes, ...]) -> Iterator[bytes]:
    """FollowTheMoney entities without those that hold a mark; an entry loses only the notes that do."""
    for line in data.splitlines(keepends=True):
        if any(mark in line for mark in marks):
            one = json.loads(line)
            notes = one["properties"].get("notes", [])
            left = [note for note in notes if not any(mark in note.encode("utf-8") for mark in marks)]
            if left == notes:
                continue
            line = canonical(one | {"properties": one["properties"] | {"notes": left}}) + b"\n"
            if any(mark in line for mark in marks):
                continue
        yield line


def _line(notice: Notice, language: str) -> str:
    words = catalogue(language)
    reason = words(f"reason.{notice.reason}")
    return words(f"notice.{notice.sort}", number=notice.number, date=notice.day, reason=reason)


def _aside(notice: Notice) -> bytes:
    lines = [f'<p lang="{HTML_LANG[code]}">{escape(_line(notice, code))}</p>' for code in LANGUAGES]
    return ('<aside class="notice">' + "".join(lines) + "</aside>\n").encode("utf-8")


def page(notice: Notice) -> bytes:
    """Return the page that stands where something was withdrawn, in all languages of the site. It links nowhere."""
    lines = Markup("\n").join(
        Markup('<p lang="{}">{}</p>').format(HTML_LANG[code], _line(notice, code)) for code in LANGUAGES
    )
    title = catalogue(LANGUAGES[0])("notice.title")
    return (
        f'<!doctype html>\n<html lang="{HTML_LANG[LANGUAGES[0]]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow, noarchive">\n'
        f"<title>{escape(title)}</title>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{lines}\n</main>\n"
        "</body>\n</html>\n"
    ).encode()
