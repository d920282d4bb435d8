"""What may be public: default deny. Everything that is published passes through `clear`, and nothing goes round it."""

from overt.protect.clear import clear
from overt.protect.public import (
    Cleared,
    PublicAsked,
    PublicNotSaid,
    PublicOrigin,
    PublicPicture,
    PublicPlace,
    PublicQuote,
    PublicSource,
    PublicStatement,
    PublicThing,
    PublicTranslation,
    PublicValue,
    PublicVoice,
    Segment,
    Withheld,
    Words,
)

__all__ = [
    "Cleared",
    "PublicAsked",
    "PublicNotSaid",
    "PublicOrigin",
    "PublicPicture",
    "PublicPlace",
    "PublicQuote",
    "PublicSource",
    "PublicStatement",
    "PublicThing",
    "PublicTranslation",
    "PublicValue",
    "PublicVoice",
    "Segment",
    "Withheld",
    "Words",
    "clear",
]
