"""The versions of the libraries that a reader uses, which stand in every reading."""

from importlib.metadata import version


def versions(*names: str) -> dict[str, str]:
    """Return name -> installed version."""
    return {name: version(name) for name in names}
