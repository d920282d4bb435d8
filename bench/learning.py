"""How `src/overt/read/main_text.json` was learned: boosted trees over the signs of blocks.

In: a checkout of WCXB (Murrough-Foley/web-content-extraction-benchmark) and one of the article-extraction-benchmark,
and scikit-learn, which Overt does not need otherwise. Out: the file. Run it after a change of signs or voters:
`python -m bench.learning WCXB AEB`, then the gates; with the same libraries it gives the file that ships, to the byte.
Pages of WCXB's articles whose blocks do not give their labelled text back are left out (they were labelled otherwise);
each block weighs by its share of the text.
"""

import gzip
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from bench import extraction
from overt.model import OvertError
from overt.read import blocks as block
from overt.read.html import tree
from overt.read.metadata import metadata
from overt.read.signs import names, signs
from overt.read.sums import weight
from overt.read.votes import votes

WAYS = {"full": ("fast", "readability", "own"), "fast": ("own",)}
SETTINGS = {
    "max_leaf_nodes": 12, "min_samples_leaf": 30, "l2_regularization": 2, "max_features": 0.3, "random_state": 0,
}  # fmt: skip
STEPS = {"full": {"max_iter": 300, "learning_rate": 0.05}, "fast": {"max_iter": 150, "learning_rate": 0.08}}
# Added to every sum: cross-validated F1 was highest where a block is taken a little before it is more likely than not.
LEAN = 0.3
_SEEN = 3  # how much a page of the benchmark's seen half weighs beside one of WCXB
_FIT, _SHORT = 0.93, 300  # F1 from which labels fit the page; characters of a text below which it teaches nothing
FROM = (
    "the labelled articles of WCXB v1.0 (development part; Murrough Foley, CC BY 4.0) "
    "and half of the article-extraction-benchmark (Zyte, MIT)"
)


def labels(scorer: Any, blocks: list[block.Block], truth: str) -> list[bool]:
    """True for each block of which at least half the shingles are in the true text, each used once."""
    left = Counter(scorer._ngrams(truth, 4))
    lines = {" ".join(scorer._tokenize(line)) for line in truth.split("\n")}
    out = []
    for one in blocks:
        words = scorer._tokenize(one.text)
        if len(words) < 4:
            out.append(bool(words) and " ".join(words) in lines)
            continue
        here = Counter(scorer._ngrams(one.text, 4))
        there = here & left
        out.append(2 * sum(there.values()) >= sum(here.values()))
        if out[-1]:
            left -= there
    return out


def lessons(task: tuple[bytes, str]) -> tuple[dict[str, list[Any]], bool] | None:
    """Rows of (signs, label, weight) of a page for each way, and whether its labels fit; None if it cannot be read."""
    data, truth = task
    try:
        root = tree(data)
    except OvertError:
        return None
    scorer = _scorer()
    blocks = block.blocks(root)
    title = metadata(root).title
    is_main = labels(scorer, blocks, truth)
    sizes = [weight(one.text) for one in blocks]
    total = sum(size for size, main in zip(sizes, is_main, strict=True) if main) or 1
    text = "\n".join(one.text for one, main in zip(blocks, is_main, strict=True) if main)
    match = scorer.string_shingle_matching(true=truth, pred=text)
    fits = bool(text) and 2 * match[0] / (2 * match[0] + match[1] + match[2]) > _FIT
    shares = [min(1.0, max(size, 3) / total) for size in sizes]
    made = {}
    for way, voters in WAYS.items():
        rows = signs(root, blocks, votes(root, blocks, voters), title)
        made[way] = [one for one in zip(rows, is_main, shares, strict=True) if one[0] is not None]
    return made, fits


def learn(rows: list[Any], way: str) -> dict[str, Any]:
    """Return the trees of a way in the form of `main_text.json`."""
    ensemble = importlib.import_module("sklearn.ensemble")
    numpy = importlib.import_module("numpy")
    made = ensemble.HistGradientBoostingClassifier(**SETTINGS, **STEPS[way]).fit(
        numpy.array([row for row, _, _ in rows], dtype=float),
        numpy.array([main for _, main, _ in rows]),
        sample_weight=numpy.array([size for _, _, size in rows]),
    )
    trees = [
        [
            [-1, round(float(node["value"]), 4), 0, 0]
            if node["is_leaf"]
            else [
                int(node["feature_idx"]),
                round(float(node["num_threshold"]), 4),
                int(node["left"]),
                int(node["right"]),
            ]
            for node in tree_[0].nodes
        ]
        for tree_ in made._predictors
    ]
    base = round(float(made._baseline_prediction.ravel()[0]) + LEAN, 4)
    return {"voters": WAYS[way], "signs": names(WAYS[way]), "base": base, "trees": trees}


@lru_cache(maxsize=1)
def _scorer() -> Any:
    found = extraction.scorer(sys.argv[2])
    assert found is not None
    return found


def articles(wcxb: str) -> Iterator[tuple[bytes, str]]:
    """Bytes and labelled text of each article of the development part of WCXB."""
    for path in sorted((Path(wcxb) / "dev" / "ground-truth").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        kind = ((label.get("_internal") or {}).get("page_type") or {}).get("primary")
        truth = (label.get("ground_truth") or {}).get("main_content") or ""
        if kind == "article" and len(truth) > _SHORT:
            packed = Path(wcxb) / "dev" / "html" / f"{path.stem}.html.gz"
            yield gzip.decompress(packed.read_bytes()), truth


def main(wcxb: str, aeb: str) -> None:
    """Learn both ways and write the file."""
    found = extraction.pages(aeb)
    if found is None:
        sys.exit(extraction.ABSENT)
    seen = [(data, truth) for key, data, truth in found[1] if not extraction.is_held_back(key)]
    rows: dict[str, list[Any]] = {way: [] for way in WAYS}
    with Pool() as pool:
        for made in pool.imap(lessons, seen, chunksize=8):
            for way, lesson in (made[0] if made else {}).items():
                rows[way] += [(row, main, size * _SEEN) for row, main, size in lesson]
        for made in pool.imap(lessons, articles(wcxb), chunksize=8):
            for way, lesson in (made[0] if made and made[1] else {}).items():
                rows[way] += lesson
    ways = {way: learn(lesson, way) for way, lesson in rows.items()}
    target = Path(extraction.html_reader.__file__).with_name("main_text.json")
    target.write_text(json.dumps({"from": FROM, "ways": ways}, separators=(",", ":")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
