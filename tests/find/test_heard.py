"""Through whom it was heard: outlets that somebody told it, that cite somebody, in the order of the chain."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import chain, only, statements, the

HEARD = [
    ("en", "The mayor told The Scotsman the Chinese police station in Leeds had closed.", ["mayor", "The Scotsman"]),
    ("en", "The mayor told Reuters that the Chinese police station in Leeds had closed.", ["mayor", "Reuters"]),
    (
        "en",
        "The embassy, in a statement to the Irish Times, said the Chinese police station in Leeds had closed.",
        ["embassy", "the Irish Times"],
    ),
    (
        "en",
        "A report by Safeguard Defenders, cited by the Times, says the Chinese police station in Leeds had closed.",
        ["Safeguard Defenders", "the Times"],
    ),
    (
        "en",
        "The Quay Herald, quoting the Fuzhou police, said the Chinese police station in Leeds had closed.",
        ["Fuzhou police", "Quay Herald"],
    ),
    (
        "en",
        "Speaking to the BBC, the mayor said the Chinese police station in Leeds had closed.",
        ["mayor", "the BBC"],
    ),
    ("zh-Hans", "大使告诉《卫报》，里昂的警务服务站已关闭。", ["大使", "卫报"]),
    ("es", "El alcalde dijo a EFE que la comisaría china de Madrid fue cerrada.", ["alcalde", "EFE"]),
    ("es", "«La comisaría china de Madrid fue cerrada», dijo el alcalde a El País.", ["alcalde", "El País"]),
    (
        "pt",
        "O embaixador disse à Lusa que a esquadra de polícia chinesa do Porto foi encerrada.",
        ["embaixador", "Lusa"],
    ),
    (
        "de",
        "Der Bürgermeister sagte dem Spiegel, die chinesische Polizeistation in Köln sei geschlossen worden.",
        ["Bürgermeister", "Spiegel"],
    ),
    (
        "de",
        "Die chinesische Polizeistation in Köln sei geschlossen worden, sagte der Vereinsvorsitzende der FAZ.",
        ["Vereinsvorsitzende", "FAZ"],
    ),
    ("fr", "Le maire a déclaré à l'AFP que le poste de police chinois de Lyon avait été fermé.", ["maire", "l'AFP"]),
    (
        "fr",
        "Le poste de police chinois de Lyon a été fermé, a assuré le maire, cité par Le Parisien.",
        ["maire", "Le Parisien"],
    ),
    (
        "it",
        "Il sindaco ha detto all'Ansa che la stazione di polizia cinese di Prato è stata chiusa.",
        ["sindaco", "Ansa"],
    ),
    (
        "nl",
        "De burgemeester zei tegen het AD dat het Chinese politiebureau in Utrecht is gesloten.",
        ["burgemeester", "het AD"],
    ),
    (
        "nl",
        "Het Chinese politiebureau in Utrecht is volgens de gemeente gesloten, schrijft de Volkskrant.",
        ["de gemeente", "de Volkskrant"],
    ),
]


@pytest.mark.parametrize(("language", "text", "voices"), HEARD)
def test_who_heard_it_is_a_link_outside_the_speaker(language: str, text: str, voices: list[str]) -> None:
    status = only(statements(text, language=language), "status", "closed")[0]
    assert chain(status) == [*voices, "page"]
    if voices[1] != "Quay Herald":
        assert str(status.attribution[1].kind) == "outlet"


OUTLETS = [
    ("en", "The Guardian reported that the Chinese police station in Leeds had closed.", "The Guardian"),
    ("en", "The New York Times reported that the Chinese police station in Leeds had closed.", "The New York Times"),
    (
        "en",
        "The Chinese police station in Leeds was closed after police raided the station, Reuters reported.",
        "Reuters",
    ),
    ("fr", "Le Monde a rapporté que le poste de police chinois de Lyon avait été fermé.", "Le Monde"),
    ("fr", "Selon Le Monde et l'AFP, le poste de police chinois de Lyon est fermé.", "Le Monde"),
    ("es", "El País informó que la comisaría china de Madrid fue cerrada.", "El País"),
    ("nl", "De Volkskrant meldde dat het Chinese politiebureau in Utrecht is gesloten.", "De Volkskrant"),
    ("it", "Secondo Il Foglio, la stazione di polizia cinese di Prato è stata chiusa.", "Il Foglio"),
]


@pytest.mark.parametrize(("language", "text", "name"), OUTLETS)
def test_a_newspaper_by_its_name_is_an_outlet(language: str, text: str, name: str) -> None:
    voice = only(statements(text, language=language), "status", "closed")[0].voice
    assert (voice.organisation, str(voice.kind), voice.speaker) == (name, "outlet", None)


def test_a_clause_that_tells_of_the_source_leaves_it_the_source() -> None:
    found = statements("Safeguard Defenders, which first revealed the network, counted 54 overseas police stations.")
    assert chain(the(found, "reported_count")) == ["Safeguard Defenders", "page"]
