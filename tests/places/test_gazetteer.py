"""The gazetteer: places by id, and places named in a text told apart by the words around them."""

import csv
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.places import gazetteer
from overt.places.table import table

CASES = Path(__file__).parents[3] / "shared" / "cases"


def named(text, language, prefer=()):
    return [(s.words, s.place.names["en"], s.place.country) for s in gazetteer.find(text, language, prefer)]


def sure(text, language, prefer=()):
    return [s.place.names["en"] for s in gazetteer.find(text, language, prefer) if not s.ambiguous]


def test_every_row_is_a_place_whose_parents_exist():
    for place_id in table().at:
        place = gazetteer.get(place_id)
        assert place is not None
        assert place.kind in ("country", "region", "city")
        assert place.part_of is None or place.part_of in table().at, place_id
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.radius_km > 0
        assert place.names["en"]
        assert (place.kind == "country") == (place.part_of is None)
        assert gazetteer.chain(place_id)[-1] == place.country


def test_containment_goes_up_to_the_country():
    qingtian = gazetteer.find("青田", "zh-Hans")[0].place
    lishui = gazetteer.find("丽水市", "zh-Hans")[0].place
    assert gazetteer.chain(qingtian.id) == (qingtian.id, lishui.id, "iso:CN-ZJ", "CN")
    assert gazetteer.contains("CN", qingtian.id)
    assert gazetteer.contains(qingtian.id, qingtian.id)
    assert not gazetteer.contains(qingtian.id, "CN")
    assert gazetteer.country_of(qingtian.id) == "CN"


def test_what_is_unknown_is_said_so():
    assert gazetteer.get("geonames:0") is None
    assert gazetteer.country_of("geonames:0") is None
    assert gazetteer.label("geonames:0", "en") == "geonames:0"
    assert gazetteer.radius("geonames:0") == 0


def test_labels_speak_the_language_that_is_asked_for():
    assert [gazetteer.label("NL", lang) for lang in ("en", "zh", "zh-Hant", "de", "fr", "cs", "xx")] == [
        "Netherlands", "荷兰", "荷蘭", "Niederlande", "Pays-Bas", "Nizozemsko", "Netherlands",
    ]  # fmt: skip
    prague = gazetteer.find("Praha", "cs")[0].place.id
    assert [gazetteer.label(prague, lang) for lang in ("en", "de", "es", "zh-Hans")] == [
        "Prague",
        "Prag",
        "Praga",
        "布拉格",
    ]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "in the UK, the U.S. and the Netherlands", ["United Kingdom", "United States", "Netherlands"]),
        ("en", "in Glasgow, Belfast, Croydon and Hendon", ["Glasgow", "Belfast", "Croydon", "Hendon"]),
        ("en", "in New York and Brossard", ["New York", "Brossard"]),
        ("es", "en Usera, Madrid, Barcelona y Valencia", ["Usera", "Madrid", "Barcelona", "Valencia"]),
        ("es", "en Nueva York y los Países Bajos", ["New York", "Netherlands"]),
        ("fr", "à Aubervilliers et Noisy-le-Grand, en Irlande", ["Aubervilliers", "Noisy-le-Grand", "Ireland"]),
        ("de", "in München, Frankfurt und Irlands Hauptstadt", ["Munich", "Frankfurt", "Ireland"]),
        ("nl", "in Amsterdam en Rotterdam", ["Amsterdam", "Rotterdam"]),
        ("it", "a Prato, Roma, Milano, Firenze e in Sicilia", ["Prato", "Rome", "Milan", "Florence", "Sicily"]),
        ("pt", "em Lisboa e no Porto", ["Lisbon", "Porto"]),
        ("cs", "v Praze, v Číně a v Nizozemsku", ["Prague", "China", "Netherlands"]),
        ("ja", "オランダとスペインのマドリード", ["Netherlands", "Spain", "Madrid"]),
        ("zh-Hans", "福建福州在纽约和葡萄牙里斯本", ["Fujian", "Fuzhou", "New York", "Portugal", "Lisbon"]),
        ("zh-Hant", "愛爾蘭都柏林、荷蘭、雪梨", ["Ireland", "Dublin", "Netherlands", "Sydney"]),
    ],
)  # fmt: skip
def test_places_are_found_in_the_languages_of_the_profile(language, text, places):
    assert sure(text, language) == places


