"""Pages that want to do harm: to the terminal, to the time of a build, to a spreadsheet. All are sealed."""

import csv
import io
import time
from pathlib import Path

import pytest
from running import ok, run

CONTROL = "\x1b[31m\x1b]0;owned\x07\u202e\u2066\u200f\x08\x9b31m"
WRITTEN = "&#27;[31m&#x202e;&#x2066;&#x200f;&#x9b;31m&#x61c;&#x2028;"  # as a page can hold them
HARMFUL = [c for c in CONTROL if not (c.isascii() and c.isprintable())] + ["\u061c", "\u2028"]


def page(title: str, body: str) -> str:
    return f"<html lang=en><head><title>{title}</title></head><body><article>{body}</article></body></html>"


def add(case: Path, folder: Path, *more: object, **files: str | bytes) -> None:
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name.replace("_", ".")).write_bytes(data)
    ok("add", "--case", case, *(folder / name.replace("_", ".") for name in files), *more)


def test_no_page_drives_the_terminal(empty: Path, tmp_path: Path) -> None:
    words = f"The police service station in Dublin {WRITTEN}was set up in 2018, the {WRITTEN} Lantern Watch said."
    text = page(f"Title{CONTROL} of it", f"<p>{words}</p>" + "<p>Nothing else was said on that day.</p>" * 200)
    name = f"page{CONTROL}.html"
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / name).write_text(text, encoding="utf-8")
    (tmp_path / "x" / "page.html").write_text(text, encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["file", "title", "outlet"], ["x/page.html", f"A{CONTROL}", f"Outlet{CONTROL}"]])
    said = [run("add", "--case", empty, "--manifest", sheet)]
    said += [run("add", "--case", empty, tmp_path / "x"), run("build", "--case", empty)]
    said += [run(*args, "--case", empty) for args in (("status",), ("count", "--explain"), ("count", "--sentence"))]
    said.append(run("count", "--support", "alleged", "--explain", "--case", empty))
    said.append(run("read", tmp_path / "x"))
    said.append(run("find", tmp_path / "x"))
    said.append(run("read", tmp_path / "none", tmp_path / f"none{CONTROL}"))
    assert any("Dublin" in one.out for one in said), said
    for one in said:
        for harmful in HARMFUL:
            assert harmful not in one.out.replace("\n", "")
            assert harmful not in one.err.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nested", "<div>" * 170_000 + "The station in Dublin has closed." + "</div>" * 170_000),
        ("unclosed", "<b><i><table><tr><td>" * 90_000),
        (
            "attributes",
            "<p " + " ".join(f"a{n}='{n}'" for n in range(5_000)) + ">The station in Dublin has closed.</p>",
        ),
        ("entities", "<p>" + "&amp;&lt;&#x4e2d;" * 120_000 + "</p>"),
        ("quotes", "<p>x " + "“" * 300_000 + "</p>"),
        ("blanks", "<p>x " + "&nbsp;" * 150_000 + "“</p>"),
        ("commas", "<p>the group said, " + "he said, " * 40_000 + "</p>"),
        ("digits", "<p>" + "9" * 1_000_000 + " stations</p>"),
        ("han", "<p>" + "据报道" * 4_000 + "</p>"),
        ("brackets", "(((((" * 100_000),
    ],
)
def test_two_megabytes_of_malice_take_seconds_and_are_read_or_listed(
    empty: Path, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / f"{name}.html").write_text(page(name, text), encoding="utf-8")
    (tmp_path / "good.txt").write_text("The police service station in Dublin has closed.\n", encoding="utf-8")
    start = time.monotonic()
    ran = run("add", "--case", empty, tmp_path / f"{name}.html", tmp_path / "good.txt")
    assert "2 added" in ran.out
    ran = run("build", "--case", empty)
    assert ran.code == 0
    assert "Traceback" not in ran.err
    assert time.monotonic() - start < 90  # a guard against hours, on any machine
    assert ran.out.startswith(("2 documents, 0 unread", "1 documents, 1 unread"))
    assert run("verify", "--case", empty).code == 0


def test_a_page_that_no_reader_can_read_stays_sealed_and_is_listed(empty: Path, tmp_path: Path) -> None:
    add(empty, tmp_path, good_txt="The police service station in Dublin has closed.\n", odd_html="<html></html>")
    ran = run("build", "--case", empty)
    assert ran.code == 0
    assert "1 unread" in ran.out
    assert ran.complaint.startswith("overt: unread ")
    assert "unread" in ok("status", "--case", empty)
    assert "2 captures" in ok("status", "--case", empty)
    assert run("verify", "--case", empty).code == 0
    again = run("build", "--case", empty)
    assert again.out == ran.out  # a capture is read once: also one that could not be


def test_no_cell_of_a_sheet_is_a_formula(empty: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    rows = [["file", "title", "outlet", "published"]]
    for number, lead in enumerate(("=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", " =1", "\r=1", "\uff1d1")):
        text = f"The police service station in Dublin was set up in 201{number}.\n\n{lead} said the Lantern Watch.\n"
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        rows.append([f"{number}.txt", lead, lead, "2022"])
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    ok("add", "--case", empty, "--manifest", sheet)
    ok("build", "--case", empty)
    ok("publish", "--draft", tmp_path / "draft", "--case", empty)
    tables = [ok("export", what, "--format", "csv", "--case", empty) for what in ("statements", "entities", "facts")]
    tables += [p.read_text("utf-8") for p in sorted((tmp_path / "draft").rglob("*.csv"))]
    for table in tables:
        for row in csv.reader(io.StringIO(table, newline="")):
            for cell in row:
                assert not cell.lstrip(" \u00a0\n").startswith(("=", "+", "@", "\t", "\r")), cell
                assert not cell.startswith("-") or cell == "-", cell
