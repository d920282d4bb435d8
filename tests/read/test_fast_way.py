"""The fast way of reading pages is a choice of the case, with readings of its own."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import ok

PAGE = "<html><head><title>Ferry</title></head><body><h1>Ferry</h1>" + "<p>The ferry leaves at nine each day.</p>" * 9
PAGE += "</body></html>"


def test_a_case_that_names_it_reads_in_the_fast_way_and_goes_on_so(tmp_path: Path) -> None:
    case = tmp_path / "case"
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    ok("init", case, "--profile", "overseas-stations")
    settings = case / "overt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[readers]", '[readers]\nhtml-fast = "6"', 1), encoding="utf-8", newline="\n")
    ok("add", "--case", case, tmp_path / "ferry.html")
    assert "1 documents, 0 unread" in ok("build", "--case", case)
    assert [p.name.partition(".")[2] for p in (case / "readings").rglob("*.json")] == ["html-fast-6.json"]
    assert "0 broken" in ok("verify", "--case", case)
    ok("reread", "--case", case)
    assert "1 documents, 0 unread" in ok("build", "--case", case)
    assert len(list((case / "readings").rglob("*.json"))) == 1
