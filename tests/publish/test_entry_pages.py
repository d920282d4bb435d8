"""The page of an entry: findings first, both sides of a value at one size, each passage once, roots, and checks."""

import re

import msgspec
from lxml import html
from made_up import BOTH, INTERIOR, WATCH, MadeUp, example
from reading import book, parsed, site

from overt.model import Scope, Voice, VoiceKind
from overt.publish import positions
from overt.publish.checked import checks
from overt.publish.ids import opaque
from overt.publish.rooted import rooted

SENTENCE = "Station Watch said that the office in Madrid opened in 2018 and renews driving licences."


def page_of(case: MadeUp, thing: str, language: str = "en") -> html.HtmlElement:
    return parsed(site(case))[f"{language}/sites/{opaque(thing)[:12]}.html"]


def one_sentence(denied: bool = False) -> tuple[MadeUp, str]:
    """Two things said in one sentence of one page; perhaps one of them is denied elsewhere."""
    case = MadeUp()
    madrid = case.site("madrid")
    page = case.page(SENTENCE)
    case.says(page, madrid, "opened", "2018", SENTENCE, BOTH, voice=WATCH, normal="2018")
    case.says(page, madrid, "service", "renews", SENTENCE, BOTH, voice=WATCH, normal="licence_renewal")
    if denied:
        other = case.page("The ministry: no licences are renewed there.", outlet="Example Post")
        case.says(other, madrid, "service", "renewed", "no licences are renewed there", BOTH, "denies", voice=INTERIOR,
                  normal="licence_renewal")  # fmt: skip
        service = [s for s in case.statements if s.property == "service"]
        for statement in service:  # one fact, for and against
            case.statements[case.statements.index(statement)] = msgspec.structs.replace(statement, fact=service[0].fact)
    return case, madrid


def test_the_finding_of_an_authority_is_the_first_thing_said() -> None:
    pages = [p for path, p in parsed(site(example())).items() if path.startswith("en/sites")]
    with_finding = [p for p in pages if p.xpath("//h2[@id='finding']")]
    assert len(with_finding) == 1
    assert with_finding[0].xpath("//h2/@id")[0] == "finding"
    assert with_finding[0].xpath("(//h3)[1]/@id") == ["p-host_finding"]


def test_words_are_shown_once_and_what_else_they_say_refers_to_them() -> None:
    case, madrid = one_sentence()
    page = page_of(case, madrid)
    (card,) = page.xpath("//article")
    (line,) = page.xpath("//li[starts-with(@id, 's-')]")
    assert line.xpath("./a/@href") == [f"#{card.get('id')}"]
    assert "Station Watch states, 2022-10-13" in line.text_content()
    assert len(page.xpath("//blockquote")) == 1


def test_where_a_value_is_denied_both_sides_have_cards_there() -> None:
    case, madrid = one_sentence(denied=True)
    page = page_of(case, madrid)
    cards = page.xpath("//h3[@id='p-service']/following::div[@class='cards'][1]/article")
    assert [card.get("class") for card in cards] == ["stance-denies", None]
    assert all(card.xpath(".//blockquote") and card.xpath("./ol/li") for card in cards)
    assert len(page.xpath("//h3[@id='p-opened']/following::ul[@class='plain'][1]/li/a")) == 1  # the line refers there


def test_words_that_are_spoken_against_twice_have_a_card_each_time() -> None:
    case, madrid = one_sentence(denied=True)
    other = case.page("The ministry: it did not open in 2018.", outlet="Example Herald")
    case.says(other, madrid, "opened", "2018", "it did not open", BOTH, "denies", voice=INTERIOR, normal="2018")
    page = page_of(case, madrid)
    for name in ("opened", "service"):
        cards = page.xpath(f"//h3[@id='p-{name}']/following::div[@class='cards'][1]/article")
        assert [card.get("class") for card in cards] == ["stance-denies", None]
    assert page.xpath("//li[starts-with(@id, 's-')]") == []


