"""The word tables of this room: TOML files in `data`, checked against a noun when they are first asked for."""

from importlib import resources
from typing import TypeVar

import msgspec

from overt.model.errors import ProfileError

T = TypeVar("T")


def load(name: str, noun: type[T]) -> T:
    """Return the table `data/NAME.toml` as `noun`.

    Raises:
        ProfileError: where the file breaks the noun's schema, with the place in the file.
    """
    data = resources.files("overt.words").joinpath("data", f"{name}.toml").read_bytes()
    try:
        return msgspec.toml.decode(data, type=noun)
    except msgspec.DecodeError as error:
        raise ProfileError(f"words/data/{name}.toml cannot be used: {error}; correct the table") from error
