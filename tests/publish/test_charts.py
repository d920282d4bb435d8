"""Quoted numbers beside the recount over time: what is comparable is drawn once, each step opens its rows."""

import dataclasses

import msgspec
from made_up import BOTH, WATCH, MadeUp, example
from reading import book, parsed, resolve, site

from overt.model import Count, Question, Scope, Support
from overt.publish import chart, over_time, rows
from overt.publish.labels import Labels
from overt.publish.words import catalogue


def quoted(case: MadeUp, number: float, day: str, **more: object) -> None:
    """A number of the whole network, given by the watchdog on a page of its own."""
    page = case.page(f"The watchdog counted at least {number:g} stations by {day}.", published=day)
    network = next(key for key, entity in case.entities.items() if entity.group == "network")
    scope = more.pop("scope", {})
    case.says(page, network, "reported_count", f"{number:g}", f"at least {number:g} stations", BOTH, voice=WATCH,
              number=number, unit="sites", qualifier="at_least", scope=scope, **more)  # fmt: skip


def drawn(case: MadeUp) -> tuple[chart.Chart, ...]:
    made = book(case)
    labels = Labels(made, catalogue("en"))
    return chart.charts(made, labels, rows.reported(made, labels))


def test_the_line_rises_on_the_days_on_which_pages_say_more() -> None:
    (one,) = drawn(example())
    assert [(step.day, step.recount.number) for step in one.steps] == [("2019-05-02", 1), ("2022-10-13", 2)]
    assert one.d.count("V") == 2
    xs = [step.x for step in one.steps]
    ys = [step.y for step in one.steps]
    assert xs == sorted(xs)
    assert ys == sorted(ys, reverse=True)  # more is higher


def test_each_step_and_each_number_of_ours_opens_a_list_of_its_length() -> None:
    pages = parsed(site(example()))
    page = pages["en/reported.html"]
    steps = page.xpath("//svg[@class='chart']/a[circle]/@href")
    listed = page.xpath("//table[.//caption[@id='steps-caption']]//a[@class='n']")
    assert len(steps) == 2
    assert {a.get("href") for a in listed} == set(steps)
    for link in listed:
        target, anchor = resolve("en/reported.html", link.get("href"))
        members = pages[target].xpath(f"//*[contains(concat(' ', @data-in, ' '), ' {anchor} ')]")
        assert len(members) == int(link.text_content())


def test_a_mark_opens_its_statement_and_says_qualifier_voice_and_recount() -> None:
    page = parsed(site(example()))["en/reported.html"]
    (mark,) = page.xpath("//svg[@class='chart']/a[path[@class='quoted']]")
    assert "#s-" in mark.get("href")
    assert mark.xpath("string(./title)") == "A: at least 54 sites, Station Watch, 2022-12-31; recount of that day: 2"
    assert mark.xpath("string(./text)").startswith("A · at least 54 sites")
    assert page.xpath("//tbody//span[@class='letter']/text()") == ["A"]


def test_one_number_of_one_root_is_drawn_once_and_its_letter_stands_at_every_line() -> None:
    case = example()
    quoted(case, 54.0, "2023-02-01")
    quoted(case, 60.0, "2023-03-01")
    (one,) = drawn(case)
    assert [(p.letter, p.item.number, len(p.items)) for p in one.points] == [("A", 54.0, 2), ("B", 60.0, 1)]
    page = parsed(site(case))["en/reported.html"]
    assert page.xpath("//tbody//span[@class='letter']/text()") == ["A", "A", "B"]


def test_the_start_page_gives_each_number_of_one_root_once_with_its_place() -> None:
    case = example()
    quoted(case, 54.0, "2023-02-01")
    quoted(case, 9.0, "2023-02-01", scope=msgspec.to_builtins(Scope(where="ES")))
    pages = parsed(site(case))
    lines = [
        " ".join(q.getparent().getparent().text_content().split()) for q in pages["en/index.html"].xpath("//li//q")
    ]
    assert lines == [
        "at least 54 sites Station Watch, 2022-10-13",
        "at least 9 sites Spain · Station Watch, 2023-02-01",
    ]
    assert len(pages["en/reported.html"].xpath("//tbody//q")) == 3  # every page that gives one


def test_a_number_of_one_country_is_no_mark_beside_a_line_about_all() -> None:
    case = example()
    quoted(case, 9.0, "2023-02-01", scope=msgspec.to_builtins(Scope(where="ES")))
    (one,) = drawn(case)
    assert [p.item.number for p in one.points] == [54.0]
    made = book(case)
    views = rows.reported(made, Labels(made, catalogue("en")))
    compared = [dataclasses.replace(v, recount=rows.Recount(3, "register.html", "c-ES")) for v in views]
    (again,) = chart.charts(made, Labels(made, catalogue("en")), compared)
    assert [point.item.number for point in again.points] == [54.0]
    assert [(v.number, quoted, ours) for v, quoted, ours in chart.bars(compared)] == [(9.0, chart.BAR, chart.BAR // 3)]


def test_labels_lie_on_no_mark_and_on_no_other_label() -> None:
    case = example()
    for at in range(9):
        quoted(case, 50.0 + at, f"2022-11-{at + 10:02d}", origin=f"root {at}")
    (one,) = drawn(case)
    assert len(one.points) == 10
    boxes = []
    for point in one.points:
        wide = 8 * len(point.label)
        left = point.label_x if point.anchor == "start" else point.label_x - wide
        boxes += [(left, point.label_y - 12, left + wide * 0.6, point.label_y)] if len(point.label) > 2 else []
    for at, a in enumerate(boxes):
        for b in boxes[at + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_many_steps_are_thinned_to_the_ends_of_months_and_a_day_asked_for_ends_the_line() -> None:
    case = MadeUp()
    network = case.site("network", place=None, country=None, group="network")
    said = []
    for month in range(1, 13):
        for day in range(1, 21):
            page = case.page(f"On {month}-{day} it opened.", published=f"2022-{month:02d}-{day:02d}")
            said.append(case.says(page, network, "opened", "2022", "it opened", BOTH, normal="2022"))

    def counted(day: str) -> Count:
        number = int(day[5:7]) * 100 + int(day[8:])
        question = Question(kind="reported_site", support=Support.REPORTED, as_of=day)
        return Count(id=day, question=question, low=number, high=number, rows=(), not_counted=())

    found = over_time.steps(said, None, counted)
    assert list(found) == [f"2022-{month:02d}-20" for month in range(1, 13)]
    assert list(over_time.steps(said, "2022-01-05", counted)) == [f"2022-01-{day:02d}" for day in range(1, 6)]


def test_without_a_comparable_number_nothing_is_drawn() -> None:
    case = example()
    case.statements = [s for s in case.statements if s.property != "reported_count"]
    assert drawn(case) == ()
    assert book(case).steps == ()
