"""The formats of others: what their own programs accept, with the same statements, and nothing that is withheld."""

import csv
import json
from typing import Any

from made_up import BOTH, example
from reading import book

from overt.publish.dataset import dataset
from overt.publish.exchange import ANNOTATIONS, CITATION, ENTITIES


def _lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def _files() -> dict[str, bytes]:
    case = example()
    page = case.page("The ministry said that no station exists in the city.", outlet="Denying Post")
    site = case.site("denied", place="geonames:1")
    case.says(page, site, "existence", "no station exists", "no station exists", BOTH, normal="yes", stance="denies")
    return dataset(book(case))


def test_entities_are_what_followthemoney_takes_for_valid() -> None:
    from followthemoney import model

    entities = _lines(dataset(book(example()))[ENTITIES])
    assert {one["schema"] for one in entities} == {"Organization", "Article", "Note", "Documentation"}
    for one in entities:
        proxy = model.get_proxy(one, cleaned=False)
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value) or prop.type.name == "entity", (one["schema"], prop.name, value)
        model.get(one["schema"]).validate(one)


def test_entities_bind_each_statement_to_its_entry_and_page() -> None:
    data = dataset(book(example()))
    entities = {one["id"]: one for one in _lines(data[ENTITIES])}
    for row in _lines(data["statements.jsonl"]):
        note = entities[row["id"]]
        assert note["properties"]["entity"] == [row["subject"]["entity"]]
        assert entities[row["subject"]["entity"]]["schema"] == "Organization"
        assert row["stance"] in note["properties"]["summary"][0]
    for one in entities.values():
        for end in ("entity", "document"):
            assert all(target in entities for target in one["properties"].get(end, ()))


def test_each_quote_is_an_annotation_with_the_words_of_the_page() -> None:
    data = dataset(book(example()))
    rows = {row["id"]: row for row in _lines(data["statements.jsonl"])}
    annotations = _lines(data[ANNOTATIONS])
    assert len(annotations) == len(rows)
    for one in annotations:
        row = rows[one["id"].rpartition(":")[2]]
        selectors = {s["type"]: s for s in one["target"]["selector"]}
        place = selectors["TextPositionSelector"]
        assert (place["start"], place["end"]) == (row["quote"]["start"], row["quote"]["end"])
        if "TextQuoteSelector" in selectors:
            assert selectors["TextQuoteSelector"]["exact"] == row["quote"]["exact"]
            assert len(row["quote"]["exact"]) == place["end"] - place["start"]


def test_a_denial_is_in_every_format() -> None:
    data = _files()
    denied = [row["id"] for row in _lines(data["statements.jsonl"]) if row["stance"] == "denies"]
    assert denied
    for identifier in denied:
        for name in (ANNOTATIONS, ENTITIES, "statements.csv", "statements.jsonl"):
            lines = [line for line in data[name].decode("utf-8").splitlines() if identifier in line]
            assert any("denies" in line for line in lines), name
    entries = {row["subject"]["entity"] for row in _lines(data["statements.jsonl"]) if row["stance"] == "denies"}
    points = {one["id"]: one["properties"] for one in json.loads(data["sites.geojson"])["features"]}
    rows = {row["id"]: row for row in csv.DictReader(data["sites.csv"].decode("utf-8").splitlines())}
    organisations = {one["id"]: one["properties"] for one in _lines(data[ENTITIES])}
    for entry in entries:
        assert "denies" in rows[entry]["denied"]
        assert entry not in points or points[entry]["denied"] == rows[entry]["denied"]
        assert any(note.startswith("denied: ") for note in organisations[entry]["notes"])


def test_a_finding_stands_in_the_row_and_at_the_point_of_its_entry() -> None:
    case = example()
    page = case.page("The inquiry ended without charges, the police said.", outlet="Found Post", published="2023-05-01")
    site = case.site("looked at", place="geonames:1")
    finding = next(name for name, rule in case.profile.properties.items() if rule.finding)
    case.says(page, site, finding, "ended without charges", "ended without charges", BOTH)
    data = dataset(book(case))
    rows = [row for row in csv.DictReader(data["sites.csv"].decode("utf-8").splitlines()) if row["findings"]]
    assert any("ended without charges" in row["findings"] and "2023-05-01" in row["findings"] for row in rows)


def test_how_to_cite_it_is_one_value_a_line() -> None:
    lines = dataset(book(example()))[CITATION].decode("utf-8").splitlines()
    assert lines[0] == "cff-version: 1.2.0"
    assert any(line.startswith("title: ") for line in lines)
    assert all(": " in line or line == "authors:" for line in lines)
