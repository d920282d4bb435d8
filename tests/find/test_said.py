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
