"""Labelled pairs of names against the matcher: our own set in two halves, and the public name bench beside its peer.

Our own set is `names.csv`: pairs of institutions, sites and places, labelled before the matcher saw them. Which half a
topic lies in is decided by its hash: the open half was looked at while working, the other was only counted.
"""

import csv
import hashlib
import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from overt.model import sha256
from overt.profile import find_profile, load
from overt.resolve import AUTOMATIC, Reader, compare

PAIRS = Path(__file__).with_name("names.csv")
HALVES = ("open", "aside")
VERDICTS = ("same", "different", "part_of", "unsure")
# The folder contrib/name_bench of opensanctions/nomenklatura, with cases.csv and run_data/. It does not ship.
PUBLIC = "OVERT_NAME_BENCH"
_BODIES = frozenset(("Company", "Organization", "LegalEntity"))
# Ours is scored where it asks a person first, the peer where its own run does best: both at their best on this set.
THRESHOLD = 0.7
_PEER_THRESHOLDS = tuple(n / 100 for n in range(50, 100, 5))


def half(topic: str) -> str:
    """Return the half of a topic: pairs about one thing lie in one half."""
    return HALVES[1 - int(hashlib.sha256(topic.encode()).hexdigest(), 16) % 2]


def confusion() -> dict[str, Counter[tuple[str, str]]]:
    """Return for each half how often a label met a verdict."""
    reader = _reader()
    out: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in HALVES}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = compare(reader.read(row["left"]), reader.read(row["right"]))
            out[half(row["topic"])][row["verdict"], found.verdict] += 1
    return out


def figures(seen: Counter[tuple[str, str]]) -> dict[str, float]:
    """Return precision, recall and F1 of `same`, and the share of pairs with the right verdict."""
    hit = seen["same", "same"]
    said = sum(n for (_, verdict), n in seen.items() if verdict == "same")
    meant = sum(n for (label, _), n in seen.items() if label == "same")
    right = sum(n for (label, verdict), n in seen.items() if label == verdict)
    return {
        "precision": hit / said if said else 1.0,
        "recall": hit / meant,
        "f1": 2 * hit / (said + meant),
        "right": right / seen.total(),
    }


def score() -> dict[str, float]:
    """Return the figures of both halves, each under the name of its half: `open_f1`, `aside_precision`, ..."""
    return {f"{name}_{key}": value for name, seen in confusion().items() for key, value in figures(seen).items()}


def public() -> dict[str, float] | None:
    """Return the figures on the public name bench, None where it is not at hand.

    `f1` of ours and `peer_f1` of its best frozen run on the organisations; `automatic_*` at the threshold for joining
    without a person; `people`: how many pairs of persons were joined.
    """
    folder = os.environ.get(PUBLIC)
    if not folder or not (Path(folder) / "cases.csv").is_file():
        return None
    reader = _reader()
    bodies: list[tuple[bool, float]] = []
    people = 0
    for row in _rows(Path(folder) / "cases.csv"):
        left, right = reader.read(row["name1"]), reader.read(row["name2"])
        if row["schema"] in _BODIES:
            bodies.append((row["is_match"] == "true", compare(left, right, are_bodies=True).score))
        elif row["schema"] == "Person":
            people += compare(left, right).verdict == "same"
    out = {"f1": _f1(bodies, THRESHOLD), "people": float(people), "pairs": float(len(bodies))}
    out["automatic_f1"] = _f1(bodies, AUTOMATIC)
    out["automatic_false"] = float(sum(not label and value >= AUTOMATIC for label, value in bodies))
    for run in sorted((Path(folder) / "run_data").glob("*-frozen.csv")):
        theirs = [(r["is_match"] == "true", float(r["score"])) for r in _rows(run) if r["schema"] in _BODIES]
        best = max(_f1(theirs, threshold) for threshold in _PEER_THRESHOLDS)
        out["peer_f1"] = max(best, out.get("peer_f1", 0.0))
    return out


def _f1(pairs: Sequence[tuple[bool, float]], threshold: float) -> float:
    hit = sum(label and value >= threshold for label, value in pairs)
    return 2 * hit / (sum(value >= threshold for _, value in pairs) + sum(label for label, _ in pairs))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _reader() -> Reader:
    return Reader(load(find_profile("overseas-stations")))


def digest() -> str:
    """A hash of the labels, so that a floor is known to belong to them."""
    return sha256(PAIRS.read_bytes())[:16]


def table() -> str:
    """The figures as Markdown tables."""
    start = time.perf_counter()
    seen = confusion()
    took = time.perf_counter() - start
    lines = [
        f"names: {sum(c.total() for c in seen.values())} labelled pairs, tables loaded and compared in {took:.1f} s",
        "",
    ]
    lines += [
        "| half | pairs | precision of same | recall of same | F1 of same | right verdict |",
        "|---|---|---|---|---|---|",
    ]
    for name, counts in seen.items():
        made = figures(counts)
        cells = " | ".join(f"{made[key]:.3f}" for key in ("precision", "recall", "f1", "right"))
        lines.append(f"| {name} | {counts.total()} | {cells} |")
    head = " | ".join(f"said {v}" for v in VERDICTS)
    lines += ["", f"| half | label | {head} |", "|---|---|---|---|---|---|"]
    for name, counts in seen.items():
        for label in VERDICTS:
            lines.append(f"| {name} | {label} | " + " | ".join(str(counts[label, v]) for v in VERDICTS) + " |")
    made_public = public()
    lines.append("")
    if made_public is None:
        lines.append(f"public name bench: not checked: {PUBLIC} names no folder with its cases.csv")
    else:
        lines.append(
            f"public name bench, {made_public['pairs']:.0f} pairs of organisations: F1 {made_public['f1']:.3f} "
            f"(its best matcher's frozen run: {made_public.get('peer_f1', 0):.3f}); joined automatically: F1 "
            f"{made_public['automatic_f1']:.3f}, {made_public['automatic_false']:.0f} false; "
            f"pairs of persons joined: {made_public['people']:.0f}"
        )
    return "\n".join(lines)


__all__ = ["confusion", "digest", "figures", "half", "public", "score", "table"]
