"""The one clock of machine times: UTC, to the second, as RFC 3339. Nothing derived ever reads it."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time of this machine in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(at: datetime) -> str:
    """Return `2022-10-13T08:00:00Z` for an aware time.

    Raises:
        ValueError: for a time without a zone, which would mean something else on every machine.
    """
    if at.tzinfo is None:
        raise ValueError("a machine time needs a zone: use utc_now()")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
