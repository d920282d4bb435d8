"""A second subject goes the whole way by its data alone: nothing of a subject is in code."""

import ast
import json
import sys
from pathlib import Path

import pytest

from overt.model import VoiceKind
from overt.profile import find_profile, load, shipped

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
from running import ok, run

SOURCE = Path(__file__).resolve().parents[2] / "src" / "overt"
# Kinds that are words of the engine too: kinds of voices, and what names of institutions are made of.
GENERAL = {"organisation", "mission", "hotline"}
OTHER_SUBJECT = ("police", "dissident", "警务", "警方", "overseas")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts that ship with the second profile, built and judged by two handles."""
    folder = tmp_path_factory.mktemp("second") / "case"
    ok("init", folder, "--profile", "detention-sites")
    texts = Path(str(find_profile("detention-sites"))) / "texts"
    assert "6 added" in ok("add", "--case", folder, "--manifest", texts / "sheet.csv")
    ok("build", "--case", folder)
    return folder


def statements(case: Path) -> list[dict]:
    return [json.loads(line) for line in run("export", "statements", "--case", case).out.splitlines()]


def the(case: Path, file: str, prop: str, stance: str) -> list[str]:
    """The bodies or roles that say so, with the words of the value's code."""
    found = [
        s for s in statements(case) if (s["file"].startswith(file) and s["property"] == prop and s["stance"] == stance)
    ]
    return [v["organisation"] or v["role"] or v["speaker"] for v in (s["attribution"][0] for s in found)]


def test_who_says_what_is_found_in_three_languages(case: Path) -> None:
    assert the(case, "kiesel-bote", "operator", "states") == ["Associated Press"]
    assert the(case, "kiesel-bote", "existence", "denies") == ["Behörde"]
    assert the(case, "lettre-des-galets", "existence", "states") == ["Cour européenne des droits de l'homme"]
    assert the(case, "gravel-gazette", "existence", "denies") == ["Romania"]
    assert "president" in the(case, "shingle-street", "existence", "denies")


def test_what_an_inquiry_did_not_find_is_denied_and_never_stated(case: Path) -> None:
    assert the(case, "shingle-street", "host_finding", "states") == ["national security committee"]
    assert the(case, "shingle-street", "activity", "denies") == ["national security committee"]


def test_sites_are_counted_groups_and_look_alikes_are_not(case: Path) -> None:
    counted = run("count", "sites", "--case", case, "--explain").out
    assert counted.startswith("2 - detention_site")
    assert "Reported detention site in Bucharest, Romania" in counted
    assert "Reported detention site in Vilnius, Lithuania" in counted
    left = run("count", "sites", "--case", case, "--not-counted").out
    assert "acknowledged from the start" in left
    assert "Reported detention sites in Poland" in left


def test_it_is_published_in_its_own_words(case: Path) -> None:
    for s in statements(case):
        if s["property"] in ("located_in", "existence") and not s["implied"]:
            ok("judge", "accept", s["id"], "--as", "tester", "--why", "the words say so", "--case", case, "--no-build")
    ok("build", "--case", case)
    ok("publish", "--case", case, "--as", "tester")
    site = case / "releases" / "1" / "public"
    start = (site / "index.html").read_text(encoding="utf-8")
    assert "Reported detention sites" in start
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        text = page.read_text(encoding="utf-8").lower()
        assert not [word for word in OTHER_SUBJECT if word in text], page.name


@pytest.mark.parametrize("name", sorted(shipped()))
def test_no_kind_and_no_watchdog_of_a_profile_stands_in_code(name: str) -> None:
    profile = load(find_profile(name))
    kinds = set(profile.kinds) - GENERAL
    watchdogs = {n for v in profile.voices.values() if v.kind == VoiceKind.WATCHDOG for n in v.names if len(n) > 4}
    for path in sorted(SOURCE.rglob("*.py")):
        if "demo" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
                assert node.value not in kinds, f"{path.name}, line {node.lineno}"
                assert not any(w in node.value for w in watchdogs), f"{path.name}, line {node.lineno}"
