"""The data files: readable by ordinary programs, no formulas, no pins without a city, the same content as the pages."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import BOTH, MadeUp, example
from reading import book

from overt.publish.columns import SITES, STATEMENTS
from overt.publish.dataset import cell, dataset

DATA = dataset(book(example()))


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "\u00a0=1", "\ufeff=1", "＝1", "|cmd", "%0A"],
)
def test_what_could_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text).startswith("'")


@given(st.text(alphabet="=+-@a \n\t\r\x1f\u200b\u3000＝", max_size=8))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    seen = cell(text).lstrip(" \n\t\r\x1f\u200b\u3000")
    assert seen[:1] not in {*"=+-@＝"} - {""}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "true"), (False, "false"), (-3, "-3"), (54.0, "54"), (1.5, "1.5"), ("a", "a")],
)
def test_numbers_and_truth_values_stay_what_they_are(value: object, text: str) -> None:
    assert cell(value) == text


def test_sheets_have_the_described_columns_and_the_same_ids_as_the_lines() -> None:
    assert list(rows(DATA["sites.csv"])[0]) == list(SITES)
    assert list(rows(DATA["statements.csv"])[0]) == list(STATEMENTS)
    lines = [json.loads(line) for line in DATA["statements.jsonl"].splitlines()]
    assert [r["id"] for r in rows(DATA["statements.csv"])] == [line["id"] for line in lines]
    package = json.loads(DATA["datapackage.json"])
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == list(rows(DATA[resource["path"]])[0])
    assert package["headline"] == {"as_of": "2022-12-01", "high": 3, "low": 2}


def test_all_is_sorted_and_ends_with_a_line_feed() -> None:
    for name, data in DATA.items():
        assert data.endswith(b"\n"), name
        assert b"\r" not in data, name
    for name in ("statements.jsonl", "facts.jsonl"):
        ids = [json.loads(line)["id"] for line in DATA[name].splitlines()]
        assert ids == sorted(ids)


def test_facts_point_at_statements_that_are_there() -> None:
    known = {json.loads(line)["id"] for line in DATA["statements.jsonl"].splitlines()}
    facts = [json.loads(line) for line in DATA["facts.jsonl"].splitlines()]
    assert facts
    for fact in facts:
        assert set(fact["affirming"]) | {a["statement"] for a in fact["against"]} <= known


def test_only_cities_are_points_and_groups_are_not_drawn() -> None:
    case = example()
    country = case.site("country only", place="ES")
    district = case.site("district", place="geonames:3")
    page = case.page("Another opened in 2021.", outlet="Example Post")
    for site in (country, district):
        case.says(page, site, "opened", "2021", "opened in 2021", BOTH, normal="2021")
    features = {f["id"]: f for f in json.loads(dataset(book(case))["sites.geojson"])["features"]}
    assert features[country]["geometry"] is None
    assert features[country]["properties"]["precision"] == "country"
    assert features[district]["geometry"]["coordinates"] == [-3.7, 40.4]
    assert features[district]["properties"]["radius_km"] == 21
    assert all(not f["properties"]["is_group"] for f in features.values())


def test_words_of_a_page_cannot_become_a_formula_or_a_row() -> None:
    case = MadeUp()
    bad = '=HYPERLINK("https://example.org","x"),1\n+2'
    page, site = case.page(bad + " opened"), case.site("madrid")
    case.says(page, site, "service", bad, bad, BOTH)
    found = rows(dataset(book(case))["statements.csv"])
    assert len(found) == 2
    assert all(r["value"].startswith("'=") or r["value"] == "exists" for r in found)
    assert all(r["quote"].startswith("'=") for r in found)
