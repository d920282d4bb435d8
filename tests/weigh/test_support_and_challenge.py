"""Support, challenge, finding: three lines, the weakest link of each chain, and nothing lent from a group to a site."""

import msgspec
import pytest
from builders import NAMING, PROFILE, SITE, accept, case, judge, rooted, say, site, standings, voice
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Basis, Scope, Stance, Support, Verb, VoiceKind
from overt.weigh import effective, implied, rule_text, rules, weigh

WATCHDOG = voice("Safeguard Defenders", VoiceKind.WATCHDOG)
MINISTRY = voice("Irish Ministry", VoiceKind.HOST_GOVERNMENT)
COURT = voice("High Court", VoiceKind.COURT)
FUZHOU = voice("Fuzhou police", VoiceKind.HOME_GOVERNMENT)


def facts(*statements, lines=(), entity=None):
    made = weigh(entity or site(), rooted(*statements), PROFILE, NAMING, standings(*lines))
    return {(fact.property, fact.key): fact for fact in made}


def the_fact(*statements, lines=()):
    made = facts(*statements, lines=lines)
    assert len(made) == 1, made
    return next(iter(made.values()))


def exists(*voices, **more):
    return say("existence", "it exists", *voices, normal="yes", **more)


def test_however_many_allege_it_stays_alleged():
    fact = the_fact(*(exists(page=f"Paper {n}", stance=Stance.ALLEGES) for n in range(9)))
    assert fact.support is Support.ALLEGED
    assert len(fact.alleging_origins) == 9
    assert fact.origins == ()


def test_one_that_states_it_is_enough_for_reported_and_allegations_add_nothing():
    fact = the_fact(exists(page="Post"), exists(page="Sun", stance=Stance.ALLEGES))
    assert (fact.support, len(fact.origins), len(fact.alleging_origins)) == (Support.REPORTED, 1, 1)


def test_corroborated_needs_two_roots_each_with_a_basis_of_its_own():
    seen, heard = Basis.DOCUMENT_SEEN, Basis.UNNAMED_SOURCE
    assert the_fact(exists(page="Post", basis=seen), exists(page="Sun", basis=heard)).support is Support.REPORTED
    assert the_fact(exists(page="Post", basis=seen), exists(page="Sun", basis=seen)).support is Support.CORROBORATED
    same_root = [exists(WATCHDOG, page=p, basis=seen) for p in ("Post", "Sun")]
    assert the_fact(*same_root).support is Support.REPORTED


def test_confirmed_by_whom_the_profile_lists_for_that_property_only():
    assert the_fact(exists(MINISTRY)).rule == "confirmed-by-voice"
    assert the_fact(say("activity", "pressure", MINISTRY, normal="pressure")).support is Support.REPORTED
    assert the_fact(say("activity", "pressure", COURT, normal="pressure")).support is Support.CONFIRMED
    assert the_fact(exists(WATCHDOG)).support is Support.REPORTED


def test_an_indictment_and_a_relayed_word_confirm_nothing():
    assert the_fact(exists(COURT, stance=Stance.ALLEGES)).support is Support.ALLEGED
    assert the_fact(exists(MINISTRY, basis=Basis.RELAYS)).support is Support.REPORTED


def test_the_group_alleges_that_the_ministry_confirmed_confirms_nothing():
    told = exists(MINISTRY, msgspec.structs.replace(WATCHDOG, stance=Stance.ALLEGES), stance=Stance.CONFIRMS)
    assert effective(told) is Stance.ALLEGES
    assert the_fact(told).support is Support.ALLEGED


def test_a_chain_that_is_denied_or_asked_on_its_way_affirms_nothing_and_denies_nothing():
    for stance in (Stance.DENIES, Stance.ASKS, Stance.RETRACTS):
        told = exists(WATCHDOG, msgspec.structs.replace(MINISTRY, stance=stance))
        fact = the_fact(told)
        assert (fact.support, fact.affirming, fact.against) == (Support.NONE, (), ())


def test_does_not_exist_is_the_same_fact_with_a_denial_and_so_is_a_value_no():
    no = say("existence", "no such site", MINISTRY, normal="no")
    fact = the_fact(exists(page="Post"), exists(FUZHOU, stance=Stance.DENIES), no)
    assert fact.key == "yes"
    assert fact.support is Support.REPORTED
    assert {challenge.kind for challenge in fact.against} == {"denied"}
    assert len(fact.against) == 2


def test_the_operator_of_a_site_confirms_that_it_exists_whatever_kind_of_voice_it_is():
    said_of_it = say("operator", "福州市公安局", page="Post")
    made = facts(said_of_it, exists(FUZHOU))
    assert made["existence", "yes"].rule == "confirmed-by-operator"
    assert made["operator", "police@c:fuzhou"].support is Support.REPORTED
    host = voice("A Chamber", VoiceKind.ASSOCIATION)
    made = facts(say("operator", "A Chamber", page="Post"), say("status", "closed", host, normal="closed"))
    assert made["status", "closed"].rule == "confirmed-by-operator"
    made = facts(say("operator", "A Chamber", stance=Stance.ALLEGES), say("status", "closed", host, normal="closed"))
    assert made["status", "closed"].support is Support.REPORTED, "who is only alleged to be the operator is none"


