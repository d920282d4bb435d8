"""Mentions to entities: better to leave two apart than to join two that differ."""

import msgspec
from builders import PROFILE, SITE, judge, mention, say
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Scope, Verb
from overt.resolve import resolve


def things(mentions, *judgements, statements=(), minted=()):
    """The sets of mentions that became one, each sorted."""
    made = resolve(mentions, statements, judgements, PROFILE, frozenset(minted))
    return sorted(entity.mentions for entity in made.entities)


def test_one_document_speaks_of_one_site_in_a_city():
    assert things([mention("a"), mention("b"), mention("c", "c:perth")]) == [("a", "b"), ("c",)]


def test_mentions_without_a_key_stay_apart_across_documents():
    assert things([mention("a", document="x"), mention("b", document="y")]) == [("a",), ("b",)]


def test_a_name_of_its_own_joins_across_documents_and_scripts_in_one_city_only():
    brand = ("海外警务服务站",)
    assert things(
        [
            mention("a", document="x", names=brand),
            mention("b", document="y", names=("海外警務服務站",)),
            mention("c", "c:perth", document="z", names=brand),
        ]
    ) == [("a", "b"), ("c",)]


def test_an_operator_joins_across_languages():
    assert things(
        [
            mention("a", document="x", operators=("Wenzhou Public Security Bureau",)),
            mention("b", document="y", operators=("温州警方",)),
        ]
    ) == [("a", "b")]


def test_an_address_joins_across_documents():
    one = mention("a", "c:dublin", document="x", street="10 Capel Street")
    other = mention("b", "c:dublin", document="y", street="Capel St")
    assert things([one, other]) == [("a", "b")]


def test_two_police_bodies_keep_apart_what_a_name_would_join():
    name = ("Overseas Service",)
    one = mention("a", document="x", names=name, operators=("Fuzhou police",))
    other = mention("b", document="y", names=name, operators=("Wenzhou police",))
    between = mention("c", document="z", names=name)
    assert things([one, other]) == [("a",), ("b",)]
    assert things([one, other, between]) == [("a",), ("b",), ("c",)], "what could be either is neither"


def test_a_county_and_its_city_are_no_contradiction_and_an_association_contradicts_nobody():
    name = ("Overseas Service",)
    county = mention("a", document="x", names=name, operators=("Qingtian police",))
    city = mention("b", document="y", names=name, operators=("丽水市公安局",))
    host = mention("c", document="z", names=name, operators=("A Hometown Association",))
    assert things([county, city, host]) == [("a", "b", "c")]


def test_two_addresses_or_two_districts_keep_apart():
    name = ("Overseas Service",)
    assert things(
        [
            mention("a", document="x", names=name, street="10 Capel Street"),
            mention("b", document="y", names=name, street="4 Thomas Street"),
        ]
    ) == [("a",), ("b",)]
    assert things(
        [
            mention("a", "d:croydon", document="x", names=name),
            mention("b", "d:hendon", document="y", names=name),
            mention("c", "d:croydon", document="z", names=name),
            mention("d", "c:london", document="w", names=name),
        ]
    ) == [("a", "c"), ("b",), ("d",)]


def test_a_document_that_speaks_of_several_joins_none_of_them():
    several = mention("g", "c:madrid", text="three stations", group="territory:c:madrid")
    assert things([mention("a", "c:madrid"), mention("b", "c:madrid"), several]) == [("a",), ("b",), ("g",)]
    counted = say("reported_count", number=3, unit="sites", scope=Scope(where="c:madrid"), document="page")
    assert things([mention("a", "c:madrid"), mention("b", "c:madrid")], statements=[counted]) == [("a",), ("b",)]


def test_two_names_in_one_document_are_two_sites_and_names_in_two_scripts_say_nothing():
    one, other = mention("a", names=("Lantern Centre",)), mention("b", names=("Bridge Centre",))
    assert things([one, other, mention("c")]) == [("a",), ("b",), ("c",)]
    assert things([one, mention("b", names=("灯笼中心",))]) == [("a", "b")]


