"""Counts: every number opens into exactly its rows, and what is in no row is listed with its reason."""

import msgspec
import pytest
from builders import PROFILE, SITE, accept, case, judge, say, site, voice
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Basis, InputError, Name, ProfileError, Question, Stance, Support, Verb, VoiceKind
from overt.weigh import count, sentence

FUZHOU = {"operators": ("Fuzhou police",)}


def there(entity, place="c:sydney", **more):
    """A statement that makes an entity qualify; its words and page are its own."""
    more.setdefault("page", f"Paper {entity}")
    return say("located_in", place, entity=entity, normal=place, **more)


def run_by(entity, operator, **more):
    more.setdefault("page", f"Gazette {entity}")
    return say("operator", operator, entity=entity, **more)


def ask(entities, statements, *lines, **question):
    return count(case(entities, statements, lines), PROFILE, Question(kind=SITE, **question))


def test_a_count_opens_into_its_rows_by_country():
    made = ask(
        [site("a"), site("b", "c:perth"), site("c", "c:madrid")],
        [there("a"), there("b", "c:perth"), there("c", "c:madrid")],
        by="country",
    )
    assert (made.low, made.high) == (3, 3)
    assert made.by == {"AU": (2, 2), "ES": (1, 1)}
    assert [(row.country, row.place, row.open) for row in made.rows] == [
        ("AU", "c:perth", False),
        ("AU", "c:sydney", False),
        ("ES", "c:madrid", False),
    ]
    assert all(part.origins == 1 and part.support is Support.REPORTED for row in made.rows for part in row.parts)


def test_two_of_one_city_are_an_open_question_and_the_headline_is_the_low_end():
    made = ask([site("a"), site("b"), site("c")], [there("a"), there("b"), there("c")])
    assert (made.low, made.high) == (1, 3)
    assert made.rows[0].open
    assert [part.entity for part in made.rows[0].parts] == ["a", "b", "c"]


def test_two_police_bodies_of_record_are_two_and_a_hosting_association_forbids_nothing():
    sites, said = [site("a"), site("b")], [there("a"), there("b")]
    two = ask(sites, [*said, run_by("a", "Fuzhou police"), run_by("b", "温州市公安局")])
    assert (two.low, two.high) == (2, 2)
    hosted = ask(sites, [*said, run_by("a", "Fuzhou police"), run_by("b", "A Chamber")])
    assert (hosted.low, hosted.high) == (1, 2)
    alleged = ask(sites, [*said, run_by("a", "Fuzhou police"), run_by("b", "温州警方", stance=Stance.ALLEGES)])
    assert alleged.low == 1, "an alleged operator is none of record"
    nested = ask(sites, [*said, run_by("a", "Qingtian police"), run_by("b", "丽水警方")])
    assert nested.low == 1, "a county is part of its city"


def test_distinct_addresses_and_a_judgement_are_two():
    said = [there("a"), there("b")]
    assert ask([site("a", street="1 high"), site("b", street="2 high")], said).low == 2
    assert ask([site("a", street="1 high"), site("b", street="high")], said).low == 1
    assert ask([site("a"), site("b")], said, judge(Verb.DIFFERENT, "m-a", "m-b")).low == 2
    assert ask([site("a"), site("b")], said, judge(Verb.UNSURE, "m-a", "m-b")).low == 1
    districts = [site("a", "d:croydon"), site("b", "d:hendon")]
    assert ask(districts, [there("a", "d:croydon"), there("b", "d:hendon")]).low == 2


def test_the_low_end_is_the_smallest_number_of_groups_in_which_no_two_forbid_each_other():
    sites = [site(x) for x in "abcde"]
    said = [there(x) for x in "abcde"]
    different = [judge(Verb.DIFFERENT, f"m-{x}", f"m-{y}") for x, y in ("ab", "bc", "cd", "de", "ea")]
    made = ask(sites, said, *different)
    assert (made.low, made.high, made.exact) == (3, 5, True), "a ring of five needs three"


def test_a_named_site_without_a_city_may_be_any_of_its_country():
    named = site("z", None, country="AU", names=(Name(text="Lantern", language="en", mentions=("m-z",)),))
    said = [there("a"), there("b", "c:perth"), say("opened", "2018", entity="z", normal="2018", page="Post")]
    sites = [site("a"), site("b", "c:perth"), named]
    made = ask(sites, said)
    assert (made.low, made.high) == (2, 3)
    assert ask(sites, said, judge(Verb.DIFFERENT, "m-z", "m-a"), judge(Verb.DIFFERENT, "m-b", "m-z")).low == 3


