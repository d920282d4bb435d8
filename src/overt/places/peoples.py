"""Peoples and adjectives of countries: "the Dutch foreign minister" tells whose minister, and names no place."""


def demonyms(text: str, language: str | None) -> list[tuple[int, int, str]]:
    """Return spans of adjectives and names of peoples, with the alpha-2 code of the country."""
    del text, language
    return []
