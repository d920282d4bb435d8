"""What is added is sealed once, logged, found again, and verified; what cannot be is refused and stops nothing."""

import gzip
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from loopback import Answers, Server, serving
from overt.capture import Input, Verdict, add, input_of, logged, payload, repair, sealed, sightings, verify
from overt.capture.open import open_file
from overt.case import Case, init, open_case
from overt.ledger import append, key_of
from overt.model import CaseError, CheckFailedError, Outcome, Receipt, Unread, sha256
from overt.read import reading

Clock = Callable[[], datetime]
ZH = "福州市公安局宣布第一批三十个海外服务站已经设立，分布在二十一个国家的二十五个城市。"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def outcomes(receipts: list[Receipt]) -> list[str]:
    return [str(receipt.outcome) for receipt in receipts]


def verdicts(case: Case) -> Counter[str]:
    return Counter(str(item.verdict) for item in verify(case).items)


def test_a_file_is_sealed_and_its_bytes_come_back(case: Case, clock: Clock, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", ZH.encode("gb18030"))
    item = Input(path=path, name="texts/a.txt", outlet="The Outlet", published="2022-10", notes={"who": "me"})
    (receipt,) = add(case, [item], clock)
    assert receipt.outcome is Outcome.ADDED
    assert receipt.capture == sha256(path.read_bytes())
    (sighting,) = sightings(case)
    assert sighting.address == sighting.file == "texts/a.txt"
    assert (sighting.media_type, sighting.charset, sighting.outlet) == ("text/plain", "gb18030", "The Outlet")
    assert sighting.seen == "2022-10-13T08:00:00Z"
    assert sighting.notes == {"who": "me"}
    assert payload(case, sighting.capture) == path.read_bytes()
    assert verdicts(case) == {"intact": 3}


def test_the_sealed_file_is_a_valid_warc_with_digests_in_sha256(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "words"))], clock))
    path = sealed(case)[0].path
    with path.open("rb") as file:
        records = []
        for record in ArchiveIterator(file, check_digests="raise"):
            headers = record.rec_headers
            assert headers.get_header("WARC-Block-Digest").startswith("sha256:")
            assert headers.get_header("WARC-Payload-Digest").startswith("sha256:")
            records.append((record.rec_type, headers.get_header("Content-Type"), record.content_stream().read()))
    assert [kind for kind, _, _ in records] == ["warcinfo", "metadata", "metadata", "resource"]
    assert records[-1][2] == b"words"
    assert b"sha1" not in gzip.decompress(path.read_bytes())


def test_equal_inputs_at_equal_times_give_equal_bytes(tmp_path: Path, case: Case, clock: Clock) -> None:
    at = clock()
    path = write(tmp_path, "a.txt", "words")
    list(add(case, [Input(path=path)], lambda: at))
    other = init(tmp_path / "other", tmp_path / "profiles" / "small")
    list(add(other, [Input(path=path)], lambda: at))
    assert sealed(case)[0].path.read_bytes() == sealed(other)[0].path.read_bytes()


def test_the_same_again_is_already_there_and_elsewhere_is_seen_again(case: Case, clock: Clock, tmp_path: Path) -> None:
    one = Input(path=write(tmp_path, "a.txt", "words"), outlet="One")
    two = Input(path=write(tmp_path, "b.txt", "words"), outlet="Two")
    three = msgspec.structs.replace(one, published="2022")
    assert outcomes(list(add(case, [one, one, two, three], clock))) == [
        "added",
        "already there",
        "seen again",
        "seen again",
    ]
    assert outcomes(list(add(case, [three, two, one], clock))) == ["already there"] * 3
    rows = sightings(case)
    assert len(rows) == 3
    assert len({row.capture for row in rows}) == 1
    repeated = [item for item in sealed(case) if item.obtained.is_repeated]
    assert len(repeated) == 2
    with repeated[0].path.open("rb") as file:
        last = list(ArchiveIterator(file, check_digests="raise"))[-1]
    assert last.rec_type == "revisit"
    assert last.rec_headers.get_header("WARC-Profile").endswith("identical-payload-digest")
    assert last.rec_headers.get_header("WARC-Refers-To-Date") == "2022-10-13T08:00:00Z"
    assert payload(case, rows[0].capture) == b"words"
    assert verify(case).exit_code == 0


