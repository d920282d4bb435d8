"""Asks the model of a case about the parts of its pages, and keeps each answer as a reading the moment it comes.

In: a case whose `overt.toml` names a model. Out: answers on disk; `build` uses them and asks nobody. It may be stopped
at any moment: what has an answer is not asked again.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from overt import capture as captures
from overt import read as reader
from overt.case import Case
from overt.find import Finders, Model, find, questions
from overt.find.llm import NAME, VERSION, Answer, Question, answers, load, path_of, proposals, write
from overt.model import Document, FetchError, Level, Reader, Sighting
from overt.net import AnswerError, Endpoint, post
from overt.profile import Profile

Progress = Callable[[str, int, int], None]
IN_A_ROW = 3  # failures after which the server is taken to be gone
LONGEST_NAME = 200  # characters of what a server says of itself
# Statuses that say of one question only that it was too much; any other refusal will meet the next question too.
_PASSING = frozenset({408, 413, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that can be asked about: its document and the sightings that show it differently."""

    document: Document
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that has no answer yet, with the page that it is about."""

    capture: str
    address: str
    question: Question


def pages(case: Case, endpoint: Endpoint, tell: Progress) -> list[Asked]:
    """Return the pages that a model may be asked about, read where they were not yet.

    Confidential ones never; only public ones where another machine will see them.

    Raises:
        CaseError: where readings cannot be written.
    """
    allowed = {Level.PUBLIC} if not endpoint.stays_here else {Level.PUBLIC, Level.TEAM}
    sightings = [s for s in captures.sightings(case) if s.level in allowed]
    by_capture: dict[str, list[Sighting]] = {}
    for sighting in sightings:
        by_capture.setdefault(sighting.capture, []).append(sighting)
    first = [by_capture[capture][0] for capture in sorted(by_capture)]
    out: list[Asked] = []
    tell("read", 0, len(first))
    made = reader.read_all(case, first, lambda name: captures.payload(case, name))
    for done, one in enumerate(made, 1):
        if isinstance(one, Document):
            out.append(Asked(one, tuple(by_capture[one.capture])))
        tell("read", done, len(first))
    return sorted(out, key=lambda page: page.document.capture)


def pending(
    case: Case, asked: Sequence[Asked], profile: Profile, endpoint: Endpoint, tell: Progress, again: bool = False
) -> list[Pending]:
    """Return the questions about these pages that have no answer yet, in order of the pages.

    Args:
        again: those too whose answer did not have the form that was asked for.
    """
    finders = Finders(profile)
    out: dict[tuple[str, str], Pending] = {}
    for done, page in enumerate(asked, 1):
        tell("look", done, len(asked))
        for sighting in page.sightings:
            for one in questions(page.document, sighting, finders, endpoint):
                kept = load(path_of(case, sighting.capture, one.hash))
                if kept is None or (again and proposals(kept.text)[1]):
                    out.setdefault((sighting.capture, one.hash), Pending(sighting.capture, sighting.address, one))
    return list(out.values())


def ask(case: Case, todo: Sequence[Pending], endpoint: Endpoint, key: str | None = None) -> Iterator[str | None]:
    """Ask each question in turn and keep the answer; yield None, or in a line why there is none.

    Several may run at once and with other commands: an answer is one file, put in its place whole.

    Raises:
        FetchError: where the next question would fare no better: refused, not allowed, or several failures in a row.
        CaseError: where an answer cannot be written.
    """
    failed = 0
    permit = (endpoint.host,) if endpoint.local else case.settings.net.permit
    for one in todo:
        try:
            body = post(
                endpoint.url,
                one.question.body,
                permit,
                endpoint.max_bytes,
                seconds=endpoint.seconds,
                key=key,
                stays_here=endpoint.is_this_machine,
            )
            write(case, _answer(one, body, endpoint))
        except FetchError as error:
            failed += 1
            lasting = isinstance(error, AnswerError) and error.status not in _PASSING
            if lasting or failed >= IN_A_ROW:
                raise
            yield f"{one.address}: {error}"
        else:
            failed = 0
            yield None


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True):
    choices: tuple[_Choice, ...]
    model: str | None = None
    system_fingerprint: str | None = None


def _answer(one: Pending, body: bytes, endpoint: Endpoint) -> Answer:
    try:
        got = msgspec.json.decode(body, type=_Completion)
    except (ValueError, RecursionError) as error:
        raise FetchError(f"{endpoint.url}: the answer is no chat completion ({error})") from error
    if not got.choices:
        raise FetchError(f"{endpoint.url}: the answer is a chat completion without a choice")
    said = {"model": got.model, "server": got.system_fingerprint}
    libraries = {name: words[:LONGEST_NAME] for name, words in said.items() if words}
    return Answer(
        capture=one.capture,
        question=one.question.hash,
        model=endpoint.name,
        text=got.choices[0].message.content or "",
        ended=(got.choices[0].finish_reason or "")[:LONGEST_NAME],
        reader=Reader(name=NAME, version=VERSION, libraries=libraries),
    )


def became(case: Case, asked: Sequence[Asked], profile: Profile, endpoint: Endpoint, tell: Progress) -> Counter[str]:
    """Return what became of all that the model has proposed about these pages so far, by the keys of `gate.toml`."""
    finders = Finders(profile)
    out: Counter[str] = Counter()
    for done, page in enumerate(asked, 1):
        tell("gate", done, len(asked))
        held = answers(case, page.document.capture, endpoint)
        for sighting in page.sightings if held else ():
            found = find(page.document, sighting, finders, Model(endpoint, held))
            out.update(found.llm.became if found.llm is not None else {})
    return out
