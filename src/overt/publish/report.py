"""The report of a release in PDF: what its data files hold, on paper.

In: the data of a release, as it is offered today. Out: a PDF that is accessible (PDF/UA-1), made for archives
(PDF/A-3a), and the same byte for byte for the same release and language. It is made from published data alone, so that
nothing stands in it that the release does not hold: what was withdrawn is gone from both.

Typst sets it (extra `overt[report]`), without any network and with one font: a character that the font lacks is an
error, never an empty box.
"""

import csv
import io
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from overt.model import InputError, sha256
from overt.profile import Profile
from overt.publish import manifest
from overt.publish.words import Catalogue, catalogue

STANDARDS = ("a-3a", "ua-1")
FONT_PACKAGE = "zhplot"  # its wheel holds Noto Sans SC (SIL Open Font License), Simplified and Traditional
_REGION = {"en": "GB", "zh": "CN"}
_MISSING = 12  # characters without a glyph that an error names

Named = Callable[[str], Mapping[str, str] | None]


def report(release: Path, profile: Profile, language: str, font: Path | None, place_names: Named) -> bytes:
    """Return the report of a release.

    Args:
        release: the folder of a release.
        profile: labels of kinds and properties.
        language: "en" or "zh".
        font: a TrueType or OpenType file; without it the one of the extra.
        place_names: id of a place -> language -> name.

    Raises:
        InputError: where the release, Typst or a glyph is missing; one line that says what to do.
    """
    typst = _typst()
    face = font if font is not None else _font()
    data = _Maker(release, profile, catalogue(language), place_names).made()
    data["fonts"] = [_family(face)]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    _check_glyphs(face, text)
    template = resources.files("overt.publish").joinpath("report.typ").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(template)
        (root / "data.json").write_text(text, encoding="utf-8")
        try:
            made = typst.compile(
                str(root / "report.typ"),
                root=str(root),
                font_paths=[str(face.parent)],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=list(STANDARDS),
                timestamp=_moment(data["as_of"]),
            )
        except RuntimeError as error:  # what the binding raises: the first line says where
            raise InputError(f"the report could not be set: {str(error).splitlines()[0]}") from None
    return bytes(made)


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise InputError('Typst is missing: install it with `pip install "overt[report]"`') from None
    return typst


