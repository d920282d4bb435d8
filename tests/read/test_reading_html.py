"""A page becomes passages in its own order: typed by its tags, main text told from the rest, nothing thrown away."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.model import Document, Passage, ReadError
from overt.read import read

BODY = [
    "The department of foreign affairs said on Wednesday that it has told the embassy to close the office in the city.",
    "No permission was asked for before the office was opened earlier in the year, according to the department.",
    "The embassy said that the office has ceased its activities and that it had helped citizens to renew licences.",
    "A rights group had reported in September that there are dozens of such offices in thirty countries of the world.",
]


def html(body: str, head: str = "", lang: str = "en") -> Document:
    page = f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return read(page.encode("utf-8"), "text/html")


def article(more: str = "", head: str = "") -> Document:
    paragraphs = "".join(f"<p>{words}</p>" for words in BODY)
    return html(f"<article><h1>Embassy told to close an office</h1>{paragraphs}{more}</article>", head)


def find(document: Document, words: str) -> Passage:
    return next(passage for passage in document.passages if words in passage.text)


def test_paragraphs_are_main_text_in_the_order_of_the_page() -> None:
    got = article()
    assert [p.text for p in got.passages if p.kind == "paragraph"] == BODY
    assert all(p.main for p in got.passages)
    assert got.passages[0].kind == "heading"
    assert got.language == "en"


def test_each_kind_of_block_has_its_kind() -> None:
    got = article(
        "<h2>What was said</h2><ul><li>The office in the city was open for less than one whole year.</li></ul>"
        "<blockquote><p>We asked them to close the office in the city at once, and they did.</p></blockquote>"
        "<table><tr><th>City of the office</th><td>Dublin</td></tr></table>"
        "<figure><img src=x><figcaption>The street where the office was.</figcaption></figure>"
        '<p class="byline">By our own desk</p>'
    )
    kinds = {words: str(find(got, words).kind) for words in ("What was said", "less than", "We asked", "Dublin")}
    assert kinds == {"What was said": "heading", "less than": "list_item", "We asked": "quote", "Dublin": "table_cell"}
    assert find(got, "The street").kind == "caption"
    assert find(got, "By our own").kind == "byline"
    assert got.byline == "By our own desk"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("<figure><figcaption>The street where the office was.</figcaption></figure>", "The street"),
        ('<p class="wp-caption-text">The street where the office was.</p>', "The street"),
        ("<p>The street where the office was. © Provided by The Outlet</p>", "Provided by"),
        (
            '<aside><h2>More</h2><ul><li><a href="#">A walk along the harbour wall</a></li></ul></aside>',
            "A walk",
        ),
        ('<div class="related-links"><p><a href="#">A walk along the harbour wall</a></p></div>', "A walk"),
        ('<nav><a href="#">Front page</a> <a href="#">World</a></nav>', "Front page"),
        ('<div id="cookie-notice"><p>We use cookies on this site. Accept all.</p></div>', "cookies"),
        ('<div role="dialog"><p>Subscribe to our letter today.</p></div>', "Subscribe"),
        ('<p class="author">By our own desk</p>', "By our own"),
        ("<footer><p>All of this page belongs to the Outlet, which is invented.</p></footer>", "belongs"),
        ("<form><label>Search the site</label><button>Go and search</button></form>", "Go and"),
    ],
)
def test_what_is_not_main_text_is_kept_and_marked(more: str, words: str) -> None:
    got = article(more)
    assert not find(got, words).main
    assert [p.text for p in got.passages if p.main and p.kind == "paragraph"] == BODY


def test_a_page_that_lies_whole_in_a_form_or_under_a_furniture_class_is_still_read() -> None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    paragraphs = "".join(f"<p>{words} {words.replace('the', 'its')} On {day}.</p>" for day in days for words in BODY)
    for wrap in (
        '<form id="aspnetForm">{}</form>',
        '<div class="entry-content read-more">{}</div>',
        "<aside>{}</aside>",
    ):
        got = html(wrap.format(paragraphs))
        assert sum(p.main for p in got.passages) >= 24, wrap


def test_hidden_things_and_scripts_are_no_text() -> None:
    got = article(
        "<script>var a = 'script words';</script><style>p {}</style><noscript>noscript words</noscript>"
        '<p hidden>hidden words</p><p style="display: none">undisplayed words</p><template>template words</template>'
        "<!-- comment words --><p>tail <span hidden>inner</span>words stay</p>"
    )
    for words in ("script words", "hidden words", "undisplayed", "template", "comment", "inner"):
        assert words not in got.text
    assert "tail words stay" in got.text


def test_white_space_is_folded_and_double_breaks_part_paragraphs() -> None:
    second = "Second\u200b para\u00adgraph."
    got = html(f"<div>One\n   line&nbsp;of <b>te</b>xt,<br>same line<br><br>{second}<br>　　Third.</div>")
    assert [p.text for p in got.passages] == ["One line of text, same line", "Second paragraph.", "Third."]
    got = html(f"<div>{BODY[0]}<br>{BODY[1]}<br>{BODY[2]}</div>")
    assert [p.text for p in got.passages] == BODY[:3]


def test_passages_are_in_nfc() -> None:
    assert html("<p>cafe\u0301 de Pari\u0301s</p>").passages[0].text == "café de París"


HEAD = (
    '<title>Embassy told to close - The Outlet</title><meta property="og:title" content="Embassy told to close">'
    '<meta property="og:site_name" content="The Outlet"><meta name="author" content="Our desk">'
)


def test_the_head_gives_title_outlet_and_byline() -> None:
    got = article(head=HEAD)
    assert (got.title, got.outlet, got.byline) == ("Embassy told to close", "The Outlet", "Our desk")


def test_a_title_without_meta_is_the_heading_or_the_title_less_the_site() -> None:
    assert article(head="<title>x - The Outlet</title>").title == "Embassy told to close an office"
    assert html(f"<p>{BODY[0]}</p>", "<title>Embassy told to close an office | The Outlet</title>").title == (
        "Embassy told to close an office"
    )
    assert html(f"<p>{BODY[0]}</p>", "<title>Embassy - close - it</title>").title is not None
    assert html(f"<p>{BODY[0]}</p>").title is None


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "more", "day", "where"),
    [
        (LD.format('{"@type":"NewsArticle","datePublished":"2022-10-13T23:30:00-08:00"}'), "", "2022-10-13", "json-ld"),
        (LD.format('{"@graph":[{"@type":["Article"],"datePublished":"2022-10-13"}]}'), "", "2022-10-13", "json-ld"),
        ('<meta property="article:published_time" content="2022-10-13T00:10:00+08:00">', "", "2022-10-13", "meta"),
        ('<meta name="pubdate" content="20221013120000">', "", "2022-10-13", "meta"),
        ("", '<time datetime="2022-10-13">yesterday</time>', "2022-10-13", "time"),
        ('<link rel="canonical" href="https://a.example/2022/10/13/x.html">', "", "2022-10-13", "url"),
        ("", '<p class="byline">发布时间：2022年10月13日</p>', "2022-10-13", "text"),
        (LD.format("{broken"), "", None, None),
        (LD.format("[" * 5000), "", None, None),
        (LD.format('{"@type":"NewsArticle","datePublished":{"a":1}}'), "", None, None),
        ('<meta property="article:published_time" content="0000-00-00">', "", None, None),
    ],
)  # fmt: skip
def test_the_date_is_the_calendar_day_as_printed_and_says_where_it_stood(
    head: str, more: str, day: str | None, where: str | None
) -> None:
    got = article(more, head)
    assert (got.published, got.published_from) == (day, where)


def test_a_date_that_is_only_guessed_is_called_a_guess() -> None:
    got = article('<div class="post-info">Posted by the desk, 2022-10-13, in World</div>')
    assert (got.published, got.published_from) in ((None, None), ("2022-10-13", "guess"))


@pytest.mark.parametrize(
    ("lang", "words", "language"),
    [
        ("en", "福州市公安局宣布第一批三十个海外服务站已经设立，这些服务站为侨胞办理手续。", "zh-Hans"),
        ("zh", "福州市公安局宣布第一批三十個海外服務站已經設立，這些服務站為僑胞辦理手續。", "zh-Hant"),
        ("es", " ".join(BODY), "en"),
        ("pt-BR", "Sim.", "pt-BR"),
        ("", "Yes.", None),
        ("nl", "Bureaus dicht in Amsterdam en Rotterdam.", "nl"),
    ],
)
def test_the_language_is_that_of_the_text_where_it_can_be_told(lang: str, words: str, language: str | None) -> None:
    assert html(f"<p>{words}</p>", lang=lang).language == language


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "nonsense"])
def test_a_page_is_read_in_its_encoding_whatever_it_says(encoding: str, declared: str) -> None:
    words = "福州市公安局宣布第一批三十個海外服務站的電話號碼是一個報警電話，不是服務站的號碼，這是他們的說法。"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert read(page.encode(encoding), "text/html").passages[0].text == words


def test_relays_are_as_printed_and_pictures_agencies_are_none() -> None:
    got = article("<p>Source: Department of Examples</p><figure><figcaption>dpa</figcaption></figure>")
    assert got.relays == ("Source: Department of Examples",)
    assert find(got, "Source:").kind == "relay"


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"<div>" * 3000 + b"deep", "nested too deeply"),
        (b"<html><body><script>x</script></body></html>", "no visible text"),
        (b"<p>" + b"x" * 20_000_001, "larger than"),
        (b"", "empty"),
        (b"\0\1\2\3" * 500, "no text in an encoding"),
    ],
)
def test_a_page_that_cannot_be_read_whole_is_a_read_error(page: bytes, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(page, "text/html")


def test_an_entity_bomb_and_an_external_entity_expand_to_nothing() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>words &b; &f; end</p></body></html>'
    )
    got = read(page.encode(), "text/html")
    assert "aaaa" not in got.text.split("words")[-1]
    assert "root:" not in got.text


def test_many_blocks_and_odd_markup_do_not_trip_the_reader() -> None:
    odd = "<p>a<table><p>b<li>c<td>d</p></table><h1><h2>e</h1></a></b><br/><blockquote>f"
    got = html(odd)
    assert [p.text for p in got.passages] == ["b", "c", "d", "e", "f"] or "f" in got.text


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "li",
        "ul",
        "h2",
        "td",
        "tr",
        "table",
        "b",
        "a",
        "span",
        "br",
        "aside",
        "nav",
        "article",
        "figure",
        "figcaption",
        "blockquote",
    ]
)
WORDS = st.text("ab c中。\n", max_size=8)
PIECES = st.lists(st.one_of(TAGS.map("<{}>".format), TAGS.map("</{}>".format), WORDS), max_size=40)


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_all_visible_text_comes_back_whatever_the_tags(pieces: list[str]) -> None:
    words = "".join("".join(piece for piece in pieces if not piece.startswith("<")).split())
    try:
        got = html("".join(pieces))
    except ReadError:
        assert not words
        return
    # A parser may move text out of a table, so the order is not compared here.
    assert sorted("".join("".join(p.text for p in got.passages).split())) == sorted(words)


@pytest.mark.parametrize(
    "body",
    [
        "<br>" * 100_000 + "x",
        "<p>" + "x " * 500_000,
        "<p>" + "<a href=x>" * 20_000 + "x",
        f"<p>{BODY[0]}" * 4_000,
        "<div class='related share nav'>" * 200 + f"<p>{BODY[0]}" * 500,
        "<!-- -->" * 50_000 + "<p>x",
    ],
    ids=["breaks", "one paragraph", "links", "paragraphs", "boxes", "comments"],
)
def test_hostile_pages_are_read_in_the_time_of_their_length(body: str) -> None:
    began = time.process_time()
    with contextlib.suppress(ReadError):
        html(body)
    assert time.process_time() - began < 15


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"https://schema.org/NewsArticle","datePublished":"2023-03-04","dateModified":"2023-03-06"}',
        '{"@type":"NewsArticle","headline":"A "quoted" word","datePublished":"2023-03-04","dateModified":"2023-03-06"}',
        '{"@type":"NewsArticle","datePublished":"2023-03-04","dateModified":"2023-03-06"} ,',
        '{"@type":"NewsArticle","datePublished":"2023-03-04","dateModified":"2023-03-06",}',
    ],
)
def test_dates_of_json_ld_are_read_where_it_is_broken_too(script: str) -> None:
    got = read(
        f'<script type="application/ld+json">{script}</script><p>The office was closed.</p>'.encode(), "text/html"
    )
    assert (got.published, got.published_from) == ("2023-03-04", "json-ld")
    assert (got.modified, got.modified_from) == ("2023-03-06", "json-ld")


def test_authors_given_by_reference_and_a_relative_address_are_completed() -> None:
    graph = (
        '{"@graph":[{"@type":"Article","publisher":{"@id":"#o"},"author":[{"@id":"#a"}]},'
        '{"@id":"#o","@type":"Organization","name":"The Paper"},{"@id":"#a","@type":"Person","name":"A. Writer"}]}'
    )
    head = '<base href="https://example.org/en/"><link rel="canonical" href="news/1">'
    page = f'{head}<script type="application/ld+json">{graph}</script><p>The office was closed.</p>'
    got = read(page.encode(), "text/html")
    assert (got.outlet, got.byline, got.url) == ("The Paper", "A. Writer", "https://example.org/en/news/1")


def test_a_mark_of_a_footnote_is_no_part_of_the_number_before_it() -> None:
    words = (
        '<p>At least 54<sup>1</sup> offices in 30<sup><a href="#n">2</a></sup> countries, on the 3<sup>rd</sup>.</p>'
    )
    got = article(words)
    assert find(got, "At least").text == "At least 54¹ offices in 30² countries, on the 3rd."


def test_words_struck_out_say_nothing_and_are_kept_as_a_note() -> None:
    got = article("<p>The office in the city <del>is open</del><ins>is closed</ins>, the department said.</p>")
    assert find(got, "The office in the city is").text == "The office in the city is closed, the department said."
    struck = find(got, "is open")
    assert (str(struck.kind), struck.main) == ("note", False)
    assert any("struck out" in concern for concern in got.concerns)


def test_what_a_picture_is_said_to_show_is_kept_as_a_note_and_is_no_text() -> None:
    got = article(
        '<p>Words <img alt="Logo of the paper"> of the page go <img alt="The desk in the hall, seen in May"> on.</p>'
        '<img alt="Words  of the page go on."><img alt="办事处位于市政厅一楼大厅"><img alt=""><img>'
    )
    assert find(got, "Words").text == "Words of the page go on."
    notes = [p.text for p in got.passages if str(p.kind) == "note" and not p.main]
    assert notes[-3:] == ["Logo of the paper", "The desk in the hall, seen in May", "办事处位于市政厅一楼大厅"]


@pytest.mark.parametrize("first", ["article", "main", "section", "header", "my-article"])
@pytest.mark.parametrize("between", ["", "<!-- saved -->"])
def test_the_tags_of_head_and_body_may_be_left_out(first: str, between: str) -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in BODY)
    page = f"<!doctype html><html lang=en><meta charset=utf-8><title>T</title>{between}<{first}>{paragraphs}</{first}>"
    for more in ("", "<p>The last line of the page.</p>", "<footer><p>Imprint</p></footer></html>"):
        got = read((page + more).encode("utf-8"), "text/html")
        assert [p.text for p in got.passages if p.text in BODY] == BODY
        assert got.title == "T"


@pytest.mark.parametrize(
    ("line", "kind", "marks", "byline", "published"),
    [
        (
            "2022年01月10日 08:30 来源：福州晚报 作者：王小明 责任编辑：李四",
            "byline",
            ("来源：福州晚报",),
            "王小明",
            "2022-01-10",
        ),
        ("文/王小明 来源：环球时报 2022-01-10 10:22:01", "byline", ("来源：环球时报",), "王小明", "2022-01-10"),
        ("2022/10/27 12:30 中央社 記者陳小華／台北報導", "byline", ("中央社",), "陳小華", "2022-10-27"),
        ("（来源：新华社）", "relay", ("来源：新华社",), None, None),
        ("时间：2022-01-10 来源：本站", "byline", (), None, "2022-01-10"),
        ("By A. Writer with AFP", "relay", ("AFP",), None, None),
        ("Mit Material von AFP und Reuters", "relay", ("AFP und Reuters",), None, None),
        ("This article was provided by Agence France-Presse.", "relay", ("Agence France-Presse",), None, None),
        ("The Associated Press contributed to this report.", "relay", (), None, None),
        ("By Ann Writer and Bob Scribe", "byline", (), "By Ann Writer and Bob Scribe", None),
        ("Correction: an earlier version gave another address.", "correction", (), None, None),
        ("Read more: Offices in other cities", "related", (), None, None),
    ],
)
def test_lines_around_a_text_are_typed_and_read(
    line: str, kind: str, marks: tuple[str, ...], byline: str | None, published: str | None
) -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in BODY)
    got = html(f"<article><h1>Embassy told to close an office</h1><p>{line}</p>{paragraphs}</article>")
    found = find(got, line)
    assert (str(found.kind), found.main) == (kind, False)
    assert (got.relays, got.byline) == (marks, byline)
    if published is not None:
        assert (got.published, got.published_from) == (published, "text")


def test_a_day_of_change_is_read_where_it_is_printed() -> None:
    got = article("<p>Last updated: 15 October 2022</p>")
    assert (got.modified, got.modified_from) == ("2022-10-15", "text")


def test_links_to_other_pages_and_corrections_are_told_by_their_names() -> None:
    got = article(
        '<p class="correction">The street was named wrongly before.</p>'
        '<div class="related-articles"><ul><li><a href="/2">Another office opens</a></li></ul></div>'
    )
    assert find(got, "The street").kind == "correction"
    assert find(got, "Another office").kind == "related"


def test_a_list_in_set_lines_stays_a_list_and_a_reading_of_signs_is_left_out() -> None:
    got = article("<pre>Dublin: the first office\nParis: the second office\nMadrid: the third office</pre>")
    assert [p.text for p in got.passages][-3:] == [
        "Dublin: the first office", "Paris: the second office", "Madrid: the third office",
    ]  # fmt: skip
    assert find(article("<p>東京の<ruby>警察<rp>(</rp><rt>けいさつ</rt></ruby>署</p>"), "東京").text == "東京の警察署"
