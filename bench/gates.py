"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand, in `floors.toml` and in `highest.toml`, which remembers the highest floor that each figure
ever had. A floor below it fails the gate unless its table says `lowered_because`, which a reviewer reads.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from bench import extraction, labelled
from bench.made import made

FLOORS = Path(__file__).with_name("floors.toml")
HIGHEST = Path(__file__).with_name("highest.toml")
_CEILINGS = frozenset({"ungrounded", "graded_down"})  # the lower, the better


def lowered(floors: dict[str, Any], highest: dict[str, Any]) -> list[str]:
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
            else:
                worse = now[name] > then[name] if name in _CEILINGS else now[name] < then[name]
                if worse and not reason:
                    out.append(
                        f"{gate}, {name}: {now[name]} is worse than {then[name]}, and no lowered_because is given"
                    )
                elif now[name] != then[name] and not worse:
                    out.append(f"{gate}, {name}: write the new floor {now[name]} into highest.toml too")
    return out


def _checked(words: str, gate: dict[str, Any], figures: dict[str, float]) -> int:
    failed = 0
    for name, floor in gate["floors"].items():
        value = figures[name]
        good = value <= floor if name in _CEILINGS else value >= floor
        failed += not good
        print(f"{words}, {name}: {value:.3f} ({'passed' if good else 'FAILED'}; floor {floor})")
    return failed


def _graded_down() -> int:
    from overt.model import Grade
    from overt.read.html import read

    return sum(read(page.data).grade is not Grade.WHOLE for page in made())


def main() -> int:
    """Print each gate as passed, failed or not checked; return 1 where one failed."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = 0
    for line in lowered(floors, tomllib.loads(HIGHEST.read_text(encoding="utf-8"))):
        print(f"floors: FAILED: {line}")
        failed += 1
    ours = extraction.score_made(only=("Overt", "Overt, fast"))
    figures = {"f1": ours["Overt"]["f1"], "fast_f1": ours["Overt, fast"]["f1"], "graded_down": float(_graded_down())}
    failed += _checked("pages made for it", floors["made"], figures)
    real = extraction.score(only=("Overt", "Overt, fast"))
    if real is None:
        print(extraction.ABSENT)
    else:
        figures = {
            "f1": real["Overt"]["f1"],
            "held_back_f1": real["Overt"]["held back"],
            "fast_f1": real["Overt, fast"]["f1"],
        }
        failed += _checked("article-extraction-benchmark", floors["extraction"], figures)
    gate = floors["labelled"]
    scored = labelled.score()
    if scored is None:
        print("labelled pages: not checked: they are not beside this checkout")
    elif labelled.digest_of_pages() != gate["digest"]:
        print(f"labelled pages: not checked: other labels ({labelled.digest_of_pages()}) than those of the floors")
    else:
        failed += _checked("labelled pages", gate, scored[1])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
