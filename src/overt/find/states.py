"""The countries and states that words name, as places or as adjectives."""

from functools import lru_cache

from overt.places import gazetteer


@lru_cache(maxsize=4096)
def countries_of(words: str, language: str) -> frozenset[str]:
    """The countries that words name, as places or as adjectives ("Irish", "of Ireland", 爱尔兰)."""
    return states_and_countries(words, language)[1]


def states_and_countries(words: str, language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The countries that words name as such or as adjectives, and these with the countries of all places in them."""
    named = frozenset(country for _, _, country in gazetteer.demonyms(words, language))
    places = [span.place for span in gazetteer.find(words, language)]
    states = named | {p.country for p in places if p.kind == "country"}
    return states, states | {p.country for p in places}


__all__ = ["countries_of", "states_and_countries"]
