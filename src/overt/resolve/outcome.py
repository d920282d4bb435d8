"""What comparing one part of two names gives: an outcome, its reason in words, how far it speaks for one body."""

import msgspec

EQUAL, LIKELY, OPEN, MISSING = "equal", "likely", "open", "missing"
CONFLICT, INSIDE, HOLDS = "conflict", "inside", "holds"
# How far an outcome speaks for one body, where a comparer does not measure it itself.
VALUES = {EQUAL: 1.0, LIKELY: 0.95, OPEN: 0.5, MISSING: 0.55, CONFLICT: 0.0, INSIDE: 0.5, HOLDS: 0.5}


class Feature(msgspec.Struct, frozen=True):
    """One part compared: its name, the outcome, the reason in words, and how far it speaks for one body (0 to 1)."""

    name: str
    outcome: str
    reason: str
    value: float


def feature(name: str, outcome: str, reason: str, value: float | None = None) -> Feature:
    """Return a feature with the value of its outcome, unless one is given."""
    return Feature(name, outcome, reason, VALUES[outcome] if value is None else value)
