"""What is not said: what is supposed, not known, not ruled out; how far a denial reaches; who can act for a host."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import only, statements, the

SUPPOSED = [
    ("en", "If a city were hosting a Chinese police station in Leeds, that would be illegal."),
    ("en", "If the reports are true, the Chinese police stations are illegal."),
    ("en", "Had the Chinese police station been approved, it would not be illegal."),
    ("de", "Gäbe es eine chinesische Polizeistation in Köln, wäre sie illegal."),
    ("es", "Si el consulado tuviera una comisaría china en Madrid, sería ilegal."),
    ("fr", "Si la ville abritait un poste de police chinois à Lyon, ce serait illégal."),
    ("it", "Se il consolato gestisse una stazione di polizia cinese a Prato, sarebbe illegale."),
    ("zh-Hans", "如果领事馆在里昂设有警务服务站，就违反了国际法。"),
]


@pytest.mark.parametrize(("language", "text"), SUPPOSED)
def test_what_is_only_supposed_is_not_said(language: str, text: str) -> None:
    assert not statements(text, language=language)


def test_what_stands_before_a_condition_is_said() -> None:
    found = statements("The Chinese police station in Leeds was opened in 2018; if it were open, it would be illegal.")
    assert the(found, "opened").value.normal == "2018"
    assert not only(found, "nature")


UNSURE = [
    ("en", "Officials could not rule out that the Chinese police station in Leeds is still open."),
    ("de", "Es ist nicht auszuschließen, dass die chinesische Polizeistation in Köln noch geöffnet ist."),
    ("es", "El ministerio no descarta que la comisaría china de Madrid siga abierta."),
    ("it", "Il ministero non esclude che la stazione di polizia cinese di Prato sia ancora aperta."),
]


@pytest.mark.parametrize(("language", "text"), UNSURE)
def test_what_is_not_ruled_out_is_neither_said_nor_denied(language: str, text: str) -> None:
    assert not only(statements(text, language=language), "status")


UNKNOWN = [
    ("en", "It is not known if the Chinese police station in Leeds is still open."),
    ("de", "Es ist unklar, ob die chinesische Polizeistation in Köln noch geöffnet ist."),
    ("es", "No se sabe si la comisaría china de Madrid está abierta."),
]


@pytest.mark.parametrize(("language", "text"), UNKNOWN)
def test_what_nobody_knows_is_asked(language: str, text: str) -> None:
    assert the(statements(text, language=language), "status", "operating").stance == "asks"


def test_a_service_that_is_denied_is_no_thing_that_is_denied() -> None:
    found = statements("The Chinese police station in Leeds never offered consular services.")
    assert the(found, "service").stance == "denies"
    assert not [s for s in found if s.property in ("existence", "located_in") and s.stance == "denies"]


def test_a_deed_that_is_denied_presupposes_its_object() -> None:
    assert not only(statements("Beijing has denied running the Chinese police stations."), "existence")
    assert only(statements("Beijing has denied running Chinese police stations."), "existence")


CONTRAST = [
    ("en", "The Chinese police station in Leeds offers passport services, but Beijing denies it."),
    ("it", "La stazione di polizia cinese di Prato offrirebbe il rinnovo della patente, ma Pechino smentisce."),
]


@pytest.mark.parametrize(("language", "text"), CONTRAST)
def test_who_denies_behind_a_contrast_did_not_say_what_stands_before_it(language: str, text: str) -> None:
    service = the(statements(text, language=language), "service")
    assert service.depth == 0
    assert service.stance in ("states", "alleges")


ANYTHING_BUT = [
    ("en", "The Chinese police station in Leeds is anything but a service centre."),
    ("de", "Die chinesische Polizeistation in Köln ist alles andere als ein Servicezentrum."),
]


@pytest.mark.parametrize(("language", "text"), ANYTHING_BUT)
def test_anything_but_denies(language: str, text: str) -> None:
    assert all(s.stance == "denies" for s in only(statements(text, language=language), "nature"))


NO_HOST = [
    ("en", "The embassy declined to say whether the Chinese police station in Leeds is open."),
    ("en", "Chinese police said that they found no illegal activity at the Chinese police station in Leeds."),
    ("it", "Non c'è alcuna attività illegale nella stazione di polizia cinese di Prato, ha replicato l'ambasciata."),
]


@pytest.mark.parametrize(("language", "text"), NO_HOST)
def test_what_an_embassy_or_a_home_authority_says_is_no_finding_of_a_host(language: str, text: str) -> None:
    assert not only(statements(text, language=language), "host_finding")


ACTORS = [
    ("en", "Ireland has ordered China to close the Chinese police station in Dublin.", "host_action", "Ireland"),
    ("fr", "L'Allemagne a ouvert une enquête sur les postes de police chinois.", "host_action", "Allemagne"),
    (
        "en",
        "No evidence was found that the station was run by Chinese police, Scotland Yard said.",
        "host_finding",
        "Scotland Yard",
    ),
    ("en", "The Chinese police station in Dublin was raided by the Dutch police.", "host_action", "Dutch police"),
]


@pytest.mark.parametrize(("language", "text", "prop", "actor"), ACTORS)
def test_who_acts_is_a_host_authority(language: str, text: str, prop: str, actor: str) -> None:
    found = statements(text, language=language, heading="Chinese police stations abroad")
    assert {s.actor for s in only(found, prop)} == {actor}


def test_who_calls_reports_groundless_denies_them() -> None:
    found = statements("The ambassador called reports that there is a Chinese police station in Leeds groundless.")
    assert the(found, "existence").stance == "denies"
    assert the(found, "existence").voice.words == "The ambassador"


def test_a_pronoun_within_a_verb_is_whoever_spoke_last() -> None:
    found = statements(
        "Le maire a dit que le poste de police chinois de Lyon est fermé.",
        "« Le poste est fermé depuis mai », a-t-il ajouté.",
        language="fr",
    )
    assert [s.voice.role for s in only(found, "status")] == ["maire", "maire"]
