"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand. Lowering one needs the words `lowered_because` beside it in `floors.toml`, which a reviewer
reads.
"""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import formats, labelled, names

FLOORS = Path(__file__).with_name("floors.toml")
# Figures that must not rise above their floor; all others must not fall below.
_CEILINGS = frozenset(("ungrounded", "people", "automatic_false"))


def main() -> int:
    """Print each gate as passed, failed or not checked; return 1 where one failed."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    failed = sum(gate(floors) for gate in (_labelled, _formats, _names, _public_names))
    return 1 if failed else 0


def _labelled(floors: Mapping[str, Any]) -> int:
    made = labelled.score()
    if made is None:
        return _not_checked("labelled pages", "they are not beside this checkout")
    if labelled.digest_of_pages() != floors["labelled"]["digest"]:
        return _not_checked("labelled pages", f"other labels ({labelled.digest_of_pages()}) than those of the floors")
    return _check("labelled pages", floors["labelled"]["floors"], made[1])


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
    made = names.public()
    if made is None:
        return _not_checked("public name bench", f"{names.PUBLIC} names no folder with its cases.csv")
    return _check("public name bench", floors["public_names"]["floors"], made)


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
