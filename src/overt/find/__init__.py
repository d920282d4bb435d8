"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.find import Finders, Found, find, to_parse
from overt.find.ground import NAME, VERSION
from overt.find.parsed import PARSED

__all__ = ["NAME", "PARSED", "VERSION", "Finders", "Found", "find", "to_parse"]