def test_who_says_of_itself_that_it_is_the_operator_confirms_it_only_beside_another():
    own = say("operator", "Fuzhou police", FUZHOU, page="Fuzhou police")
    assert facts(own)["operator", "police@c:fuzhou"].support is Support.REPORTED
    both = facts(own, say("operator", "福州警方", page="Post"))
    assert both["operator", "police@c:fuzhou"].rule == "confirmed-by-operator"


def test_the_actor_confirms_its_own_action_and_nobody_else_does():
    told = {"normal": "closed", "actor": "Irish Ministry"}
    assert the_fact(say("host_action", "ordered", MINISTRY, **told)).rule == "confirmed-by-actor"
    assert the_fact(say("host_action", "ordered", WATCHDOG, **told)).support is Support.REPORTED


def test_a_retraction_takes_back_what_its_own_root_said_and_nothing_else():
    said, back = exists(page="Post"), exists(page="Post", stance=Stance.RETRACTS, published="2022-11-01")
    gone = the_fact(said, back)
    assert (gone.support, gone.rule) == (Support.NONE, "retracted")
    assert [c.kind for c in gone.against] == ["retracted"]
    assert the_fact(said, back, exists(page="Sun")).support is Support.REPORTED
    assert the_fact(said, back, exists(page="Post", published="2023-01-01")).support is Support.REPORTED


@pytest.mark.parametrize(
    ("prop", "one", "other", "challenged"),
    [
        ("opened", "2018", "2018-05", False),
        ("opened", "2018", "2019", True),
        ("located_in", "AU", "c:sydney", False),
        ("located_in", "c:perth", "c:sydney", True),
        ("status", "operating", "closed", True),
        ("status", "ceased", "closed", False),
        ("service", "licences", "passports", False),
    ],
)
def test_values_challenge_each_other_only_where_both_cannot_be_right(prop, one, other, challenged):
    first, second = say(prop, one, normal=one, page="Post"), say(prop, other, normal=other, page="Sun")
    made = facts(first, second)
    kinds = [[c.kind for c in made[prop, key].against] for key in (one, other)]
    assert kinds == ([["contradicted"], ["contradicted"]] if challenged else [[], []])


def test_closed_after_operating_is_a_change_and_no_challenge():
    was = say("status", "open", normal="operating", published="2022-10-13")
    later = say("status", "closed", normal="closed", published="2022-11-08")
    assert all(not fact.against for fact in facts(was, later).values())
    of_then = say("status", "closed", normal="closed", published="2022-11-08", scope=Scope(as_of="2022-10"))
    assert all(fact.against for fact in facts(was, of_then).values())


def test_words_without_a_code_contradict_nothing_and_are_a_fact_of_their_own():
    made = facts(
        say("status", "Long  Gone", page="A"),
        say("status", "long gone", page="B"),
        say("status", "open", normal="operating"),
    )
    assert sorted(key for _, key in made) == ["operating", "words:long gone"]
    assert all(not fact.against for fact in made.values())


def test_numbers_challenge_only_as_answers_to_one_question():
    def told(number, qualifier=None, as_of="2022-09-12", **scope):
        return say(
            "reported_count",
            number=number,
            unit="sites",
            qualifier=qualifier,
            scope=Scope(as_of=as_of, **scope),
            page=f"p{number}",
        )

    def challenged(*statements):
        return [bool(fact.against) for fact in facts(*statements).values()]

    assert challenged(told(54), told(60)) == [True, True]
    assert challenged(told(54, "at_least"), told(60)) == [False, False]
    assert challenged(told(54, "at_least"), told(30)) == [True, True]
    assert challenged(told(54), told(30, whose="Fuzhou police")) == [False, False]
    assert challenged(told(54), told(102, as_of="2022-12-05")) == [False, False]
    assert challenged(told(54, as_of=None), told(60, as_of=None)) == [False, False]


def test_findings_stand_before_the_allegation():
    found = say("host_finding", "no illegal activity", MINISTRY, normal="no_offence", actor="Irish Ministry")
    made = facts(exists(page="Post", stance=Stance.ALLEGES), found)
    assert made["existence", "yes"].findings == (found.id,)
    assert made["host_finding", "no_offence"].findings == ()


def test_what_is_said_of_a_group_is_never_lent_to_a_site():
    group = site("group", None, group="network", kind=SITE)
    about_all = say("service", "passports", normal="passports", entity="group", group="network")
    registry = case([site(), group], [say("located_in", "Sydney", normal="c:sydney"), about_all])
    assert {fact.entity for fact in registry.facts if fact.property == "service"} == {"group"}
    assert {s.subject.entity for s in registry.statements if s.implied and s.parent == about_all.id} == {"group"}


