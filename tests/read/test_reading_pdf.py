"""PDF: columns in reading order, tables with their cells, running heads, hyphens, OCR for pages that are pictures."""

import io
import sys
from pathlib import Path

import pytest
from making_files import pdf_of, pdf_page, pdf_words

from overt.model import Document, Passage, PassageKind, ReadError
from overt.read import NotInstalledError, ocr, pdf
from overt.words.language import language

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench import papers

needs_font = pytest.mark.skipif(not papers.has_han_font(), reason=papers.NO_FONT)


def texts(document: Document, main: bool = True) -> list[str]:
    return [p.text for p in document.passages if p.main is main]


def cells(document: Document, table: int = 1) -> dict[tuple[int, int], Passage]:
    return {
        (p.locator.row, p.locator.column): p  # type: ignore[misc]
        for p in document.passages
        if p.main and p.locator is not None and p.locator.table == table
    }


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("order", ["as set", "interleaved"])
def test_columns_are_read_one_after_the_other_whatever_the_order_in_the_file(columns: int, order: str) -> None:
    paper = papers.paper(columns)
    document = pdf.read(paper.data if order == "as set" else papers.interleaved(paper.data))
    assert texts(document) == list(paper.texts)
    assert document.title == "An office near the harbour"
    headings = [p.text for p in document.passages if p.kind is PassageKind.HEADING]
    assert headings == [t for t in paper.texts if not t.endswith(".")]


@needs_font
def test_chinese_has_no_spaces_that_are_not_its_own() -> None:
    paper = papers.paper(2, han=True)
    document = pdf.read(papers.interleaved(paper.data))
    assert texts(document) == list(paper.texts)
    assert document.language == language("\n".join(paper.texts))


def test_heads_and_page_numbers_are_kept_and_are_not_main_text() -> None:
    document = pdf.read(papers.paper(2).data)
    notes = [p for p in document.passages if not p.main]
    assert {p.text for p in notes} == {"The Harbour Report October 2022", "Page 1", "Page 2", "Page 3"}
    assert {p.kind for p in notes} == {PassageKind.NOTE}
    assert {p.locator.page for p in notes if p.locator} == {1, 2, 3}


def test_every_passage_says_where_it_stands() -> None:
    document = pdf.read(papers.paper(2).data)
    assert all(p.locator is not None and p.locator.page for p in document.passages)
    title, first = document.passages[0], document.passages[2]
    assert title.locator is not None
    left, top, right, bottom = title.locator.box or ()
    assert (left + right) / 2 == pytest.approx(500, abs=3)
    assert 60 < top < bottom < 120
    assert first.locator is not None
    assert first.locator.box is not None
    assert first.locator.box[2] < 500  # it stands in the left column


@pytest.mark.parametrize("style", ["ruled", "level", "bare"])
def test_a_list_that_repeats_its_headings_on_each_page_is_one_table(style: str) -> None:
    grid = papers.list_of_offices(style)
    document = pdf.read(grid.data)
    found = cells(document)
    wanted = {(r, c): text for r, row in enumerate(grid.rows, 1) for c, text in enumerate(row, 1)}
    assert {place: p.text for place, p in found.items()} == wanted
    assert all(p.locator.heading is (row == 1) for (row, _), p in found.items() if p.locator)
    repeated = [p for p in document.passages if p.kind is PassageKind.TABLE_CELL and not p.main]
    pages = {p.locator.page for p in found.values() if p.locator}
    assert len(pages) > 1
    assert [p.text for p in repeated] == list(grid.rows[0]) * (len(pages) - 1)
    assert not cells(document, 2)
    assert "After the table there is a closing line." in texts(document)


def test_merged_cells_say_how_much_they_span() -> None:
    found = cells(pdf.read(papers.compile_pdf(papers.MERGED)))
    region, offices = found[1, 1].locator, found[1, 2].locator
    assert region is not None
    assert offices is not None
    assert (region.rows, region.columns, region.heading) == (2, 1, True)
    assert (offices.rows, offices.columns, offices.heading) == (1, 2, True)
    assert found[2, 2].text == "2021"
    assert found[2, 2].locator is not None
    assert found[2, 2].locator.heading
    assert found[4, 3].text == "9"
    assert found[4, 3].locator is not None
    assert not found[4, 3].locator.heading


