"""What the rules read out of a sentence: counts, dates, codes, names, operators, places; and laws that all keep."""

import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from saying import finders, only, statements, the, told

from overt.find import find
from overt.model import Sighting
from overt.read import read


def numbers(text: str, language: str = "en", **more: str) -> set[tuple[float | None, str | None, str | None]]:
    found = only(statements(text, language=language, **more), "reported_count")
    return {(s.value.number, s.value.unit, s.qualifier) for s in found}


def test_a_count_carries_six_parts() -> None:
    found = statements(
        "The Lantern Watch said that Fuzhou police announced a first batch of at least 30 police service stations in "
        "Spain in January 2022."
    )
    count = the(found, "reported_count")
    assert (count.value.number, count.value.unit, count.qualifier) == (30, "sites", "at_least")
    assert "Fuzhou" in (count.scope.whose or "")
    assert count.scope.as_of == "2022-01"
    assert count.scope.where == "ES"
    assert [v.words for v in count.attribution][:2] == ["Fuzhou police", "The Lantern Watch"]
    assert count.subject.kind == "reported_site"


COUNTS = [
    ("en", "At least 54 police service stations operate in 30 countries.", (54, "sites", "at_least")),
    ("en", "At least 54 police service stations operate in 30 countries.", (30, "countries", None)),
    ("en", "The report lists fifty-four overseas police service stations.", (54, "sites", None)),
    ("en", "More than 100 overseas police stations exist, the group said.", (100, "sites", "more_than")),
    ("en", "About 50 overseas police service stations exist.", (50, "sites", "about")),
    ("zh-Hans", "报告说，海外警务服务站至少有54个，分布在30个国家。", (54, "sites", "at_least")),
    ("zh-Hans", "报告说，海外警务服务站有五十四个。", (54, "sites", None)),
    ("zh-Hant", "報告說，首批30個海外警務服務站分布在21個國家。", (21, "countries", None)),
]


@pytest.mark.parametrize(("language", "text", "want"), COUNTS)
def test_numbers_in_words_and_digits_with_their_qualifier(
    language: str, text: str, want: tuple[float, str, str | None]
) -> None:
    assert want in numbers(text, language)


NO_COUNTS = [
    ("zh-Hans", "海外110报警服务台于2022年启用。"),
    ("en", "Call the 110 hotline of the police service station."),
    ("en", "The police service station in Dublin opened in 2018."),
    ("en", "The police service station at 24 Example Street in Dublin has closed."),
    ("en", "The 20th Party Congress spoke about overseas police service stations."),
    ("en", "The report 110 Overseas describes police service stations."),
]


@pytest.mark.parametrize(("language", "text"), NO_COUNTS)
def test_what_is_no_count_is_none(language: str, text: str) -> None:
    assert numbers(text, language) == set()


def test_the_date_of_a_saying_is_no_date_of_an_event() -> None:
    found = statements("The ministry said on 3 May 2021 that the Chinese police service station in Dublin was set up.")
    assert not only(found, "opened")
    found = statements("The ministry said on 3 May 2021 that the Chinese police station in Dublin was set up in 2018.")
    assert the(found, "opened").value.normal == "2018"


DATES = [
    ("en", "The Chinese police service station in Dublin was set up in 2018.", "2018"),
    ("en", "The Chinese police service station in Dublin opened on 10 May 2018.", "2018-05-10"),
    ("en", "The Chinese police service station in Dublin opened in May 2018.", "2018-05"),
    ("zh-Hans", "都柏林的海外警务服务站于2018年5月10日挂牌。", "2018-05-10"),
    ("zh-Hans", "都柏林的海外警务服务站2018年设立。", "2018"),
]


@pytest.mark.parametrize(("language", "text", "want"), DATES)
def test_dates_keep_their_precision(language: str, text: str, want: str) -> None:
    assert the(statements(text, language=language), "opened").value.normal == want


DENIED = [
    ("en", "The embassy said that no such police station exists in Dublin."),
    ("en", "The embassy denied that a Chinese police station exists in Dublin."),
    ("en", "There is no Chinese police station in Dublin, the embassy said."),
    ("zh-Hans", "大使馆表示，都柏林不存在海外警务服务站。"),
    ("zh-Hans", "大使馆否认在都柏林设有警察站。"),
]


@pytest.mark.parametrize(("language", "text"), DENIED)
def test_what_denies_a_site_never_affirms_that_it_exists(language: str, text: str) -> None:
    found = statements(text, language=language)
    for s in only(found, "existence"):
        assert s.stance == "denies"
    for s in found:
        if s.property in ("located_in", "operator", "opened", "service", "premises"):
            assert s.stance == "denies", (s.property, s.value.text)


