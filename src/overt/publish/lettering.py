"""Words in drawings: lines of text that fit a width, and letters that name marks. SVG breaks no lines itself, and no
font is at hand to measure.

In: a string and a width in ems. Out: lines. Estimates are on the wide side, so that no word leaves its box.
"""

from string import ascii_uppercase

from overt.words.scripts import is_cjk

_WIDE, _NARROW, _CAPITAL = 1.0, 0.56, 0.68  # ems; of system fonts at normal weight, on the wide side
MORE = "…"


def width(text: str) -> float:
    """Return about how wide a text is, in ems."""
    return sum(_WIDE if is_cjk(c) or ord(c) >= 0x3000 else _CAPITAL if c.isupper() else _NARROW for c in text)


def lines(text: str, ems: float, most: int) -> tuple[str, ...]:
    """Return a text in lines of at most `ems`, broken at spaces and between Chinese characters; at most `most` lines.

    What does not fit ends with an ellipsis: the whole words stand beside the drawing.
    """
    out: list[str] = []
    line = ""
    for piece in _pieces(text):
        if width(line + piece.rstrip()) <= ems:
            line += piece
            continue
        if line.strip():
            out.append(line.rstrip())
        line = piece.lstrip()
        while width(line.rstrip()) > ems:
            at = _fitting(line, ems)
            out.append(line[:at])
            line = line[at:]
    if line.strip():
        out.append(line.rstrip())
    if len(out) > most:
        last = out[most - 1]
        while last and width(last + MORE) > ems:
            last = last[:-1]
        out[most - 1 :] = [last.rstrip() + MORE]
    return tuple(out)


def letter(at: int) -> str:
    """Return the name of a mark by its place from 0: A to Z, then AA, AB. No digits: a mark is no count."""
    name = ""
    while at >= 0:
        at, rest = divmod(at, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
        at -= 1
    return name


def _pieces(text: str) -> list[str]:
    """Return words with the spaces behind them; each Chinese character is one."""
    pieces: list[str] = []
    is_open = False  # may the next character go on with the last piece?
    for char in " ".join(text.split()):
        if is_open and not is_cjk(char):
            pieces[-1] += char
        else:
            pieces.append(char)
        is_open = char != " " and not is_cjk(char)
    return pieces


def _fitting(text: str, ems: float) -> int:
    at = 1
    while at < len(text) and width(text[: at + 1]) <= ems:
        at += 1
    return at