def test_groups_are_one_for_each_key_and_kind_and_never_a_site():
    made = resolve(
        [
            mention("a", None, group="network"),
            mention("b", None, document="y", group="network"),
            mention("c", None, document="y", group="operator:Fuzhou police"),
            mention("d", None, document="z", group="operator:福州市公安局"),
            mention("e", None, country="AU", text="one in Australia"),
            mention("f", None, document="z", group="territory:AU"),
        ],
        (),
        (),
        PROFILE,
        frozenset(),
    )
    assert {entity.mentions: entity.group for entity in made.entities} == {
        ("a", "b"): "network",
        ("c", "d"): "operator:police@c:fuzhou",
        ("e", "f"): "territory:AU",
    }


def test_other_kinds_are_one_by_their_name_and_country():
    organisation = {"kind": "organisation", "place": None}
    assert things(
        [
            mention("a", names=("Lantern Society",), document="x", country="AU", **organisation),
            mention("b", names=("The Lantern Society",), document="y", country="AU", **organisation),
            mention("c", names=("Lantern Society",), document="z", country="ES", **organisation),
            mention("d", text="the society", document="z", **organisation),
            mention("e", text="the society", document="w", **organisation),
        ]
    ) == [("a", "b"), ("c",), ("d",), ("e",)]


def test_a_look_alike_is_no_site_even_in_one_city_and_document():
    assert things([mention("a"), mention("b", kind="hotline")]) == [("a",), ("b",)]


def test_people_join_what_nothing_else_joins_and_divide_what_everything_joins():
    apart = [mention("a", document="x"), mention("b", "c:perth", document="y")]
    assert things(apart, judge(Verb.SAME, "a", "b")) == [("a", "b")]
    together = [mention("a"), mention("b")]
    assert things(together, judge(Verb.DIFFERENT, "b", "a")) == [("a",), ("b",)]
    assert things(together, judge(Verb.UNSURE, "a", "b")) == [("a",), ("b",)]


def test_different_beats_any_chain_of_same_and_the_chain_is_shown():
    mentions = [mention(m, document=m) for m in "abc"]
    lines = [judge(Verb.SAME, "a", "b"), judge(Verb.SAME, "b", "c"), judge(Verb.DIFFERENT, "a", "c")]
    made = resolve(mentions, (), lines, PROFILE, frozenset())
    assert [entity.mentions for entity in made.entities] == [("a",), ("b",), ("c",)]
    assert [(c.left, c.right, c.path) for c in made.conflicts] == [("a", "c", ("a", "b", "c"))]


def test_a_part_is_recorded_and_not_joined():
    made = resolve([mention("a"), mention("b")], (), [judge(Verb.PART_OF, "b", "a")], PROFILE, frozenset())
    assert {entity.id: entity.part_of for entity in made.entities} == {"a": (), "b": ("a",)}


def test_the_smallest_minted_mention_owns_the_id_and_the_others_redirect():
    made = resolve([mention(m) for m in "abcd"], (), (), PROFILE, frozenset({"c", "d", "gone"}))
    assert [(entity.id, entity.was) for entity in made.entities] == [("c", ("d",))]
    assert made.redirects == {"d": "c"}
    assert made.of_mention == dict.fromkeys("abcd", "c")
    fresh = resolve([mention(m) for m in "abcd"], (), (), PROFILE, frozenset())
    assert [entity.id for entity in fresh.entities] == ["a"]


def test_a_judgement_that_names_what_is_gone_is_listed_and_does_nothing():
    line = judge(Verb.SAME, "a", "gone")
    made = resolve([mention("a")], (), [line], PROFILE, frozenset())
    assert made.lost == (line.id,)


