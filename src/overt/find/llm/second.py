"""The second finder: answers of a model go in, statements that passed the gate come out beside those of the patterns.

What both find is one statement: the patterns' stays, and says who found it too. Every proposal is counted by what
became of it. Pure: no model is asked here.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from overt.find.context import Context, Find
from overt.find.ground import Grounds
from overt.find.llm.answers import NAME
from overt.find.llm.judge import Page, judge
from overt.find.llm.prompt import question
from overt.find.llm.proposals import proposals
from overt.find.llm.spans import touch
from overt.find.llm.windows import windows
from overt.model import Finder, Statement
from overt.net.endpoint import Endpoint
from overt.words.phrases import matchable

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Model:
    """Which model a case asks, and what it answered about a capture: question -> text."""

    endpoint: Endpoint
    answers: Mapping[str, str]

    @property
    def rule(self) -> str:
        return f"{NAME}:{self.endpoint.name}"


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many parts a page has, about how many a model has answered, and what became of what it proposed.

    `became` counts proposals by the keys of `gate.toml`.
    """

    parts: int
    answered: int
    became: dict[str, int]

    def told(self) -> str:
        """One line for a person: how many of the parts were answered, and what became of what was proposed."""
        ways = ", ".join(f"{label}: {self.became[key]}" for key, label in words().items() if self.became.get(key))
        return f"{self.answered} of {self.parts} parts answered; {ways or 'nothing was proposed'}"


@dataclass(frozen=True, slots=True)
class Second:
    """What a model's answers gave. `agreed` are the patterns' finds that it made too (sentence, which of its)."""

    statements: tuple[Statement, ...]
    agreed: frozenset[tuple[int, int]]
    tally: Tally


def second(page: Page, firsts: Sequence[Sequence[Find]], grounds: Grounds, title: str | None, model: Model) -> Second:
    """Return what a model's answers about a page come to.

    Args:
        page: its sentences and voices.
        firsts: for each sentence what the patterns found in it.
        grounds: cuts quotes.
        title: of the document; it is part of the questions.
        model: whose answers.
    """
    statements: dict[str, Statement] = {}
    held: list[tuple[Context, Find]] = []
    agreed: set[tuple[int, int]] = set()
    became: Counter[str] = Counter()
    finder = Finder(name=NAME, version=VERSION, rule=model.rule)
    parts = windows(page.contexts)
    answered = 0
    for window in parts:
        text = model.answers.get(question(window, title, page.contexts[0].profile, model.endpoint).hash)
        if text is None:
            continue
        answered += 1
        rows, bad = proposals(text)
        became["form"] += bad
        for row in dict.fromkeys(rows):
            kept = judge(row, window, page, model.rule)
            if isinstance(kept, str):
                became[kept] += 1
                continue
            number = kept.context.number
            both = [n for n, one in enumerate(firsts[number]) if _is_one(kept.find, one, kept.context)]
            if both and kept.context is not page.contexts[number]:
                became["other_voice"] += 1  # they read nobody there whom the model names
            elif both:
                became["agreed"] += 1
                agreed |= {(number, n) for n in both}
            elif any(c.number == number and _is_one(kept.find, f, c) for c, f in held):
                became["repeated"] += 1
            else:
                made = msgspec.structs.replace(grounds.of_find(kept.find, kept.context), finder=finder)
                if made.id in {grounds.of_find(one, page.contexts[number]).id for one in firsts[number]}:
                    became["code"] += 1  # the same words of the same voice, read as another value
                    continue
                became["kept"] += 1
                held.append((kept.context, kept.find))
                statements.setdefault(made.id, made)
        became["repeated"] += len(rows) - len(dict.fromkeys(rows))
    counted = {key: n for key, n in sorted(became.items()) if n}
    tally = Tally(parts=len(parts), answered=answered, became=counted)
    return Second(tuple(statements.values()), frozenset(agreed), tally)


def _is_one(a: Find, b: Find, context: Context) -> bool:
    """True where two finds in one sentence say one thing: one property and value, in one clause."""
    if a.property != b.property or context.sentence.clause_of(a.at[0]) != context.sentence.clause_of(b.at[0]):
        return False
    if a.value.number is not None or b.value.number is not None:
        return (a.value.number, a.value.unit) == (b.value.number, b.value.unit)
    if a.value.type in ("term", "date", "place"):
        return a.value.normal == b.value.normal
    return touch(a.at, b.at) and (
        matchable(a.value.text) in matchable(b.value.text) or matchable(b.value.text) in matchable(a.value.text)
    )


@cache
def words() -> dict[str, str]:
    """What can become of a proposal, in words, in the order in which they are told."""
    path = files("overt.find.llm") / "gate.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, str])
