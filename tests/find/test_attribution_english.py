"""Who says what in English: every sentence here is invented."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import chain, only, page, statements, the

STATION = "the Chinese police service station in Dublin"
GROUP = "The Lantern Watch, a human rights group,"

SAID = [
    # who speaks, in which stance, by the words of one sentence
    (f"{STATION.capitalize()} has closed.", [], "states"),
    (f"The foreign ministry said that {STATION} has closed.", ["ministry"], "states"),
    (f"The foreign ministry has said on Monday that {STATION} has closed.", ["ministry"], "states"),
    (f"{STATION.capitalize()} has closed, the foreign ministry said.", ["ministry"], "states"),
    (f"{STATION.capitalize()} has closed, the foreign ministry said on Monday.", ["ministry"], "states"),
    (f"{STATION.capitalize()} has closed, said the foreign ministry.", ["ministry"], "states"),
    (f"{STATION.capitalize()} has closed, according to the foreign ministry.", ["ministry"], "states"),
    (f"According to the foreign ministry, {STATION} has closed.", ["ministry"], "states"),
    (f'"{STATION.capitalize()} has closed," the foreign ministry said.', ["ministry"], "states"),
    (f"“{STATION.capitalize()} has closed,” said the foreign ministry in a statement.", ["ministry"], "states"),
    (f"The foreign ministry said the place “has closed” and that {STATION} has closed.", ["ministry"], "states"),
    (f"The foreign ministry confirmed that {STATION} has closed.", ["ministry"], "confirms"),
    (f"The foreign ministry announced that {STATION} has closed.", ["ministry"], "announces"),
    (f"{GROUP} alleges that {STATION} has closed.", ["Lantern Watch"], "alleges"),
    (f"{GROUP} claimed that {STATION} has closed.", ["Lantern Watch"], "alleges"),
    (f"The foreign ministry denied that {STATION} has closed.", ["ministry"], "denies"),
    (f"The foreign ministry asked whether {STATION} has closed.", ["ministry"], "asks"),
    (f"The foreign minister told the Example Times that {STATION} has closed.", ["minister", "Times"], "states"),
    (f"{STATION.capitalize()} has closed, the foreign minister told Parliament on Monday.", ["minister"], "states"),
    (f"Citing the foreign ministry, the BBC reported that {STATION} has closed.", ["ministry", "BBC"], "states"),
    (f"{STATION.capitalize()} has reportedly closed.", [], "alleges"),
    # whoever stands before a plain verb of speech speaks, in a list or not
    (f"{STATION.capitalize()} has closed, attorneys for the family said.", ["attorneys for the family"], "states"),
    (f"Many of the regulars say that {STATION} has closed.", ["regulars"], "states"),
    (f"Ada Example, a keen skater, says {STATION} has closed.", ["Ada Example"], "states"),
    (f"Ada Example, head of the choir, one of its founders, said {STATION} has closed.", ["Ada Example"], "states"),
    (f"After the raid, the caretaker said {STATION} has closed.", ["caretaker"], "states"),
    (f"A skater who says that {STATION} has closed came by.", ["skater"], "states"),
    (f"The city's mayoral candidate Ada Example has said that {STATION} has closed.", ["Ada Example"], "states"),
    (f"The skaters are warning that {STATION} has closed.", ["skaters"], "states"),
    (f"The skaters are claiming that {STATION} has closed.", ["skaters"], "alleges"),
    (f'"{STATION.capitalize()} has closed," said Mr. Example.', ["Mr. Example"], "states"),
    (f"“{STATION.capitalize()} has closed. We saw it.” ― Ada Example", ["Ada Example"], "states"),
    (f"“We skate,” Ada Example said in Cork, where {STATION} has closed.", [], "states"),
]


@pytest.mark.parametrize(("text", "who", "stance"), SAID)
def test_source_and_stance_of_one_sentence(text: str, who: list[str], stance: str) -> None:
    status = the(statements(text), "status", "closed")
    voices = chain(status)
    assert len(voices) == len(who) + 1, voices
    for voice, word in zip(voices, who, strict=False):
        assert word in voice
    assert status.stance == stance


def test_a_person_comes_with_role_and_organisation() -> None:
    found = statements(
        f"Ada Example, campaign director of the Lantern Watch, said that {STATION} was set up in 2018.",
        "Example said that it was used to intimidate dissidents.",
    )
    voice = the(found, "opened").voice
    assert (voice.speaker, voice.role) == ("Ada Example", "campaign director")
    assert "Lantern Watch" in (voice.organisation or "")
    again = the(found, "activity", "intimidate").voice
    assert (again.role, again.organisation) == (voice.role, voice.organisation)


def test_a_minister_says_that_the_ambassador_says() -> None:
    found = statements(f"The minister said that the ambassador had assured him that {STATION} has closed.")
    voices = chain(the(found, "status", "closed"))
    assert len(voices) == 3
    assert "ambassador" in voices[0]
    assert "minister" in voices[1]


def test_hearsay_weighs_each_link_by_its_own_stance() -> None:
    found = statements(f"{GROUP} alleges that the embassy confirmed that {STATION} has closed.")
    status = the(found, "status", "closed")
    assert [str(v.stance) for v in status.attribution][:2] == ["confirms", "alleges"]
    assert status.stance == "confirms"


@pytest.mark.parametrize("pronoun", ["It", "They", "The group", "The organisation"])
def test_pronouns_and_definite_nouns_point_back(pronoun: str) -> None:
    found = statements(
        f"{GROUP} said that {STATION} was set up in 2018.",
        f"{pronoun} said that the station in Dublin is used to intimidate dissidents.",
    )
    assert "Lantern Watch" in (the(found, "activity", "intimidate").voice.organisation or "")


def test_a_quotation_that_names_no_source_is_the_last_voice_s() -> None:
    found = statements(
        f"“{STATION.capitalize()} was set up in 2018,” the foreign ministry said.",
        "“The station in Dublin has closed.”",
    )
    assert "ministry" in (the(found, "status", "closed").voice.organisation or "")


def test_a_participle_goes_on_with_the_same_voice() -> None:
    found = statements(
        f"The Lantern Watch published its report on Monday, alleging that {STATION} is used to intimidate dissidents."
    )
    activity = the(found, "activity", "intimidate")
    assert "Lantern Watch" in (activity.voice.organisation or "")
    assert activity.stance == "alleges"


def test_but_begins_the_words_of_another_voice() -> None:
    found = statements(
        f"The embassy said that {STATION} offers passports, but the Lantern Watch alleges that "
        "it is used to intimidate dissidents."
    )
    assert "embassy" in the(found, "service", "passport").voice.words
    activity = the(found, "activity", "intimidate")
    assert "Lantern Watch" in activity.voice.words
    assert activity.stance == "alleges"


def test_who_has_not_confirmed_confirms_nothing() -> None:
    found = statements(f"The police has not confirmed that {STATION} is still open.")
    assert not [s for s in found if s.stance in ("confirms", "states") and s.value.normal == "operating"]


@pytest.mark.parametrize(
    "headline", ["Embassy told to close Dublin police station", "Embassy asked to shut down station in Dublin"]
)
def test_who_is_told_to_close_says_nothing_and_orders_nothing(headline: str) -> None:
    found = statements(f"{STATION.capitalize()} was set up in 2018.", heading=headline)
    for order in only(found, "host_action", "ordered_closed"):
        assert order.voice.words == ""  # the page itself says so
        assert "mbassy" not in (order.actor or "")


def test_who_did_it_is_the_actor_whoever_says_so() -> None:
    found = statements(f"The embassy said that the Irish foreign ministry ordered {STATION} to close.")
    order = the(found, "host_action", "ordered_closed")
    assert "embassy" in order.voice.words
    assert "foreign ministry" in (order.actor or "").lower()


def test_who_is_told_by_an_authority_is_not_who_found() -> None:
    found = statements(
        f"The Irish police told a Senate hearing on 12 March that it does not believe {STATION} is active."
    )
    one = the(found, "host_finding")
    assert one.voice.organisation == "Irish police"
    assert "police" in (one.actor or "").lower()


@pytest.mark.parametrize(
    "text",
    [
        "The museum said that its ticket desk in Dublin has closed.",
        "The coach said that the team was set up in 2018.",
        "She told reporters that the bakery is still open, according to the mayor.",
    ],
)
def test_ordinary_news_says_nothing(text: str) -> None:
    assert statements(text) == []


@pytest.mark.parametrize("thing", ["railway station", "ticket office"])
def test_stations_and_offices_of_other_kinds_are_none(thing: str) -> None:
    assert statements(f"The mayor said that the {thing} in Dublin has closed.") == []


def test_every_quote_is_verbatim_and_holds_value_and_no_other_sentence() -> None:
    text = f"Rain fell. {GROUP} said that {STATION} was set up in 2018. The sun shone."
    for s in statements(text):
        assert text[s.quote.start : s.quote.end] == s.quote.exact
        assert s.value.text in s.quote.exact
        assert "Rain" not in s.quote.exact
        assert "sun" not in s.quote.exact
        assert text.startswith(s.quote.prefix, s.quote.start - len(s.quote.prefix))
        assert text.startswith(s.quote.suffix, s.quote.end)


def test_the_outlet_of_the_page_is_always_the_last_link() -> None:
    for text, who, _ in SAID:
        for s in statements(text):
            assert s.attribution[-1].kind == "outlet", who
            assert s.depth == len(s.attribution) - 1


ELSEWHERE = [
    # a page about other states' stations says nothing, and tells so; a page on the subject need not name the state
    ("Police stations in Ireland are to close, the Irish justice minister said.", True),
    ("The overseas police service station in Dublin has closed, the Irish foreign ministry said.", False),
    ("The police station in Dublin has closed, the Irish minister told the Chinese ambassador.", False),
    ("The police station has closed, the minister said.", False),
]


@pytest.mark.parametrize(("text", "is_off"), ELSEWHERE)
def test_a_page_about_other_stations_is_left_and_says_so(text: str, is_off: bool) -> None:
    found = page(text)
    assert found.off_subject is is_off
    assert bool(found.statements) is not is_off
