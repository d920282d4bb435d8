"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.find import NAME, VERSION, Finders, Found, find

__all__ = ["NAME", "VERSION", "Finders", "Found", "find"]
