"""Where knowledge comes from and where it is missing, as the command line tells it of the demonstration case."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import demo, ok, run


def test_each_page_of_an_origin_is_listed_and_fifty_copies_are_one_root() -> None:
    case = demo()
    found = json.loads(ok("origins", "--json", "--case", case))
    assert found[0]["pages"]
    assert len(found[0]["pages"]) > 5
    shown = ok("origins", "--case", case)
    assert f"{len(found)} separate roots as far as traced" in shown
    assert found[0]["pages"][0]["address"] in ok("origins", "--members", "--case", case)


def test_the_origins_of_one_entity_are_fewer() -> None:
    case = demo()
    row = json.loads(ok("count", "sites", "--json", "--case", case))["rows"][0]
    entity = row["parts"][0]["entity"]
    of_one = json.loads(ok("origins", entity[:12], "--json", "--case", case))
    assert 0 < len(of_one) < len(json.loads(ok("origins", "--json", "--case", case)))
    ran = run("origins", "zz9999", "--case", case)
    assert ran.code == 2
    assert "no entity or fact begins" in ran.complaint


def test_gaps_tell_what_was_not_looked_at_apart_from_what_was_looked_at_in_vain() -> None:
    case = demo()
    found = json.loads(ok("gaps", "--json", "--case", case))
    assert any(gap.get("entity") for gap in found)
    assert {gap["country"] for gap in found} >= {"AU", "IE"}
    for gap in found:
        assert not set(gap["silent"]) & set(gap["unseen"])
    assert "not looked at" in ok("gaps", "--case", case)


def test_what_is_not_counted_is_a_list_with_reasons() -> None:
    case = demo()
    found = json.loads(ok("count", "sites", "--not-counted", "--json", "--case", case))
    assert {"entry", "conflation"} & {x["what"] for x in found}
    assert all(x["reason"] for x in found)
    assert f"{len(found)} left out" in ok("count", "sites", "--not-counted", "--case", case)
