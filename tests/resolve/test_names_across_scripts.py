"""Names across scripts: one key for one body, one fold for one name, and no key where nobody can tell."""

import pytest
from builders import NAMING, PROFILE, voice
from hypothesis import given
from hypothesis import strategies as st

from overt.model import VoiceKind
from overt.resolve import fold_name, operator_key, voice_key
from overt.resolve.names import fold_street, streets_differ


@pytest.mark.parametrize(
    "words",
    [
        "Fuzhou Public Security Bureau",
        "the Fuzhou police",
        "Fuzhou PSB",
        "the Department of Public Security of Fuzhou",
        "the public security department of Fuzhou, Fujian",
        "福州市公安局",
        "福州警方",
        "福建省福州市公安局",
        "a Fuzhou police staff member",
        "悉尼联络点由福州市公安局",
        "悉尼有一个福州市公安局",
    ],
)
def test_one_police_body_has_one_key_in_all_its_names(words):
    assert operator_key(words) == "police@c:fuzhou"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wenzhou police", "Fuzhou police"),
        ("Fuzhou police", "Fujian police"),
        ("Fuzhou Public Security Bureau", "the government of Fuzhou"),
        ("Chinese embassy in Ireland", "Chinese embassy in the UK"),
        ("Chinese embassy in Ireland", "British embassy in Ireland"),
        ("公安部", "福州市公安局"),
    ],
)
def test_two_bodies_have_two_keys(one, other):
    assert operator_key(one) != operator_key(other)


def test_a_mission_is_known_by_both_its_states_in_either_language():
    assert operator_key("the Chinese embassy in Dublin") == operator_key("中国驻爱尔兰大使馆") == "embassy@CN+IE"


@pytest.mark.parametrize(
    "words",
    [
        "Wenzhou Police Friends Association",
        "澳大利亚温州工商总会",
        "the police",
        "Fuzhou and Qingtian police",
        "福州和青田公安局",
        "Safeguard Defenders",
        "",
    ],
)
def test_no_key_is_given_where_the_words_name_no_one_public_body(words):
    assert operator_key(words) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("保護衛士", "保护卫士"),
        ("The Irish Times", "Irish  Times"),
        ("America Changle Association", "America ChangLe Association, Inc."),
        ("Associação São João", "associacao sao joao"),
        ("《爱尔兰时报》", "愛爾蘭 時報"),
        ("东方·明珠", "東方明珠"),
    ],
)
def test_names_that_differ_in_script_case_and_legal_form_fold_to_one(one, other):
    assert fold_name(one) == fold_name(other) != ""


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold_name(fold_name(text)) == fold_name(text)


def test_addresses_differ_only_where_neither_holds_the_other():
    assert not streets_differ(fold_street("10 Capel Street"), fold_street("Capel St"))
    assert streets_differ(fold_street("10 Capel Street"), fold_street("12 Capel Street"))
    assert not streets_differ(fold_street("Capel Street"), fold_street("卡佩爾街"))


def test_a_known_voice_is_found_by_any_of_its_names():
    wanted = voice_key(voice("Safeguard Defenders"), PROFILE)
    assert wanted == "watchdog"
    assert voice_key(voice("保護衛士"), PROFILE) == wanted
    assert voice_key(voice("Safeguard Defenders", role="campaign director"), PROFILE) == wanted
    assert voice_key(voice(role="campaign director for Safeguard Defenders"), PROFILE) == wanted
    assert voice_key(voice("the human rights agency Safeguard Defenders"), PROFILE) == wanted


def test_an_abbreviation_of_two_bodies_is_told_by_the_kind_of_voice_or_not_at_all():
    assert voice_key(voice("AFP", VoiceKind.HOST_GOVERNMENT), PROFILE) == "afp_police"
    assert voice_key(voice("AFP", VoiceKind.OUTLET), PROFILE) == "afp_agency"
    assert voice_key(voice("AFP"), PROFILE) == "org:afp"


def test_a_short_known_name_inside_longer_words_is_chance():
    assert voice_key(voice("ABC Fine Foods"), PROFILE) == "org:abc fine foods"


def test_an_unknown_voice_is_keyed_by_organisation_then_role_then_speaker():
    assert voice_key(voice("The Canal Post", role="editor"), PROFILE) == "org:canal post"
    assert voice_key(voice(role="the minister", speaker="X Y"), PROFILE) == "role:minister"
    assert voice_key(voice(speaker="X Y"), PROFILE) == "speaker:x y"
    assert voice_key(voice(), PROFILE) == ""


def test_a_body_as_voice_and_as_operator_has_one_key():
    assert NAMING.voice(voice("福州警方")) == NAMING.organisation("Fuzhou Public Security Bureau") == "police@c:fuzhou"
    assert NAMING.voice(voice("Australian Federal Police")) == NAMING.organisation("Australian police")
    assert NAMING.shown(NAMING.voice(voice("保护卫士"))) == "Safeguard Defenders"
