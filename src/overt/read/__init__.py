"""Bytes become documents with passages: one reader a format, and the readings that they leave."""

from overt.read.isolated import LimitError, read
from overt.read.read import READERS, NotInstalledError, read_here, reader_of, shipped
from overt.read.readings import differing, fingerprint, kept, path_of, read_all, reading

__all__ = [
    "READERS",
    "LimitError",
    "NotInstalledError",
    "differing",
    "fingerprint",
    "kept",
    "path_of",
    "read",
    "read_all",
    "read_here",
    "reader_of",
    "reading",
    "shipped",
]
