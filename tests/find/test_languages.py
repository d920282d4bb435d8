"""Pages in eight languages besides English and Chinese: what they say, how, and who says it.

The sentences are written for these tests. Ordinary news about anything else must say nothing.
"""

import re
from collections.abc import Iterator

import pytest

from overt.find import Finders, find
from overt.find.lexicon import speech
from overt.model import Document, Passage, PassageKind, Reader, Sighting, Statement, sha256
from overt.profile import find_profile, load

LANGUAGES = ("es", "fr", "de", "nl", "it", "pt", "cs", "ja")


@pytest.fixture(scope="module")
def finders() -> Finders:
    return Finders(load(find_profile("overseas-stations")))


def statements(finders: Finders, language: str, *texts: str) -> list[Statement]:
    capture = sha256("\n".join(texts).encode())
    document = Document(
        capture=capture,
        passages=tuple(Passage(kind=PassageKind.PARAGRAPH, text=text, main=True) for text in texts),
        reader=Reader(name="test", version="1"),
        language=language,
        title="Safeguard Defenders",  # on the subject: then nouns like "the offices" are read
    )
    sighting = Sighting(
        capture=capture,
        address="https://example.org/page",
        url="https://example.org/page",
        file="page.txt",
        outlet="Example",
        published="2022-11-10",
        language=language,
    )
    return list(find(document, sighting, finders).statements)


def codes(found: list[Statement]) -> set[tuple[str, str | None, str]]:
    return {(s.property, s.value.normal, str(s.stance)) for s in found}


COUNTS = [
    ("es", "La organización ha localizado al menos 54 comisarías chinas en 30 países.", 54, "at_least"),
    ("fr", "Le rapport dénombre au moins 54 postes de police chinois dans 30 pays.", 54, "at_least"),
    ("de", "Der Bericht zählt mindestens 54 chinesische Polizeistationen in 30 Ländern.", 54, "at_least"),
    ("nl", "Het rapport telt zeker 54 Chinese politiebureaus in 30 landen.", 54, "at_least"),
    ("it", "Il rapporto conta almeno 54 stazioni di polizia cinesi in 30 paesi.", 54, "at_least"),
    ("pt", "O relatório identificou pelo menos 54 esquadras chinesas em 30 países.", 54, "at_least"),
    ("cs", "Organizace našla 54 policejních stanic ve 30 zemích.", 54, None),
    ("ja", "報告書によると、海外派出所は少なくとも53カ国に100カ所ある。", 100, None),
]


@pytest.mark.parametrize(("language", "text", "number", "qualifier"), COUNTS)
def test_a_count_is_read_with_its_qualifier(
    finders: Finders, language: str, text: str, number: int, qualifier: str | None
) -> None:
    counts = [s for s in statements(finders, language, text) if s.property == "reported_count"]
    mine = [s for s in counts if s.value.number == number]
    assert mine
    assert all(s.value.unit == "sites" for s in mine)
    if qualifier:
        assert mine[0].qualifier == qualifier


CLOSURES = [
    ("es", "El ministerio ordenó el cierre inmediato de la comisaría china."),
    ("fr", "Le ministère a ordonné la fermeture du poste de police chinois."),
    ("de", "Das Ministerium hat China aufgefordert, die Polizeistationen zu schließen."),
    ("nl", "De politiebureaus moeten van de minister onmiddellijk sluiten."),
    ("it", "Il ministero ha disposto la chiusura della stazione di polizia cinese."),
    ("pt", "O ministério ordenou o encerramento da esquadra chinesa."),
    ("cs", "Ministerstvo nařídilo uzavřít čínské policejní stanice."),
    ("ja", "外務省は海外派出所の閉鎖を要求した。"),
]


@pytest.mark.parametrize(("language", "text"), CLOSURES)
def test_an_order_to_close_is_an_action_of_the_host_state(finders: Finders, language: str, text: str) -> None:
    found = [s for s in statements(finders, language, text) if s.property == "host_action"]
    assert "ordered_closed" in {s.value.normal for s in found}


