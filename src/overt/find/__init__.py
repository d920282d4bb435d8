"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.find import Finders, Found, find
from overt.find.ground import NAME, VERSION

__all__ = ["NAME", "VERSION", "Finders", "Found", "find"]