def test_a_rejected_operator_forbids_and_joins_nothing():
    one = mention("a", document="x", operators=("Fuzhou police",))
    other = mention("b", document="y", operators=("Fuzhou police",))
    said = say("operator", "Fuzhou police", mention="b")
    assert things([one, other], statements=[said]) == [("a", "b")]
    assert things([one, other], judge(Verb.REJECT, said.id), statements=[said]) == [("a",), ("b",)]


def test_labels_are_neutral_words_of_kind_and_place():
    made = resolve(
        [
            mention("a", names=("Fuzhou Police Station",), operators=("Fuzhou police",), text="the police station"),
            mention("b", None, group="territory:ES"),
            mention("c", None, group="network"),
            mention("d", None, group="operator:Fuzhou police"),
            mention("e", "c:dublin", kind="organisation", names=("Lantern Society",)),
        ],
        (),
        (),
        PROFILE,
        frozenset(),
    )
    assert [entity.label for entity in made.entities] == [
        "Reported site in Sydney, Australia",
        "Reported sites in Spain",
        "Reported sites, as a whole",
        "Reported sites of one operator",
        "Organisation in Dublin, Ireland",
    ]


def test_the_place_is_the_finest_that_nothing_contradicts():
    def place(*places):
        mentions = [mention(f"m{n}", p, document=f"d{n}") for n, p in enumerate(places)]
        lines = [judge(Verb.SAME, "m0", m.id) for m in mentions[1:]]
        return resolve(mentions, (), lines, PROFILE, frozenset()).entities[0].place

    assert place("c:london", "d:croydon", "GB") == "d:croydon"
    assert place("d:hendon", "d:croydon") == "c:london"
    assert place("c:sydney", "c:perth") == "AU"
    assert place("c:sydney", "c:dublin") is None


names = st.sampled_from([(), (), ("Lantern",), ("Bridge",), ("灯笼",)])
operators = st.sampled_from([(), (), ("Fuzhou police",), ("温州警方",), ("A Chamber",)])


@st.composite
def cases(draw):
    mentions = [
        mention(
            f"m{at}",
            draw(st.sampled_from(["c:sydney", "c:sydney", "c:london", "d:croydon", "d:hendon", "AU", None])),
            document=draw(st.sampled_from(["x", "y", "z"])),
            kind=draw(st.sampled_from([SITE, SITE, SITE, "organisation"])),
            names=draw(names),
            operators=draw(operators),
            street=draw(st.sampled_from([None, None, "1 High Street", "2 High Street"])),
            group=draw(st.sampled_from([None, None, None, "network", "territory:AU"])),
        )
        for at in range(draw(st.integers(1, 8)))
    ]
    some = st.sampled_from([m.id for m in mentions])
    verbs = st.sampled_from([Verb.SAME, Verb.DIFFERENT, Verb.UNSURE, Verb.PART_OF])
    lines = [judge(draw(verbs), draw(some), draw(some)) for _ in range(draw(st.integers(0, 4)))]
    minted = frozenset(draw(st.sets(some, max_size=3)))
    return mentions, [line for line in lines if line.target != line.other], minted


@given(cases(), st.randoms(use_true_random=False))
def test_no_order_of_mentions_or_judgements_changes_anything(made, random):
    mentions, lines, minted = made
    wanted = resolve(mentions, (), lines, PROFILE, minted)
    random.shuffle(mentions)
    random.shuffle(lines)
    assert msgspec.json.encode(resolve(mentions, (), lines, PROFILE, minted)) == msgspec.json.encode(wanted)


@given(cases())
def test_different_survives_and_each_mention_is_in_exactly_one_entity(made):
    mentions, lines, minted = made
    done = resolve(mentions, (), lines, PROFILE, minted)
    assert sorted(m for entity in done.entities for m in entity.mentions) == sorted(m.id for m in mentions)
    for line in lines:
        if line.verb is not Verb.SAME:
            assert done.of_mention[line.target] != done.of_mention[line.other]
    for entity in done.entities:
        owners = sorted(minted & set(entity.mentions))
        assert entity.id == (owners[0] if owners else min(entity.mentions))