def test_what_is_not_counted_is_listed_with_its_reason():
    alleged = there("alleged", "c:madrid", stance=Stance.ALLEGES)
    denied = say("existence", "no", entity="denied", normal="yes", stance=Stance.DENIES)
    gone = say("existence", "yes", entity="gone", normal="yes", page="Post")
    back = say("existence", "yes", entity="gone", normal="yes", page="Post", stance=Stance.RETRACTS, document="back")
    rejected = there("rejected")
    made = ask(
        [
            site("alleged", "c:madrid"),
            site("denied"),
            site("gone"),
            site("rejected"),
            site("silent"),
            site("group", None, group="territory:AU", country="AU"),
            site("vague", None, country="AU"),
            site("hotline", kind="hotline"),
            site("society", kind="organisation"),
        ],
        [alleged, denied, gone, back, rejected, there("group", None), there("hotline")],
        judge(Verb.REJECT, rejected.id),
    )
    assert (made.low, made.rows) == (0, ())
    assert {left.entity: left.reason for left in made.not_counted} == {
        "alleged": "its support is alleged, less than asked for",
        "denied": "only denied",
        "gone": "retracted by all who said so",
        "group": "a group, not a site: unplaced",
        "hotline": "a telephone service, not a site",
        "rejected": "all that was said of it was set aside by judgements",
        "silent": "nothing is said of its existence",
        "vague": "neither a city nor a name or address of its own is said",
    }


def test_what_is_denied_closed_or_found_is_counted_and_said_to_be_so():
    ministry = voice("Ministry", VoiceKind.HOST_GOVERNMENT)
    made = ask(
        [site("a")],
        [
            there("a"),
            say("existence", "no", ministry, entity="a", normal="yes", stance=Stance.DENIES, published="2022-11-01"),
            say("status", "shut", ministry, entity="a", normal="closed", published="2022-11-02"),
            say("host_finding", "nothing illegal", ministry, entity="a", normal="no_offence", published="2023-06-06"),
        ],
    )
    assert made.low == 1
    assert made.rows[0].parts[0].notes == (
        "denied, first on 2022-11-01 in this case",
        "no illegal activity found: “nothing illegal”, said on 2023-06-06 by Ministry",
        "said on 2022-11-02 by Ministry to be closed",
    )


def test_a_count_asks_for_a_least_support():
    twice = [there("a", basis=Basis.FIRST_HAND, page=page) for page in ("Post", "Sun")]
    sites = [site("a"), site("b", "c:perth"), site("c", "c:madrid")]
    said = [*twice, there("b", "c:perth"), there("c", "c:madrid", stance=Stance.ALLEGES)]
    numbers = {s: ask(sites, said, support=s).low for s in Support}
    assert numbers == {
        Support.NONE: 3,
        Support.ALLEGED: 3,
        Support.REPORTED: 2,
        Support.CORROBORATED: 1,
        Support.CONFIRMED: 0,
    }


def test_as_of_takes_what_was_certainly_said_by_then_and_lists_what_may_have_been():
    sites = [site(x, p) for x, p in (("a", "c:sydney"), ("b", "c:perth"), ("c", "c:madrid"), ("d", "c:dublin"))]
    said = [
        there("a", published="2022-10-13"),
        there("b", "c:perth", published="2022"),
        there("c", "c:madrid", published=None),
        there("d", "c:dublin", published="2023-01-05"),
    ]
    made = ask(sites, said, as_of="2022-11-30")
    assert (made.low, made.rows[0].parts[0].entity) == (1, "a")
    assert made.undated == ("Paper b.html", "Paper c.html")
    assert {left.entity for left in made.not_counted} == {"b", "c", "d"}
    assert ask(sites, said, as_of="2022").low == 2
    assert ask(sites, said).low == 4


def test_a_support_is_that_of_the_day():
    said = [there("a", page=p, basis=Basis.FIRST_HAND, published=d) for p, d in (("A", "2022-10-01"), ("B", "2023"))]
    assert ask([site("a")], said, support=Support.CORROBORATED).low == 1
    assert ask([site("a")], said, support=Support.CORROBORATED, as_of="2022-12-31").low == 0


