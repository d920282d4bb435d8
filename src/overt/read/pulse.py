"""A sign of life of long readings: a scanned report takes minutes, and each page says that it goes on."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(call: Callable[[], None]) -> None:
    """Have `call` called at each beat: the child process does, and tells its parent."""
    _listeners[:] = [call]


def beat() -> None:
    """Say that the reader goes on. For work whose amount is bounded elsewhere, such as pages."""
    for call in _listeners:
        call()
