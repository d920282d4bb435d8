"""Bytes become documents with passages: one reader a format, and the readings that they leave."""

from overt.read.read import READERS, read, reader_of, shipped
from overt.read.readings import differing, path_of, reading

__all__ = ["READERS", "differing", "path_of", "read", "reader_of", "reading", "shipped"]
