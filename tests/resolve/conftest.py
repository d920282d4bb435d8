"""All tests of resolving stand on the small atlas and the builders of the tests of weighing."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "weigh"))

from small_atlas import atlas

small_atlas = pytest.fixture(scope="module", autouse=True)(atlas)
