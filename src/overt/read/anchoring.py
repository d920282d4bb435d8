"""Finding a quote again in another reading of the same capture, as the W3C Web Annotation selectors mean it.

In: the words, what stood around them, where they stood, and the text of the new reading. Out: where they stand now.
"""

MAX_PLACES = 1000  # words that stand more often than this say nothing by themselves


def anchor(text: str, exact: str, prefix: str, suffix: str, start: int) -> int | None:
    """Return where a quote stands in `text`: of several places the one with most of what stood around it, then the
    nearest to `start`. None where the words are gone.
    """
    best: tuple[int, int, int] | None = None
    at, seen = text.find(exact) if exact else -1, 0
    while at >= 0 and seen < MAX_PLACES:
        around = _common(prefix[::-1], text[max(0, at - len(prefix)) : at][::-1])
        around += _common(suffix, text[at + len(exact) : at + len(exact) + len(suffix)])
        rank = (-around, abs(at - start), at)
        best = rank if best is None or rank < best else best
        at, seen = text.find(exact, at + 1), seen + 1
    return best[2] if best is not None else None


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