def test_rows_that_no_rule_parts_are_rows() -> None:
    words = [(60, 700, 10, "Place"), (260, 700, 10, "Number")]
    words += [(60, 670 - 14 * n, 10, f"City {n}") for n in range(4)]
    words += [(260, 670 - 14 * n, 10, f"1{n}") for n in range(4)]
    drawn = b"".join(
        b"%d %d m %d %d l S " % line
        for line in [
            *((50, y, 450, y) for y in (720, 690, 610)),
            *((x, 720, x, 610) for x in (50, 250, 450)),
        ]
    )
    text = b" ".join(b"/F %g Tf 1 0 0 1 %g %g Tm (%s) Tj" % (s, x, y, t.encode()) for x, y, s, t in words)
    found = cells(pdf.read(pdf_page(drawn + b"BT " + text + b" ET")))
    assert {place: p.text for place, p in found.items()} == {
        (1, 1): "Place",
        (1, 2): "Number",
        **{(2 + n, 1): f"City {n}" for n in range(4)},
        **{(2 + n, 2): f"1{n}" for n in range(4)},
    }


def test_words_broken_at_the_end_of_a_line_are_whole_again_and_compounds_keep_their_hyphen() -> None:
    lines = [
        "The well-known office near the har-",
        "bour was a well-",
        "known one, said the represen-",
        "tatives of it.",
    ]
    document = pdf.read(pdf_words(*((60, 700 - 12 * n, 10, line) for n, line in enumerate(lines))))
    assert texts(document) == [
        "The well-known office near the harbour was a well-known one, said the representatives of it."
    ]


