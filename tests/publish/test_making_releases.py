"""A release is whole or not there, and says what it brought; a draft is no release."""

import json
from pathlib import Path

import pytest
from made_up import BOTH, WATCH, MadeUp, example, lookup
from reading import TOY, parsed

from overt.model import CaseError, InputError
from overt.publish import Release, draft, publish
from overt.publish.manifest import Outcome, check, parse
from overt.publish.release import DRAFT_MARK, numbers

SIGNATURE = b"untrusted comment: made up\n"


def make(folder: Path, case: MadeUp) -> Release:
    return publish(folder / "releases", case.build(), case.profile, TOY, lambda data: SIGNATURE, lookup=lookup)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_case_without_judgements_makes_no_release_and_says_what_is_missing(tmp_path: Path) -> None:
    case = example()
    case.judgements = []
    made = make(tmp_path, case)
    assert (made.number, made.folder) == (None, None)
    assert "no statement has been accepted" in made.why
    assert {m.code for m in made.missing} == {"unjudged"}
    assert not (tmp_path / "releases").exists()


def test_a_first_release_is_whole_and_intact(tmp_path: Path) -> None:
    made = make(tmp_path, example())
    assert made.number == 1
    assert made.folder == tmp_path / "releases" / "1"
    assert (made.low, made.high, made.rows) == (2, 3, 2)
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == ["1"]
    outcomes = {c.what: c.outcome for c in check(made.folder)}
    assert Outcome.BROKEN not in outcomes.values()
    assert outcomes["MANIFEST.minisig"] is Outcome.NOT_CHECKED
    manifest = parse((made.folder / "MANIFEST").read_bytes())
    assert manifest.as_of == "2022-12-01"
    assert set(manifest.files) | {"MANIFEST", "MANIFEST.minisig"} == set(files(made.folder))


def test_where_nothing_changed_no_release_is_made(tmp_path: Path) -> None:
    make(tmp_path, example())
    before = files(tmp_path)
    made = make(tmp_path, example())
    assert made.number is None
    assert "nothing changed since release 1" in made.why
    assert files(tmp_path) == before


def test_the_number_stands_on_the_page_of_changes_and_in_manifest_alone(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    make(one, example())
    small = example()
    small.statements.pop()
    make(two, small)
    make(two, example())
    a, b = files(one / "releases" / "1"), files(two / "releases" / "2")
    assert {p for p in a if a[p] != b[p]} == {"MANIFEST", "public/en/changes.html", "public/zh/changes.html"}


def test_a_second_release_names_the_first_and_what_changed(tmp_path: Path) -> None:
    case = example()
    make(tmp_path, case)
    page = case.page("A third office in Glasgow opened in 2020.", outlet="Example Post", published="2023-01-02")
    site = case.site("glasgow 2", place="geonames:2", country="GB")
    case.says(page, site, "opened", "2020", "opened in 2020", BOTH, normal="2020", voice=WATCH)
    taken = next(s for s in case.statements if s.property == "name" and s.language == "zh-Hans")
    case.judge("withhold", taken.id, "demo-1")
    made = make(tmp_path, case)
    assert made.number == 2
    assert made.folder is not None
    outcomes = {c.what: c for c in check(made.folder)}
    assert outcomes["previous release"].outcome is Outcome.INTACT
    page_of = parsed({"changes.html": (made.folder / "public/en/changes.html").read_bytes()})["changes.html"]
    assert [h.text_content() for h in page_of.xpath("//h2")] == ["Release 2", "Release 1"]
    for anchor, length in (("added-2", 1), ("s-added-2", 1), ("s-removed-2", 1)):
        assert len(page_of.xpath(f"//*[@data-in='{anchor}']")) == length
    # What was taken away is named by its opaque id, and its words do not come back.
    assert taken.id[:12] in page_of.text_content()
    assert (tmp_path / "releases" / "1").is_dir()


def test_a_run_that_was_killed_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    half = tmp_path / "releases" / ".1.part"
    half.mkdir(parents=True)
    (half / "half").write_text("half", encoding="utf-8")
    assert numbers(tmp_path / "releases") == []
    made = make(tmp_path, example())
    assert made.number == 1
    assert not half.exists()


def test_a_failing_signature_leaves_no_release(tmp_path: Path) -> None:
    def fail(data: bytes) -> bytes:
        raise CaseError("no key")

    case = example()
    with pytest.raises(CaseError, match="no key"):
        publish(tmp_path / "releases", case.build(), case.profile, TOY, fail, lookup=lookup)
    assert numbers(tmp_path / "releases") == []


def test_a_broken_last_release_is_no_ground_to_build_on(tmp_path: Path) -> None:
    make(tmp_path, example())
    (tmp_path / "releases" / "1" / "MANIFEST").write_bytes(b"nonsense")
    with pytest.raises(CaseError, match="releases/1 cannot be read"):
        make(tmp_path, example())


def make_draft(case: MadeUp, root: Path, out: Path) -> Release:
    return draft(root, out, case.build(), case.profile, TOY, lookup=lookup)


def test_a_draft_holds_unjudged_rows_is_unsigned_and_marked(tmp_path: Path) -> None:
    case = example()
    case.judgements = []
    made = make_draft(case, tmp_path, tmp_path / "look")
    assert made.number is None
    assert made.low == 2
    out = files(tmp_path / "look")
    assert DRAFT_MARK in out
    assert not any(name.startswith("MANIFEST") for name in out)
    for path, page in parsed(out).items():
        assert "DRAFT" in page.xpath("//div[@class='banner']")[0].text_content(), path
    assert b"nobody has judged" in out["en/register.html"] or b"Nobody has judged" in b"".join(out.values())
    make_draft(case, tmp_path, tmp_path / "look")
    assert files(tmp_path / "look") == out


@pytest.mark.parametrize("where", ["releases", "releases/9", "releases/9/deep", ".", "..", "full", "file"])
def test_a_draft_is_refused_where_it_does_not_belong(tmp_path: Path, where: str) -> None:
    case = tmp_path / "case"
    (case / "releases").mkdir(parents=True)
    (case / "full").mkdir()
    (case / "full" / "notes.txt").write_text("mine", encoding="utf-8")
    (case / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError):
        make_draft(example(), case, case / where)
    assert (case / "full" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert list((case / "releases").iterdir()) == []


def test_a_link_into_releases_does_not_help(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    try:
        (tmp_path / "look").symlink_to(tmp_path / "releases", target_is_directory=True)
    except OSError:
        pytest.skip("this file system makes no links")
    with pytest.raises(InputError, match="cannot lie under"):
        make_draft(example(), tmp_path, tmp_path / "look" / "x")


def test_a_view_of_an_earlier_day_holds_only_what_was_said_by_then(tmp_path: Path) -> None:
    case = example()
    days = sorted({s.published for s in case.statements if s.published})
    made = publish(
        tmp_path / "releases", case.build(), case.profile, TOY, lambda data: SIGNATURE, lookup=lookup, as_of=days[0]
    )
    assert made.folder is not None
    rows = (made.folder / "public" / "data" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(row)["published"] for row in rows} == {days[0]}
