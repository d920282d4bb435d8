"""The question that a model is asked about a part of a page: an instruction made of the profile, and the text as data.

In: a window, a profile, the model's name and limits. Out: the JSON of a request for chat completions, byte by byte the
same on every machine; its hash is the name under which the answer is kept.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from overt.find.llm.windows import Window
from overt.model import Stance, sha256
from overt.net.endpoint import Endpoint
from overt.profile import Profile
from overt.profile.schema import Labels

TOKENS_A_STATEMENT = 160  # quote, value, subject and voice of one statement, with the marks between
MARK = "-----"  # before and behind the text; a page that prints it gains nothing, since no answer is believed
STANCES = (Stance.STATES, Stance.ALLEGES, Stance.DENIES, Stance.ASKS)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    instruction: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What goes out, as bytes, and its SHA-256."""

    body: bytes
    hash: str


@cache
def _words() -> _Words:
    path = files("overt.find.llm") / "prompt.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Words)


def what(profile: Profile) -> tuple[list[str], list[str]]:
    """Return what a statement can say, as a model writes it, and lines that explain it in the profile's own words.

    `property:code` for terms, `property:unit` for counts, `property` for the rest.
    """
    keys: list[str] = []
    lines: list[str] = []
    for name, rule in sorted(profile.properties.items(), key=lambda item: (item[1].order, item[0])):
        parts = rule.codes if rule.type == "term" else rule.units if rule.type == "count" else {}
        own = {f"{name}:{key}": f" ({_english(labels, key)})" for key, labels in parts.items()} or {name: ""}
        keys += own
        lines.append(f"- {_english(rule.label, name)}: {', '.join(key + label for key, label in own.items())}")
    return keys, lines


def question(window: Window, title: str | None, profile: Profile, endpoint: Endpoint) -> Question:
    """Return the question about one part of a page. Neither address nor key of the endpoint goes in."""
    words = _words()
    can, lines = what(profile)
    kinds = [_english(kind.label, name) for name, kind in profile.kinds.items()]
    instruction = words.instruction.format(
        kinds="\n".join(f"- {kind}" for kind in kinds),
        what="\n".join(lines),
        most=endpoint.most,
    )
    head = [words.title.format(title=title)] if title else []
    body = {
        "model": endpoint.name,
        "messages": [
            {"role": "system", "content": instruction.strip()},
            {"role": "user", "content": "\n".join([*head, words.text, MARK, window.text, MARK])},
        ],
        "temperature": 0,
        "max_tokens": endpoint.tokens or TOKENS_A_STATEMENT * endpoint.most,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "statements", "strict": True, "schema": _schema(can, endpoint.most)},
        },
    }
    data = msgspec.json.encode(body)
    return Question(data, sha256(data))


def _schema(can: list[str], most: int) -> dict[str, Any]:
    """The form of an answer. No bounds on strings: some servers refuse them, and the gate bounds what is kept."""
    text = {"type": "string"}
    fields: dict[str, Any] = {
        "quote": text,
        "words": text,
        "what": {"type": "string", "enum": can},
        "about": text,
        "voice": text,
        "stance": {"type": "string", "enum": [str(stance) for stance in STANCES]},
    }
    row = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    rows = {"type": "array", "maxItems": most, "items": row}
    return {
        "type": "object",
        "properties": {"statements": rows},
        "required": ["statements"],
        "additionalProperties": False,
    }


def _english(labels: Labels, otherwise: str) -> str:
    return labels.get("en") or next(iter(labels.values()), otherwise)
