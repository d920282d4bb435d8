"""Quality is a test: pinned floors, with the digest of what they were measured on.

A floor is raised by hand. Lowering one needs the words `lowered_because` beside it in `floors.toml`, which a reviewer
reads.
"""

import sys
import tomllib
from pathlib import Path

from bench import labelled

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
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
