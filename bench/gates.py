"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand. Lowering one needs the words `lowered_because` beside it in `floors.toml`, which a reviewer
reads.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from bench import formats, labelled

FLOORS = Path(__file__).with_name("floors.toml")


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
        for name, floor in gate["floors"].items():
            value = made[1][name]
            good = value <= floor if name == "ungrounded" else value >= floor
            failed += not good
            print(f"labelled pages, {name}: {value:.3f} ({'passed' if good else 'FAILED'}; floor {floor})")
    failed += _formats(floors["formats"])
    return 1 if failed else 0


def _formats(gate: dict[str, Any]) -> int:
    """Print the gates of the formats; return how many failed."""
    reason = formats.not_checked()
    if reason is None and formats.digest_of_samples() != gate["digest"]:
        reason = f"other samples ({formats.digest_of_samples()}) than those of the floors"
    made = None if reason else formats.score()
    if made is None:
        print(f"formats: not checked: {reason}")
        return 0
    failed = 0
    for name, floor in gate["floors"].items():
        good = made[name] >= floor
        failed += not good
        print(f"formats, {name}: {made[name]:.3f} ({'passed' if good else 'FAILED'}; floor {floor})")
    return failed


if __name__ == "__main__":
    sys.exit(main())
