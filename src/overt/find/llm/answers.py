"""Answers of a model on disk: readings, written once under the hash of what was asked.

In: a case and a capture. Out: what a model answered about its parts. An answer that is damaged is as one that is not
there. Nothing of it is believed: whatever stands in it has to pass the gate at each build.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from overt.case import Case, write_whole
from overt.model import CaseError, Reader, digest, plain_bytes
from overt.net.endpoint import Endpoint

SCHEMA = 1
NAME = "llm"  # the finder's name in `overt.toml`


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a model answered to one question: the text as it came, and what the server said of itself.

    `question` is the SHA-256 of the request. `ended` is the server's reason for stopping (`stop`, `length`).
    """

    capture: str
    question: str
    model: str
    text: str
    ended: str
    reader: Reader
    schema: int = SCHEMA


def path_of(case: Case, capture: str, question: str) -> Path:
    """Return where the answer to a question about a capture lies."""
    return case.readings / capture[:2] / f"{capture}.llm" / f"{question}.json"


def load(path: Path) -> Answer | None:
    """Return an answer that lies on disk, or None where it is missing, damaged, or of another question or capture."""
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Answer)
    except (OSError, ValueError, RecursionError):
        return None
    return kept if (f"{kept.capture}.llm", kept.question) == (path.parent.name, path.stem) else None


def endpoint_of(case: Case) -> Endpoint | None:
    """Return the model that a case asks, None where the finder `llm` is off: it is on only where `[finders]` names it.

    Raises:
        CaseError: where it is on and no table says which model is meant.
    """
    if NAME not in case.settings.finders:
        return None
    if case.settings.model is None:
        raise CaseError(
            f"{case.root}: [finders] names {NAME}, but no [model] says which: take the row out, or see overt ask-model"
        )
    return case.settings.model


def answers(case: Case, capture: str, endpoint: Endpoint) -> dict[str, str]:
    """Return the answers about a capture by the model that is named: question -> text."""
    folder = path_of(case, capture, "").parent
    kept = [load(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []
    return {a.question: a.text for a in kept if a is not None and a.model == endpoint.name}


def damaged(case: Case) -> tuple[int, list[Path]]:
    """Return how many answers lie in a case, and those that are not what their name says."""
    kept = sorted(case.readings.glob("*/*.llm/*.json"))
    return len(kept), [path for path in kept if load(path) is None]


def write(case: Case, answer: Answer) -> None:
    """Put an answer on disk, whole or not at all. Raises CaseError where that cannot be done."""
    path = path_of(case, answer.capture, answer.question)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, plain_bytes(answer) + b"\n")
    except OSError as error:
        raise CaseError(f"{path.name} cannot be written: {error.strerror or error}") from error


def fingerprint(endpoint: Endpoint, held: Mapping[str, str]) -> str:
    """Return one hash of the answers about a capture and whose they are: what is found in it depends on it."""
    return digest(NAME, endpoint.name, endpoint.most, [[key, held[key]] for key in sorted(held)])
