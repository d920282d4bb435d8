"""The same keys with the places that ship: names of the subject's bodies meet across languages."""

import pytest

from overt.places import gazetteer
from overt.resolve import operator_key
from overt.resolve.names import police_place


@pytest.fixture(scope="module", autouse=True)
def small_atlas():
    """Nothing is put in the place of the gazetteer here."""


@pytest.mark.parametrize(
    "names",
    [
        ("Fuzhou Public Security Bureau", "Fuzhou police", "福州市公安局", "福州警方", "福建省福州市公安局"),
        ("the public security department of Wenzhou", "温州市公安局", "溫州警方", "悉尼有一个温州市公安局"),
        ("Qingtian County Public Security Bureau", "青田县公安局", "青田縣公安局"),
        ("the Chinese embassy in Ireland", "中国驻爱尔兰大使馆", "中國駐愛爾蘭大使館"),
        ("Irish Department of Foreign Affairs", "爱尔兰外交部", "Ireland's foreign ministry"),
    ],
)
def test_one_body_has_one_key_in_all_its_names(names):
    keys = {operator_key(name) for name in names}
    assert len(keys) == 1
    assert None not in keys


def test_a_county_lies_in_its_city():
    county, city = (police_place(operator_key(name) or "") for name in ("青田县公安局", "丽水市公安局"))
    assert county != city
    assert gazetteer.contains(city or "", county or "")
