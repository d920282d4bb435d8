"""A real, small and weak model on this machine: it holds to the form, invents, and nothing invented comes through.

Skipped where its wheels are not installed: they are too large for everybody's set-up.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reading_cases import statements
from running import ok, run

from overt.model import Statement
from overt.store import reading

sys.path.insert(0, str(Path(__file__).parents[2]))
from bench import local_model


@pytest.fixture(scope="module")
def weights() -> Iterator[Path]:
    if not local_model.is_here():
        pytest.skip(local_model.ABSENT)
    with local_model.weights() as file:
        yield file


def few(case: Path) -> None:
    """Let the case ask for one statement a part: the model says more only again."""
    settings = case / "overt.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[model]\nname = "x"\nmost = 1\n', encoding="utf-8")


@pytest.mark.slow
def test_a_weak_model_is_asked_and_only_what_stands_in_the_page_comes_in(case: Path, weights: Path) -> None:
    few(case)
    before = {s.id for s in statements(case)}
    said = ok("ask-model", "--gguf", weights, "--most", "2", "--case", case)
    assert "asking gemma-3-270m on this machine" in said
    assert "about 2 parts of 2 pages: Overt sends it nowhere else" in said
    assert "2 questions answered, 0 failed" in said
    kept = list((case / "readings").glob("*/*.llm/*.json"))
    assert len(kept) == 2
    ok("build", "--case", case)
    with reading(case / "index.sqlite") as store:
        registry = store.load()
    assert before <= {s.id for s in registry.statements}
    texts = {d.capture: d.text for d in registry.documents}
    made = [s for s in registry.statements if s.finder.name == "llm" and not s.implied]
    assert [s for s in made if not grounded(s, texts[s.capture])] == []


def grounded(statement: Statement, text: str) -> bool:
    quote = statement.quote
    held = text[quote.start : quote.end] == quote.exact and statement.value.text in quote.exact
    return held and all(voice.words in text for voice in statement.attribution)


def test_what_cannot_be_served_is_said_in_one_line(case: Path, tmp_path: Path) -> None:
    assert "No such file" in run("ask-model", "--gguf", tmp_path / "no.gguf", "--case", case).complaint
    other = tmp_path / "other.gguf"
    other.write_bytes(b"not weights")
    assert "is no GGUF file" in run("ask-model", "--gguf", other, "--case", case).complaint
    at = run("ask-model", "--gguf", other, "--at", "http://127.0.0.1:9/v1", "--case", case)
    assert "leave out --at" in at.complaint


@pytest.mark.slow
def test_weights_that_are_none_end_the_command_in_one_line(case: Path, weights: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(weights.read_bytes()[:100_000])
    begun = time.monotonic()
    ran = run("ask-model", "--gguf", broken, "--case", case)
    assert ran.code == 2
    assert "could not load it" in ran.complaint
    assert time.monotonic() - begun < 60
