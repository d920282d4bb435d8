"""Main text: Overt beside other extractors, on the article-extraction-benchmark and on pages made here.

The benchmark (181 pages, its own scorer) is not shipped: name its folder with `OVERT_AEB` or as an argument. Its truth
has no titles, so the headings above the text are left out of what Overt calls main text. Half of its pages (those whose
id begins with an odd digit) were not used while the trees of `main_text.json` were learned and their signs chosen.
"""

import gzip
import importlib.util
import json
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import overt.read.html as html_reader
from bench.made import made
from overt.model import Document, OvertError, PassageKind

ABSENT = "main text: not checked: OVERT_AEB does not name a folder of scrapinghub/article-extraction-benchmark"
Page = tuple[str, bytes, str]  # id, bytes, body


def body(document: Document) -> str:
    """Main text without the headings above it."""
    main = [p for p in document.passages if p.main]
    while main and main[0].kind is PassageKind.HEADING:
        del main[0]
    return "\n".join(p.text for p in main)


def _overt(way: str) -> Callable[[bytes], str]:
    def run(data: bytes) -> str:
        try:
            return body(html_reader.read(data, way=way))
        except OvertError:
            return ""

    return run


def extractors() -> dict[str, Callable[[bytes], str]]:
    """Overt and whichever peers can be imported."""
    import trafilatura

    found: dict[str, Callable[[bytes], str]] = {"Overt": _overt("full"), "Overt, fast": _overt("fast")}

    def text(**settings: bool) -> Callable[[bytes], str]:
        return lambda data: trafilatura.extract(data, include_comments=False, **settings) or ""

    found["trafilatura"] = text()
    found["trafilatura, fast"] = text(fast=True)
    found["trafilatura, precision"] = text(favor_precision=True)
    if importlib.util.find_spec("readability"):
        from lxml.html import fromstring
        from readability import Document as Readability

        found["readability-lxml"] = lambda data: "\n".join(
            fromstring(Readability(data.decode("utf-8", "replace")).summary()).itertext()
        )
    if importlib.util.find_spec("resiliparse"):
        from resiliparse.extract.html2text import extract_plain_text

        found["resiliparse"] = lambda data: extract_plain_text(
            data.decode("utf-8", "replace"), main_content=True, links=False, alt_texts=False, list_bullets=False
        )
    if importlib.util.find_spec("newspaper"):
        import newspaper

        def news(data: bytes) -> str:
            article = newspaper.Article("https://example.org/")
            article.download(input_html=data.decode("utf-8", "replace"))
            article.parse()
            return str(article.text)

        found["newspaper4k"] = news
    return found


def scorer(folder: str | None = None) -> ModuleType | None:
    """The scorer of the benchmark, or None where it is not at hand."""
    path = Path(folder or os.environ.get("OVERT_AEB", "/absent")) / "evaluate.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("aeb_evaluate", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(folder: str | None = None) -> tuple[ModuleType, list[Page]] | None:
    """The scorer of the benchmark and its pages, or None where they are not at hand."""
    module = scorer(folder)
    if module is None:
        return None
    root = Path(folder or os.environ["OVERT_AEB"])
    truth = json.loads((root / "ground-truth.json").read_text(encoding="utf-8"))
    read = [
        (key, gzip.decompress((root / "html" / f"{key}.html.gz").read_bytes()), truth[key].get("articleBody", ""))
        for key in sorted(truth)
    ]
    return module, read


def is_held_back(key: str) -> bool:
    """True for the half that was not looked at."""
    return int(key[0], 16) % 2 == 1


def score(folder: str | None = None, only: tuple[str, ...] = ()) -> dict[str, dict[str, float]] | None:
    """Figures of each extractor on the benchmark: F1, precision, recall, F1 of both halves, pages/s."""
    found = pages(folder)
    if found is None:
        return None
    module, read = found
    out = {}
    for name, extract in extractors().items():
        if only and name not in only:
            continue
        extract(read[0][1])  # warm
        began = time.process_time()
        texts = [extract(data) for _, data, _ in read]
        seconds = time.process_time() - began
        pairs = [
            (key, module.string_shingle_matching(true=truth, pred=text))
            for (key, _, truth), text in zip(read, texts, strict=True)
        ]
        figures = dict(module.metrics_from_tp_fp_fns([pair for _, pair in pairs]))
        for half, wanted in (("seen", False), ("held back", True)):
            figures[half] = module.metrics_from_tp_fp_fns([p for key, p in pairs if is_held_back(key) is wanted])["f1"]
        figures["pages/s"] = len(read) / seconds
        out[name] = figures
    return out


def score_made(only: tuple[str, ...] = ()) -> dict[str, dict[str, float]]:
    """Figures on the pages made here: F1 over four-word shingles (four characters in Chinese and Japanese)."""
    out = {}
    for name, extract in extractors().items():
        if only and name not in only:
            continue
        scores = []
        for page in made():
            wanted, got = _shingles(page.body, page.language), _shingles(extract(page.data), page.language)
            both = sum((wanted & got).values())
            scores.append((both / (sum(got.values()) or 1), both / (sum(wanted.values()) or 1)))
        precision, recall = (statistics.mean(column) for column in zip(*scores, strict=True))
        out[name] = {
            "f1": 2 * precision * recall / (precision + recall or 1), "precision": precision, "recall": recall,
        }  # fmt: skip
    return out


def _shingles(text: str, language: str) -> Counter[tuple[str, ...]]:
    parts = list("".join(text.split())) if language in ("zh-Hans", "zh-Hant", "ja") else text.split()
    return Counter(tuple(parts[at : at + 4]) for at in range(max(1, len(parts) - 3)))


def table(folder: str | None = None) -> str:
    """The figures as Markdown tables."""
    lines = []
    real = score(folder)
    if real is None:
        lines.append(ABSENT)
    else:
        lines += [
            "| 181 pages of the benchmark | F1 | precision | recall | seen half | held back | pages/s |",
            "|---|---|---|---|---|---|---|",
        ]
        for name, f in sorted(real.items(), key=lambda item: -item[1]["f1"]):
            numbers = " | ".join(f"{f[k]:.4f}" for k in ("f1", "precision", "recall", "seen", "held back"))
            lines.append(f"| {name} | {numbers} | {f['pages/s']:.0f} |")
        lines.append("")
    ours = score_made()
    lines += [f"| {len(made())} pages made for it | F1 | precision | recall |", "|---|---|---|---|"]
    for name, f in sorted(ours.items(), key=lambda item: -item[1]["f1"]):
        lines.append(f"| {name} | {f['f1']:.4f} | {f['precision']:.4f} | {f['recall']:.4f} |")
    return "\n".join(lines)