NEGATED = [
    ("The Chinese police service station in Dublin does not offer passports, the embassy said.", "service", "passport"),
    (
        "The Chinese police service station in Dublin is not a police station, the embassy said.",
        "nature",
        "police_station",
    ),
]


@pytest.mark.parametrize(("text", "prop", "code"), NEGATED)
def test_a_negation_beside_the_words_denies_them(text: str, prop: str, code: str) -> None:
    assert the(statements(text), prop, code).stance == "denies"


def test_a_value_that_is_negative_itself_is_stated() -> None:
    found = statements("No permission was requested for the Chinese police station in Dublin, the ministry said.")
    permission = the(found, "permission")
    assert (permission.value.normal, permission.stance) == ("no", "states")


def test_an_enumeration_makes_a_site_of_each_place() -> None:
    found = statements("The group said that police service stations are located in Amsterdam and Rotterdam.")
    places = {s.value.text for s in only(found, "located_in")}
    assert places == {"Amsterdam", "Rotterdam"}
    assert len({s.subject.mention for s in only(found, "located_in")}) == 2


def test_one_in_a_city_and_another_in_a_second() -> None:
    found = statements("The report lists police service stations: one in Croydon and another in Glasgow.")
    assert {s.value.text for s in only(found, "located_in")} == {"Croydon", "Glasgow"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "La organización dice que nueve comisarías chinas están en España: tres en Madrid y dos en Valencia."),
        ("en", "The group says nine Chinese police stations are in Spain: three in Madrid and two in Valencia."),
    ],
)  # fmt: skip
def test_a_number_of_a_city_makes_no_site_there(language: str, text: str) -> None:
    found = only(statements(text, language=language), "located_in")
    assert [s.value.text for s in found] == []


def test_one_in_a_country_makes_no_site() -> None:
    found = statements("The report lists nine police service stations in Spain and one in Australia.")
    assert not only(found, "located_in")
    assert all(s.subject.group is not None for s in found)


NAMES = [
    ("en", "The “Fuzhou Police Overseas Service Station” opened in Dublin.", "Fuzhou Police Overseas Service Station"),
    ("zh-Hans", "都柏林的“福州警侨事务海外服务站”已经关闭。", "福州警侨事务海外服务站"),
    ("zh-Hant", "都柏林的「福州警僑事務海外服務站」已經關閉。", "福州警僑事務海外服務站"),
]


@pytest.mark.parametrize(("language", "text", "name"), NAMES)
def test_a_name_is_kept_as_it_is_printed(language: str, text: str, name: str) -> None:
    assert the(statements(text, language=language), "name").value.text == name


OPERATORS = [
    (
        "en",
        "The Chinese police station in Dublin is run by the Fuzhou Public Security Bureau.",
        "Fuzhou Public Security Bureau",
    ),
    (
        "en",
        "The Fuzhou Public Security Bureau set up a police service station in Dublin.",
        "Fuzhou Public Security Bureau",
    ),
    ("zh-Hans", "都柏林的海外警务服务站由福州市公安局设立。", "福州市公安局"),
    ("zh-Hans", "福州市公安局在都柏林设立了海外警务服务站。", "福州市公安局"),
]


@pytest.mark.parametrize(("language", "text", "who"), OPERATORS)
def test_an_operator_stands_before_or_after_its_verb(language: str, text: str, who: str) -> None:
    assert who in the(statements(text, language=language), "operator").value.text


LOOK_ALIKES = [
    ("en", "A Chinese Community and Police Cooperation Centre opened in Durban in 2018."),
    ("zh-Hans", "苏瓦的华助中心于2016年挂牌。"),
]


@pytest.mark.parametrize(("language", "text"), LOOK_ALIKES)
def test_what_looks_alike_has_a_kind_of_its_own(language: str, text: str) -> None:
    found = statements(text, language=language)
    assert found
    assert all(s.subject.kind != "reported_site" for s in found)


CODES = [
    (
        "en",
        "The Chinese police station in Dublin helps citizens to renew driving licences.",
        "service",
        "licence_renewal",
    ),
    ("en", "The Chinese police station in Dublin issues identity cards.", "service", "identity_card"),
    ("en", "The Chinese police station in Dublin uses facial recognition.", "technology", "facial_recognition"),
    ("en", "The Chinese police station in Dublin is staffed by volunteers.", "staff", "volunteers"),
    ("zh-Hans", "都柏林的海外警务服务站帮助侨胞更换驾照。", "service", "licence_renewal"),
    ("zh-Hant", "都柏林的海外警務服務站幫助僑胞更換駕照。", "service", "licence_renewal"),
]


@pytest.mark.parametrize(("language", "text", "prop", "code"), CODES)
def test_words_of_every_language_meet_in_one_code(language: str, text: str, prop: str, code: str) -> None:
    assert the(statements(text, language=language), prop, code).stance == "states"


