"""What one sentence says, through whom and how, in ten languages: all sentences are written for these tests.

`said.tsv` holds a sentence a row with its language and the statements that a careful reader notes, each as
property|value|who says it (nothing: the page itself)|stance. The value is a code, a number or words.
"""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import only, statements

with Path(__file__).with_name("said.tsv").open(encoding="utf-8", newline="") as stream:
    SAID = [(row["language"], row["text"], row["said"]) for row in csv.DictReader(stream, delimiter="\t")]


@pytest.mark.parametrize(("language", "text", "said"), SAID)
def test_a_sentence_says_what_its_words_say_in_its_voice(language: str, text: str, said: str) -> None:
    found = statements(text, language=language)
    for one in said.split("; "):
        prop, value, who, stance = one.split("|")
        fitting = [
            s
            for s in only(found, prop)
            if (s.value.number is not None and f"{s.value.number:g}" == f"{float(value):g}")
            or (s.value.number is None and (s.value.normal == value or value in s.value.text))
        ]
        assert fitting, (one, [(s.property, s.value.normal, s.value.number) for s in found])
        voice = fitting[0].voice
        assert (fitting[0].depth > 0) is bool(who)
        assert who.lower() in " ".join(filter(None, (voice.speaker, voice.role, voice.organisation))).lower()
        assert fitting[0].stance == stance


BACK = [
    # the sentence behind names who said the one before it
    ("en", "The Chinese police station in Dublin has closed. That was confirmed by the foreign ministry.", "ministry"),
    ("it", "Le stazioni di polizia cinesi sono state chiuse. Lo ha reso noto il ministero.", "ministero"),
    ("fr", "Les postes de police chinois ont été fermés. C'est ce qu'a indiqué le ministère.", "ministère"),
    ("es", "Las comisarías chinas han sido cerradas. Así lo ha confirmado el ministerio.", "ministerio"),
    ("de", "Die chinesischen Polizeistationen wurden geschlossen. Das teilte das Ministerium mit.", "Ministerium"),
    ("nl", "De Chinese politiebureaus zijn gesloten. Dat heeft het ministerie laten weten.", "ministerie"),
]


@pytest.mark.parametrize(("language", "text", "who"), BACK)
def test_a_sentence_names_who_said_the_one_before(language: str, text: str, who: str) -> None:
    status = only(statements(text, language=language), "status", "closed")
    assert status
    assert who in (status[0].voice.organisation or "")


WIRES = [
    ("BERLIN (dpa) - The Chinese police station in Dublin has closed.", "dpa"),
    ("The Chinese police station in Dublin has closed. (AFP)", "AFP"),
]


@pytest.mark.parametrize(("text", "wire"), WIRES)
def test_an_agency_is_a_link_of_the_chain(text: str, wire: str) -> None:
    status = only(statements(text), "status", "closed")[0]
    assert status.attribution[0].organisation == wire
    assert status.depth == 1


def test_no_proof_of_what_a_thing_did_denies_the_deed_and_not_the_thing() -> None:
    found = statements("There is no proof that the Chinese police station in Dublin was used to monitor dissidents.")
    assert only(found, "activity")
    assert not only(found, "existence")


def test_a_source_line_with_a_date_names_the_outlet_alone() -> None:
    found = statements("The Chinese police station in Dublin has closed.", "Source: The Quay Herald, 22 December 2022.")
    names = [v.organisation for v in only(found, "status")[0].attribution]
    assert "22 December" not in " ".join(n or "" for n in names)


UNSAID = [
    ("en", "The ministry did not confirm that the Chinese police station in Dublin has closed."),
    ("en", "The group did not say that the overseas police station had threatened anyone."),
    ("de", "Das Ministerium hat nicht bestätigt, dass die chinesische Polizeistation in Graz geschlossen wurde."),
    ("nl", "Het ministerie heeft niet bevestigd dat het Chinese politiebureau in Gent is gesloten."),
    ("es", "El ministerio no confirmó que la comisaría china de Lyon haya cerrado sus puertas."),
    ("it", "Il ministero non ha confermato che la stazione di polizia cinese di Lione è stata chiusa."),
    ("pt", "O ministério não confirmou que a esquadra chinesa de Lyon foi encerrada."),
    ("fr", "Le ministère n'a pas confirmé que le poste de police chinois de Lyon a été fermé."),
    ("cs", "Ministerstvo nepotvrdilo, že čínská policejní stanice v Praze byla uzavřena."),
    ("zh", "该组织没有说海外警察站威胁过任何人。"),
    ("zh", "該部未證實都柏林的海外警察站已經關閉。"),
]


@pytest.mark.parametrize(("language", "text"), UNSAID)
def test_what_somebody_did_not_say_is_neither_said_nor_denied(language: str, text: str) -> None:
    found = statements(text, language=language)
    assert not [s for s in found if s.property in ("status", "activity", "existence", "nature")], found


QUESTIONS = [
    ("en", "Does the Chinese police station in Dublin monitor dissidents?"),
    ("zh", "里昂的海外警察站监视异见人士吗？"),
    ("de", "Überwacht die chinesische Polizeistation in Graz Dissidenten?"),
]


@pytest.mark.parametrize(("language", "text"), QUESTIONS)
def test_a_question_asks(language: str, text: str) -> None:
    found = only(statements(text, language=language), "activity")
    assert found
    assert {s.stance for s in found} == {"asks"}


def test_hearsay_at_the_end_of_a_sentence_governs_it() -> None:
    found = statements("The Chinese police station in Porto harasses dissidents, it is alleged.")
    assert {s.stance for s in only(found, "activity")} == {"alleges"}


def test_what_stands_beside_a_thing_has_closed_and_not_the_thing() -> None:
    assert not only(statements("The bakery next to the Chinese police station has closed."), "status")


def test_who_watches_a_station_is_no_deed_of_the_station() -> None:
    assert not only(statements("当地警方监视中国警察站。", language="zh"), "activity")


def test_in_a_language_whose_negations_are_not_read_nobody_is_accused() -> None:
    found = statements("中国大使館は、海外派出所が反体制派を監視していないと述べた。", language="ja")
    assert not only(found, "activity")
