"""Made-up models on the labelled pages: a careful one that says what the patterns found, and liars of several kinds.

The careful one shows what the gate costs (it ought to agree each time), each liar how much of one kind of lie passes.
"""

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.labelled import SHARED
from overt import capture
from overt.asking import Asked, pages
from overt.case import init, writing
from overt.find import Finders, Model, find, questions
from overt.find.llm.prompt import MARK
from overt.model import Statement
from overt.net import Endpoint
from overt.profile import find_profile, load

Row = dict[str, str]
Lie = Callable[[Row, Sequence[Row]], Row | None]
ENDPOINT = Endpoint(name="made-up", most=50)
NOBODY = "Atlantis Observer"  # stands in no page


def careful(one: Statement, shown: str) -> Row:
    """A statement as a model would propose it that was shown this text: a voice from elsewhere it does not know."""
    part = one.value.unit if one.value.type == "count" else one.value.normal if one.value.type == "term" else None
    own = one.attribution[0]
    return {
        "quote": one.quote.exact,
        "words": one.value.text,
        "what": f"{one.property}:{part}" if part else one.property,
        "about": one.subject.text,
        "voice": own.words if len(one.attribution) > 1 and own.words in shown else "",
        "stance": str(one.stance),
    }


def _other_quote(row: Row, rows: Sequence[Row]) -> Row:
    words = row["quote"]
    middle = len(words) // 2
    return row | {"quote": f"{words[:middle]}¤{words[middle:]}"}


def _other_value(row: Row, rows: Sequence[Row]) -> Row | None:
    other = next((r["words"] for r in rows if r["words"] not in row["quote"]), None)
    return row | {"words": other} if other else None


def _other_number(row: Row, rows: Sequence[Row]) -> Row | None:
    return row | {"words": "999 " + row["words"]} if row["what"].startswith("reported_count") else None


def _other_code(row: Row, rows: Sequence[Row]) -> Row | None:
    own = row["what"].partition(":")[0]
    other = sorted({r["what"] for r in rows if r["what"].startswith(own + ":") and r["what"] != row["what"]})
    return row | {"what": other[0]} if other else None


def _nobodys_voice(row: Row, rows: Sequence[Row]) -> Row:
    return row | {"voice": NOBODY}


def _pages_voice(row: Row, rows: Sequence[Row]) -> Row | None:
    return row | {"voice": "", "stance": "states"} if row["voice"] and row["stance"] != "states" else None


def _others_voice(row: Row, rows: Sequence[Row]) -> Row | None:
    other = sorted({r["voice"] for r in rows if r["voice"] and r["voice"] != row["voice"]})
    return row | {"voice": other[0]} if row["voice"] and other else None


def _lent_voice(row: Row, rows: Sequence[Row]) -> Row | None:
    other = sorted({r["voice"] for r in rows if r["voice"]})
    return row | {"voice": other[0]} if not row["voice"] and other else None


def _other_stance(row: Row, rows: Sequence[Row]) -> Row:
    return row | {"stance": "states" if row["stance"] in ("denies", "asks") else "denies"}


LIES: dict[str, Lie] = {
    "nothing: the careful one": lambda row, rows: row,
    "a word put into the quote": _other_quote,
    "the value of another sentence": _other_value,
    "another number": _other_number,
    "another code of the property": _other_code,
    "a voice that stands nowhere": _nobodys_voice,
    "an accusation given to the page": _pages_voice,
    "the voice of another in place of the one named": _others_voice,
    "a voice of the page where none is named": _lent_voice,
    "said for denied, denied for said": _other_stance,
}


def told(asked: Sequence[Asked], finders: Finders) -> Iterator[tuple[str, Counter[str]]]:
    """Yield for each kind of lie what became of the proposals on these pages."""
    for name, lie in LIES.items():
        became: Counter[str] = Counter()
        for page in asked:
            sighting = page.sightings[0]
            honest = find(page.document, sighting, finders)
            made = [s for s in honest.statements if not s.finder.rule.startswith("rows")]
            answers = {}
            for one in questions(page.document, sighting, finders, ENDPOINT):
                shown = json.loads(one.body)["messages"][1]["content"].partition(MARK)[2]
                here = [careful(s, shown) for s in made if s.quote.exact in shown]
                lies = [told for row in here if (told := lie(row, here)) is not None]
                answers[one.hash] = json.dumps({"statements": lies})
            found = find(page.document, sighting, finders, Model(ENDPOINT, answers))
            became.update(found.llm.became if found.llm is not None else {})
        yield name, became


def score() -> dict[str, float] | None:
    """Return what the gate lets pass: the share of the careful one's proposals, and how many lies became statements.

    None where the labelled pages are not at hand.
    """
    if not (SHARED / "cases" / "sources.csv").is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        case = init(Path(folder) / "case", Path(str(find_profile("overseas-stations"))))
        with writing(case):
            for receipt in capture.add(case, capture.load_sheet(SHARED / "cases" / "sources.csv").inputs):
                assert receipt.reason is None, receipt
            asked = pages(case, ENDPOINT, lambda step, done, of: None)
        became = dict(told(asked, Finders(load(case.profile))))
    honest = became.pop(next(iter(LIES)))
    share = (honest["agreed"] + honest["repeated"]) / max(1, sum(honest.values()))
    return {"careful": share, "lies": float(sum(lied["kept"] for lied in became.values()))}


def table(asked: Sequence[Asked], finders: Finders) -> list[str]:
    """Lines of a table: a kind of lie, how often it was told, and what became of it."""
    lines = [
        "| what is wrong | proposed | the patterns' own | kept | said again | dropped |",
        "|---|---|---|---|---|---|",
    ]
    for name, became in told(asked, finders):
        kept = [became[key] for key in ("agreed", "kept", "repeated")]
        total = sum(became.values())
        lines.append(f"| {name} | {total} | {' | '.join(map(str, kept))} | {total - sum(kept)} |")
    return lines