def test_only_affirming_statements_imply_existence_and_they_carry_their_parent():
    states = say("opened", "2018", WATCHDOG, normal="2018")
    denies = say("service", "passports", FUZHOU, normal="passports", stance=Stance.DENIES)
    never = say("status", "never existed", FUZHOU, normal="never_existed")
    asked = say("opened", "2019", normal="2019", stance=Stance.ASKS)
    plain = say("name", "Lantern")
    (made,) = implied([states, denies, never, asked, plain], PROFILE)
    assert (made.parent, made.implied, made.property, made.value.normal) == (states.id, True, "existence", "yes")
    assert (made.quote, made.attribution, made.stance) == (states.quote, states.attribution, states.stance)
    assert implied([made], PROFILE) == ()


def test_an_implied_statement_stands_and_falls_with_its_parent():
    parent = say("opened", "2018", normal="2018")
    assert any(f.property == "existence" and f.judged for f in case([site()], [parent], (accept(parent),)).facts)
    rejected = case([site()], [parent], (judge(Verb.REJECT, parent.id),))
    assert rejected.facts == ()


def test_rejected_and_not_said_are_set_aside_and_withheld_ones_still_weigh():
    said = exists(page="Post")
    for verb in (Verb.REJECT, Verb.NOT_SAID, Verb.AMEND):
        assert facts(said, lines=[judge(verb, said.id)]) == {}
    assert the_fact(said, lines=[judge(Verb.WITHHOLD, said.id)]).support is Support.REPORTED


def test_a_fact_is_judged_where_accepted_statements_alone_carry_its_support():
    post, sun = exists(page="Post", basis=Basis.FIRST_HAND), exists(page="Sun", basis=Basis.FIRST_HAND)
    assert not the_fact(post, sun, lines=[accept(post)]).judged
    assert the_fact(post, sun, lines=[accept(post), accept(sun)]).judged
    other_content = judge(Verb.ACCEPT, post.id, content="what the words said before")
    assert not the_fact(post, lines=[other_content]).judged


def test_a_site_of_two_languages_has_one_fact_of_its_operator():
    made = facts(say("operator", "福州警方", page="a"), say("operator", "Fuzhou Public Security Bureau", page="b"))
    assert list(made) == [("operator", "police@c:fuzhou")]


def test_every_rule_is_printed_in_both_languages():
    for rule in rules().rules:
        assert rule_text(rule) != rule_text(rule, "zh")


@st.composite
def dossiers(draw):
    stances = st.sampled_from(list(Stance))
    voices = st.sampled_from([(), (WATCHDOG,), (MINISTRY,), (FUZHOU,), (COURT, WATCHDOG)])
    values = st.sampled_from(
        [
            ("existence", "yes"),
            ("existence", "no"),
            ("status", "closed"),
            ("status", "operating"),
            ("opened", "2018"),
            ("opened", "2018-05"),
            ("opened", "2020"),
            ("operator", "Fuzhou police"),
            ("operator", "福州警方"),
            ("host_finding", "no_offence"),
        ]
    )
    made = []
    for at in range(draw(st.integers(1, 8))):
        prop, value = draw(values)
        made.append(
            say(
                prop,
                value,
                *draw(voices),
                normal=None if prop == "operator" else value,
                page=draw(st.sampled_from(["Post", "Sun", "Fuzhou police"])),
                document=f"d{at}",
                stance=draw(stances),
                outer=draw(stances),
                basis=draw(st.sampled_from([Basis.FIRST_HAND, Basis.NOT_STATED, Basis.RELAYS])),
                published=draw(st.sampled_from(["2022-10-13", "2022-11", None])),
                actor="Irish Ministry" if prop == "host_finding" else None,
            )
        )
    return made


@given(dossiers(), st.randoms(use_true_random=False))
def test_no_order_of_statements_changes_a_fact(made, random):
    wanted = case([site()], made)
    random.shuffle(made)
    again = case([site()], made)
    assert (again.facts, again.origins, again.statements) == (wanted.facts, wanted.origins, wanted.statements)


@given(dossiers())
def test_the_lines_of_a_fact_agree_with_each_other(made):
    registry = case([site()], made)
    by_id = {s.id: s for s in registry.statements}
    for fact in registry.facts:
        assert fact.rule in rules().rules
        assert (fact.support is Support.NONE) == (not fact.origins and not fact.alleging_origins)
        assert (fact.support is Support.ALLEGED) == (not fact.origins and bool(fact.alleging_origins))
        assert fact.support < Support.CORROBORATED or fact.origins
        assert (fact.support is Support.CONFIRMED) == (fact.confirmed_by is not None)
        assert not set(fact.origins) & set(fact.alleging_origins)
        assert all(effective(by_id[i]) is not None for i in fact.affirming)
    assert all(s.fact is not None for s in registry.statements)
