"""What pure functions made, under the hash of all that it was made of: so that a build makes only what changed anew.

A result is never corrected: other inputs have another key, and what a build does not ask for is forgotten. So a build
that recalls everything and one that makes everything are the same to the byte. A memory belongs to one profile and one
version of the code: neither is in the keys.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import Any, Protocol, TypeVar, cast

import msgspec

T = TypeVar("T")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class Memory(Protocol):
    """Bytes by sort and key. The store has one that lasts; `Fresh` is for what is done once."""

    def recall(self, sort: str, key: str) -> bytes | None:
        """Return what was kept under a key, None where nothing was."""

    def keep(self, sort: str, key: str, made: bytes) -> None:
        """Keep what was made under a key."""


class Fresh:
    """A memory that begins empty and ends with its holder."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def recall(self, sort: str, key: str) -> bytes | None:
        return self._kept.get((sort, key))

    def keep(self, sort: str, key: str, made: bytes) -> None:
        self._kept[sort, key] = made


def key_of(*parts: Any) -> str:
    """Return the hash of nouns, texts and lists of them: equal where all parts are equal, and nowhere else."""
    made = sha256()
    for part in parts:  # each encoding says where it ends
        made.update(_encode(part))
    return made.hexdigest()


def remembered(memory: Memory, sort: str, key: str, kind: type[T], make: Callable[[], T]) -> T:
    """Return what is kept under a key, else make it and keep it.

    Args:
        memory: where to look.
        sort: what is made, and by whose rules.
        key: from `key_of`, over everything that `make` looks at.
        kind: the type of what is made.
        make: a pure function of what the key was made of.
    """
    kept = memory.recall(sort, key)
    if kept is not None:
        try:
            return cast(T, _decoder(cast(Any, kind)).decode(kept))
        except msgspec.DecodeError:  # derived and damaged: made again
            pass
    made = make()
    memory.keep(sort, key, _encode(made))
    return made


@lru_cache(maxsize=64)
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


__all__ = ["Fresh", "Memory", "key_of", "remembered"]
