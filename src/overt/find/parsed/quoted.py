"""Quotations belong to somebody as a whole, however many sentences they have."""

import re
from dataclasses import replace

from overt.find.parsed.passage import MARKS, Passage, Told
from overt.find.parsed.tree import Span

MOST_IN_LABEL = 5  # words before the colon
LEAST = 12  # characters of a quotation that is a sentence of its own
_SIGNED = re.compile(r"[”\"’»]\s*(―|—|–|--|-)\s*([A-Z][^”\"“]{2,80})$")


def signed(passage: Passage) -> Told | None:
    """ "... of our time.” - Laura N.": the name under a quotation."""
    text = passage.tree.text.rstrip()
    match = _SIGNED.search(text)
    if match is None or text[:1] not in MARKS:
        return None
    return Told(match.span(2), match.span(1), ((0, match.start() + 1),), "signed")


def labelled(passage: Passage) -> Told | None:
    """ "PENCE: Well, look ...": a name with a colon at the beginning of a passage."""
    tree = passage.tree
    colon = next((n for n in range(1, min(len(tree), MOST_IN_LABEL + 1)) if tree.words[n] == ":"), None)
    names = [n for n in range(colon or 0) if tree.words[n] not in MARKS]
    if colon is None or not names or colon + 2 >= len(tree) or any(tree.parts[n] != "PROPN" for n in names):
        return None
    content = (tree.starts[colon + 1], tree.ends[-1])
    return Told(tree.at((names[0], colon)), tree.at((colon, colon + 1)), (content,), "labelled")


def with_quotations(passage: Passage, found: list[Told]) -> list[Told]:
    """Give each quotation as a whole to whom a part of it was given; one by itself goes on with the last."""
    text = passage.tree.text
    spans = passage.spans
    owned = [False] * len(spans)
    out = []
    for one in found:
        inside = next((q for q in spans if q[0] <= one.cue[0] < q[1]), None)
        content = list(one.content)
        if inside is not None:
            content = [(max(a, inside[0]), min(b, inside[1])) for a, b in content if a < inside[1] and inside[0] < b]
        else:
            for number, (a, b) in enumerate(spans):
                if any(x < b and a < y for x, y in content):
                    owned[number] = True
                    content.append((a, b))
        if content:
            out.append(replace(one, content=_joined(content, text)))
    # Where the first quotation of each one's content begins: only who was quoted goes on being quoted.
    first = [
        min(
            (q[0] for q, is_owned in zip(spans, owned, strict=True) if is_owned and _touches(one, q)), default=len(text)
        )
        for one in out
    ]
    for number, (a, b) in enumerate(spans):
        if owned[number] or not _stands_alone(text, a, b):
            continue
        before = [
            k for k, one in enumerate(out) if one.cue[0] < a and first[k] < a and not passage.is_quoted(one.cue[0])
        ]
        if before:
            last = out[before[-1]]
            out[before[-1]] = replace(last, content=_joined([*last.content, (a, b)], text))
    return out


def _touches(one: Told, quotation: Span) -> bool:
    return any(x < quotation[1] and quotation[0] < y for x, y in one.content)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """True where a quotation is a sentence of its own: it begins behind one that ended."""
    before = text[:start].rstrip()
    return not before or (before[-1] in ".!?”\"’'…:" and end - start > LEAST)


def _joined(spans: list[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that touch as one."""
    out: list[Span] = []
    for a, b in sorted(spans):
        if (out and not text[out[-1][1] : a].strip()) or (out and a <= out[-1][1]):
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return tuple(out)


__all__ = ["labelled", "signed", "with_quotations"]
