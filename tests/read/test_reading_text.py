"""Plain text becomes passages: nothing is thrown away, and what is no body text is marked."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Document, PassageKind, ReadError, fold_space, sha256
from overt.read import read

TEXTS = Path(__file__).parents[3] / "shared" / "cases" / "texts"


def text(words: str) -> Document:
    return read(words.encode("utf-8"), "text/plain")


def kinds(document: Document) -> list[tuple[str, bool]]:
    return [(str(passage.kind), passage.main) for passage in document.passages]


LONG = "The ministry said that it had asked the embassy to close the office at once, and that no permit had been given."


def test_lines_become_paragraphs_under_a_title() -> None:
    got = text(f"Two offices told to close\n\n{LONG}\n{LONG} Again.\n")
    assert got.title == "Two offices told to close"
    assert kinds(got) == [("heading", True), ("paragraph", True), ("paragraph", True)]
    assert got.language == "en"
    assert got.capture == sha256(f"Two offices told to close\n\n{LONG}\n{LONG} Again.\n".encode())
    assert got.text == f"Two offices told to close\n\n{LONG}\n\n{LONG} Again."
    assert [got.text[at : at + 3] for at in got.starts()] == ["Two", "The", "The"]


def test_a_first_line_with_a_stop_is_no_title() -> None:
    assert text(f"{LONG}\n\n{LONG}").title is None


def test_the_title_of_a_repost_is_the_title() -> None:
    got = text(f"原标题:第一批服务站设立\n{'福州市公安局介绍了第一批三十个海外服务站的情况。' * 4}")
    assert got.title == "第一批服务站设立"
    assert got.passages[0].text == "原标题:第一批服务站设立"


@pytest.mark.parametrize(
    "line",
    [
        "The office seen from the street. (Pictured a parked car)",
        "The office seen from the street © Provided by The Outlet",
        "Photo: The office seen from the street",
        "图为服务站启用仪式。",
        "圖：服務站的招牌",
        "服務站的招牌。(網上圖片)",
        "服务站的招牌。图片由某报提供",
        "The office seen from the street. Foto: Agentur",
    ],
)
def test_a_caption_is_kept_and_is_no_body_text(line: str) -> None:
    got = text(f"{LONG}\n{line}\n{LONG}")
    assert kinds(got)[1] == ("caption", False)


@pytest.mark.parametrize("line", ["Photos of the office have been shared by many.", "He said that: no.", LONG])
def test_prose_about_pictures_is_body_text(line: str) -> None:
    assert kinds(text(f"{LONG}\n{line}\n{LONG}"))[1] == ("paragraph", True)


def test_a_caption_that_is_printed_twice_is_a_caption_twice() -> None:
    line = "Officials say the office renews identity papers. (Pictured the front door)"
    got = text(f"{LONG}\n{line}\n{line}© Provided by The Outlet\n{LONG}")
    assert kinds(got) == [("paragraph", True), ("caption", False), ("caption", False), ("paragraph", True)]
    plain = "Officials say that the office renews identity papers"
    got = text(f"{LONG}\n{plain}\n{plain} © Provided by The Outlet\n{LONG}")
    assert kinds(got)[1:3] == [("caption", False), ("caption", False)]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("dpa", "dpa"),
        ("(Reuters)", "(Reuters)"),
        ("Source: Department of Examples News", "Source: Department of Examples News"),
        ("2022-10-13 来源: 某某广播公司 原文链接 评论5条", "来源: 某某广播公司 原文链接 评论5条"),
        ("本文转载自某某广播公司,仅供参考。", "本文转载自某某广播公司,仅供参考。"),
    ],
)
def test_a_syndication_line_is_a_relay(line: str, mark: str) -> None:
    got = text(f"{LONG}\n\n{line}\n\n{LONG}")
    assert kinds(got)[1] == ("relay", False)
    assert got.relays == (mark,)


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        (f"(mpa) - {LONG}", "mpa"),
        (f"BERLIN (Reuters) - {LONG}", "Reuters"),
        (f"{LONG} dpa", "dpa"),
        ("中新网福州1月22日电 福州市公安局宣布第一批服务站已经设立。", "中新网福州1月22日电"),
    ],
)
def test_an_agency_in_a_dateline_is_a_relay_and_the_paragraph_stays_body_text(words: str, mark: str) -> None:
    got = text(f"{LONG}\n\n{words}")
    assert got.relays == (mark,)
    assert got.passages[1].main


@pytest.mark.parametrize(
    "words", [f"{LONG} (US) officials agreed.", f"He said so. {LONG}", "(Montréal) La police enquête."]
)
def test_brackets_in_prose_are_no_agency(words: str) -> None:
    assert text(f"{LONG}\n\n{words}").relays == ()


@pytest.mark.parametrize("line", ["举报", "本版积分规则 发表回复 回帖后跳转到最后一页", "Share", "© 2022 The Outlet"])
def test_furniture_is_kept_as_a_note(line: str) -> None:
    assert kinds(text(f"{LONG}\n{line}"))[1] == ("note", False)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published on: 01 October 2025", "2025-10-01"),
        ("2022-10-13 来源: 某报", "2022-10-13"),
        ("13 October 2022", "2022-10-13"),
        ("October 13, 2022 10:30", "2022-10-13"),
        ("发布时间：2022年10月13日 08:00", "2022-10-13"),
        ("Publicado el 29 de noviembre de 2022", "2022-11-29"),
        ("Veröffentlicht am 8. Dezember 2022", "2022-12-08"),
    ],
)
def test_a_date_line_dates_the_document(line: str, day: str) -> None:
    got = text(f"A title\n\n{line}\n\n{LONG}")
    assert (got.published, got.published_from) == (day, "text")
    assert not got.passages[1].main


@pytest.mark.parametrize(
    "line", ["31 February 2022", "Updated: 1 October 2025", "On 1 October 2025 the office was closed."]
)
def test_a_date_in_prose_or_no_date_dates_nothing(line: str) -> None:
    assert text(f"A title\n\n{line}\n\n{LONG}").published is None


def test_bylines_are_told_from_questions() -> None:
    got = text(f"A title\n\nBy our world desk\n\n{LONG}\n(記者某某綜合報導)")
    assert got.byline == "By our world desk"
    assert [str(p.kind) for p in got.passages] == ["heading", "byline", "paragraph", "byline"]
    asked = text("记者:最近有人炒作中方在伦敦设立机构。请问有何评论?\n使馆发言人:有关机构协助办理驾照换证。")
    assert asked.byline is None
    assert all(passage.main for passage in asked.passages)


def test_lines_wrapped_by_hand_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The ministry said on Tuesday that it had asked the embassy to close\n"
        "the office at once, and that no permit of any kind had ever been\n"
        "given for it by the city or by the state in which it had been set\n"
        "up some years ago.\n\nAnother paragraph follows, which is wrapped by hand just as the\nfirst was.\n"
    )
    got = text(wrapped)
    assert len(got.passages) == 2
    assert got.passages[0].text == fold_space(wrapped.split("\n\n")[0])
    assert len(text(f"{LONG}\n{LONG}\n{LONG}").passages) == 3


def test_lists_are_list_items() -> None:
    got = text(f"{LONG}\n- one site in Dublin\n- one site in Prague\n1. a third one\n")
    assert [str(p.kind) for p in got.passages[1:]] == ["list_item"] * 3
    assert got.passages[1].text == "- one site in Dublin"


@pytest.mark.parametrize("data", [b"", b" \n ", bytes(range(256)) * 10])
def test_what_is_no_text_is_a_read_error(data: bytes) -> None:
    with pytest.raises(ReadError):
        read(data, "text/plain")


def test_a_media_type_without_a_reader_is_a_read_error() -> None:
    with pytest.raises(ReadError, match="no reader for image/x-unknown"):
        read(b"x", "image/x-unknown")


@given(st.text(max_size=400))
def test_nothing_is_thrown_away_and_nothing_is_made_up(words: str) -> None:
    data = words.encode("utf-8", "ignore")
    try:
        got = read(data, "text/plain")
    except ReadError:
        return

    def seen(value: str) -> str:
        return "".join(fold_space(value).split())

    given_words = data.decode("utf-8").replace("\ufeff", "").replace("\u00ad", "").replace("\u200b", "")
    if data.decode("utf-8").isascii():
        assert seen("".join(p.text for p in got.passages)) == seen(given_words)
    assert read(data, "text/plain") == got
    assert all(p.text == fold_space(p.text) and p.text for p in got.passages)


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the labelled pages are not on this machine")
def test_every_labelled_page_is_read_whole() -> None:
    for path in sorted(TEXTS.glob("*.txt")):
        got = read(path.read_bytes(), "text/plain")
        assert "".join(got.text.split()) == "".join(fold_space(path.read_text(encoding="utf-8")).split()), path.name
        assert sum(len(p.text) for p in got.passages if p.main) > 0.5 * len(got.text), path.name


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the labelled pages are not on this machine")
def test_the_seed_page_has_six_lines_of_captions() -> None:
    got = read((TEXTS / "seed-dailymail.txt").read_bytes(), "text/plain")
    assert [p.kind for p in got.passages].count(PassageKind.CAPTION) == 6
    assert not any("Provided by" in p.text for p in got.passages if p.main)


@pytest.mark.parametrize(
    "words",
    [
        ("The ministry said on Tuesday that it had asked the embassy to close\n" * 20_000) + "it.",
        "." * 500_000,
        "(" * 500_000,
        ("来源:" * 50 + "\n") * 2_000,
        " \n" * 200_000 + "x",
        "Published on: " * 30_000,
    ],
    ids=["wrapped", "stops", "brackets", "labels", "empty lines", "one line"],
)
def test_hostile_text_is_read_in_the_time_of_its_length(words: str) -> None:
    began = time.process_time()
    assert text(words).passages
    assert time.process_time() - began < 5