def test_a_page_of_the_web_is_sealed_with_its_heads(case: Case, clock: Clock, site) -> None:  # type: ignore[no-untyped-def]
    page = b"<html><body><p>A reported site.</p></body></html>"
    site.pages["/page"] = ("text/html; charset=utf-8", page)
    receipts = list(add(case, [input_of(site.url + "/moved"), input_of(site.url + "/none")], clock))
    assert outcomes(receipts) == ["added", "refused"]
    assert "404" in (receipts[1].reason or "")
    (item,) = sealed(case)
    assert item.sighting.address == item.sighting.url == site.url + "/moved"
    assert item.sighting.final_url == site.url + "/page"
    assert item.obtained.server_ip == "127.0.0.1"
    assert [(hop.status, hop.location) for hop in item.obtained.redirects] == [(301, "/page")]
    assert item.obtained.server_date
    assert payload(case, item.sighting.capture) == page
    with item.path.open("rb") as file:
        records = {r.rec_type: (r, r.content_stream().read()) for r in ArchiveIterator(file, check_digests="raise")}
    assert records["response"][1] == page
    assert records["response"][0].http_headers.get_header("Content-Type") == "text/html; charset=utf-8"
    assert records["request"][0].http_headers.get_header("User-Agent").startswith("overt/")
    assert outcomes(list(add(case, [input_of(site.url + "/moved")], clock))) == ["already there"]
    assert outcomes(list(add(case, [input_of(site.url + "/page")], clock))) == ["seen again"]
    assert verify(case).exit_code == 0


def test_a_host_that_the_case_does_not_permit_is_refused(tmp_path: Path, case: Case, clock: Clock, site) -> None:  # type: ignore[no-untyped-def]
    strict = init(tmp_path / "strict", tmp_path / "profiles" / "small")
    (receipt,) = add(strict, [input_of(site.url + "/page")], clock)
    assert "not on the public internet" in (receipt.reason or "")


