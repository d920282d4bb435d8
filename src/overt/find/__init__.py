"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.examples import tried, uncovered
from overt.find.explain import Explained, explain
from overt.find.find import find, questions
from overt.find.ground import NAME, VERSION
from overt.find.llm import Model
from overt.find.parsed import PARSED
from overt.find.prepared import Finders, Found, to_parse

__all__ = [
    "NAME",
    "PARSED",
    "VERSION",
    "Explained",
    "Finders",
    "Found",
    "Model",
    "explain",
    "find",
    "questions",
    "to_parse",
    "tried",
    "uncovered",
]
