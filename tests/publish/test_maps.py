"""Maps: the same marks as the table, areas instead of pins, no line across the sheet, the same bytes every time."""

from itertools import pairwise

from made_up import example
from reading import parsed, site

from overt.publish import shapes


def test_no_outline_jumps_from_one_side_of_the_sheet_to_the_other() -> None:
    for detail in ("110m", "50m"):
        for code, rings in shapes.outlines(detail).items():
            for ring in rings:
                assert all(abs(a[0] - b[0]) < 0.3 for a, b in pairwise((*ring, ring[0]))), (detail, code)


def test_countries_that_the_coarse_outlines_leave_out_are_there() -> None:
    assert {"SG", "MT", "HK", "BH", "XK", "GB", "US"} <= set(shapes.outlines("110m"))


def test_the_sheet_is_two_wide_and_north_is_up() -> None:
    assert round(shapes.project(191, 0)[0] - shapes.project(-169, 0)[0], 3) == 2
    assert shapes.project(0, 50)[1] < shapes.project(0, 40)[1]
    assert shapes.on_sheet(-175) == 185


def test_each_mark_is_a_link_and_a_line_of_the_table_and_says_its_state() -> None:
    page = parsed(site(example()))["en/map.html"]
    world = page.xpath("//svg[@class='map']")[0]
    marks = world.xpath(".//a[@href]")
    table = page.xpath("//table//tbody/tr")
    assert len(marks) == len(table) > 0
    for mark in marks:
        assert mark.xpath("string(./title)")
        assert float(mark.xpath("string(./circle/@r)")) >= 5


def test_the_map_colours_the_countries_that_have_rows_and_no_others() -> None:
    files = site(example())
    world = parsed(files)["en/index.html"].xpath("//svg[@class='map']")[0]
    countries = parsed(files)["en/register.html"].xpath("//ul[@id='countries']/li")
    assert len(world.xpath(".//path[contains(@class, 'counted')]")) == len(countries)
