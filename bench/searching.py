"""Searching a published site in a browser, from a folder: the first query of a page, and those after it.

In: the demonstration varied to many entries, published. A headless Chromium opens the page of search anew for each
first query; the time is from the key that ends the query to the words that tell its hits, as the page's own clock has
it.
"""

import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.publishing import demonstration, varied
from overt.publish.case import weighing
from overt.publish.release import publish

SIZES = ((500, 5_000), (5_000, 50_000))
QUERIES = ("madrid", "都柏林", "警侨事务", "driving licences", "police service station", "embassy said")
ROUNDS = 3
_TIMED = """(words) => new Promise((done) => {
  const box = document.getElementById("q"), said = document.getElementById("said");
  const start = performance.now();
  const seen = new MutationObserver(() => {
    if (said.textContent) { seen.disconnect(); done(performance.now() - start); }
  });
  said.textContent = "";
  seen.observe(said, {childList: true, characterData: true, subtree: true});
  box.value = words;
  box.dispatchEvent(new Event("input"));
})"""


def measure(page: Any, address: str) -> tuple[list[float], list[float]]:
    """Return milliseconds of first queries, each on a page that was just opened, and of the same words once more."""
    cold, warm = [], []
    for _ in range(ROUNDS):
        for words in QUERIES:
            page.goto("about:blank")
            page.goto(address)
            cold.append(page.evaluate(_TIMED, words))
            warm.append(page.evaluate(_TIMED, words))
    return cold, warm


def table() -> str:
    """The figures as a Markdown table, or why there are none."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "search: not measured: playwright is not installed"
    if browser is None:
        return "search: not measured: no Chromium is installed"
    lines = ["| entries | index | first query: median, worst | again: median, worst |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        profile, small = demonstration(Path(folder))
        for sites, statements in SIZES:
            releases = Path(folder, str(sites))
            publish(
                releases, varied(small, sites, statements), profile, weighing(profile), lambda _data: b"not signed\n"
            )
            public = releases / "1" / "public"
            index = sum(path.stat().st_size for path in (public / "static" / "search").iterdir())
            with sync_playwright() as running:
                opened = running.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                cold, warm = measure(opened.new_page(), (public / "en" / "search.html").as_uri())
                opened.close()
            entries = len(list((public / "en").glob("*/*.html")))
            lines.append(
                f"| {entries:,} | {index / 1e6:.1f} MB | {statistics.median(cold):.0f} ms, {max(cold):.0f} ms "
                f"| {statistics.median(warm):.0f} ms, {max(warm):.0f} ms |"
            )
            print(lines[-1])
    return "\n".join(lines)
