"""The gazetteer's public face: places by id, places and peoples named in a text, containment, uncertainty."""

from overt.places.finding import PlaceSpan, find
from overt.places.peoples import demonyms
from overt.places.table import Place, chain, contains, country_of, get, label, radius

__all__ = [
    "Place",
    "PlaceSpan",
    "chain",
    "contains",
    "country_of",
    "demonyms",
    "find",
    "get",
    "label",
    "radius",
]
