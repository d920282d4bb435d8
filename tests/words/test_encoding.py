"""Which encoding a few words are in, where nothing says it: lists and sheets hold little of each language."""

import pytest

from overt.words.encoding import decode

FEW = [
    ("gb18030", "都柏林警侨驿站"),
    ("gb18030", "海外警侨驿站名单：都柏林、巴黎、马德里。"),
    ("gb18030", "文件,媒体,日期\na.html,南方周末,2022-01-10\nb.html,环球时报,2022-01-11\n"),
    ("gb18030", "本站公告"),
    ("gb18030", "青田县公安局"),
    ("big5hkscs", "都柏林警察站"),
    ("big5hkscs", "文件,媒體,日期\na.html,聯合報,2022-01-10\n"),
    ("cp949", "해외 경찰서 목록"),
    ("cp949", "파일,신문,날짜\na.html,중앙일보,2022-01-10\n"),
    ("cp932", "海外の警察サービス"),
    ("euc-jp", "サービスセンター"),
]


@pytest.mark.parametrize(("encoding", "text"), FEW)
def test_a_few_words_are_read_in_their_own_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_text_that_was_once_read_wrongly_is_still_text() -> None:
    garbled = "警方表示，该服务站位于都柏林市中心，已关闭。".encode().decode("latin-1")
    assert decode(garbled.encode(), "utf-8") == (garbled, "utf-8")


def test_bytes_that_are_no_text_are_none() -> None:
    assert decode(bytes(range(32)) * 40) is None
