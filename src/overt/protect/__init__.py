"""What may be public: default deny. Everything that is published passes through `clear`, and nothing goes round it."""

from overt.protect.clear import clear
from overt.protect.public import (
    Cleared,
    PublicOrigin,
    PublicPlace,
    PublicQuote,
    PublicSource,
    PublicStatement,
    PublicThing,
    PublicValue,
    PublicVoice,
    Segment,
    Withheld,
    Words,
)

__all__ = [
    "Cleared",
    "PublicOrigin",
    "PublicPlace",
    "PublicQuote",
    "PublicSource",
    "PublicStatement",
    "PublicThing",
    "PublicValue",
    "PublicVoice",
    "Segment",
    "Withheld",
    "Words",
    "clear",
]
