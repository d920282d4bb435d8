"""The matcher of names: what is joined, what is warned of, what is never compared, and what a class of names is."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.profile import find_profile, load
from overt.resolve import AUTOMATIC, Reader, compare, spots
from overt.resolve.alike import alike

READER = Reader(load(find_profile("overseas-stations")))


@pytest.fixture(scope="module", autouse=True)
def small_atlas():
    """Nothing is put in the place of the gazetteer here, and nothing that another one said is remembered."""
    spots._land.cache_clear()


def said(left: str, right: str):
    return compare(READER.read(left), READER.read(right))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("福州市公安局", "Úřad veřejné bezpečnosti města Fu-čou"),
        ("青田縣公安局", "Qingtan County Public Security Bureau"),
        ("ministerio chino de Seguridad Pública", "公安部"),
        ("Auswärtiges Amt", "German Foreign Ministry"),
        ("中国駐大阪総領事館", "Chinese Consulate General in Osaka"),
        ("Ministry of Public Security (MPS)", "公安部"),
        ("Wiener Polizeistation von Fuzhou", "福州警侨驿站（维也纳）"),
        ("Operación Caza del Zorro", "猎狐行动"),
        ("启东市公安局", "Qidong City Public Security Bureau"),
        ("Fuzhoushi gonganju", "福州市公安局"),
        ("wenzhougonganju", "温州市公安局"),
        ("Qingtianxian", "青田县"),
        ("浙江省人民政府侨务办公室", "Zhejiang Provincial Overseas Chinese Affairs Office"),
    ],
)
def test_institutions_are_one_in_all_languages(left, right):
    found = said(left, right)
    assert found.verdict == "same", found.reasons
    assert found.score >= AUTOMATIC


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("福州市公安局", "抚州市公安局"),
        ("Policía Nacional de Colombia", "Policía Nacional de España"),
        ("Policía Nacional española", "Policía de Qingtian"),
        ("浙江省高级人民法院", "温州市中级人民法院"),
        ("猎狐行动", "天网行动"),
        ("Fuzhou Overseas 110 hotline", "12308 hotline"),
        ("MI5", "MI6"),
        ("Fuzhou Public Security Bureau", "Fuzhou Municipal Bureau of Justice"),
        ("驻墨尔本总领馆", "Chinese Consulate General in Sydney"),
    ],
)
def test_two_bodies_are_different_with_a_reason(left, right):
    found = said(left, right)
    assert found.verdict == "different", found.reasons
    assert found.reasons


@pytest.mark.parametrize(
    ("part", "whole"),
    [("青田县公安局", "Lishui Public Security Bureau"), ("Qingtian", "丽水"), ("福州市公安局鼓楼分局", "福州市公安局")],
)
def test_a_part_knows_its_whole_from_either_side(part, whole):
    assert (said(part, whole).verdict, said(part, whole).whole) == ("part_of", "right")
    assert (said(whole, part).verdict, said(whole, part).whole) == ("part_of", "left")


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("福州市公安局", "褔州市公安局", "look alike"),
        ("Wenzhοu police", "Wenzhou police", "two alphabets"),
        ("Taizhou Public Security Bureau", "台州市公安局", "several places"),
        ("Chinese embassy", "中国大使馆", "many missions"),
        ("Maria Rossi", "Maria Rossi", "persons"),
        ("王小明", "Wang Xiaoming", "persons"),
    ],
)
def test_homonyms_look_alikes_and_persons_are_left_to_a_person(left, right, words):
    found = said(left, right)
    assert found.verdict == "unsure"
    assert words in " ".join(found.reasons)


NAMES = st.lists(
    st.sampled_from(
        [
            "Fuzhou",
            "福州",
            "福州市",
            "青田县",
            "Qingtian",
            "公安局",
            "Public Security Bureau",
            "police",
            "in Madrid",
            "马德里",
            "警侨驿站",
            "police station",
            "商会",
            "Chamber of Commerce",
            "110",
            "MPS",
            "(MPS)",
            "驻",
            "é",
            "ο",
            " ",
        ]
    ),
    max_size=5,
).map(" ".join)


@given(NAMES, NAMES)
def test_the_order_of_two_names_tells_nothing(left, right):
    one, other = said(left, right), said(right, left)
    turned = {"left": "right", "right": "left", None: None}
    assert (one.verdict, one.score, one.whole) == (other.verdict, other.score, turned[other.whole])


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_gets_a_verdict_and_a_reason(left, right):
    found = said(left, right)
    assert found.verdict in ("same", "different", "part_of", "unsure")
    assert (found.score >= AUTOMATIC) == (found.verdict == "same")


FEW = ["Fuzhou Public Security Bureau", "福州市公安局", "抚州市公安局", "Fuzhou PSB"]


def test_classes_do_not_depend_on_the_order_of_names_and_hold_no_opposites():
    made = [alike(names, READER) for names in permutations(FEW)]
    assert all(one == made[0] for one in made)
    classes = made[0].classes
    assert classes["Fuzhou PSB"] == classes["福州市公安局"]
    assert classes.get("抚州市公安局", "") != classes["福州市公安局"]