def test_judged_takes_accepted_statements_only_and_the_rest_is_told():
    sites, said = [site("a"), site("b", "c:perth")], [there("a"), there("b", "c:perth")]
    made = ask(sites, said, accept(said[0]))
    assert (made.low, made.unjudged_rows) == (2, 1)
    assert [part.unjudged for row in made.rows for part in row.parts] == [True, False]
    judged = ask(sites, said, accept(said[0]), judged=True)
    assert (judged.low, judged.unjudged_rows) == (1, 0)
    assert {left.entity: left.reason for left in judged.not_counted} == {
        "b": "nothing that was said of its existence has been accepted"
    }


def test_an_operator_that_nobody_accepted_forbids_nothing_in_a_judged_count():
    sites, said = [site("a"), site("b")], [there("a"), there("b")]
    operators = [run_by("a", "Fuzhou police"), run_by("b", "Wenzhou police")]
    lines = [accept(s) for s in said]
    assert ask(sites, [*said, *operators], *lines).low == 2
    assert ask(sites, [*said, *operators], *lines, judged=True).low == 1


def test_withheld_statements_count_inside_the_case_and_not_among_the_accepted():
    said = there("a")
    assert ask([site("a")], [said], judge(Verb.WITHHOLD, said.id)).low == 1
    assert ask([site("a")], [said], accept(said), judge(Verb.WITHHOLD, said.id), judged=True).low == 0


def test_the_operators_own_word_confirms_a_site_in_a_count_too():
    own = say("status", "open", voice("福州警方"), entity="a", normal="operating", page="Post")
    made = ask([site("a")], [own, run_by("a", "Fuzhou police")], support=Support.CONFIRMED)
    assert made.low == 1
    assert ask([site("a")], [own, run_by("a", "Wenzhou police")], support=Support.CONFIRMED).low == 0


def test_the_id_is_that_of_the_question():
    assert ask([], []).id == ask([site("a")], [there("a")]).id != ask([], [], judged=True).id


@pytest.mark.parametrize("question", [{"kind": "stations"}, {"as_of": "last week"}, {"by": "colour"}])
def test_a_question_that_cannot_be_asked_is_refused_in_words(question):
    with pytest.raises(InputError, match=r"choose one of|write YYYY"):
        count(case([], []), PROFILE, Question(**{"kind": SITE, **question}))


def test_a_profile_without_existence_is_refused_in_words():
    bare = msgspec.structs.replace(PROFILE, properties={})
    with pytest.raises(ProfileError, match="existence"):
        count(case([], []), bare, Question(kind=SITE))


def test_a_count_is_printed_as_one_paragraph_in_both_languages():
    said = [there("a"), there("b"), there("c", "c:madrid", published=None)]
    made = ask([site("a"), site("b"), site("c", "c:madrid"), site("h", kind="hotline")], said, as_of="2022-12-31")
    text = sentence(made, PROFILE)
    assert text.startswith("At least 1 (reported site); countries or territories: 1.")
    assert "by 2022-12-31" in text
    assert "Up to 2" in text
    assert "nobody has judged: 1 of 1" in text
    assert "with the reason: 2" in text
    assert sentence(made, PROFILE, "zh-Hans").startswith("至少 1（被报道的站点）")
    assert "accepting never means" in sentence(ask([], [], judged=True), PROFILE)


places = st.sampled_from(["c:sydney", "c:sydney", "c:perth", "c:london", "d:croydon", "d:hendon", None])


