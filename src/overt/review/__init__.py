"""Views over a build for those who judge: what a number rests on, working exports, and the writing of judgements."""

from overt.review.export import as_csv, as_words, jsonl, rows, tables, with_readings
from overt.review.judge import judge
from overt.review.lookup import find_id
from overt.review.rules import tally
from overt.review.waiting import WHAT, waiting
from overt.review.why import Branch, Walk, voice_words

__all__ = [
    "WHAT",
    "Branch",
    "Walk",
    "as_csv",
    "as_words",
    "find_id",
    "jsonl",
    "judge",
    "rows",
    "tables",
    "tally",
    "voice_words",
    "waiting",
    "with_readings",
]
