"""Lets a made-up model answer about a page of a few sentences, and finds with it: what the tests of the gate share."""

import json

import msgspec
from saying import OUTLET, finders

from overt.find import Found, Model, find, questions
from overt.model import Document, Passage, PassageKind, Reader, Sighting, Statement, sha256
from overt.net import Endpoint

MODEL = Endpoint(name="made-up")
RULE = "llm:made-up"


def page_of(*texts: str, language: str = "en") -> tuple[Document, Sighting]:
    capture = sha256("\n".join(texts).encode())
    passages = tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts)
    document = Document(capture=capture, passages=passages, reader=Reader(name="test", version="1"), language=language)
    sighting = Sighting(
        capture=capture, address="https://example.org/page", outlet=OUTLET, published="2022-11-10", language=language
    )
    return document, sighting


def row(quote: str, words: str, what: str, about: str = "", voice: str = "", stance: str = "states") -> dict[str, str]:
    """A statement as a model writes it."""
    return {"quote": quote, "words": words, "what": what, "about": about, "voice": voice, "stance": stance}


def answered(texts: tuple[str, ...], text: str, language: str = "en") -> Found:
    """What is found in a page when a model answers `text` to each question about it."""
    document, sighting = page_of(*texts, language=language)
    asked = questions(document, sighting, finders(), MODEL)
    return find(document, sighting, finders(), Model(MODEL, {one.hash: text for one in asked}))


def proposed(*rows: dict[str, str], of: tuple[str, ...], language: str = "en") -> Found:
    """What is found in a page when a model proposes these rows."""
    return answered(of, json.dumps({"statements": rows}), language)


def became(found: Found) -> dict[str, int]:
    assert found.llm is not None
    return found.llm.became


def by_model(found: Found) -> list[Statement]:
    return [s for s in found.statements if s.finder.name == "llm"]


def by_patterns(found: Found) -> list[Statement]:
    """What the patterns found, without the note that a model found it too: to compare with a page without a model."""
    own = [s for s in found.statements if s.finder.name == "patterns"]
    return [msgspec.structs.replace(s, finder=msgspec.structs.replace(s.finder, also=())) for s in own]
