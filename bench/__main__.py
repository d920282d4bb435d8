"""`python -m bench` runs all benchmarks and prints their tables; `python -m bench gates` checks the floors."""

import sys

from bench import formats, gates, labelled, speed

if sys.argv[1:] == ["gates"]:
    sys.exit(gates.main())
if sys.argv[1:] not in ([], ["speed"], ["labelled"], ["formats"]):
    sys.exit("usage: python -m bench [gates | speed | labelled | formats]")
if sys.argv[1:] in ([], ["speed"]):
    print(speed.table())
if sys.argv[1:] in ([], ["labelled"]):
    print(labelled.table())
if sys.argv[1:] in ([], ["formats"]):
    print(formats.table())
