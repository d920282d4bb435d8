"""Nothing silent: a page in which nothing was found for a reason says the reason in `overt status`."""

from pathlib import Path

from running import ok

ELSEWHERE = """Polizeistation in Wien eröffnet

In Wien hat die Polizei eine neue Polizeistation eröffnet. Die Station in Wien liegt im zweiten Bezirk, sagte das
Innenministerium in Österreich.
"""


def test_a_page_about_something_else_is_told(tmp_path: Path) -> None:
    case = tmp_path / "case"
    (tmp_path / "wien.txt").write_text(ELSEWHERE, encoding="utf-8")
    ok("init", case, "--profile", "overseas-stations")
    ok("add", "--case", case, tmp_path / "wien.txt")
    ok("build", "--case", case)
    assert "about something else" in ok("status", "--case", case)
    told = ok("status", "--list", "remarks", "--case", case)
    assert told.startswith("wien.txt  off subject: taken to be about something else")
    before = ok("status", "--list", "remarks", "--case", case)
    ok("build", "--case", case)  # what was found before says the same
    assert ok("status", "--list", "remarks", "--case", case) == before
