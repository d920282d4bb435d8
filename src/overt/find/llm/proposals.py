"""What a model answered, as rows: read strictly, and nothing is mended."""

import re

import msgspec

LONGEST_ANSWER = 200_000  # characters of an answer that are looked at
MOST = 100  # rows of an answer that are looked at
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.S)  # some servers wrap JSON as they would show it


class Proposal(msgspec.Struct, frozen=True):
    """A statement that a model proposes. All of it is the model's word; nothing is believed before the gate."""

    quote: str
    words: str
    what: str
    about: str = ""
    voice: str = ""
    stance: str = "states"


class _Rows(msgspec.Struct, frozen=True):
    statements: list[msgspec.Raw]


def proposals(text: str) -> tuple[list[Proposal], int]:
    """Return the rows of an answer that have the form that was asked for, and how many have not.

    An answer that is no JSON, or was cut off, counts as one that has not.
    """
    if len(text) > LONGEST_ANSWER:
        return [], 1
    fenced = _FENCE.fullmatch(text)
    try:
        rows = msgspec.json.decode(fenced[1] if fenced else text, type=_Rows).statements
    except (ValueError, RecursionError):
        return [], 1
    out: list[Proposal] = []
    bad = max(0, len(rows) - MOST)
    for row in rows[:MOST]:
        try:
            out.append(msgspec.json.decode(row, type=Proposal))
        except (ValueError, RecursionError):
            bad += 1
    return out, bad