def test_a_bulleted_list_is_no_column_of_bullets() -> None:
    words = [(60, 700 - 14 * n, 10, "\u2022") for n in range(5)]
    words += [(90, 700 - 14 * n, 10, f"The item number {n} of a list that was made") for n in range(5)]
    document = pdf.read(pdf_words(*words))
    assert [(p.kind, p.text) for p in document.passages] == [
        (PassageKind.LIST_ITEM, f"\u2022 The item number {n} of a list that was made") for n in range(5)
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_upright(turn: int) -> None:
    matrix = {90: b"0 1 -1 0 590 10", 180: b"-1 0 0 -1 590 790", 270: b"0 -1 1 0 10 790"}[turn]
    content = (
        b"q "
        + matrix
        + b" cm BT "
        + b" ".join(
            b"/F 10 Tf 1 0 0 1 40 %d Tm (%s) Tj" % (y, text)
            for y, text in ((500, b"The office was opened in the spring,"), (488, b"and it was closed in the autumn."))
        )
    )
    document = pdf.read(pdf_page(content + b" ET Q", page=b"/Rotate %d" % turn))
    assert texts(document) == ["The office was opened in the spring, and it was closed in the autumn."]
    assert document.passages[0].locator is not None
    left, top, right, bottom = document.passages[0].locator.box or ()
    assert right - left > 3 * (bottom - top)


def test_text_that_stands_sideways_on_the_page_is_read_and_located_as_it_is_shown() -> None:
    content = b"BT /F 10 Tf 0 1 -1 0 100 200 Tm (The office was opened in the spring.) Tj ET"
    document = pdf.read(pdf_page(content))
    assert texts(document) == ["The office was opened in the spring."]
    assert document.passages[0].locator is not None
    left, top, right, bottom = document.passages[0].locator.box or ()
    assert bottom - top > 5 * (right - left)
    assert left == pytest.approx(152, abs=6)
    assert bottom == pytest.approx(750, abs=6)


def test_a_mark_across_the_page_is_kept_apart() -> None:
    content = (
        b"BT /F 10 Tf 1 0 0 1 60 700 Tm (The office was opened in the spring of that year.) Tj "
        b"/F 40 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (DRAFT) Tj ET"
    )
    document = pdf.read(pdf_page(content))
    assert texts(document) == ["The office was opened in the spring of that year."]
    assert [(p.kind, p.text) for p in document.passages if not p.main] == [(PassageKind.NOTE, "DRAFT")]


def test_the_title_and_author_of_the_file_count_only_if_the_page_says_so_too() -> None:
    source = '#set document(title: "{}", author: "{}")\n= The list of offices\nBy Ann Example\n\nIt was made in spring.'
    said = pdf.read(papers.compile_pdf(source.format("The list of offices", "Ann Example")))
    assert (said.title, said.byline) == ("The list of offices", "Ann Example")
    unsaid = pdf.read(papers.compile_pdf(source.format("Microsoft Word - draft7.docx", "PC of B. Other")))
    assert (unsaid.title, unsaid.byline) == ("The list of offices", None)
    assert "Other" not in repr(unsaid)


def test_the_day_on_which_a_file_was_made_is_called_a_guess() -> None:
    document = pdf.read(papers.paper(1).data)
    assert (document.published, document.published_from) == ("2022-10-14", "guess")
    dated = pdf.read(papers.compile_pdf("= A list\n12 September 2021\n\nIt was made in the spring of the year."))
    assert (dated.published, dated.published_from) == ("2021-09-12", "text")


def test_one_reading_is_the_same_as_the_next() -> None:
    data = papers.paper(3).data
    assert pdf.read(data) == pdf.read(data)


def scan(pages: int = 1) -> bytes:
    """A PDF of pictures of text."""
    from PIL import Image

    picture = Image.open(io.BytesIO(papers.picture("english").data)).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PDF", save_all=True, append_images=[picture] * (pages - 1), resolution=120)
    return out.getvalue()


@needs_font
def test_a_scanned_page_is_read_by_ocr_and_says_so() -> None:
    document = pdf.read(scan())
    assert " ".join(texts(document)) == " ".join(papers.picture("english").lines)
    assert document.concerns == ("page 1 is a picture: its text was read by OCR",)
    assert {"rapidocr", "onnxruntime"} <= document.reader.libraries.keys()
    assert all(p.locator is not None and p.locator.page == 1 and p.locator.box for p in document.passages)


@needs_font
def test_without_ocr_a_scan_is_unread_and_a_page_of_pictures_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    with pytest.raises(NotInstalledError, match=r"pip install 'overt\[ocr\]'"):
        pdf.read(scan())
    picture = b"q 600 0 0 800 0 0 cm /X Do Q"
    image = (
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
    page += b"/Resources<</Font<</F 7 0 R>>/XObject<</X 8 0 R>>>>>>"
    words = b"BT /F 10 Tf 1 0 0 1 60 700 Tm (The office was opened in the spring of that year.) Tj ET"
    data = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
            page % 5,
            page % 6,
            b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
            b"<</Length %d>>stream\n%s\nendstream" % (len(picture), picture),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            image + b"\x80\nendstream",
        ]
    )
    document = pdf.read(data)
    assert texts(document) == ["The office was opened in the spring of that year."]
    assert document.concerns == (
        "page 2 is a picture, and OCR is not installed: pip install 'overt[ocr]'; then: overt reread",
    )


def test_an_empty_page_is_an_empty_page() -> None:
    with pytest.raises(ReadError, match="holds no text"):
        pdf.read(pdf_page(b""))


def test_a_mark_of_a_footnote_is_no_part_of_the_number_before_it() -> None:
    page = pdf_page(
        b"BT /F 11 Tf 60 700 Td (The council counted 54) Tj 5 Ts /F 7 Tf (1) Tj "
        b"0 Ts /F 11 Tf ( offices near the harbour in 30) Tj -2 Ts /F 7 Tf (2) Tj 0 Ts /F 11 Tf ( countries.) Tj ET"
    )
    assert texts(pdf.read(page)) == ["The council counted 54¹ offices near the harbour in 30₂ countries."]


def test_a_few_lines_of_prose_in_two_columns_are_no_table() -> None:
    left = (
        "A third office was found in the north, above",
        "a restaurant. Its owner said that he knew",
        "nothing of it.",
    )
    right = (
        "The council looked for another one in the",
        "south of the city, where nobody could tell",
        "it what it was for.",
    )
    lines = [(x, 700 - 14 * at, 10, text) for x, texts in ((60, left), (310, right)) for at, text in enumerate(texts)]
    got = pdf.read(pdf_words(*lines))
    assert texts(got) == [" ".join(left), " ".join(right)]
    assert not any(p.kind is PassageKind.TABLE_CELL for p in got.passages)