SAID = [
    # language, text, property, code, stance
    ("es", "La embajada niega la existencia de comisarías chinas en el país.", "existence", "yes", "denies"),
    ("es", "Las oficinas habrían servido para presionar a disidentes.", "activity", "intimidate", "alleges"),
    ("es", "Las comisarías permiten renovar la licencia de conducir.", "service", "licence_renewal", "states"),
    ("fr", "L'ambassade dément l'existence de postes de police chinois.", "existence", "yes", "denies"),
    ("fr", "Ces bureaux serviraient à surveiller les dissidents.", "activity", "surveil", "alleges"),
    ("fr", "Les bureaux ont ouvert sans l'autorisation des autorités.", "permission", "no", "states"),
    ("de", "Die Botschaft bestreitet die Existenz solcher Polizeistationen.", "existence", "yes", "denies"),
    ("de", "Die Polizeistationen sollen Dissidenten überwachen.", "activity", "surveil", "alleges"),
    ("de", "Die Polizeistationen sind geschlossen worden.", "status", "closed", "states"),
    ("nl", "De ambassade ontkent het bestaan van politiebureaus.", "existence", "yes", "denies"),
    ("nl", "De bureaus zouden critici onder druk zetten.", "activity", "intimidate", "alleges"),
    ("nl", "De bureaus zijn geopend zonder toestemming van de overheid.", "permission", "no", "states"),
    ("it", "L'ambasciata nega l'esistenza di stazioni di polizia cinesi.", "existence", "yes", "denies"),
    (
        "it",
        "I centri servirebbero a sorvegliare i dissidenti, e controllerebbero altri.",
        "activity",
        "surveil",
        "alleges",
    ),
    ("it", "I centri offrono il rinnovo delle patenti.", "service", "licence_renewal", "states"),
    ("pt", "A embaixada negou a existência de esquadras chinesas.", "existence", "yes", "denies"),
    ("pt", "As esquadras terão persuadido fugitivos a regressar à China.", "activity", "persuade_return", "alleges"),
    ("pt", "As esquadras funcionam sem autorização do Governo.", "permission", "no", "states"),
]


@pytest.mark.parametrize(("language", "text", "prop", "code", "stance"), SAID)
def test_mood_and_verb_give_the_stance(
    finders: Finders, language: str, text: str, prop: str, code: str, stance: str
) -> None:
    assert (prop, code, stance) in codes(statements(finders, language, text))


HEDGED_NOUNS = [
    ("es", "El ministerio abrió una investigación sobre las supuestas comisarías chinas."),
    ("fr", "Le ministère a ouvert une enquête sur les présumés postes de police chinois."),
    ("de", "Die Behörden haben Ermittlungen gegen die mutmaßlichen Polizeistationen eingeleitet."),
    ("it", "La procura ha avviato un'indagine sulle presunte stazioni di polizia cinesi."),
    ("pt", "O Ministério Público abriu um inquérito às alegadas esquadras chinesas."),
]


@pytest.mark.parametrize(("language", "text"), HEDGED_NOUNS)
def test_a_hedged_noun_makes_no_allegation_of_what_is_said_of_it(finders: Finders, language: str, text: str) -> None:
    found = [s for s in statements(finders, language, text) if s.value.normal == "inquiry"]
    assert found
    assert all(s.stance == "states" for s in found)


VOICES = [
    ("es", "Según la organización Safeguard Defenders, China ha abierto comisarías en Madrid.", "Safeguard Defenders"),
    ("es", "El Gobierno asegura que no existen comisarías chinas en el país.", "Gobierno"),
    (
        "fr",
        "Selon l'ONG Safeguard Defenders, la police chinoise a ouvert trois bureaux à Paris.",
        "Safeguard Defenders",
    ),
    ("fr", "« Ces bureaux sont illégaux », a déclaré le ministère de l'intérieur.", "ministère"),
    (
        "de",
        "„Die Polizeistationen sind illegal“, sagte ein Sprecher des Innenministeriums am Montag.",
        "Innenministerium",
    ),
    ("nl", "„De bureaus zijn illegaal”, zegt een woordvoerder van het ministerie.", "ministerie"),
    ("it", "«I centri sono illegali», ha detto il portavoce del ministero.", "ministero"),
    ("pt", "A organização Safeguard Defenders revelou que existem três esquadras em Portugal.", "Safeguard Defenders"),
]


