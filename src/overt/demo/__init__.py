"""The demonstration case."""
