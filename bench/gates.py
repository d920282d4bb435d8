"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand. Lowering one needs the words `lowered_because` beside it in `floors.toml`, which a reviewer
reads.
"""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from bench import labelled, names

FLOORS = Path(__file__).with_name("floors.toml")
# Figures that must not rise above their floor; all others must not fall below.
_CEILINGS = frozenset(("ungrounded", "people", "automatic_false"))


def main() -> int:
    """Print each gate as passed, failed or not checked; return 1 where one failed."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = 0
    gate = floors["labelled"]
    made = labelled.score()
    if made is None:
        print("labelled pages: not checked: they are not beside this checkout")
    elif labelled.digest_of_pages() != gate["digest"]:
        print(f"labelled pages: not checked: other labels ({labelled.digest_of_pages()}) than those of the floors")
    else:
        failed += _check("labelled pages", gate["floors"], made[1])
    if names.digest() != floors["names"]["digest"]:
        # These labels ship: other ones are a change that must bring its floors along.
        print(f"names: FAILED: other labels ({names.digest()}) than those of the floors")
        failed += 1
    else:
        failed += _check("names", floors["names"]["floors"], names.score())
    public = names.public()
    if public is None:
        print(f"public name bench: not checked: {names.PUBLIC} names no folder with its cases.csv")
    else:
        failed += _check("public name bench", floors["public_names"]["floors"], public)
    return 1 if failed else 0


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
