"""Who a source is: its kind, name and role; sources that nobody names; words that are no part of it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from saying import only, statements

EN, ZH = "the Chinese police station in Leeds had closed.", "里昂的警务服务站已关闭。"
KINDS = [
    ("en", f"The embassy said {EN}", "mission"),
    ("en", f"A former diplomat said {EN}", "unknown"),
    ("en", f"A former police officer said {EN}", "unknown"),
    ("en", f"Scotland Yard said {EN}", "host_government"),
    ("en", f"Foreign ministry spokesman Wang Mou said {EN}", "unknown"),
    ("en", f"Irish foreign ministry spokesman John Doe said {EN}", "host_government"),
    ("en", f"Sources familiar with the matter said {EN}", "unknown"),
    ("en", f"Police sources said {EN}", "unknown"),
    ("fr", "L'ONG affirme que le poste de police chinois de Lyon est fermé.", "watchdog"),
    ("fr", "Selon des sources policières, le poste de police chinois de Lyon est fermé.", "unknown"),
    ("es", "La organización afirma que la comisaría china de Madrid está cerrada.", "watchdog"),
    ("zh-Hans", f"外交部发言人表示，{ZH}", "unknown"),
    ("zh-Hans", f"荷兰外交部发言人表示，{ZH}", "host_government"),
    ("zh-Hans", f"大使馆表示，{ZH}", "mission"),
    ("zh-Hans", f"该组织称，{ZH}", "watchdog"),
    ("zh-Hans", f"知情人士说，{ZH}", "unknown"),
]


@pytest.mark.parametrize(("language", "text", "kind"), KINDS)
def test_the_kind_of_a_voice_is_what_its_words_say(language: str, text: str, kind: str) -> None:
    status = only(statements(text, language=language), "status", "closed")[0]
    assert status.depth > 0
    assert str(status.voice.kind) == kind


NAMES = [
    ("nl", "Minister Hartog zei dat het Chinese politiebureau in Utrecht is gesloten.", "Hartog", "Minister"),
    ("nl", "Premier Jan Hartog zei dat het Chinese politiebureau in Utrecht is gesloten.", "Jan Hartog", "Premier"),
    (
        "de",
        "Innenministerin Nancy Sommer sagte, die chinesische Polizeistation in Köln sei geschlossen worden.",
        "Nancy Sommer",
        "Innenministerin",
    ),
    (
        "it",
        "Il ministro Bertolini ha detto che la stazione di polizia cinese di Prato è stata chiusa.",
        "Bertolini",
        "ministro",
    ),
    ("zh-Hans", f"外交部发言人王某某说，{ZH}", "王某某", "发言人"),
    ("zh-Hans", f"同乡会副会长陈先生说，{ZH}", "陈先生", "副会长"),
]


@pytest.mark.parametrize(("language", "text", "speaker", "role"), NAMES)
def test_a_name_behind_a_role_is_kept(language: str, text: str, speaker: str, role: str) -> None:
    voice = only(statements(text, language=language), "status", "closed")[0].voice
    assert (voice.speaker, voice.role) == (speaker, role)


def test_a_verb_of_speech_between_a_name_and_a_role_makes_two_persons() -> None:
    found = statements(f"The police chief, Jan Hartog, says the Chinese ambassador told him {EN}")
    chief = only(found, "status", "closed")[0].attribution[1]
    assert (chief.speaker, chief.role, str(chief.kind)) == ("Jan Hartog", "police chief", "host_government")


SOURCES = [
    ("es", "El embajador ante la prensa aseguró que la comisaría china de Madrid está cerrada.", "embajador"),
    ("es", "Según Pekín ya no hay comisarías chinas en Madrid.", "Pekín"),
]


@pytest.mark.parametrize(("language", "text", "words"), SOURCES)
def test_a_source_ends_where_its_name_ends(language: str, text: str, words: str) -> None:
    voice = statements(text, language=language)[0].voice
    assert (voice.organisation or voice.role) == words


UNNAMED = [
    ("en", f"A diplomat said on condition of anonymity that {EN}"),
    ("en", f"Police sources said {EN}"),
    ("fr", "D'après plusieurs sources policières, le poste de police chinois de Lyon est fermé."),
    ("zh-Hans", f"知情人士说，{ZH}"),
]


@pytest.mark.parametrize(("language", "text"), UNNAMED)
def test_a_source_that_nobody_names_is_the_basis(language: str, text: str) -> None:
    assert only(statements(text, language=language), "status", "closed")[0].basis == "unnamed_source"


SPEAKS = [
    (
        "en",
        'The ambassador dismissed as "false" a report that there was a Chinese police station in Leeds.',
        "ambassador",
    ),
    ("en", "The BBC understands the Chinese police station in Leeds had closed.", "BBC"),
    ("it", "La stazione di polizia cinese di Prato è stata chiusa: è quanto denuncia l'ong Faro.", "Faro"),
    ("fr", "Le poste de police chinois de Lyon est fermé, écrivait l'association.", "association"),
]


@pytest.mark.parametrize(("language", "text", "who"), SPEAKS)
def test_less_usual_words_of_speech_have_their_speaker(language: str, text: str, who: str) -> None:
    found = [s for s in statements(text, language=language) if s.property in ("status", "existence")]
    assert found
    assert who in found[0].voice.words
