"""What a report holds, in one language: the data of a release, put in the order in which it is read on paper.

In: the folder of a release, as it is offered today, and labels of the profile. Out: plain values for `report.typ`.
Overt's own numbers are lengths of lists that stand in the report: they are counted here, from the rows that it prints.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from overt.model import InputError, sha256
from overt.profile import Profile
from overt.publish import manifest
from overt.publish.words import Catalogue, catalogue

_REGION = {"en": "GB", "zh": "CN"}
_AGAINST = ("denies", "retracts")
_CHAIN = " → "
_LABELS = (
    "report.contents", "report.register", "report.register_lead", "report.counted_note", "report.countries",
    "report.findings", "report.elsewhere", "report.elsewhere_lead", "report.said_so", "report.said_not",
    "report.numbers", "report.numbers_lead", "report.not_counted", "report.none", "report.method", "report.annex",
    "report.annex_lead", "report.follows",
)  # fmt: skip

Named = Callable[[str], Mapping[str, str] | None]
Row = dict[str, Any]


def paper(release: Path, profile: Profile, language: str, place_names: Named) -> Row:
    """Return what the template prints.

    Args:
        release: the folder of a release.
        profile: labels of kinds and properties.
        language: "en" or "zh".
        place_names: id of a place -> language -> name.

    Raises:
        InputError: where no release can be read there.
    """
    return _Paper(release, profile, catalogue(language), place_names).made()


class _Paper:
    def __init__(self, release: Path, profile: Profile, words: Catalogue, place_names: Named) -> None:
        data = release / "public" / "data"
        try:
            raw = (release / manifest.NAME).read_bytes()
            self.manifest = manifest.parse(raw)
            self.seal = sha256(raw)
            self.statements = _rows(data / "statements.jsonl")
            self.counted = [row for row in _rows(data / "counts.jsonl") if row["support"] == "reported"]
            facts = _rows(data / "facts.jsonl")
            self.package = json.loads((data / "datapackage.json").read_bytes())
            self.entries = {entry["id"]: entry for entry in _sheet(data / "sites.csv")}
        except (OSError, ValueError) as error:
            raise InputError(f"{release}: no release can be read there ({error}); publish one first") from None
        self.profile, self.words, self.place_names = profile, words, place_names
        self.counted_entries = {i for row in self.counted for i in row["entries"]}
        self.by_entry: dict[str, list[Row]] = defaultdict(list)
        for row in self.statements:
            self.by_entry[row["subject"]["entity"]].append(row)
        self.facts_of: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for fact in facts:
            self.facts_of[fact["entity"], fact["property"]].append(fact)

    def made(self) -> Row:
        words, said = self.words, self.profile.publication
        title = words.pick(self.profile.title, self.profile.name)
        low, high = len(self.counted), sum(len(row["entries"]) for row in self.counted)
        countries = {row["country"] for row in self.counted if row["country"]}
        as_of = self.manifest.as_of
        pages, not_counted, numbers = self._pages(), self._not_counted(), self._numbers()
        return {
            "as_of": as_of,
            "lang": words.language,
            "region": _REGION.get(words.language, words.language.upper()),
            "title": title,
            "short": f"{title} · {words('report.number', n=self.manifest.number)}",
            "by": said.publisher,
            "publisher": said.publisher or words("about.unnamed"),
            "headline": words("report.headline", low=low, countries=len(countries)),
            "headline_more": words("report.headline_more", low=low, high=high, as_of=as_of or "—"),
            "marks": self._marks(),
            # number, what it counts, and the heading under which that many stand
            "figures": [
                [str(low), words("report.figure_rows"), "register"],
                [str(len(countries)), words("report.figure_countries"), "register"],
                [str(len(numbers)), words("report.figure_numbers"), "numbers"],
                [str(len(not_counted)), words("report.figure_not_counted"), "not-counted"],
                [str(len(self.statements)), words("report.figure_statements"), "annex"],
                [str(len(pages)), words("report.figure_pages"), "annex"],
            ],
            "facts": [
                [words("report.release"), str(self.manifest.number)],
                [words("report.as_of"), as_of or "—"],
                ["MANIFEST", f"SHA-256 {self.seal[:32]}\n{self.seal[32:]}"],
                [words("about.publisher"), said.publisher or words("about.none")],
                [words("about.contact"), said.contact or words("about.none")],
                [words("about.licence"), said.licence or words("about.none")],
            ],
            "words": self._labels(),
            "register": self._register(),
            "countries": self._countries(),
            "numbers": numbers,
            "elsewhere": self._elsewhere(),
            "rules": self._rules(),
            "support": [
                [words(f"support.{word}"), words(f"support_long.{word}")]
                for word in ("alleged", "reported", "corroborated", "confirmed")
            ],
            "not_counted": not_counted,
            "pages": pages,
        }

    def _labels(self) -> dict[str, Any]:
        words = self.words
        return {key.removeprefix("report."): words(key) for key in _LABELS} | {
            "notice_head": words("site.notice_head"),
            "notice": words("site.notice"),
            "positions": words("thing.positions_text"),
            "accept": words("card.accept_means"),
            "country_columns": [words("report.country"), words("report.counted"), words("report.entries")],
            "register_columns": [
                "",
                words("report.country"),
                words("report.row_entries"),
                words("report.support"),
                words("report.row_roots"),
            ],
        }

    def _marks(self) -> list[str]:
        is_shown = catalogue("en")("site.demonstration") in str(self.package.get("description", ""))
        return [self.words("site.demonstration")] if is_shown else []

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

    def _register(self) -> list[Row]:
        rows = []
        for row in self.counted:
            entries = [self.entries[i] for i in row["entries"] if i in self.entries]
            rows.append(
                {
                    "country": self.words.country(row["country"]),
                    "entries": [[e["id"], self._label(e)] for e in self._sorted(entries)],
                    "support": " / ".join(dict.fromkeys(self._support(e) for e in self._sorted(entries))),
                    "roots": " / ".join(e["origins"] for e in self._sorted(entries)),
                    "open": self.words("register.open") if row["open"] else "",
                }
            )
        return sorted(rows, key=lambda row: (str(row["country"]), str(row["entries"])))

    def _support(self, entry: Mapping[str, str]) -> str:
        return self.words(f"support.{entry['support']}") if entry["support"] else "—"

    def _sorted(self, entries: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        return sorted(entries, key=lambda e: (self._label(e), e["id"]))

    def _countries(self) -> list[Row]:
        by_country: dict[str, list[dict[str, str]]] = defaultdict(list)
        for entry in self.entries.values():
            if not _is_elsewhere(entry):
                by_country[entry["country"]].append(entry)
        made = [
            {
                "name": self.words.country(code),
                "counted": sum(row["country"] == code for row in self.counted),
                "rows": [self._entry(e) for e in self._sorted(entries)],
            }
            for code, entries in by_country.items()
        ]
        return sorted(made, key=lambda one: str(one["name"]))

    def _elsewhere(self) -> list[Row]:
        """Groups, and what has no country; one of which nothing but numbers is said stands with the numbers."""
        made = [self._entry(e) for e in self._sorted(e for e in self.entries.values() if _is_elsewhere(e))]
        return [entry for entry in made if entry["groups"] or entry["id"] in self.counted_entries]

    def _label(self, entry: Mapping[str, str]) -> str:
        """The entry by its kind and place, in this language where the gazetteer knows the place."""
        if self.words.language == "en":
            return entry["label"]
        kind = self.profile.kinds.get(entry["kind"])
        label = self.words.pick(kind.label, entry["kind"]) if kind else entry["kind"]
        placed = [r["value"]["normal"] for r in self.by_entry[entry["id"]] if r["value"]["type"] == "place"]
        names = next((n for p in placed if p and (n := self.place_names(p))), None)
        place = self.words.pick(dict(names), entry["city"]) if names and entry["city"] else entry["city"]
        if entry["is_group"] == "true":
            label = self.words("report.group", kind=label)
        parts = [label, place or (self.words.country(entry["country"]) if entry["country"] else "")]
        return " · ".join([part for part in parts if part] + [entry["id"][:4]])

    def _entry(self, entry: Mapping[str, str]) -> Row:
        rows = [r for r in self.by_entry[entry["id"]] if r["property"] != "reported_count" or not _is_elsewhere(entry)]
        groups = []
        for prop, rule in sorted(self.profile.properties.items(), key=lambda p: (not p[1].finding, p[1].order, p[0])):
            blocks = self._blocks(entry["id"], prop, [r for r in rows if r["property"] == prop])
            if blocks:
                groups.append({"label": self._property(prop), "blocks": blocks, "finding": rule.finding})
        return {
            "id": entry["id"],
            "label": self._label(entry),
            "support": f"{self.words('report.support')}: {self._support(entry)}",
            "roots": self.words("report.roots", n=entry["origins"], statements=len(self.by_entry[entry["id"]])),
            "groups": groups,
        }

    def _blocks(self, entry: str, prop: str, rows: list[Row]) -> list[Row]:
        """The values of a property: who says so beside who says otherwise; what is denied stands first."""
        mine = {row["id"]: row for row in rows}
        taken: set[str] = set()
        sorted_out: list[tuple[list[Row], list[Row]]] = []
        for fact in self.facts_of[entry, prop]:
            against = [c["statement"] for c in fact["against"] if c["kind"] != "contradicted"]
            ids = dict.fromkeys(i for i in (*fact["affirming"], *against) if i in mine and i not in taken)
            taken |= set(ids)
            denied = [mine[i] for i in ids if i in against or mine[i]["stance"] in _AGAINST]
            sorted_out.append(([mine[i] for i in ids if mine[i] not in denied], denied))
        rest: dict[str, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for row in rows:
            if row["id"] not in taken:
                rest[row["value"]["normal"] or row["value"]["text"]][row["stance"] in _AGAINST].append(row)
        made = []
        for said, denied in [*sorted_out, *rest.values()]:
            own = sorted((r for r in said if not r["implied"]), key=_when)
            other = sorted((r for r in denied if not r["implied"]), key=_when)
            if not own and not other:
                continue
            more, more_against = sum(r["implied"] for r in said), sum(r["implied"] for r in denied)
            made.append(
                {
                    "value": self._value((own or other)[0]),
                    "said": [self._card(r) for r in own],
                    "denied": [self._card(r) for r in other],
                    "said_note": self._note(own, more),
                    "denied_note": self._note(other, more_against),
                }
            )
        return sorted(made, key=lambda b: (not b["denied"], -len(b["said"]), str(b["value"])))

    def _note(self, cards: list[Row], implied: int) -> str:
        """What stands under the cards of a side, or in their place: never a blank."""
        if implied:
            return self.words("report.implied", n=implied)
        return "" if cards else self.words("report.nobody")

    def _property(self, prop: str) -> str:
        rule = self.profile.properties.get(prop)
        return self.words.pick(rule.label, prop) if rule else prop

    def _card(self, row: Row) -> dict[str, str]:
        told = row["basis"] != "not_stated"
        return {
            "id": row["id"],
            "stance": self.words.either("stance", row["stance"]),
            "quote": row["quote"]["exact"],
            "lang": _language(row["language"]),
            "chain": self._chain(row),
            "basis": self.words.either("basis", row["basis"]) if told else "",
            "published": row["published"] or self.words("report.undated"),
        }

    def _value(self, row: Row) -> str:
        value = row["value"]
        rule = self.profile.properties.get(row["property"])
        codes = rule.codes if rule is not None else {}
        normal = (value["normal"] or "").rstrip("~")
        is_about = value["type"] == "date" and str(value["text"]).endswith("~")  # EDTF: about that date
        if normal in codes:
            return self.words.pick(codes[normal], value["text"])
        if value["type"] == "place" and normal and (names := self.place_names(normal)):
            return self.words.pick(dict(names), value["text"])
        return self.words("report.about", date=value["text"][:-1]) if is_about else str(value["text"])

    def _chain(self, row: Row) -> str:
        parts = []
        for voice in row["attribution"]:
            said = ", ".join(voice[part] for part in ("speaker", "role", "organisation") if voice[part])
            parts.append(said or self.words.either("voice", voice["kind"]))
        return _CHAIN.join(parts)

    def _numbers(self) -> list[Row]:
        """Numbers that others gave, by date: they are theirs, and stand beside no count of ours here."""
        rows = [r for r in self.statements if r["property"] == "reported_count" and not r["implied"]]
        made = []
        for row in sorted(rows, key=_when):
            qualifier = self.words.either("qualifier", row["qualifier"]) if row["qualifier"] else ""
            text, number = row["value"]["text"], row["value"]["number"]
            plain = f"{number:g} {text}" if number is not None and not any(c.isdecimal() for c in text) else text
            is_told = qualifier.casefold() in plain.casefold()
            made.append({"value": plain if is_told else f"{plain} ({qualifier})", "card": self._card(row)})
        return made

    def _not_counted(self) -> list[list[str]]:
        out = []
        for entry in self._sorted(self.entries.values()):
            if entry["id"] in self.counted_entries:
                continue
            kind = self.profile.kinds.get(entry["kind"])
            why = self.words.pick(kind.look_alike) if kind and kind.look_alike else self.words("report.not_supported")
            if entry["is_group"] == "true":
                why = self.words("report.not_one")
            out.append([self._label(entry), why])
        return out

    def _pages(self) -> list[Row]:
        """The annex: each page with its seal, and every statement on it."""
        by_page: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.statements:
            by_page[row["capture"], row["url"] or ""].append(row)
        made = []
        for (capture, url), rows in by_page.items():
            first = rows[0]
            rows.sort(key=lambda r: (r["quote"]["start"], r["property"], r["id"]))
            made.append(
                {
                    "title": first["title"] or first["outlet"] or "—",
                    "lang": _language(first["language"]),
                    "outlet": first["outlet"] or "—",
                    "published": first["published"] or self.words("report.undated"),
                    "url": url or self.words("card.no_address"),
                    "capture": capture,
                    "rows": [self._annexed(row) for row in rows],
                }
            )
        return sorted(made, key=lambda page: (str(page["published"]), page["outlet"], page["capture"], page["url"]))

    def _annexed(self, row: Row) -> dict[str, str]:
        return {
            "id": row["id"],
            "said": f"{self._property(row['property'])}: {self._value(row)}",
            "stance": self.words.either("stance", row["stance"]),
            "chain": self._chain(row),
            "place": f"{row['quote']['start']}–{row['quote']['end']}",
            "parent": row["parent"] or "",
        }


def _is_elsewhere(entry: Mapping[str, str]) -> bool:
    return entry["is_group"] == "true" or not entry["country"]


def _when(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["published"] or "9999", row["id"]


def _language(tag: str | None) -> str:
    """The primary tag, where Typst can take it: two or three letters."""
    primary = (tag or "").split("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() and len(primary) in (2, 3) else ""


def _rows(path: Path) -> list[Row]:
    lines: Iterable[bytes] = path.read_bytes().splitlines()
    return [json.loads(line) for line in lines if line.startswith(b"{")]


def _sheet(path: Path) -> list[dict[str, str]]:
    rows: Sequence[dict[str, str]] = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    return [row for row in rows if row.get("id") and row.get("country") is not None]


__all__ = ["Named", "paper"]