def test_the_words_behind_a_name_say_which_place_is_meant():
    assert named("in London, Ontario", "en")[0] == ("London", "London", "CA")
    assert named("in London", "en")[0] == ("London", "London", "GB")
    assert named("in Flushing, N.Y.", "en")[0][2] == "US"
    assert named("in Birmingham", "en")[0][2] == "GB"
    assert named("in Birmingham", "en", {"US"})[0][2] == "US"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Senator Lincoln said so"),
        ("en", "Jane Lincoln said so"),
        ("en", "Nice people were Reading in March. The May report was Most of it. Mobile police."),
        ("en", "a Chinese takeaway with china plates"),
        ("zh-Hans", "大学的中心和平新城公安朝阳"),
        ("zh-Hans", "今日本报讯"),
        ("zh-Hans", "大洋洲"),
        ("fr", "en Seine-Saint-Denis"),
    ],
)  # fmt: skip
def test_names_of_persons_and_common_words_are_no_places(language, text):
    assert named(text, language) == []


def test_a_common_word_is_a_place_where_the_words_say_so():
    assert sure("He lives in Nice", "en") == ["Nice"]


def test_words_of_one_language_stay_in_it():
    assert sure("Nach Island", "de") == ["Iceland"]
    assert named("Long Island", "en") == []


def test_names_need_their_whole_word():
    assert named("Chinatowns and Francesca in Irelandia", "en") == []
    assert named("China's police", "en")[0][0] == "China"


def test_peoples_are_no_places_but_tell_a_country():
    assert named("The Dutch foreign minister", "en") == []
    text = "the Dutch foreign minister and South African police"
    assert [(text[a:b], c) for a, b, c in gazetteer.demonyms(text, "en")] == [("Dutch", "NL"), ("South African", "ZA")]
    text = "中方表示,官方称,美方"
    assert [(text[a:b], c) for a, b, c in gazetteer.demonyms(text, "zh-Hans")] == [("中方", "CN"), ("美方", "US")]
    text = "chinesische Stellen und české úřady"
    assert [c for _, _, c in gazetteer.demonyms(text, "de")] == ["CN"]


_PIECES = [
    "London",
    ", ",
    "Ontario",
    " in ",
    "纽约",
    "市",
    "Senator ",
    "New ",
    "York",
    "-",
    "的",
    "Saint",
    " ",
    "\n",
    "é",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=15), st.sampled_from(["en", "zh", "fr", None]))
def test_spans_are_in_order_and_hold_their_words(pieces, language):
    text = "".join(pieces)
    spans = gazetteer.find(text, language)
    assert all(text[s.start : s.end] == s.words for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_scan_is_quick():
    gazetteer.find("warm up", "en")
    text = "The ministry said that one office in Dublin had closed while others had not been found there. " * 1000
    began = time.perf_counter()
    gazetteer.find(text, "en")
    assert len(text.split()) / (time.perf_counter() - began) > 30_000  # measured: 200,000 words a second and more


@pytest.mark.skipif(not CASES.is_dir(), reason="the labelled pages are not here")
def test_every_labelled_page_with_a_text_names_places_that_a_reader_sees():
    wanted = {
        "es-cuatro.txt": {"Barcelona", "Madrid", "Valencia", "Santiago de Compostela", "Usera"},
        "uk-times.txt": {"Glasgow", "Belfast", "Croydon", "Hendon"},
        "it-formiche.txt": {"Prato", "Florence", "Milan", "Rome", "Bolzano", "Venice", "Sicily"},
        "ng-legit.txt": {"Benin City", "Nigeria"},
        "ie-ntdtv.txt": {"Dublin", "Ireland"},
        "fr-lemonde-copy.txt": {"Noisy-le-Grand", "Paris"},
        "us-mingpao.txt": {"New York", "Fuzhou", "Netherlands", "Argentina"},
        "seed-dailymail.txt": {"Sydney", "Australia", "China"},
    }
    with (CASES / "sources.csv").open(encoding="utf-8", newline="") as file:
        languages = {Path(row["file"]).name: row["language"] for row in csv.DictReader(file)}
    for name, places in wanted.items():
        text = (CASES / "texts" / name).read_text(encoding="utf-8")
        assert places <= {s.place.names["en"] for s in gazetteer.find(text, languages[name])}, name