@pytest.mark.parametrize(("language", "text", "who"), VOICES)
def test_the_source_comes_before_the_outlet(finders: Finders, language: str, text: str, who: str) -> None:
    found = statements(finders, language, text)
    assert found
    assert any(who in v.words for s in found for v in s.attribution[:1])
    assert all(s.attribution[-1].organisation == "Example" for s in found)


# News about anything: a page that has spoken of stations says nothing of them here.
ORDINARY = [
    (
        "es",
        "El equipo ganó el partido por 3 a 1 y el entrenador dijo que está contento con la victoria de sus jugadores.",
    ),
    ("es", "El parlamento aprobó ayer la ley de presupuestos con los votos de tres partidos."),
    (
        "fr",
        "Le conseil municipal a voté hier le budget de la ville, malgré les critiques de l'opposition sur les impôts.",
    ),
    ("fr", "La récolte de blé a été bonne cette année, selon les agriculteurs de la région."),
    ("de", "Der Verein hat am Samstag sein Sommerfest gefeiert, und viele Gäste kamen trotz des Regens in den Park."),
    ("de", "Die Regierung hat mit den Nachbarländern ein Abkommen über den Handel geschlossen."),
    ("nl", "De trein naar Utrecht had vanochtend vertraging door een defecte wissel, meldt de spoorbeheerder."),
    ("nl", "Het museum toont vanaf zaterdag schilderijen uit de zeventiende eeuw."),
    ("it", "La squadra ha vinto la partita e i tifosi hanno festeggiato in piazza fino a notte."),
    ("it", "Il prezzo del pane è salito del cinque per cento, dicono i fornai."),
    ("pt", "A chuva caiu toda a noite e as ruas da cidade ficaram cheias de água, disse o presidente da câmara."),
    ("pt", "O livro conta a história de uma família de pescadores do norte."),
    ("cs", "Fotbalisté včera vyhráli důležitý zápas a trenér byl spokojen."),
    ("ja", "昨日は全国的に晴れて、各地で気温が三十度を超えた。"),
]


STATION = {
    "es": "Hablamos de las comisarías chinas en Madrid.",
    "fr": "Il est question des postes de police chinois à Paris.",
    "de": "Es geht um chinesische Polizeistationen in Berlin.",
    "nl": "Het gaat om Chinese politiebureaus in Amsterdam.",
    "it": "Si parla delle stazioni di polizia cinesi a Prato.",
    "pt": "Fala-se das esquadras chinesas em Lisboa.",
    "cs": "Jde o čínské policejní stanice v Praze.",
    "ja": "東京の海外派出所の話だ。",
}


@pytest.mark.parametrize(("language", "text"), ORDINARY)
def test_ordinary_news_says_nothing_of_stations(finders: Finders, language: str, text: str) -> None:
    assert statements(finders, language, text) == []
    assert [s for s in statements(finders, language, STATION[language], text) if s.passage == 1] == []


def _phrases(finders: Finders) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        words = finders.profile.vocabularies[language]
        for table in (words.kinds, words.plural, words.names, words.text, words.events, words.entities, words.units):
            yield from ((language, p) for phrases in table.values() for p in phrases)
        for by_code in words.terms.values():
            yield from ((language, p) for phrases in by_code.values() for p in phrases)


def test_a_question_mark_or_star_stands_only_where_the_phrase_language_reads_it(finders: Finders) -> None:
    # "word?" would look for a printed question mark, "(a|b)*" at a word's end drops the star: both fail in silence.
    wrong = [(language, p) for language, p in _phrases(finders) if re.search(r"[^)]\?|^\([^()]*\)\*|\s\([^()]*\)\*", p)]
    assert wrong == []


def test_what_english_has_words_for_has_words_in_six_languages(finders: Finders) -> None:
    for language in LANGUAGES[:6]:
        terms = finders.profile.vocabularies[language].terms
        for prop, by_code in finders.profile.vocabularies["en"].terms.items():
            missing = [code for code, words in by_code.items() if words and not terms.get(prop, {}).get(code)]
            assert not missing, f"{language}: {prop} has no words for {missing}"


@pytest.mark.parametrize("language", [*LANGUAGES[:6], "cs"])
def test_every_language_that_puts_spaces_has_its_words_of_speech(language: str) -> None:
    words = speech(language)
    assert words is not None
    assert words.has_spaces
    for phrases in (words.cues, words.marks, words.mood, words.heads):
        assert phrases.find("x") == []
