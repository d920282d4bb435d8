"""Finds statements: who says what, how, through whom, in which words."""

from overt.find.examples import tried, uncovered
from overt.find.explain import Explained, explain
from overt.find.find import Finders, Found, find, questions
from overt.find.ground import NAME, VERSION
from overt.find.llm import Model

__all__ = [
    "NAME",
    "VERSION",
    "Explained",
    "Finders",
    "Found",
    "Model",
    "explain",
    "find",
    "questions",
    "tried",
    "uncovered",
]
