"""Tests of review look at the demonstration case, which the end-to-end tests make."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "e2e"))
from running import demo

from overt.model import Registry
from overt.profile import Profile, load
from overt.store import reading


@pytest.fixture(scope="session")
def registry() -> Registry:
    with reading(demo() / "index.sqlite") as store:
        return store.load()


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load(demo() / "profile")
