"""One hash of code and tables: what was made by another version of them is not taken for what this one makes."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from overt.model import digest, sha256

# Whatever the rows of which a build goes on can depend on. Finds have a version of their own.
_ROOMS = ("build", "model", "places", "profile", "resolve", "store", "weigh", "words")


@cache
def code(rooms: tuple[str, ...] = _ROOMS) -> str:
    """Return the hash of the files of rooms, by name."""
    package = resources.files("overt")
    return digest([list(pair) for room in rooms for pair in _files(package.joinpath(room), room)])


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, str]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{name}/{one.name}"
        if one.is_dir():
            if one.name != "__pycache__":
                yield from _files(one, path)
        else:
            yield path, sha256(one.read_bytes())


__all__ = ["code"]
