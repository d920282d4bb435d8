"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand, in `floors.toml` and in `highest.toml`, which remembers the highest floor that each figure
ever had. A floor below it fails the gate unless its table says `lowered_because`, which a reviewer reads.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench import (
    attribution,
    attribution_parsed,
    chinese,
    dated,
    extraction,
    formats,
    labelled,
    made_models,
    names,
    origins,
    walls,
)
from bench.made import made
from overt.model import Grade
from overt.read.html import read

FLOORS = Path(__file__).with_name("floors.toml")
HIGHEST = Path(__file__).with_name("highest.toml")
# Figures that must not rise above their floor; all others must not fall below.
_CEILINGS = frozenset(("ungrounded", "graded_down", "people", "automatic_false", "wrong", "added", "lies"))
GATE_COPIES = 5  # the table plants fifty; what the first few do not add, the others do not


def main() -> int:
    """Print each gate as passed, failed or not checked; return 1 where one failed."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = 0
    highest = tomllib.loads(HIGHEST.read_text(encoding="utf-8"))
    for line in (*lowered(floors, highest), *forgotten(highest, floors, _versions(HIGHEST))):
        print(f"floors: FAILED: {line}")
        failed += 1
    failed += sum(gate(floors) for gate in _GATES)
    return 1 if failed else 0


def _is_worse(name: str, now: float, then: float) -> bool:
    return now > then if name in _CEILINGS else now < then


def lowered(floors: Mapping[str, Any], highest: Mapping[str, Any]) -> list[str]:
    """What stands against the floors themselves: one line for each that was lowered, left out or not remembered."""
    out = []
    for gate in sorted({*floors, *highest}):
        now, then = floors.get(gate, {}).get("floors", {}), highest.get(gate, {})
        reason = floors.get(gate, {}).get("lowered_because")
        for name in sorted({*now, *then}):
            if name not in now:
                out.append(f"{gate}, {name}: the floor is gone from floors.toml")
            elif name not in then:
                out.append(f"{gate}, {name}: write the new floor into highest.toml too")
            elif _is_worse(name, now[name], then[name]):
                if not reason:
                    out.append(
                        f"{gate}, {name}: {now[name]} is worse than {then[name]}, and no lowered_because is given"
                    )
            elif now[name] != then[name]:
                out.append(f"{gate}, {name}: write the new floor {now[name]} into highest.toml too")
    return out


def forgotten(highest: Mapping[str, Any], floors: Mapping[str, Any], texts: Sequence[str]) -> list[str]:
    """What `highest.toml` once held and holds no more, one line each: a floor that was lowered in both files at once.

    Args:
        highest: the file as it is.
        floors: `floors.toml`, where a reason may stand.
        texts: the file as it was in earlier commits.
    """
    best: dict[tuple[str, str], float] = {}
    for text in texts:
        for gate, figures in tomllib.loads(text).items():
            for name, value in figures.items():
                choose = min if name in _CEILINGS else max
                best[gate, name] = choose(best.get((gate, name), value), value)
    out = []
    for (gate, name), value in sorted(best.items()):
        now = highest.get(gate, {}).get(name)
        if (now is None or _is_worse(name, now, value)) and not floors.get(gate, {}).get("lowered_because"):
            out.append(f"{gate}, {name}: it was {value} in an earlier commit, and no lowered_because is given")
    return out


def _versions(path: Path) -> list[str]:
    """The texts that a file had in the commits at hand; none where this is no checkout, or git is not installed."""
    git = shutil.which("git")
    if git is None:
        return []

    def run(*words: str) -> str:
        done = subprocess.run([git, *words], cwd=path.parent, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""

    return [run("show", f"{commit}:./{path.name}") for commit in run("log", "--format=%H", "--", path.name).split()]


def _made(floors: Mapping[str, Any]) -> int:
    ours = extraction.score_made(only=("Overt", "Overt, fast"))
    down = sum(read(page.data).grade is not Grade.WHOLE for page in made())
    figures = {"f1": ours["Overt"]["f1"], "fast_f1": ours["Overt, fast"]["f1"], "graded_down": float(down)}
    return _check("pages made for it", floors["made"]["floors"], figures)


def _dates(floors: Mapping[str, Any]) -> int:
    if dated.digest() != floors["dates"]["digest"]:
        # These pages ship: other ones are a change that must bring its floors along.
        print(f"dates: FAILED: other pages ({dated.digest()}) than those of the floors")
        return 1
    failed = _check("dates and languages of pages made for it", floors["dates"]["floors"], dated.score())
    labels = dated.score_labelled()
    if labels is None:
        print(dated.ABSENT)
        return failed
    return failed + _check("dates and languages of labelled pages", floors["labelled_dates"]["floors"], labels)


def _walls(floors: Mapping[str, Any]) -> int:
    if walls.digest() != floors["walls"]["digest"]:
        print(f"walls: FAILED: other pages ({walls.digest()}) than those of the floors")
        return 1
    return _check("walls written for it", floors["walls"]["floors"], walls.score())


def _extraction(floors: Mapping[str, Any]) -> int:
    real = extraction.score(only=("Overt", "Overt, fast"))
    if real is None:
        print(extraction.ABSENT)
        return 0
    figures = {
        "f1": real["Overt"]["f1"],
        "held_back_f1": real["Overt"]["held back"],
        "fast_f1": real["Overt, fast"]["f1"],
    }
    return _check("article-extraction-benchmark", floors["extraction"]["floors"], figures)


def _labelled(floors: Mapping[str, Any]) -> int:
    scored = labelled.score()
    if scored is None:
        return _not_checked("labelled pages", "they are not beside this checkout")
    if labelled.digest_of_pages() != floors["labelled"]["digest"]:
        return _not_checked("labelled pages", f"other labels ({labelled.digest_of_pages()}) than those of the floors")
    return _check("labelled pages", floors["labelled"]["floors"], scored[1])


def _models(floors: Mapping[str, Any]) -> int:
    scored = made_models.score()
    if scored is None:
        return _not_checked("made-up models", "the labelled pages are not beside this checkout")
    if labelled.digest_of_pages() != floors["models"]["digest"]:
        return _not_checked("made-up models", "other labels than those of the floors")
    return _check("made-up models", floors["models"]["floors"], scored)


def _formats(floors: Mapping[str, Any]) -> int:
    reason = formats.not_checked()
    if reason is None and formats.digest_of_samples() != floors["formats"]["digest"]:
        reason = f"other samples ({formats.digest_of_samples()}) than those of the floors"
    if reason is not None:
        return _not_checked("formats", reason)
    return _check("formats", floors["formats"]["floors"], formats.score())


def _names(floors: Mapping[str, Any]) -> int:
    if names.digest() != floors["names"]["digest"]:
        # These labels ship: other ones are a change that must bring its floors along.
        print(f"names: FAILED: other labels ({names.digest()}) than those of the floors")
        return 1
    return _check("names", floors["names"]["floors"], names.score())


def _public_names(floors: Mapping[str, Any]) -> int:
    scored = names.public()
    if scored is None:
        return _not_checked("public name bench", f"{names.PUBLIC} names no folder with its cases.csv")
    return _check("public name bench", floors["public_names"]["floors"], scored)


def _attribution(floors: Mapping[str, Any]) -> int:
    read = attribution.articles("test")
    if read is None:
        return _not_checked("attribution", attribution.ABSENT)
    return _check("attribution", floors["attribution"]["floors"], attribution.measure(attribution.ours(), read))


def _chinese(floors: Mapping[str, Any]) -> int:
    if chinese.digest() != floors["chinese"]["digest"]:
        # These labels ship: other ones are a change that must bring its floors along.
        print(f"chinese: FAILED: other labels ({chinese.digest()}) than those of the floors")
        return 1
    return _check("chinese, half b", floors["chinese"]["floors"], chinese.score("b"))


def _attribution_parsed(floors: Mapping[str, Any]) -> int:
    title = "attribution over a parse"
    reason = attribution_parsed.absent()
    read = attribution.articles("test")
    if read is None or reason is not None:
        return _not_checked(title, reason or attribution.ABSENT)
    parsed, agreed = attribution_parsed.parsed, attribution_parsed.agreeing(attribution.ours())
    figures = attribution.measure(attribution.outermost(parsed), read)
    both = attribution.measure(attribution.outermost(agreed), read)
    figures |= {"agreed_p": both["reported_content_p"], "agreed_r": both["reported_content_r"]}
    return _check(title, floors["attribution_parsed"]["floors"], figures)


def _origins(floors: Mapping[str, Any]) -> int:
    failed = _check("planted copies", floors["planted"]["floors"], origins.score_planted(origins.planted(GATE_COPIES)))
    found = origins.pages()
    if found is None:
        return failed + _not_checked("origins of labelled pages", "they are not beside this checkout")
    if labelled.digest_of_pages() != floors["origins"]["digest"]:
        return failed + _not_checked("origins of labelled pages", "other labels than those of the floors")
    return failed + _check("origins of labelled pages", floors["origins"]["floors"], found[1])


_GATES = (
    _made,
    _dates,
    _walls,
    _extraction,
    _labelled,
    _models,
    _formats,
    _names,
    _public_names,
    _attribution,
    _chinese,
    _attribution_parsed,
    _origins,
)


def _not_checked(title: str, reason: str) -> int:
    print(f"{title}: not checked: {reason}")
    return 0


def _check(title: str, floors: Mapping[str, float], figures: Mapping[str, float]) -> int:
    """Print each figure beside its floor and return how many fail."""
    failed = 0
    for name, floor in floors.items():
        value = figures[name]
        good = value <= floor if name in _CEILINGS else value >= floor
        failed += not good
        print(f"{title}, {name}: {value:.3f} ({'passed' if good else 'FAILED'}; floor {floor})")
    return failed


if __name__ == "__main__":
    sys.exit(main())
