"""The catalogues: the same keys in each language, the same fields in each entry, neutral words, used by templates."""

import re
import string
from importlib.resources import files
from pathlib import Path

import pytest

from overt.model import OvertError
from overt.profile import load, shipped
from overt.protect.words import said
from overt.publish.words import LANGUAGES, catalogue, languages

# What pages say is neutral on every subject that ships.
OF_SUBJECTS = {
    language: tuple(w for f in shipped().values() for w in load(f).publication.never_say.get(language, ()))
    for language in LANGUAGES
}
TEMPLATES = sorted(p.name for p in files("overt.publish").joinpath("templates").iterdir())


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_languages_have_the_same_keys_and_fields() -> None:
    first, *others = (catalogue(language) for language in LANGUAGES)
    for other in others:
        assert set(first.entries) == set(other.entries)
        for key, entry in first.entries.items():
            if isinstance(entry, str):
                assert fields(entry) == fields(str(other.entries[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_neutral(language: str) -> None:
    assert catalogue(language).not_neutral(OF_SUBJECTS[language]) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_hold_no_words_of_their_own_beyond_commands(name: str) -> None:
    text = files("overt.publish").joinpath("templates", name).read_text(encoding="utf-8")
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<pre.*?</pre>|<[^>]*>", " ", text, flags=re.DOTALL)
    assert re.findall(r"[^\W\d_]{2,}", bare) in ([], ["SHA"]), name
    assert said(bare, "en", OF_SUBJECTS["en"]) == said(text, "en", OF_SUBJECTS["en"]) == []


def test_a_missing_key_is_an_error_and_no_blank() -> None:
    with pytest.raises(OvertError, match=r"has no 'nothing\.here'"):
        catalogue("en")("nothing.here")


def test_every_entry_is_used_somewhere() -> None:
    root = files("overt.publish")
    used = "".join(root.joinpath("templates", name).read_text(encoding="utf-8") for name in TEMPLATES)
    for name in ("labels.py", "words.py", "site.py", "dataset.py", "exchange.py", "paper.py", "release.py", "rows.py"):
        used += root.joinpath(name).read_text(encoding="utf-8")
    dynamic = ("unit.", "stance", "basis.", "voice.", "support", "qualifier.", "withheld.", "glossary.", "type.",
               "methods.accuses_", "data.", "site.", "changes.", "count_long.", "thing.roots",
               "register.note_", "register.by_", "notice.", "reason.", "map.", "search.", "check.",
               "checked.", "network.layer_", "network.state_")  # fmt: skip
    unused = [
        k
        for k in catalogue("en").entries
        if not k.startswith(dynamic) and not k.endswith(".title") and f"{k}'" not in used and f'{k}"' not in used
    ]
    assert unused == []


def test_a_language_is_a_file(tmp_path: Path) -> None:
    for name in ("zh.toml", "es.toml", "de.toml", "en.toml", "notes.txt"):
        (tmp_path / name).touch()
    assert languages(tmp_path) == ("en", "zh", "de", "es")
