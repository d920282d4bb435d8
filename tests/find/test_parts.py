"""Where a number is counted: a part's place is no place of the whole, and a number that is a name counts nothing."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import only, statements


def placed(text: str, language: str) -> set[tuple[float | None, str | None, str | None]]:
    found = only(statements(text, language=language), "reported_count")
    return {(s.value.number, s.value.unit, s.scope.where) for s in found}


PARTS = [
    ("en", "There are 90 Chinese police stations in 40 countries, of which seven are in Spain.", 7, "ES"),
    ("en", "There are 90 Chinese police stations in 40 countries, including seven in Spain.", 7, "ES"),
    ("en", "There are 90 Chinese police stations in 40 countries, with seven in Spain.", 7, "ES"),
    ("fr", "Il existe 90 postes de police chinois dans 40 pays, dont sept en Espagne.", 7, "ES"),
    ("it", "Ci sono 90 stazioni di polizia cinesi in 40 paesi, di cui sette in Spagna.", 7, "ES"),
    ("nl", "Er zijn 90 Chinese politiebureaus in 40 landen, waarvan zeven in Spanje.", 7, "ES"),
    ("pt", "Há 90 esquadras de polícia chinesas em 40 países, sete das quais em Espanha.", 7, "ES"),
    ("es", "Hay 90 comisarías chinas en 40 países, siete de ellas en Italia.", 7, "IT"),
    ("de", "Es gibt 90 chinesische Polizeistationen in 40 Ländern, darunter sieben in Spanien.", 7, "ES"),
    ("zh-Hans", "报告说，40个国家设有90个海外警察站，其中西班牙7个。", 7, "ES"),
    ("zh-Hans", "报告说，40个国家设有90个海外警察站，其中7个位于西班牙。", 7, "ES"),
]


@pytest.mark.parametrize(("language", "text", "number", "where"), PARTS)
def test_the_place_of_a_part_is_not_that_of_the_whole(language: str, text: str, number: int, where: str) -> None:
    assert placed(text, language) == {(90, "sites", None), (40, "countries", None), (number, "sites", where)}


def test_the_place_of_a_whole_stays_its_own() -> None:
    assert (9, "sites", "ES") in placed("There are nine Chinese police stations in Spain, two of them in Madrid.", "en")


def test_cities_that_are_examples_are_those_of_single_things() -> None:
    found = statements("There are 90 Chinese police stations in cities including Porto and Lyon.")
    assert len(only(found, "located_in")) == 2
    assert [s.scope.where for s in only(found, "reported_count")] == [None]


NAMES = [
    ("en", "The overseas police stations are known as 110 stations."),
    ("it", "Le 110 stazioni di polizia cinesi aiutano i viaggiatori."),
    ("zh-Hans", "拨打110即可联系里昂服务站。"),
]


@pytest.mark.parametrize(("language", "text"), NAMES)
def test_a_number_that_is_a_name_counts_nothing(language: str, text: str) -> None:
    assert not placed(text, language)


def test_the_same_number_counts_where_nothing_makes_it_a_name() -> None:
    assert (110, "sites", None) in placed("There are 110 Chinese police stations.", "en")


RISEN = [
    ("en", "The report put the number of Chinese police stations at 90, up from 54."),
    ("de", "Die Zahl der chinesischen Polizeistationen ist auf 90 gestiegen."),
    ("fr", "Le nombre de postes de police chinois est passé à 90."),
    ("es", "El número de comisarías chinas asciende a 90."),
    ("it", "Il numero delle stazioni di polizia cinesi è salito a 90."),
    ("pt", "O número de esquadras de polícia chinesas subiu para 90."),
    ("nl", "Het aantal Chinese politiebureaus is gestegen tot 90."),
]


@pytest.mark.parametrize(("language", "text"), RISEN)
def test_the_number_of_things_may_stand_behind_them(language: str, text: str) -> None:
    assert (90, "sites", None) in placed(text, language)


def test_the_number_of_others_at_the_things_counts_no_things() -> None:
    assert not placed("The number of officers at the Chinese police stations rose to 30.", "en")


OF_A_WHOLE = [
    ("en", "Of the 90 Chinese police stations, seven are in Spain."),
    ("en", "Seven of the 90 Chinese police stations are in Spain."),
    ("en", "The 90 Chinese police stations include seven in Spain."),
    ("de", "Sieben der 90 chinesischen Polizeistationen sind in Spanien."),
    ("fr", "Sept des 90 postes de police chinois se trouvent en Espagne."),
    ("it", "Sette delle 90 stazioni di polizia cinesi sono in Spagna."),
]


@pytest.mark.parametrize(("language", "text"), OF_A_WHOLE)
def test_a_whole_of_which_a_part_is_somewhere_is_not_there(language: str, text: str) -> None:
    assert (90, "sites", "ES") not in placed(text, language)
    assert (90, "sites", None) in placed(text, language)
