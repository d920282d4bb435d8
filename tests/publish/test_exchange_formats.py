"""The formats of others: what their own programs accept, with the same statements, and nothing that is withheld."""

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


def test_how_to_cite_it_is_one_value_a_line() -> None:
    lines = dataset(book(example()))[CITATION].decode("utf-8").splitlines()
    assert lines[0] == "cff-version: 1.2.0"
    assert any(line.startswith("title: ") for line in lines)
    assert all(": " in line or line == "authors:" for line in lines)
