"""`python -m bench` runs all benchmarks and prints their tables; `python -m bench gates` checks the floors."""

import sys

from bench import gates, labelled, speed

if sys.argv[1:] == ["gates"]:
    sys.exit(gates.main())
if sys.argv[1:] not in ([], ["speed"], ["labelled"]):
    sys.exit("usage: python -m bench [gates | speed | labelled]")
if sys.argv[1:] in ([], ["speed"]):
    print(speed.table())
if sys.argv[1:] in ([], ["labelled"]):
    print(labelled.table())