def _font() -> Path:
    found = find_spec(FONT_PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        faces = sorted(Path(folder, "fonts").glob("*.ttf"))
        if faces:
            return faces[0]
    raise InputError('a font is missing: `pip install "overt[report]"` brings one, or name one with --font FILE')


def _family(face: Path) -> str:
    return str(_face(face)["name"].getDebugName(16) or _face(face)["name"].getDebugName(1))


def _face(face: Path) -> Any:
    try:
        from fontTools.ttLib import TTFont, TTLibError
    except ImportError:
        raise InputError('fontTools is missing: install it with `pip install "overt[report]"`') from None
    try:
        return TTFont(io.BytesIO(face.read_bytes()), lazy=True)
    except (OSError, TTLibError) as error:
        raise InputError(f"--font {face}: {error}; name a TrueType or OpenType file") from None


def _check_glyphs(face: Path, text: str) -> None:
    known = _face(face).getBestCmap()
    missing = sorted({c for c in text if ord(c) not in known and not c.isspace() and c.isprintable()})
    if missing:
        shown = " ".join(f"{c} (U+{ord(c):04X})" for c in missing[:_MISSING])
        raise InputError(f"{face.name} has no glyph for {len(missing)} characters: {shown}; name another with --font")


def _moment(as_of: str | None) -> int:
    """The date in the file's metadata: that of the release, never a clock's."""
    day = (as_of or "1970-01-01").split("/")[-1]
    year, month, date = ([*map(int, day.split("-")), 1, 1])[:3]
    return int(datetime(year, month, date, tzinfo=UTC).timestamp())


class _Maker:
    """Gathers what the template prints, in one language."""

    def __init__(self, release: Path, profile: Profile, words: Catalogue, place_names: Named) -> None:
        data = release / "public" / "data"
        try:
            raw = (release / manifest.NAME).read_bytes()
            self.manifest = manifest.parse(raw)
            self.seal = sha256(raw)
            self.statements = _rows(data / "statements.jsonl")
            self.facts = _rows(data / "facts.jsonl")
            self.package = json.loads((data / "datapackage.json").read_bytes())
            self.entries = _sheet(data / "sites.csv")
        except (OSError, ValueError) as error:
            raise InputError(f"{release}: no release can be read there ({error}); publish one first") from None
        self.profile, self.words, self.place_names = profile, words, place_names
        self.by_entry: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.statements:
            self.by_entry[row["subject"]["entity"]].append(row)

    def made(self) -> dict[str, Any]:
        words, head = self.words, self.package["headline"]
        title = words.pick(self.profile.title, self.profile.name)
        low, high = head["low"], head["high"]
        number = words("report.number", n=self.manifest.number)
        as_of = head["as_of"]
        said = self.profile.publication
        return {
            "as_of": as_of,
            "lang": words.language,
            "region": _REGION[words.language],
            "title": title,
            "short": f"{title} · {number}",
            "publisher": said.publisher or words("about.unnamed"),
            "headline": words("report.headline", low=low, countries=self._counted_countries()),
            "headline_more": words("report.headline_more", low=low, high=high, as_of=as_of or "—"),
            "marks": self._marks(),
            "facts": [
                [words("report.release"), str(self.manifest.number)],
                [words("report.as_of"), as_of or "—"],
                ["MANIFEST", f"SHA-256 {self.seal[:32]}\n{self.seal[32:]}"],
                [words("about.publisher"), said.publisher or words("about.none")],
                [words("about.contact"), said.contact or words("about.none")],
                [words("about.licence"), said.licence or words("about.none")],
            ],
            "words": {
                "notice_head": words("site.notice_head"),
                "notice": words("site.notice"),
                "contents": words("report.contents"),
                "countries": words("report.countries"),
                "country_columns": [words("report.country"), words("report.counted"), words("report.entries")],
                "counted_note": words("report.counted_note"),
                "method": words("report.method"),
                "not_counted": words("report.not_counted"),
                "none": words("report.none"),
                "annex": words("report.annex"),
                "annex_lead": words("report.annex_lead"),
            },
            "countries": self._countries(),
            "rules": self._rules(),
            "support": [
                [words(f"support.{word}"), words(f"support_long.{word}")]
                for word in ("alleged", "reported", "corroborated", "confirmed")
            ],
            "not_counted": self._not_counted(),
            "annex": [self._annexed(row) for row in self.statements],
        }

    def _marks(self) -> list[str]:
        is_shown = self.words("site.demonstration") if self._is_demonstration() else ""
        return [is_shown] if is_shown else []

    def _is_demonstration(self) -> bool:
        return catalogue("en")("site.demonstration") in str(self.package.get("description", ""))

    def _counted_countries(self) -> int:
        return len({e["country"] for e in self.entries if e["counted"] == "true" and e["country"]})

    def _rules(self) -> list[str]:
        words, need = self.words, self.profile.publication
        accusing = words("methods.reviewer_accusing", n=need.reviewers_accusing)
        other = words("methods.reviewer_other", n=need.reviewers_other)
        return [
            words("methods.rule_1"),
            words("methods.rule_2", accusing=accusing, other=other),
            words("methods.rule_3"),
            words("methods.rule_4"),
            words("methods.rule_5"),
        ]

    def _countries(self) -> list[dict[str, Any]]:
        by_country: dict[str, list[dict[str, str]]] = defaultdict(list)
        for entry in self.entries:
            if entry["country"] and entry["is_group"] == "false":
                by_country[entry["country"]].append(entry)
        made = [
            {
                "name": self.words.country(code),
                "counted": sum(e["counted"] == "true" for e in entries),
                "entries": len(entries),
                "rows": [self._entry(e) for e in sorted(entries, key=lambda e: (self._label(e), e["id"]))],
            }
            for code, entries in by_country.items()
        ]
        return sorted(made, key=lambda one: str(one["name"]))

    def _label(self, entry: Mapping[str, str]) -> str:
        """The entry by its kind and place, in this language where the gazetteer knows the place."""
        if self.words.language == "en":
            return entry["label"]
        kind = self.profile.kinds.get(entry["kind"])
        kind_words = self.words.pick(kind.label, entry["kind"]) if kind else entry["kind"]
        placed = [r["value"]["normal"] for r in self.by_entry[entry["id"]] if r["value"]["type"] == "place"]
        names = next((n for p in placed if p and (n := self.place_names(p))), None)
        place = self.words.pick(dict(names), entry["city"]) if names else entry["city"]
        return f"{kind_words} · {place}" if place else entry["label"]

    def _entry(self, entry: Mapping[str, str]) -> dict[str, Any]:
        rows = [r for r in self.by_entry[entry["id"]] if not r["implied"]]
        groups = []
        for prop, rule in sorted(self.profile.properties.items(), key=lambda p: (p[1].order, p[0])):
            said = [r for r in rows if r["property"] == prop]
            if said:
                said.sort(key=lambda r: (r["published"] or "9", r["id"]))
                groups.append({"label": self.words.pick(rule.label, prop), "rows": [self._card(r) for r in said]})
        # An authority's result stands before what is alleged.
        groups.sort(key=lambda g: g["label"] != self._label_of("host_finding"))
        support = entry["support"]
        return {
            "label": self._label(entry),
            "support": f"{self.words('report.support')}: {self.words(f'support.{support}') if support else '—'}",
            "roots": self.words("report.roots", n=entry["origins"], statements=len(rows)),
            "groups": groups,
        }

    def _label_of(self, prop: str) -> str:
        rule = self.profile.properties.get(prop)
        return self.words.pick(rule.label, prop) if rule else prop

    def _card(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {
            "id": row["id"][:12],
            "said": self._said(row),
            "quote": f"“{row['quote']['exact']}”",
            "chain": self._chain(row),
            "basis": self.words.either("basis", row["basis"]),
            "published": row["published"] or self.words("report.undated"),
        }

    def _annexed(self, row: Mapping[str, Any]) -> dict[str, str]:
        return {
            "id": row["id"],
            "said": f"{self._label_of(row['property'])}: {self._said(row)}",
            "chain": self._chain(row),
            "published": row["published"] or self.words("report.undated"),
            "url": row["url"] or "—",
            "capture": row["capture"],
        }

    def _said(self, row: Mapping[str, Any]) -> str:
        value = row["value"]["text"]
        rule = self.profile.properties.get(row["property"])
        codes = rule.codes if rule is not None else {}
        normal = (row["value"]["normal"] or "").rstrip("~")
        named = self.words.pick(codes[normal], value) if normal in codes else value
        if row["value"]["type"] == "place" and normal and (names := self.place_names(normal)):
            named = self.words.pick(dict(names), value)
        return f"{self.words.either('stance', row['stance'])}: {named}"

    def _chain(self, row: Mapping[str, Any]) -> str:
        parts = []
        for voice in row["attribution"]:
            words = ", ".join(voice[part] for part in ("speaker", "role", "organisation") if voice[part])
            parts.append(words or self.words.either("voice", voice["kind"]))
        return " < ".join(parts)

    def _not_counted(self) -> list[list[str]]:
        out = []
        for entry in self.entries:
            if entry["counted"] == "true" or entry["is_group"] == "true":
                continue
            kind = self.profile.kinds.get(entry["kind"])
            why = self.words.pick(kind.look_alike) if kind and kind.look_alike else self.words("report.not_supported")
            out.append([self._label(entry), why])
        return sorted(out)


def _rows(path: Path) -> list[dict[str, Any]]:
    lines: Iterable[bytes] = path.read_bytes().splitlines()
    return [json.loads(line) for line in lines if line.startswith(b"{")]


def _sheet(path: Path) -> list[dict[str, str]]:
    rows: Sequence[dict[str, str]] = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    return [row for row in rows if row.get("id") and row.get("country") is not None]


__all__ = ["report"]
