"""Makes `src/overt/publish/shapes.json.xz`, the outlines of countries, from Natural Earth shapes.

Run once: `python scripts/make_shapes.py COUNTRIES-110M.json COUNTRIES-50M.json`, with the two files of the package
world-atlas (TopoJSON of Natural Earth, public domain). Needs pycountry for the ISO 3166-1 numbers. What is written is
{"110m": {code: rings}, "50m": {code: rings}}; a ring is a flat list of hundredths of a degree, longitude first, the
first point whole and each further one as the difference to the one before. Areas without an ISO code stand under "".
"""

import itertools
import json
import lzma
import sys
from pathlib import Path

import pycountry  # type: ignore[import-not-found]

OUT = Path(__file__).parents[1] / "src" / "overt" / "publish" / "shapes.json.xz"
NO_CODE = {"Kosovo": "XK"}
LEFT_OUT = {"AQ"}  # nobody reports from there, and it encloses the pole
LEAST = {"110m": 0.25, "50m": 0.06}  # degrees between two points that are kept


def code_of(geometry: dict[str, object]) -> str:
    number = geometry.get("id")
    if number is None:
        properties = geometry["properties"]
        assert isinstance(properties, dict)
        return NO_CODE.get(str(properties["name"]), "")
    found = pycountry.countries.get(numeric=str(number).zfill(3))
    return found.alpha_2 if found else ""


def rings(topology: dict[str, object], least: float) -> dict[str, list[list[int]]]:
    transform, arcs = topology["transform"], topology["arcs"]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]  # type: ignore[index]
    plain = []
    for arc in arcs:  # type: ignore[attr-defined]
        x = y = 0
        line = []
        for a, b in arc:
            x, y = x + a, y + b
            line.append((x * kx + dx, y * ky + dy))
        plain.append(line)
    out: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:  # type: ignore[index]
        code = code_of(geometry)
        if code in LEFT_OUT:
            continue
        parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for part in parts:
            for ring in part:
                line = []
                for index in ring:
                    arc = plain[index] if index >= 0 else plain[~index][::-1]
                    line += arc[1:] if line else arc
                packed = pack(line, least)
                if packed:
                    out.setdefault(code, []).append(packed)
    return {code: sorted(out[code]) for code in sorted(out)}


def pack(line: list[tuple[float, float]], least: float) -> list[int]:
    """Unwrap the ring over the antimeridian, drop points that stand too near, and write differences."""
    points: list[tuple[float, float]] = []
    for x, y in line:
        if points:
            while x - points[-1][0] > 180:
                x -= 360
            while x - points[-1][0] < -180:
                x += 360
            if abs(x - points[-1][0]) + abs(y - points[-1][1]) < least:
                continue
        points.append((x, y))
    if len(points) < 4:
        points = line[:: max(1, len(line) // 4)][:5]  # a small island keeps a few points, so that it is drawn at all
    middle = sum(x for x, _ in points) / len(points)
    # The map is cut at 169 degrees west: nothing but open water lies there.
    turn = -360 if middle > 191 else 360 if middle < -169 else 0
    whole = [(round((x + turn) * 100), round(y * 100)) for x, y in points]
    flat = [*whole[0]]
    for (a, b), (c, d) in itertools.pairwise(whole):
        flat += [c - a, d - b]
    return flat


def main() -> None:
    made = {}
    for name, path in zip(("110m", "50m"), sys.argv[1:3], strict=True):
        made[name] = rings(json.loads(Path(path).read_text(encoding="utf-8")), LEAST[name])
    text = json.dumps(made, separators=(",", ":"), sort_keys=True).encode("utf-8")
    OUT.write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{OUT}: {len(text)} bytes, packed {OUT.stat().st_size}\n")


if __name__ == "__main__":
    main()
