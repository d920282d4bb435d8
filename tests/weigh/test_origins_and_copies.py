"""Origins: fifty papers that quote one report are one, and a copy of a copy has the first one's root."""

import msgspec
from builders import NAMING, PROFILE, judge, page, say, voice
from hypothesis import given
from hypothesis import strategies as st

from overt.model import Basis, Stance, Verb, VoiceKind
from overt.weigh import origins, own_origin
from overt.weigh.near import groups

TEXT = (
    "The contact point in the harbour district was opened in the spring of that year by a delegation from the coast, "
    "and its plate was taken down again some months later, a clerk of the city archive told this newspaper."
)
EDITED = TEXT.replace("some months later", "in the autumn").replace("this newspaper", "us")
OTHER = (
    "Nobody at the town hall could say when the office first received visitors, although two shopkeepers in the same "
    "street remember a small ceremony with flags and speeches, and one of them kept the printed invitation."
)


def roots(*statements, pages=None, judgements=()):
    made, of = origins(statements, PROFILE, NAMING, pages, judgements)
    assert {origin.id for origin in made} == set(of.values())
    return made, [of[s.id] for s in statements]


def test_fifty_papers_that_quote_one_report_are_one_origin_in_both_scripts():
    papers = [say("opened", "2018", voice("Safeguard Defenders"), normal="2018", page=f"Paper {n}") for n in range(50)]
    papers.append(say("opened", "2018年", voice("保護衛士"), normal="2018", page="报纸"))
    papers.append(say("opened", "2018", voice(role="campaign director of Safeguard Defenders"), page="Post"))
    made, of = roots(*papers)
    assert len(set(of)) == 1
    assert made[0].root == "Safeguard Defenders"
    assert made[0].reason


def test_each_outlet_that_speaks_for_itself_is_an_origin():
    made, _ = roots(say("status", "open", page="Post"), say("status", "open", page="Courier"))
    assert {origin.root for origin in made} == {"Post", "Courier"}


def test_an_unnamed_voice_is_counted_to_the_outlet_that_heard_it():
    _, of = roots(
        say("status", "open", voice(role="a resident"), page="Post"),
        say("status", "closed", voice(role="another resident"), page="Post"),
        say("status", "gone", voice(role="a clerk"), voice("Post"), page="Mirror of the Post"),
    )
    assert len(set(of)) == 1


def test_an_office_is_one_root_wherever_it_is_heard():
    said = {"role": "the foreign minister", "kind": VoiceKind.HOST_GOVERNMENT}
    _, of = roots(
        say("status", "closed", voice(**said), page="Post"), say("status", "closed", voice(**said), page="Sun")
    )
    assert len(set(of)) == 1


def test_a_person_is_never_named_in_a_root():
    made, _ = roots(say("status", "open", voice(speaker="Some Body"), page="Post"))
    assert "Body" not in made[0].root + made[0].reason


def test_a_page_that_relays_a_work_has_the_work_as_root():
    _, of = roots(
        say("opened", "2018", basis=Basis.RELAYS, works=("Safeguard Defenders",), page="Post"),
        say("opened", "2018", voice("Safeguard Defenders"), page="Sun"),
    )
    assert len(set(of)) == 1


def test_an_outlet_without_a_name_is_told_by_its_page_and_byline():
    one, other = say("status", "open", page=""), say("status", "gone", page="", document="elsewhere")
    _, of = roots(one, other)
    assert len(set(of)) == 2


def test_a_copied_passage_has_the_root_of_the_earliest_one():
    first = say("opened", "spring", page="Courier", published="2022-10-01")
    copy = say("opened", "spring", page="Post", published="2022-10-03")
    second_copy = say("opened", "spring", page="Sun", published="2022-10")
    own = say("opened", "spring", page="Herald", published="2022-10-04")
    pages = {
        "Courier": page("Courier", TEXT),
        "Post": page("Post", EDITED),
        "Sun": page("Sun", TEXT),
        "Herald": page("Herald", OTHER),
    }
    made, of = roots(first, copy, second_copy, own, pages=pages)
    assert of[0] == of[1] == of[2] == own_origin(NAMING.organisation("Courier"))
    assert of[3] == own_origin(NAMING.organisation("Herald"))
    assert any("near-duplicate" in origin.reason for origin in made)


def test_a_copy_that_drops_the_voice_keeps_the_voice_as_root():
    first = say("opened", "spring", voice("Safeguard Defenders"), page="Courier", published="2022-10-01")
    copy = say("opened", "spring", page="Post", published="2022-10-03")
    _, of = roots(first, copy, pages={"Courier": page("Courier", TEXT), "Post": page("Post", EDITED)})
    assert of[0] == of[1]


def test_copying_a_passage_does_not_lend_its_root_to_another_value():
    first = say("opened", "spring", page="Courier", published="2022-10-01")
    other = say("status", "gone", page="Post", published="2022-10-03")
    _, of = roots(first, other, pages={"Courier": page("Courier", TEXT), "Post": page("Post", TEXT)})
    assert of[0] != of[1]


def test_people_join_and_split_roots_with_their_reason():
    post, sun = say("status", "open", page="Post"), say("status", "gone", page="Sun")
    _, (one, other) = roots(post, sun)
    join = judge(Verb.JOIN, one, other)
    made, of = roots(post, sun, judgements=[join])
    assert of[0] == of[1] == min(one, other)
    assert "joined by judgement: a reason" in made[0].reason
    _, of = roots(post, sun, judgements=[join, judge(Verb.SPLIT, other, one)])
    assert of == [one, other], "a split stands against any join"


