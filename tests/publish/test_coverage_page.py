"""Coverage gaps as published: the earliest by language, the days between, and four ways to say that there is none."""

from datetime import date

from made_up import BOTH, MadeUp, example
from reading import book, parsed, site

from overt.model import Level
from overt.publish import coverage
from overt.publish.spans import spans
from overt.publish.timeline import axis
from overt.weigh import gaps


def three_languages() -> MadeUp:
    """Madrid: in Chinese in 2019, in English three years on, in French without a date; a German page tells nothing."""
    case = MadeUp()
    madrid = case.site("madrid")
    for language, text, published in (
        ("zh-Hans", "马德里站点于2018年设立。", "2019"),
        ("en", "The station in Madrid opened in 2018.", "2022-10-13"),
        ("fr", "Le poste de Madrid, ouvert en 2018.", None),
    ):
        page = case.page(text, language=language, published=published)
        case.says(page, madrid, "opened", "2018", text, BOTH, normal="2018")
    case.page("Nichts davon.", language="de")
    case.page("Non per il pubblico.", language="it", level=Level.TEAM)
    return case


def test_each_language_has_a_date_or_the_reason_why_there_is_none() -> None:
    (spain,) = coverage.of_countries(book(three_languages()))
    assert [(f.language, f.statement.published, f.days) for f in spain.earliest] == [
        ("zh", "2019", 0),
        ("en", "2022-10-13", 1017),  # from the last day of 2019
    ]
    assert [f.language for f in spain.undated] == ["fr"]
    assert spain.silent == ("de",)
    assert spain.unseen == ()


def test_the_page_of_an_entry_and_the_page_of_gaps_agree_with_the_command() -> None:
    made = book(three_languages())
    told = {(g.country, g.entity): [(e.language, e.published, e.days) for e in g.earliest] for g in gaps(
        made.cleared.basis, made.profile)}  # fmt: skip
    for one in coverage.of_countries(made):
        assert told[one.of, None] == [(f.language, f.statement.published, f.days) for f in one.earliest]
    for thing in made.things:
        one = coverage.of_thing(made, thing)
        assert told["ES", thing] == [(f.language, f.statement.published, f.days) for f in one.earliest]


def test_a_page_that_is_not_public_does_not_say_that_its_language_was_looked_at() -> None:
    made = book(three_languages())
    assert "it" not in made.languages
    text = parsed(site(three_languages()))["en/gaps.html"].text_content()
    assert "Italian" not in text
    assert "German" in text


def test_a_language_of_the_profile_without_a_page_was_not_looked_at() -> None:
    case = three_languages()
    case.sightings = [s for s in case.sightings if s.language != "en"]
    case.statements = [s for s in case.statements if s.language != "en"]
    made = book(case)
    assert made.unseen == ("en",)
    assert "en" not in coverage.of_countries(made)[0].silent


def test_a_date_that_means_a_year_is_drawn_as_a_stretch_and_a_day_as_a_point() -> None:
    drawn = spans(coverage.of_countries(book(three_languages())))
    assert drawn is not None
    chinese, english = drawn.lines[0].marks
    assert chinese.width > 50
    assert english.width == 0
    assert chinese.x + chinese.width < english.x


def test_what_is_drawn_stands_in_the_table_and_opens_its_words() -> None:
    page = parsed(site(example()))["en/gaps.html"]
    drawn = page.xpath("//svg[@class='spans']/a")
    dates = page.xpath("//tbody[@id='rows']//a[@class='date']")
    assert sorted(a.get("href") for a in drawn) == sorted(a.get("href") for a in dates)
    assert all(a.xpath("string(./title)") for a in drawn)


def test_countries_with_groups_or_look_alikes_alone_are_named() -> None:
    case = example()
    page = case.page("Nine stations are in Spain, and some in Glasgow.", published="2022-11-01")
    group = case.site("some", place="geonames:2", country="FR", group="territory:FR")
    case.says(page, group, "name", "Nine", "Nine stations are in Spain", BOTH)
    made = book(case)
    found = dict(coverage.elsewhere(made))
    assert all(not made.things[thing].is_counted for things in found.values() for thing in things)
    assert not set(found) & {one.of for one in coverage.of_countries(made)}


def test_the_axis_has_few_ticks_whatever_it_spans() -> None:
    for dates in (["2022-09-12", "2022-10-01"], ["2019", "2024-05"], ["1998-02", "2024"], ["2022-09-12"]):
        scale = axis(dates, 100, 500)
        assert scale is not None
        ticks = scale.ticks
        assert len(ticks) <= 10
        assert all(100 <= tick.x <= 600 for tick in ticks)
        assert [t.x for t in ticks] == sorted(t.x for t in ticks)
    assert axis([], 0, 10) is None
    scale = axis(["2022-01-01/2022-01-11"], 0, 100)
    assert scale is not None
    assert scale.x(date(2022, 1, 6)) == 50
