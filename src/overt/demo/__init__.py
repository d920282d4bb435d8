"""The demonstration case: short texts written for it, with judgements kept as data and replayed by two handles."""

from overt.demo.make import HANDLES, make_demo

__all__ = ["HANDLES", "make_demo"]
