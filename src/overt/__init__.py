"""Overt: a workbench for open-source investigations in which every number can be recounted."""

__version__ = "0.1.0"
