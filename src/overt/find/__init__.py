"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.examples import tried, uncovered
from overt.find.explain import Explained, explain
from overt.find.find import Finders, Found, find
from overt.find.ground import NAME, VERSION

__all__ = ["NAME", "VERSION", "Explained", "Finders", "Found", "explain", "find", "tried", "uncovered"]
