"""Tests of publication share the made-up case of the tests of protection."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "protect"))
