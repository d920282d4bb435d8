"""What is kept from one release to the next saves work and changes no byte; nor does it matter which process works."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from made_up import BOTH, WATCH, MadeUp, example, lookup
from reading import TOY

from overt.model import CaseError
from overt.protect import clear
from overt.publish import Release, hands, jobs, kept, make_book, publish
from overt.publish.entry import Entry, Frame, entry_of, entry_pages, frame_of
from overt.publish.hands import Hands
from overt.publish.labels import Labels
from overt.publish.notices import notices
from overt.publish.offered import put_up
from overt.publish.words import LANGUAGES, catalogue

KEPT = "kept"


def sign(_data: bytes) -> bytes:
    return b"untrusted comment: made up\n"


def make(folder: Path, case: MadeUp, keeps: bool = True) -> Release:
    return publish(
        folder / "releases",
        case.build(),
        case.profile,
        TOY,
        sign,
        lookup=lookup,
        kept=folder / KEPT if keeps else None,
    )


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by the id of each entry that is drawn."""
    found: list[str] = []

    def drawing(entry: Entry, frame: Frame) -> dict[str, bytes]:
        found.append(entry.things[0].id)
        return entry_pages(entry, frame)

    monkeypatch.setattr(jobs, "entry_pages", drawing)
    return found


def nothing(_case: MadeUp, _folder: Path) -> None:
    pass


def one_judgement_more(case: MadeUp, _folder: Path) -> None:
    said = next(s for s in case.statements if s.property == "service" and not s.implied)
    page = case.page("A third office in Glasgow renews licences, Station Watch said.", published="2023-01-02")
    case.says(page, said.subject.entity or "", "service", "renews licences", "renews licences", BOTH, voice=WATCH)


def one_undo(case: MadeUp, _folder: Path) -> None:
    accepted = next(line for line in case.judgements if line.verb == "accept")
    case.judge("undo", accepted.id, accepted.handle)
    case.judgements = [line for line in case.judgements if line.id != accepted.id]  # its standing, without the rules


def one_withdrawal(case: MadeUp, folder: Path) -> None:
    taken = next(s for s in case.statements if s.property == "opened" and not s.implied)
    case.judge("withhold", taken.id, "demo-1", notice="withdrawn", number="1", day="2023-01-05", reason="error")
    put_up(folder / "releases", notices(case.judgements), sign)


def another_label(case: MadeUp, _folder: Path) -> None:
    kinds = {**case.profile.kinds}
    kinds["hotline"] = msgspec.structs.replace(kinds["hotline"], label={"en": "Telephone line", "zh": "电话"})
    case.profile = msgspec.structs.replace(case.profile, kinds=kinds)


def a_name_that_may_stand(case: MadeUp, _folder: Path) -> None:
    for handle in BOTH:
        case.judge("ground", "Golden Dragon Association", handle)


def a_dispute(case: MadeUp, _folder: Path) -> None:
    said = next(s for s in case.statements if s.property == "service" and not s.implied)
    case.judge("dispute", said.id, "demo-1", notice="disputed", number="1", day="2023-01-05", reason="dispute")


