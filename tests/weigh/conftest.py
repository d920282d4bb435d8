"""All tests of weighing stand on the small atlas."""

import pytest
from small_atlas import atlas

small_atlas = pytest.fixture(scope="module", autouse=True)(atlas)
