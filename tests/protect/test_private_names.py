"""Names that may not be said are not said, however they are written; names that may be said stay."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import BOTH, WATCH, MadeUp, lookup

from overt.model import Judgement, Mention, Verb, Voice, VoiceKind, digest
from overt.protect import clear
from overt.protect.addresses import Addresses
from overt.protect.names import Names, names
from overt.protect.people import is_personal_title
from overt.protect.public import Code, shown
from overt.protect.redact import Redactor, cut, merged


def redactor(text: str = "", **voice: object) -> Redactor:
    case = MadeUp()
    page, site = case.page(text or "Nothing."), case.site("madrid")
    said = Voice(kind=VoiceKind.ASSOCIATION, **voice)  # type: ignore[arg-type]
    case.says(page, site, "opened", "2018", text or "Nothing.", voice=said)
    case.says(page, site, "operator", "Golden Lantern Hometown Association", text or "Nothing.", voice=WATCH)
    registry = case.build()
    return Redactor(names(registry, case.profile, []))


PRIVATE = redactor(speaker="Quillon Brackwater", organisation="福建金灯同乡会")


@pytest.mark.parametrize(
    "text",
    [
        "It is run by the Golden Lantern Hometown Association.",
        "THE GOLDEN LANTERN HOMETOWN ASSOCIATION denied it",
        "the golden\nlantern  hometown-association",
        "Gólden Lantern Hometown Associa\u200btion's rooms",
        "the Golden Lantern rooms",
        "the GLHA said",
        "由福建金灯同乡会设立",
        "由福建金燈同鄉會設立",
        "福建 金灯 同乡会",
    ],
)
def test_a_withheld_organisation_is_found_however_it_is_written(text: str) -> None:
    out = shown(PRIVATE.words(text)).casefold()
    for part in ("golden", "lantern", "glha", "金灯", "金燈"):
        assert part not in out


@pytest.mark.parametrize(
    "text",
    [
        "Quillon Brackwater said so",
        "QUILLON BRACKWATER",
        "Brackwater added",
        "Mr. Brackwater",
        "Quillon-Brackwater",
        "Ｑｕｉｌｌｏｎ Ｂｒａｃｋｗａｔｅｒ",
    ],
)
def test_a_known_person_is_cut_with_each_part_of_the_name(text: str) -> None:
    out = shown(PRIVATE.words(text))
    assert "rackwater" not in out
    assert "uillon" not in out
    assert Code.PERSON in {s.withheld for s in PRIVATE.words(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Tarquin Ollerby opened it", "Ollerby"),
        ("Dr. Ollerby opened it", "Ollerby"),
        ("the owner, Tarquin Ollerby, denied it", "Ollerby"),
        ("Tarquin Ollerby said nothing", "Ollerby"),
        ("according to Tarquin van der Ollerby", "Ollerby"),
        ("Tarquin Ollerby, 45, was there", "Ollerby"),
        ("Tarquin Ollerby, who was there", "Ollerby"),
        ("王金灯先生否认", "王金灯"),
        ("会长陈金灯说", "陈金灯"),
        ("店主李某某", "李某"),
    ],
)
def test_names_that_nobody_listed_are_cut_by_what_stands_beside_them(text: str, name: str) -> None:
    assert name not in shown(PRIVATE.words(text))


@pytest.mark.parametrize(
    "text",
    [
        "the Silver Heron Restaurant in the same street",
        "the Silver Heron Chamber of Commerce",
        "Silver Heron Trading Ltd",
        "设在银鹭餐馆内",
        "银鹭商会否认",
    ],
)
def test_organisations_that_nobody_listed_are_cut_by_their_last_word(text: str) -> None:
    out = shown(PRIVATE.words(text))
    assert "Silver Heron" not in out
    assert "银鹭" not in out


@pytest.mark.parametrize(
    "text",
    [
        "Station Watch said that the Interior Ministry denied it in May 2022.",
        "The Fuzhou Public Security Bureau set it up, Example Times reported.",
        "Chinese authorities say the stations renew passports.",
        "福州市公安局于2018年设立服务站，内政部否认。",
        "The Embassy said on Monday that the Foreign Ministry had been told.",
    ],
)
def test_public_bodies_outlets_and_known_voices_stay(text: str) -> None:
    assert shown(PRIVATE.words(text)) == text


def test_a_ground_by_two_reviewers_names_an_organisation_and_one_does_not() -> None:
    case = MadeUp()
    text = "It was set up by the Golden Lantern Association."
    page, site = case.page(text), case.site("madrid")
    case.says(page, site, "operator", "Golden Lantern Association", text, BOTH, voice=WATCH)

    def value() -> str:
        view = clear(case.build(), case.profile, lookup=lookup)
        return repr(next(s.value.words for s in view.statements if s.property == "operator"))

    assert "association" in value()
    case.judge("ground", "Golden Lantern Association", "demo-1", ground="its own announcement")
    assert "Golden" not in value()
    case.judge("ground", "the golden lantern association", "demo-2", ground="its own announcement")
    assert "Golden" not in value(), "the article is part of the name as it was judged"
    case.judge("ground", "Golden Lantern Association", "demo-2", ground="its own announcement")
    assert "Golden Lantern Association" in value()


def test_names_of_mentions_that_were_never_stated_are_withheld_too() -> None:
    case = MadeUp()
    text = "The office is in the rooms of Golden Lantern, the paper says."
    page, site = case.page(text), case.site("madrid")
    case.says(page, site, "opened", "2018", text, BOTH, normal="2018")
    case.mentions.append(
        Mention(
            id=digest("m"), capture=page, address="x", document=page, passage=0, start=0, end=1, text="x",
            kind="reported_site", names=("Golden Lantern",), street="12 Invented Street",
        )
    )  # fmt: skip
    view = clear(case.build(), case.profile, lookup=lookup)
    assert "Golden" not in repr(view.statements)


def _names(*private: str) -> Names:
    case = MadeUp()
    page, site = case.page("Nothing."), case.site("madrid")
    for name in private:
        case.says(page, site, "operator", name, "Nothing.")
    return names(case.build(), case.profile, [])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/news/one?p=2", ("https://example.org/news/one?p=2", False)),
        ("https://example.org/golden-lantern-association-denies", ("https://example.org/", True)),
        ("https://example.org/goldenlanternassociation", ("https://example.org/", True)),
        ("https://example.org/Golden%20Lantern%20Association", ("https://example.org/", True)),
        ("https://example.org/Golden%2520Lantern%2520Association", ("https://example.org/", True)),
        ("https://user:pw@example.org/a", ("https://example.org/", True)),
        ("https://example.org/a#:~:text=golden%20lantern%20association", ("https://example.org/a", False)),
        ("https://golden-lantern-association.example/", (None, False)),
        ("javascript:alert(1)", (None, False)),
        ("https://[broken", (None, False)),
        (None, (None, False)),
    ],
)
def test_addresses_give_no_withheld_name_away(url: str | None, expected: tuple[str | None, bool]) -> None:
    assert Addresses(_names("Golden Lantern Association")).public(url) == expected


@settings(max_examples=60, deadline=None)
@given(
    before=st.text(alphabet="ab .,\n\u4e2d\u6587(“", max_size=20),
    after=st.text(alphabet="ab .,\n\u4e2d\u6587)”", max_size=20),
)
def test_no_surroundings_uncover_a_name(before: str, after: str) -> None:
    text = f"{before} Golden Lantern Hometown Association {after}"
    assert "Lantern" not in shown(PRIVATE.words(text))


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet="abcdefghij", min_size=1, max_size=30),
    raw=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5),
    window=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_a_cut_shows_exactly_what_no_span_covers(
    text: str, raw: list[tuple[int, int]], window: tuple[int, int]
) -> None:
    spans = [
        (min(a, b), min(max(a, b), len(text)), Code.PERSON) for a, b in raw if min(a, b) < min(max(a, b), len(text))
    ]
    start, end = sorted(min(at, len(text)) for at in window)
    covered = {i for a, b, _ in spans for i in range(a, b)}
    assert shown(cut(text, start, end, merged(spans))) == "".join(
        text[i] for i in range(start, end) if i not in covered
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In May Tarquin Ollerby opened it.", "Ollerby"),
        ("the interior minister Tarquin Ollerby was told", "Ollerby"),
        ("ha risposto il ministro dell'Interno Matteo Ollerbini", "Ollerbini"),
        ("que dirige Tarquin Ollerby-Marlow, no tiene", "Ollerby"),
        ("sagte Außenminister Jan Ollerbeck am Donnerstag", "Ollerbeck"),
        ("The court found that Lu Jianxuan was there", "Jianxuan"),
        ("also known as Terry Lu", "Terry"),
        ("国家主席钱灯笼的精神", "钱灯笼"),
        ("法新社记者让·灯笼报道", "灯笼"),
    ],
)
def test_names_are_cut_by_how_they_look_in_the_languages_of_the_pages(text: str, name: str) -> None:
    assert name not in shown(PRIVATE.words(text))


def test_a_name_that_is_certain_once_is_cut_alone_in_every_other_text() -> None:
    case = MadeUp()
    case.page("The defendant Lu Jianxuan was heard.", outlet="Example Post")
    page, site = case.page("At noon Lu and Jianxuan left. It opened in 2018."), case.site("madrid")
    case.says(page, site, "opened", "2018", "At noon Lu and Jianxuan left. It opened in 2018.", BOTH, normal="2018")
    view = clear(case.build(), case.profile, lookup=lookup)
    quote = next(s for s in view.statements if s.property == "opened").quote
    assert shown(quote.exact) == "At noon  and  left. It opened in 2018."


@pytest.mark.parametrize(
    "text",
    [
        "A station in New York and one in Hong Kong, the South African police said.",
        "Chinese Police Station Probe Closed in Madrid",
        "El Ministerio del Interior y la Policía de Investigaciones lo confirmaron.",
        "Die hessischen Sicherheitsbehörden und das Landeskriminalamt prüfen das.",
        "De Nederlandse overheid en het ministerie van Buitenlandse Zaken zijn ingelicht.",
        "志愿服务人员均是当地热心侨胞，不是警务人员。",
    ],
)
def test_places_bodies_and_general_words_are_no_names(text: str) -> None:
    assert shown(PRIVATE.words(text)) == text


def test_a_noun_of_the_profile_is_no_name_but_a_name_before_it_is() -> None:
    case = MadeUp()
    words = case.profile.vocabularies["zh"]
    case.profile.vocabularies["zh"] = msgspec.structs.replace(words, kinds={**words.kinds, "hotline": ("华助中心",)})
    plain = Redactor(names(case.build(), case.profile, []))
    assert shown(plain.words("华助中心是侨胞自办的")) == "华助中心是侨胞自办的"
    assert "银鹭" not in shown(plain.words("银鹭华助中心是自办的"))
    assert "报道" in shown(plain.words("银鹭广播公司报道"))


@pytest.mark.parametrize(
    "text",
    [
        "see #QuillonBrackwater for more",
        "quillonbrackwater's page",
        "the BrackwaterHouse rooms",
        "GoldenLanternHometownAssociation",
        "TheGoldenLanternHometownAssociationOfMadrid",
    ],
)
def test_a_name_glued_to_other_words_goes_with_the_whole_word(text: str) -> None:
    mixed = redactor(speaker="Quillon Brackwater")
    out = shown(mixed.words(text)).casefold()
    for part in ("rackwater", "uillon", "golden", "lantern", "hometown", "house", "madrid"):
        assert part not in out


def test_an_outlet_called_after_a_person_is_withheld_until_a_role_is_recorded() -> None:
    case = MadeUp()
    page, site = case.page("It opened in 2018."), case.site("madrid")
    case.says(page, site, "opened", "2018", "It opened in 2018.", voice=WATCH)
    registry = case.build()
    blog = msgspec.structs.replace(registry.sightings[0], outlet="Quillon Brackwater")
    registry = msgspec.structs.replace(registry, sightings=(blog,))
    assert shown(Redactor(names(registry, case.profile, [])).words("Quillon Brackwater")) == ""
    role = Judgement(
        verb=Verb.ROLE,
        target="Quillon Brackwater",
        why="writes under this name",
        detail={"role": "author"},
        handle="one",
    )
    assert shown(Redactor(names(registry, case.profile, [role])).words("Quillon Brackwater")) == "Quillon Brackwater"


@pytest.mark.parametrize(
    "name", ["The Canal Post", "Der Brückenbote", "El Faro de Papel", "今日新西兰", "财视澳洲", "Radio Prague"]
)
def test_titles_of_papers_are_no_names_of_persons(name: str) -> None:
    assert not is_personal_title(name)