def a_torn_file(_case: MadeUp, folder: Path) -> None:
    if (folder / KEPT).exists():
        data = (folder / KEPT).read_bytes()
        (folder / KEPT).write_bytes(data[: len(data) // 2])


def a_flipped_bit(_case: MadeUp, folder: Path) -> None:
    if (folder / KEPT).exists():
        data = bytearray((folder / KEPT).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / KEPT).write_bytes(bytes(data))


def a_folder_in_its_place(_case: MadeUp, folder: Path) -> None:
    if (folder / KEPT).exists():
        (folder / KEPT).unlink()
        (folder / KEPT).mkdir()


CHANGES = (
    nothing,
    one_judgement_more,
    one_undo,
    one_withdrawal,
    another_label,
    a_name_that_may_stand,
    a_dispute,
    a_torn_file,
    a_flipped_bit,
    a_folder_in_its_place,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_with_what_was_kept_and_without_every_byte_is_the_same(
    change: Callable[[MadeUp, Path], None], tmp_path: Path
) -> None:
    keeps, clean = tmp_path / "keeps", tmp_path / "clean"
    case, same = example(), example()
    for folder, one, is_kept in ((keeps, case, True), (clean, same, False)):
        make(folder, one, is_kept)
        change(one, folder)
        make(folder, one, is_kept)
        one_judgement_more(one, folder)
        make(folder, one, is_kept)
    assert files(keeps / "releases") == files(clean / "releases")


def test_a_withdrawal_changed_something_to_compare(tmp_path: Path) -> None:
    case = example()
    make(tmp_path, case)
    before = files(tmp_path / "releases" / "1")
    one_withdrawal(case, tmp_path)
    assert files(tmp_path / "releases" / "1") != before
    assert make(tmp_path, case).number == 2


def test_only_what_changed_is_drawn_and_written(tmp_path: Path, drawn: list[str]) -> None:
    case = example()
    make(tmp_path, case)
    assert len(drawn) == len(set(drawn)) > 3
    drawn.clear()
    assert make(tmp_path, case).number is None
    assert drawn == []
    one_judgement_more(case, tmp_path)
    assert make(tmp_path, case).number == 2
    entity = case.statements[-1].subject.entity
    assert entity in drawn
    assert len(drawn) < 3  # the entry that is told of, and one beside it in its row
    one, two = tmp_path / "releases" / "1" / "public", tmp_path / "releases" / "2" / "public"
    shared = {path for path in files(two) if (one / path).exists() and (two / path).samefile(one / path)}
    assert {path for path, data in files(two).items() if files(one).get(path) == data} == shared
    assert "static/overt.css" in shared


def test_a_page_that_was_changed_in_the_last_release_is_drawn_again(tmp_path: Path, drawn: list[str]) -> None:
    case = example()
    made = make(tmp_path, case)
    assert made.folder is not None
    page = next((made.folder / "public" / "en" / "sites").glob("*.html"))
    page.write_bytes(b"something else")
    (made.folder / "public" / "static" / "overt.css").write_bytes(b"")
    drawn.clear()
    one_judgement_more(case, tmp_path)
    make(tmp_path, case)
    clean = tmp_path / "clean"
    again = example()
    make(clean, again, keeps=False)
    one_judgement_more(again, clean)
    make(clean, again, keeps=False)
    assert files(tmp_path / "releases" / "2") == files(clean / "releases" / "2")
    assert page.read_bytes() == b"something else"


def test_a_notice_in_one_release_changes_none_of_the_files_that_it_shares(tmp_path: Path) -> None:
    case = example()
    make(tmp_path, case)
    one_judgement_more(case, tmp_path)
    make(tmp_path, case)
    one, two = tmp_path / "one" / "releases" / "1", tmp_path / "releases" / "2"
    one.parent.mkdir(parents=True)
    (tmp_path / "releases" / "1").rename(one)
    before = files(two)
    assert any(path.samefile(two / path.relative_to(one)) for path in one.rglob("sites/*.html"))
    one_withdrawal(case, tmp_path / "one")
    assert (one / "WITHDRAWN").exists()
    assert files(two) == before


def test_another_version_of_the_code_recalls_nothing(
    tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = example()
    make(tmp_path, case)
    many = len(drawn)
    drawn.clear()
    monkeypatch.setattr("overt.publish.workshop.made_by", lambda: "another")
    assert make(tmp_path, case).number is None
    assert len(drawn) == many


def test_what_is_kept_holds_no_words(tmp_path: Path) -> None:
    case = example()
    make(tmp_path, case)
    data = (tmp_path / KEPT).read_bytes()
    words = {word for d in case.documents.values() for word in d.text.split() if len(word) > 5}
    assert not [word for word in sorted(words) if word.encode() in data]


def test_the_hash_of_the_code_covers_templates_and_catalogues() -> None:
    assert {"publish", "protect"} <= set(kept._ROOMS)
    assert len(kept.made_by()) == 64


def prepared(case: MadeUp) -> tuple[bytes, list[Entry]]:
    book = make_book(clear(case.build(), case.profile, lookup=lookup), case.profile, TOY)
    labels = {language: Labels(book, catalogue(language)) for language in LANGUAGES}
    return msgspec.msgpack.encode(frame_of(book)), [entry_of(book, thing, labels) for thing in book.things]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were always enough to do for other processes."""
    monkeypatch.setattr(hands, "_TEXTS", 1)
    monkeypatch.setattr(hands, "_ENTRIES", 1)
    monkeypatch.setattr(hands, "_LOT", 2)


@pytest.mark.usefixtures("busy")
def test_a_release_made_by_several_processes_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "many", example())
    monkeypatch.setattr(hands, "processors", lambda: 1)
    make(tmp_path / "one", example())
    assert files(tmp_path / "many" / "releases") == files(tmp_path / "one" / "releases")


def interrupted(frame: bytes, entries: list[Entry], children: list["subprocess.Popen[bytes]"]) -> None:
    with Hands(2) as working:
        working.draw(frame, entries * 40)
        children += working._children
        raise KeyboardInterrupt


@pytest.mark.usefixtures("busy")
def test_no_child_is_left_behind_however_the_work_ends() -> None:
    frame, entries = prepared(example())
    with Hands(2) as working:
        list(working.draw(frame, entries))
        children = list(working._children)
        assert len(children) == 2
    assert all(child.returncode is not None for child in children)
    with pytest.raises(KeyboardInterrupt):
        interrupted(frame, entries, children)
    assert len(children) == 4
    assert all(child.returncode is not None for child in children)


@pytest.mark.usefixtures("busy")
def test_a_child_that_dies_or_fails_is_told_in_one_line() -> None:
    frame, entries = prepared(example())
    with Hands(2) as working:
        drawing = working.draw(frame, entries * 20)
        for child in working._children:
            child.kill()
        with pytest.raises(CaseError, match="ended before its time") as died:
            list(drawing)
    assert "\n" not in str(died.value)
    with Hands(2) as working:
        drawing = working.draw(b"nonsense", entries)
        with pytest.raises(CaseError, match="nothing was published: ") as failed:
            list(drawing)
    assert "\n" not in str(failed.value)
