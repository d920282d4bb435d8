"""`python -m overt.cli` is `overt`."""

from overt.cli import main

main()
