"""What state a thing is said to be in, since when, and what is no state: an order, a headline's participle."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import only, statements, the

CLOSED = [
    ("en", "The Chinese police station in Leeds closed last month.", "2022-10"),
    ("en", "The Chinese police station in Leeds closed in May 2021.", "2021-05"),
    ("en", "The Chinese police station in Leeds was shut down on 4 May 2022.", "2022-05-04"),
    ("de", "Die chinesische Polizeistation in Leipzig wurde 2021 geschlossen.", "2021"),
    ("de", "Die chinesische Polizeistation in Leipzig schloss im Mai 2021.", "2021-05"),
    ("fr", "Le poste de police chinois de Lyon, ouvert en 2018, puis fermé en mai 2021, était petit.", "2021-05"),
    ("pt", "A esquadra de polícia chinesa do Porto foi aberta em 2018 e encerrada em maio de 2021.", "2021-05"),
    ("zh-Hans", "里昂警务服务站已于9月13日关闭。", "2022-09-13"),
]


@pytest.mark.parametrize(("language", "text", "since"), CLOSED)
def test_a_closure_has_the_date_beside_it(language: str, text: str, since: str) -> None:
    assert the(statements(text, language=language), "status", "closed").scope.as_of == since


def test_the_date_of_an_end_is_no_date_of_a_beginning() -> None:
    found = statements("里昂警务服务站于2018年揭牌，今年9月停止运作。", language="zh-Hans")
    assert [s.value.normal for s in only(found, "opened")] == ["2018"]
    assert the(found, "status", "ceased").scope.as_of == "2022-09"


@pytest.mark.parametrize("text", ["荷兰政府已下令关闭里昂的警务服务站。", "里昂的警务服务站已被勒令关闭。"])
def test_what_is_ordered_to_close_is_not_said_to_be_closed(text: str) -> None:
    found = statements(text, language="zh-Hans")
    assert only(found, "host_action", "ordered_closed")
    assert not only(found, "status")


HEADLINES = [
    "Secret Chinese police stations uncovered in Lisbon",
    "Three Chinese police stations revealed in Britain",
    "Two overseas police stations identified in Dublin and Cork",
    "Chinese police stations warned to close in Toronto",
    "Police station named in Dublin",
]


@pytest.mark.parametrize("text", HEADLINES)
def test_a_thing_never_speaks(text: str) -> None:
    found = statements(text, heading="China's overseas police stations")
    assert found
    assert all(s.depth == 0 for s in found)
    assert all(s.actor is None for s in found)


def test_somebody_at_a_thing_speaks_for_no_state() -> None:
    found = statements("A woman at the Chinese police station in Rome said that it had closed.")
    assert str(the(found, "status", "closed").voice.kind) == "affected_person"


LISTED = [
    ("fr", "Les postes de police chinois d'Amsterdam et de Rotterdam ont été fermés.", "status"),
    ("en", "The Chinese police stations in Porto and Lyon were closed.", "status"),
    ("zh-Hans", "荷兰政府已下令关闭阿姆斯特丹和鹿特丹的警察站。", "host_action"),
]


@pytest.mark.parametrize(("language", "text", "prop"), LISTED)
def test_what_is_said_of_things_that_are_listed_is_said_of_each(language: str, text: str, prop: str) -> None:
    found = statements(text, language=language)
    places = {s.subject.mention for s in only(found, "located_in")}
    assert len(places) == 2
    assert {s.subject.mention for s in only(found, prop)} == places


def test_a_chinese_noun_right_behind_its_city_names_one_thing() -> None:
    found = statements("里昂的警察站已关闭。", language="zh-Hans")
    assert the(found, "status").subject == the(found, "located_in").subject


def test_what_happened_to_people_is_said_of_no_thing() -> None:
    found = statements("Some 900 people were persuaded to return.", heading="Chinese police stations abroad")
    assert only(found, "reported_count")
    assert not only(found, "activity")


def test_who_denies_runs_nothing() -> None:
    found = statements(
        "Reports that the Chinese police station in Leeds was run from a flat were denied by the embassy."
    )
    assert not only(found, "operator")


def test_continents_are_no_countries() -> None:
    found = statements("There are 90 Chinese police stations across five continents.")
    assert [s.value.number for s in only(found, "reported_count")] == [90]


def test_the_people_of_a_country_tell_which_town_is_meant() -> None:
    found = statements("La comisaría china de Valencia cerró, según la policía española.", language="es")
    assert only(found, "located_in", "geonames:2509954")


def test_a_mark_of_direction_hides_no_qualifier() -> None:
    found = statements("At least \u200e90 Chinese police stations exist.")
    assert the(found, "reported_count").qualifier == "at_least"
