"""Working exports: rows of plain values, in order, and cells that no spreadsheet runs."""

import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from overt.model import Registry
from overt.review import as_csv, jsonl, rows
from overt.review.export import WHAT, safe_cell

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=6), JSON, max_size=4), max_size=4))
def test_lines_come_back_as_they_were_with_sorted_keys(lines: list[dict]) -> None:
    text = jsonl(lines)
    assert [json.loads(line) for line in text.split("\n") if line] == lines
    assert text.count("\n") == len(lines)


@given(st.text(max_size=20))
@example("=1+1")
@example("  @x")
@example("\u00a0=1")
@example("\n-1")
@example("\t")
def test_no_cell_is_a_formula_and_none_loses_a_character(value: str) -> None:
    cell = safe_cell(value)
    assert not cell.lstrip(" \u00a0\n").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (value, "'" + value)


def test_nested_values_get_a_column_each_and_lists_stay_json() -> None:
    table = as_csv([{"a": {"b": 1, "c": [1, 2]}, "d": None}, {"a": {"b": 2, "c": []}, "e": True}])
    assert list(csv.reader(io.StringIO(table, newline=""))) == [
        ["a.b", "a.c", "d", "e"],
        ["1", "[1,2]", "", ""],
        ["2", "[]", "", "True"],
    ]


@pytest.mark.parametrize("what", WHAT[:3])
def test_rows_stand_in_order_of_their_ids(registry: Registry, what: str) -> None:
    ids = [row["id"] for row in rows(registry, what, with_implied=True)]
    assert ids
    assert ids == sorted(set(ids))


def test_support_is_exported_as_its_word(registry: Registry) -> None:
    words = {row["support"] for row in rows(registry, "facts")}
    assert words <= {"none", "alleged", "reported", "corroborated", "confirmed"}
    assert len(words) >= 3


def test_facts_name_statements_that_are_exported_too(registry: Registry) -> None:
    known = {row["id"]: row for row in rows(registry, "statements", with_implied=True)}
    for fact in rows(registry, "facts"):
        for statement in fact["affirming"]:
            assert known[statement]["fact"] == fact["id"]
        assert {c["statement"] for c in fact["against"]} <= known.keys()
