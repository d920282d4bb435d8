"""What weighing needs to know about names, without knowing how names are folded: the resolving stage provides it."""

from typing import Protocol

from overt.model import Voice


class Naming(Protocol):
    """How names are compared. `resolve.Naming` is one; `voice` and `organisation` share one key space."""

    def fold(self, words: str) -> str:
        """Return the folded form of a name."""

    def voice(self, voice: Voice) -> str:
        """Return the key of a voice; `role:...` or `speaker:...` where it has no organisation; "" without words."""

    def organisation(self, words: str) -> str:
        """Return the key of an organisation; `police@PLACE` for a police body whose place is known."""

    def shown(self, key: str) -> str | None:
        """Return the printable name of a known voice, None for other keys."""


def police_place(key: str) -> str | None:
    """Return the place of a police body's key, None for any other key."""
    organ, at, place = key.partition("@")
    return place if at and organ == "police" else None