@st.composite
def registries(draw):
    entities, statements, lines = [], [], []
    ids = [f"e{n}" for n in range(draw(st.integers(1, 7)))]
    for name in ids:
        place = draw(places)
        named = draw(st.booleans())
        entities.append(
            site(
                name,
                place,
                country="AU" if place in (None, "c:sydney", "c:perth") else "GB",
                kind=draw(st.sampled_from([SITE, SITE, SITE, "hotline"])),
                names=(Name(text="Lantern", language="en", mentions=(f"m-{name}",)),) if named else (),
                street=draw(st.sampled_from([None, None, "1 high", "2 high"])),
                group=draw(st.sampled_from([None, None, None, "network"])),
            )
        )
        for at in range(draw(st.integers(0, 3))):
            statement = say(
                draw(st.sampled_from(["existence", "opened"])),
                "words",
                entity=name,
                normal=draw(st.sampled_from(["yes", "2018"])),
                page=draw(st.sampled_from(["Post", "Sun"])),
                document=f"{name} {at}",
                stance=draw(st.sampled_from(list(Stance))),
                basis=draw(st.sampled_from([Basis.FIRST_HAND, Basis.NOT_STATED])),
                published=draw(st.sampled_from(["2022-10-13", "2022", "2023-02", None])),
            )
            statements.append(statement)
            if draw(st.booleans()):
                lines.append(accept(statement))
            if draw(st.integers(0, 5)) == 0:
                lines.append(judge(Verb.REJECT, statement.id))
        operator = draw(st.sampled_from([None, None, "Fuzhou police", "温州警方", "A Chamber"]))
        if operator is not None:
            statements.append(run_by(name, operator))
    for _ in range(draw(st.integers(0, 3))):
        lines.append(judge(Verb.DIFFERENT, f"m-{draw(st.sampled_from(ids))}", f"m-{draw(st.sampled_from(ids))}"))
    return entities, statements, tuple(lines)


questions = st.builds(
    Question,
    kind=st.just(SITE),
    support=st.sampled_from(list(Support)),
    by=st.sampled_from([None, "country", "place"]),
    as_of=st.sampled_from([None, "2022-12-31"]),
    judged=st.booleans(),
)


@given(registries(), questions)
def test_the_numbers_are_the_lengths_of_what_stands_below_them(made, question):
    entities, statements, lines = made
    answer = count(case(entities, statements, lines), PROFILE, question)
    assert answer.low == len(answer.rows) <= answer.high == sum(len(row.parts) for row in answer.rows)
    counted = {part.entity for row in answer.rows for part in row.parts}
    left = {entry.entity for entry in answer.not_counted}
    assert not counted & left
    assert counted | left == {e.id for e in entities}, "everything of the kind, or like it, is told"
    assert all(entry.reason for entry in answer.not_counted)
    if question.by is not None:
        assert (sum(low for low, _ in answer.by.values()), sum(high for _, high in answer.by.values())) == (
            answer.low,
            answer.high,
        )
    of = {mention: entity.id for entity in entities for mention in entity.mentions}
    for line in lines:
        if line.verb is Verb.DIFFERENT and line.target != line.other:
            pair = {of[line.target], of[line.other]}
            assert not any(pair <= {part.entity for part in row.parts} for row in answer.rows)
    assert answer.unjudged_rows <= answer.low
    assert not (question.judged and answer.unjudged_rows)


@given(registries(), questions, st.randoms(use_true_random=False))
def test_no_order_of_anything_changes_a_count(made, question, random):
    entities, statements, lines = made
    wanted = count(case(entities, statements, lines), PROFILE, question)
    shuffled = random.sample(lines, len(lines))
    again = case(random.sample(entities, len(entities)), random.sample(statements, len(statements)), tuple(shuffled))
    assert count(again, PROFILE, question) == wanted


@given(registries(), questions)
def test_asking_for_more_support_or_judged_statements_never_counts_more_sites(made, question):
    entities, statements, lines = made
    registry = case(entities, statements, lines)
    high = count(registry, PROFILE, question).high
    if question.support < Support.CONFIRMED:
        more = msgspec.structs.replace(question, support=Support(question.support + 1))
        assert count(registry, PROFILE, more).high <= high


def test_the_paragraph_tells_support_notes_open_cities_coverage_and_the_numbers_of_others():
    said = [
        there("a"),
        there("b"),
        say("existence", "yes", entity="a", stance=Stance.DENIES, page="Embassy"),
        say("status", "closed", normal="closed", entity="a", page="Courier"),
        say("reported_count", number=5, unit="sites", entity="h", page="Courier"),
    ]
    made = case([site("a"), site("b")], said)
    text = sentence(count(made, PROFILE, Question(kind=SITE)), PROFILE, registry=made)
    assert "Rows by support: reported 1." in text
    assert "denies that there is such a thing: 1" in text
    assert "“closed”: 1" in text
    assert "between 1 and 2" in text
    assert "(2)" in text
    assert "Looked at: 0 pages" in text
    assert "5 sites on 2022-10-13 (recount 1, difference -4)" in text