def test_a_finding_has_a_card_though_its_words_stand_in_another_one_too() -> None:
    case, madrid = one_sentence(denied=True)
    case.says(case.sightings[0].capture, madrid, "host_finding", "renews", SENTENCE, BOTH, voice=WATCH)
    page = page_of(case, madrid)
    assert len(page.xpath("//h3[@id='p-host_finding']/following::div[@class='cards'][1]/article")) == 1
    assert page.xpath("(//article)[1]/preceding::h3[1]/@id") == ["p-host_finding"]


def test_too_many_pages_are_listed_and_not_drawn() -> None:
    case = MadeUp()
    madrid = case.site("madrid")
    for number in range(61):
        page = case.page(f"Paper {number}: it opened in 2018.", outlet=f"Paper {number}")
        case.says(page, madrid, "opened", "2018", "it opened in 2018", BOTH, normal="2018")
    page = page_of(case, madrid)
    assert page.xpath("//div[@class='rooted']/svg") == []
    assert len(page.xpath("//ul[@id='roots']/li")) == 61
    assert page.xpath("//ul[@id='roots']/li[last()]")[0].text_content().startswith("BI · ")


def test_what_is_offered_and_what_is_alleged_stand_side_by_side_though_one_is_empty() -> None:
    case, madrid = one_sentence()
    page = page_of(case, madrid)
    left, right = page.xpath("//div[@class='beside']/section")
    assert left.xpath("./h3/@id") == ["p-service"]
    assert right.xpath("./h3/@id") == ["p-activity"]
    assert "No accepted statement." in right.text_content()
    lone = MadeUp()
    madrid = lone.site("madrid")
    lone.says(lone.page("It opened in 2018."), madrid, "opened", "2018", "It opened in 2018.", BOTH, normal="2018")
    assert page_of(lone, madrid).xpath("//div[@class='beside']") == []


def test_existence_says_from_what_it_follows() -> None:
    case, madrid = one_sentence()
    made = book(case)
    (block,) = positions.blocks(made, madrid, "existence")
    assert positions.rests_on(made, block) == ["opened", "service"]
    page = page_of(case, madrid)
    assert page.xpath("//h3[@id='p-existence']/following::p[2]/a/@href") == ["#p-opened", "#p-service"]


def test_every_published_statement_has_a_permanent_anchor_on_its_page() -> None:
    case = example()
    made = book(case)
    pages = parsed(site(case))
    for statement in made.cleared.statements:
        if not statement.implied:
            folder = "sites" if made.things[statement.thing].is_counted else "others"
            page = pages[f"zh/{folder}/{made.slugs[statement.thing]}.html"]
            assert len(page.xpath(f"//*[@id='s-{made.slugs[statement.id]}']")) == 1
    for path, page in pages.items():
        if re.match(r"en/(sites|others)/", path):
            assert {"positions", "names", "coverage", "checked"} <= set(page.xpath("//h2/@id"))


def test_many_pages_of_one_report_are_many_lines_to_one_root() -> None:
    case = MadeUp()
    madrid = case.site("madrid")
    for number in range(14):
        page = case.page(f"Paper {number}: the watchdog said it opened in 2018.", outlet=f"Paper {number}")
        case.says(page, madrid, "opened", "2018", "it opened in 2018", BOTH, voice=WATCH, normal="2018")
    found = rooted(book(case), madrid)
    assert found is not None
    assert (len(found.pages), len(found.roots)) == (14, 1)
    assert found.lines.count("M") == 14
    assert found.dots.count("M") == 15
    page = page_of(case, madrid)
    assert len(page.xpath("//tbody[@id='pages']/tr")) == 14
    assert len(page.xpath("//ul[@id='roots']/li")) == 1
    assert "14 pages, 1 root, as far as traced" in page.text_content()