def test_people_take_one_statement_out_of_a_root():
    first, second = (say("status", word, voice("Safeguard Defenders"), page="Post") for word in ("open", "gone"))
    _, (one, _) = roots(first, second)
    made, of = roots(first, second, judgements=[judge(Verb.SPLIT, one, second.id)])
    assert of[0] == one != of[1]
    assert any("split by judgement" in origin.reason for origin in made)
    early = say("opened", "spring", page="Courier", published="2022-10-01")
    copy = say("opened", "spring", page="Post", published="2022-10-03")
    pages = {"Courier": page("Courier", TEXT), "Post": page("Post", TEXT)}
    _, (root, _) = roots(early, copy, pages=pages)
    _, of = roots(early, copy, pages=pages, judgements=[judge(Verb.SPLIT, root, copy.id)])
    assert of[1] == own_origin(NAMING.organisation("Post"))


@st.composite
def newsrooms(draw):
    made = []
    for at in range(draw(st.integers(1, 6))):
        voices = draw(st.sampled_from([(), (), (voice("Safeguard Defenders"),), (voice(role="a resident"),)]))
        made.append(
            (
                say(
                    "opened",
                    draw(st.sampled_from(["spring", "autumn"])),
                    *voices,
                    page=draw(st.sampled_from(["Post", "Sun", "Courier"])),
                    document=f"d{at}",
                    published=draw(st.sampled_from(["2022-10-01", "2022-10", "2022-11-05", None])),
                    stance=draw(st.sampled_from([Stance.STATES, Stance.ALLEGES])),
                ),
                page(f"d{at}", draw(st.sampled_from([TEXT, EDITED, OTHER]))),
            )
        )
    return made


@given(newsrooms(), st.randoms(use_true_random=False))
def test_no_order_of_statements_changes_an_origin(made, random):
    pages = {s.document: d for s, d in made}
    wanted = origins([s for s, _ in made], PROFILE, NAMING, pages)
    random.shuffle(made)
    assert origins([s for s, _ in made], PROFILE, NAMING, pages) == wanted


@given(newsrooms(), st.integers(0, 5))
def test_a_copy_of_a_page_at_another_outlet_adds_no_origin(made, at):
    # What has no date stands last in the order of pages: then the dated copy would be taken for the earlier one.
    made = [(msgspec.structs.replace(s, published=s.published or "2022-09"), d) for s, d in made]
    original, document = made[at % len(made)]
    pages = {s.document: d for s, d in made}
    before, of = origins([s for s, _ in made], PROFILE, NAMING, pages)
    copy = say("opened", original.value.text, page="A Mirror", document="zz copy", published="2023-01-01")
    after, then = origins([*(s for s, _ in made), copy], PROFILE, NAMING, {**pages, "zz copy": document})
    assert len(after) == len(before)
    assert then[copy.id] in of.values()


def test_passages_are_near_duplicates_by_what_they_share():
    chinese = "福州市公安局首批确定了三十个海外社团与之合作,设立第一批服务站,涉及二十一个国家。"
    named = groups({"a": TEXT, "b": EDITED, "c": OTHER, "d": chinese, "e": chinese.replace("首批", "已"), "f": ""})
    assert named["a"] == named["b"]
    assert named["d"] == named["e"]
    assert len(set(named.values())) == 4


ENGLISH = ("Office closed", TEXT, OTHER, "In 2018 the Wenzhou police opened it, with 12 desks, in Sydney.")
GERMAN = (
    "Büro geschlossen",
    "Die Anlaufstelle im Hafenviertel wurde im Frühjahr eröffnet, sagte ein Archivar.",
    "Zwei Ladenbesitzer erinnern sich an eine Feier.",
    "2018 eröffnete die Polizei aus Wenzhou sie in Sydney, mit 12 Schreibtischen.",
)


def retelling(name, texts, day, values, *voices):
    """A page of four passages; in each one thing is said."""
    said = [
        say(prop, value, *voices, page=name, document=name, published=day, passage=at, normal=value)
        for at, (prop, value) in enumerate(values)
    ]
    return said, page(name, *texts)


SAID = (("status", "closed"), ("opened", "2018-04"), ("service", "licence"), ("opened", "2018"))


def test_a_translation_of_a_page_adds_no_root_and_says_why():
    first, english = retelling("Courier", ENGLISH, "2022-10-01", SAID, voice("Safeguard Defenders"))
    later, german = retelling("Spiegelbild", GERMAN, "2022-10-05", SAID, voice(role="ein Sprecher"))
    made, of = roots(*first, *later, pages={"Courier": english, "Spiegelbild": german})
    assert len(made) == 1
    assert set(of) == {own_origin(NAMING.organisation("Safeguard Defenders"))}
    assert "retells an earlier page" in made[0].reason


def test_a_page_that_has_only_the_subject_in_common_keeps_its_root():
    first, english = retelling("Courier", ENGLISH, "2022-10-01", SAID)
    other = (("status", "operating"), ("opened", "2016"), ("service", "passport"), ("opened", "2016-02"))
    later, german = retelling(
        "Anzeiger", ("Büro", "Es blieb offen.", "Nichts war zu sehen.", "In Sydney."), "2023", other
    )
    made, _ = roots(*first, *later, pages={"Courier": english, "Anzeiger": german})
    assert {origin.root for origin in made} == {"Courier", "Anzeiger"}


def test_a_known_body_that_only_the_retelling_page_quotes_stays_a_root():
    first, english = retelling("Courier", ENGLISH, "2022-10-01", SAID)
    later, german = retelling("Spiegelbild", ENGLISH, "2022-10-05", SAID)
    asked = say("status", "closed", voice("ABC"), page="Spiegelbild", document="Spiegelbild", published="2022-10-05")
    made, _ = roots(*first, *later, asked, pages={"Courier": english, "Spiegelbild": german})
    assert {origin.root for origin in made} == {"Courier", "ABC"}
