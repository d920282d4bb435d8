"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.find import Finders, Found, find, questions
from overt.find.ground import NAME, VERSION
from overt.find.llm import Model

__all__ = ["NAME", "VERSION", "Finders", "Found", "Model", "find", "questions"]