PAGE = (
    "The Lantern Watch, a human rights group, said that at least 54 police service stations operate in 30 countries.",
    "“The Chinese police service station in Dublin was set up in 2018,” the group's director told the ABC.",
    "The group alleges that the station in Viña del Mar is used to intimidate dissidents.",
    "The embassy denied this and said that the station in Dublin helps citizens to renew driving licences.",
)
HAN = (
    "人权组织灯笼观察9月12日发布报告称，海外警务服务站至少有54个，分布在30个国家。",
    "据灯塔日报报道，都柏林的“福州警侨事务海外服务站”由福州市公安局于2018年设立。",
    "大使馆否认都柏林的服务站是警察站。发言人说，服务站帮助侨胞更换驾照。",
)


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


LAWS = [
    ("NFD", lambda t: unicodedata.normalize("NFD", t)),
    ("straight quotation marks", straight),
    ("two blanks between words", lambda t: t.replace(" ", "  ")),
    ("no-break spaces", lambda t: t.replace(" ", "\u00a0")),
    ("carriage returns", lambda t: t.replace("\n", "\r\n")),
    ("blank lines with blanks", lambda t: t.replace("\n\n", "\n \t\n\n")),
]


def read_and_found(text: str, language: str) -> Counter[tuple[str, ...]]:
    """What a page of plain text says, in a form that does not know how it is printed."""
    document = read(f"A heading\n\n{text}\n".encode(), "text/plain", "utf-8")
    sighting = Sighting(capture=document.capture, address="a", outlet="Gazette", published="2022", language=language)
    return Counter(
        tuple(" ".join(straight(unicodedata.normalize("NFC", word or "")).split()) for word in told(s))
        for s in find(document, sighting, finders()).statements
    )


@pytest.mark.parametrize("page", [PAGE, HAN], ids=["english", "chinese"])
@pytest.mark.parametrize(("law", "change"), LAWS, ids=[law for law, _ in LAWS])
def test_what_looks_the_same_says_the_same(page: tuple[str, ...], law: str, change: Callable[[str], str]) -> None:
    language = "en" if page is PAGE else "zh-Hans"
    text = "\n\n".join(page)
    want = read_and_found(text, language)
    assert len(want) >= 6
    assert read_and_found(change(text), language) == want, law


@settings(max_examples=25, deadline=None)
@given(
    order=st.permutations(range(len(PAGE))),
    blanks=st.lists(st.sampled_from(["Rain fell.", "Nothing else."]), max_size=2),
)
def test_whatever_the_order_of_passages_every_quote_is_verbatim(order: list[int], blanks: list[str]) -> None:
    texts = [PAGE[i] for i in order] + blanks
    whole = "\n\n".join(texts)
    found = statements(*texts)
    assert found
    assert len({s.id for s in found}) == len(found)
    for s in found:
        assert whole[s.quote.start : s.quote.end] == s.quote.exact
        assert "\n" not in s.quote.exact


WORDS = ["the ", "said ", "that ", "station", " in Dublin", "54 ", "at least "]
PIECES = [*"“”\"'「」，。：;,. 据称说站警服务", *WORDS]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50).map("".join))
def test_no_text_breaks_the_finder(text: str) -> None:
    for language in ("en", "zh-Hans"):
        for s in statements(text, language=language):
            assert text[s.quote.start : s.quote.end] == s.quote.exact


PARTS = [
    # a number that is restricted carries what restricts it: it is never set beside a number of all
    ("The group said that 30 police service stations are in Europe.", 30, None, None),
    ("The group counts 30 police service stations in Europe.", 30, "Europe", None),
    ("The group found 54 police service stations, nine of them in Spain.", 9, "ES", None),
    ("The group found 54 police service stations, including at least nine in Spain alone.", 9, "ES", None),
    ("The group listed another 48 police service stations.", 48, None, "another 48"),
    ("The group has 54 police service stations on its list and added another 48.", 48, None, "another 48"),
]


@pytest.mark.parametrize(("text", "number", "where", "whose"), PARTS)
def test_a_part_of_what_is_counted_says_of_which(text: str, number: int, where: str | None, whose: str | None) -> None:
    count = next(s for s in only(statements(text), "reported_count") if s.value.number == number)
    assert count.value.unit == "sites"
    if where or whose:
        assert (count.scope.where, count.scope.whose) == (where, whose)


def test_a_place_is_kept_for_each_voice_that_gives_it() -> None:
    found = statements(
        "The Lantern Watch, a human rights group, said that a Chinese police station was set up in Dublin.",
        heading="Chinese police station in Dublin",
    )
    placed = only(found, "located_in")
    assert len(placed) == 2
    assert {s.depth for s in placed} == {0, 1}
