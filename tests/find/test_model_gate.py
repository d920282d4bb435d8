"""What a model says is kept only where the page bears it out: each rule of the gate, and what becomes of the rest."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from proposing import RULE, answered, became, by_model, by_patterns, page_of, proposed, row
from saying import finders

import overt.find.llm
from overt.find import find
from overt.find.llm import words

HARBOUR = (
    "A Chinese overseas police station was found in Dublin, the watchdog Lantern Watch said on Tuesday.",
    "People there can get their driving papers stamped anew. The station opened its doors in May 2018.",
)
STAMPED = "People there can get their driving papers stamped anew."


def test_words_that_the_vocabulary_does_not_hold_become_a_statement_by_its_own_rule() -> None:
    found = proposed(row(STAMPED, "driving papers stamped anew", "service:licence_renewal"), of=HARBOUR)
    made = by_model(found)
    assert [(s.property, s.value.normal, s.value.text) for s in made] == [
        ("service", "licence_renewal", "driving papers stamped anew")
    ]
    assert made[0].finder.rule == RULE
    assert made[0].quote.exact in HARBOUR[1]
    assert became(found) == {"kept": 1}


def test_what_the_patterns_find_does_not_depend_on_the_model() -> None:
    document, sighting = page_of(*HARBOUR)
    alone = find(document, sighting, finders())
    found = proposed(row(STAMPED, "driving papers stamped anew", "service:licence_renewal"), of=HARBOUR)
    assert by_patterns(found) == list(alone.statements)
    assert found.mentions == alone.mentions
    assert alone.llm is None


def test_what_both_find_is_one_statement_that_names_both() -> None:
    found = proposed(row("The station opened its doors in May 2018.", "May 2018", "opened"), of=HARBOUR)
    opened = [s for s in found.statements if s.property == "opened"]
    assert [(s.finder.name, s.finder.also) for s in opened] == [("patterns", (RULE,))]
    assert became(found) == {"agreed": 1}


@pytest.mark.parametrize(
    ("rule", "one"),
    [
        ("what", row(STAMPED, "driving papers stamped anew", "service:brain_surgery")),
        ("what", row(STAMPED, "driving papers stamped anew", "guilt")),
        ("what", row(STAMPED, "driving papers stamped anew", "service")),
        ("what", row(STAMPED, "driving papers stamped anew", "operator:yes")),
        ("quote", row("People there are held against their will.", "held", "activity:intimidate")),
        ("quote", row(STAMPED.lower(), "driving papers stamped anew", "service:licence_renewal")),
        ("quote", row(f"{HARBOUR[0]} {HARBOUR[1]}", "driving papers stamped anew", "service:licence_renewal")),
        ("quote", row("", "driving papers stamped anew", "service:licence_renewal")),
        ("value", row(STAMPED, "passports", "service:passport")),
        ("value", row(STAMPED, "", "service:passport")),
        ("value", row(STAMPED, "there", "service:passport")),
        ("value", row(STAMPED, "ing papers stamp", "service:passport")),
        ("value", row(STAMPED, STAMPED, "opened")),
        ("value", row(STAMPED, STAMPED, "reported_count:sites")),
        ("value", row(STAMPED, STAMPED, "service:licence_renewal")),
        ("value", row(STAMPED, "driving papers", "operator")),
        ("value", row(STAMPED, "driving papers", "located_in")),
        ("value", row(HARBOUR[0], "overseas police station", "activity:intimidate")),
        ("value", row(HARBOUR[0], "Dublin", "activity:intimidate")),
        ("about", row(STAMPED, "driving papers stamped anew", "service:licence_renewal", about="the Lisbon station")),
        ("voice", row(STAMPED, "driving papers stamped anew", "service:licence_renewal", voice="The High Court")),
        ("voice", row(STAMPED, "driving papers stamped anew", "service:licence_renewal", voice="papers stamped")),
        ("stance", row(STAMPED, "driving papers stamped anew", "service:licence_renewal", stance="denies")),
        ("stance", row(STAMPED, "driving papers stamped anew", "service:licence_renewal", stance="shouts")),
    ],
)
def test_what_the_page_does_not_bear_out_is_dropped_and_counted_by_its_rule(rule: str, one: dict[str, str]) -> None:
    found = proposed(one, of=HARBOUR)
    assert became(found) == {rule: 1}
    assert by_model(found) == []


def test_a_number_is_what_the_words_say_and_not_what_a_model_says() -> None:
    text = ("The group counted a network of overseas police stations: there are said to be 54 such outposts by now.",)
    found = proposed(row(text[0], "54 such outposts", "reported_count:sites"), of=text)
    assert {s.value.number for s in found.statements if s.property == "reported_count"} == {54.0}
    none = proposed(row(text[0], "such outposts", "reported_count:sites"), of=text)
    assert became(none) == {"value": 1}


def test_a_number_of_one_thing_is_not_one_of_another() -> None:
    text = ("Lantern Watch counted 54 overseas police service stations of the network.",)
    found = proposed(row(text[0], "54 overseas police service stations", "reported_count:countries"), of=text)
    assert became(found) == {"code": 1}


def test_words_of_one_code_are_not_taken_for_another() -> None:
    text = ("Chinese overseas police stations in Dublin offer to renew driving licences.",)
    found = proposed(row(text[0], "renew driving licences", "activity:intimidate"), of=text)
    assert became(found) == {"code": 1}


ALLEGED = (
    "The ministry spoke in Prague on Monday.",
    "Lantern Watch alleges that the Chinese overseas police station in Prague leans on students to go home quietly.",
)


def test_an_accusation_of_one_is_not_given_to_the_page_nor_to_another_voice() -> None:
    for voice in ("", "Lantern Watch"):
        found = proposed(row(ALLEGED[1], "leans on students", "activity:intimidate", voice=voice), of=ALLEGED)
        assert became(found) == {"kept": 1}
        made = by_model(found)[0]
        assert made.voice.words == "Lantern Watch"
        assert made.stance == "alleges"
    other = proposed(row(ALLEGED[1], "leans on students", "activity:intimidate", voice="The ministry"), of=ALLEGED)
    assert became(other) == {"other_voice": 1}


def test_a_model_can_only_take_a_stance_down_to_alleged() -> None:
    rows = row(STAMPED, "driving papers stamped anew", "service:licence_renewal", stance="alleges")
    assert by_model(proposed(rows, of=HARBOUR))[0].stance == "alleges"


def test_a_voice_is_taken_from_the_part_of_the_page_that_the_model_was_shown() -> None:
    one = row(STAMPED, "driving papers stamped anew", "service:licence_renewal", voice="Lantern Watch")
    made = by_model(proposed(one, of=HARBOUR))[0]
    assert made.voice.words == "Lantern Watch"
    assert made.voice.words in HARBOUR[0]
    assert made.attribution[-1].kind == "outlet"


def test_what_the_patterns_read_as_the_pages_own_word_is_given_to_nobody_else() -> None:
    one = row("The station opened its doors in May 2018.", "May 2018", "opened", voice="Lantern Watch")
    found = proposed(one, of=HARBOUR)
    assert became(found) == {"other_voice": 1}
    assert [s.finder.also for s in found.statements if s.property == "opened"] == [()]


def test_a_state_that_is_ordered_is_not_one_that_it_is_in() -> None:
    text = ("The Chinese overseas police station in Oslo must be shut down at once, the mayor said.",)
    found = proposed(row(text[0], "shut down", "status:closed"), of=text)
    assert by_model(found) == []


def test_a_site_in_one_city_is_not_given_what_is_said_of_another() -> None:
    text = ("A Chinese overseas police station is in Dublin.", "In Lisbon, papers are stamped anew for a fee.")
    one = row(text[1], "papers are stamped anew", "service:licence_renewal", about="Chinese overseas police station")
    assert became(proposed(one, of=text)) == {"about": 1}


def test_a_row_that_is_said_again_counts_once() -> None:
    one = row(STAMPED, "driving papers stamped anew", "service:licence_renewal")
    wider = row(STAMPED, "get their driving papers stamped anew", "service:licence_renewal")
    found = proposed(one, one, wider, of=HARBOUR)
    assert became(found) == {"kept": 1, "repeated": 2}
    assert len(by_model(found)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I cannot help with that.",
        '{"statements": [{"quote": "People',
        '{"statements": "none"}',
        "[]",
        '{"statements": [{"quote": 1, "words": 2, "what": 3}]}',
        '{"statements": [{"words": "no quote"}]}',
        "[" * 100_000,
        '{"statements": [' + "1," * 5000 + "1]}",
        '{"statements": [], "x": "' + "y" * 300_000 + '"}',
        '{"statements": [{"quote": "\\ud800", "words": "x", "what": "opened"}]}',
    ],
    ids=lambda text: text[:24] or "empty",
)
def test_an_answer_in_another_form_gives_nothing_and_is_counted(text: str) -> None:
    found = answered(HARBOUR, text)
    assert set(became(found)) == {"form"}
    assert by_model(found) == []


def test_json_in_a_fence_is_read() -> None:
    rows = json.dumps({"statements": [row(STAMPED, "driving papers stamped anew", "service:licence_renewal")]})
    assert became(answered(HARBOUR, f"```json\n{rows}\n```")) == {"kept": 1}


def test_chinese_pages_pass_the_same_gate() -> None:
    text = ("中国福州公安在都柏林设立了海外警侨服务站。", "人权组织灯笼观察称，服务站帮侨胞把旧的驾驶本子换成新的。")
    kept = proposed(row(text[1], "旧的驾驶本子换成新的", "service:licence_renewal"), of=text, language="zh")
    assert became(kept) == {"kept": 1}
    assert "灯笼观察" in by_model(kept)[0].voice.words
    lie = proposed(row(text[1], "护照", "service:passport"), of=text, language="zh")
    assert became(lie) == {"value": 1}


def test_every_fate_of_a_proposal_has_words() -> None:
    folder = Path(overt.find.llm.__file__).parent
    code = "".join((folder / f"{name}.py").read_text("utf-8") for name in ("judge", "second", "values"))
    for key in words():
        assert f'"{key}"' in code, key


TEXT = " ".join((*HARBOUR, *ALLEGED))
PIECES = st.builds(lambda a, b: TEXT[min(a, b) : max(a, b)], st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
WHATS = st.sampled_from(
    ["service:passport", "activity:intimidate", "operator", "opened", "located_in", "reported_count:sites", "name"]
)
ROWS = st.builds(
    row,
    PIECES | st.sampled_from([*HARBOUR, *ALLEGED, STAMPED]),
    PIECES | st.text(max_size=20),
    WHATS,
    PIECES | st.just(""),
    PIECES | st.sampled_from(["", "Lantern Watch", "The ministry"]),
    st.sampled_from(["states", "alleges", "denies", "asks"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=6))
def test_whatever_a_model_says_what_passes_stands_in_the_page(rows: list[dict[str, str]]) -> None:
    texts = (*HARBOUR, *ALLEGED)
    found = proposed(*rows, of=texts)
    document, _ = page_of(*texts)
    for made in by_model(found):
        assert document.text[made.quote.start : made.quote.end] == made.quote.exact
        assert made.value.text in made.quote.exact
        assert all(voice.words in document.text for voice in made.attribution)
    assert sum(became(found).values()) == len(rows)


def test_the_order_of_rows_changes_no_statement() -> None:
    rows = [
        row(STAMPED, "driving papers stamped anew", "service:licence_renewal"),
        row(ALLEGED[1], "leans on students", "activity:intimidate"),
        row(HARBOUR[1], "papers stamped", "service:administrative"),
    ]
    texts = (*HARBOUR, *ALLEGED)
    first = sorted(s.id for s in by_model(proposed(*rows, of=texts)))
    random.Random(7).shuffle(rows)
    assert sorted(s.id for s in by_model(proposed(*rows, of=texts))) == first
