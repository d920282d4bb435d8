"""The network as a drawing: boxes of words in columns, and curves between them.

In: a network and labels. Out: a sheet that a template writes as SVG, the same for the same network. What it shows
stands as a table beside it; a network too large to be read as a drawing is a table alone.
"""

from dataclasses import dataclass

from overt.publish.labels import Labels
from overt.publish.layered import layout
from overt.publish.lettering import lines
from overt.publish.network import LAYERS, Edge, Network, Node

WIDTH = 960
BOX = 250  # width of a box
_LETTER, _LINE, _PAD = 14, 19, 9  # size of letters, height of a line, space around
_MOST = 4  # lines of a box
_GAP = 18
_TOP = 34  # the names of the columns stand above the boxes
_DRAWN = 150  # nodes that can be told apart on one sheet


@dataclass(frozen=True, slots=True)
class Box:
    """A node where it stands: left, top, width, height, and its words in lines with their baselines."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """An edge as the `d` of a path."""

    edge: Edge
    d: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing of `width` by `height` units; `columns`: the name of each layer that has nodes, and its middle."""

    width: int
    height: int
    columns: tuple[tuple[str, int], ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def sheet(made: Network, labels: Labels) -> Sheet | None:
    """Return the drawing of a network; None where there is nothing to draw, or too much."""
    if not made.edges or len(made.nodes) > _DRAWN:
        return None
    used = sorted({node.layer for node in made.nodes})
    column = {layer: at for at, layer in enumerate(used)}
    step = (WIDTH - BOX) // max(1, len(used) - 1)
    wrapped = {node.anchor: _wrapped(node, labels) for node in made.nodes}
    tall = {anchor: len(text) * _LINE + 2 * _PAD for anchor, text in wrapped.items()}
    layers = [[node.anchor for node in made.nodes if node.layer == layer] for layer in used]
    tops, passing = layout(layers, [(e.source.anchor, e.target.anchor) for e in made.edges], tall, _GAP)
    boxes = {}
    for node in made.nodes:
        x, y = column[node.layer] * step, tops[node.anchor] + _TOP
        text = tuple((line, y + _PAD + _LETTER + at * _LINE) for at, line in enumerate(wrapped[node.anchor]))
        boxes[node.anchor] = Box(node, x, y, BOX, tall[node.anchor], text)
    curves = [
        Curve(e, _path(boxes[e.source.anchor], boxes[e.target.anchor], _between(e, passing), step))
        for e in made.edges
        if e.source.anchor != e.target.anchor
    ]
    order = sorted(boxes.values(), key=lambda box: (box.x, box.y))
    heads = tuple((LAYERS[layer], column[layer] * step + BOX // 2) for layer in used)
    height = max(box.y + box.height for box in order) + 4
    return Sheet(WIDTH, height, heads, tuple(order), tuple(curves))


def _wrapped(node: Node, labels: Labels) -> tuple[str, ...]:
    return lines(labels.plain(node.words, node.example), (BOX - 2 * _PAD) / _LETTER, _MOST)


def _between(edge: Edge, passing: dict[tuple[str, str], tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(y + _TOP for y in passing.get((edge.source.anchor, edge.target.anchor), ()))


def _path(source: Box, target: Box, between: tuple[int, ...], step: int) -> str:
    """Return a curve from box to box: level where it leaves and arrives, through the heights it passes in between."""
    start, end = source.y + source.height // 2, target.y + target.height // 2
    if source.x == target.x:
        side, out = source.x + source.width, source.x + source.width + (step - BOX) // 2
        return f"M{side} {start}C{out} {start} {out} {end} {side} {end}"
    forth = source.x < target.x
    x, y = source.x + (source.width if forth else 0), start
    d = f"M{x} {y}"
    stops = []
    for at, height in enumerate(between, start=1):
        left = (source.x if forth else target.x) + at * step
        stops.append((left, left + BOX, height))
    for left, right, height in stops if forth else ():
        half = (x + left) // 2
        d += f"C{half} {y} {half} {height} {left} {height}H{right}"
        x, y = right, height
    goal = target.x + (0 if forth else target.width)
    half = (x + goal) // 2
    return f"{d}C{half} {y} {half} {end} {goal} {end}"