def test_what_cannot_be_added_is_refused_in_one_line_and_the_rest_goes_on(
    case: Case, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    small = msgspec.structs.replace(case.settings.limits, max_bytes=1000)
    tight = Case(case.root, msgspec.structs.replace(case.settings, limits=small), case.copy_id)
    inputs = [
        Input(path=write(tmp_path, "empty.txt", "")),
        Input(path=write(tmp_path, "big.txt", "x" * 1001)),
        Input(path=tmp_path / "missing.txt"),
        Input(path=tmp_path / "nothing"),
        Input(),
        Input(path=write(tmp_path, "good.txt", "good words")),
    ]
    receipts = list(add(tight, inputs, clock))
    assert outcomes(receipts) == ["refused"] * 5 + ["added"]
    for receipt in receipts[:-1]:
        assert receipt.reason
        assert "\n" not in receipt.reason
    assert len(sightings(tight)) == 1


@pytest.mark.parametrize(
    ("name", "data", "note", "why"),
    [
        ("noise.html", bytes(range(256)) * 20, "no text in an encoding", "the bytes are no text in an encoding"),
        ("page.pdf", b"no pdf at all", "its name says that it is a PDF", "the PDF is damaged"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(80), "it is a picture (PNG), although", "no picture of a kind"),
        ("packed.zip", b"PK\x03\x04" + b"x" * 100, "a ZIP archive", "application/zip: no reader"),
        ("blank.txt", b" \n\t\n", "nothing but white space", "the text is empty"),
        ("cut.wacz", b"PK\x03\x04\x14\0" + b"archive/data.warc" * 9, "a ZIP archive", "application/zip: no reader"),
        ("cut.warc", b"WARC/1.1\r\nWARC-Type: respo", "nothing could be taken", "application/warc: no reader"),
    ],
)
def test_what_cannot_be_read_is_sealed_and_listed_as_unread(
    case: Case, clock: Clock, tmp_path: Path, name: str, data: bytes, note: str, why: str
) -> None:
    receipts = list(add(case, [Input(path=write(tmp_path, name, data))], clock))
    receipt = receipts[-1]
    assert receipt.outcome is Outcome.ADDED
    assert any(note in one for one in receipt.warnings), receipt.warnings
    (item,) = sealed(case)
    assert payload(case, item.sighting.capture) == data
    made = reading(case, item.sighting, lambda name: payload(case, name))
    assert isinstance(made, Unread)
    assert why in made.reason
    assert verify(case).exit_code == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system takes no such names")
def test_a_name_that_is_no_text_is_refused_and_the_rest_goes_on(case: Case, clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name in ("a.txt", "z.txt"):
        write(folder, name, name)
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"words")
    receipts = list(add(case, [Input(path=folder)], clock))
    assert outcomes(receipts) == ["added", "refused", "added"]
    assert receipts[1].input == "caf\\xe9.txt"
    assert "no text" in (receipts[1].reason or "")
    receipts[1].input.encode()
    assert len(sightings(case)) == 2
    (receipt,) = add(case, [Input(path=folder / os.fsdecode(b"caf\xe9.txt"))], clock)
    assert receipt.outcome is Outcome.REFUSED


def test_an_answer_that_breaks_off_is_sealed_as_far_as_it_came(case: Case, clock: Clock) -> None:
    page = b"<html><body><p>" + b"The station in Dublin has closed. " * 20

    class Broken(Answers):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            packed = self.path == "/packed"
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", "5000")
            self.end_headers()
            if self.path != "/nothing":
                self.wfile.write(gzip.compress(page)[:-20] if packed else page)

    with serving(Server(Broken)) as server:
        whole, packed, nothing = add(
            case, [input_of(server.url + path) for path in ("/", "/packed", "/nothing")], clock
        )
    assert (whole.outcome, packed.outcome, nothing.outcome) == (Outcome.ADDED, Outcome.ADDED, Outcome.REFUSED)
    first, second = sealed(case)
    assert payload(case, first.sighting.capture) == page
    (concern,) = first.obtained.concerns
    assert concern.startswith(f"the answer broke off after {len(page)} of 5,000 bytes")
    assert concern in whole.warnings
    assert second.sighting.media_type == "application/gzip"
    assert "the compressed page is cut off" in second.obtained.concerns[0]
    assert verify(case).exit_code == 0


def test_a_folder_gives_its_files_in_order_without_hidden_ones(case: Case, clock: Clock, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    for name in ("b/two.txt", "b/three.txt", "a.txt", ".hidden", ".git/config"):
        write(folder, name, name)
    receipts = list(add(case, [Input(path=folder)], clock))
    assert [receipt.input for receipt in receipts] == ["a.txt", "b/three.txt", "b/two.txt"]


def test_a_kill_between_sealing_and_logging_is_mended_by_the_next_run(case: Case, clock: Clock, tmp_path: Path) -> None:
    a, b = Input(path=write(tmp_path, "a.txt", "one")), Input(path=write(tmp_path, "b.txt", "two"))
    list(add(case, [a], clock))
    before = {path: path.read_bytes() for path in (case.root / "custody").iterdir()}
    list(add(case, [b], clock))
    for path, data in before.items():
        path.write_bytes(data)  # the kill: the file is there, its line is not
    write(case.own_captures, ".000003.warc.gz.new", b"half")
    report = verify(case)
    assert [item.path[-14:] for item in report.items if item.verdict is Verdict.NOT_CHECKED] == ["000002.warc.gz"]
    assert report.exit_code == 0
    assert outcomes(list(add(case, [a, b], clock))) == ["already there", "already there"]
    assert [line.found for line in logged(case)] == [False, True]
    assert verdicts(case) == {"intact": 5}
    assert list(case.own_captures.glob(".*")) == []
    assert repair(case, clock) == []


def test_a_torn_custody_line_is_mended_too(case: Case, clock: Clock, tmp_path: Path) -> None:
    a, b = Input(path=write(tmp_path, "a.txt", "one")), Input(path=write(tmp_path, "b.txt", "two"))
    list(add(case, [a, b], clock))
    case.custody_log.write_bytes(case.custody_log.read_bytes()[:-30])
    assert verify(case).exit_code == 1
    assert outcomes(list(add(case, [a, b], clock))) == ["already there", "already there"]
    assert verify(case).exit_code == 0
    assert case.custody_log.with_name(case.custody_log.name + ".torn").exists()


def test_two_copies_of_a_case_seal_side_by_side(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "one"))], clock))
    shutil.copytree(case.root, tmp_path / "copy", ignore=shutil.ignore_patterns(".local"))
    copy = open_case(tmp_path / "copy")
    assert copy.copy_id != case.copy_id
    assert outcomes(
        list(add(copy, [Input(path=tmp_path / "a.txt"), Input(path=write(tmp_path, "b.txt", "2"))], clock))
    ) == [
        "already there",
        "added",
    ]
    assert len({item.path.parent for item in sealed(copy)}) == 2
    assert verify(copy).exit_code == 0