def test_each_card_leads_to_the_seal_and_the_address_of_its_page() -> None:
    case, madrid = one_sentence(denied=True)
    made = book(case)
    page = page_of(case, madrid)
    for card in page.xpath("//article"):
        source = card.xpath("./p[last()]/a[1]/@href")[0].removeprefix("#")
        (row,) = page.xpath(f"//tbody[@id='pages']/tr[@id='{source}']")
        assert row.xpath("string(.//code)") in {s.capture for s in made.about(madrid)}
        assert row.xpath(".//a/@href")[0].startswith("https://example.org/")


def test_where_no_root_was_traced_the_pages_stand_all_the_same() -> None:
    case, madrid = one_sentence()
    case.origins.clear()
    case.statements = [msgspec.structs.replace(s, origin=None) for s in case.statements]
    page = page_of(case, madrid)
    assert len(page.xpath("//tbody[@id='pages']/tr")) == 1
    assert page.xpath("//div[@class='rooted']") == []
    assert "1 page, no root could be traced" in page.text_content()


def test_a_page_with_two_voices_rests_on_two_roots() -> None:
    case, madrid = one_sentence()
    page = case.page("The ministry said it opened in 2018. A passer-by did too: it was there.", outlet="Example Post")
    case.says(page, madrid, "opened", "2018", "it opened in 2018", BOTH, voice=INTERIOR, normal="2018")
    case.says(page, madrid, "name", "it", "it was there", BOTH)
    found = rooted(book(case), madrid)
    assert found is not None
    assert sorted(len(one.letters) for one in found.pages) == [1, 2]
    assert {letter for one in found.pages for letter in one.letters} == {root.letter for root in found.roots}


def test_checks_have_three_outcomes_and_name_what_could_not_be_done() -> None:
    case, madrid = one_sentence()
    undated = case.page("It was there.", published=None, file="notes.txt")
    case.says(undated, madrid, "name", "It", "It was there.", BOTH, basis="first_hand")
    found = {check.code: check for check in checks(book(case), madrid)}
    assert found["own"].outcome == "none"
    assert (found["basis"].outcome, len(found["basis"].statements)) == ("only", 1)
    assert found["root"].outcome == "all"
    assert (found["date"].outcome, len(found["date"].sources)) == ("but", 1)
    assert (found["address"].outcome, len(found["address"].sources)) == ("but", 1)
    text = " ".join(page_of(case, madrid).xpath("string(//h2[@id='checked']/following::dl[1])").split())
    assert "no check of its own is recorded" in text
    assert "Could not be told for: Example Times" in text


def test_a_check_of_the_case_itself_is_named_as_such() -> None:
    case, madrid = one_sentence()
    page = case.page("We went there: it was closed.", outlet="This case")
    own = Voice(organisation="This case", kind=VoiceKind.OWN_CHECK, words="We")
    case.says(page, madrid, "status", "closed", "it was closed", BOTH, voice=own, normal="closed")
    found = {check.code: check for check in checks(book(case), madrid)}
    assert (found["own"].outcome, len(found["own"].statements)) == ("only", 1)


def test_it_is_said_where_it_is_open_whether_two_entries_are_one() -> None:
    case = example()
    made = book(case)
    same = {thing: check.things for thing in made.things for check in checks(made, thing) if check.code == "same"}
    assert len(same) == 2
    (one, (other,)), (other_, (one_,)) = same.items()
    assert (one, other) == (one_, other_)


def test_a_finding_says_of_what_it_was() -> None:
    case = example()
    page = case.page("The inquiry into Glasgow ended without charges.", outlet="Found Post", published="2023-05-01")
    one = case.site("looked at", place="geonames:2", country="GB")
    words = "ended without charges"
    finding = next(name for name, rule in case.profile.properties.items() if rule.finding)
    case.says(
        page, one, finding, words, words, BOTH, scope=msgspec.to_builtins(Scope(where="geonames:2", as_of="2023-04"))
    )
    pages = [text.decode() for path, text in site(case).items() if path.startswith("en/sites/")]
    assert any("Of what: Glasgow" in text and "2023-04" in text for text in pages)
