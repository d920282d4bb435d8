"""Two names, one body? Translated names meet across scripts; what only looks or sounds alike is left to a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overt.profile import find_profile, load
from overt.resolve import AUTOMATIC, Reader, compare
from overt.resolve.alike import alike

READER = Reader(load(find_profile("overseas-stations")))


def verdict(left: str, right: str) -> str:
    return compare(READER.read(left), READER.read(right)).verdict


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("福州市公安局", "Fuzhou Public Security Bureau"),
        ("Oficina de Seguridad Pública de Fuzhou", "Ufficio di pubblica sicurezza di Fuzhou"),
        ("青田縣公安局", "Qingtan County PSB"),
        ("青田县", "Čching-tchien"),
        ("Qīngtián Xiàn Gōng'ānjú", "Bureau de la sécurité publique de Qingtian"),
        ("Peking Municipal Public Security Bureau", "北京市公安局"),
        ("温州市公安局悉尼联络点", "Wenzhou police contact point, Sydney"),
        ("旅荷青田同乡会", "Qingtian Hometown Association in the Netherlands"),
    ],
)
def test_a_translated_name_meets_its_original(left, right):
    found = compare(READER.read(left), READER.read(right))
    assert found.verdict == "same", found.reasons
    assert found.score >= AUTOMATIC
    assert found.reasons


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("福州市公安局", "抚州市公安局"),
        ("台州市公安局", "泰州市公安局"),
        ("福州市公安局", "福州市人民检察院"),
        ("Chinese Consulate General in Barcelona", "Qingtian police station in Barcelona"),
        ("福州市公安局", "福州警侨驿站（都柏林）"),
        ("马德里青田同乡会", "巴塞罗那青田同乡会"),
        ("Chinese embassy in Ireland", "Irish embassy in China"),
        ("Service Station No. 3 of Fuzhou", "Service Station No. 5 of Fuzhou"),
    ],
)
def test_another_place_organ_or_number_is_another_body(left, right):
    assert verdict(left, right) == "different"


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("Fuzhou", "抚州", "several places"),
        ("Taizhou Public Security Bureau", "台州市公安局", "several places"),
        ("福清同乡会", "褔清同乡会", "look alike"),
        ("Qingtian PSB", "Qingtiаn PSB", "two alphabets"),
        ("陈大文", "Chen Dawen", "persons"),
        ("Juan García López", "Juan García López", "persons"),
        ("警侨驿站", "contact point", "only a kind"),
        ("MNK", "Meadow Northern Kindergartens", "persons"),
        ("", "福州", "no word"),
        ("x" * 400, "x" * 400, "no name"),
    ],
)
def test_what_nobody_can_tell_is_left_to_a_person_with_the_reason(left, right, word):
    found = compare(READER.read(left), READER.read(right))
    assert found.verdict == "unsure"
    assert word in " ".join(found.reasons)
    assert found.score < AUTOMATIC


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("青田县公安局", "Lishui Public Security Bureau"),
        ("福州市公安局鼓楼分局", "福州市公安局"),
        ("福州市公安局交警支队", "Fuzhou Public Security Bureau"),
        ("Qingtian", "Zhejiang Province"),
    ],
)
def test_a_part_is_no_conflict_and_says_which_is_the_whole(part, whole):
    found = compare(READER.read(part), READER.read(whole))
    assert (found.verdict, found.whole) == ("part_of", "right")
    turned = compare(READER.read(whole), READER.read(part))
    assert (turned.verdict, turned.whole) == ("part_of", "left")


def test_pinyin_numerals_of_persons_do_not_make_them_bodies():
    assert verdict("Xi Jinpeng", "Xi Jinping") == "unsure"
    assert verdict("Nicolas Example LLC", "Nicolas Example") == "unsure"


WORDS = [
    "福州市",
    "公安局",
    "青田县",
    "Fuzhou",
    "Qingtian",
    "police",
    "station",
    "Dublin",
    "鼓楼",
    "110",
    "第三",
    "of",
    "驻",
    "华",
]
NAMES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES)
def test_no_order_changes_what_is_found_and_no_text_breaks_it(left, right):
    one, other = compare(READER.read(left), READER.read(right)), compare(READER.read(right), READER.read(left))
    assert one.verdict == other.verdict
    assert one.score == pytest.approx(other.score)
    assert 0 <= one.score <= 1
    assert (one.verdict == "same") == (one.score >= AUTOMATIC)


def test_many_names_fall_into_classes_whatever_their_order():
    names = [
        "福州市公安局",
        "Fuzhou Public Security Bureau",
        "Bureau de la sécurité publique de Fuzhou",
        "抚州市公安局",
        "青田县公安局",
        "Qingtan County Public Security Bureau",
        "Harbour Lantern Society",
        "Harbor Lantern Society",
    ]
    made = alike(names, READER)
    assert made == alike(list(reversed(names)), READER)
    assert len({made.classes[n] for n in names[:3]}) == 1
    assert made.classes["青田县公安局"] == made.classes["Qingtan County Public Security Bureau"]
    assert made.classes["Harbor Lantern Society"] == made.classes["Harbour Lantern Society"]
    assert "抚州市公安局" not in made.classes