def test_new_sightings_are_noticed_and_missing_bytes_are_said(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "one"))], clock))
    assert len(sightings(case)) == 1
    list(add(case, [Input(path=write(tmp_path, "b.txt", "two"))], clock))
    assert len(sightings(case)) == 2
    with pytest.raises(CaseError, match="no sealed file"):
        payload(case, "0" * 64)


# What verify must see. Each row does one harm and says which items are broken, and no other.
def flip(path: Path) -> None:
    """Change one byte of the payload, in the records as they lie compressed."""
    data = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(data.replace(b"one words", b"one wordz")))


def harm_payload(case: Case) -> None:
    flip(case.own_captures / "000001.warc.gz")


def harm_by_removal(case: Case) -> None:
    (case.own_captures / "000001.warc.gz").unlink()


def harm_by_cut(case: Case) -> None:
    path = case.own_captures / "000001.warc.gz"
    path.write_bytes(path.read_bytes()[:400])


def harm_by_addition(case: Case) -> None:
    (case.own_captures.parent / ("f" * 16)).mkdir()
    shutil.copy(case.own_captures / "000001.warc.gz", case.own_captures.parent / ("f" * 16) / "000001.warc.gz")


def harm_by_exchange(case: Case) -> None:
    first, second = (case.own_captures / f"00000{n}.warc.gz" for n in (1, 2))
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(data)


def harm_log_line(case: Case) -> None:
    case.custody_log.write_bytes(case.custody_log.read_bytes().replace(b'"size":9', b'"size":8', 1))


def harm_log_by_removal(case: Case) -> None:
    case.custody_log.write_bytes(b"".join(case.custody_log.read_bytes().splitlines(keepends=True)[1:]))


def harm_decision(case: Case) -> None:
    path = next((case.root / "decisions").glob("*.jsonl"))
    path.write_bytes(path.read_bytes().replace(b"because", b"becauze"))


def harm_decisions_by_removal(case: Case) -> None:
    next((case.root / "decisions").glob("*.jsonl")).unlink()


def cut_last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def harm_decisions_by_cut(case: Case) -> None:
    cut_last_line(next((case.root / "decisions").glob("*.jsonl")))


def harm_log_by_cut_with_its_file(case: Case) -> None:
    cut_last_line(case.custody_log)
    (case.own_captures / "000002.warc.gz").unlink()


def harm_log_and_heads(case: Case) -> None:
    harm_log_by_cut_with_its_file(case)
    case.custody_log.with_suffix(".heads").unlink()  # the decision log still knows


def harm_all_logs_at_once(case: Case) -> None:
    case.custody_log.unlink()
    harm_decisions_by_removal(case)
    for path in case.own_captures.glob("*"):
        path.unlink()


