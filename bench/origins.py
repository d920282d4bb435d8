"""Origins: the root of each labelled page's main claim, in pairs; and copies planted in the demonstration case.

Six ways of rewriting a demo page: word for word, another title, trimmed, paragraphs in another order, edited sentences,
and a translation (`origins_texts.toml`). However many copies stand on new outlets, the number of origins must not move.
"""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import resources
from itertools import combinations
from pathlib import Path

import msgspec

from bench.labelled import SHARED
from overt import capture
from overt.build import build
from overt.capture.inputs import Input
from overt.case import init, writing
from overt.model import Registry
from overt.profile import find_profile, load
from overt.resolve import Naming
from overt.weigh import origins

COPIES = 50
ABSENT = "labelled pages: not checked, since they are not beside this checkout"
Figures = dict[str, float]


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`page`: the demo page that is copied; `title`, `edits` and `translated`: what its copies have in its place."""

    page: str
    published: str
    title: str
    edits: tuple[tuple[str, str], ...]
    language: str
    translated: tuple[str, ...]


@lru_cache(maxsize=1)
def texts() -> tuple[Texts, ...]:
    """The demo pages that are copied, each with its edits and its translation."""
    data = Path(__file__).with_name("origins_texts.toml").read_bytes()
    return tuple(msgspec.toml.decode(data, type=dict[str, list[Texts]])["report"])


def pages() -> tuple[list[str], Figures] | None:
    """Return the misses and false joins by name, and the figures; None where the labelled pages are not at hand."""
    labels = SHARED / "cases" / "dev.json"
    if not labels.is_file():
        return None
    with tempfile.TemporaryDirectory() as folder:
        registry = _built(Path(folder) / "case", capture.load_sheet(SHARED / "cases" / "sources.csv").inputs)
    said = main_roots(registry)
    wanted = {one["file"]: one["origin"] for one in json.loads(labels.read_text(encoding="utf-8"))}
    right = false = missed = 0
    lines = []
    for one, other in combinations(sorted(wanted), 2):
        is_one = wanted[one] == wanted[other]
        is_found = said.get(one) is not None and said.get(one) == said.get(other)
        right += is_one and is_found
        false += is_found and not is_one
        missed += is_one and not is_found
        if is_one != is_found:
            lines.append(f"{'miss' if is_one else 'false join'}: {one} | {other}: {said.get(one)} | {said.get(other)}")
    return lines, {
        "f1": 2 * right / max(1, 2 * right + false + missed),
        "right": float(right),
        "false": float(false),
        "missed": float(missed),
    }


def main_roots(registry: Registry) -> dict[str, str]:
    """Return file -> the root of most statements that a page makes; of two alike the one that is said first."""
    words = {origin.id: origin.root for origin in registry.origins}
    by: dict[str, list[tuple[int, str]]] = {}
    for one in registry.statements:
        if not one.implied and one.origin is not None:
            name = Path(one.file or one.address).name
            by.setdefault(name, []).append((one.quote.start, words[one.origin]))
    out = {}
    for name, many in by.items():
        number = Counter(root for _, root in many)
        first = {root: at for at, root in sorted(many, reverse=True)}
        out[name] = min(number, key=lambda root: (-number[root], first[root], root))
    return out


def verbatim(text: Sequence[str], report: Texts) -> list[str]:
    """The page as it is."""
    return list(text)


def retitled(text: Sequence[str], report: Texts) -> list[str]:
    """Another title."""
    return [report.title, *text[1:]]


def trimmed(text: Sequence[str], report: Texts) -> list[str]:
    """Without its last paragraph, as a page that is cut to a column."""
    return list(text[:-1])


def reordered(text: Sequence[str], report: Texts) -> list[str]:
    """Its paragraphs from the last to the first."""
    return [text[0], *reversed(text[1:])]


def edited(text: Sequence[str], report: Texts) -> list[str]:
    """Sentences in other words."""
    out = []
    for words in text:
        for one, other in report.edits:
            words = words.replace(one, other)
        out.append(words)
    return out


def translated(text: Sequence[str], report: Texts) -> list[str]:
    """The page in another language."""
    return list(report.translated)


WAYS: tuple[Callable[[Sequence[str], Texts], list[str]], ...] = (
    verbatim,
    retitled,
    trimmed,
    reordered,
    edited,
    translated,
)


def planted(most: int = COPIES) -> list[tuple[str, str, int, int, tuple[str, ...]]]:
    """Return (page, way, origins before, most origins with 1 to `most` copies, roots that were added)."""
    with resources.as_file(resources.files("overt.demo")) as data:
        sheet = capture.load_sheet(data / "sheet.csv").inputs
        out = []
        profile = load(find_profile("overseas-stations"))
        naming = Naming(profile)
        for report in texts():
            with tempfile.TemporaryDirectory() as folder:
                original = _paragraphs(_built(Path(folder) / "plain", sheet), report.page)
            for way in WAYS:
                with tempfile.TemporaryDirectory() as folder:
                    copies = [
                        _copy(Path(folder), report, way(original, report), way is translated, at)
                        for at in range(1, most + 1)
                    ]
                    registry = _built(Path(folder) / "case", [*sheet, *copies])
                every = [s for s in registry.statements if not s.implied]
                documents = {d.id: d for d in registry.documents}
                numbers = []
                before: set[str] = set()
                added: set[str] = set()
                for much in range(most + 1):
                    those = [s for s in every if _number(s.url) <= much]
                    made, _ = origins(those, profile, naming, documents)
                    roots = {origin.root for origin in made}
                    numbers.append(len(made))
                    before = roots if much == 0 else before
                    added |= roots - before
                out.append((report.page, way.__name__, numbers[0], max(numbers), tuple(sorted(added))))
    return out


def score_planted(rows: Sequence[tuple[str, str, int, int, tuple[str, ...]]]) -> Figures:
    """The number of origins that copies added, over all ways of rewriting: 0 is wanted."""
    return {"added": float(sum(most - before for _, _, before, most, _ in rows))}


def table() -> str:
    """Both tables in words."""
    found = pages()
    out = []
    if found is None:
        out.append(ABSENT)
    else:
        lines, figures = found
        out += [*lines, "labelled pages: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items())]
    out += [
        f"{page} {way}: {before} origins, with up to {COPIES} copies {most} {'; '.join(added)}".rstrip()
        for page, way, before, most, added in planted()
    ]
    return "\n".join(out)


def demo() -> Registry:
    """The demonstration as a case, without judgements."""
    with resources.as_file(resources.files("overt.demo")) as data, tempfile.TemporaryDirectory() as folder:
        return _built(Path(folder) / "case", capture.load_sheet(data / "sheet.csv").inputs)


def _built(folder: Path, inputs: Sequence[Input]) -> Registry:
    case = init(folder, Path(str(find_profile("overseas-stations"))))
    with writing(case):
        for receipt in capture.add(case, inputs):
            assert receipt.reason is None, receipt
    return build(case)


def _paragraphs(registry: Registry, page: str) -> list[str]:
    ours = next(s for s in registry.sightings if Path(s.file or s.address).name == page)
    document = next(d for d in registry.documents if d.capture == ours.capture)
    return [document.title or "", *(p.text for p in document.passages if p.main and p.text != document.title)]


def _copy(folder: Path, report: Texts, text: Sequence[str], is_translated: bool, at: int) -> Input:
    # A number of its own in each, so that no two are the same bytes.
    file = folder / f"copy-{at}.txt"
    file.write_text("\n\n".join([*text, f"Mirror {at}."]) + "\n", encoding="utf-8", newline="\n")
    return Input(
        path=file,
        name=f"copies/{file.name}",
        url=f"https://mirror-{at}.example/copy",
        title=text[0],
        outlet=f"Mirror {at} (invented outlet)",
        published=report.published,
        language=report.language if is_translated else None,
    )


def _number(url: str | None) -> int:
    found = re.match(r"https://mirror-(\d+)\.example/", url or "")
    return int(found[1]) if found else 0


__all__ = ["ABSENT", "COPIES", "WAYS", "demo", "main_roots", "pages", "planted", "score_planted", "table"]
