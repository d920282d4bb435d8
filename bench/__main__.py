"""`python -m bench` runs all benchmarks and prints their tables; `python -m bench gates` checks the floors."""

import sys

from bench import extraction, gates, labelled, speed

name, *rest = [*sys.argv[1:], "all"] if len(sys.argv) == 1 else sys.argv[1:]
if name == "gates" and not rest:
    sys.exit(gates.main())
if name not in ("all", "speed", "labelled", "extraction") or len(rest) > (name == "extraction"):
    sys.exit("usage: python -m bench [gates | speed | labelled | extraction [FOLDER]]")
if name in ("all", "speed"):
    print(speed.table())
if name in ("all", "labelled"):
    print(labelled.table())
if name in ("all", "extraction"):
    print(extraction.table(*rest))