@pytest.mark.parametrize(
    ("harm", "broken"),
    [
        (harm_payload, {"captures/1": 2}),
        (harm_by_removal, {"captures/1": 1}),
        (harm_by_cut, {"captures/1": 2}),
        (harm_by_addition, {"captures/foreign": 1}),
        (harm_by_exchange, {"captures/1": 2, "captures/2": 2}),
        (harm_log_line, {"custody": 1, "captures/1": 1}),
        (harm_log_by_removal, {"custody": 1, "captures/1": 1}),
        (harm_decision, {"decisions": 1}),
        (harm_decisions_by_removal, {"decisions": 1}),
        (harm_decisions_by_cut, {"decisions": 1}),
        (harm_log_by_cut_with_its_file, {"custody": 1}),
        (harm_log_and_heads, {"custody": 1}),
        (harm_all_logs_at_once, {"custody": 1, "decisions": 1}),
    ],
)
def test_each_harm_is_seen_and_no_other(
    case: Case, clock: Clock, tmp_path: Path, harm: Callable[[Case], None], broken: dict[str, int]
) -> None:
    inputs = [Input(path=write(tmp_path, name, f"{name} words")) for name in ("one", "two")]
    list(add(case, inputs, clock))
    append(case.decision_log("demo-1"), {"why": "because"}, key_of(case.keys, "demo-1"), clock())
    assert verify(case).exit_code == 0
    harm(case)
    report = verify(case)
    found: Counter[str] = Counter()
    for item in report.items:
        if item.verdict is Verdict.BROKEN:
            assert item.reason
            parts = item.path.split("/")
            own = parts[1] == case.copy_id
            found["captures/" + (parts[2][5] if own else "foreign") if parts[0] == "captures" else parts[0]] += 1
    assert found == broken
    assert report.exit_code == 1


def test_a_case_with_nothing_in_it_was_not_checked(case: Case) -> None:
    assert verify(case).items == ()
    assert verify(case).exit_code == 2


def test_a_clock_that_went_back_is_not_checked_rather_than_broken(case: Case, clock: Clock, tmp_path: Path) -> None:
    early = clock()
    list(add(case, [Input(path=write(tmp_path, "a.txt", "one"))], clock))
    list(add(case, [Input(path=write(tmp_path, "b.txt", "two"))], lambda: early))
    report = verify(case)
    assert [item.what for item in report.items if item.verdict is Verdict.NOT_CHECKED] == ["times of line 2"]
    assert report.exit_code == 0


def test_a_sealed_file_of_another_hand_cannot_lead_outside(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "one"))], clock))
    path = case.own_captures / "000001.warc.gz"
    capture = sha256(b"one").encode()
    data = gzip.decompress(path.read_bytes()).replace(capture, b"../" * 21 + b"x")
    path.write_bytes(gzip.compress(data))
    with pytest.raises(CaseError, match="cannot be read as a sealed file"):
        open_file(path)


def test_a_bomb_in_a_sealed_file_is_not_unpacked(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "x" * 3_000_000))], clock))
    small = msgspec.structs.replace(case.settings.limits, max_bytes=1_000_000)
    tight = Case(case.root, msgspec.structs.replace(case.settings, limits=small), case.copy_id)
    with pytest.raises(CaseError, match=r"1,262,144|1,000,000"):
        payload(tight, sightings(case)[0].capture)


def test_changed_bytes_are_never_handed_out(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "one", "one words"))], clock))
    capture = sightings(case)[0].capture
    flip(case.own_captures / "000001.warc.gz")
    with pytest.raises((CheckFailedError, CaseError)):
        payload(case, capture)


def test_warcio_itself_finds_nothing_wrong(case: Case, clock: Clock, tmp_path: Path) -> None:
    list(add(case, [Input(path=write(tmp_path, "a.txt", "one"))], clock))

    class Command:
        inputs = (str(sealed(case)[0].path),)
        verbose = False

    assert Checker(Command()).process_all() == 0
