"""Cells of data tables say where they stand; tables that lay out a page do not. Passages in another language say so."""

import time

import pytest

from overt.model import Document, ReadError
from overt.read import read

LIST = """<p>The office gave this list to the paper in the autumn of that year, and it is printed here in full.</p>
<table><thead><tr><th>Country</th><th>City</th><th>Address</th></tr></thead><tbody>
<tr><td rowspan="2">Spain</td><td>Madrid</td><td>a street</td></tr><tr><td>Barcelona</td><td>a square</td></tr>
<tr><td colspan="2">Ireland</td><td>a quay</td></tr></tbody></table>"""


def page(body: str) -> Document:
    return read(f'<html lang="en"><body>{body}</body></html>'.encode(), "text/html")


def test_cells_have_rows_and_columns_and_merged_ones_say_how_many() -> None:
    places = {p.text: p.locator for p in page(LIST).passages if p.locator}
    rows = {text: (at.table, at.row, at.column, at.rows, at.columns, at.heading) for text, at in places.items()}
    assert rows["City"] == (1, 1, 2, 1, 1, True)
    assert rows["Spain"] == (1, 2, 1, 2, 1, False)
    assert rows["Barcelona"] == (1, 3, 2, 1, 1, False)
    assert rows["a square"] == (1, 3, 3, 1, 1, False)
    assert rows["a quay"] == (1, 4, 3, 1, 1, False)
    assert rows["Ireland"][4] == 2


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>Menu</td><td>{}</td></tr></table>",
        "<table role='presentation'><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>x</td></tr><tr><td>c</td><td>{}</td></tr></table>",
    ],
)
def test_a_table_that_lays_out_the_page_gives_no_places(body: str) -> None:
    got = page(body.format("The office near the harbour was closed on Wednesday."))
    assert [p for p in got.passages if "harbour" in p.text and p.locator] == []


def test_a_passage_in_another_language_says_so_and_a_name_does_not() -> None:
    english = "The department said on Wednesday that the office near the harbour had been closed for good. "
    german = (
        "Das Ministerium teilte am Mittwoch mit, dass die Stelle am Hafen endgültig geschlossen worden sei und dass "
        "niemand vorher um eine Genehmigung gebeten habe."
    )
    chinese = "福州市公安局宣布第一批三十个海外服务站已经设立，这些服务站为侨胞办理手续。"
    got = page(
        f"<p>{english * 3}</p><p>{german}</p><p>{chinese}</p><p>Bundesministerium des Innern</p><p>{english}</p>"
    )
    assert got.language == "en"
    assert [p.language for p in got.passages] == [None, "de", "zh-Hans", None, None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("attribute", ["a{}=1", 'a{}=">"', "a{} <", "a{}='<b>'", "a{}"])
def test_tens_of_thousands_of_attributes_in_one_tag_are_refused_at_once(attribute: str, encoding: str) -> None:
    wide = f"<html><body><p {' '.join(attribute.format(n) for n in range(60_000))}>words</p></body></html>"
    began = time.process_time()
    with pytest.raises(ReadError, match="attributes"):
        read(wide.encode(encoding), "text/html")
    assert time.process_time() - began < 2


def test_long_scripts_and_unclosed_quotes_are_no_tags_with_many_attributes() -> None:
    script = "<script>if(i<n){" + "a=b;" * 50_000 + "}</script>"
    assert page(f"<p>The office was closed.</p>{script}").passages[0].text == "The office was closed."
    quotes = '<a href="' * 50_000 + "<a href='" * 50_000
    began = time.process_time()
    assert page(f"<p>The office was closed.</p><!-- {quotes} -->").passages[0].text == "The office was closed."
    assert time.process_time() - began < 2


def test_a_table_of_an_article_is_main_text_with_all_its_cells_or_with_none() -> None:
    prose = (
        "<p>The council said that the office near the harbour had been closed, and that nobody had asked for it.</p>"
        * 4
    )
    rows = "".join(
        f"<tr><td>{city}<td>{n}<td>Closed in the year before</tr>"
        for n, city in enumerate(["Dublin", "Lisbon", "Prague"])
    )
    head = "<tr><th>City<th>Offices<th>What became of them</tr>"
    got = page(f"<main><h1>Offices closed</h1>{prose}<table>{head}{rows}</table>{prose}</main>")
    assert {p.main for p in got.passages if p.kind == "table_cell"} == {True}
