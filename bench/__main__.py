"""`python -m bench` runs all benchmarks and prints their tables; `python -m bench gates` checks the floors."""

import sys

from bench import gates, labelled, names, speed

if sys.argv[1:] == ["gates"]:
    sys.exit(gates.main())
if sys.argv[1:] not in ([], ["speed"], ["labelled"], ["names"]):
    sys.exit("usage: python -m bench [gates | speed | labelled | names]")
if sys.argv[1:] in ([], ["speed"]):
    print(speed.table())
if sys.argv[1:] in ([], ["labelled"]):
    print(labelled.table())
if sys.argv[1:] in ([], ["names"]):
    print(names.table())
