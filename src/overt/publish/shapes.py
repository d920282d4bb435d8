"""Outlines of countries on a flat sheet: Equal Earth, drawn as SVG paths. No library: the projection is four lines.

Source of the projection: Šavrič, Patterson, Jenny, "The Equal Earth map projection" (2018). Source of the outlines:
Natural Earth (public domain), as `scripts/make_shapes.py` packed them. Borders are de facto, as Natural Earth has them.
"""

import itertools
import json
import lzma
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

Point = tuple[float, float]
_MIDDLE = 11.0  # the sheet is cut at 169 degrees west, where only water lies
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_WIDE = 2.7066  # half the width of the whole earth, for a radius of 1
EARTH_KM = 6371.0


def project(lon: float, lat: float) -> Point:
    """Return x (right) and y (down) of a place on a sheet whose width from cut to cut is 2.

    Longitudes go on past 180, so that an island on the cut stays in one piece: `on_sheet` puts a city on its side.
    """
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    a1, a2, a3, a4 = _A
    slope = a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8
    x = 2 * math.sqrt(3) * math.radians(lon - _MIDDLE) * math.cos(t) / (3 * slope)
    y = t * (a1 + a2 * t**2 + a3 * t**6 + a4 * t**8)
    return x / _WIDE, -y / _WIDE


def on_sheet(lon: float) -> float:
    """Return a longitude as the sheet has it: from 169 degrees west to 191 east."""
    return (lon - _MIDDLE + 180) % 360 - 180 + _MIDDLE


@cache
def _packed() -> dict[str, dict[str, list[list[int]]]]:
    data = files("overt.publish").joinpath("shapes.json.xz").read_bytes()
    found: dict[str, dict[str, list[list[int]]]] = json.loads(lzma.decompress(data))
    return found


@cache
def outlines(detail: str) -> dict[str, tuple[tuple[Point, ...], ...]]:
    """Return ISO code -> rings in the sheet's measure. What the coarse set leaves out is taken from the fine one.

    Args:
        detail: `110m` (the world) or `50m` (a part of it).
    """
    packed = _packed()[detail] | {c: r for c, r in _packed()["50m"].items() if c not in _packed()[detail]}
    return {code: tuple(_ring(ring) for ring in packed[code]) for code in sorted(packed)}


def _ring(flat: list[int]) -> tuple[Point, ...]:
    x, y = flat[0], flat[1]
    out = [project(x / 100, y / 100)]
    for at in range(2, len(flat), 2):
        x, y = x + flat[at], y + flat[at + 1]
        out.append(project(x / 100, y / 100))
    return tuple(out)


def path(rings: Iterable[Iterable[Point]], scale: float, left: float, top: float, near: float) -> str:
    """Return the `d` of an SVG path, in tenths of a unit, without points nearer than `near` units to the one before."""
    out: list[str] = []
    for ring in rings:
        line: list[tuple[int, int]] = []
        for x, y in ring:
            point = round((x - left) * scale * 10), round((y - top) * scale * 10)
            if not line or abs(point[0] - line[-1][0]) + abs(point[1] - line[-1][1]) >= near * 10:
                line.append(point)
        if len(line) < 3:
            continue
        steps = [f"M{_tenth(line[0][0])} {_tenth(line[0][1])}l"]
        steps += [f"{_tenth(c - a)} {_tenth(d - b)}" for (a, b), (c, d) in itertools.pairwise(line)]
        out.append(steps[0] + " ".join(steps[1:]) + "z")
    return "".join(out).replace(" -", "-")


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    text = f"{whole}.{rest}" if rest else str(whole)
    return f"-{text}" if value < 0 else text
