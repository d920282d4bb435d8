"""Ids as pages and data write them: opaque, so that no name stands in an address."""

from functools import lru_cache

from overt.model import digest

SLUG = 12  # characters of an id in addresses, where no two ids share them
_HEX = frozenset("0123456789abcdef")


@lru_cache(maxsize=262_144)
def opaque(identifier: str) -> str:
    """Return an id of 64 hexadecimal digits: the id itself where it is one, else its hash.

    An id made of words (an origin that is called after its root) must not carry them into file names or data.
    """
    is_hash = len(identifier) == 64 and _HEX.issuperset(identifier)
    return identifier if is_hash else digest("id", identifier)
