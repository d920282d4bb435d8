"""Default deny: what passes, what does not, and which words of a page stay hidden because of it."""

import itertools

import pytest
from made_up import BOTH, WATCH, MadeUp, lookup

from overt.model import Level, Registry, Voice, VoiceKind
from overt.protect import Cleared, clear
from overt.protect.public import Code, shown

SENTENCE = "Station Watch said that the station in Madrid, run by the Fuzhou Public Security Bureau, opened in 2018."
OPERATOR = "run by the Fuzhou Public Security Bureau"


def made(**more: object) -> tuple[MadeUp, str, str]:
    case = MadeUp()
    return case, case.page(SENTENCE, **more), case.site("madrid")


def cleared(case: MadeUp, draft: bool = False) -> Cleared:
    return clear(case.build(), case.profile, draft=draft, lookup=lookup)


def properties(view: Cleared) -> list[str]:
    return sorted(s.property for s in view.statements)


def test_nothing_passes_that_nobody_judged() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, normal="2018")
    view = cleared(case)
    assert view.statements == ()
    assert view.things == ()
    assert view.sources == ()
    assert [(w.code, "judge accept" in w.why) for w in view.withheld] == [("unjudged", True)]


def test_one_reviewer_releases_what_does_not_accuse_and_two_what_does() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, ["demo-1"], normal="2018")
    case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, ["demo-1"], voice=WATCH)
    view = cleared(case)
    assert properties(view) == ["existence", "opened"]
    assert [w.code for w in view.withheld] == ["needs_reviewers"]
    case.judge("accept", case.statements[2].id, "demo-2", content=case.statements[2].content)
    assert properties(cleared(case)) == ["existence", "existence", "opened", "operator"]


def test_two_handles_with_one_key_are_one_reviewer() -> None:
    case, page, site = made()
    said = case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, BOTH, voice=WATCH)
    import msgspec

    case.judgements = [msgspec.structs.replace(line, key="one key") for line in case.judgements]
    assert said.id not in {s.id for s in cleared(case).statements}


def test_accepts_of_another_content_do_not_count() -> None:
    case, page, site = made()
    said = case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, ["demo-1"], voice=WATCH)
    case.judge("accept", said.id, "demo-2", content="0" * 64)
    assert [w.code for w in cleared(case).withheld] == ["needs_reviewers"]
    case.judgements = [line for line in case.judgements if line.content == "0" * 64]
    assert [w.code for w in cleared(case).withheld] == ["needs_look"]


@pytest.mark.parametrize("verb", ["withhold", "not_said", "reject", "amend"])
def test_a_judgement_against_it_wins_over_any_number_of_accepts(verb: str) -> None:
    case, page, site = made()
    said = case.says(page, site, "opened", "2018", SENTENCE, BOTH, normal="2018")
    case.judge(verb, said.id, "demo-3", content=said.content)
    assert [w.code for w in cleared(case).withheld] == [verb]
    assert cleared(case, draft=True).statements == ()


def test_an_organisation_as_subject_needs_two_reviewers() -> None:
    case, page, _ = made()
    club = case.site("club", kind="organisation")
    case.says(page, club, "opened", "2018", SENTENCE, ["demo-1"], normal="2018", subject="the club")
    assert [w.code for w in cleared(case).withheld] == ["needs_reviewers"]


def test_a_chain_that_alleges_accuses_like_its_first_voice() -> None:
    case, page, site = made()
    prop = case.profile.properties["service"]
    import msgspec

    case.profile.properties["service"] = msgspec.structs.replace(prop, accuses="alleged")
    said = case.says(page, site, "service", "opened", "opened in 2018", ["demo-1"], voice=WATCH)
    assert said.id in {s.id for s in cleared(case).statements}
    chain = (said.attribution[0], msgspec.structs.replace(said.attribution[1], stance="alleges"))
    case.statements = [msgspec.structs.replace(s, attribution=chain) if s.id == said.id else s for s in case.statements]
    assert said.id not in {s.id for s in cleared(case).statements}


@pytest.mark.parametrize("level", [Level.TEAM, Level.CONFIDENTIAL])
def test_pages_that_are_not_public_give_nothing(level: Level) -> None:
    case, page, site = made(level=level)
    case.says(page, site, "opened", "2018", SENTENCE, BOTH, normal="2018")
    view = cleared(case)
    assert view.statements == ()
    # Of what is confidential not even the existence is told.
    assert [w.code for w in view.withheld] == (["level"] if level is Level.TEAM else [])


def test_a_statement_without_a_known_sighting_stays_out() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, BOTH, normal="2018")
    case.sightings = []
    assert [w.code for w in cleared(case).withheld] == ["no_sighting"]


