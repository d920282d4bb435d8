"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.examples import tried, uncovered
from overt.find.explain import Explained, explain
from overt.find.find import Finders, Found, find, questions, to_parse
from overt.find.ground import NAME, VERSION
from overt.find.llm import Model
from overt.find.parsed import PARSED

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
