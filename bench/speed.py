"""Speed: a cold build of 500 distinct pages beside trafilatura alone on the same bytes in the same run, on one core."""

import tempfile
import time
from pathlib import Path

import trafilatura

from bench.pages import page
from overt import capture
from overt.build import build
from overt.case import init, open_case, writing
from overt.profile import find_profile

PAGES = 500


def measure(pages: int = PAGES) -> dict[str, float]:
    """Return seconds: `trafilatura` alone, `seal`, `cold` build, build of `one` page more, build of `none` more."""
    made = [page(n) for n in range(pages + 1)]
    out: dict[str, float] = {}
    trafilatura.bare_extraction(made[0].decode())  # warm: imports and compiled patterns are not measured on either side
    start = time.perf_counter()
    for data in made[:pages]:
        trafilatura.bare_extraction(data.decode())
    out["trafilatura"] = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = root / "pages"
        files.mkdir()
        for number, data in enumerate(made):
            (files / f"{number:04d}.html").write_bytes(data)
        case = init(root / "case", Path(str(find_profile("overseas-stations"))))
        warm = init(root / "warm", Path(str(find_profile("overseas-stations"))))
        _add(warm, [files / "0000.html"])
        build(warm)
        start = time.perf_counter()
        _add(case, sorted(files.iterdir())[:pages])
        out["seal"] = time.perf_counter() - start
        for step in ("cold", "none"):
            start = time.perf_counter()
            build(open_case(case.root))
            out[step] = time.perf_counter() - start
        _add(case, [files / f"{pages:04d}.html"])
        start = time.perf_counter()
        build(open_case(case.root))
        out["one"] = time.perf_counter() - start
    return out


def _add(case, paths) -> None:  # type: ignore[no-untyped-def]
    with writing(case):
        for receipt in capture.add(case, [capture.Input(path=p) for p in paths]):
            assert receipt.reason is None, receipt


def table() -> str:
    """The figures as a Markdown table."""
    seen = measure()
    rows = [
        ("trafilatura alone", "trafilatura"),
        ("seal", "seal"),
        ("cold build", "cold"),
        ("one page more", "one"),
        ("nothing new", "none"),
    ]
    lines = [
        f"{PAGES} generated pages, one process",
        "",
        "| what | seconds | pages/s | ratio to trafilatura alone |",
        "|---|---|---|---|",
    ]
    for words, key in rows:
        lines.append(f"| {words} | {seen[key]:.2f} | {PAGES / seen[key]:.0f} | {seen[key] / seen['trafilatura']:.2f} |")
    lines.append(f"\none page more / cold build: {seen['one'] / seen['cold']:.2f}")
    return "\n".join(lines)
