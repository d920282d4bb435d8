"""A model as a second finder: questions about a page, its answers as readings, and the gate that they have to pass."""

from overt.find.llm.answers import NAME, Answer, answers, damaged, endpoint_of, fingerprint, load, path_of, write
from overt.find.llm.judge import Page
from overt.find.llm.prompt import Question, question
from overt.find.llm.proposals import proposals
from overt.find.llm.second import VERSION, Model, Second, Tally, second, words
from overt.find.llm.windows import Window, windows

__all__ = [
    "NAME",
    "VERSION",
    "Answer",
    "Model",
    "Page",
    "Question",
    "Second",
    "Tally",
    "Window",
    "answers",
    "damaged",
    "endpoint_of",
    "fingerprint",
    "load",
    "path_of",
    "proposals",
    "question",
    "second",
    "windows",
    "words",
    "write",
]