def test_a_harmless_quote_hides_the_accusing_words_that_nobody_cleared() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, ["demo-1"], normal="2018")
    case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, ["demo-1"], voice=WATCH)
    quote = next(s for s in cleared(case).statements if s.property == "opened").quote
    assert "Fuzhou" not in shown(quote.exact)
    assert shown(quote.exact).startswith("Station Watch said")
    assert shown(quote.exact).endswith("opened in 2018.")
    assert [s.withheld for s in quote.exact if s.withheld] == [Code.ACCUSATION]
    case.judge("accept", case.statements[2].id, "demo-2", content=case.statements[2].content)
    quote = next(s for s in cleared(case).statements if s.property == "opened").quote
    assert shown(quote.exact) == SENTENCE


def test_one_reviewer_alone_cannot_open_accusing_words_by_setting_the_statement_aside() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, ["demo-1"], normal="2018")
    operator = case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, voice=WATCH)

    def words() -> str:
        return shown(next(s for s in cleared(case).statements if s.property == "opened").quote.exact)

    case.judge("not_said", operator.id, "demo-1", content=operator.content)
    assert "Fuzhou" not in words()
    case.judge("reject", operator.id, "demo-2", content=operator.content)
    assert "Fuzhou" in words()
    case.judge("withhold", operator.id, "demo-3", content=operator.content)
    assert "Fuzhou" not in words()


def test_hidden_words_are_hidden_in_values_headlines_and_context_too() -> None:
    case = MadeUp()
    page = case.page(
        "It renews licences. It hunts down critics abroad.", title="It hunts down critics abroad", url="https://e.org/a"
    )
    site = case.site("madrid")
    case.says(page, site, "service", "renews licences", "It renews licences.", ["demo-1"])
    case.says(page, site, "service", "hunts down critics", "It renews licences. It hunts down critics", ["demo-1"])
    case.says(
        page, site, "activity", "hunts down critics", "It hunts down critics abroad.", ["demo-1"], stance="alleges"
    )
    view = cleared(case)
    everything = repr(view.statements) + repr(view.sources)
    assert "critics" not in everything
    assert "renews licences" in everything


def test_a_draft_shows_unjudged_statements_after_the_same_protection() -> None:
    case, page, site = made(byline="By Quillon Brackwater")
    case.says(page, site, "operator", "Golden Lantern Association", OPERATOR)
    view = cleared(case, draft=True)
    assert properties(view) == ["existence", "operator"]
    assert not any(s.judged for s in view.statements)
    assert "Golden Lantern" not in repr(view.statements)


def test_no_order_of_anything_matters() -> None:
    case, page, site = made()
    case.says(page, site, "opened", "2018", SENTENCE, BOTH, normal="2018")
    case.says(page, site, "operator", "Fuzhou Public Security Bureau", OPERATOR, ["demo-1"], voice=WATCH)
    import msgspec

    registry = case.build()
    first = repr(clear(registry, case.profile, lookup=lookup).statements)
    for order in itertools.permutations(range(len(registry.statements))):
        shuffled: Registry = msgspec.structs.replace(
            registry,
            statements=tuple(registry.statements[i] for i in order),
            judgements=registry.judgements[::-1],
        )
        assert repr(clear(shuffled, case.profile, lookup=lookup).statements) == first


def test_a_voice_without_a_recorded_role_has_no_name() -> None:
    case, page, site = made()
    voice = Voice(speaker="Quillon Brackwater", role="campaign director", organisation="Station Watch",
                  kind=VoiceKind.WATCHDOG)  # fmt: skip
    case.says(page, site, "opened", "2018", SENTENCE, ["demo-1"], voice=voice, normal="2018")
    first = cleared(case).statements[0].voice
    assert (first.speaker, shown(first.role), shown(first.organisation)) == (None, "campaign director", "Station Watch")
    case.judge("role", "Quillon Brackwater", "demo-1", role="campaign director of Station Watch")
    first = cleared(case).statements[0].voice
    assert first.speaker == "Quillon Brackwater"
    assert shown(first.role) == "campaign director of Station Watch"


def test_places_are_cities_at_most_and_only_cities_have_a_point() -> None:
    case, page, _ = made()
    district, country = case.site("d", place="geonames:3"), case.site("c", place="ES")
    case.says(page, district, "located_in", "12 Invented Street, Usera", SENTENCE, BOTH, normal="geonames:3")
    case.says(page, country, "located_in", "somewhere in Spain", "Station", BOTH, normal=None)
    view = cleared(case)
    places = {t.id: t.place for t in view.things}
    assert (places[district].id, places[district].lat) == ("geonames:1", 40.4)
    assert (places[country].precision, places[country].lat) == ("country", None)
    assert "Invented Street" not in repr(view.statements).replace(SENTENCE, "")
    assert "somewhere" not in repr([s.value for s in view.statements])
